//! The permissions that the desk needs at Discord: what for, and in which of the channels that were chosen.

use serde::Serialize;

use crate::chat::ServerSetting;

/// A permission that the desk uses.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// Its name, as Discord shows it.
    pub name: &'static str,
    /// Its bit in Discord's numbers.
    pub bit: u64,
    /// What the desk does with it.
    pub what_for: &'static str,
    /// What is amiss without it, by what a channel was chosen for.
    #[serde(skip)]
    without: &'static [(ServerSetting, &'static str)],
}

/// See a channel and what is in it.
pub static VIEW: Permission = Permission {
    name: "View Channels",
    bit: 1 << 10,
    what_for: "see the channels that are chosen for it",
    without: &[
        (ServerSetting::Help, "questions there are not heard"),
        (ServerSetting::Cases, "cases get no thread"),
        (ServerSetting::Forum, "nothing there is heard"),
        (ServerSetting::Staff, "nobody is told there of new cases"),
        (ServerSetting::Announcements, "nothing is announced there"),
    ],
};

/// Write in a channel.
static SEND: Permission = Permission {
    name: "Send Messages",
    bit: 1 << 11,
    what_for: "answer questions, and tell staff of new cases",
    without: &[
        (ServerSetting::Help, "questions there get no answer"),
        (ServerSetting::Staff, "nobody is told there of new cases"),
        (ServerSetting::Announcements, "nothing is announced there"),
    ],
};

/// Make a thread that only those see who were added to it.
static CREATE_PRIVATE_THREADS: Permission = Permission {
    name: "Create Private Threads",
    bit: 1 << 36,
    what_for: "make the thread of a case, which only those see whom the case concerns",
    without: &[(ServerSetting::Cases, "cases get no thread")],
};

/// Write in a thread.
static SEND_IN_THREADS: Permission = Permission {
    name: "Send Messages in Threads",
    bit: 1 << 38,
    what_for: "write in the threads of cases, and add people to them",
    without: &[(ServerSetting::Cases, "nothing is said in the threads of cases")],
};

/// Archive threads, and see those that one was not added to.
static MANAGE_THREADS: Permission = Permission {
    name: "Manage Threads",
    bit: 1 << 34,
    what_for: "archive the threads of closed cases and take them up again",
    without: &[(ServerSetting::Cases, "threads of closed cases are not archived, nor found again")],
};

/// Read what was written earlier.
static READ_HISTORY: Permission = Permission {
    name: "Read Message History",
    bit: 1 << 16,
    what_for: "answer to a message, and read what was written while the desk was away",
    without: &[
        (ServerSetting::Help, "questions there get no answer"),
        (ServerSetting::Cases, "what is written there while the desk is away is never read"),
    ],
};

/// Send files.
static ATTACH_FILES: Permission = Permission {
    name: "Attach Files",
    bit: 1 << 15,
    what_for: "send transcripts, and answers too long for messages",
    without: &[
        (ServerSetting::Help, "answers with a file do not get there"),
        (ServerSetting::Cases, "answers with a file do not get there"),
    ],
};

/// Show articles and cases as cards.
static EMBED_LINKS: Permission = Permission {
    name: "Embed Links",
    bit: 1 << 14,
    what_for: "show articles and cases as cards",
    without: &[
        (ServerSetting::Help, "articles are not shown there"),
        (ServerSetting::Cases, "articles and cases are not shown there"),
        (ServerSetting::Staff, "new cases are not shown there"),
        (ServerSetting::Announcements, "announcements are not shown there"),
    ],
};

/// All permissions that the desk needs, and all that it asks for. It is no Administrator and mentions nobody, and a thread that
/// everybody sees it does not make.
pub static NEEDED: [&Permission; 8] = [
    &VIEW,
    &SEND,
    &SEND_IN_THREADS,
    &CREATE_PRIVATE_THREADS,
    &MANAGE_THREADS,
    &READ_HISTORY,
    &ATTACH_FILES,
    &EMBED_LINKS,
];

