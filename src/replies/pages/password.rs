//! Pages about passwords: asking for a link, and choosing a new password behind one.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::password::{FEWEST, MOST, SYMBOLS, Unmet};
use crate::domain::{NoUsername, Span, TimeStyle, Username};
use crate::replies::Locale;
use crate::replies::words::plain;

use super::{FORGOTTEN, Field, FieldKind, Form, Page, SIGN_IN};

/// The path of the page behind a link, without its token.
pub const NEW: &str = "/password/new";
/// The path of the page behind an invitation, without its token.
pub const INVITATION: &str = "/invitation";

/// Asks which address a link shall go to.
#[must_use]
pub fn forgotten(locale: Locale, typed: &str, faults: Vec<String>) -> Page {
    let Locale::English = locale;
    let mail = Field::new("mail", "E-mail address", FieldKind::Mail, 254).with(typed).wrong(faults);
    Page::of("Forgot your username or password?", "Enter the e-mail address of your account. You get a link to choose a new password, with your username beside it.")
        .form(Form::new(FORGOTTEN, "Send me the link", vec![mail]))
        .link(SIGN_IN, "Sign in")
}

/// What was typed is no address.
#[must_use]
pub fn no_address(locale: Locale) -> String {
    let Locale::English = locale;
    "That is no e-mail address. They look like ada@example.org.".to_owned()
}

/// The same answer for every address.
#[must_use]
pub fn on_its_way(locale: Locale, until: DateTime<Utc>) -> Page {
    let Locale::English = locale;
    let mut page = Page { title: "Look into your mailbox".to_owned(), ..Page::default() };
    let mut spans = plain("If that address has an account, a link is on its way. It works once, until ");
    spans.push(Span::Time { at: until, style: TimeStyle::Moment });
    spans.extend(plain("."));
    page.paragraphs.push(spans);
    page.says("Nothing there after a few minutes? Look among the spam, and whether it is the address of your account. If you sign in with your company's credentials, your company's administrator changes your password.")
        .link(FORGOTTEN, "Send it again, or to another address")
        .link(SIGN_IN, "Sign in")
}

/// Asks for a new password; with a mistake, what is wrong with the one that was typed.
#[must_use]
pub fn choose(locale: Locale, unmet: &BTreeSet<Unmet>) -> Page {
    let Locale::English = locale;
    Page::of("Choose a new password", "Choose it here and nowhere else: nobody of us ever asks you for it.")
        .form(Form::new(NEW, "Set the password", vec![new_password(locale, unmet)]))
}

/// The field of a new password, with the rules, and those that the one typed does not meet.
#[must_use]
pub fn new_password(locale: Locale, unmet: &BTreeSet<Unmet>) -> Field {
    let faults = unmet.iter().map(|unmet| rule(locale, *unmet).to_owned()).collect();
    Field::new("password", "New password", FieldKind::NewPassword, MOST).hint(&rules(locale)).wrong(faults)
}

/// The field of a username that is chosen.
#[must_use]
pub fn username(locale: Locale, typed: &str, faults: Vec<String>) -> Field {
    let Locale::English = locale;
    Field::new("username", "Username", FieldKind::Username, 32)
        .with(typed)
        .hint("3 to 32 letters and digits, with single dots, hyphens or underscores between them. Your e-mail address works, too.")
        .wrong(faults)
}

/// There is none yet.
#[must_use]
pub fn username_missing(locale: Locale) -> String {
    let Locale::English = locale;
    "Choose a username; you can sign in with it or with your e-mail address.".to_owned()
}

/// What is wrong with a username.
#[must_use]
pub fn no_username(locale: Locale, why: NoUsername) -> String {
    let Locale::English = locale;
    match why {
        NoUsername::Mail => "A username is no e-mail address; leave it empty to sign in with yours.",
        NoUsername::Characters => {
            "A username has letters from a to z, digits, dots, hyphens and underscores."
        }
        NoUsername::Length => "A username has 3 to 32 characters.",
        NoUsername::Signs => {
            "A username begins and ends with a letter or a digit, and has one sign between two of them."
        }
        NoUsername::NoLetter => "A username has at least one letter.",
    }
    .to_owned()
}

/// Somebody else has it.
#[must_use]
pub fn username_taken(locale: Locale) -> String {
    let Locale::English = locale;
    "Somebody else has this username. Choose another one.".to_owned()
}

