//! Secrets: values that come from the environment only and are never printed.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::fault::Problem;
use super::names::environment_name;

/// A text that is never printed: its `Debug` is "…", and it has neither `Display` nor `Serialize`.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Keeps a text from being printed.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The secrets that Guidepost knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretName {
    /// The bot's token at Discord.
    DiscordToken,
    /// The desk key: what links, codes and sealed values are derived from.
    DeskKey,
}

impl SecretName {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::DiscordToken, Self::DeskKey];

    /// The only place it may come from.
    #[must_use]
    pub fn environment(self) -> &'static str {
        match self {
            Self::DiscordToken => "GUIDEPOST_DISCORD_TOKEN",
            Self::DeskKey => "GUIDEPOST_SECRET_KEY",
        }
    }

    /// How it is listed among the settings.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::DiscordToken => "discord.token",
            Self::DeskKey => "secret.key",
        }
    }

    pub(super) fn of_environment(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|secret| secret.environment() == name)
    }
}

/// The secrets that are set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Secrets(BTreeMap<SecretName, Secret>);

impl Secrets {
    /// The secret, where it is set.
    #[must_use]
    pub fn get(&self, name: SecretName) -> Option<&Secret> {
        self.0.get(&name)
    }

    /// An empty value counts as not set: container tools pass variables on that nobody filled in.
    pub(super) fn insert(&mut self, name: SecretName, text: String) {
        if !text.trim().is_empty() {
            self.0.insert(name, Secret::new(text));
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = SecretName> {
        self.0.keys().copied()
    }
}

/// That a secret does not belong into the file or the command line, however its path is spelt there: `[secret] key`
/// as well as `secret_key`.
pub(super) fn misplaced(path: &str) -> Option<Problem> {
    let environment = SecretName::of_environment(&environment_name(path))?.environment();
    Some(Problem::Secret { key: path.to_owned(), environment: environment.to_owned() })
}

/// Whether a text contains a password, as in `postgres://desk:password@db/desk` or `…?password=…`.
///
/// Written by hand and not with a URL parser: a password with a `/` or `#` in it makes the URL invalid, and is to
/// be kept from the screen all the same.
#[must_use]
pub fn carries_password(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let named = lower
        .split(|c: char| c.is_whitespace() || "?&;".contains(c))
        .any(|part| part.strip_prefix("password=").is_some_and(|password| !password.is_empty()));
    named || lower.split("://").skip(1).any(user_has_password)
}

/// What follows `://`: a password is what stands between a `:` and an `@`, unless it is only a port.
fn user_has_password(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if let Some((user, _)) = authority.rsplit_once('@') {
        return user.split_once(':').is_some_and(|(_, password)| !password.is_empty());
    }
    let port = authority.rsplit_once(':').map_or("", |(_, port)| port);
    let is_port = port.ends_with(']') || port.bytes().all(|b| b.is_ascii_digit());
    !is_port && rest.contains('@')
}
