//! Flows: takes what a step is given, asks for the next thing, and has done what a flow is for once nothing is missing.

use crate::chat::flow::{Draft, Flow, FlowState, Given, NotTaken, Pick, Step, WritingKind};
use crate::chat::wish::FlowWish;
use crate::chat::{Reply, Ticket};
use crate::replies::flows::{self, Facts};

use super::{Desk, Fault, Turn};

/// Products that are offered as buttons.
const PRODUCTS: usize = 20;
/// Cases that are offered as buttons.
const CASES: usize = 10;

impl Desk {
    pub(super) async fn flow(&self, wish: FlowWish, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        match wish {
            FlowWish::Say(text) => self.give_here(Given::Text(text), turn).await,
            FlowWish::Files => self.give_here(Given::Files, turn).await,
            FlowWish::Skip => self.give_here(Given::Pick(Pick::Skip), turn).await,
            FlowWish::Fill { flow, step, fields } => {
                let own = fields.iter().find(|(name, _)| *name == step);
                let given = match own {
                    Some((_, text)) => Given::Text(text.clone()),
                    None if fields.is_empty() => Given::Text(String::new()),
                    None => Given::Fields(fields),
                };
                self.give_to(flow, &step, given, turn).await
            }
            FlowWish::Pick { flow, step, pick } => self.give_to(flow, &step, Given::Pick(pick), turn).await,
            FlowWish::Back(id) => match self.find_flow(id, turn).await? {
                Some(mut flow) if flow.is_going() => {
                    if !flow.back() {
                        return Ok(flows::at_the_beginning(self.locale).and(self.prompt(&flow, turn).await?));
                    }
                    self.go_on(flow, turn).await
                }
                Some(flow) => Ok(flows::over(self.locale, &flow)),
                None => Ok(flows::nothing_begun(self.locale)),
            },
            FlowWish::Cancel(id) => match self.find_flow(id, turn).await? {
                Some(flow) if flow.is_going() && matches!(flow.draft, Draft::Walk(_)) => {
                    Ok(self.stop_here(flow, turn))
                }
                Some(mut flow) if flow.is_going() => {
                    flow.state = FlowState::Cancelled;
                    let reply = flows::cancelled(self.locale, &flow);
                    turn.leave(flow);
                    Ok(reply)
                }
                Some(flow) => Ok(flows::over(self.locale, &flow)),
                None => Ok(flows::nothing_begun(self.locale)),
            },
            FlowWish::Continue(id) => self.resume(id, turn).await,
            FlowWish::Resend(id) => match self.find_flow(Some(id), turn).await? {
                Some(flow) if flow.is_going() => self.resend(flow, turn).await,
                Some(flow) => Ok(flows::over(self.locale, &flow)),
                None => Ok(flows::nothing_begun(self.locale)),
            },
        }
    }

    /// Begins a flow here. What went on before is kept, and "continue" comes back to it.
    pub(super) async fn begin_flow(&self, draft: Draft, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        // A case about a step of a guide goes on from there: nobody has to be told that the guide waits.
        let is_from_guide = matches!(&draft, Draft::OpenCase(draft) if draft.guide.is_some());
        let kept = turn.talk.active().filter(|_| !is_from_guide).cloned();
        let id = turn.ticket();
        let flow = match self.find_flow(Some(id), turn).await? {
            // The same turn was handed in before.
            Some(flow) if !flow.is_going() => return Ok(flows::over(self.locale, &flow)),
            Some(flow) => flow,
            None => Flow::begin(id, turn.place.clone(), draft, turn.now),
        };
        let reply = self.go_on(flow, turn).await?;
        Ok(match kept {
            Some(earlier) => flows::kept_your_place(self.locale, &earlier).and(reply),
            None => reply,
        })
    }

    /// Goes on with a flow, whichever it was, at this place.
    async fn resume(&self, id: Option<Ticket>, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let flow = match id {
            Some(id) => self.find_flow(Some(id), turn).await?,
            None if turn.talk.active().is_some() => turn.talk.active().cloned(),
            None => {
                let going = self.kept()?.conversations.going(turn.talk.person()).await?;
                match going.as_slice() {
                    [] => return Ok(flows::nothing_begun(self.locale)),
                    [only] => self.find_flow(Some(only.id), turn).await?,
                    [_, ..] => return Ok(flows::choose(self.locale, &going)),
                }
            }
        };
        match flow {
            Some(flow) if flow.is_going() => self.go_on(flow, turn).await,
            Some(flow) => Ok(flows::over(self.locale, &flow)),
            None => Ok(flows::nothing_begun(self.locale)),
        }
    }

    async fn give_here(&self, given: Given, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        match turn.talk.active().cloned() {
            Some(flow) if given == Given::Files && matches!(flow.draft, Draft::OpenCase(_)) => {
                Ok(flows::files_later(self.locale).and(self.prompt(&flow, turn).await?))
            }
            Some(flow) => self.give(flow, given, turn).await,
            None => Ok(flows::nothing_begun(self.locale)),
        }
    }

    /// Gives something to a step of a flow; where it has moved on, its present step is shown, and where it is over, the result.
    async fn give_to(
        &self,
        id: Ticket,
        step: &str,
        given: Given,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        match self.find_flow(Some(id), turn).await? {
            Some(flow) if !flow.is_going() => Ok(flows::over(self.locale, &flow)),
            Some(flow) if flow.step().name() == step => self.give(flow, given, turn).await,
            Some(flow) => self.go_on(flow, turn).await,
            None => Ok(flows::gone(self.locale)),
        }
    }

