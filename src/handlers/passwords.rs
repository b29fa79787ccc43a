//! A forgotten password: the link, what helps where it does not come, and the case for whom nothing did.

use crate::chat::Reply;
use crate::chat::flow::{Draft, Flow, MOST_LINKS, OpenCase, Outcome, Reset, ResetAt, ResetWish};
use crate::domain::account::WebAddress;
use crate::domain::{LinkPurpose, MailAddress};
use crate::replies::flows::reset;
use crate::services::accounts::signing_in_at;
use crate::services::limits::{Counted, TooOften};

use super::{Desk, Fault, Turn};

/// The queue for help with passwords.
const QUEUE: &str = "customer-service";

impl Desk {
    pub(super) async fn password(&self, address: Option<&str>, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        if self.pages.is_none() {
            return Ok(reset::no_pages(self.locale));
        }
        if address.is_none()
            && let Some(flow) = turn.talk.active().cloned()
            && matches!(&flow.draft, Draft::Reset(_))
        {
            // Said twice, it is meant once.
            return self.go_on(flow, turn).await;
        }
        let draft = match address.map(MailAddress::parse) {
            None => Reset::default(),
            Some(Ok(address)) if address.domain().contains('.') => Reset::of(Some(address)),
            Some(_) => Reset { wish: Some(ResetWish::Advise), ..Reset::default() },
        };
        self.begin_flow(Draft::Reset(draft), turn).await
    }

    /// Does what was asked for in the flow. The reply ends the turn, where there is one.
    pub(super) async fn on_reset(
        &self,
        flow: &mut Flow,
        mut draft: Reset,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let wish = draft.wish.take();
        flow.draft = Draft::Reset(draft.clone());
        match wish {
            None => Ok(None),
            Some(ResetWish::Advise) => {
                turn.talk.put_flow(flow.clone());
                turn.is_prompted = true;
                let advice = reset::no_password_here(self.locale, draft.at);
                Ok(Some(advice.and(self.prompt(flow, turn).await?)))
            }
            Some(ResetWish::Send) => self.send_link(flow, draft, turn).await,
            Some(ResetWish::Company(url)) => {
                turn.done(flow.clone(), Outcome::Reset);
                self.company(url.as_ref()).await.map(Some)
            }
            Some(ResetWish::Case) => self.case_about_reset(flow.clone(), &draft, turn).await.map(Some),
            Some(ResetWish::End) => {
                turn.done(flow.clone(), Outcome::Reset);
                Ok(Some(reset::ended(self.locale)))
            }
        }
    }

    /// Has a link sent; what is said is the same whoever has the address.
    async fn send_link(
        &self,
        flow: &mut Flow,
        mut draft: Reset,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let Some(address) = draft.address.clone() else { return Ok(None) };
        let (ticket, person) = (turn.ticket(), turn.talk.person());
        let asked = if draft.sent >= MOST_LINKS {
            Err(None)
        } else {
            let place = Counted::place(turn.place);
            let links = &self.kept()?.links;
            let ask = links.ask(LinkPurpose::Reset, &address, Some(person), &place, turn.now, ticket);
            ask.await?.map_err(|TooOften { at }| Some(at))
        };
        match asked {
            Ok(until) => {
                let is_again = draft.sent > 0;
                draft.sent += 1;
                draft.until = Some(until);
                draft.at = ResetAt::Sent;
                flow.draft = Draft::Reset(draft);
                if !is_again {
                    return Ok(None);
                }
                turn.talk.put_flow(flow.clone());
                turn.is_prompted = true;
                Ok(Some(reset::sent_again(self.locale).and(self.prompt(flow, turn).await?)))
            }
            Err(at) => {
                draft.at = if draft.sent > 0 { ResetAt::List } else { ResetAt::Address };
                draft.checked |= draft.sent > 0;
                flow.draft = Draft::Reset(draft);
                turn.talk.put_flow(flow.clone());
                turn.is_prompted = true;
                Ok(Some(reset::too_many(self.locale, at).and(self.prompt(flow, turn).await?)))
            }
        }
    }

    /// Where a company signs in. Only what somebody typed is shown, and only where it is known.
    async fn company(&self, url: Option<&WebAddress>) -> Result<Reply, Fault> {
        let known = match url {
            Some(url) => signing_in_at(&self.kept()?.store, url).await?,
            None => None,
        };
        Ok(reset::company(self.locale, url.is_some(), known.as_ref()))
    }

    /// A case for customer service that says what was tried.
    async fn case_about_reset(&self, flow: Flow, draft: &Reset, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let text = reset::case(self.locale, draft);
        let mut case = match OpenCase::settled(&text) {
            Ok(case) => case,
            Err(error) => return self.refused(error.into(), turn),
        };
        let queues = self.kept()?.cases.queues();
        case.queue = queues.iter().find(|queue| queue.as_str() == QUEUE).cloned();
        turn.done(flow, Outcome::Reset);
        // On the heap: a flow that begins another one.
        Box::pin(self.begin_flow(Draft::OpenCase(case), turn)).await
    }
}
