//! A case: what its timeline adds up to.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{PersonId, Place, ProductId};

use super::{
    By, CaseNumber, Event, Opening, Priority, QueueId, Rating, Standing, Status, Subject, Tag, What,
};

/// A case as it is now. It is nothing but the sum of its events: [`Case::replay`] gives it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its number.
    pub number: CaseNumber,
    /// What it is about.
    pub subject: Subject,
    /// The product.
    #[serde(default)]
    pub product: Option<ProductId>,
    /// How much it matters.
    pub priority: Priority,
    /// Whose case it is.
    pub requester: PersonId,
    /// Who works on it.
    #[serde(default)]
    pub assignee: Option<PersonId>,
    /// The queue it waits in.
    pub queue: QueueId,
    /// What staff file it under.
    #[serde(default)]
    pub tags: BTreeSet<Tag>,
    /// Who else hears of its news and may read and write in it.
    #[serde(default)]
    pub followers: BTreeSet<PersonId>,
    /// Cases that it has to do with.
    #[serde(default)]
    pub links: BTreeSet<CaseNumber>,
    /// Where it stands.
    pub status: Status,
    /// Where it was opened.
    pub place: Place,
    /// When.
    pub opened_at: DateTime<Utc>,
    /// When something last happened to it.
    pub updated_at: DateTime<Utc>,
    /// When it began to wait for staff, where it does: the queue's order.
    #[serde(default)]
    pub waiting_since: Option<DateTime<Utc>>,
    /// When staff first answered the requester.
    #[serde(default)]
    pub first_response_at: Option<DateTime<Utc>>,
    /// How content the requester was.
    #[serde(default)]
    pub rating: Option<Rating>,
    /// How many events its timeline has.
    pub events: u32,
    /// How many files came with them.
    #[serde(default)]
    pub files: u32,
}

impl Case {
    /// The case that begins with an event; `None` where the event is no opening.
    #[must_use]
    pub fn begin(event: &Event) -> Option<Self> {
        let What::Opened(opening) = &event.what else { return None };
        let Opening { requester, subject, product, queue, priority, place, files, links, .. } =
            opening.as_ref();
        Some(Self {
            number: event.case,
            subject: subject.clone(),
            product: product.clone(),
            priority: *priority,
            requester: *requester,
            assignee: None,
            queue: queue.clone(),
            tags: BTreeSet::new(),
            followers: BTreeSet::new(),
            links: links.iter().copied().collect(),
            status: Status::New,
            place: place.clone(),
            opened_at: event.at,
            updated_at: event.at,
            waiting_since: Some(event.at),
            first_response_at: None,
            rating: None,
            events: event.number,
            files: files.len() as u32,
        })
    }

    /// The case after one more event.
    #[must_use]
    pub fn after(mut self, event: &Event) -> Self {
        self.events = event.number;
        self.updated_at = event.at;
        self.files = self.files.saturating_add(event.what.files().len() as u32);
        match &event.what {
            // A timeline has one opening; a second one says nothing.
            What::Opened(_) | What::Note(_) | What::Corrected(_) | What::Reminded | What::Warned { .. } => {}
            What::Message(_) => {
                if let By::Staff(_) = event.by {
                    self.first_response_at.get_or_insert(event.at);
                }
            }
            What::Became(status) => {
                self.waiting_since = match (status.waits_for_staff(), self.waiting_since) {
                    (true, Some(since)) => Some(since),
                    (true, None) => Some(event.at),
                    (false, _) => None,
                };
                self.status = status.clone();
            }
            What::Assigned(person) => self.assignee = *person,
            What::Moved(queue) => self.queue = queue.clone(),
            What::Prioritised(priority) => self.priority = *priority,
            What::Renamed(subject) => self.subject = subject.clone(),
            What::Tagged(tag) => {
                self.tags.insert(tag.clone());
            }
            What::Untagged(tag) => {
                self.tags.remove(tag);
            }
            What::Followed(person) => {
                self.followers.insert(*person);
            }
            What::Unfollowed(person) => {
                self.followers.remove(person);
            }
            What::Linked(case) => {
                self.links.insert(*case);
            }
            What::Unlinked(case) => {
                self.links.remove(case);
            }
            What::Rated(rating) => self.rating = Some(rating.clone()),
        }
        self
    }

    /// The case that a timeline adds up to; `None` where it does not begin with an opening.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Event>) -> Option<Self> {
        let mut events = events.into_iter();
        let first = Self::begin(events.next()?)?;
        Some(events.fold(first, Self::after))
    }

    /// Whether a person may read and write in it as one of its customers.
    #[must_use]
    pub fn belongs_to(&self, person: PersonId) -> bool {
        self.requester == person || self.followers.contains(&person)
    }

    /// Whether a reply would open it, that is: whether it is solved, or closed not too long ago.
    #[must_use]
    pub fn reopens(&self, now: DateTime<Utc>) -> bool {
        match &self.status {
            Status::Solved { .. } => true,
            Status::Closed { reopens_until, .. } => now <= *reopens_until,
            Status::New
            | Status::Open
            | Status::WaitingOnCustomer { .. }
            | Status::WaitingOnThirdParty { .. } => false,
        }
    }

    /// The kind of its status.
    #[must_use]
    pub fn standing(&self) -> Standing {
        self.status.standing()
    }
}