    async fn give(&self, mut flow: Flow, given: Given, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        // An empty field of a form leaves out what may be left out.
        let is_left_out = given == Given::Text(String::new()) && flow.step() == Step::Text { optional: true };
        let given = if is_left_out { Given::Pick(Pick::Skip) } else { given };
        match flow.give(&given, &self.products()) {
            Ok(()) | Err(NotTaken::NoAnswer) => self.go_on(flow, turn).await,
            Err(why) => {
                let reply = flows::not_taken(self.locale, &flow, &why);
                turn.talk.put_flow(flow.clone());
                Ok(reply.and(self.prompt(&flow, turn).await?))
            }
        }
    }

    /// Asks for what is missing, or does what the flow is for.
    pub(super) async fn go_on(&self, mut flow: Flow, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        turn.talk.conversation.flow = Some(flow.id);
        if let Some(reply) = self.prepare(&mut flow, turn).await? {
            return Ok(reply);
        }
        if flow.step() == Step::Ready {
            return self.finish(flow, turn).await;
        }
        turn.talk.put_flow(flow.clone());
        turn.is_prompted = true;
        self.prompt(&flow, turn).await
    }

    /// Does what a step needs before it can be asked, such as looking for articles. The reply ends the turn, where there is one.
    async fn prepare(&self, flow: &mut Flow, turn: &mut Turn<'_>) -> Result<Option<Reply>, Fault> {
        match flow.draft.clone() {
            Draft::OpenCase(draft) => {
                let looked = self.look_before_opening(flow.id, draft, turn).await?;
                flow.draft = Draft::OpenCase(looked);
                Ok(None)
            }
            Draft::Writing(draft) if draft.case.is_none() => {
                self.find_case_to_write_in(flow, draft, turn).await
            }
            Draft::Writing(_) | Draft::RefuseRequest(_) => Ok(None),
            Draft::Address(_) => self.prove(flow, turn).await,
            Draft::Link(_) => self.prove_link(flow, turn).await,
            Draft::Walk(walk) => self.walk_on(flow, walk, turn).await,
            Draft::Reset(draft) => self.on_reset(flow, draft, turn).await,
            Draft::Account(draft) => self.account_on(flow, draft, turn).await,
        }
    }

    async fn finish(&self, flow: Flow, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        match flow.draft.clone() {
            Draft::OpenCase(draft) => self.finish_opening(flow, draft, turn).await,
            Draft::Writing(draft) => self.finish_writing(flow, draft, turn).await,
            Draft::Address(draft) => self.finish_address(flow, draft, turn).await,
            Draft::Link(draft) => self.finish_link(flow, draft, turn).await,
            Draft::Walk(walk) => Ok(self.finish_walk(flow, &walk, turn)),
            // It does what is wished on the way.
            Draft::Reset(_) => self.prompt(&flow, turn).await,
            Draft::Account(draft) => Box::pin(self.finish_account(flow, draft, turn)).await,
            Draft::RefuseRequest(draft) => self.finish_refusing(flow, &draft, turn).await,
        }
    }

    /// The flow with this name, or the one that goes on here.
    pub(super) async fn find_flow(
        &self,
        id: Option<Ticket>,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Flow>, Fault> {
        let Some(id) = id else { return Ok(turn.talk.active().cloned()) };
        self.kept()?.conversations.fetch_flow(&mut turn.talk, id).await?;
        match (turn.talk.flow(id).cloned(), &turn.who) {
            (Some(flow), Some(person)) => Ok(Some(self.with_sight(flow, person).await?)),
            (flow, _) => Ok(flow),
        }
    }

    /// What the present step of a flow asks.
    pub(super) async fn prompt(&self, flow: &Flow, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let facts = self.facts(flow, turn).await?;
        Ok(flows::prompt(self.locale, flow, &facts))
    }

    /// An answer to something else while a flow goes on here ends with where the flow stands.
    pub(super) async fn remind(&self, reply: Reply, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let Some(flow) = turn.talk.active() else { return Ok(reply) };
        if reply.is_silent() {
            return Ok(reply);
        }
        let facts = self.facts(flow, turn).await?;
        Ok(reply.and(flows::reminder(self.locale, flow, &facts)))
    }

    /// What a step's question names.
    async fn facts(&self, flow: &Flow, turn: &Turn<'_>) -> Result<Facts, Fault> {
        let mut facts = Facts { sign_in: self.sign_in_page(flow, turn), ..Facts::default() };
        match flow.step() {
            Step::Articles(ids) => {
                let found = self.look_up(move |answers| {
                    let articles = ids.iter().map(|id| answers.article(id.as_str()));
                    articles.collect::<Result<Vec<_>, _>>()
                });
                facts.articles = found.await?.into_iter().flatten().map(|article| article.about).collect();
            }
            Step::Similar(number) => {
                facts.cases.extend(self.kept()?.cases.case(&turn.actor()?, number).await.ok());
            }
            Step::WhichCase => facts.cases = self.cases_to_write_in(flow, turn, CASES).await?,
            Step::Product => facts.products = self.products().iter().take(PRODUCTS).cloned().collect(),
            Step::Walk(_) => facts.page = self.page(flow).await?,
            Step::Text { .. }
            | Step::Files
            | Step::Address
            | Step::Code
            | Step::Reset(_)
            | Step::Account(_)
            | Step::Ready => {}
        }
        Ok(facts)
    }

    /// Whether a flow of this kind is for staff only.
    pub(super) fn is_staffs(kind: WritingKind) -> bool {
        match kind {
            WritingKind::Answer | WritingKind::Note | WritingKind::Solve => true,
            WritingKind::Reply | WritingKind::Files | WritingKind::Close | WritingKind::Rate(_) => false,
        }
    }
}
