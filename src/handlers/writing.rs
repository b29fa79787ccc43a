//! Writing in a case: a reply, files, an answer, a note, the reason why it is closed.

use crate::chat::Reply;
use crate::chat::flow::{Draft, Flow, Outcome, Writing, WritingKind};
use crate::domain::case::{Case, CaseNumber, NoText, Rating, Score, Standing, Verb, Written};
use crate::replies::cases;
use crate::services::cases::Ask;

use super::{Desk, Fault, Turn};

/// How many of somebody's newest cases are looked through for those they can write in.
const LOOKED_AT: usize = 50;

impl Desk {
    pub(super) async fn write(
        &self,
        kind: WritingKind,
        case: Option<CaseNumber>,
        text: Option<&str>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        if Self::is_staffs(kind) && turn.actor()?.staff().is_none() {
            return Ok(cases::only_staff(self.locale));
        }
        let mut writing = match Writing::new(kind, case, text) {
            Ok(writing) => writing,
            Err(NoText::Empty) => Writing::new(kind, case, None).map_err(|_| Fault::KeepsNothing)?,
            Err(NoText::TooLong { length, most }) => return Ok(cases::too_long(self.locale, length, most)),
        };
        if let Some(number) = case {
            // Whether it can be written in is said before somebody writes.
            let found = match self.kept()?.cases.case(&turn.actor()?, number).await {
                Ok(found) => found,
                Err(error) => return self.refused(error, turn),
            };
            if let Some(reply) = self.not_now(kind, &found, turn) {
                return Ok(reply);
            }
        }
        if !turn.files.is_empty() && text.is_none() {
            // Files without words.
            writing = writing.without_words();
        }
        self.begin_flow(Draft::Writing(writing), turn).await
    }

    /// What is said where a case can't be written in as it is.
    fn not_now(&self, kind: WritingKind, case: &Case, turn: &Turn<'_>) -> Option<Reply> {
        let closed = case.standing() == Standing::Closed;
        let reopens = case.reopens(turn.now);
        let is_refused = match kind {
            WritingKind::Reply | WritingKind::Files => closed && !reopens,
            WritingKind::Close | WritingKind::Answer | WritingKind::Solve => closed,
            WritingKind::Rate(_) => case.status.is_active(),
            WritingKind::Note => false,
        };
        is_refused.then(|| match kind {
            WritingKind::Reply | WritingKind::Files => cases::closed_for_good(self.locale, case),
            WritingKind::Close => cases::closed_already(self.locale, case),
            WritingKind::Answer | WritingKind::Solve | WritingKind::Note => {
                cases::closed_for_staff(self.locale, case)
            }
            WritingKind::Rate(_) => cases::not_over(self.locale, case),
        })
    }

    /// The cases that somebody may mean who did not say which.
    pub(super) async fn cases_to_write_in(
        &self,
        flow: &Flow,
        turn: &Turn<'_>,
        limit: usize,
    ) -> Result<Vec<Case>, Fault> {
        let Draft::Writing(writing) = &flow.draft else { return Ok(Vec::new()) };
        let own = self.kept()?.cases.own(turn.actor()?.person(), None, LOOKED_AT).await?;
        let fits = own.into_iter().filter(|case| self.not_now(writing.kind, case, turn).is_none());
        Ok(fits.take(limit).collect())
    }

    /// Takes the only case that can be meant; says so where there is none.
    pub(super) async fn find_case_to_write_in(
        &self,
        flow: &mut Flow,
        mut writing: Writing,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let candidates = self.cases_to_write_in(flow, turn, LOOKED_AT).await?;
        let active: Vec<&Case> = candidates.iter().filter(|case| case.status.is_active()).collect();
        match (active.as_slice(), candidates.as_slice()) {
            ([only], _) => writing.case = Some(only.number),
            ([], [only]) => writing.case = Some(only.number),
            (_, []) => {
                turn.cancel(flow.clone());
                return Ok(Some(cases::none_to_write_in(self.locale)));
            }
            ([], [_, _, ..]) | ([_, _, ..], _) => {}
        }
        if !turn.files.is_empty() && writing.case.is_none() {
            // Files can't wait for an answer.
            turn.cancel(flow.clone());
            return Ok(Some(cases::which_case_for_files(self.locale, &candidates)));
        }
        flow.draft = Draft::Writing(writing);
        Ok(None)
    }

    pub(super) async fn finish_writing(
        &self,
        flow: Flow,
        writing: Writing,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let Some(number) = writing.case else { return self.prompt(&flow, turn).await };
        let words = writing.words().cloned();
        let said = || Written::new(words.clone());
        let reason = || words.as_ref().map(|text| text.as_str().to_owned());
        let verb = match writing.kind {
            WritingKind::Reply | WritingKind::Files => Verb::Reply(said()),
            WritingKind::Close => Verb::Close { reason: reason() },
            WritingKind::Rate(score) => Verb::Rate(Rating { score, comment: reason() }),
            WritingKind::Answer => Verb::Answer(said()),
            WritingKind::Note => Verb::Note(said()),
            WritingKind::Solve => Verb::Solve(words.is_some().then(said)),
        };
        let ask = Ask { verb, files: turn.files.to_vec(), once: Some(format!("flow-{}", flow.id)) };
        match self.kept()?.cases.act(&turn.actor()?, number, &ask, turn.now).await {
            Ok(acted) => {
                turn.done(flow, Outcome::Case(number));
                turn.talk.conversation.memory.case = Some(number);
                Ok(cases::written(self.locale, writing.kind, &acted.case, &acted.events))
            }
            Err(error) => {
                // Nothing more can become of it as it is; the words can be said again where it is allowed.
                turn.cancel(flow);
                self.refused(error, turn)
            }
        }
    }

    /// After a rating: what it was about. Leaving it out is fine.
    pub(super) async fn ask_why(
        &self,
        case: &Case,
        score: Score,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let writing = Writing::new(WritingKind::Rate(score), Some(case.number), None);
        let writing = writing.map_err(|_| Fault::KeepsNothing)?;
        let asked = self.begin_flow(Draft::Writing(writing), turn).await?;
        Ok(cases::rated(self.locale, case).and(asked))
    }
}
