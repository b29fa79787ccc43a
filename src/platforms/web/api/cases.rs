//! `/cases`: what the token's person may see and do of cases, and no more.

use axum::Json;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderName, StatusCode};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Web;
use super::case_shown::{CaseHead, CasePage, CaseText};
use super::chat::place;
use super::extract::{Asked, Bearer, Body, Named, Once};
use super::paging::{Of, limit};
use super::problem::Failed;
use crate::domain::case::{CaseNumber, Priority, Standing};
use crate::handlers::programs::{CaseView, NewCase, NotDone};
use crate::replies::api::Trouble;
use crate::services::cases::{CaseError, Listing, Opened};
use crate::services::tokens::Scope;

/// The most entries of a page.
const PAGE: usize = 100;
/// What the place of a case is called that no conversation opened.
const PLACE: &str = "cases";

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(show))
        .routes(routes!(write))
        .routes(routes!(close))
        .routes(routes!(reopen))
}

/// Which cases are listed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// `mine` for those that the person opened or follows, `all` for all that they may see: to staff those are everybody's.
    #[param(inline)]
    of: Option<Whose>,
    /// Only those that stand so.
    #[param(inline)]
    status: Option<CaseStatus>,
    /// The `next` of the page before.
    cursor: Option<String>,
    /// The most entries. With a filter a page may have fewer, and the list goes on all the same while there is a `next`.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u16>,
}

/// Whose cases are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// Those of the person.
    Mine,
    /// All that they may see.
    All,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CaseStatus {
    /// Nobody has looked at it yet.
    New,
    /// Somebody works on it, or has to.
    Open,
    /// Staff asked the customer something.
    WaitingOnCustomer,
    /// Somebody else has to do something first.
    WaitingOnThirdParty,
    /// Staff hold it for solved; the customer may still disagree.
    Solved,
    /// It is over.
    Closed,
}

impl From<CaseStatus> for Standing {
    fn from(status: CaseStatus) -> Self {
        match status {
            CaseStatus::New => Self::New,
            CaseStatus::Open => Self::Open,
            CaseStatus::WaitingOnCustomer => Self::WaitingOnCustomer,
            CaseStatus::WaitingOnThirdParty => Self::WaitingOnThirdParty,
            CaseStatus::Solved => Self::Solved,
            CaseStatus::Closed => Self::Closed,
        }
    }
}

impl From<Standing> for CaseStatus {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::New => Self::New,
            Standing::Open => Self::Open,
            Standing::WaitingOnCustomer => Self::WaitingOnCustomer,
            Standing::WaitingOnThirdParty => Self::WaitingOnThirdParty,
            Standing::Solved => Self::Solved,
            Standing::Closed => Self::Closed,
        }
    }
}

/// How much a case matters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CasePriority {
    /// It can wait.
    Low,
    /// As most do.
    #[default]
    Normal,
    /// It hinders people.
    High,
    /// People can't work.
    Urgent,
}

/// A case to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseToOpen {
    /// What it is about, in one line; without it, the first line of the description.
    #[serde(default)]
    #[schema(
        min_length = 1,
        max_length = 150,
        pattern = "[^\\s\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]"
    )]
    subject: Option<String>,
    /// All that is said. What is called a password in it is taken out before it is kept.
    #[schema(
        min_length = 1,
        max_length = 10000,
        pattern = "[^\\s\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]",
        example = "The console shows error 0x80 since this morning."
    )]
    description: String,
    /// The product, by its id.
    #[serde(default)]
    product: Option<String>,
    /// How much it matters.
    #[serde(default)]
    priority: CasePriority,
}

/// Something written in a case.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseMessage {
    /// The words. What is called a password in them is taken out before they are kept.
    #[schema(
        min_length = 1,
        max_length = 10000,
        pattern = "[^\\s\\x00-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069\\ufeff]",
        example = "It began after the update."
    )]
    text: String,
    /// Whether only staff may read it; only staff can write so.
    #[serde(default)]
    internal: bool,
}

/// How a case is closed.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseToClose {
    /// Why.
    #[serde(default)]
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Lists cases, the newest first.
#[utoipa::path(get, path = "/cases", operation_id = "listCases", tag = "cases", params(Wanted), security(("token" = ["cases-read"])),
    responses((status = OK, description = "A page of cases", body = CasePage),
        (status = NOT_FOUND, description = "The cursor is of no list", body = super::Problem, content_type = super::PROBLEM)))]