/// What it needs of them to answer whoever mentions it in any other channel.
pub static NEEDED_ELSEWHERE: [&Permission; 5] = [&VIEW, &SEND, &READ_HISTORY, &ATTACH_FILES, &EMBED_LINKS];

/// What those who work on cases need in the channel for cases, and what is amiss without it. They are not added to threads.
pub static NEEDED_BY_STAFF: [(&Permission, &str); 3] = [
    (&VIEW, "they see no threads of cases"),
    (&MANAGE_THREADS, "they see only the threads that they were added to"),
    (&SEND_IN_THREADS, "they can't answer in the threads of cases"),
];

/// What customers need there: Discord shows a thread to nobody who does not see the channel that it is in.
pub static NEEDED_BY_CUSTOMERS: [&Permission; 2] = [&VIEW, &SEND_IN_THREADS];

impl Permission {
    /// What is amiss without it in a channel that was chosen for this; `None` where it is not needed there.
    #[must_use]
    pub fn without(&self, setting: ServerSetting) -> Option<&'static str> {
        self.without.iter().find(|(place, _)| *place == setting).map(|(_, amiss)| *amiss)
    }
}

/// All permissions that the desk needs, as one number of Discord's.
#[must_use]
pub fn bits() -> u64 {
    NEEDED.iter().fold(0, |all, permission| all | permission.bit)
}

/// The link by which somebody who manages a server brings the bot there, with these permissions and no other, and with its commands.
#[must_use]
pub fn invite(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&permissions={}&scope=bot+applications.commands",
        bits()
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serenity::all::Permissions;
    use url::Url;

    use super::*;

    #[test]
    fn names_and_bits_are_those_of_discord() {
        for permission in NEEDED {
            let known = Permissions::from_bits(permission.bit).unwrap();
            // The library says it of one channel, Discord's own pages of a server.
            let theirs = known.get_permission_names().join(", ").replace("View Channel", "View Channels");
            assert_eq!(theirs.to_lowercase(), permission.name.to_lowercase());
        }
        assert_eq!(NEEDED.map(|one| one.bit).into_iter().collect::<BTreeSet<_>>().len(), NEEDED.len());
    }

    #[test]
    fn it_asks_for_what_it_needs_and_for_nothing_else() {
        let mut asked = Permissions::from_bits(bits()).unwrap();
        for needed in [
            Permissions::VIEW_CHANNEL,
            Permissions::SEND_MESSAGES,
            Permissions::SEND_MESSAGES_IN_THREADS,
            Permissions::CREATE_PRIVATE_THREADS,
            Permissions::MANAGE_THREADS,
            Permissions::READ_MESSAGE_HISTORY,
            Permissions::ATTACH_FILES,
            Permissions::EMBED_LINKS,
        ] {
            assert!(asked.contains(needed), "{needed:?}");
            asked.remove(needed);
        }
        assert!(asked.is_empty(), "{asked:?}");
    }

    #[test]
    fn each_permission_is_needed_somewhere_and_none_for_roles() {
        for permission in NEEDED {
            assert!(!permission.without.is_empty(), "{}", permission.name);
            assert_eq!(permission.without(ServerSetting::Roles), None, "{}", permission.name);
        }
    }

    #[test]
    fn the_invite_is_an_address_that_says_what_is_meant() {
        let invite = invite(u64::MAX);
        assert_eq!(
            invite,
            "https://discord.com/oauth2/authorize?client_id=18446744073709551615&permissions=360777370624\
             &scope=bot+applications.commands"
        );
        let asked: Vec<(String, String)> = Url::parse(&invite).unwrap().query_pairs().into_owned().collect();
        let [client, permissions, scope] = asked.as_slice() else { panic!("{asked:?}") };
        assert_eq!((client.0.as_str(), client.1.clone()), ("client_id", u64::MAX.to_string()));
        assert_eq!((permissions.0.as_str(), permissions.1.clone()), ("permissions", bits().to_string()));
        assert_eq!((scope.0.as_str(), scope.1.as_str()), ("scope", "bot applications.commands"));
    }
}
