//! "Did that solve it?": the vote on an answer, and what follows a no.

use crate::chat::flow::{Given, Pick};
use crate::chat::{Asked, Onward, Reply, SmallTalk, Ticket};
use crate::domain::Handle;
use crate::replies::{onward, talk, votes};
use crate::services::conversations::Vote;

use super::{Desk, Fault, Turn};

impl Desk {
    /// Keeps what the person says of one result of an answer that they got. Said again, it is said once; changed, the last word counts.
    pub(super) async fn vote(
        &self,
        id: Ticket,
        at: usize,
        solved: bool,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        self.kept()?.conversations.fetch_answer(&mut turn.talk, id).await?;
        let Some(mut answer) = turn.talk.answer(id).cloned() else {
            return Ok(onward::question_forgotten(self.locale));
        };
        let Some(article) = answer.shown.get(&at).cloned() else {
            return Ok(onward::question_forgotten(self.locale));
        };
        let before = answer.votes.get(&article).map(|vote| vote.solved);
        if before != Some(solved) {
            answer.votes.insert(article, Vote { solved, at: turn.now });
            turn.talk.put_answer(answer.clone());
        }
        if solved {
            return Ok(votes::solved(self.locale, before == Some(true)));
        }
        let asked = Asked {
            text: answer.text.clone(),
            product: answer.product.clone(),
            at: at + 1,
            seen: at + 1,
            answer: Some(id),
        };
        self.show_next(asked, turn).await
    }

    /// The same about what was shown last.
    pub(super) async fn vote_last(&self, solved: bool, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        if solved && let Some((flow, article)) = turn.offered_article() {
            let mut flow = flow;
            return match flow.give(&Given::Pick(Pick::Solved(Handle::from(&article))), &self.products()) {
                Ok(()) => self.go_on(flow, turn).await,
                Err(_) => self.prompt(&flow, turn).await,
            };
        }
        let last = turn.talk.conversation.memory.last().and_then(|asked| Some((asked.answer?, asked.at)));
        match last {
            Some((answer, at)) if self.keeps() => self.vote(answer, at, solved, turn).await,
            Some(_) | None if solved => Ok(talk::small_talk(self.locale, SmallTalk::Thanks)),
            Some(_) | None => self.next_best(&Onward::Last, turn).await,
        }
    }
}
