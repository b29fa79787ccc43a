//! A case for somebody whose sign-up failed: without signing in, for whoever helps with technical trouble.

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::Ticket;
use crate::domain::case::{CaseNumber, Priority, Text, Tried};
use crate::domain::{Actor, Identity, Place, Platform, Privacy};
use crate::store::{Store, StoreError};

use super::cases::{CaseError, Cases, Draft};
use super::limits::{self, Counted, Limit, TooOften};
use super::people::People;

/// How many such cases are opened from one network address.
const CASES: Limit = Limit { what: "sign-up-case", most: 5, within: TimeDelta::hours(24) };

/// What is known of it.
#[derive(Debug, Clone)]
pub struct FailedSignUp {
    /// All that is said of it, the error id and where an answer is wanted among it; the first line becomes the title.
    pub description: String,
    /// A random name for whoever asks: nobody is signed in.
    pub visitor: Ticket,
    /// From where.
    pub from: Counted,
}

/// Opens the case, in the desk's first queue, which is the one for technical trouble.
pub async fn open_case(
    store: &Store,
    cases: &Cases,
    failed: FailedSignUp,
    now: DateTime<Utc>,
) -> Result<Result<CaseNumber, TooOften>, CaseError> {
    let description = Text::parse(&failed.description)
        .map_err(|error| StoreError::Damaged(format!("a case can't be described so: {error}")))?;
    if let Err(too_often) = limits::spend(store, &[(CASES, failed.from)], now).await? {
        return Ok(Err(too_often));
    }
    let conversation = format!("sign-up/{}", failed.visitor);
    let person =
        People::new(store.clone()).meet(&Identity::Web(failed.visitor.to_string()), None, now).await?;
    let draft = Draft {
        subject: None,
        description,
        product: None,
        queue: None,
        priority: Priority::default(),
        place: Place {
            platform: Platform::Web,
            conversation: conversation.clone(),
            privacy: Privacy::Private,
        },
        tried: Tried::default(),
        files: Vec::new(),
        links: Vec::new(),
        on_behalf: None,
    };
    let opened = cases.open(&Actor::of(&person), &draft, &conversation, now).await?;
    Ok(Ok(opened.case().number))
}
