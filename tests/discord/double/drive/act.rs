//! What somebody did, and what the bot makes of it.

use serde_json::Value;

use super::super::{Double, id::Id, interaction::Interaction, model::Message, state::State};

/// An interaction, to ask after its answers.
#[derive(Clone)]
pub struct Act {
    pub double: Double,
    pub id: Id,
    pub user: Id,
    pub channel: Id,
}

/// The bot's first answer.
#[derive(Debug, Clone)]
pub struct Callback {
    /// 4 a message, 5 a message later, 6 a change later, 7 a change, 8 choices, 9 a modal.
    pub kind: u64,
    pub data: Value,
    /// What came of it: the message made or changed.
    pub message: Option<Message>,
}

impl Act {
    async fn find<T>(&self, look: impl Fn(&State, &Interaction) -> Option<T>) -> T {
        self.double.find(|state| look(state, &state.interactions[&self.id])).await
    }

    /// The first answer, once it is given.
    pub async fn answer(&self) -> Callback {
        self.find(|state, act| {
            let answered = act.answered.clone()?;
            let message = act.original.and_then(|id| state.message(id)).cloned();
            Some(Callback { kind: answered.kind, data: answered.data, message })
        })
        .await
    }

    /// The message that the person ends up seeing as the answer: also when "is thinking" came first, or when the message
    /// with the button was changed later.
    pub async fn shown(&self) -> Message {
        self.find(|state, act| {
            let kind = act.answered.as_ref()?.kind;
            let message = act.original.and_then(|id| state.message(id)).cloned();
            match kind {
                4 | 7 => message,
                5 => message.filter(|message| !message.is_loading()),
                6 => match act.edits.last() {
                    Some(_) => message,
                    None => act.followups.first().and_then(|id| state.message(*id)).cloned(),
                },
                _ => panic!("the answer is no message but of type {kind}"),
            }
        })
        .await
    }

    /// The modal that was opened, once it is.
    pub async fn modal(&self) -> Value {
        let answer = self.answer().await;
        assert_eq!(answer.kind, 9, "the answer is no modal: {}", answer.data);
        answer.data
    }

    /// The choices that were offered while somebody typed: `(name, value)`.
    pub async fn choices(&self) -> Vec<(String, Value)> {
        let answer = self.answer().await;
        assert_eq!(answer.kind, 8, "these are no choices: {}", answer.data);
        let choices = answer.data["choices"].as_array().cloned().unwrap_or_default();
        choices.iter().map(|one| (one["name"].as_str().unwrap().to_owned(), one["value"].clone())).collect()
    }

    /// The further messages so far.
    pub fn followups(&self) -> Vec<Message> {
        self.double.read(|state| {
            let ids = &state.interactions[&self.id].followups;
            ids.iter().filter_map(|id| state.message(*id)).cloned().collect()
        })
    }

    /// Further message number n, counted from 0, once there is one.
    pub async fn followup(&self, n: usize) -> Message {
        self.find(|state, act| state.message(*act.followups.get(n)?).cloned()).await
    }

    /// What messages became through this interaction, in order.
    pub fn edits(&self) -> Vec<Message> {
        self.double.read(|state| state.interactions[&self.id].edits.clone())
    }

    /// Change number n, counted from 0, once there is one.
    pub async fn edit(&self, n: usize) -> Message {
        self.find(|_, act| act.edits.get(n).cloned()).await
    }

    /// Whether it was answered.
    pub fn is_answered(&self) -> bool {
        self.double.read(|state| state.interactions[&self.id].answered.is_some())
    }

    /// The token, for requests made by hand.
    pub fn token(&self) -> String {
        self.double.read(|state| state.interactions[&self.id].token.clone())
    }
}
