//! Routes what people ask for: one exhaustive match, each arm one service call and one reply.

mod accounts;
mod articles;
mod behalf;
mod cases;
mod complete;
mod desk;
mod fault;
mod flows;
mod guides;
mod hearing;
mod identity;
mod keeping;
mod news;
mod opening;
mod opinions;
mod overheard;
mod passwords;
mod phone;
mod private;
mod products;
pub mod programs;
mod proving;
mod questions;
mod reading;
mod room;
mod rooms;
mod secrets;
mod servers;
mod staff;
mod turn;
mod understand;
mod votes;
mod writing;

pub use complete::Completion;
pub use desk::{Desk, Kept, Random};
pub use fault::Fault;
pub use hearing::Hears;
pub use keeping::Answer;
use keeping::Rest;
pub use opinions::{Heard, Said};
pub use reading::{RESULTS, Reading, Results, Sought};
pub use rooms::{Entry, Letter, RoomView};
use turn::Turn;

use crate::chat::{Input, Intent, Reply, Request, is_private};
use crate::domain::Privacy;
use crate::replies::{help, talk};
use crate::services::conversations::Saved;

/// How often a turn is done anew that was overtaken by another one.
const TRIES: u32 = 4;

impl Desk {
    /// Answers one turn. What the conversation should remember is durable when this returns; after a fault it is as it was before.
    pub async fn handle(&self, request: &Request) -> Reply {
        let Answer { reply, rest, said: _ } = self.answer(request).await;
        if let Some(rest) = rest {
            rest.keep().await;
        }
        reply
    }

