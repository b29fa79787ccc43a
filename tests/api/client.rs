//! A program that speaks with the API. It holds every answer against the API's own description.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use guidepost::domain::PersonId;
use guidepost::platforms::web::api;
use guidepost::services::tokens::{NewToken, Scope, Speaks, TokenId, TokenName, TokenSecret, Tokens};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::web::world::World;

/// The API's description of itself.
pub static DESCRIPTION: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(api::openapi()).unwrap());

/// A program with or without a token.
#[derive(Clone)]
pub struct Program {
    client: Client,
    base: String,
    token: Option<String>,
}

/// What it was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub json: Value,
}

impl Answer {
    /// The kind of problem that it is.
    pub fn problem(&self) -> (u16, &str) {
        let kind = self.json["type"].as_str().unwrap_or_default();
        (self.status, kind.strip_prefix("urn:guidepost:problem:").unwrap_or_default())
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

/// Makes a token for somebody, with these scopes.
pub async fn token(
    world: &World,
    who: PersonId,
    scopes: &[Scope],
    until: Option<DateTime<Utc>>,
) -> TokenSecret {
    let secret = TokenSecret::new(guidepost::clock::secret().unwrap());
    let name = format!("t-{:016x}", guidepost::clock::random());
    let new = NewToken {
        id: TokenId::of(&secret),
        name: TokenName::parse(&name).unwrap(),
        speaks: Speaks::For(who.to_string()),
        scopes: scopes.iter().copied().collect(),
        until,
    };
    Tokens::new(world.links.store.clone()).add(&new, world.clock.now()).await.unwrap();
    secret
}

impl Program {
    pub fn nobody(world: &World) -> Self {
        Self { client: Client::new(), base: format!("http://{}", world.at), token: None }
    }

    /// With a token of somebody for all that there is.
    pub async fn of(world: &World, who: PersonId) -> Self {
        Self::with(world, token(world, who, &Scope::ALL, None).await.expose().as_str())
    }

    pub fn with(world: &World, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..Self::nobody(world) }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}/api/v1{path}", self.base));
        match &self.token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("get", path, self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("post", path, self.request(Method::POST, path).json(body)).await
    }

    pub async fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        let request = self.request(Method::POST, path).header("idempotency-key", key).json(body);
        self.send("post", path, request).await
    }

    /// Sends a request, and holds the answer against the description.
    pub async fn send(&self, method: &str, path: &str, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let json: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} {path}: {text}"));
        let media = headers[CONTENT_TYPE].to_str().unwrap();
        match described(method, path) {
            Some(operation) if status != 405 => {
                let content = &operation["responses"][status.to_string()]["content"];
                let schema = &content[media]["schema"];
                assert!(schema.is_object(), "{method} {path}: {status} as {media} is not described: {json}");
                assert_fits(schema, &json, &format!("{method} {path}"));
            }
            Some(_) | None => {
                assert_eq!(media, "application/problem+json", "{method} {path}: {status}");
                assert_fits(&json!({ "$ref": "#/components/schemas/Problem" }), &json, path);
            }
        }
        if status >= 400 {
            assert_eq!(json["status"], status, "{json}");
        }
        Answer { status, headers, json }
    }
}

/// What the description says of a path.
fn described(method: &str, path: &str) -> Option<Value> {
    let path = path.split('?').next().unwrap_or(path);
    let fits = |template: &str| {
        let (template, path) = (template.split('/'), path.split('/'));
        template.clone().count() == path.clone().count()
            && template.zip(path).all(|(part, own)| part.starts_with('{') || part == own)
    };
    let paths = DESCRIPTION["paths"].as_object().unwrap();
    let exact = paths.get(path);
    let item = exact.or_else(|| paths.iter().find(|(template, _)| fits(template)).map(|(_, item)| item));
    item.and_then(|item| item.get(method)).cloned()
}

fn assert_fits(schema: &Value, value: &Value, what: &str) {
    let mut whole = schema.clone();
    whole["components"] = DESCRIPTION["components"].clone();
    let validator = jsonschema::validator_for(&whole).unwrap();
    let errors: Vec<String> = validator.iter_errors(value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{what}: {errors:?}: {value}");
}
