//! Says what is wrong with what was sent: by Discord's own description, and by the rules that it leaves out.
//!
//! `rules` and `commands` know the limits that Discord's documentation states and its description does not; the double
//! answers 50035 by the same rules. `schema` knows the description itself, `frames` what the client needs of an event.
//! `check` looks at everything that a double has recorded.

mod check;
mod commands;
mod controls;
mod fields;
mod frames;
mod planted;
mod rules;
mod schema;

pub use check::{Violation, check};
pub use commands::commands;
pub use frames::lacking;
pub use rules::{Whole, answers, message, modal};

/// Something wrong with a body, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    /// The fields on the way, with dots between.
    pub path: String,
    pub what: String,
}

/// Gathers flaws.
#[derive(Default)]
struct Flaws(Vec<Flaw>);

impl Flaws {
    fn push(&mut self, path: impl Into<String>, what: impl Into<String>) {
        self.0.push(Flaw { path: path.into(), what: what.into() });
    }

    fn unless(&mut self, holds: bool, path: impl Into<String>, what: impl Into<String>) {
        if !holds {
            self.push(path, what);
        }
    }

    /// A text that has to be there, and how long it may be.
    fn text(&mut self, value: &serde_json::Value, path: &str, most: usize) {
        match value.as_str() {
            None | Some("") => self.push(path, "is required"),
            Some(_) => self.short(value, path, most),
        }
    }

    /// How long a text may be, if it is there.
    fn short(&mut self, value: &serde_json::Value, path: &str, most: usize) {
        let length = value.as_str().map_or(0, |text| text.chars().count());
        self.unless(length <= most, path, format!("has {length} characters, {most} are the most"));
    }
}
