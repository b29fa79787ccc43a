//! The table of people, and the names under which they are found.

use crate::domain::{Identity, MailAddress, Person, PersonId, Username};
use crate::store::{Index, Key, Table};

/// The name of the counter of people.
pub const COUNTER: &str = "person";

/// All people.
pub const PEOPLE: Table<Person> =
    Table::new("person", |person| key(person.id), &[IDENTITY, MAIL, USERNAME, STAFF, MOVED]);

/// People by what platforms call them. One identity belongs to one person.
pub const IDENTITY: Index<Person> = Index {
    name: "identity",
    unique: true,
    keys: |person| person.identities.iter().map(identity_key).collect(),
};

/// People by their address, in lower case: no two have the same.
pub const MAIL: Index<Person> =
    Index { name: "mail", unique: true, keys: |person| person.mail.iter().map(mail_key).collect() };

/// People by their username, in lower case: no two have the same.
pub const USERNAME: Index<Person> = Index {
    name: "username",
    unique: true,
    keys: |person| person.username.iter().map(username_key).collect(),
};

/// Those who work for the desk.
pub const STAFF: Index<Person> = Index {
    name: "staff",
    unique: false,
    keys: |person| person.staff.map(|_| Key::of("staff")).into_iter().collect(),
};

/// Those who turned out to be somebody else, by who that is.
pub const MOVED: Index<Person> =
    Index { name: "moved", unique: false, keys: |person| person.moved.map(key).into_iter().collect() };

/// The key of a person within the table.
#[must_use]
pub fn key(id: PersonId) -> Key {
    Key::of_number(id.0, 6)
}

pub(super) fn identity_key(identity: &Identity) -> Key {
    Key::of(&identity.to_string())
}

pub(in crate::services) fn mail_key(address: &MailAddress) -> Key {
    Key::of(&address.to_string().to_lowercase())
}

pub(in crate::services) fn username_key(name: &Username) -> Key {
    Key::of(&name.key())
}
