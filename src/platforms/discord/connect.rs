//! Getting to Discord: who the bot is, and whether it may do what it has to.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serenity::Error;
use serenity::all::{ApplicationFlags, GatewayIntents};
use serenity::http::{Http, HttpBuilder, HttpError};
use tokio::time::timeout;

use crate::config::Secret;

use super::api::Api;
use super::trouble::Trouble;

/// How long Discord has for each answer at the start. Where nothing comes back, as behind some firewalls, nobody waits for ever.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the desk listens to.
#[must_use]
pub fn intents() -> GatewayIntents {
    GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::DIRECT_MESSAGES
        | GatewayIntents::MESSAGE_CONTENT
}

/// Why the desk can't be on Discord. Its text says what is wrong and what to do, without a period at the end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}. {}", self.fault(), self.remedy())]
pub enum NotConnected {
    /// The token is none, or no longer one.
    BadToken,
    /// The bot may not read what people write.
    NoIntent,
    /// Nothing answered.
    Unreachable(Base),
    /// Something answered that does not speak as Discord does.
    NotDiscord(Base, Trouble),
    /// Something else, which may pass.
    Trouble(Trouble),
}

/// Where Discord's API is looked for: the address that the settings name, none for Discord's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(pub Option<String>);

impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("https://discord.com"))
    }
}

impl NotConnected {
    /// Whether only a person can mend it.
    #[must_use]
    pub fn is_final(&self) -> bool {
        match self {
            Self::BadToken | Self::NoIntent | Self::NotDiscord(Base(Some(_)), _) => true,
            Self::Unreachable(_) | Self::NotDiscord(Base(None), _) => false,
            Self::Trouble(trouble) => !trouble.passes(),
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn fault(&self) -> String {
        match self {
            Self::BadToken => "Discord does not take the token in GUIDEPOST_DISCORD_TOKEN".to_owned(),
            Self::NoIntent => "Discord does not let the bot read what people write".to_owned(),
            Self::Unreachable(base) => format!("Nothing answers at {base}"),
            Self::NotDiscord(base, trouble) => {
                format!("What answers at {base} is not Discord's API: {trouble}")
            }
            Self::Trouble(trouble) => trouble.to_string(),
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::BadToken => {
                "Make a new one at https://discord.com/developers/applications (Bot, Reset Token), put it there, \
                 and start the desk again"
            }
            Self::NoIntent => {
                "Turn on \"Message Content Intent\" at https://discord.com/developers/applications (Bot, Privileged \
                 Gateway Intents), and start the desk again"
            }
            Self::Unreachable(Base(None)) => {
                "See whether this machine reaches the Internet, and whether a firewall keeps it from discord.com. A \
                 running desk tries again by itself"
            }
            Self::Unreachable(Base(Some(_))) => {
                "That address is from the setting discord.api_base: see whether something runs there, or leave the \
                 setting empty for Discord itself. A running desk tries again by itself"
            }
            Self::NotDiscord(Base(None), _) => {
                "See whether a proxy or a sign-in page stands between this machine and discord.com. A running desk \
                 tries again by itself"
            }
            Self::NotDiscord(Base(Some(_)), _) => {
                "That address is from the setting discord.api_base: correct it, or leave it empty for Discord \
                 itself, and start the desk again"
            }
            Self::Trouble(trouble) if trouble.passes() => {
                "It may pass: see https://discordstatus.com. A running desk tries again by itself"
            }
            Self::Trouble(_) => {
                "See whether the application still has its bot at https://discord.com/developers/applications, and \
                 start the desk again"
            }
        }
    }

    fn of(error: Error, base: Base) -> Self {
        if let Error::Http(HttpError::InvalidHeader(_)) = error {
            // What can't be sent at all is no token.
            return Self::BadToken;
        }
        match Trouble::from(error) {
            Trouble::Unreachable => Self::Unreachable(base),
            trouble @ (Trouble::Unreadable(_) | Trouble::Refused { status: 404 | 405, .. }) => {
                Self::NotDiscord(base, trouble)
            }
            trouble @ (Trouble::Refused { .. } | Trouble::Busy | Trouble::Failing(_)) => trouble.into(),
        }
    }
}

impl From<Trouble> for NotConnected {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Refused { status: 401, .. } => Self::BadToken,
            trouble @ (Trouble::Refused { .. }
            | Trouble::Busy
            | Trouble::Failing(_)
            | Trouble::Unreachable
            | Trouble::Unreadable(_)) => Self::Trouble(trouble),
        }
    }
}

