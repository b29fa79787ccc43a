//! Who speaks with the desk.

use serde::{Deserialize, Serialize};

/// Who asks for something. What somebody may do follows from this and from nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// Somebody whom the desk knows only by the name that the platform gives: they may ask anything that is public.
    Visitor(String),
}
