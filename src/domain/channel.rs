//! Where on Discord something takes place.

use std::fmt;

use super::{Place, Platform, Privacy};

/// A channel, thread or direct conversation on Discord, with the server that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Channel {
    /// The server's number; none for a direct conversation.
    pub server: Option<u64>,
    /// The channel's or thread's number.
    pub id: u64,
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.server {
            Some(server) => write!(f, "{server}/{}", self.id),
            None => write!(f, "{}", self.id),
        }
    }
}

impl Channel {
    /// As a place of a conversation.
    #[must_use]
    pub fn place(self, privacy: Privacy) -> Place {
        Place { platform: Platform::Discord, conversation: self.to_string(), privacy }
    }

    /// The channel that a place is; `None` where it is not on Discord.
    #[must_use]
    pub fn of(place: &Place) -> Option<Self> {
        match place.platform {
            Platform::Discord => Self::parse(&place.conversation),
            Platform::Web | Platform::Console => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((server, id)) => Some(Self { server: Some(server.parse().ok()?), id: id.parse().ok()? }),
            None => Some(Self { server: None, id: text.parse().ok()? }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_discord_is_its_channel_again() {
        for channel in [Channel { server: Some(2000), id: 4000 }, Channel { server: None, id: 5 }] {
            assert_eq!(Channel::of(&channel.place(Privacy::Public)), Some(channel));
        }
        let place = |platform, name: &str| Place {
            platform,
            conversation: name.to_owned(),
            privacy: Privacy::Private,
        };
        assert_eq!(Channel::of(&place(Platform::Console, "5")), None);
        for name in ["", "a", "1/", "/1", "1/2/3", "-1"] {
            assert_eq!(Channel::of(&place(Platform::Discord, name)), None, "{name:?}");
        }
    }
}
