//! Open connections that wait for the next mail.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::line::Line;

/// For so long a connection waits. Servers close theirs after some minutes.
const WAITS: Duration = Duration::from_secs(30);
/// For so long one is asked whether it is still there.
const ASKED: Duration = Duration::from_secs(5);

/// The connections that wait, each with a number of its own.
#[derive(Default)]
pub(super) struct Idle(Mutex<Waiting>);

#[derive(Default)]
struct Waiting {
    lines: Vec<(u64, Line)>,
    next: u64,
}

impl Idle {
    /// One that still works, the one that was used last first.
    pub async fn take(idle: &Arc<Self>, until: Instant) -> Option<Line> {
        loop {
            let mut line = idle.with(|waiting| waiting.lines.pop())?.1;
            let asked = timeout_at(until.min(Instant::now() + ASKED), line.is_open()).await;
            if asked == Ok(true) {
                return Some(line);
            }
        }
    }

    /// Lets one wait, and closes it where nobody wants it.
    pub fn put(idle: &Arc<Self>, line: Line) {
        let own = idle.with(|waiting| {
            let own = waiting.next;
            waiting.next += 1;
            waiting.lines.push((own, line));
            own
        });
        let idle = Arc::downgrade(idle);
        tokio::spawn(async move {
            tokio::time::sleep(WAITS).await;
            let Some(idle) = idle.upgrade() else { return };
            let unwanted = idle.with(|waiting| {
                let at = waiting.lines.iter().position(|(number, _)| *number == own)?;
                Some(waiting.lines.swap_remove(at).1)
            });
            if let Some(line) = unwanted {
                // Whoever does not answer to that is left.
                let _ = tokio::time::timeout(ASKED, line.close()).await;
            }
        });
    }

    fn with<T>(&self, with: impl FnOnce(&mut Waiting) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
