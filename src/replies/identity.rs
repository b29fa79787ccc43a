//! What is said about the chats that are linked to somebody, and about where they are signed in.

use chrono::{DateTime, Utc};

use crate::chat::choice::IdentityVerb;
use crate::chat::flow::{Link, Step};
use crate::chat::{Choice, Reply, ReplyBlock, Verb};
use crate::domain::{Digest, Identity, Person, Span, TimeStyle};

use super::Locale;
use super::choices::MOST;
use super::words::{paragraph, plain, private, sentence, shortened};

/// What a chat is called, at the beginning of a sentence.
#[must_use]
pub fn chat_name(locale: Locale, chat: &Identity) -> String {
    let Locale::English = locale;
    match chat {
        Identity::Console(user) => format!("The terminal of the system user {}", shortened(user, 32)),
        Identity::Discord(number) => format!("The Discord account with the number {number}"),
        Identity::Web(_) => "A browser that is not signed in".to_owned(),
        Identity::Desk(person) => format!("The desk's own terminal, for {person}"),
    }
}

/// Where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionLine {
    /// When it was last used.
    pub seen: DateTime<Utc>,
    /// What the browser calls itself.
    pub from: String,
}

/// Links this chat.
#[must_use]
pub fn link_button(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Identity(IdentityVerb::Link), "Link this chat")
}

fn links_button(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Identity(IdentityVerb::List), "What is linked")
}

fn unlink_button(locale: Locale, chat: &Identity, is_this: bool) -> Choice {
    let Locale::English = locale;
    let what = match chat {
        _ if is_this => "this chat".to_owned(),
        Identity::Console(user) => format!("the terminal of {user}"),
        Identity::Discord(number) => format!("the Discord account {number}"),
        Identity::Web(_) => "the browser".to_owned(),
        Identity::Desk(person) => format!("the desk's terminal for {person}"),
    };
    let verb = IdentityVerb::Unlink(Digest::of(&chat.to_string()));
    Choice::new(&Verb::Identity(verb), shortened(&format!("Unlink {what}"), MOST))
}

fn sign_out_button(locale: Locale, sure: bool) -> Choice {
    let Locale::English = locale;
    let label = if sure { "Yes, sign out everywhere" } else { "Sign out everywhere" };
    Choice::new(&Verb::Identity(IdentityVerb::SignOut { sure }), label)
}

/// What a step of linking asks; the same whoever has the address, and whether anybody has. `page` is where one can sign in instead.
#[must_use]
pub fn question(locale: Locale, link: &Link, step: &Step, page: Option<&str>) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    let mut blocks = match (step, &link.proof.code) {
        (Step::Address, _) => vec![paragraph(
            "Which e-mail address do you sign in with? If it belongs to somebody here, I'll send a code there.",
        )],
        (Step::Code, Some(code)) => {
            let mut spans = plain(
                "If that address belongs to somebody here, a code of six digits is on its way. Type it here; it works once, until ",
            );
            spans.push(Span::Time { at: code.until, style: TimeStyle::Moment });
            spans.extend(plain("."));
            vec![ReplyBlock::Paragraph(spans)]
        }
        (
            Step::Code
            | Step::WhichCase
            | Step::Text { .. }
            | Step::Articles(_)
            | Step::Similar(_)
            | Step::Product
            | Step::Files
            | Step::Walk(_)
            | Step::Reset(_)
            | Step::Account(_)
            | Step::Ready,
            _,
        ) => return Vec::new(),
    };
    // Whoever guesses is not told the whole of it again.
    let is_first = link.proof.code.as_ref().is_none_or(|code| code.guesses == 0);
    if let Some(url) = page.filter(|_| is_first) {
        let page = Span::Link { text: "sign in on this page".to_owned(), url: url.to_owned() };
        let after = plain(
            " within ten minutes and type the code that it shows. Open it yourself; give it to nobody.",
        );
        blocks.push(ReplyBlock::Paragraph([plain("Or "), vec![page], after].concat()));
    }
    blocks
}

/// The code that the page showed ran out before it was typed.
#[must_use]
pub fn page_code_ran_out(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("The code from the page has run out. The page shows you another one.")
}

/// The chat is linked now.
#[must_use]
pub fn linked(locale: Locale, person: &Person, is_all_here: bool) -> Reply {
    let Locale::English = locale;
    let whose = match (&person.name, &person.mail) {
        (Some(name), Some(mail)) => format!("{name} ({mail})"),
        (None, Some(mail)) => mail.to_string(),
        (Some(name), None) => name.clone(),
        (None, None) => "you".to_owned(),
    };
    let next = if is_all_here {
        "Your cases, guides and whatever you began are the same here and wherever else you come from."
    } else {
        "What you did here before follows within a few minutes; nothing of it is lost."
    };
    let choices = vec![links_button(locale)];
    Reply { choices, ..sentence(format!("This chat is linked to {whose}. {next}")) }
}

