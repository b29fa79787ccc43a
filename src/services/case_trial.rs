//! A trial of cases: many clients open them, write, add files, solve and tend at once, and everything acknowledged is told.
//!
//! The tests kill the desk and compare what is there with what was told. Every text is of one turn only; some files are everybody's.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::{CaseNumber, Policy, Priority, QueueId, Text, Tried, Verb, Written};
use crate::domain::{Actor, Identity, MailAddress, Notify, Place, Platform, Privacy, Upload};
use crate::store::files::Files;
use crate::store::{Store, StoreError};

use super::cases::{Allowed, Ask, Cases, Draft, Rules};
use super::people::{NewStaff, People};

/// The Discord account of the agent of a trial; nobody has it.
const AGENT: u64 = 1;
/// Every so manieth client has an address, and wants a mail at once.
const MAIL_EVERY: u32 = 4;
/// How many cases are tended in one turn.
const TENDED: usize = 10;

/// One thing to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseTurn {
    /// Of all the runs of a trial, this one.
    pub run: u64,
    /// Whose it is.
    pub client: u32,
    /// The client's how manieth, from 0: what is done follows from it.
    pub turn: u64,
    /// The client's latest case.
    pub case: Option<CaseNumber>,
}

/// What the desk has acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseAcknowledged {
    /// Which turn.
    pub turn: CaseTurn,
    /// The case that it was done to.
    pub case: Option<CaseNumber>,
    /// How many events the timeline then had.
    pub events: u32,
}

impl CaseTurn {
    /// What is written in this turn and in no other.
    #[must_use]
    pub fn text(&self) -> String {
        format!("turn {:016x} {} {}", self.run, self.client, self.turn)
    }

    /// The bytes that come with it: the client's own or everybody's.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        if self.client.is_multiple_of(2) {
            self.text().into_bytes()
        } else {
            b"the same for everybody".to_vec()
        }
    }
}

/// Does one thing: opens a case, replies with a file, answers, ends it, or tends.
pub async fn take(
    store: &Store,
    files: &Files,
    turn: &CaseTurn,
    now: DateTime<Utc>,
) -> Result<CaseAcknowledged, StoreError> {
    let rules = rules().ok_or_else(|| StoreError::Damaged("a trial has no queue".to_owned()))?;
    let cases = Cases::new(store.clone(), files.clone(), rules);
    let people = People::new(store.clone());
    let customer = customer(&people, turn.client, now).await?;
    let agent = people.add_staff(&NewStaff::Discord(AGENT), Some("trial"), now).await.map_err(fault)?;
    let agent = Actor::of(&agent);
    let written = Written::new(Some(Text::parse(&turn.text()).map_err(fault)?));
    let file = || vec![Upload { name: "trial.txt".to_owned(), bytes: turn.bytes() }];
    let (actor, verb, files) = match (turn.turn % 5, turn.case) {
        (0, _) | (_, None) => {
            let draft = Draft { files: file(), ..draft(written.text.ok_or_else(|| fault("no text"))?) };
            let opened = cases.open(&customer, &draft, &turn.text(), now).await.map_err(fault)?;
            let case = opened.case();
            return Ok(CaseAcknowledged { turn: *turn, case: Some(case.number), events: case.events });
        }
        (1, Some(_)) => (customer, Verb::Reply(written), file()),
        (2, Some(_)) => (agent, Verb::Answer(written), Vec::new()),
        (3, Some(_)) if turn.client.is_multiple_of(2) => (agent, Verb::Solve(None), Vec::new()),
        (3, Some(_)) => (customer, Verb::Close { reason: None }, Vec::new()),
        (_, Some(_)) => {
            cases.tend(now, TENDED).await?;
            return Ok(CaseAcknowledged { turn: *turn, case: turn.case, events: 0 });
        }
    };
    let number = turn.case.unwrap_or(CaseNumber(0));
    let ask = Ask { verb, files, once: Some(turn.text()) };
    let events = match cases.act(&actor, number, &ask, now).await {
        Ok(acted) => acted.case.events,
        // Another client's tending has closed it: nothing was done, so nothing has to be there.
        Err(error) if error.refusal().is_some() => 0,
        Err(error) => return Err(fault(error)),
    };
    Ok(CaseAcknowledged { turn: *turn, case: turn.case, events })
}

async fn customer(people: &People, client: u32, now: DateTime<Utc>) -> Result<Actor, StoreError> {
    let person = people.meet(&Identity::Console(format!("trial-{client}")), None, now).await?;
    if client.is_multiple_of(MAIL_EVERY) && person.notify != Notify::MailAlways {
        // A domain that never has a server (RFC 2606).
        let address = MailAddress::parse(&format!("trial-{client}@example.invalid")).map_err(fault)?;
        people.set_mail(person.id, Some(address)).await.map_err(fault)?;
        people.set_notify(person.id, Notify::MailAlways).await.map_err(fault)?;
    }
    Ok(Actor::of(&person))
}

/// Nobody is kept from anything, and whatever can become due is due at once.
fn rules() -> Option<Rules> {
    let none = TimeDelta::zero();
    Some(Rules {
        queues: vec![QueueId::parse("technical-support").ok()?],
        most_active: u32::MAX,
        cooldown: none,
        policy: Policy {
            remind_after: none,
            close_after: none,
            warn_before: none,
            settle_after: none,
            reopen_within: none,
        },
        allowed: Allowed { most_bytes: 1 << 20, most_files: 1, extensions: vec!["txt".to_owned()] },
    })
}

fn draft(description: Text) -> Draft {
    Draft {
        subject: None,
        description,
        product: None,
        queue: None,
        priority: Priority::Normal,
        place: Place {
            platform: Platform::Console,
            conversation: "trial".to_owned(),
            privacy: Privacy::Private,
        },
        tried: Tried::default(),
        files: Vec::new(),
        links: Vec::new(),
        on_behalf: None,
    }
}

/// Nothing that a trial does is refused: where it is, something is wrong.
#[expect(clippy::needless_pass_by_value, reason = "it is handed over by `map_err`")]
fn fault(error: impl ToString) -> StoreError {
    StoreError::Damaged(error.to_string())
}
