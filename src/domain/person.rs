//! A person: whoever speaks with the desk, by whatever door, and what they may do.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{MailAddress, Username};

/// A person's permanent number. It gives no right, and nobody but staff ever sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(pub u64);

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P-{:06}", self.0)
    }
}

impl PersonId {
    /// Reads `P-000017`, `p17` or `17`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix(['P', 'p']).unwrap_or(text);
        let digits = digits.strip_prefix('-').unwrap_or(digits);
        let fits = (1..=18).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse().ok().map(Self)).flatten().filter(|id| id.0 > 0)
    }
}

/// How a platform knows a person. One identity belongs to one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// A user of the system whose terminal it is.
    Console(String),
    /// A Discord account, by its number.
    Discord(u64),
    /// Somebody at a web page who is not signed in, by a random name.
    Web(String),
    /// Somebody whom the operator of the desk speaks for, by their number. No door but the desk's own terminal gives it.
    Desk(PersonId),
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Console(user) => write!(f, "console:{user}"),
            Self::Discord(id) => write!(f, "discord:{id}"),
            Self::Web(visitor) => write!(f, "web:{visitor}"),
            Self::Desk(id) => write!(f, "desk:{id}"),
        }
    }
}

/// What the desk knows of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their number.
    pub id: PersonId,
    /// What they are called where staff read it; none for somebody who never said.
    #[serde(default)]
    pub name: Option<String>,
    /// How platforms know them.
    #[serde(default)]
    pub identities: Vec<Identity>,
    /// Their address, proved to be theirs or given by the operator.
    #[serde(default)]
    pub mail: Option<MailAddress>,
    /// What they sign in with in place of their address, where they chose one.
    #[serde(default)]
    pub username: Option<Username>,
    /// What they are to the desk beyond somebody who asks; none for everybody else.
    #[serde(default)]
    pub staff: Option<StaffRole>,
    /// The server on Discord a role of which made them staff; none where the operator did.
    #[serde(default)]
    pub role_on: Option<u64>,
    /// How they want to hear of news.
    #[serde(default)]
    pub notify: Notify,
    /// When they first spoke with the desk.
    pub since: DateTime<Utc>,
    /// When everything about them was erased, where it was.
    #[serde(default)]
    pub erased: Option<DateTime<Utc>>,
    /// Who they turned out to be, where they were a mere visitor: that one has their identity, and gets their records.
    #[serde(default)]
    pub moved: Option<PersonId>,
}

impl Person {
    /// Somebody whom the desk meets for the first time.
    #[must_use]
    pub fn new(id: PersonId, since: DateTime<Utc>) -> Self {
        Self {
            id,
            name: None,
            identities: Vec::new(),
            mail: None,
            username: None,
            staff: None,
            role_on: None,
            notify: Notify::default(),
            since,
            erased: None,
            moved: None,
        }
    }

    /// Whether somebody is behind the record still.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.erased.is_none() && self.moved.is_none()
    }

    /// Whether all that is known of them is by this one identity: nothing says who they are, and they may do nothing.
    #[must_use]
    pub fn is_visitor_by(&self, identity: &Identity) -> bool {
        self.identities.as_slice() == std::slice::from_ref(identity)
            && self.mail.is_none()
            && self.username.is_none()
            && self.staff.is_none()
            && self.is_here()
    }

    /// The same person after a turn on a server where they have, or don't have, a role of its staff. Only a role takes back what a role
    /// gave; staff whom the operator added stay so.
    #[must_use]
    pub fn after_role(&self, server: u64, has_role: bool) -> Self {
        let (staff, role_on) = match (self.staff, self.role_on) {
            _ if self.erased.is_some() => (self.staff, self.role_on),
            (None, _) if has_role => (Some(StaffRole::Agent), Some(server)),
            (_, Some(on)) if on == server && !has_role => (None, None),
            (staff, on) => (staff, on),
        };
        Self { staff, role_on, ..self.clone() }
    }

    /// What other people read in place of their number: their name, else what a platform calls them.
    #[must_use]
    pub fn called(&self) -> Option<&str> {
        let user = self.identities.iter().find_map(|identity| match identity {
            Identity::Console(user) => Some(user.as_str()),
            Identity::Discord(_) | Identity::Web(_) | Identity::Desk(_) => None,
        });
        self.name.as_deref().or(user)
    }
}

/// What somebody who works for the desk may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffRole {
    /// Works on cases.
    Agent,
    /// Also sees how the desk does.
    Lead,
}

/// How a person wants to hear that a case of theirs has news. Conversations always show it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notify {
    /// By mail when they have not seen it after ten minutes.
    #[default]
    MailWhenUnseen,
    /// By mail, at once and always.
    MailAlways,
    /// Never by mail.
    NoMail,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persons_number_is_read_in_any_spelling() {
        for (text, expected) in [
            ("P-000017", Some(17)),
            ("p17", Some(17)),
            (" 17 ", Some(17)),
            ("P-0", None),
            ("", None),
            ("P", None),
            ("P--1", None),
            ("-1", Some(1)),
            ("99999999999999999999", None),
            ("ada", None),
        ] {
            assert_eq!(PersonId::parse(text), expected.map(PersonId), "{text}");
        }
        assert_eq!(PersonId(17).to_string(), "P-000017");
    }

    #[test]
    fn a_role_makes_an_agent_for_as_long_as_somebody_has_it() {
        let nobody = Person::new(PersonId(1), DateTime::UNIX_EPOCH);
        let by = |staff, role_on| Person { staff: Some(staff), role_on, ..nobody.clone() };
        let (agent, lead) = (by(StaffRole::Agent, None), by(StaffRole::Lead, None));
        let (here, there) = (by(StaffRole::Agent, Some(7)), by(StaffRole::Agent, Some(8)));
        let erased = |person: &Person| Person { erased: Some(DateTime::UNIX_EPOCH), ..person.clone() };
        let gone = erased(&nobody);
        for (was, has_role, is) in [
            (&nobody, true, &here),
            (&nobody, false, &nobody),
            (&here, true, &here),
            (&here, false, &nobody),
            (&there, true, &there),
            (&there, false, &there),
            (&agent, true, &agent),
            (&agent, false, &agent),
            (&lead, true, &lead),
            (&lead, false, &lead),
            (&gone, true, &gone),
        ] {
            assert_eq!(was.after_role(7, has_role), *is, "{was:?} {has_role}");
        }
    }
}
