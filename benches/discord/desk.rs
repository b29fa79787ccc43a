//! The desk as an operator runs it, people on its server, and what they do.

use serde_json::json;

use crate::discord::double::{Act, Double, Id};
use crate::discord::world::World;

/// Questions as people type them.
const QUESTIONS: &str = include_str!("../../tests/data/questions.tsv");
/// What is said in help channels and is no question.
const CHATTER: [&str; 4] = ["thanks", "ok", "good morning everybody", "see you tomorrow"];

/// The desk, and who is there.
pub struct Desk {
    pub world: World,
    pub double: Double,
    /// A case each, which has its thread.
    pub customers: Vec<(Id, Id)>,
    pub people: Vec<Id>,
    help: Vec<Id>,
    questions: Vec<&'static str>,
}

/// What somebody does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Ask,
    Press,
    Show,
    Question,
    Chatter,
    Thread,
}

impl Turn {
    pub const ALL: [Self; 6] =
        [Self::Ask, Self::Press, Self::Show, Self::Question, Self::Chatter, Self::Thread];
    /// The order in which they come, ten in all.
    pub const MIX: [Self; 10] = [
        Self::Ask,
        Self::Press,
        Self::Question,
        Self::Ask,
        Self::Thread,
        Self::Ask,
        Self::Show,
        Self::Press,
        Self::Chatter,
        Self::Ask,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Ask => "`/ask`",
            Self::Press => "a button under an answer",
            Self::Show => "`/case show`",
            Self::Question => "a question in a help channel",
            Self::Chatter => "chatter in a help channel",
            Self::Thread => "a message in the thread of a case",
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy)]
pub enum Done {
    /// An interaction, which is answered by its callback.
    Interaction(Turn, Id),
    /// A message, which is answered by a message that refers to it, or by none.
    Message(Turn, Id),
}

impl Desk {
    /// The desk is there, and nobody has said anything yet.
    pub async fn start(people: usize) -> Self {
        let mut world = World::bare().await;
        let double = world.double.clone();
        let guild = world.guild;
        let people = (0..people).map(|n| double.add_member(guild, &format!("Person {n}"), &[])).collect();
        world.start().await;
        let questions =
            QUESTIONS.lines().filter_map(|line| line.split_once('\t')).map(|(_, question)| question);
        let help = vec![world.help];
        Self { world, double, customers: Vec::new(), people, help, questions: questions.collect() }
    }

    /// Channels are chosen, and some customers have a case with a thread each.
    pub async fn set_up(&mut self, customers: usize) {
        self.world.set_up().await;
        for n in 0..3 {
            let name = format!("help-{n}");
            self.help.push(self.double.add_channel(self.world.guild, &name));
        }
        self.world.choose_all("help", &self.help).await;
        for n in 0..customers {
            let who = self.double.add_member(self.world.guild, &format!("Customer {n}"), &[]);
            self.open_case(who).await;
            let thread = self.world.thread(&format!("CASE-{:06}", n + 1)).await;
            self.double
                .wait_until(|state| {
                    state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&who)
                })
                .await;
            self.customers.push((who, thread));
        }
    }

    async fn open_case(&self, who: Id) {
        let opened = self.double.slash(who, self.world.lobby, "case open", &json!({}));
        let text = "The console shows error 0x80 since this morning";
        let sent = self.double.submit(&opened, &[("text", text)]).await;
        let mut shown = sent.shown().await;
        // Nothing that is offered on the way is wanted: no article, no other case, no product.
        let goes_on =
            |id: &str| [":neither", ":another", ":none", ":skip"].iter().any(|end| id.ends_with(end));
        loop {
            let ids = shown.controls().filter_map(|control| control["custom_id"].as_str());
            let Some(button) = ids.into_iter().find(|id| goes_on(id)) else { break };
            shown = self.double.press(who, shown.id, button).shown().await;
        }
        assert!(shown.words().contains("CASE-"), "{}: {:#?}", shown.words(), shown.components);
    }

    pub fn ask(&self, n: usize) -> Act {
        let question = self.questions[n % self.questions.len()];
        let (who, place) = (self.people[n % self.people.len()], self.world.lobby);
        self.double.slash(who, place, "ask", &json!({ "question": question }))
    }

    /// Somebody looks at their case.
    pub fn show(&self, n: usize) -> Act {
        let at = n % self.customers.len();
        let case = format!("CASE-{:06}", at + 1);
        self.double.slash(self.customers[at].0, self.world.lobby, "case show", &json!({ "case": case }))
    }

    /// Whoever asked says with a button whether it helped.
    pub fn press(&self, asked: &Act) -> Option<Act> {
        let (message, button) = self.double.read(|state| {
            let message = state.message(state.interactions.get(&asked.id)?.original?)?;
            let button = message.controls().filter_map(|control| {
                let id = control["custom_id"].as_str()?;
                (control["type"] == 2 && id.contains("solved:")).then(|| id.to_owned())
            });
            Some((message.id, button.last()?))
        })?;
        Some(self.double.press(asked.user, message, &button))
    }

    pub fn message(&self, turn: Turn, n: usize) -> Id {
        let channel = self.help[n % self.help.len()];
        let who = self.people[n % self.people.len()];
        match turn {
            Turn::Thread => {
                let (who, thread) = self.customers[n % self.customers.len()];
                self.double.says(who, thread, &format!("It happened again, number {n}."))
            }
            Turn::Chatter => self.double.says(who, channel, CHATTER[n % CHATTER.len()]),
            Turn::Ask | Turn::Press | Turn::Show | Turn::Question => {
                self.double.says(who, channel, self.questions[n % self.questions.len()])
            }
        }
    }

    /// Waits until what was said in the help channels so far was handled: whoever mentions the desk is answered after it.
    pub async fn heard(&self) {
        for channel in &self.help {
            let last = self.double.says_to_bot(self.people[0], *channel, self.questions[0]);
            self.double.answer_after(*channel, last).await;
        }
    }
}