/// Who the bot is, as Discord says.
#[derive(Clone)]
pub struct Connection {
    /// The API.
    pub api: Api,
    /// The bot's number.
    pub me: u64,
    /// Its name.
    pub name: String,
    /// The application's number.
    pub application: u64,
    /// Where the gateway is.
    pub gateway: String,
    /// Whether Discord lets the bot read what people write.
    pub reads_messages: bool,
}

/// The library's client. Towards another address than Discord's own its limiter of rates is off: it would ignore the address.
#[must_use]
pub fn client(token: &Secret, api_base: &str) -> Http {
    let builder = HttpBuilder::new(token.expose());
    if api_base.is_empty() {
        builder.build()
    } else {
        builder.proxy(api_base).ratelimiter_disabled(true).build()
    }
}

/// Asks Discord who the bot is and where the gateway is, for a desk that is to answer there.
pub async fn connect(http: Http) -> Result<Connection, NotConnected> {
    let connection = look_up(http).await?;
    if connection.reads_messages { Ok(connection) } else { Err(NotConnected::NoIntent) }
}

/// Asks Discord who the bot is, where the gateway is, and whether it lets the bot read messages.
pub async fn look_up(http: Http) -> Result<Connection, NotConnected> {
    let base = Base(http.proxy.clone());
    let me = asked(&base, http.get_current_user()).await?;
    let application = asked(&base, http.get_current_application_info()).await?;
    // Asked for before anything is connected: without an answer the library would go to Discord's own gateway for good.
    let gateway = asked(&base, http.get_gateway()).await?.url;
    let reads = ApplicationFlags::GATEWAY_MESSAGE_CONTENT | ApplicationFlags::GATEWAY_MESSAGE_CONTENT_LIMITED;
    http.set_application_id(application.id);
    Ok(Connection {
        api: Api::new(Arc::new(http), application.id.get()),
        me: me.id.get(),
        name: me.name.clone(),
        application: application.id.get(),
        gateway,
        reads_messages: application.flags.is_none_or(|flags| flags.intersects(reads)),
    })
}

async fn asked<T>(base: &Base, asking: impl Future<Output = Result<T, Error>>) -> Result<T, NotConnected> {
    match timeout(PATIENCE, asking).await {
        Ok(answer) => answer.map_err(|error| NotConnected::of(error, base.clone())),
        Err(_) => Err(NotConnected::Unreachable(base.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_says_what_is_wrong_and_what_to_do() {
        let [discord, other] = [Base(None), Base(Some("http://127.0.0.1:8080".to_owned()))];
        let refused = |status| Trouble::Refused { status, code: 0, why: "no".to_owned() };
        let nonsense = || Trouble::Unreadable("Syntax error".to_owned());
        let all = [
            NotConnected::BadToken,
            NotConnected::NoIntent,
            NotConnected::Unreachable(discord.clone()),
            NotConnected::Unreachable(other.clone()),
            NotConnected::NotDiscord(discord, nonsense()),
            NotConnected::NotDiscord(other, refused(404)),
            NotConnected::from(Trouble::Busy),
            NotConnected::from(refused(403)),
        ];
        assert_eq!(NotConnected::from(refused(401)), NotConnected::BadToken);
        let told = all.map(|one| format!("{} {one}", if one.is_final() { "final:" } else { "passes:" }));
        insta::assert_snapshot!(told.join("\n"), @r#"
        final: Discord does not take the token in GUIDEPOST_DISCORD_TOKEN. Make a new one at https://discord.com/developers/applications (Bot, Reset Token), put it there, and start the desk again
        final: Discord does not let the bot read what people write. Turn on "Message Content Intent" at https://discord.com/developers/applications (Bot, Privileged Gateway Intents), and start the desk again
        passes: Nothing answers at https://discord.com. See whether this machine reaches the Internet, and whether a firewall keeps it from discord.com. A running desk tries again by itself
        passes: Nothing answers at http://127.0.0.1:8080. That address is from the setting discord.api_base: see whether something runs there, or leave the setting empty for Discord itself. A running desk tries again by itself
        passes: What answers at https://discord.com is not Discord's API: Discord's answer could not be read: Syntax error. See whether a proxy or a sign-in page stands between this machine and discord.com. A running desk tries again by itself
        final: What answers at http://127.0.0.1:8080 is not Discord's API: Discord refused it: no (status 404, code 0). That address is from the setting discord.api_base: correct it, or leave it empty for Discord itself, and start the desk again
        passes: Discord has too many requests from this desk. It may pass: see https://discordstatus.com. A running desk tries again by itself
        final: Discord refused it: no (status 403, code 0). See whether the application still has its bot at https://discord.com/developers/applications, and start the desk again
        "#);
    }
}
