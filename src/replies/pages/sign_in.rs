//! Pages for signing in and out.

use std::collections::BTreeSet;

use crate::domain::Span;
use crate::domain::password::Unmet;
use crate::replies::Locale;
use crate::replies::words::plain;

use super::{FORGOTTEN, Field, FieldKind, Form, Page, SIGN_IN, SIGN_UP, password};

/// Asks who it is.
#[must_use]
pub fn sign_in(locale: Locale, typed: &str) -> Page {
    let Locale::English = locale;
    let fields = vec![
        Field::new("name", "E-mail address or username", FieldKind::MailOrUsername, 254).with(typed),
        Field::new("password", "Password", FieldKind::Password, 1_000),
    ];
    Page { title: "Sign in".to_owned(), ..Page::default() }
        .form(Form::new(SIGN_IN, "Sign in", fields))
        .link(FORGOTTEN, "Forgot your username or password?")
        .link(SIGN_UP, "Create an account")
}

/// Nobody signs in with these. It does not say which of the two is wrong.
#[must_use]
pub fn wrong(locale: Locale, typed: &str) -> Page {
    let Locale::English = locale;
    sign_in(locale, typed).wrong(plain(
        "That did not work: no account has this name with this password. Use the address or username and the password of your account.",
    ))
}

/// Why somebody who typed the right password is not let in with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stopped {
    /// The rules that it does not meet.
    pub unmet: BTreeSet<Unmet>,
    /// Whether they were not here for six months.
    pub long_since: bool,
}

/// The password was right, and has to be changed first.
#[must_use]
pub fn stopped(locale: Locale, typed: &str, why: &Stopped) -> Page {
    let Locale::English = locale;
    let mut page = Page::of(
        "Reset your password first",
        "To keep your account safe, you need a new password before you can sign in:",
    );
    let mut reasons: Vec<&str> = why.unmet.iter().map(|unmet| password::rule(locale, *unmet)).collect();
    if why.long_since {
        reasons.push("You have not signed in for six months.");
    }
    for reason in reasons {
        page = page.says(reason);
    }
    page.alert = true;
    let mail = if typed.contains('@') { typed } else { "" };
    let field = Field::new("mail", "E-mail address of your account", FieldKind::Mail, 254).with(mail);
    page.form(Form::new(FORGOTTEN, "Reset password", vec![field]))
}

/// Whether the password is compromised can't be found out now, and this desk waits for that.
#[must_use]
pub fn unknown(locale: Locale, typed: &str) -> Page {
    let Locale::English = locale;
    sign_in(locale, typed).wrong(not_checked(locale))
}

/// The same in words.
#[must_use]
pub fn not_checked(locale: Locale) -> Vec<Span> {
    let Locale::English = locale;
    plain(
        "The password could not be held against the list of compromised ones, and this desk takes none unchecked. Nothing was changed; try again in a few minutes.",
    )
}

/// Nobody is signed in here any more.
#[must_use]
pub fn signed_out(locale: Locale) -> Page {
    let Locale::English = locale;
    Page::of("You are signed out", "Nothing of yours is left in this browser.").link(SIGN_IN, "Sign in")
}
