//! What a test does with the double.

mod act;
mod acts;
mod past;
mod people;
mod seen;
mod trouble;
mod world;

pub use act::{Act, Callback};

use std::time::Duration;

use super::{Double, Identify, State, log::Entry};
use crate::discord::oracle;

/// Far beyond anything that a test waits for: whoever comes here waits for what never happens.
const GIVEN_UP: Duration = Duration::from_mins(1);

impl Double {
    /// Waits until something is found in the state.
    pub async fn find<T>(&self, look: impl Fn(&State) -> Option<T>) -> T {
        let Ok(found) = tokio::time::timeout(GIVEN_UP, self.0.shared.find(look)).await else {
            panic!(
                "what was waited for did not come; the last requests:\n{}",
                self.read(|state| state.log.tail(20))
            )
        };
        found
    }

    /// Waits until the state is so.
    pub async fn wait_until(&self, is_so: impl Fn(&State) -> bool) {
        self.find(|state| is_so(state).then_some(())).await;
    }

    /// Waits until the bot is logged in.
    pub async fn ready(&self) {
        self.wait_until(|state| state.gateway.connected() > 0).await;
    }

    /// Waits until the bot has set its commands, for a server or for all.
    pub async fn registered(&self) {
        self.wait_until(|state| !state.commands.is_empty()).await;
    }

    /// Waits until so many requests of a route were carried out: `POST /channels/*/messages`.
    pub async fn carried_out(&self, route: &str, times: usize) {
        self.wait_until(|state| count(state, route) >= times).await;
    }

    /// All requests of a route, answered well or not.
    pub fn requests(&self, route: &str) -> Vec<Entry> {
        self.read(|state| state.log.entries.iter().filter(|entry| is(entry, route)).cloned().collect())
    }

    /// Every request and its answer.
    pub fn log(&self) -> Vec<Entry> {
        self.read(|state| state.log.entries.clone())
    }

    /// The logins so far.
    pub fn identifies(&self) -> Vec<Identify> {
        self.read(|state| state.gateway.identifies.clone())
    }

    /// How often a session was resumed.
    pub fn resumes(&self) -> usize {
        self.read(|state| state.gateway.resumes)
    }

    /// Everything that was wrong with what was sent, by the bot and by the double.
    pub fn check(&self) -> Vec<oracle::Violation> {
        self.read(oracle::check)
    }

    /// Fails if anything was wrong.
    pub fn assert_clean(&self) {
        let violations = self.check();
        let lines: Vec<String> = violations.iter().map(ToString::to_string).collect();
        assert!(violations.is_empty(), "{} violations:\n{}", violations.len(), lines.join("\n"));
    }
}

fn is(entry: &Entry, route: &str) -> bool {
    super::faults::matches(route, &entry.method, entry.route())
}

fn count(state: &State, route: &str) -> usize {
    state.log.entries.iter().filter(|entry| is(entry, route) && entry.succeeded()).count()
}
