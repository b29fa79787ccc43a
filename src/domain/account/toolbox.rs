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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Toolbox {
    /// What contacts' records name.
    pub id: ToolboxId,
    /// What people read.
    pub name: String,
}
