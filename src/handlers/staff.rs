//! What staff do: the queue, their cases, changes without words, and what the desk gave up.

use crate::chat::Reply;
use crate::chat::wish::{StaffVerb, StaffWish};
use crate::domain::case::{CaseNumber, QueueId, Verb};
use crate::domain::{Person, PersonId, Staff};
use crate::replies::{cases, staff};
use crate::services::agenda;

use super::{Desk, Fault, Turn};

/// Cases in one list.
const LISTED: usize = 20;

impl Desk {
    pub(super) async fn staff(&self, wish: StaffWish, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let Some(who) = turn.actor()?.staff() else { return Ok(cases::only_staff(self.locale)) };
        match wish {
            StaffWish::Queue(queue) => self.queue(&who, queue.as_ref(), turn).await,
            StaffWish::Mine => {
                let mine = self.kept()?.cases.assigned(&who, LISTED).await?;
                Ok(staff::mine(self.locale, &mine))
            }
            StaffWish::OpenFor { who: Some(of), called, text } => {
                Box::pin(self.open_for(&of, called.as_deref(), text, &who, turn)).await
            }
            StaffWish::OpenFor { who: None, .. } => Ok(staff::no_person(self.locale)),
            StaffWish::Do(number, verb) => self.staff_verb(number, verb, &who, turn).await,
            StaffWish::DeadLetters => {
                let letters = agenda::dead_letters(&self.kept()?.store, LISTED).await?;
                Ok(staff::dead_letters(self.locale, &letters))
            }
            StaffWish::Retry(key) => {
                let mended = agenda::retry(&self.kept()?.store, &key, turn.now).await;
                self.mended(mended, staff::tried_again(self.locale, &key))
            }
            StaffWish::Discard(key) => {
                let mended = agenda::discard(&self.kept()?.store, &key, turn.now).await;
                self.mended(mended, staff::discarded(self.locale, &key))
            }
        }
    }

    fn mended(&self, mended: Result<(), agenda::MendError>, reply: Reply) -> Result<Reply, Fault> {
        match mended {
            Ok(()) => Ok(reply),
            Err(agenda::MendError::Unknown(key)) => Ok(staff::no_such_letter(self.locale, &key)),
            Err(agenda::MendError::NotDead(key)) => Ok(staff::not_given_up(self.locale, &key)),
            Err(agenda::MendError::Store(error)) => Err(error.into()),
        }
    }

    async fn queue(&self, who: &Staff, queue: Option<&QueueId>, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let service = &self.kept()?.cases;
        if let Some(queue) = queue
            && !service.queues().contains(queue)
        {
            return Ok(cases::unknown_queue(self.locale, queue.as_str(), service.queues()));
        }
        let waiting = service.work(who, queue, LISTED).await?;
        Ok(staff::queue(self.locale, &waiting, queue, turn.now))
    }

    async fn staff_verb(
        &self,
        number: CaseNumber,
        verb: StaffVerb,
        who: &Staff,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let verb = match verb {
            StaffVerb::Take => Verb::Take,
            StaffVerb::Assign(name) => match self.assignee(&name, who).await? {
                Ok(person) => Verb::Assign(person),
                Err(reply) => return Ok(reply),
            },
            StaffVerb::WaitForThirdParty(on) => match crate::domain::case::remark(&on.unwrap_or_default()) {
                Ok(on) => Verb::WaitForThirdParty { on },
                Err(error) => return self.refused(error.into(), turn),
            },
            StaffVerb::Reopen => Verb::Reopen,
            StaffVerb::Move(queue) => Verb::Move(queue),
            StaffVerb::Rename(subject) => Verb::Rename(subject),
            StaffVerb::Tag(tag) => Verb::Tag(tag),
            StaffVerb::Untag(tag) => Verb::Untag(tag),
            StaffVerb::Link(other) => match self.kept()?.cases.case(&turn.actor()?, other).await {
                Ok(_) => Verb::Link(other),
                Err(error) => return self.refused(error, turn),
            },
            StaffVerb::Unlink(other) => Verb::Unlink(other),
            StaffVerb::Follow(name) => match self.follower(&name, turn).await? {
                Some(person) => Verb::Follow(person),
                None => return Ok(staff::unknown_person(self.locale, &name)),
            },
            StaffVerb::Unfollow(name) => match self.kept()?.people.named(&name).await? {
                Some(row) => Verb::Unfollow(row.record.id),
                None => return Ok(staff::unknown_person(self.locale, &name)),
            },
        };
        match self.act(number, verb.clone(), turn).await? {
            Ok(case) => {
                turn.talk.conversation.memory.case = Some(number);
                let names = self.names(&case, &[]).await?;
                Ok(staff::done(self.locale, &case, &verb, &names))
            }
            Err(reply) => Ok(reply),
        }
    }

    /// Whom a case is to be given to, as they are called.
    async fn assignee(&self, name: &str, who: &Staff) -> Result<Result<Option<PersonId>, Reply>, Fault> {
        match name.to_lowercase().as_str() {
            "me" | "myself" => return Ok(Ok(Some(who.person()))),
            "nobody" | "none" | "no one" => return Ok(Ok(None)),
            _ => {}
        }
        let people = &self.kept()?.people;
        let called = |one: &Person| one.called().is_some_and(|called| called.eq_ignore_ascii_case(name));
        let found = if let Some(row) = people.named(name).await? {
            Some(row.record)
        } else {
            people.staff().await?.into_iter().find(called)
        };
        Ok(match found {
            Some(person) if person.staff.is_some() => Ok(Some(person.id)),
            Some(_) => Err(staff::no_agent(self.locale, name)),
            None => Err(staff::unknown_person(self.locale, name)),
        })
    }
}
