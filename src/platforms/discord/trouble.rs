//! What can go wrong between the desk and Discord.

use std::fmt;

use serenity::Error;
use serenity::http::HttpError;

/// Why something was not done at Discord. It never holds an address: some contain a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Discord refused it, and would again.
    Refused {
        /// The status of its answer.
        status: u16,
        /// Discord's own number for the reason.
        code: i64,
        /// The reason, in its words.
        why: String,
    },
    /// Too much at once; later it goes.
    Busy,
    /// Discord has trouble of its own.
    Failing(
        /// The status of its answer.
        u16,
    ),
    /// There was no answer: whether it was done is not known.
    Unreachable,
    /// The answer could not be read.
    Unreadable(String),
}

/// Discord's numbers for reasons, as far as the desk acts on them.
pub mod code {
    /// There is no such channel, or it was deleted.
    pub const UNKNOWN_CHANNEL: i64 = 10003;
    /// There is no such interaction, or its time for a first answer is over.
    pub const UNKNOWN_INTERACTION: i64 = 10062;
    /// There is no such webhook: what an interaction's token becomes some time after it has run out.
    pub const UNKNOWN_WEBHOOK: i64 = 10015;
    /// The interaction was answered before.
    pub const ANSWERED: i64 = 40060;
    /// The bot can't see it.
    pub const NO_ACCESS: i64 = 50001;
    /// The interaction's token has run out.
    pub const TOKEN_RAN_OUT: i64 = 50027;
    /// The thread is archived, and so nobody comes into it or leaves it.
    pub const ARCHIVED: i64 = 50083;
}

impl Trouble {
    /// Whether the same may go well a little later.
    #[must_use]
    pub fn passes(&self) -> bool {
        match self {
            Self::Busy | Self::Failing(_) | Self::Unreachable => true,
            Self::Refused { .. } | Self::Unreadable(_) => false,
        }
    }

    /// Whether Discord refused it for this reason.
    #[must_use]
    pub fn is(&self, reason: i64) -> bool {
        matches!(self, Self::Refused { code, .. } if *code == reason)
    }

    /// Whether an interaction can no longer be answered.
    #[must_use]
    pub fn is_too_late(&self) -> bool {
        [code::UNKNOWN_INTERACTION, code::TOKEN_RAN_OUT, code::UNKNOWN_WEBHOOK]
            .into_iter()
            .any(|reason| self.is(reason))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { status, code, why } => {
                write!(f, "Discord refused it: {why} (status {status}, code {code})")
            }
            Self::Busy => f.write_str("Discord has too many requests from this desk"),
            Self::Failing(status) => write!(f, "Discord has trouble of its own (status {status})"),
            Self::Unreachable => f.write_str("Discord did not answer"),
            Self::Unreadable(why) => write!(f, "Discord's answer could not be read: {why}"),
        }
    }
}

impl std::error::Error for Trouble {}

#[expect(clippy::wildcard_enum_match_arm, reason = "none of the other errors is told apart")]
impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Http(HttpError::UnsuccessfulRequest(answer)) => {
                let status = answer.status_code.as_u16();
                match status {
                    429 => Self::Busy,
                    500.. => Self::Failing(status),
                    _ => Self::Refused {
                        status,
                        code: i64::try_from(answer.error.code).unwrap_or_default(),
                        why: reason(&answer.error),
                    },
                }
            }
            Error::Http(HttpError::Request(_)) => Self::Unreachable,
            Error::Json(error) => Self::Unreadable(format!("{:?} error", error.classify())),
            // Whatever else there is, its words may hold an address.
            _ => Self::Unreadable("an error of the library".to_owned()),
        }
    }
}

/// Discord's words, with the fields that it names.
fn reason(error: &serenity::http::DiscordJsonError) -> String {
    let fields: Vec<String> =
        error.errors.iter().map(|field| format!("{} at {}", field.message, field.path)).collect();
    if fields.is_empty() {
        error.message.clone()
    } else {
        format!("{}: {}", error.message, fields.join("; "))
    }
}
