//! Who may do what on a server, by the order that Discord documents: the owner and administrators everything, the others what
//! their roles give them, as each channel changes it.

use std::collections::BTreeSet;

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};

/// May do everything, whatever channels say.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Everything.
pub const ALL: u64 = u64::MAX;

/// A role, as Discord describes it. The one with the server's own number is everybody's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Role {
    /// Its number.
    #[serde(deserialize_with = "number")]
    pub id: u64,
    /// Its name.
    pub name: String,
    /// What it gives on all of the server.
    #[serde(deserialize_with = "number")]
    pub permissions: u64,
}

/// What a channel changes for those with a role, or for one person.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Overwrite {
    /// The role's or the person's number.
    #[serde(deserialize_with = "number")]
    pub id: u64,
    /// Whose it is: [`OF_A_ROLE`] or [`OF_A_MEMBER`].
    #[serde(rename = "type")]
    pub kind: u8,
    /// What they may.
    #[serde(deserialize_with = "number")]
    pub allow: u64,
    /// What they may not.
    #[serde(deserialize_with = "number")]
    pub deny: u64,
}

/// Discord's number for an overwrite of a role.
pub const OF_A_ROLE: u8 = 0;
/// Discord's number for an overwrite of one person.
pub const OF_A_MEMBER: u8 = 1;

/// Somebody on a server, as far as rights go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder {
    /// Their number; none for whoever has these roles.
    pub user: Option<u64>,
    /// Their roles, without everybody's.
    pub roles: BTreeSet<u64>,
    /// Whether the server is theirs.
    pub is_owner: bool,
}

impl Holder {
    /// Whoever has this role and no other.
    #[must_use]
    pub fn of_role(role: u64) -> Self {
        Self { roles: BTreeSet::from([role]), ..Self::default() }
    }
}

/// What somebody may on a server as a whole.
#[must_use]
pub fn on_server(server: u64, roles: &[Role], who: &Holder) -> u64 {
    let held = roles.iter().filter(|role| role.id == server || who.roles.contains(&role.id));
    let given = held.fold(0, |all, role| all | role.permissions);
    if who.is_owner || given & ADMINISTRATOR != 0 { ALL } else { given }
}

/// What somebody may in a channel who may this on the server. Who does not see the channel can do nothing there, which is not taken
/// into account: so it can be told of each permission whether it is missing.
#[must_use]
pub fn in_channel(server: u64, on_server: u64, overwrites: &[Overwrite], who: &Holder) -> u64 {
    if on_server == ALL {
        return ALL;
    }
    let of_roles = || overwrites.iter().filter(|one| one.kind == OF_A_ROLE);
    let everybody = together(of_roles().filter(|one| one.id == server));
    let roles = together(of_roles().filter(|one| one.id != server && who.roles.contains(&one.id)));
    let is_them = |one: &&Overwrite| one.kind == OF_A_MEMBER && Some(one.id) == who.user;
    let them = together(overwrites.iter().filter(is_them));
    [everybody, roles, them].iter().fold(on_server, |rights, (allow, deny)| (rights & !deny) | allow)
}

/// What several overwrites of the same rank allow and deny together.
fn together<'a>(overwrites: impl Iterator<Item = &'a Overwrite>) -> (u64, u64) {
    overwrites.fold((0, 0), |(allow, deny), one| (allow | one.allow, deny | one.deny))
}

/// Discord writes its large numbers as texts, because JavaScript can't count that far.
pub fn number<'de, D: Deserializer<'de>>(value: D) -> Result<u64, D::Error> {
    let text = String::deserialize(value)?;
    text.parse().map_err(|_| D::Error::invalid_value(Unexpected::Str(&text), &"a number in a text"))
}
