//! What happened to a case, one sentence for each event: for timelines on a screen, in mails and in transcripts.
//!
//! What somebody wrote, and the files that came with it, are not in the sentence: they are shown below it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::PersonId;
use crate::domain::case::{By, Closing, Correction, Event, Priority, Standing, Status, What, Written};

use super::Locale;
use super::words::quoted;

/// The name of a person; none for somebody who has none, or whose name was erased.
pub type Names<'a> = &'a dyn Fn(PersonId) -> Option<String>;

/// How a time is written where the sentences go.
pub type Times<'a> = &'a dyn Fn(DateTime<Utc>) -> String;

/// An event with its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told<'e> {
    /// The event.
    pub event: &'e Event,
    /// What happened.
    pub sentence: String,
}

/// A timeline, or the end of one, in sentences; what only staff may read is to be left out before. An event that changes nothing a
/// reader cares for has none: that the desk goes on waiting after it reminded somebody.
#[must_use]
pub fn told<'e>(locale: Locale, events: &'e [Event], names: Names<'_>, times: Times<'_>) -> Vec<Told<'e>> {
    let said = BTreeMap::new();
    let mut teller = Teller { locale, names, times, customer: None, priority: None, status: None, said };
    let mut told = Vec::new();
    for event in events {
        if let Some(sentence) = teller.sentence(event) {
            told.push(Told { event, sentence });
        }
        teller.remember(event);
    }
    told
}

/// What whoever did something is called: their name, else what they are to the case.
#[must_use]
pub fn author(locale: Locale, by: By, names: Names<'_>) -> String {
    let Locale::English = locale;
    match by {
        By::Requester(person) => names(person).unwrap_or_else(|| "The customer".to_owned()),
        By::Staff(person) => names(person).unwrap_or_else(|| "Support".to_owned()),
        By::Desk => "The desk".to_owned(),
    }
}

/// Where a case stands, in words that end a sentence.
#[must_use]
pub fn standing(locale: Locale, standing: Standing) -> &'static str {
    let Locale::English = locale;
    match standing {
        Standing::New => "new",
        Standing::Open => "open",
        Standing::WaitingOnCustomer => "waiting on the customer",
        Standing::WaitingOnThirdParty => "waiting on a third party",
        Standing::Solved => "solved",
        Standing::Closed => "closed",
    }
}

/// Tells one event after the other, and remembers what the next sentence depends on.
struct Teller<'a> {
    locale: Locale,
    names: Names<'a>,
    times: Times<'a>,
    customer: Option<PersonId>,
    priority: Option<Priority>,
    status: Option<Status>,
    /// When each of the messages and notes was written.
    said: BTreeMap<u32, DateTime<Utc>>,
}

