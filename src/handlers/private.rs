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

    pub(super) async fn kept_answer(&self, id: Ticket, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let found = kept_answers::find(&self.kept()?.store, turn.talk.person(), id).await?;
        Ok(found.unwrap_or_else(|| talk::not_yours(self.locale)))
    }
}
