//! What is said to whoever forgot their password. Nothing of it tells whether an address has an account.

use chrono::{DateTime, Utc};

use crate::chat::choice::FlowVerb;
use crate::chat::flow::{Flow, Pick, Reset, ResetAt};
use crate::chat::{Choice, Reply, ReplyBlock, Verb};
use crate::domain::account::WebAddress;
use crate::domain::{Span, TimeStyle};
use crate::replies::words::{paragraph, plain, private, sentence};
use crate::replies::{Locale, case_buttons as buttons, secrets};

/// What the present step asks or says.
pub(super) fn question(locale: Locale, draft: &Reset) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    match draft.at {
        ResetAt::Address => vec![paragraph(
            "I can send a link with which you choose a new password. Which e-mail address do you sign in with?",
        )],
        ResetAt::Sent => {
            let mut spans = plain("If that address has an account, a link is on its way. It works once");
            if let Some(until) = draft.until {
                spans.extend(plain(", until "));
                spans.push(Span::Time { at: until, style: TimeStyle::Moment });
            }
            spans.extend(plain("."));
            vec![
                ReplyBlock::Paragraph(spans),
                paragraph("Choose the new password only on the page behind the link, never here."),
            ]
        }
        ResetAt::List => {
            let address = draft.address.as_ref().map(|address| format!(" I wrote to {address}."));
            vec![
                paragraph("A mail can take a few minutes. Three things to check:"),
                paragraph("The spam folder: it may lie there."),
                paragraph(format!(
                    "The address: is it the one that you sign in with?{}",
                    address.unwrap_or_default()
                )),
                paragraph(
                    "Your company: where it has a sign-in of its own, its credentials work here, and there is no link.",
                ),
            ]
        }
        ResetAt::Company => vec![paragraph(
            "What is your company's sign-in URL? It looks like https://login.example.com, and you sign in there with your company's credentials.",
        )],
    }
}

/// What stands in place of the question after an answer to something else.
pub(super) fn still(locale: Locale, draft: &Reset) -> String {
    let Locale::English = locale;
    match draft.at {
        ResetAt::Address => "I still need the e-mail address that you sign in with, for your new password.",
        ResetAt::Sent | ResetAt::List => {
            "Your new password: choose it on the page behind the link in the mail."
        }
        ResetAt::Company => "I still need your company's sign-in URL.",
    }
    .to_owned()
}

/// The buttons of the present step.
pub(super) fn choices(locale: Locale, flow: &Flow, draft: &Reset) -> Vec<Choice> {
    let Locale::English = locale;
    let pick = |pick: Pick, label: &str| {
        Choice::new(&Verb::Flow(flow.id, FlowVerb::Pick(flow.step().name().into_owned(), pick)), label)
    };
    let company = || pick(Pick::Company, "I sign in with my company");
    let over = || pick(Pick::Worked, "I have a new password");
    match draft.at {
        ResetAt::Address => vec![company(), buttons::cancel(locale, flow)],
        ResetAt::Sent => vec![pick(Pick::Stuck, "I didn't get it"), company(), over()],
        ResetAt::List => vec![
            Choice::new(&Verb::Flow(flow.id, FlowVerb::Resend), "Send it again"),
            pick(Pick::Restart, "Another address"),
            company(),
            pick(Pick::Failed, "Open a case"),
            over(),
        ],
        ResetAt::Company => vec![
            pick(Pick::Skip, "I don't know it"),
            buttons::back(locale, flow),
            buttons::cancel(locale, flow),
        ],
    }
}

/// What the form of the present step asks; none where only buttons answer it.
pub(super) fn field(locale: Locale, draft: &Reset) -> Option<&'static str> {
    let Locale::English = locale;
    match draft.at {
        ResetAt::Address => Some("E-mail address"),
        ResetAt::Company => Some("Your company's sign-in URL"),
        ResetAt::Sent | ResetAt::List => None,
    }
}

/// Another link is on its way.
#[must_use]
pub fn sent_again(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("I sent it again. A link from before no longer works.")
}

/// What was typed is no answer, and may be a password.
#[must_use]
pub fn no_password_here(locale: Locale, at: ResetAt) -> Reply {
    let Locale::English = locale;
    let no = match at {
        ResetAt::Address => "That is no e-mail address; they look like ada@example.org.",
        ResetAt::Sent | ResetAt::List => "I did not understand that.",
        ResetAt::Company => "That is no web address; they look like https://login.example.com.",
    };
    sentence(format!(
        "{no} I kept nothing of it. If it was a password, delete your message where you can: a password is never typed here, and that one is no secret any more."
    ))
}

/// Too many links were sent already; `again` is when the next one is possible.
#[must_use]
pub fn too_many(locale: Locale, again: Option<DateTime<Utc>>) -> Reply {
    let Locale::English = locale;
    let Some(again) = again else {
        return sentence(
            "I sent three links already, and send no more this time. If none of them came, a person can help.",
        );
    };
    let mut spans = plain("That were too many links for one day, so none was sent. Try again ");
    spans.push(Span::Time { at: again, style: TimeStyle::Moment });
    spans.extend(plain("."));
    private(vec![ReplyBlock::Paragraph(spans)])
}

/// Where a company signs in. `known` is what the desk knows of what they typed, where they typed something.
#[must_use]
pub fn company(locale: Locale, is_typed: bool, known: Option<&WebAddress>) -> Reply {
    let Locale::English = locale;
    let ask = "Ask your company's administrator for the right one; they know it.";
    match (known, is_typed) {
        (Some(url), _) => {
            let link = Span::Link { text: url.as_str().to_owned(), url: url.as_str().to_owned() };
            let mut spans = plain("Sign in there with your company's credentials: ");
            spans.push(link);
            let forgot = "If you forgot those, your company's administrator can help.";
            private(vec![ReplyBlock::Paragraph(spans), paragraph(forgot)])
        }
        (None, true) => sentence(format!("I know no company that signs in there. {ask}")),
        (None, false) => sentence("Then ask your company's administrator for the sign-in URL; they know it."),
    }
}

/// They have what they wanted.
#[must_use]
pub fn ended(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("Good. You can sign in with the new password now; everywhere else you are signed out.")
}

/// It was given up, or is over.
pub(super) fn cancelled(locale: Locale) -> (&'static str, Vec<Choice>) {
    let Locale::English = locale;
    (
        "Your password stays as it is. A link that was sent works until its time is over.",
        vec![secrets::new_password(locale)],
    )
}

/// The desk has no pages, so no link could lead anywhere.
#[must_use]
pub fn no_pages(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::open_case(locale)];
    Reply {
        choices,
        ..sentence(
            "There is no page here on which you could choose a new password. Customer service can help: open a case.",
        )
    }
}

/// What a case says for whom no link came. It is the person's own words as far as they said anything.
#[must_use]
pub fn case(locale: Locale, draft: &Reset) -> String {
    let Locale::English = locale;
    let address = draft.address.as_ref().map_or_else(|| "no address".to_owned(), ToString::to_string);
    let sent = match draft.sent {
        1 => "One link was sent".to_owned(),
        count => format!("{count} links were sent"),
    };
    let until = draft
        .until
        .map(|until| format!(", the last of which works until {}", until.format("%-d %B %Y, %H:%M UTC")));
    let checked = if draft.checked { " The spam folder and the address were checked." } else { "" };
    format!(
        "I forgot my password, and the mail with the link does not come\n\nAddress: {address}. {sent}{}.{checked}",
        until.unwrap_or_default()
    )
}
