//! Pages for linking a chat to whoever is signed in.

use crate::domain::Identity;
use crate::replies::Locale;

use super::{ACCOUNT, Form, Page, password};

/// The path of the page.
pub const LINK: &str = "/link";

/// What a chat is called.
#[must_use]
pub fn called(locale: Locale, identity: &Identity, name: Option<&str>) -> String {
    let Locale::English = locale;
    match (identity, name) {
        (Identity::Discord(_), Some(name)) => format!("the Discord account of {name}"),
        (Identity::Discord(_), None) => "a Discord account".to_owned(),
        (Identity::Console(user), _) => format!("the terminal of {user}"),
        (Identity::Web(_), _) => "a browser".to_owned(),
        (Identity::Desk(_), _) => "this desk".to_owned(),
    }
}

/// Asks whether it is theirs.
#[must_use]
pub fn confirm(locale: Locale, chat: &str, who: &str) -> Page {
    let Locale::English = locale;
    Page::of("Link a chat", &format!("You are signed in as {who}. Shall {chat} be yours as well?"))
        .says("Whoever writes from there can then see your cases and change what you may change. Go on only if you asked for this link there yourself.")
        .form(Form::new(LINK, "Show me the code", Vec::new()))
        .link(ACCOUNT, "No, leave it")
}

/// The code that is to be typed in the chat.
#[must_use]
pub fn code(locale: Locale, chat: &str, code: &str) -> Page {
    let Locale::English = locale;
    Page::of("Type this code in the chat", &format!("{code} is the code. Type it where you asked to link {chat}; it works for ten minutes, once, and only there."))
        .says("Nobody else needs it: whoever asks you for it wants to speak in your name.")
        .link(ACCOUNT, "Done")
}

/// The chat is theirs already.
#[must_use]
pub fn own(locale: Locale) -> Page {
    let Locale::English = locale;
    Page::of("This chat is yours already", "Nothing was changed.").link(ACCOUNT, "My sign-ins")
}

/// The link does not work any more.
#[must_use]
pub fn dead(locale: Locale) -> Page {
    let Locale::English = locale;
    let page = password::dead(locale, password::DeadLink::Expired);
    Page { links: Vec::new(), ..page }
        .says("Say \"link this chat\" there once more to get another one.")
        .link(ACCOUNT, "My sign-ins")
}
