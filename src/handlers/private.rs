//! What is private and was said where others read along: held until the person is alone with the desk.

use crate::chat::{Intent, Reply, Ticket};
use crate::domain::{Identity, Place};
use crate::replies::talk;
use crate::services::kept_answers::{self, KeptAnswer};

use super::{Desk, Fault, Turn};

impl Desk {
    /// Holds what was typed in public, and offers to go on in private.
    pub(super) fn hold(&self, text: &str, turn: &mut Turn<'_>) -> Reply {
        let held = turn.ticket();
        turn.talk.conversation.memory.hold(held, text);
        talk::continue_in_private(self.locale, held)
    }

    /// What was meant by what was held; `None` where nothing is held under this name.
    pub(super) fn held(&self, held: Ticket, turn: &Turn<'_>) -> Option<Intent> {
        let text = turn.talk.conversation.memory.held(held)?;
        Some(self.understand_text(text, turn))
    }

    /// Keeps an answer that could not be shown to somebody alone; the reply says that it waits, and nothing of it.
    pub async fn keep_answer(&self, who: &Identity, place: &Place, reply: &Reply) -> Option<Reply> {
        let kept = async {
            let service = self.kept()?;
            let now = self.clock.now();
            let person = service.people.meet(who, None, now).await?.id;
            let id = Ticket::new(self.random());
            let answer = KeptAnswer { person, id, at: now, reply: reply.clone() };
            kept_answers::keep(&service.store, &answer).await?;
            Ok::<_, Fault>(talk::answer_waits(self.locale, id))
        };
        match kept.await {
            Ok(reply) => Some(reply),
            Err(fault) => {
                tracing::error!(error = %fault, place = %place.conversation, "an answer could not be kept");
                None
            }
        }
    }

    /// Keeps an answer to a message for as long as not all of it was posted: a desk that dies in the middle goes on with just this.
    pub async fn begins_to_answer(&self, who: &Identity, message: u64, reply: &Reply) {
        let kept = async {
            let (service, now) = (self.kept()?, self.clock.now());
            let Some(row) = service.people.known(who).await? else { return Ok(()) };
            let (person, id) = (row.record.id, Ticket::new(message));
            let answer = KeptAnswer { person, id, at: now, reply: reply.clone() };
            Ok::<_, Fault>(kept_answers::replace(&service.store, &answer).await?)
        };
        if let Err(fault) = kept.await {
            tracing::warn!(error = %fault, "an answer could not be kept while it is posted");
        }
    }

    /// The answer to a message that was not posted wholly, or of which that is not known; `None` where it was.
    pub async fn began_to_answer(&self, who: &Identity, message: u64) -> Option<Reply> {
        let found = async {
            let service = self.kept()?;
            let Some(row) = service.people.known(who).await? else { return Ok(None) };
            Ok::<_, Fault>(kept_answers::find(&service.store, row.record.id, Ticket::new(message)).await?)
        };
        found.await.unwrap_or_else(|fault| {
            tracing::warn!(error = %fault, "whether an answer was posted wholly could not be found out");
            None
        })
    }

    /// All of the answer to a message was posted.
    pub async fn has_answered(&self, who: &Identity, message: u64) {
        let done = async {
            let service = self.kept()?;
            let Some(row) = service.people.known(who).await? else { return Ok(()) };
            Ok::<_, Fault>(kept_answers::done(&service.store, row.record.id, Ticket::new(message)).await?)
        };
        if let Err(fault) = done.await {
            tracing::warn!(error = %fault, "that an answer was posted could not be kept");
        }
    }

    pub(super) async fn kept_answer(&self, id: Ticket, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let found = kept_answers::find(&self.kept()?.store, turn.talk.person(), id).await?;
        Ok(found.unwrap_or_else(|| talk::not_yours(self.locale)))
    }
}
