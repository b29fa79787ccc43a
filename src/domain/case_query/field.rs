//! The fields that a search can name, and what their values mean.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::PersonId;
use crate::domain::case::{CaseNumber, Priority, Standing};
use crate::domain::id::slug;
use crate::domain::nearest::nearest;

use super::{Is, Span, Whom};

/// A field by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum FieldName {
    Status,
    Assignee,
    Requester,
    Queue,
    Tag,
    Product,
    Priority,
    Created,
    Updated,
    Number,
    Has,
    Is,
}

/// Other names that people give to fields.
const ALIASES: &[(&str, FieldName)] = &[
    ("state", FieldName::Status),
    ("owner", FieldName::Assignee),
    ("agent", FieldName::Assignee),
    ("from", FieldName::Requester),
    ("tags", FieldName::Tag),
    ("opened", FieldName::Created),
    ("changed", FieldName::Updated),
    ("case", FieldName::Number),
    ("id", FieldName::Number),
];

impl FieldName {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Status,
        Self::Assignee,
        Self::Requester,
        Self::Queue,
        Self::Tag,
        Self::Product,
        Self::Priority,
        Self::Created,
        Self::Updated,
        Self::Number,
        Self::Has,
        Self::Is,
    ];

    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Assignee => "assignee",
            Self::Requester => "requester",
            Self::Queue => "queue",
            Self::Tag => "tag",
            Self::Product => "product",
            Self::Priority => "priority",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Number => "number",
            Self::Has => "has",
            Self::Is => "is",
        }
    }

    /// The field of a name, whatever its case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let own = Self::ALL.into_iter().map(|field| (field.name(), field));
        own.chain(ALIASES.iter().copied())
            .find(|(own, _)| own.eq_ignore_ascii_case(name))
            .map(|(_, field)| field)
    }

    /// The field that a misspelt name may stand for.
    #[must_use]
    pub fn near(name: &str) -> Option<Self> {
        nearest(name, Self::ALL.into_iter().map(Self::name)).and_then(Self::named)
    }

    /// What a value of this field can be, where that is a short list.
    #[must_use]
    pub fn values(self) -> Vec<&'static str> {
        match self {
            Self::Status => {
                Standing::ALL.into_iter().map(Standing::name).chain(["waiting", "active"]).collect()
            }
            Self::Priority => Priority::ALL.into_iter().map(Priority::name).collect(),
            Self::Has => vec!["file"],
            Self::Is => Self::Status.values().into_iter().chain(["rated", "unrated"]).collect(),
            Self::Assignee | Self::Requester => vec!["me", "none"],
            Self::Created | Self::Updated => vec!["today", "yesterday"],
            Self::Queue | Self::Tag | Self::Product | Self::Number => Vec::new(),
        }
    }

    /// What a value means; `None` where it is none of this field's. Values that are alternatives are separated by commas.
    pub(super) fn means(self, value: &str, now: DateTime<Utc>) -> Option<Vec<Is>> {
        if let Self::Created | Self::Updated = self {
            let span = Span::parse(value, now)?;
            return Some(vec![if self == Self::Created { Is::Created(span) } else { Is::Updated(span) }]);
        }
        let each = value.split(',').map(str::trim).filter(|one| !one.is_empty());
        let meant: Vec<Vec<Is>> = each.map(|one| self.means_one(one)).collect::<Option<_>>()?;
        let meant: Vec<Is> = meant.into_iter().flatten().collect();
        (!meant.is_empty()).then_some(meant)
    }

    fn means_one(self, value: &str) -> Option<Vec<Is>> {
        let whom = || match value.to_lowercase().as_str() {
            "me" | "myself" => Some(Whom::Me),
            "none" | "nobody" | "unassigned" => Some(Whom::Nobody),
            _ => PersonId::parse(value).map(Whom::Person),
        };
        let one = match self {
            Self::Status => return standings(value),
            Self::Is => {
                return match value.to_lowercase().as_str() {
                    "rated" => Some(vec![Is::Rated(true)]),
                    "unrated" => Some(vec![Is::Rated(false)]),
                    _ => standings(value),
                };
            }
            Self::Priority => return priorities(value),
            Self::Assignee => Is::Assignee(whom()?),
            Self::Requester => Is::Requester(whom()?),
            Self::Queue => Is::Queue(slug(value)?),
            Self::Tag => Is::Tag(slug(value)?),
            Self::Product => Is::Product(slug(value)?),
            Self::Number => Is::Number(CaseNumber::parse(value)?),
            Self::Has => match value.to_lowercase().as_str() {
                "file" | "files" | "attachment" | "attachments" => Is::WithFile,
                _ => return None,
            },
            Self::Created | Self::Updated => return None,
        };
        Some(vec![one])
    }
}

/// A status by its name, `waiting` for both kinds of waiting, and `active` for all that is not over.
fn standings(value: &str) -> Option<Vec<Is>> {
    let value = value.to_lowercase().replace('_', "-");
    let waiting = [Standing::WaitingOnCustomer, Standing::WaitingOnThirdParty];
    let these = match value.as_str() {
        "waiting" => waiting.to_vec(),
        "active" => [Standing::New, Standing::Open].into_iter().chain(waiting).collect(),
        _ => vec![Standing::ALL.into_iter().find(|standing| standing.name() == value)?],
    };
    Some(these.into_iter().map(Is::Standing).collect())
}

/// `high`, and `>normal`, `>=`, `<` and `<=`. What no priority is (`>urgent`) is none.
fn priorities(value: &str) -> Option<Vec<Is>> {
    let (compare, name): (fn(&Priority, &Priority) -> bool, &str) =
        if let Some(name) = value.strip_prefix(">=") {
            (Priority::ge, name)
        } else if let Some(name) = value.strip_prefix("<=") {
            (Priority::le, name)
        } else if let Some(name) = value.strip_prefix('>') {
            (Priority::gt, name)
        } else if let Some(name) = value.strip_prefix('<') {
            (Priority::lt, name)
        } else {
            (Priority::eq, value)
        };
    let limit = Priority::named(name)?;
    let these: Vec<Is> =
        Priority::ALL.into_iter().filter(|one| compare(one, &limit)).map(Is::Priority).collect();
    (!these.is_empty()).then_some(these)
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