impl Teller<'_> {
    fn remember(&mut self, event: &Event) {
        match &event.what {
            What::Opened(opening) => {
                self.customer = Some(opening.requester);
                self.priority = Some(opening.priority);
                self.status = Some(Status::New);
            }
            What::Prioritised(priority) => self.priority = Some(*priority),
            What::Became(status) => self.status = Some(status.clone()),
            What::Message(_) | What::Note(_) => {
                self.said.insert(event.number, event.at);
            }
            What::Corrected(_)
            | What::Assigned(_)
            | What::Moved(_)
            | What::Renamed(_)
            | What::Tagged(_)
            | What::Untagged(_)
            | What::Followed(_)
            | What::Unfollowed(_)
            | What::Linked(_)
            | What::Unlinked(_)
            | What::Reminded
            | What::Warned { .. }
            | What::Rated(_) => {}
        }
    }

    fn sentence(&self, event: &Event) -> Option<String> {
        let Locale::English = self.locale;
        let who = author(self.locale, event.by, self.names);
        Some(match &event.what {
            What::Opened(opening) if matches!(event.by, By::Staff(_)) => {
                let customer = self.called(opening.requester, "the customer");
                format!("{who} opened the case for {customer}: {}.", quoted(opening.subject.as_str()))
            }
            What::Opened(opening) => format!("{who} opened the case: {}.", quoted(opening.subject.as_str())),
            What::Message(written) => wrote(&who, event.by, written),
            What::Note(_) => format!("{who} wrote a note for staff."),
            What::Corrected(correction) => self.corrected(&who, correction),
            What::Became(status) => return self.became(&who, status, event),
            What::Assigned(Some(person)) if event.by == By::Staff(*person) => format!("{who} took the case."),
            What::Assigned(Some(person)) => {
                format!("{who} gave the case to {}.", self.called(*person, "an agent"))
            }
            What::Assigned(None) => format!("{who} put the case back, for anybody to take."),
            What::Moved(queue) => format!("{who} moved the case to {queue}."),
            What::Prioritised(priority) => self.prioritised(&who, *priority),
            What::Renamed(subject) => format!("{who} changed the subject to {}.", quoted(subject.as_str())),
            What::Tagged(tag) => format!("{who} added the tag {tag}."),
            What::Untagged(tag) => format!("{who} removed the tag {tag}."),
            What::Followed(person) => {
                format!("{who} had {} follow the case.", self.called(*person, "somebody"))
            }
            What::Unfollowed(person) if event.by.person() == Some(*person) => {
                format!("{who} no longer follows the case.")
            }
            What::Unfollowed(person) => {
                format!("{} no longer follows the case.", self.called(*person, "Somebody"))
            }
            What::Linked(case) => format!("{who} linked {case}."),
            What::Unlinked(case) => format!("{who} removed the link to {case}."),
            What::Reminded => format!("{} was reminded that an answer waits.", self.customer("The customer")),
            What::Warned { closes_at } => {
                let (customer, time) = (self.customer("The customer"), (self.times)(*closes_at));
                format!("{customer} was told that the case will be closed on {time} without an answer.")
            }
            What::Rated(rating) => format!("{who} rated the help {} of 5.", rating.score.number()),
        })
    }

    fn corrected(&self, who: &str, Correction { event, text, .. }: &Correction) -> String {
        let verb = if text.is_some() { "changed" } else { "took back" };
        let when = self.said.get(event).map(|at| format!(" on {}", (self.times)(*at)));
        format!("{who} {verb} what they wrote{}.", when.unwrap_or_default())
    }

    fn became(&self, who: &str, status: &Status, event: &Event) -> Option<String> {
        Some(match (status, &self.status) {
            (
                Status::WaitingOnCustomer { since, .. },
                Some(Status::WaitingOnCustomer { since: before, .. }),
            ) if since == before => {
                return None;
            }
            (Status::New, _) => "The case is new.".to_owned(),
            (Status::Open, Some(Status::Solved { .. } | Status::Closed { .. })) => {
                format!("{who} opened the case again.")
            }
            (Status::Open, Some(Status::New)) => "The case is being worked on.".to_owned(),
            (Status::Open, _) => "The case waits for support.".to_owned(),
            (Status::WaitingOnCustomer { .. }, _) => {
                format!("The case waits for an answer from {}.", self.customer("the customer"))
            }
            (Status::WaitingOnThirdParty { on: Some(on), .. }, _) => format!("The case waits for {on}."),
            (Status::WaitingOnThirdParty { on: None, .. }, _) => {
                "The case waits for somebody else.".to_owned()
            }
            (Status::Solved { .. }, _) => format!("{who} solved the case."),
            (Status::Closed { how, .. }, before) => closed(who, how, before.as_ref(), event.at),
        })
    }

    fn prioritised(&self, who: &str, priority: Priority) -> String {
        let verb = match self.priority {
            Some(before) if before < priority => "raised",
            Some(before) if before > priority => "lowered",
            Some(_) | None => "set",
        };
        format!("{who} {verb} the priority to {}.", priority.name())
    }

    /// The requester by name, else as they are called at that place of a sentence.
    fn customer(&self, unnamed: &str) -> String {
        self.customer.and_then(|person| (self.names)(person)).unwrap_or_else(|| unnamed.to_owned())
    }

    /// Somebody by name, else as they are called at that place of a sentence.
    fn called(&self, person: PersonId, unnamed: &str) -> String {
        (self.names)(person).unwrap_or_else(|| unnamed.to_owned())
    }
}

fn wrote(who: &str, by: By, Written { text, files, source: _ }: &Written) -> String {
    match (text, files.len(), by) {
        (None, 1, _) => format!("{who} added a file."),
        (None, count, _) => format!("{who} added {count} files."),
        (Some(_), _, By::Requester(_)) => format!("{who} replied."),
        (Some(_), _, By::Staff(_)) => format!("{who} answered."),
        (Some(_), _, By::Desk) => format!("{who} wrote."),
    }
}

fn closed(who: &str, how: &Closing, before: Option<&Status>, at: DateTime<Utc>) -> String {
    match how {
        Closing::Requester { reason: Some(reason) } | Closing::Staff { reason: Some(reason) } => {
            format!("{who} closed the case: {}", ended(reason))
        }
        Closing::Requester { reason: None } | Closing::Staff { reason: None } => {
            format!("{who} closed the case.")
        }
        Closing::Silence => match before {
            Some(Status::WaitingOnCustomer { since, .. }) => {
                format!("The case was closed after {} without an answer.", length(at - *since))
            }
            Some(
                Status::New
                | Status::Open
                | Status::WaitingOnThirdParty { .. }
                | Status::Solved { .. }
                | Status::Closed { .. },
            )
            | None => "The case was closed without an answer.".to_owned(),
        },
        Closing::Settled => "The case was closed: it was solved, and nobody objected.".to_owned(),
        Closing::Erased => "The case was closed: everything about its requester was erased.".to_owned(),
    }
}

/// A remark as the end of a sentence.
fn ended(remark: &str) -> String {
    if remark.ends_with(['.', '!', '?', '…']) { remark.to_owned() } else { format!("{remark}.") }
}

fn length(time: chrono::TimeDelta) -> String {
    let (count, unit) = match (time.num_days(), time.num_hours()) {
        (0, hours) => (hours, "hour"),
        (days, _) => (days, "day"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}
