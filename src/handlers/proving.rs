//! Proving an address with a code, whatever it is for: the code is sent, and what was typed is compared.

use crate::chat::Reply;
use crate::chat::flow::{Address, CODE_LASTS, Draft, Flow, MOST_CODES, MOST_GUESSES, NotTaken, SentCode};
use crate::replies::flows;
use crate::services::addresses::{self, Asked, Proves, Sent};

use super::{Desk, Fault, Turn};

impl Desk {
    /// Sends the code where there is an address and none is on its way, and compares what was typed. The reply ends the turn, where there
    /// is one.
    pub(super) async fn prove(&self, flow: &mut Flow, turn: &mut Turn<'_>) -> Result<Option<Reply>, Fault> {
        let Some(mut proof) = flow.draft.proof().cloned() else { return Ok(None) };
        let Some(address) = proof.address.clone() else { return Ok(None) };
        let Some(code) = proof.code.clone().filter(|code| code.until > turn.now) else {
            if proof.code.is_some() {
                // It ran out while somebody waited: a fresh one needs their word.
                proof.typed = None;
                is_at(flow, proof);
                turn.talk.put_flow(flow.clone());
                return Ok(Some(flows::code_ran_out(self.locale, flow)));
            }
            return self.send(flow, proof, turn).await;
        };
        let Some(typed) = proof.typed.take() else { return Ok(None) };
        let subject = addresses::subject(turn.talk.person(), flow.id, &address);
        let purpose = proves(&flow.draft).purpose();
        if self.kept()?.codes.is_right(&typed, purpose, &subject, code.generation) {
            proof.proved = true;
            is_at(flow, proof);
            return Ok(None);
        }
        let guesses = code.guesses.saturating_add(1);
        let left = MOST_GUESSES.saturating_sub(guesses);
        proof.code = (left > 0).then_some(SentCode { guesses, ..code });
        is_at(flow, proof);
        self.guessed_wrong(flow, left, turn).await.map(Some)
    }

    /// Says that it was not the code; after the last guess the flow is given up.
    pub(super) async fn guessed_wrong(
        &self,
        flow: &Flow,
        left: u8,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        if left == 0 {
            turn.cancel(flow.clone());
            return Ok(flows::too_many_guesses(self.locale, flow));
        }
        turn.talk.put_flow(flow.clone());
        let reply = flows::not_taken(self.locale, flow, &NotTaken::WrongCode { left });
        Ok(reply.and(self.prompt(flow, turn).await?))
    }

    async fn send(
        &self,
        flow: &mut Flow,
        mut proof: Address,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let Some(address) = proof.address.clone() else { return Ok(None) };
        let generation = proof.sent.saturating_add(1);
        let sent = if generation > MOST_CODES {
            Sent::TooMany { again: None }
        } else {
            let proves = proves(&flow.draft);
            let (person, place) = (turn.talk.person(), turn.place);
            let asked = Asked { person, flow: flow.id, place, proves, to: &address, generation };
            addresses::send_code(&self.kept()?.store, asked, turn.now).await?
        };
        if let Sent::TooMany { again } = sent {
            turn.cancel(flow.clone());
            return Ok(Some(flows::too_many_codes(self.locale, again)));
        }
        proof.sent = generation;
        proof.code = Some(SentCode { generation, until: turn.now + CODE_LASTS, guesses: 0 });
        is_at(flow, proof);
        Ok(None)
    }

    /// Sends another code, or another link.
    pub(super) async fn resend(&self, mut flow: Flow, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        if let Draft::Reset(draft) = &mut flow.draft {
            draft.again();
            return self.go_on(flow, turn).await;
        }
        let Some(proof) = flow.draft.proof().cloned() else { return self.go_on(flow, turn).await };
        is_at(&mut flow, Address { code: None, typed: None, ..proof });
        self.go_on(flow, turn).await
    }
}

/// What the address of a flow is proved for.
fn proves(draft: &Draft) -> Proves<'_> {
    match draft {
        Draft::Link(link) => Proves::Link(&link.chat),
        Draft::Address(_)
        | Draft::OpenCase(_)
        | Draft::Writing(_)
        | Draft::Walk(_)
        | Draft::Reset(_)
        | Draft::Account(_)
        | Draft::RefuseRequest(_) => Proves::News,
    }
}

/// A flow's proof is this far from now on.
fn is_at(flow: &mut Flow, proof: Address) {
    flow.draft = flow.draft.clone().proving(proof);
}
