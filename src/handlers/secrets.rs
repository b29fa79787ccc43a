//! Passwords that people type where none belongs: taken out before anything else is done with what they typed.

use crate::chat::commands::Command;
use crate::chat::flow::Draft;
use crate::chat::wish::{CaseWish, FlowWish, GuideWish, NewCase, StaffWish};
use crate::chat::{Input, Intent, Reply, Request, secret};
use crate::replies::secrets;

use super::{Desk, Fault, Hears, Turn};

/// What becomes of a turn that had a password in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Becomes {
    /// Nothing: its writer is told what to do.
    Nothing,
    /// The rest goes into a case, and its writer is told.
    RestInCase,
    /// The flow that goes on says itself that no password is typed in it.
    Advised,
}

/// The turn without the passwords that its writer calls so; `None` where there are none. Names of files are left as they are.
pub(super) fn without_passwords(request: &Request) -> Option<Request> {
    let input = match &request.input {
        Input::Text(text) => Input::Text(secret::masked(text)?),
        Input::Overheard(text) => Input::Overheard(secret::masked(text)?),
        Input::Corrected { of, text } => {
            let text = Some(secret::masked(text.as_deref()?)?);
            Input::Corrected { of: of.clone(), text }
        }
        Input::Form { id, fields } => {
            let masked: Vec<Option<String>> = fields.iter().map(|(_, text)| secret::masked(text)).collect();
            masked.iter().any(Option::is_some).then_some(())?;
            let fields = fields.iter().zip(masked);
            let fields = fields.map(|((name, text), masked)| (name.clone(), masked.unwrap_or(text.clone())));
            Input::Form { id: id.clone(), fields: fields.collect() }
        }
        Input::Command(command) => Input::Command(without_password(command)?),
        Input::Press(_) => return None,
    };
    Some(Request { input, ..request.clone() })
}

/// The same for a command whose arguments were told apart.
fn without_password(command: &Command) -> Option<Command> {
    Some(match command {
        Command::Ask { question, product } => {
            Command::Ask { question: secret::masked(question)?, product: product.clone() }
        }
        Command::Case(CaseWish::Open(wish)) => {
            let text = Some(secret::masked(wish.text.as_deref()?)?);
            Command::Case(CaseWish::Open(NewCase { text, ..wish.clone() }))
        }
        Command::Case(CaseWish::Write { kind, case, text }) => {
            let text = Some(secret::masked(text.as_deref()?)?);
            Command::Case(CaseWish::Write { kind: *kind, case: *case, text })
        }
        Command::Case(CaseWish::Find { query }) => {
            Command::Case(CaseWish::Find { query: secret::masked(query)? })
        }
        Command::Staff(StaffWish::OpenFor { who, called, text }) => {
            let text = Some(secret::masked(text.as_deref()?)?);
            Command::Staff(StaffWish::OpenFor { who: who.clone(), called: called.clone(), text })
        }
        Command::Guide(GuideWish::Through(words)) => {
            Command::Guide(GuideWish::Through(secret::masked(words)?))
        }
        // Nothing else takes sentences.
        Command::Article { .. }
        | Command::Whole { .. }
        | Command::Next
        | Command::More
        | Command::Product { .. }
        | Command::Phone { .. }
        | Command::Person
        | Command::Help
        | Command::Case(_)
        | Command::Staff(_)
        | Command::Flow(_)
        | Command::News(_)
        | Command::Password { .. }
        | Command::Identity(_)
        | Command::Account(_)
        | Command::Guide(_)
        | Command::Server(_)
        | Command::NoCase(_)
        | Command::Incomplete(_)
        | Command::Unknown(_) => return None,
    })
}

impl Desk {
    /// What is said where a password was overheard among people who ask questions there; `None` where the turn goes on.
    pub(super) async fn overheard_password(&self, request: &Request) -> Result<Option<Reply>, Fault> {
        let is_overheard = matches!(&request.input, Input::Overheard(_));
        let is_heard =
            is_overheard && self.what_it_hears(&request.place, request.within).await? == Hears::Questions;
        Ok(is_heard.then(|| secrets::never_here(self.locale)))
    }

    /// What is said in place of an answer to a turn that had a password in it; `None` where the rest goes on.
    pub(super) fn in_place_of_a_password(&self, intent: &Intent, turn: &Turn<'_>) -> Option<Reply> {
        (becomes(intent, turn) == Becomes::Nothing).then(|| secrets::never_here(self.locale))
    }

    /// Tells whoever wrote it that a password was taken out.
    pub(super) fn with_password_taken_out(&self, is_told: bool, reply: Reply) -> Reply {
        if is_told { reply.and(secrets::taken_out(self.locale)) } else { reply }
    }
}

/// Whether the rest of a turn that had a password in it goes into a case, and its writer has to be told. Where it
/// is a correction, that is told where the correction is made.
pub(super) fn goes_into_case(intent: &Intent, turn: &Turn<'_>) -> bool {
    becomes(intent, turn) == Becomes::RestInCase && !matches!(intent, Intent::Correct { .. })
}

/// What somebody typed, as their own page may show it again. In the flows where a password may be typed by mistake, that is nothing.
pub(super) fn shown_again(without: &Request, intent: &Intent, turn: &Turn<'_>) -> Option<String> {
    match &without.input {
        Input::Text(text) if becomes(intent, turn) != Becomes::Advised => Some(text.clone()),
        Input::Text(_)
        | Input::Overheard(_)
        | Input::Corrected { .. }
        | Input::Press(_)
        | Input::Form { .. }
        | Input::Command(_) => None,
    }
}

fn becomes(intent: &Intent, turn: &Turn<'_>) -> Becomes {
    match intent {
        Intent::InRoom { .. }
        | Intent::Correct { .. }
        | Intent::Case(
            CaseWish::Open(NewCase { text: Some(_), .. }) | CaseWish::Write { text: Some(_), .. },
        )
        | Intent::Staff(StaffWish::OpenFor { text: Some(_), .. }) => Becomes::RestInCase,
        Intent::Flow(FlowWish::Say(_) | FlowWish::Fill { .. }) => {
            match turn.talk.active().map(|flow| &flow.draft) {
                Some(Draft::Reset(_) | Draft::Address(_) | Draft::Link(_)) => Becomes::Advised,
                Some(
                    Draft::OpenCase(_)
                    | Draft::Writing(_)
                    | Draft::Walk(_)
                    | Draft::Account(_)
                    | Draft::RefuseRequest(_),
                )
                | None => Becomes::RestInCase,
            }
        }
        Intent::Case(_)
        | Intent::Staff(_)
        | Intent::Flow(_)
        | Intent::Nothing
        | Intent::Question(_)
        | Intent::NextBest(_)
        | Intent::More(_)
        | Intent::Article(_)
        | Intent::Whole(_)
        | Intent::Products
        | Intent::ChooseProduct(_)
        | Intent::AllProducts
        | Intent::PhoneNumbers
        | Intent::PhoneNumber(_)
        | Intent::Person
        | Intent::Help
        | Intent::Rephrase
        | Intent::Vote { .. }
        | Intent::VoteLast { .. }
        | Intent::News(_)
        | Intent::Password { .. }
        | Intent::Identity(_)
        | Intent::Account(_)
        | Intent::Guide(_)
        | Intent::Ask
        | Intent::InPrivate(_)
        | Intent::Kept(_)
        | Intent::Server(_)
        | Intent::NoCase(_)
        | Intent::SmallTalk(_)
        | Intent::Incomplete(_)
        | Intent::UnknownCommand { .. }
        | Intent::UnknownChoice => Becomes::Nothing,
    }
}
