//! `/chat`: one turn of a conversation, as every door has it.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Web;
use super::extract::{Bearer, Body};
use super::problem::Failed;
use crate::chat::{ChoiceId, Input, Reply, Request};
use crate::domain::{Identity, Place, Platform, Privacy};
use crate::replies::api::Trouble;
use crate::services::tokens::{Scope, TokenId};

/// What a conversation is called that nobody named.
const USUAL: &str = "default";
/// The most characters of a conversation's name.
const MOST_NAME: usize = 64;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(say))
}

/// A turn.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChatTurn {
    /// Which of the token's conversations it belongs to. Each has a memory and a flow of its own.
    #[serde(default)]
    #[schema(pattern = "^[A-Za-z0-9._-]{1,64}$", example = "default")]
    conversation: Option<String>,
    /// What the person typed, pressed or filled in.
    input: ChatInput,
}

/// What a person did.
#[derive(Deserialize)]
#[serde(try_from = "Sent")]
pub enum ChatInput {
    /// Typed something.
    Text(String),
    /// Pressed a choice of a reply: its `id`.
    Press(String),
    /// Filled in a form of a reply, in part or wholly.
    Form(FilledForm),
}

/// The same as it is sent: exactly one of these.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    #[serde(default, deserialize_with = "there")]
    text: Option<String>,
    #[serde(default, deserialize_with = "there")]
    press: Option<String>,
    #[serde(default, deserialize_with = "there")]
    form: Option<FilledForm>,
}

/// What is sent is there; nothing is not.
fn there<'de, D: Deserializer<'de>, T: Deserialize<'de>>(sent: D) -> Result<Option<T>, D::Error> {
    T::deserialize(sent).map(Some)
}

impl TryFrom<Sent> for ChatInput {
    type Error = &'static str;

    fn try_from(sent: Sent) -> Result<Self, Self::Error> {
        match (sent.text, sent.press, sent.form) {
            (Some(text), None, None) => Ok(Self::Text(text)),
            (None, Some(id), None) => Ok(Self::Press(id)),
            (None, None, Some(form)) => Ok(Self::Form(form)),
            _ => Err("exactly one of text, press and form is asked for"),
        }
    }
}

/// By hand: what is derived would say that there may be something else beside it.
impl PartialSchema for ChatInput {
    fn schema() -> RefOr<Schema> {
        let only = |name: &str, about: &str, inner: RefOr<Schema>| {
            ObjectBuilder::new()
                .description(Some(about))
                .property(name, inner)
                .required(name)
                .additional_properties(Some(AdditionalProperties::FreeForm(false)))
                .build()
        };
        let form = Ref::from_schema_name("FilledForm").into();
        let one = OneOfBuilder::new()
            .description(Some("What a person did."))
            .item(only("text", "Typed something.", String::schema()))
            .item(only("press", "Pressed a choice of a reply: its `id`.", String::schema()))
            .item(only("form", "Filled in a form of a reply, in part or wholly.", form))
            .build();
        RefOr::T(Schema::OneOf(one))
    }
}

impl ToSchema for ChatInput {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((FilledForm::name().into_owned(), FilledForm::schema()));
        FilledForm::schemas(schemas);
    }
}

/// A form, filled in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilledForm {
    /// The form's `id`.
    id: String,
    /// What stands in each field.
    fields: Vec<FilledField>,
}

/// A field, filled in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilledField {
    /// The field's `name`.
    name: String,
    /// What was typed.
    value: String,
}

/// What the desk answers.
#[derive(Serialize, ToSchema)]
pub struct ChatReply {
    /// The conversation.
    conversation: String,
    /// The answer. Where it has neither blocks nor choices nor a form, there is nothing to say.
    reply: Reply,
}

/// Says something to the desk for the token's person, and gives its answer. Everything that can be done by talking can be done so.
#[utoipa::path(post, path = "/chat", operation_id = "chat", tag = "chat", request_body = ChatTurn, security(("token" = ["chat"])),
    responses((status = OK, description = "The desk's answer", body = ChatReply)))]
async fn say(
    State(web): State<Web>,
    bearer: Bearer,
    Body(turn): Body<ChatTurn>,
) -> Result<Json<ChatReply>, Failed> {
    bearer.needs(&web, Scope::Chat)?;
    let conversation = turn.conversation.unwrap_or_else(|| USUAL.to_owned());
    let may_be = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if !(1..=MOST_NAME).contains(&conversation.len()) || !conversation.chars().all(may_be) {
        let why = "a conversation's name has 1 to 64 letters, digits, dots, hyphens and underscores";
        return Err(Failed::new(&web, Trouble::Body("conversation".to_owned(), why.to_owned())));
    }
    let request = Request::new(
        Identity::Desk(bearer.person.id),
        place(&bearer.token.id, &conversation),
        input(turn.input),
    );
    let reply = web.inner.news.desk.handle(&request).await;
    Ok(Json(ChatReply { conversation, reply }))
}

/// The place of a conversation by a token: tokens of one person share none.
pub fn place(token: &TokenId, conversation: &str) -> Place {
    Place {
        platform: Platform::Web,
        conversation: format!("api-{}-{conversation}", token.short()),
        privacy: Privacy::Private,
    }
}

fn input(input: ChatInput) -> Input {
    match input {
        ChatInput::Text(text) => Input::Text(text),
        ChatInput::Press(id) => Input::Press(ChoiceId::from(id)),
        ChatInput::Form(FilledForm { id, fields }) => Input::Form {
            id: ChoiceId::from(id),
            fields: fields.into_iter().map(|field| (field.name, field.value)).collect(),
        },
    }
}
