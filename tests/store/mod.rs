//! The store: one suite for both engines, what only a disk can do to one, and what only a server can.

mod basics;
mod cluster;
mod desks;
mod disk;
mod engines;
mod files;
mod history;
mod lives;
mod model;
mod postgres;
mod power;
mod proxy;
mod restarts;
mod schema;

pub use cluster::Cluster;
pub use engines::{Bench, on_each_engine, with_each_engine};
pub use proxy::{Mode, Proxy};
pub use schema::{Schema, client};

/// A batch that takes a number, puts a record under it, and tells the feed.
fn numbered(text: &str) -> guidepost::store::Batch {
    use guidepost::store::{Batch, Key};
    let text = text.to_owned();
    let mut batch = Batch::new();
    batch.numbered("case", move |number, writes| {
        writes.put(Key::of("case").number(number, 6), &serde_json::json!({ "text": text }));
        writes.tell(&serde_json::json!({ "case": number }));
    });
    batch
}

/// Whether the long forms are asked for, as `.ci/full` does.
#[expect(clippy::disallowed_methods, reason = "a test is told by its environment how long it may take")]
pub fn is_long() -> bool {
    std::env::var_os("GUIDEPOST_TEST_LONG").is_some()
}
