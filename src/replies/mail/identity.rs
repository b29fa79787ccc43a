//! What the desk says in mails about the chats that are linked to somebody.

use crate::domain::Identity;
use crate::replies::Locale;
use crate::replies::identity::chat_name;

use super::Letter;

/// Why there is no code in a mail that somebody asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCode {
    /// Nobody has the address.
    Nobody,
    /// It was invited to an account, and has no sign-in yet.
    Invited,
    /// An account writes to it, but its contact signs in with another one.
    OtherAddress,
}

/// A code that links a chat to the reader.
#[must_use]
pub fn link_code(locale: Locale, desk: &str, chat: &Identity, code: &str) -> Letter {
    let Locale::English = locale;
    let chat = chat_name(locale, chat);
    Letter {
        subject: format!("{code} is your code for {desk}"),
        paragraphs: vec![
            format!("Your code is {code}. It works for ten minutes, once, and only in the chat that asked for it.")
                .into(),
            format!(
                "{chat} wants to be linked to you at {desk}. Whoever speaks there will see your cases and act in your name."
            )
            .into(),
            "If it was not you, do nothing, and give the code to nobody: without it nothing is linked.".into(),
        ],
    }
}

/// Somebody asked for a code, and there is none for this address.
#[must_use]
pub fn no_link_code(locale: Locale, desk: &str, chat: &Identity, why: NoCode) -> Letter {
    let Locale::English = locale;
    let chat = chat_name(locale, chat);
    let next = match why {
        NoCode::Nobody => {
            "Nobody signs in there with this address, so there is no code, and nothing was linked. Perhaps you sign in with another address."
        }
        NoCode::Invited => {
            "You are invited to an account there and have no sign-in yet, so there is no code. Use the invitation first, which was sent to this address, then link the chat."
        }
        NoCode::OtherAddress => {
            "You are on an account there, but sign in with another address, so there is no code. Link the chat with the address that you sign in with."
        }
    };
    Letter {
        subject: format!("Linking a chat at {desk}"),
        paragraphs: vec![
            format!("{chat} asked to be linked to whoever has this address at {desk}.").into(),
            next.into(),
            "If it was not you, there is nothing for you to do.".into(),
        ],
    }
}

/// A chat was linked to the reader, or is no more.
#[must_use]
pub fn linked(locale: Locale, desk: &str, chat: &Identity, linked: bool) -> Letter {
    let Locale::English = locale;
    let chat = chat_name(locale, chat);
    let (subject, news, next) = if linked {
        (
            format!("A chat was linked to you at {desk}"),
            format!(
                "{chat} is linked to you at {desk} from now on: whoever speaks there sees your cases and acts in your name."
            ),
            "If it was not you, say \"my links\" in another chat of yours and unlink it, and choose a new password.",
        )
    } else {
        (
            format!("A chat is no longer linked to you at {desk}"),
            format!("{chat} is no longer linked to you at {desk}. What you did there stays yours."),
            "If it was not you, say \"my links\" in a chat of yours to see what is linked, and choose a new password.",
        )
    };
    Letter { subject, paragraphs: vec![news.into(), next.into()] }
}
