//! What people say to each other where the desk listens: what is not for it leaves no trace, not even of who said it.

use crate::chat::{Input, Intent, Onward, Request, Whole, looks_like_question};
use crate::services::rooms;

use super::{Desk, Fault, Hears};

impl Desk {
    /// Whether a turn is for the desk. What is not is not answered, and whoever said it is not made known.
    pub(super) async fn heeds(&self, request: &Request) -> Result<bool, Fault> {
        match &request.input {
            Input::Overheard(_) => match self.what_it_hears(&request.place, request.within).await? {
                Hears::Nothing => Ok(false),
                Hears::Questions => self.can_help(request).await,
                Hears::Room | Hears::Alone => Ok(true),
            },
            Input::Corrected { .. } => self.said_in_a_room(request).await,
            Input::Text(_) | Input::Press(_) | Input::Form { .. } | Input::Command(_) => Ok(true),
        }
    }

    /// Whether the desk has something to say to what was overheard: as it would understand it, with nothing kept.
    async fn can_help(&self, request: &Request) -> Result<bool, Fault> {
        let turn = self.glimpse(request).await?;
        let memory = &turn.talk.conversation.memory;
        let intent = self.perhaps_asked(self.understand(request, &turn), &turn).await?;
        if let Intent::Question(question) = &intent {
            return Ok(looks_like_question(&question.text) || self.answers_well(question, memory).await?);
        }
        // "more" and "next" are words of every day, unless something was answered before.
        let goes_on = matches!(intent, Intent::NextBest(Onward::Last) | Intent::More(Onward::Last));
        let is_about_the_last = intent == Intent::Whole(Whole::Last);
        Ok(intent != Intent::Nothing
            && (!goes_on || memory.last().is_some())
            && (!is_about_the_last || memory.article.is_some()))
    }

    /// Whether somebody who was here before changes something in the room of a case.
    async fn said_in_a_room(&self, request: &Request) -> Result<bool, Fault> {
        let Ok(kept) = self.kept() else { return Ok(false) };
        let is_room = rooms::case_of(&kept.store, &request.place).await?.is_some();
        Ok(is_room && kept.people.known(&request.who).await?.is_some())
    }
}