/// All rules in a sentence.
fn rules(locale: Locale) -> String {
    let Locale::English = locale;
    let symbols: Vec<String> = SYMBOLS.chars().map(String::from).collect();
    format!(
        "At least {FEWEST} characters, with a number, an upper-case letter and a symbol ({}). No dictionary words.",
        symbols.join(" ")
    )
}

/// What a password does not meet.
#[must_use]
pub fn rule(locale: Locale, unmet: Unmet) -> &'static str {
    let Locale::English = locale;
    match unmet {
        Unmet::TooShort => "It has fewer than 8 characters.",
        Unmet::TooLong => "It has more than 128 characters.",
        Unmet::NoNumber => "There is no number in it.",
        Unmet::NoUpperCase => "There is no upper-case letter in it.",
        Unmet::NoSymbol => "There is none of the symbols ! @ # $ % ^ * ? + = - in it.",
        Unmet::ControlCharacter => "There is a character in it that no keyboard types.",
        Unmet::Word => "There is a dictionary word in it.",
        Unmet::Compromised => "It is listed in a database of compromised passwords, so others try it first.",
    }
}

/// The new password is set.
#[must_use]
pub fn done(locale: Locale) -> Page {
    let Locale::English = locale;
    Page::of(
        "Your password is changed",
        "You are signed out everywhere else, and we wrote to your address so that you would know if it was not you.",
    )
    .link(SIGN_IN, "Sign in")
}

/// Why a link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeadLink {
    /// It was used.
    Used,
    /// Its time is over.
    Expired,
    /// A newer one was sent.
    Replaced,
    /// It is not whole, or was never made here.
    Unknown,
}

/// A link does not work.
#[must_use]
pub fn dead(locale: Locale, why: DeadLink) -> Page {
    let Locale::English = locale;
    let text = match why {
        DeadLink::Used => "This link was used already; each works once. Nothing was changed.",
        DeadLink::Expired => "This link has run out. Nothing was changed.",
        DeadLink::Replaced => "A newer link was sent to you: use that one. Nothing was changed.",
        DeadLink::Unknown => {
            "This link is not whole. Open it again from the mail, all of it. Nothing was changed."
        }
    };
    Page { alert: true, ..Page::of("This link does not work", text) }
        .link(FORGOTTEN, "Send me a new link")
        .link(SIGN_IN, "Sign in")
}

/// What an invited contact makes their sign-in with.
pub struct Invited<'a> {
    /// The company.
    pub company: &'a str,
    /// What the contact is called there.
    pub name: &'a str,
    /// What was typed as the username.
    pub username: &'a str,
    /// What is wrong with it.
    pub username_faults: Vec<String>,
    /// What the password does not meet.
    pub unmet: &'a BTreeSet<Unmet>,
}

/// Asks an invited contact for username and password.
#[must_use]
pub fn invitation(locale: Locale, invited: &Invited<'_>) -> Page {
    let Locale::English = locale;
    let Invited { company, name, username: typed, username_faults, unmet } = invited;
    let fields = vec![username(locale, typed, username_faults.clone()), new_password(locale, unmet)];
    Page::of(
        &format!("Welcome to the account of {company}"),
        &format!("{name}, you were added as a contact. Choose how you sign in; it holds at once."),
    )
    .form(Form::new(INVITATION, "Make my sign-in", fields))
}

/// An invited contact can sign in from now on.
#[must_use]
pub fn joined(locale: Locale, company: &str, username: Option<&Username>) -> Page {
    let Locale::English = locale;
    let with = username.map_or_else(
        || "your e-mail address".to_owned(),
        |name| format!("\"{name}\" or your e-mail address"),
    );
    Page::of("Your sign-in is made", &format!("You are an active contact of {company}. Sign in with {with}."))
        .link(SIGN_IN, "Sign in")
}

/// An invitation does not work.
#[must_use]
pub fn dead_invitation(locale: Locale, why: DeadLink) -> Page {
    let Locale::English = locale;
    let text = match why {
        DeadLink::Used => {
            "This invitation was accepted already. Sign in, or choose a new password if you forgot yours."
        }
        DeadLink::Expired => {
            "This invitation has run out. Ask for a new link with your address, or ask the administrator of the account."
        }
        DeadLink::Replaced => "A newer invitation was sent, perhaps to another address: use that one.",
        DeadLink::Unknown => {
            "This invitation is not whole, or was taken back. Open it again from the mail, all of it."
        }
    };
    Page { alert: true, ..Page::of("This invitation does not work", text) }
        .link(FORGOTTEN, "Send me a new link")
        .link(SIGN_IN, "Sign in")
}
