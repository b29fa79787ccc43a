//! What several conversations do.

use serde_json::{Value, json};

use crate::discord::double::{Act, Id, Message};
use crate::discord::world::World;

/// What somebody presses who wants their case, whatever is offered first.
const ON_TO_THE_CASE: [&str; 4] =
    ["Neither helps, open the case", "It does not help, open the case", "Something else", "Open a new case"];

/// An option as the transcript shows it: the numbers of people and files differ from run to run.
fn given(value: &Value) -> &str {
    let text = value.as_str().unwrap_or("…");
    if text.len() > 15 && text.bytes().all(|byte| byte.is_ascii_digit()) { "…" } else { text }
}

impl World {
    /// Somebody opens a case about something.
    pub async fn opens(&mut self, who: Id, channel: Id, text: &str) -> Message {
        let asked = self.double.slash(who, channel, "case open", &json!({ "text": text }));
        self.presses_on(who, &asked).await
    }

    /// Somebody presses on until the case is open.
    pub async fn presses_on(&mut self, who: Id, begun: &Act) -> Message {
        let mut shown = begun.shown().await;
        while let Some(button) = ON_TO_THE_CASE.into_iter().find(|label| shown.button(label).is_some()) {
            shown = self.double.press_labelled(who, shown.id, button).shown().await;
        }
        shown
    }

    /// Somebody commands, and it goes into the transcript.
    pub async fn commands(&mut self, name: &str, channel: Id, command: &str, options: &Value) -> Message {
        let who = self.named(name);
        let given: Vec<String> = options
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| format!(" {name}:{}", given(value)))
            .collect();
        let act = self.double.slash(who, channel, command, options);
        self.tells(&format!("{name}: /{command}{}", given.concat()), &act).await
    }

    /// Somebody presses, and it goes into the transcript.
    pub async fn presses(&mut self, name: &str, message: &Message, label: &str) -> Message {
        let act = self.double.press_labelled(self.named(name), message.id, label);
        self.tells(&format!("{name} presses [{label}]"), &act).await
    }

    /// Somebody writes where the desk answers, and both go into the transcript.
    pub async fn asks(&mut self, name: &str, channel: Id, text: &str) -> Message {
        let said = self.double.says(self.named(name), channel, text);
        let answer = self.double.answer_after(channel, said).await;
        assert_eq!(answer.reference.as_ref().and_then(|to| to.message), Some(said), "{text}: {answer:#?}");
        let text = text.replace(&format!("<@{}>", self.double.bot()), "@guidepost");
        self.note(&format!("{name}: {text}"));
        self.show(&answer);
        answer
    }

    /// One of those whom every world has.
    pub fn named(&self, name: &str) -> Id {
        match name {
            "Alice" => self.alice,
            "Bo" => self.bo,
            "Mona" => self.mona,
            other => panic!("nobody is called {other}"),
        }
    }

    /// What the bot wrote in a channel for everybody there, oldest first.
    pub fn written_in(&self, channel: Id) -> Vec<Message> {
        let bot = self.double.bot();
        self.double.messages(channel).into_iter().filter(|message| message.author == bot).collect()
    }
}
