//! The description of the API, as `OpenAPI` 3.1: what each resource says of itself, and what holds for all of them.

use std::sync::LazyLock;

use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use utoipa::PartialSchema;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Ref, ResponseBuilder, ServerBuilder,
};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::{PROBLEM, Problem};
use super::{BASE, Web};
use crate::domain::Step;

/// The description as it is sent: it is the same until another program runs.
static TEXT: LazyLock<String> = LazyLock::new(|| super::openapi().to_json().unwrap_or_default());

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(show))
}

/// What the API is called.
pub fn about() -> OpenApi {
    let about = "What people do with Guidepost by talking, for programs. Every answer that is not what was asked for is a problem \
        (RFC 9457). Whoever needs a token gets one from the desk's operator, by `guidepost token add`.";
    let info = InfoBuilder::new()
        .title("Guidepost")
        .version("1")
        .description(Some(about))
        .license(Some(utoipa::openapi::License::new("MIT OR Apache-2.0")))
        .build();
    OpenApiBuilder::new().info(info).servers(Some([ServerBuilder::new().url(BASE).build()])).build()
}

/// This description.
#[utoipa::path(get, path = "/openapi.json", operation_id = "describe", tag = "about",
    responses((status = OK, description = "What can be asked of this API", body = serde_json::Value)))]
async fn show(State(_): State<Web>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")], TEXT.as_str())
}

/// What any request may be answered with.
const ALWAYS: &[(&str, &str)] = &[
    ("400", "The request is not what is asked for"),
    ("421", "The desk is not reached under this name"),
    ("429", "There were too many requests; the header Retry-After says when to come back"),
    ("500", "Something on the desk's side failed"),
];
/// The same for what needs a token.
const WITH_TOKEN: &[(&str, &str)] =
    &[("401", "The token is missing, unknown, or has run out"), ("403", "The token is for other things")];
/// The same for what takes a body.
const WITH_BODY: &[(&str, &str)] = &[
    ("413", "The body is too large"),
    ("415", "The body is not JSON by what is said of it"),
    ("422", "The body is JSON, and not what is asked for"),
];

/// Adds what holds for all.
pub fn complete(api: &mut OpenApi) {
    for item in api.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.put, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            add(operation, ALWAYS);
            if operation.security.is_some() {
                add(operation, WITH_TOKEN);
            }
            if operation.request_body.is_some() {
                add(operation, WITH_BODY);
            }
        }
    }
    let mut components = api.components.take().unwrap_or_default();
    components.schemas.insert("Problem".to_owned(), Problem::schema());
    // A step has blocks and a block has steps, which is where collecting them ends.
    components.schemas.insert("Step".to_owned(), Step::schema());
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.security_schemes.insert("token".to_owned(), token.into());
    api.components = Some(components);
}

fn add(operation: &mut Operation, responses: &[(&str, &str)]) {
    for (status, about) in responses {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response = ResponseBuilder::new().description(*about).content(PROBLEM, content).build();
        operation.responses.responses.entry((*status).to_owned()).or_insert_with(|| response.into());
    }
}
