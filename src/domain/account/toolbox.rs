//! Toolboxes: the parts of an account that a restricted contact may use or not. The settings list them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::id::{InvalidId, is_slug};

/// A toolbox's name in the settings, a slug such as `licences`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ToolboxId(String);

impl ToolboxId {
    /// Accepts a slug.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if is_slug(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId::of(text, "toolbox")) }
    }

    /// As it is written in the settings.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ToolboxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ToolboxId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<ToolboxId> for String {
    fn from(id: ToolboxId) -> Self {
        id.0
    }
}

/// One entry of the configured list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toolbox {
    /// What contacts' records name.
    pub id: ToolboxId,
    /// What people read.
    pub name: String,
}

/// The most characters of a toolbox's id and of its name.
const MOST: usize = 40;

/// Why a text is no toolbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a toolbox is an id in lower case with hyphens, a colon and a name, each of at most {MOST} characters: \"renewals: Renewals\""
)]
pub struct NoToolbox;

impl Toolbox {
    /// Reads `renewals: Renewals`, as the settings have it.
    pub fn parse(text: &str) -> Result<Self, NoToolbox> {
        let (id, name) = text.split_once(':').ok_or(NoToolbox)?;
        let name = name.trim();
        let fits = |text: &str| (1..=MOST).contains(&text.chars().count());
        match ToolboxId::parse(id.trim()) {
            Ok(id) if fits(id.as_str()) && fits(name) => Ok(Self { id, name: name.to_owned() }),
            Ok(_) | Err(_) => Err(NoToolbox),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toolbox_is_an_id_and_a_name() {
        let read = |text: &str| Toolbox::parse(text).ok().map(|toolbox| (toolbox.id.0, toolbox.name));
        let pair = |id: &str, name: &str| Some((id.to_owned(), name.to_owned()));
        assert_eq!(read("renewals: Renewals"), pair("renewals", "Renewals"));
        assert_eq!(read(" cases:Cases: all of them "), pair("cases", "Cases: all of them"));
        for wrong in ["renewals", "Renewals: x", "renewals:", ": x", "a b: c"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(&format!("a: {}", "x".repeat(MOST + 1))), None);
    }
}
