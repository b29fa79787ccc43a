//! The room of a case: whatever is said there goes into its timeline.

use crate::chat::{Reply, secret};
use crate::domain::case::{CaseNumber, NoText, Text, Verb, Written};
use crate::replies::cases::{self, NotTaken};
use crate::replies::secrets;
use crate::services::cases::{Ask, CaseError};

use super::cases::not_taken;
use super::{Desk, Fault, Turn};

impl Desk {
    /// A customer's words are a reply, those of staff an answer. Where it is kept, nothing is said: whoever is there has read it.
    pub(super) async fn in_room(
        &self,
        number: CaseNumber,
        text: &str,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let (files, refused) = self.kept()?.cases.sorted(turn.files);
        let missing = turn.missing.iter().map(|missing| self.why_missing(missing));
        let not_taken: Vec<NotTaken<'_>> = missing.chain(refused.iter().map(not_taken)).collect();
        let text = match Text::parse(text) {
            Ok(text) => Some(text),
            Err(NoText::Empty) if files.is_empty() => {
                return Ok(cases::without_files(self.locale, number, false, &not_taken));
            }
            Err(NoText::Empty) => None,
            Err(error @ NoText::TooLong { .. }) => return self.refused(error.into(), turn),
        };
        let (kept, actor) = (self.kept()?, turn.actor()?);
        let case = match kept.cases.case(&actor, number).await {
            Ok(case) => case,
            Err(CaseError::Unknown(_)) => return Ok(cases::not_of_this_room(self.locale, number)),
            Err(error) => return self.refused(error, turn),
        };
        let written = Written::new(text).said_in(turn.source);
        let is_customer = case.belongs_to(actor.person());
        let verb = if is_customer { Verb::Reply(written) } else { Verb::Answer(written) };
        let once = Some(format!("turn-{}", turn.once));
        // What was written is kept whatever becomes of the files that came with it.
        let ask = Ask { verb, files, once };
        match kept.cases.act(&actor, number, &ask, turn.now).await {
            Ok(_) => Ok(cases::without_files(self.locale, number, true, &not_taken)),
            Err(error) => self.refused(error, turn),
        }
    }

    /// Somebody changed what they had said, or took it back. Where that was not said in the room of a case, or not by them, nobody is
    /// told of it.
    pub(super) async fn correct(
        &self,
        of: &str,
        text: Option<&str>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let Some(number) = turn.room else { return Ok(Reply::default()) };
        let text = match text.map(Text::parse) {
            Some(Ok(text)) => Some(text),
            None | Some(Err(NoText::Empty)) => None,
            Some(Err(error @ NoText::TooLong { .. })) => return self.refused(error.into(), turn),
        };
        let is_masked = text.as_ref().is_some_and(|text| text.as_str().contains(secret::MASK));
        match self.kept()?.cases.correct(&turn.actor()?, of, number, text, turn.now).await {
            // What is read again after a start changes nothing, and is told once.
            Ok(acted) if is_masked && !acted.events.is_empty() => Ok(secrets::taken_out(self.locale)),
            Ok(_) | Err(CaseError::Unknown(_)) => Ok(Reply::default()),
            Err(error) => self.refused(error, turn),
        }
    }
}
