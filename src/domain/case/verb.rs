//! What can be done to a case, by whom, and what then happens: the one place that decides it.

use chrono::{DateTime, Utc};

use crate::domain::PersonId;

use super::{
    By, Case, CaseNumber, Closing, Correction, Nudge, Policy, Priority, QueueId, Rating, Status, Subject,
    Tag, What, Written,
};

/// Something that somebody does to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// A customer writes. It opens again what was solved.
    Reply(Written),
    /// A customer, or staff, says how much it matters.
    Prioritise(Priority),
    /// A customer or staff close it.
    Close {
        /// Why, where they say so.
        reason: Option<String>,
    },
    /// The requester says how content they were.
    Rate(Rating),
    /// Staff take it. What another one has is not taken silently.
    Take,
    /// Staff give it to somebody, whoever had it, or to nobody.
    Assign(Option<PersonId>),
    /// Staff write to the customer, and wait for them.
    Answer(Written),
    /// Staff write something that only staff may read.
    Note(Written),
    /// Staff hold it for solved; with what they write to the customer.
    Solve(Option<Written>),
    /// Staff wait for somebody else.
    WaitForThirdParty {
        /// Whom, where they say so.
        on: Option<String>,
    },
    /// Staff open it again, or go on with it.
    Reopen,
    /// Staff put it into another queue.
    Move(QueueId),
    /// Staff say better what it is about.
    Rename(Subject),
    /// Staff file it under a tag.
    Tag(Tag),
    /// Staff take a tag away.
    Untag(Tag),
    /// Staff have somebody hear of its news.
    Follow(PersonId),
    /// Somebody no longer wants to, or staff decide so.
    Unfollow(PersonId),
    /// Staff note that it has to do with another case.
    Link(CaseNumber),
    /// Staff take that back.
    Unlink(CaseNumber),
    /// Somebody changes what they wrote, or takes it back. That it was theirs is for whoever makes the correction to see.
    Correct(Correction),
    /// The desk, by itself, does what is due.
    Nudge,
}

/// Whose a verb is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Only customers do it.
    Customers,
    /// Customers and staff do it.
    Either,
    /// Only staff do it.
    Staffs,
    /// Only the desk does it, by itself.
    Desks,
}

impl Verb {
    /// Whose it is.
    #[must_use]
    pub fn whose(&self) -> Whose {
        match self {
            Self::Reply(_) | Self::Rate(_) => Whose::Customers,
            Self::Correct(correction) if correction.internal => Whose::Staffs,
            Self::Prioritise(_) | Self::Close { .. } | Self::Unfollow(_) | Self::Correct(_) => Whose::Either,
            Self::Take
            | Self::Assign(_)
            | Self::Answer(_)
            | Self::Note(_)
            | Self::Solve(_)
            | Self::WaitForThirdParty { .. }
            | Self::Reopen
            | Self::Move(_)
            | Self::Rename(_)
            | Self::Tag(_)
            | Self::Untag(_)
            | Self::Follow(_)
            | Self::Link(_)
            | Self::Unlink(_) => Whose::Staffs,
            Self::Nudge => Whose::Desks,
        }
    }
}

/// Why something can't be done to a case. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is closed.
    #[error("it is closed")]
    Closed,
    /// It was closed too long ago to be opened by a reply.
    #[error("it was closed too long ago")]
    ClosedLongAgo,
    /// Only a solved or closed case can be rated.
    #[error("it is not solved yet")]
    NotOver,
    /// Another one has it.
    #[error("somebody else has it")]
    TakenBy(PersonId),
    /// Only staff can do this.
    #[error("only staff can do this")]
    OnlyStaff,
    /// Only its requester can do this.
    #[error("only its requester can do this")]
    OnlyRequester,
    /// There is nothing in it.
    #[error("there is nothing in it")]
    Empty,
    /// A case has nothing to do with itself.
    #[error("a case can't be linked to itself")]
    Itself,
    /// It has as many of these as it can have.
    #[error("it has too many of these already")]
    Full,
}

/// The most tags, followers or links of a case.
pub(super) const MOST_OF_EACH: usize = 50;
/// The most events of a case: what is longer is another case.
pub const MOST_EVENTS: u32 = 5_000;

