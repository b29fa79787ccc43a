//! What is to go wrong: on which route, how, and how often.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::watch;

use super::failure::Failure;

/// A status, a body and headers.
pub type Reply = (u16, Value, Vec<(&'static str, String)>);

/// Something that goes wrong.
#[derive(Debug, Clone)]
pub enum Fault {
    /// 429 with so many seconds to wait.
    RateLimited { seconds: f64 },
    /// The same, for every route.
    GloballyRateLimited { seconds: f64 },
    /// 500, 502 or 503; not carried out.
    Status(u16),
    /// The connection breaks before the request is carried out.
    CutBefore,
    /// It is carried out, and then the connection breaks: the answer is lost.
    CutAfter,
    /// It is carried out, and then answered with this status.
    StatusAfter(u16),
    /// It waits at the gate, and is then carried out.
    HeldBefore(Gate),
    /// It is carried out; the answer waits at the gate.
    HeldAfter(Gate),
}

impl Fault {
    /// Its name in the log.
    pub fn name(&self) -> String {
        match self {
            Self::RateLimited { .. } => "rate limited".to_owned(),
            Self::GloballyRateLimited { .. } => "globally rate limited".to_owned(),
            Self::Status(status) => format!("{status}"),
            Self::CutBefore => "cut before it was carried out".to_owned(),
            Self::CutAfter => "cut after it was carried out".to_owned(),
            Self::StatusAfter(status) => format!("{status} after it was carried out"),
            Self::HeldBefore(_) => "held before it was carried out".to_owned(),
            Self::HeldAfter(_) => "held after it was carried out".to_owned(),
        }
    }

    /// The refusal instead of an answer, if this is one.
    pub fn refusal(&self) -> Option<Reply> {
        let failure = match self {
            Self::RateLimited { seconds } => Failure::rate_limited(*seconds, false),
            Self::GloballyRateLimited { seconds } => Failure::rate_limited(*seconds, true),
            Self::Status(status) | Self::StatusAfter(status) => {
                return Some((*status, broken(*status), Vec::new()));
            }
            Self::CutBefore | Self::CutAfter | Self::HeldBefore(_) | Self::HeldAfter(_) => return None,
        };
        Some((failure.status, failure.body(), failure.headers()))
    }
}

/// What a server that is out of order answers: JSON for a 500, a page of the proxy before it for others.
fn broken(status: u16) -> Value {
    if status == 500 {
        return json!({ "message": "500: Internal Server Error", "code": 0 });
    }
    json!(format!("<html><head><title>{status}</title></head><body>{status}</body></html>"))
}

/// Holds requests until the test lets them go.
#[derive(Debug, Clone)]
pub struct Gate {
    arrived: Arc<watch::Sender<usize>>,
    open: Arc<watch::Sender<bool>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self { arrived: Arc::new(watch::Sender::new(0)), open: Arc::new(watch::Sender::new(false)) }
    }
}

impl Gate {
    /// Lets all go, those that wait and those to come.
    pub fn release(&self) {
        self.open.send_replace(true);
    }

    /// Returns when so many requests have come to the gate.
    pub async fn arrived(&self, requests: usize) {
        let _ = self.arrived.subscribe().wait_for(|there| *there >= requests).await;
    }

    /// Waits here, as a request.
    pub async fn pass(&self) {
        self.arrived.send_modify(|there| *there += 1);
        let _ = self.open.subscribe().wait_for(|open| *open).await;
    }
}

/// The faults that are still to come.
#[derive(Debug, Default)]
pub struct Faults {
    waiting: Vec<(String, usize, Fault)>,
}

impl Faults {
    /// On a route, as `POST /channels/*/messages`, so many times.
    pub fn add(&mut self, route: &str, times: usize, fault: Fault) {
        self.waiting.push((route.to_owned(), times, fault));
    }

    /// The fault for this request, which is used up by it.
    pub fn take(&mut self, method: &str, path: &str) -> Option<Fault> {
        let fits = |(route, left, _): &&mut (String, usize, Fault)| *left > 0 && matches(route, method, path);
        let (_, left, fault) = self.waiting.iter_mut().find(fits)?;
        *left -= 1;
        Some(fault.clone())
    }

    /// How many were not used yet.
    pub fn left(&self) -> usize {
        self.waiting.iter().map(|(_, left, _)| left).sum()
    }

    pub fn clear(&mut self) {
        self.waiting.clear();
    }
}

/// Whether a pattern as `POST /channels/*/messages` or `* /webhooks/**` names this request.
pub fn matches(route: &str, method: &str, path: &str) -> bool {
    let (verb, pattern) = route.split_once(' ').unwrap_or_else(|| panic!("{route} is no method and path"));
    if verb != "*" && verb != method {
        return false;
    }
    let mut parts = path.split('/');
    for wanted in pattern.split('/') {
        match (wanted, parts.next()) {
            ("**", _) => return true,
            ("*", Some(_)) => {}
            (wanted, Some(part)) if wanted == part => {}
            (_, _) => return false,
        }
    }
    parts.next().is_none()
}

#[test]
fn a_pattern_names_routes() {
    for (route, method, path, fits) in [
        ("POST /channels/*/messages", "POST", "/channels/1/messages", true),
        ("POST /channels/*/messages", "GET", "/channels/1/messages", false),
        ("POST /channels/*/messages", "POST", "/channels/1/messages/2/threads", false),
        ("POST /channels/*/messages/*", "POST", "/channels/1/messages", false),
        ("* /webhooks/**", "PATCH", "/webhooks/1/t/messages/@original", true),
        ("* /**", "GET", "/gateway", true),
    ] {
        assert_eq!(matches(route, method, path), fits, "{route} and {method} {path}");
    }
}
