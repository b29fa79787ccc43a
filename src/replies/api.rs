//! What the API says where it can't do what a program asked: titles and details that whoever wrote the program reads.

use chrono::{DateTime, Utc};

use super::Locale;
use crate::domain::Reference;
use crate::domain::case::{CaseNumber, NoText, Refused};

/// What stands in the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// There is no token in the request.
    NoToken,
    /// The token is none of ours, or none any more.
    UnknownToken,
    /// The token has run out.
    TokenRunOut,
    /// The token is for other things: this scope is missing.
    Scope(&'static str),
    /// There is nothing at this address, or nothing that the token's person may see.
    NotFound,
    /// The address takes other methods.
    Method,
    /// The body is no JSON by what is said of it.
    MediaType,
    /// The body is larger than so many bytes.
    TooLarge(usize),
    /// The body is no JSON.
    NoJson(String),
    /// The body is JSON, and not what is asked for: where, and what is wrong there.
    Body(String, String),
    /// The query is not what is asked for.
    Query(String),
    /// The cursor is not one that a list gave.
    Cursor,
    /// A key that is to be used once is empty, too long, or not printable.
    Key,
    /// The key was used for something else before.
    KeyReused,
    /// What is in a field can't be taken as text.
    Text(&'static str, NoText),
    /// There is no such product.
    Product,
    /// There were too many requests.
    TooOften(DateTime<Utc>),
    /// The person has as many open cases as they may.
    TooManyCases {
        /// How many that is.
        most: u32,
    },
    /// The person opened a case a moment ago.
    TooSoon(DateTime<Utc>),
    /// A case does not allow it.
    Case(CaseNumber, Refused),
    /// The desk is not reached under this name.
    Host,
    /// Something of ours failed.
    Fault(Reference),
}

/// The same in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What is the same for all of its kind.
    pub title: &'static str,
    /// What is so this time, and what to do.
    pub detail: String,
}

/// Says what stands in the way.
#[must_use]
pub fn trouble(locale: Locale, trouble: &Trouble) -> Words {
    let Locale::English = locale;
    let (title, detail): (_, String) = match trouble {
        Trouble::NoToken => (
            "A token is needed",
            "Send the header \"Authorization: Bearer TOKEN\". The desk's operator makes tokens with `guidepost token add`.".into(),
        ),
        Trouble::UnknownToken => (
            "The token is not known",
            "It was removed, or was never made here. Ask the desk's operator for a new one.".into(),
        ),
        Trouble::TokenRunOut => {
            ("The token has run out", "Ask the desk's operator for a new one.".into())
        }
        Trouble::Scope(scope) => (
            "The token is for other things",
            format!("This needs a token with the scope {scope}. The desk's operator makes one."),
        ),
        Trouble::NotFound => (
            "Not found",
            "There is nothing here, or nothing that this token's person may see. The addresses are in /api/v1/openapi.json.".into(),
        ),
        Trouble::Method => (
            "The method is not for this address",
            "The header Allow names those that are.".into(),
        ),
        Trouble::MediaType => {
            ("The body is not JSON", "Send it with the header \"Content-Type: application/json\".".into())
        }
        Trouble::TooLarge(most) => {
            ("The body is too large", format!("It may have {most} bytes. Send less at once."))
        }
        Trouble::NoJson(why) => ("The body is not JSON", format!("It can't be read: {why}.")),
        Trouble::Body(at, why) if at.is_empty() => {
            ("The body is not what is asked for", format!("What is wrong: {why}."))
        }
        Trouble::Body(at, why) => {
            ("The body is not what is asked for", format!("What is wrong at {at}: {why}."))
        }
        Trouble::Query(why) => ("The query is not what is asked for", format!("What is wrong: {why}.")),
        Trouble::Cursor => (
            "The cursor is not known",
            "A cursor is the \"next\" of the page before, as it was. Begin without one.".into(),
        ),
        Trouble::Key => (
            "The Idempotency-Key can't be taken",
            "It has 1 to 200 letters, digits, hyphens and other printable characters of ASCII.".into(),
        ),
        Trouble::KeyReused => (
            "The Idempotency-Key was used for something else",
            "What it was used for stays as it is. Use a new key for a new wish.".into(),
        ),
        Trouble::Text(field, NoText::Empty) => {
            ("A text is missing", format!("There is nothing in {field}. Write something there."))
        }
        Trouble::Text(field, NoText::TooLong { length, most }) => (
            "A text is too long",
            format!("{field} has {length} characters and may have {most}. Shorten it."),
        ),
        Trouble::Product => (
            "There is no such product",
            "Leave the product out, or name one by its id.".into(),
        ),
        Trouble::TooOften(_) => (
            "Too many requests",
            "The header Retry-After says for how many seconds to wait.".into(),
        ),
        Trouble::TooManyCases { most } => (
            "There are too many open cases",
            format!("One person may have {most} that are not over. Close one, or write in it."),
        ),
        Trouble::TooSoon(_) => (
            "Another case was opened a moment ago",
            "The header Retry-After says for how many seconds to wait. What belongs to that case can be written there.".into(),
        ),
        Trouble::Case(number, why) => ("The case does not allow it", refused(*number, why)),
        Trouble::Host => (
            "The desk is not reached under this name",
            "Its operator sets the name as web.public_url.".into(),
        ),
        Trouble::Fault(reference) => (
            "Something on our side failed",
            format!("It is known as {reference}. Try again in a minute; what has an Idempotency-Key is done once."),
        ),
    };
    Words { title, detail }
}

fn refused(number: CaseNumber, why: &Refused) -> String {
    match why {
        Refused::Closed => format!("{number} is closed. Reopen it first."),
        Refused::ClosedLongAgo => {
            format!("{number} was closed too long ago to be opened again. Open a new case.")
        }
        Refused::NotOver => format!("{number} is not over. Write in it instead."),
        Refused::TakenBy(_) => format!("Somebody else works on {number}."),
        Refused::OnlyStaff => format!("Only staff can do this with {number}."),
        Refused::OnlyRequester => format!("Only whoever opened {number} can do this."),
        Refused::Empty => "There is nothing in what was sent. Write something.".to_owned(),
        Refused::Itself => format!("{number} can't be linked to itself."),
        Refused::Full => format!("{number} has as much as a case can hold. Open a new one."),
    }
}
