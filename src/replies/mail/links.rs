//! Mails that somebody asked for by typing an address: a link, or why there is none.

use chrono::{DateTime, Utc};

use crate::domain::{LinkPurpose, Username};
use crate::replies::Locale;

use super::{Letter, Paragraph};

/// A link with which somebody chooses a new password. `link` is where; none where the desk has no pages.
#[must_use]
pub fn reset(
    locale: Locale,
    desk: &str,
    username: Option<&Username>,
    link: Option<&str>,
    until: DateTime<Utc>,
) -> Letter {
    let Locale::English = locale;
    let how = match link {
        Some(url) => vec![
            Paragraph::Link { label: "Choose a new password here:".to_owned(), url: url.to_owned() },
            format!("The link works once, until {}. A newer one takes its place.", time(until)).into(),
        ],
        None => vec![
            format!("{desk} has no page on which you could choose one: its customer service helps you.")
                .into(),
        ],
    };
    let mut paragraphs =
        vec![format!("Somebody asked {desk} for a new password for the account with this address.").into()];
    paragraphs.extend(how);
    if let Some(name) = username {
        paragraphs.push(format!("You sign in with this address or with your username, {name}.").into());
    }
    paragraphs.push(
        "If it was not you, do nothing: your password stays as it is. Never tell anybody the link, or your password.".into(),
    );
    Letter { subject: format!("Choose a new password for {desk}"), paragraphs }
}

/// Whoever asked signs in with their company's credentials, so there is no password of the desk's to choose.
#[must_use]
pub fn with_company(locale: Locale, desk: &str, company: &str, url: &str) -> Letter {
    let Locale::English = locale;
    Letter {
        subject: format!("How you sign in to {desk}"),
        paragraphs: vec![
            format!("Somebody asked {desk} for a new password for the account with this address.").into(),
            format!("People of {company} sign in with their company's credentials, so there is no password to choose here.").into(),
            Paragraph::Link { label: "Sign in with your company's credentials here:".to_owned(), url: url.to_owned() },
            "If you forgot your company's password, ask your company's administrator. If it was not you who asked, do nothing.".into(),
        ],
    }
}

/// Whoever asked to sign up has an account. `page` is where they sign in; none where the desk has no pages.
#[must_use]
pub fn has_account(locale: Locale, desk: &str, page: Option<&str>) -> Letter {
    let Locale::English = locale;
    let mut paragraphs = vec![
        format!("Somebody wants to create an account at {desk} with this address. You have one already.")
            .into(),
    ];
    paragraphs.extend(page.map(|url| Paragraph::Link {
        label: "Sign in here, or choose a new password if you forgot yours:".to_owned(),
        url: url.to_owned(),
    }));
    paragraphs.push("If it was not you, do nothing: nothing was changed.".into());
    Letter { subject: format!("You have an account at {desk} already"), paragraphs }
}

/// A link with which somebody creates an account.
#[must_use]
pub fn sign_up(locale: Locale, desk: &str, link: Option<&str>, until: DateTime<Utc>) -> Letter {
    let Locale::English = locale;
    let mut paragraphs =
        vec![format!("Somebody wants to create an account at {desk} with this address.").into()];
    match link {
        Some(url) => paragraphs.extend([
            Paragraph::Link { label: "Go on here:".to_owned(), url: url.to_owned() },
            format!("The link works once, until {}. A newer one takes its place.", time(until)).into(),
        ]),
        None => paragraphs.push(
            format!("{desk} has no page on which you could go on: the people who run it can help you.")
                .into(),
        ),
    }
    paragraphs.push("If it was not you, do nothing: without the link, no account is created.".into());
    Letter { subject: format!("Create your account at {desk}"), paragraphs }
}

/// Nobody here has the address.
#[must_use]
pub fn nobody(locale: Locale, desk: &str, purpose: LinkPurpose) -> Letter {
    let Locale::English = locale;
    let wish = match purpose {
        LinkPurpose::Reset => "a new password",
        LinkPurpose::SignUp => "an account",
    };
    Letter {
        subject: format!("There is no account with this address at {desk}"),
        paragraphs: vec![
            format!("Somebody asked {desk} for {wish} with this address. There is no account with it.").into(),
            "If it was you, try the address that you signed up with, or ask your company's administrator which one they gave us.".into(),
            "If it was not you, do nothing: nothing was changed, and nothing is kept of this address for long.".into(),
        ],
    }
}

/// Somebody's password is another one now. `page` is where they sign in and can have it changed again; none where the desk has no pages.
#[must_use]
pub fn password_changed(locale: Locale, desk: &str, at: DateTime<Utc>, page: Option<&str>) -> Letter {
    let Locale::English = locale;
    let mut paragraphs = vec![
        format!("Your password for {desk} was changed at {}. You are signed out everywhere else.", time(at))
            .into(),
        "If it was you, there is nothing to do.".into(),
    ];
    match page {
        Some(url) => paragraphs.push(Paragraph::Link {
            label: "If it was not you, somebody else can read your mail: change the password of your mailbox first, and then this one, here:".to_owned(),
            url: url.to_owned(),
        }),
        None => paragraphs.push(
            "If it was not you, somebody else can read your mail: change the password of your mailbox first, and then tell customer service.".into(),
        ),
    }
    Letter { subject: format!("Your password for {desk} was changed"), paragraphs }
}

/// A time, as mails say it.
pub(super) fn time(at: DateTime<Utc>) -> String {
    at.format("%H:%M UTC on %-d %B %Y").to_string()
}
