//! The page of whoever is signed in: where they are signed in, and which chats are theirs.

use chrono::{DateTime, Utc};

use crate::domain::account::OrgId;
use crate::domain::{Person, Span, TimeStyle};
use crate::replies::Locale;
use crate::replies::words::plain;

use super::{Field, FieldKind, Form, Page, SIGN_OUT, link};

/// The path that ends one sign-in.
pub const END: &str = "/account/end";
/// The path that ends all of them.
pub const END_ALL: &str = "/account/end-all";

/// A sign-in of the reader's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// Its name for the button that ends it.
    pub id: String,
    /// What the browser calls itself.
    pub from: String,
    /// Since when.
    pub begun: DateTime<Utc>,
    /// When it was last used.
    pub seen: DateTime<Utc>,
    /// Whether it is the one that the reader looks at the page with.
    pub here: bool,
}

/// An account that somebody is a contact of.
#[must_use]
pub fn company(locale: Locale, name: &str, org: OrgId) -> String {
    let Locale::English = locale;
    format!("{name} (Org ID {org})")
}

/// What somebody is called, and what they are contacts of: company and Org ID.
#[must_use]
pub fn account(locale: Locale, person: &Person, companies: &[String], sign_ins: &[SignedIn]) -> Page {
    let Locale::English = locale;
    let mail = person.mail.as_ref().map(ToString::to_string).unwrap_or_default();
    let name = person.username.as_ref().map(|name| format!(" (username {name})")).unwrap_or_default();
    let mut page = Page::of("Your account", &format!("You are signed in as {mail}{name}."));
    page = match companies {
        [] => page.says("You are no contact of a company's account."),
        companies => page.says(&format!("You are a contact of {}.", companies.join(", "))),
    };
    let chats: Vec<String> = person.identities.iter().map(|one| link::called(locale, one, None)).collect();
    page = if chats.is_empty() {
        page.says("No chat is linked to you. Say \"link this chat\" in one to link it.")
    } else {
        page.says(&format!("Linked to you: {}. Say \"unlink\" there to take one away.", chats.join(", ")))
    };
    for sign_in in sign_ins {
        page = page.form(of(locale, sign_in));
    }
    let about = vec![plain("All browsers are signed out, this one too. Chats that are linked stay linked.")];
    page.form(Form::new(END_ALL, "Sign out everywhere", Vec::new()).headed("All sign-ins", about))
}

fn of(locale: Locale, sign_in: &SignedIn) -> Form {
    let Locale::English = locale;
    let mut spans = plain("Since ");
    spans.push(Span::Time { at: sign_in.begun, style: TimeStyle::Moment });
    spans.extend(plain(", last used "));
    spans.push(Span::Time { at: sign_in.seen, style: TimeStyle::Moment });
    spans.extend(plain("."));
    let id = Field::new("id", "", FieldKind::Hidden, 100).with(&sign_in.id);
    if sign_in.here {
        let heading = format!("This browser: {}", sign_in.from);
        return Form::new(SIGN_OUT, "Sign out", Vec::new()).headed(&heading, vec![spans]);
    }
    Form::new(END, "Sign out there", vec![id]).headed(&sign_in.from, vec![spans])
}

/// All sign-ins are ended.
#[must_use]
pub fn ended(locale: Locale) -> Page {
    let Locale::English = locale;
    let page = super::sign_in::signed_out(locale);
    Page { title: "You are signed out everywhere".to_owned(), ..page }
}
