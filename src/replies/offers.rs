//! What is offered while somebody types, one line for each.

use crate::domain::account::Contact;
use crate::domain::case::Case;
use crate::domain::{ArticleId, Person, Product};

use super::Locale;
use super::words::shortened;

/// The most characters of a line; Discord shows no more.
pub const MOST: usize = 100;

/// The title of an article.
#[must_use]
pub fn title(locale: Locale, title: &str) -> String {
    let Locale::English = locale;
    shortened(title, MOST)
}

/// An article with its number, where it has one.
#[must_use]
pub fn article(locale: Locale, id: &ArticleId, title: &str) -> String {
    let Locale::English = locale;
    if id.is_numbered() { shortened(&format!("{id} · {title}"), MOST) } else { shortened(title, MOST) }
}

/// A product.
#[must_use]
pub fn product(locale: Locale, product: &Product) -> String {
    let Locale::English = locale;
    shortened(&product.name, MOST)
}

/// A case.
#[must_use]
pub fn case(locale: Locale, case: &Case) -> String {
    let Locale::English = locale;
    shortened(&format!("{} · {}", case.number, case.subject.as_str()), MOST)
}

/// A contact of an account.
#[must_use]
pub fn contact(locale: Locale, contact: &Contact) -> String {
    let Locale::English = locale;
    shortened(&format!("{} · {}", contact.name, contact.mail), MOST)
}

/// A country.
#[must_use]
pub fn country(locale: Locale, name: &str) -> String {
    let Locale::English = locale;
    shortened(name, MOST)
}

/// Somebody who works for the desk.
#[must_use]
pub fn agent(locale: Locale, person: &Person) -> String {
    let Locale::English = locale;
    let called = person.called().or_else(|| person.mail.as_ref().map(crate::domain::MailAddress::local));
    let called = called.map(|called| format!("{called} · ")).unwrap_or_default();
    shortened(&format!("{called}{}", person.id), MOST)
}