    /// Answers one turn. All that the answer says has happened is durable when this returns. What only is remembered of a question may
    /// be kept while the answer is on its way: that is the rest.
    pub async fn answer(&self, request: &Request) -> Answer<'_> {
        // On the heap: a turn may do a lot, and each door would have to hold the room for it.
        match Box::pin(self.turn(request)).await {
            Ok(answer) => answer,
            Err(fault) => self.apologise(&fault).into(),
        }
    }

    async fn turn(&self, request: &Request) -> Result<Answer<'_>, Fault> {
        let in_order = self.in_order(&request.who, &request.place).await;
        // Before anything else is done with it.
        let masked = secrets::without_passwords(request);
        let has_password = masked.is_some();
        let request = masked.as_ref().unwrap_or(request);
        if has_password && let Some(reply) = self.overheard_password(request).await? {
            return Ok(reply.into());
        }
        if !self.heeds(request).await? {
            return Ok(Reply::default().into());
        }
        let server = self.server_of(request).await?;
        let once = request.id.clone().unwrap_or_else(|| format!("{:016x}", self.random()));
        for _ in 0..TRIES {
            let mut turn = self.begin(request, server.as_ref(), &once).await?;
            let intent = self.understand(request, &turn);
            let held = if let Intent::InPrivate(held) = intent { self.held(held, &turn) } else { None };
            let intent = self.perhaps_asked(held.unwrap_or(intent), &turn).await?;
            let is_flow = matches!(intent, Intent::Flow(_));
            let promises_nothing = keeping::promises_nothing(&intent);
            let active = turn.talk.active().map(|flow| flow.id);
            let is_public = request.place.privacy == Privacy::Public;
            // In a room the words count without the file; elsewhere they may be about it.
            let is_in_room = matches!(intent, Intent::InRoom { .. });
            let missing = request.missing.first().filter(|_| !is_in_room);
            if has_password && let Some(reply) = self.in_place_of_a_password(&intent, &turn) {
                return Ok(reply.into());
            }
            let is_told = has_password && secrets::goes_into_case(&intent, &turn);
            let said = secrets::shown_again(request, &intent, &turn);
            let mut reply = match (missing, &request.input) {
                (Some(missing), _) => self.not_brought(missing),
                (None, Input::Text(text) | Input::Overheard(text)) if is_public && is_private(&intent) => {
                    self.hold(text, &mut turn)
                }
                (
                    None,
                    Input::Text(_)
                    | Input::Overheard(_)
                    | Input::Corrected { .. }
                    | Input::Press(_)
                    | Input::Form { .. }
                    | Input::Command(_),
                ) => Box::pin(self.route(intent, &mut turn)).await?,
            };
            reply = self.with_password_taken_out(is_told, reply);
            if !is_flow
                && !turn.is_prompted
                && !is_public
                && active.is_some()
                && turn.talk.active().map(|flow| flow.id) == active
            {
                reply = self.remind(reply, &turn).await?;
            }
            if promises_nothing && let Ok(kept) = self.kept() {
                let rest = Rest::new(kept, turn.talk, turn.now, in_order);
                return Ok(Answer { reply, said, rest: Some(rest) });
            }
            match self.end(&mut turn).await? {
                Saved::Kept => return Ok(Answer { reply, said, rest: None }),
                Saved::Overtaken => {}
            }
        }
        Err(Fault::Overtaken)
    }

    async fn route(&self, intent: Intent, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let memory = &mut turn.talk.conversation.memory;
        let locale = self.locale;
        match intent {
            Intent::Nothing => Ok(Reply::default()),
            Intent::Question(question) => self.question(question, turn).await,
            Intent::NextBest(onward) => self.next_best(&onward, turn).await,
            Intent::More(onward) => self.more(&onward, turn).await,
            Intent::Article(name) => self.article(&name, memory).await,
            Intent::Whole(which) => self.whole(which, memory).await,
            Intent::Products => Ok(self.list_products(memory)),
            Intent::ChooseProduct(name) => Ok(self.choose_product(&name, memory)),
            Intent::AllProducts => Ok(self.choose_all_products(memory)),
            Intent::PhoneNumbers => Ok(self.list_phone_numbers()),
            Intent::PhoneNumber(country) => Ok(self.phone_number(&country)),
            Intent::Person => Ok(self.person()),
            Intent::Vote { answer, at, solved } => self.vote(answer, at, solved, turn).await,
            Intent::VoteLast { solved } => Box::pin(self.vote_last(solved, turn)).await,
            Intent::Case(wish) => Box::pin(self.case_wish(wish, turn)).await,
            Intent::Staff(wish) => self.staff(wish, turn).await,
            Intent::Flow(wish) => Box::pin(self.flow(wish, turn)).await,
            Intent::News(wish) => self.news_wish(wish, turn).await,
            Intent::Identity(wish) => Box::pin(self.identity_wish(wish, turn)).await,
            Intent::Guide(wish) => Box::pin(self.guide(wish, turn)).await,
            Intent::Password { address } => Box::pin(self.password(address.as_deref(), turn)).await,
            Intent::Account(wish) => Box::pin(self.account_wish(wish, turn)).await,
            Intent::Ask => Ok(talk::ask(locale)),
            // What was held is understood before; here nothing was.
            Intent::InPrivate(_) => Ok(talk::not_yours(locale)),
            Intent::Kept(id) => self.kept_answer(id, turn).await,
            Intent::Server(wish) => self.server(wish, turn).await,
            Intent::InRoom { case, text } => self.in_room(case, &text, turn).await,
            Intent::Correct { of, text } => self.correct(&of, text.as_deref(), turn).await,
            Intent::NoCase(typed) => self.no_case(&typed, turn).await,
            Intent::Help => Ok(help::help(locale, self.has_products(), turn.allows(), turn.place.platform)),
            Intent::Rephrase => Ok(help::rephrase(locale, self.has_products())),
            Intent::SmallTalk(talk) => Ok(talk::small_talk(locale, talk)),
            Intent::Incomplete(spec) => Ok(help::incomplete(locale, spec, turn.place.platform)),
            Intent::UnknownCommand { typed } => Ok(help::unknown_command(locale, &typed, turn.allows())),
            Intent::UnknownChoice => Ok(help::unknown_choice(locale)),
        }
    }
}