async fn list(
    State(web): State<Web>,
    bearer: Bearer,
    Asked(wanted): Asked<Wanted>,
) -> Result<Json<CasePage>, Failed> {
    bearer.needs(&web, Scope::CasesRead)?;
    let most = limit(&web, wanted.limit, 20, PAGE)?;
    let before = Of::Cases.read(&web, wanted.cursor.as_deref(), |number| {
        number.parse().ok().filter(|number| *number > 0).map(CaseNumber)
    })?;
    let everybodys = wanted.of.unwrap_or(Whose::Mine) == Whose::All;
    let listing = Listing { everybodys, standing: wanted.status.map(Into::into), before };
    let listed = web.inner.news.desk.cases_seen_by(&bearer.person, &listing, most).await;
    let (cases, next) = listed.map_err(|fault| Failed::fault(&web, &fault))?;
    Ok(Json(CasePage {
        cases: cases.iter().map(CaseHead::of).collect(),
        next: next.map(|number| Of::Cases.after(&number.0.to_string())),
    }))
}

/// Opens a case for the token's person.
///
/// With an `Idempotency-Key` it is opened once: the same request under the same key is answered with the same case, for thirty days.
#[utoipa::path(post, path = "/cases", operation_id = "openCase", tag = "cases", request_body = CaseToOpen, security(("token" = ["cases-write"])),
    params(("Idempotency-Key" = Option<String>, Header, description = "A name of your own for this wish", min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses(
        (status = CREATED, description = "The case is open", body = CaseText, headers(("Location" = String, description = "Where it is"))),
        (status = OK, description = "It was opened before, under the same key", body = CaseText),
        (status = NOT_FOUND, description = "There is no such product", body = super::Problem, content_type = super::PROBLEM),
        (status = CONFLICT, description = "There are too many open cases", body = super::Problem, content_type = super::PROBLEM)))]
async fn open(
    State(web): State<Web>,
    bearer: Bearer,
    Once(once): Once,
    Body(new): Body<CaseToOpen>,
) -> Result<(StatusCode, [(HeaderName, String); 1], Json<CaseText>), Failed> {
    bearer.needs(&web, Scope::CasesWrite)?;
    let desk = &web.inner.news.desk;
    let new = NewCase {
        subject: new.subject,
        description: new.description,
        product: new.product,
        priority: Priority::from(new.priority),
        place: place(&bearer.token.id, PLACE),
    };
    let opened = desk.open_case_for(&bearer.person, new, once.as_deref()).await;
    let opened = opened.map_err(|why| not_done(&web, why))?;
    let status = match &opened {
        Opened::New(_) => StatusCode::CREATED,
        Opened::Already(_) => StatusCode::OK,
    };
    let number = opened.case().number;
    let view = desk.case_seen_by(&bearer.person, number).await.map_err(|why| not_done(&web, why))?;
    let location = format!("{}/cases/{number}", super::BASE);
    Ok((status, [(LOCATION, location)], Json(CaseText::of(&web, &view))))
}

/// Shows a case with what happened in it. That it was read by a program does not count as seen by the person.
#[utoipa::path(get, path = "/cases/{number}", operation_id = "showCase", tag = "cases", security(("token" = ["cases-read"])),
    params(("number" = String, Path, description = "Its number", example = "CASE-000042")),
    responses((status = OK, description = "The case", body = CaseText),
        (status = NOT_FOUND, description = "There is no such case for this person", body = super::Problem, content_type = super::PROBLEM)))]
async fn show(State(web): State<Web>, bearer: Bearer, Named(name): Named) -> Result<Json<CaseText>, Failed> {
    bearer.needs(&web, Scope::CasesRead)?;
    let number = number(&web, &name)?;
    shown(&web, web.inner.news.desk.case_seen_by(&bearer.person, number).await)
}

/// Writes in a case: to the other side, or among staff.
///
/// Customers open a case that is solved, or closed not too long ago, again by writing. With an `Idempotency-Key` it is written once.
#[utoipa::path(post, path = "/cases/{number}/messages", operation_id = "writeInCase", tag = "cases", request_body = CaseMessage, security(("token" = ["cases-write"])),
    params(("number" = String, Path, description = "Its number", example = "CASE-000042"),
        ("Idempotency-Key" = Option<String>, Header, description = "A name of your own for this wish", min_length = 1, max_length = 200, pattern = "^[!-~]+$")),
    responses((status = OK, description = "The case with what was written", body = CaseText),
        (status = NOT_FOUND, description = "There is no such case for this person", body = super::Problem, content_type = super::PROBLEM),
        (status = CONFLICT, description = "The case does not allow it", body = super::Problem, content_type = super::PROBLEM)))]
