//! How long answers took, by the double's clock: from the event to the arrival of what answers it.

use std::collections::HashMap;

use crate::desk::Done;
use crate::discord::double::{Double, Id};

/// When each interaction and message was answered first, in milliseconds after it was done.
pub struct Times {
    callbacks: HashMap<Id, f64>,
    replies: HashMap<Id, f64>,
    /// How many first answers only said that the answer comes later.
    pub put_off: usize,
}

impl Times {
    /// What the double has seen so far.
    pub fn of(double: &Double) -> Self {
        double.read(|state| {
            let mut times = Self { callbacks: HashMap::new(), replies: HashMap::new(), put_off: 0 };
            for entry in state.log.entries.iter().filter(|entry| entry.succeeded()) {
                let mut parts = entry.route().trim_start_matches('/').split('/');
                match (parts.next(), parts.next(), parts.next()) {
                    (Some("interactions"), Some(id), Some(_)) => {
                        let id: Id = id.parse().unwrap();
                        times.put_off += usize::from(entry.body["type"] == 5);
                        let took = entry.at - state.interactions[&id].at;
                        times.callbacks.entry(id).or_insert(millis(took));
                    }
                    (Some("channels"), Some(_), Some("messages")) => {
                        let Some(id) = Id::of(&entry.body["message_reference"]["message_id"]) else {
                            continue;
                        };
                        let Some(message) = state.message(id) else { continue };
                        times.replies.entry(id).or_insert(millis(entry.at - message.at));
                    }
                    _ => {}
                }
            }
            times
        })
    }

    /// How long the answer took; `None` where there is none.
    pub fn took(&self, done: Done) -> Option<f64> {
        match done {
            Done::Interaction(_, id) => self.callbacks.get(&id).copied(),
            Done::Message(_, id) => self.replies.get(&id).copied(),
        }
    }
}

fn millis(time: chrono::TimeDelta) -> f64 {
    time.num_nanoseconds().unwrap() as f64 / 1e6
}

/// The time within which so many of a hundred were answered.
pub fn within(times: &mut [f64], of: usize) -> f64 {
    times.sort_unstable_by(f64::total_cmp);
    times.get((times.len().saturating_sub(1)) * of / 100).copied().unwrap_or(f64::NAN)
}

/// Megabytes that the system counts for a process.
pub fn memory(process: u32, key: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok())
        .map_or(f64::NAN, |kilobytes: f64| kilobytes * 1024.0 / 1e6)
}