/// A button of a flow that linked the chat.
#[must_use]
pub fn was_linked(locale: Locale) -> Reply {
    let Locale::English = locale;
    Reply { choices: vec![links_button(locale)], ..sentence("That is done: the chat was linked.") }
}

/// The address is their own.
#[must_use]
pub fn linked_already(locale: Locale, person: &Person) -> Reply {
    let Locale::English = locale;
    let whose = person.mail.as_ref().map(|mail| format!(" to {mail}")).unwrap_or_default();
    let choices = vec![links_button(locale)];
    Reply { choices, ..sentence(format!("This chat is linked{whose} already. Nothing was changed.")) }
}

/// It is no address.
#[must_use]
pub fn not_an_address(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![link_button(locale)];
    Reply { choices, ..sentence("That is no e-mail address. They look like ada@example.org.") }
}

/// Whoever runs the desk speaks for somebody: that is no chat of theirs.
#[must_use]
pub fn speaks_for_another(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("You speak for somebody else here. Only they can link their chats, where they speak themselves.")
}

/// Staff are known by this door.
#[must_use]
pub fn staff_stay(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence(
        "You work for the desk, and it knows you by this chat, so it stays as it is. An operator can add you by your address instead.",
    )
}

/// Nobody has the address that was proved, or they are not here any more.
#[must_use]
pub fn nobody_to_link(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![link_button(locale)];
    Reply { choices, ..sentence("There is nobody here to link this chat to. Nothing was changed.") }
}

/// They have too many chats.
#[must_use]
pub fn too_many(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence(
        "As many chats as possible are linked to you already. In one of them say \"my links\", unlink one you no longer use, then try again.",
    )
}

/// What is linked, and where they are signed in.
#[must_use]
pub fn links(locale: Locale, person: &Person, this: &Identity, sessions: &[SessionLine]) -> Reply {
    let Locale::English = locale;
    let Some(mail) = &person.mail else {
        let text = "This chat is linked to nobody who signs in here, so what you do here is known here only.";
        return Reply { choices: vec![link_button(locale)], ..sentence(text) };
    };
    let mut blocks = vec![match person.identities.as_slice() {
        [] => paragraph(format!("No chat is linked to {mail}.")),
        [_] => paragraph(format!("One chat is linked to {mail}:")),
        more => paragraph(format!("{} chats are linked to {mail}:", more.len())),
    }];
    for chat in &person.identities {
        let here = if chat == this { " (this chat)" } else { "" };
        blocks.push(paragraph(format!("{}{here}.", chat_name(locale, chat))));
    }
    match sessions {
        [] => blocks.push(paragraph("You are signed in nowhere on the web.")),
        [_] => blocks.push(paragraph("You are signed in at one place on the web:")),
        more => blocks.push(paragraph(format!("You are signed in at {} places on the web:", more.len()))),
    }
    for session in sessions {
        let mut spans = plain(format!("{}, last used ", shortened(&session.from, 60)));
        spans.push(Span::Time { at: session.seen, style: TimeStyle::Moment });
        spans.extend(plain("."));
        blocks.push(ReplyBlock::Paragraph(spans));
    }
    let mut reply = private(blocks);
    reply.choices = person.identities.iter().map(|chat| unlink_button(locale, chat, chat == this)).collect();
    if !sessions.is_empty() {
        reply.choices.push(sign_out_button(locale, false));
    }
    reply
}

/// A chat is no longer linked.
#[must_use]
pub fn unlinked(locale: Locale, chat: &Identity, is_this: bool) -> Reply {
    let Locale::English = locale;
    let (text, button) = if is_this {
        let text = "This chat is no longer linked, and from now on you are somebody new here. What you did here stays where it is: link the chat again to come back to it.";
        (text.to_owned(), link_button(locale))
    } else {
        let text = "is no longer linked. What you did there stays yours.";
        (format!("{} {text}", chat_name(locale, chat)), links_button(locale))
    };
    Reply { choices: vec![button], ..sentence(text) }
}

/// The chat was not linked to them.
#[must_use]
pub fn was_not_linked(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![links_button(locale)];
    Reply { choices, ..sentence("That chat is not linked to you. Nothing was changed.") }
}

/// Without this chat nobody could come back to what is theirs.
#[must_use]
pub fn only_way(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![link_button(locale)];
    Reply {
        choices,
        ..sentence(
            "You have no address here, so this chat is the only way to what is yours. Nothing was changed; link the chat first.",
        )
    }
}

/// Whether they mean it.
#[must_use]
pub fn sure_to_sign_out(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![sign_out_button(locale, true)];
    Reply {
        choices,
        ..sentence(
            "All your sessions on the web will end, also those on other devices. Chats stay linked. Shall I?",
        )
    }
}

/// All sessions are ended.
#[must_use]
pub fn signed_out(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![links_button(locale)];
    Reply { choices, ..sentence("You are signed out everywhere on the web. Chats are linked as before.") }
}