async fn write(
    State(web): State<Web>,
    bearer: Bearer,
    Named(name): Named,
    Once(once): Once,
    Body(message): Body<CaseMessage>,
) -> Result<Json<CaseText>, Failed> {
    bearer.needs(&web, Scope::CasesWrite)?;
    let number = number(&web, &name)?;
    let CaseMessage { text, internal } = message;
    let desk = &web.inner.news.desk;
    shown(&web, desk.write_in_case(&bearer.person, number, &text, internal, once.as_deref()).await)
}

/// Closes a case. Where it is closed already, nothing happens.
#[utoipa::path(post, path = "/cases/{number}/close", operation_id = "closeCase", tag = "cases", request_body = CaseToClose, security(("token" = ["cases-write"])),
    params(("number" = String, Path, description = "Its number", example = "CASE-000042")),
    responses((status = OK, description = "The case, closed", body = CaseText),
        (status = NOT_FOUND, description = "There is no such case for this person", body = super::Problem, content_type = super::PROBLEM),
        (status = CONFLICT, description = "The case does not allow it", body = super::Problem, content_type = super::PROBLEM)))]
async fn close(
    State(web): State<Web>,
    bearer: Bearer,
    Named(name): Named,
    Body(how): Body<CaseToClose>,
) -> Result<Json<CaseText>, Failed> {
    bearer.needs(&web, Scope::CasesWrite)?;
    let number = number(&web, &name)?;
    shown(&web, web.inner.news.desk.close_case(&bearer.person, number, how.reason.as_deref()).await)
}

/// Opens a case again. Only staff do it so; customers do it by writing in it.
#[utoipa::path(post, path = "/cases/{number}/reopen", operation_id = "reopenCase", tag = "cases", security(("token" = ["cases-write"])),
    params(("number" = String, Path, description = "Its number", example = "CASE-000042")),
    responses((status = OK, description = "The case, open", body = CaseText),
        (status = NOT_FOUND, description = "There is no such case for this person", body = super::Problem, content_type = super::PROBLEM),
        (status = CONFLICT, description = "The case does not allow it", body = super::Problem, content_type = super::PROBLEM)))]
async fn reopen(
    State(web): State<Web>,
    bearer: Bearer,
    Named(name): Named,
) -> Result<Json<CaseText>, Failed> {
    bearer.needs(&web, Scope::CasesWrite)?;
    let number = number(&web, &name)?;
    shown(&web, web.inner.news.desk.reopen_case(&bearer.person, number).await)
}

/// The number in an address. What is none is an address where nothing is.
fn number(web: &Web, name: &str) -> Result<CaseNumber, Failed> {
    CaseNumber::parse(name).ok_or_else(|| Failed::new(web, Trouble::NotFound))
}

fn shown(web: &Web, view: Result<CaseView, NotDone>) -> Result<Json<CaseText>, Failed> {
    match view {
        Ok(view) => Ok(Json(CaseText::of(web, &view))),
        Err(why) => Err(not_done(web, why)),
    }
}

fn not_done(web: &Web, why: NotDone) -> Failed {
    let trouble = match why {
        NotDone::Text(field, why) => Trouble::Text(field, why),
        NotDone::Product => Trouble::Product,
        NotDone::NameReused => Trouble::KeyReused,
        NotDone::Case(CaseError::Unknown(_)) => Trouble::NotFound,
        NotDone::Case(CaseError::Refused { case, why }) => Trouble::Case(case.number, why),
        NotDone::Case(CaseError::TooMany { most, .. }) => Trouble::TooManyCases { most },
        NotDone::Case(CaseError::TooSoon { again_at }) => Trouble::TooSoon(again_at),
        NotDone::Case(CaseError::Text(why)) => Trouble::Text("text", why),
        NotDone::Case(error @ (CaseError::UnknownQueue(_) | CaseError::File(_) | CaseError::Store(_))) => {
            return Failed::fault(web, &error);
        }
        NotDone::Fault(fault) => return Failed::fault(web, &fault),
    };
    Failed::new(web, trouble)
}
