//! What pages say: words, forms and links; how they look is their door's.

pub mod account;
pub mod chat;
pub mod frame;
pub mod help_centre;
pub mod link;
pub mod password;
pub mod sign_in;
pub mod sign_up;

use chrono::{DateTime, Utc};

use super::Locale;
use super::words::plain;
use crate::domain::{Reference, Span, TimeStyle};

/// The path of the chat.
pub const CHAT: &str = "/";
/// The path of the page on which one signs in.
pub const SIGN_IN: &str = "/sign-in";
/// Where one ends being signed in.
pub const SIGN_OUT: &str = "/sign-out";
/// Where one makes an account.
pub const SIGN_UP: &str = "/sign-up";
/// Where one asks for a link to choose a new password.
pub const FORGOTTEN: &str = "/password";
/// Where one sees how one is signed in.
pub const ACCOUNT: &str = "/account";

/// A page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// What it is about, as its heading and in the browser's title.
    pub title: String,
    /// What it says before its forms. The first paragraph of a page after a mistake says what to mend.
    pub paragraphs: Vec<Vec<Span>>,
    /// What can be filled in or pressed.
    pub forms: Vec<Form>,
    /// Where else one can go from here: path and text.
    pub links: Vec<(String, String)>,
    /// Whether something went wrong, so that it is read out at once.
    pub alert: bool,
}

/// A form on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// The path that takes it.
    pub action: String,
    /// What stands above it, where a page has several.
    pub heading: Option<String>,
    /// What is said of it.
    pub about: Vec<Vec<Span>>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// What its button says.
    pub button: String,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What is asked for.
    pub label: String,
    /// What it takes.
    pub kind: FieldKind,
    /// What it holds already. Never a password.
    pub value: String,
    /// What helps with filling it in.
    pub hint: Option<String>,
    /// What is wrong with what was filled in.
    pub faults: Vec<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// The most characters.
    pub most: usize,
}

/// What a field takes. Browsers help with each in its own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FieldKind {
    Text,
    Name,
    Mail,
    Telephone,
    Username,
    /// Whichever of address and username somebody signs in with.
    MailOrUsername,
    /// A password that is known.
    Password,
    /// A password that is chosen.
    NewPassword,
    /// Goes back as it is.
    Hidden,
}

impl Page {
    /// A page that says one thing.
    #[must_use]
    pub fn of(title: &str, text: &str) -> Self {
        Self { title: title.to_owned(), paragraphs: vec![plain(text)], ..Self::default() }
    }

    /// The same page with a link.
    #[must_use]
    pub fn link(mut self, path: &str, text: &str) -> Self {
        self.links.push((path.to_owned(), text.to_owned()));
        self
    }

    /// The same page with one thing more to say.
    #[must_use]
    pub fn says(mut self, text: &str) -> Self {
        self.paragraphs.push(plain(text));
        self
    }

    /// The same page with a form.
    #[must_use]
    pub fn form(mut self, form: Form) -> Self {
        self.forms.push(form);
        self
    }

    /// The same page after something went wrong: this is said first.
    #[must_use]
    pub fn wrong(mut self, text: Vec<Span>) -> Self {
        self.paragraphs.insert(0, text);
        self.alert = true;
        self
    }
}

impl Form {
    /// A form of these fields.
    #[must_use]
    pub fn new(action: &str, button: &str, fields: Vec<Field>) -> Self {
        Self {
            action: action.to_owned(),
            heading: None,
            about: Vec::new(),
            fields,
            button: button.to_owned(),
        }
    }

    /// The same form under a heading, with what is said of it.
    #[must_use]
    pub fn headed(self, heading: &str, about: Vec<Vec<Span>>) -> Self {
        Self { heading: Some(heading.to_owned()), about, ..self }
    }
}

impl Field {
    /// A field that must be filled in.
    #[must_use]
    pub fn new(name: &'static str, label: &str, kind: FieldKind, most: usize) -> Self {
        Self {
            name,
            label: label.to_owned(),
            kind,
            value: String::new(),
            hint: None,
            faults: Vec::new(),
            required: true,
            most,
        }
    }

    /// The same with what it holds.
    #[must_use]
    pub fn with(self, value: &str) -> Self {
        Self { value: value.to_owned(), ..self }
    }

    /// The same with what helps to fill it in.
    #[must_use]
    pub fn hint(self, hint: &str) -> Self {
        Self { hint: Some(hint.to_owned()), ..self }
    }

    /// The same with what is wrong with it.
    #[must_use]
    pub fn wrong(self, faults: Vec<String>) -> Self {
        Self { faults, ..self }
    }

    /// The same, and it may be left empty.
    #[must_use]
    pub fn optional(self) -> Self {
        Self { required: false, ..self }
    }
}

/// Something on our side failed.
#[must_use]
pub fn fault(locale: Locale, reference: Reference) -> Page {
    let Locale::English = locale;
    let text =
        format!("Something on our side failed (id {reference}). Nothing was changed. Try again in a minute.");
    Page { alert: true, ..Page::of("That did not work", &text) }
}

/// There is no such page.
#[must_use]
pub fn not_found(locale: Locale) -> Page {
    let Locale::English = locale;
    Page::of("There is no such page", "It may have moved, or the address is not whole.")
        .link(SIGN_IN, "Sign in")
}

/// What came is no form of ours: from another site, too long, or not whole.
#[must_use]
pub fn not_taken(locale: Locale) -> Page {
    let Locale::English = locale;
    let text = "What was sent did not come from a page of this desk, or not as it was. Nothing was changed. Open the page again and send it once more.";
    Page { alert: true, ..Page::of("That could not be taken", text) }
}

/// It was tried too often.
#[must_use]
pub fn too_often(locale: Locale, page: Page, at: DateTime<Utc>) -> Page {
    let Locale::English = locale;
    let mut spans = plain("That was tried too often. Nothing was changed; try again ");
    spans.push(Span::Time { at, style: TimeStyle::Moment });
    spans.extend(plain("."));
    page.wrong(spans)
}
