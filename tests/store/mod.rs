//! The store: one suite for both engines.

mod basics;
mod disk;
mod engines;
mod history;
mod model;
mod power;

pub use engines::on_each_engine;

/// Whether the long forms are asked for, as `.ci/full` does.
#[expect(clippy::disallowed_methods, reason = "a test is told by its environment how long it may take")]
pub fn is_long() -> bool {
    std::env::var_os("GUIDEPOST_TEST_LONG").is_some()
}
