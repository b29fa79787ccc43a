//! Routes what people ask for: one exhaustive match, each arm one service call and one reply.

mod articles;
mod desk;
mod fault;
mod phone;
mod products;
mod questions;

pub use desk::{Desk, Random};
pub use fault::Fault;

use crate::chat::{Intent, Memory, Reply, Request, parse};
use crate::replies::{help, talk};

impl Desk {
    /// Answers one turn. What the conversation should remember is left in `memory`; after a fault it is unchanged.
    pub async fn handle(&self, request: &Request, memory: &mut Memory) -> Reply {
        let intent = parse::parse(&request.input, &self.products(), &self.phone_numbers());
        match self.route(intent, memory).await {
            Ok(reply) => reply,
            Err(fault) => self.apologise(&fault),
        }
    }

    async fn route(&self, intent: Intent, memory: &mut Memory) -> Result<Reply, Fault> {
        let locale = self.locale;
        match intent {
            Intent::Nothing => Ok(Reply::default()),
            Intent::Question(question) => self.question(question, memory).await,
            Intent::NextBest(onward) => self.next_best(&onward, memory).await,
            Intent::More(onward) => self.more(&onward, memory).await,
            Intent::Article(name) => self.article(&name, memory).await,
            Intent::Whole(which) => self.whole(which, memory).await,
            Intent::Products => Ok(self.list_products(memory)),
            Intent::ChooseProduct(name) => Ok(self.choose_product(&name, memory)),
            Intent::AllProducts => Ok(self.choose_all_products(memory)),
            Intent::PhoneNumbers => Ok(self.list_phone_numbers()),
            Intent::PhoneNumber(country) => Ok(self.phone_number(&country)),
            Intent::Person => Ok(self.person()),
            Intent::Help => Ok(help::help(locale, self.has_products())),
            Intent::Rephrase => Ok(help::rephrase(locale, self.has_products())),
            Intent::SmallTalk(talk) => Ok(talk::small_talk(locale, talk)),
            Intent::Incomplete(spec) => Ok(help::incomplete(locale, spec)),
            Intent::UnknownCommand { typed } => Ok(help::unknown_command(locale, &typed)),
            Intent::UnknownChoice => Ok(help::unknown_choice(locale)),
        }
    }
}
