//! What can be chosen for a server on Discord, and what its managers want.

use std::collections::BTreeSet;

/// Something that is chosen for a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ServerSetting {
    /// The channels in which questions are answered without being addressed to the desk.
    Help,
    /// The channel under which cases have their threads.
    Cases,
    /// The forum.
    Forum,
    /// The channel in which staff hear of new cases.
    Staff,
    /// The channel for announcements.
    Announcements,
    /// The roles of those who work for the desk.
    Roles,
}

impl ServerSetting {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] =
        [Self::Help, Self::Cases, Self::Forum, Self::Staff, Self::Announcements, Self::Roles];

    /// Its name in a button's id.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Help => "help",
            Self::Cases => "cases",
            Self::Forum => "forum",
            Self::Staff => "staff",
            Self::Announcements => "announcements",
            Self::Roles => "roles",
        }
    }

    /// The most that can be chosen.
    #[must_use]
    pub const fn most(self) -> u8 {
        match self {
            Self::Help | Self::Roles => 25,
            Self::Cases | Self::Forum | Self::Staff | Self::Announcements => 1,
        }
    }

    /// What of these numbers can be chosen for a server: each once, not more than the most, no 0, and not the role that everybody has,
    /// whose number is the server's.
    #[must_use]
    pub fn usable(self, server: u64, picked: &[u64]) -> Vec<u64> {
        let is_everybody = |id: u64| self == Self::Roles && id == server;
        let mut seen = BTreeSet::new();
        let usable = picked.iter().copied().filter(|id| *id != 0 && !is_everybody(*id) && seen.insert(*id));
        usable.take(usize::from(self.most())).collect()
    }

    /// The setting with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|setting| setting.name() == name)
    }
}

/// What somebody who manages a server wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerWish {
    /// See what is chosen, and choose.
    Show,
    /// Choose these channels or roles.
    Set(ServerSetting, Vec<u64>),
    /// Post the panel here.
    Panel,
}

/// What a button or list does about a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServerVerb {
    /// Shows what is chosen.
    Show,
    /// Chooses.
    Pick(ServerSetting),
    /// Posts the panel here.
    Panel,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_can_be_chosen_is_each_once_and_not_everybody() {
        assert_eq!(ServerSetting::Help.usable(7, &[3, 0, 7, 3, u64::MAX]), [3, 7, u64::MAX]);
        assert_eq!(ServerSetting::Roles.usable(7, &[7, 3]), [3]);
        assert_eq!(ServerSetting::Staff.usable(7, &[0, 5, 6]), [5]);
        assert!(ServerSetting::Roles.usable(7, &[7, 0]).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_is_picked_what_is_chosen_is_bounded(
            server in 0_u64..30, picked in proptest::collection::vec(0_u64..40, 0..100)
        ) {
            for setting in ServerSetting::ALL {
                let usable = setting.usable(server, &picked);
                let all: BTreeSet<u64> = usable.iter().copied().collect();
                prop_assert!(usable.len() <= usize::from(setting.most()) && all.len() == usable.len());
                prop_assert!(usable.iter().all(|id| *id != 0 && picked.contains(id)));
                prop_assert!(setting != ServerSetting::Roles || !all.contains(&server));
                prop_assert_eq!(setting.usable(server, &usable), usable);
            }
        }
    }
}
