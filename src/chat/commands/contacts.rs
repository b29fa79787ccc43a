//! The commands for the contacts of an account.

use crate::chat::flow::Way;
use crate::chat::wish::AccountAsk;
use crate::domain::account::Procedure;

use super::slash::{Kind, Slash, SlashOption, may};
use super::{Argument, Command, Needs, Spec};

/// Whom a command is about.
const WHO: SlashOption = may("who", "Whom it is about; leave it out to choose.", Kind::Contact);

/// What is wanted of whichever account they are a contact of.
#[expect(clippy::unnecessary_wraps, reason = "what makes a command may fail, and most of these can't")]
pub(super) fn of(what: AccountAsk) -> Option<Command> {
    Some(Command::Account(what.anywhere()))
}

/// One of the procedures, with whom it is about.
pub(super) fn begin(procedure: Procedure, who: Option<String>) -> Option<Command> {
    of(AccountAsk::Begin { procedure, who, way: None })
}

/// A procedure about some contact, however a platform lets it be said.
const fn slash_about(path: &'static [&'static str]) -> Slash {
    Slash::joined(path, &[WHO])
}

/// Listing the contacts; what the others do follows as a word.
pub static CONTACTS: Spec = Spec {
    name: "contacts",
    aliases: &["contact"],
    needs: Needs::Keeping,
    argument: Argument::Optional("NAME|add|edit|remove|security|restrict|requests"),
    about: "List the contacts of your company's account, or find some by name.",
    example: "/contacts",
    phrases: &[
        "contacts",
        "our contacts",
        "list our contacts",
        "list the contacts",
        "show our contacts",
        "show the contacts",
        "show me our contacts",
        "who is on our account",
    ],
    slash: Some(Slash::joined(
        &["contacts", "list"],
        &[may("name", "Only those who are called so.", Kind::Text { most: 100 })],
    )),
    make: |text| {
        let Some(text) = text else { return of(AccountAsk::Contacts { words: None, skip: 0 }) };
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text.as_str(), ""));
        let rest = Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty());
        match (word.to_lowercase().as_str(), rest) {
            ("list", words) => of(AccountAsk::Contacts { words, skip: 0 }),
            ("add", None) => begin(Procedure::AddContact, None),
            ("edit", who) => begin(Procedure::Contact, who),
            ("remove", who) => begin(Procedure::RemoveContact, who),
            ("security", None) => begin(Procedure::SecurityContacts, None),
            ("restrict", who) => begin(Procedure::Rights, who),
            ("requests", None) => of(AccountAsk::Requests { skip: 0 }),
            _ => of(AccountAsk::Contacts { words: Some(text), skip: 0 }),
        }
    },
};

/// Putting somebody on the account.
pub static ADD: Spec = Spec {
    name: "add-contact",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Add somebody to your company's account; they get an invitation by mail.",
    example: "/add-contact",
    phrases: &[
        "add a contact",
        "add a new contact",
        "add contact",
        "new contact",
        "add a contact to our account",
        "add a new contact to our account",
        "add somebody to our account",
        "add someone to our account",
        "invite a colleague",
    ],
    slash: Some(Slash::joined(&["contacts", "add"], &[])),
    make: |_| begin(Procedure::AddContact, None),
};

/// Changing what is known about somebody.
pub static EDIT: Spec = Spec {
    name: "edit-contact",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Optional("NAME"),
    about: "Change the name, address or telephone number of a contact.",
    example: "/edit-contact Ada",
    phrases: &[
        "edit a contact",
        "change a contact",
        "update a contact",
        "change contact information",
        "update contact information",
        "update our contact information",
        "change our contact information",
    ],
    slash: Some(slash_about(&["contacts", "edit"])),
    make: |who| begin(Procedure::Contact, who),
};

/// Taking somebody off the account.
pub static REMOVE: Spec = Spec {
    name: "remove-contact",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Optional("NAME"),
    about: "Take somebody off your company's account.",
    example: "/remove-contact Ada",
    phrases: &["remove a contact", "remove contact", "delete a contact", "take a contact off our account"],
    slash: Some(slash_about(&["contacts", "remove"])),
    make: |who| begin(Procedure::RemoveContact, who),
};

/// Choosing the security contacts.
pub static SECURITY: Spec = Spec {
    name: "security-contacts",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Choose the security contacts of your company's account, at most three.",
    example: "/security-contacts",
    phrases: &[
        "security contacts",
        "change the security contacts",
        "change our security contacts",
        "change security contacts",
        "update the security contacts",
        "update our security contacts",
        "update security contacts",
        "set the security contacts",
    ],
    slash: Some(Slash::joined(&["contacts", "security"], &[])),
    make: |_| begin(Procedure::SecurityContacts, None),
};

/// Saying what somebody may do.
pub static RESTRICT: Spec = Spec {
    name: "restrict",
    aliases: &["administrators"],
    needs: Needs::Keeping,
    argument: Argument::Optional("NAME"),
    about: "Say who is an administrator of your company's account, and what the others can use.",
    example: "/restrict Ada",
    phrases: &[
        "restrict a contact",
        "change restrictions",
        "change the restrictions",
        "change the administrators",
        "change our administrators",
        "update contact restrictions",
        "make somebody an administrator",
        "make someone an administrator",
    ],
    slash: Some(slash_about(&["contacts", "restrict"])),
    make: |who| begin(Procedure::Rights, who),
};

/// What waits for an administrator.
pub static REQUESTS: Spec = Spec {
    name: "requests",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "List what contacts ask the administrators of your company's account for.",
    example: "/requests",
    phrases: &["requests", "show the requests", "list the requests", "which requests wait"],
    slash: Some(Slash::joined(&["contacts", "requests"], &[])),
    make: |_| of(AccountAsk::Requests { skip: 0 }),
};

/// "Make Ada an administrator", "remove Ada from our account": set phrases about somebody, in folded text.
#[must_use]
pub fn about_somebody(folded: &str) -> Option<Command> {
    let between = |before: &str, after: &[&str]| {
        let rest = folded.strip_prefix(before)?.strip_prefix(' ')?;
        let who = after.iter().find_map(|after| rest.strip_suffix(after)?.strip_suffix(' '))?.trim();
        (!who.is_empty()).then(|| who.to_owned())
    };
    let administrator =
        ["an administrator", "administrator", "an admin", "admin", "an administrator of our account"];
    if let Some(who) = between("make", &administrator) {
        let way = Some(Way::Administrator);
        return of(AccountAsk::Begin { procedure: Procedure::Rights, who: Some(who), way });
    }
    let account = ["from our account", "from the account", "off our account", "off the account"];
    let who = between("remove", &account).or_else(|| between("take", &account))?;
    begin(Procedure::RemoveContact, Some(who))
}