impl Case {
    /// What happens when somebody does something: the events, in order; none where it is so already.
    pub fn decide(
        &self,
        verb: &Verb,
        by: By,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Result<Vec<What>, Refused> {
        may(verb, by)?;
        // What is full can still come to its end.
        if self.events >= MOST_EVENTS && !matches!(verb, Verb::Close { .. } | Verb::Nudge) {
            return Err(Refused::Full);
        }
        match verb {
            Verb::Reply(written) => self.reply(written, now),
            Verb::Prioritise(priority) => {
                self.still()?;
                Ok(unless(self.priority == *priority, What::Prioritised(*priority)))
            }
            Verb::Close { reason } => Ok(self.close(reason.clone(), by, policy, now)),
            Verb::Rate(rating) => self.rate(rating, by),
            Verb::Take => self.take(by),
            Verb::Assign(person) => {
                self.still()?;
                Ok(self.assigned(*person))
            }
            Verb::Answer(written) => self.answer(written, by, policy, now),
            Verb::Note(written) => filled(written).map(|()| vec![What::Note(written.clone())]),
            Verb::Solve(written) => self.solve(written.as_ref(), by, policy, now),
            Verb::WaitForThirdParty { on } => {
                self.still()?;
                let status = Status::WaitingOnThirdParty { since: now, on: on.clone() };
                let same =
                    matches!(&self.status, Status::WaitingOnThirdParty { on: before, .. } if before == on);
                Ok(unless(same, What::Became(status)))
            }
            Verb::Reopen => Ok(unless(self.status == Status::Open, What::Became(Status::Open))),
            Verb::Move(queue) => Ok(unless(self.queue == *queue, What::Moved(queue.clone()))),
            Verb::Rename(subject) => Ok(unless(self.subject == *subject, What::Renamed(subject.clone()))),
            Verb::Tag(tag) => add(&self.tags, tag, What::Tagged),
            Verb::Untag(tag) => Ok(unless(!self.tags.contains(tag), What::Untagged(tag.clone()))),
            Verb::Follow(person) if self.requester == *person => Ok(Vec::new()),
            Verb::Follow(person) => add(&self.followers, person, What::Followed),
            Verb::Unfollow(person) => {
                // Nobody takes another customer off a case.
                if matches!(by, By::Requester(own) if own != *person) {
                    return Err(Refused::OnlyStaff);
                }
                Ok(unless(!self.followers.contains(person), What::Unfollowed(*person)))
            }
            Verb::Link(case) if *case == self.number => Err(Refused::Itself),
            Verb::Link(case) => add(&self.links, case, What::Linked),
            Verb::Unlink(case) => Ok(unless(!self.links.contains(case), What::Unlinked(*case))),
            // Whatever became of the case: the words were said, and are other ones now.
            Verb::Correct(correction) => Ok(vec![What::Corrected(correction.clone())]),
            Verb::Nudge => Ok(self.nudge(policy, now)),
        }
    }

    fn rate(&self, rating: &Rating, by: By) -> Result<Vec<What>, Refused> {
        if by.person() != Some(self.requester) {
            Err(Refused::OnlyRequester)
        } else if self.status.is_active() {
            Err(Refused::NotOver)
        } else {
            Ok(unless(self.rating.as_ref() == Some(rating), What::Rated(rating.clone())))
        }
    }

    fn still(&self) -> Result<(), Refused> {
        if self.standing() == super::Standing::Closed { Err(Refused::Closed) } else { Ok(()) }
    }

    fn reply(&self, written: &Written, now: DateTime<Utc>) -> Result<Vec<What>, Refused> {
        filled(written)?;
        let message = What::Message(written.clone());
        Ok(match &self.status {
            Status::New | Status::Open => vec![message],
            Status::WaitingOnCustomer { .. } | Status::WaitingOnThirdParty { .. } | Status::Solved { .. } => {
                vec![message, What::Became(Status::Open)]
            }
            Status::Closed { .. } if self.reopens(now) => vec![message, What::Became(Status::Open)],
            Status::Closed { .. } => return Err(Refused::ClosedLongAgo),
        })
    }

    fn take(&self, by: By) -> Result<Vec<What>, Refused> {
        self.still()?;
        match (self.assignee, by.person()) {
            (Some(other), Some(person)) if other != person => Err(Refused::TakenBy(other)),
            (_, person) => Ok(self.assigned(person)),
        }
    }

    /// A new case that gets an assignee is open.
    fn assigned(&self, person: Option<PersonId>) -> Vec<What> {
        let mut events = unless(self.assignee == person, What::Assigned(person));
        if person.is_some() && self.status == Status::New {
            events.push(What::Became(Status::Open));
        }
        events
    }

    fn answer(
        &self,
        written: &Written,
        by: By,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Result<Vec<What>, Refused> {
        filled(written)?;
        self.still()?;
        let mut events = self.worked_on(by);
        events.push(What::Message(written.clone()));
        // What is solved stays so: the answer adds to it.
        if !matches!(self.status, Status::Solved { .. }) {
            events.push(What::Became(policy.wait_for_customer(now, now)));
        }
        Ok(events)
    }

    fn solve(
        &self,
        written: Option<&Written>,
        by: By,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Result<Vec<What>, Refused> {
        self.still()?;
        written.map_or(Ok(()), filled)?;
        let mut events = self.worked_on(by);
        events.extend(written.cloned().map(What::Message));
        if !matches!(self.status, Status::Solved { .. }) {
            events.push(What::Became(Status::Solved { at: now, due: now + policy.settle_after }));
        }
        Ok(events)
    }

    /// Whoever answers what nobody has, has it.
    fn worked_on(&self, by: By) -> Vec<What> {
        match (self.assignee, by) {
            (None, By::Staff(person)) => vec![What::Assigned(Some(person))],
            (Some(_), _) | (None, By::Requester(_) | By::Desk) => Vec::new(),
        }
    }

    fn close(&self, reason: Option<String>, by: By, policy: &Policy, now: DateTime<Utc>) -> Vec<What> {
        let how = match by {
            By::Requester(_) => Closing::Requester { reason },
            By::Staff(_) => Closing::Staff { reason },
            By::Desk => Closing::Silence,
        };
        unless(self.still().is_err(), What::Became(policy.closed(how, now)))
    }

    /// What the desk does by itself, where something is due.
    fn nudge(&self, policy: &Policy, now: DateTime<Utc>) -> Vec<What> {
        match &self.status {
            Status::WaitingOnCustomer { since, next, due } if *due <= now => {
                let waiting = |events: Vec<What>| {
                    let status = policy.wait_on(*since, *next, now);
                    events.into_iter().chain([What::Became(status)]).collect()
                };
                match next {
                    Nudge::Remind => waiting(vec![What::Reminded]),
                    Nudge::Warn => waiting(vec![What::Warned { closes_at: policy.closes_at(*since, now) }]),
                    Nudge::Close => vec![What::Became(policy.closed(Closing::Silence, now))],
                }
            }
            Status::Solved { due, .. } if *due <= now => {
                vec![What::Became(policy.closed(Closing::Settled, now))]
            }
            Status::New
            | Status::Open
            | Status::WaitingOnCustomer { .. }
            | Status::WaitingOnThirdParty { .. }
            | Status::Solved { .. }
            | Status::Closed { .. } => Vec::new(),
        }
    }
}

/// Who may do what, whatever the case.
fn may(verb: &Verb, by: By) -> Result<(), Refused> {
    match (verb.whose(), by) {
        (Whose::Customers, By::Requester(_))
        | (Whose::Either, By::Requester(_) | By::Staff(_))
        | (Whose::Staffs, By::Staff(_))
        | (Whose::Desks, By::Desk) => Ok(()),
        (Whose::Customers, By::Staff(_) | By::Desk) => Err(Refused::OnlyRequester),
        (Whose::Either, By::Desk)
        | (Whose::Staffs, By::Requester(_) | By::Desk)
        | (Whose::Desks, By::Requester(_) | By::Staff(_)) => Err(Refused::OnlyStaff),
    }
}

fn filled(written: &Written) -> Result<(), Refused> {
    if written.text.is_none() && written.files.is_empty() { Err(Refused::Empty) } else { Ok(()) }
}

fn unless(so_already: bool, what: What) -> Vec<What> {
    if so_already { Vec::new() } else { vec![what] }
}

fn add<T: Ord + Clone>(
    all: &std::collections::BTreeSet<T>,
    one: &T,
    what: fn(T) -> What,
) -> Result<Vec<What>, Refused> {
    if all.contains(one) {
        Ok(Vec::new())
    } else if all.len() >= MOST_OF_EACH {
        Err(Refused::Full)
    } else {
        Ok(vec![what(one.clone())])
    }
}
