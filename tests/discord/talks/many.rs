//! Many turns of all kinds, one after the other: nothing is wrong with any, and nobody is left without an answer.

use serde_json::{Value, json};

use crate::discord::double::{Double, Id, Message};
use crate::discord::world::World;

/// How many.
const TURNS: usize = 1_000;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

const WORDS: [&str; 12] = [
    "how do I add a contact to our account?",
    "how do i reset my password",
    "which security contacts can we have",
    "CTX130993",
    "my cases",
    "The zebra printer is on fire, and the giraffe screen flickers since noon",
    "can we have two administrators",
    "@everyone <@&1> **loud** `code` > quote",
    "ok",
    "talk to a person",
    "phone germany",
    "quantum routing error 0x80",
];

/// The commands that a customer or an agent sends, with what they say in them.
fn command(dice: &mut Dice, is_agent: bool) -> (&'static str, Value) {
    let words = *dice.of(&WORDS);
    let case = format!("{}", dice.below(30) + 1);
    match dice.below(if is_agent { 15 } else { 10 }) {
        0 => ("ask", json!({ "question": words })),
        1 => ("article", json!({ "name": words })),
        2 | 3 => ("case open", json!({ "text": words, "queue": "customer-service" })),
        4 => ("case list", json!({ "words": words })),
        5 => ("case show", json!({ "case": case })),
        6 => ("case reply", json!({ "case": case, "text": words })),
        7 => ("case transcript", json!({ "case": case })),
        8 => ("case close", json!({ "case": case, "reason": words })),
        9 => ("help", json!({})),
        10 => ("queue", json!({})),
        11 => ("take", json!({ "case": case })),
        12 => ("note", json!({ "case": case, "text": words })),
        13 => ("answer", json!({ "case": case, "text": words })),
        _ => ("solve", json!({ "case": case, "text": words })),
    }
}

/// A message with something to press that somebody sees, of those that the bot wrote last.
fn pressable(double: &Double, who: Id, channel: Id) -> Vec<Message> {
    let bot = double.bot();
    let mut seen = double.visible_to(who, channel);
    seen.retain(|one| one.author == bot && one.controls().any(|control| control["custom_id"].is_string()));
    seen.split_off(seen.len().saturating_sub(8))
}

/// Presses, picks or fills in something that is there; whether there was anything.
async fn presses(double: &Double, who: Id, channel: Id, dice: &mut Dice) -> bool {
    let seen = pressable(double, who, channel);
    if seen.is_empty() {
        return false;
    }
    let message = dice.of(&seen);
    let controls: Vec<&Value> =
        message.controls().filter(|control| matches!(control["type"].as_u64(), Some(2 | 3))).collect();
    let usable: Vec<&&Value> = controls
        .iter()
        .filter(|control| control["custom_id"].is_string() && control["disabled"] != true)
        .collect();
    if usable.is_empty() {
        return false;
    }
    let control = dice.of(&usable);
    let id = control["custom_id"].as_str().unwrap();
    let act = if control["type"] == 3 {
        let options = control["options"].as_array().unwrap();
        let picked = dice.of(options)["value"].as_str().unwrap().to_owned();
        double.select(who, message.id, id, &[&picked])
    } else {
        double.press(who, message.id, id)
    };
    if act.answer().await.kind == 9 {
        let modal = act.modal().await;
        let inputs: Vec<String> = modal["components"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["components"][0]["custom_id"].as_str().unwrap().to_owned())
            .collect();
        let words = *dice.of(&WORDS);
        let filled: Vec<(&str, &str)> = inputs.iter().map(|input| (input.as_str(), words)).collect();
        double.submit(&act, &filled).await.answer().await;
    }
    true
}

#[tokio::test(flavor = "multi_thread")]
async fn many_turns_of_all_kinds_are_answered_as_discord_wants_it() {
    let mut world = World::new().await;
    let double = world.double.clone();
    let people: Vec<Id> =
        (0..4).map(|n| double.add_member(world.guild, &format!("Person {n}"), &[])).collect();
    let mut dice = Dice(42);
    for turn in 0..TURNS {
        let is_agent = dice.below(4) == 0;
        let who = if is_agent { world.bo } else { *dice.of(&people) };
        let dm = double.dm(who);
        let channel = *dice.of(&[world.help, world.help, world.lobby, dm]);
        let words = *dice.of(&WORDS);
        match dice.below(10) {
            0 | 1 => {
                let is_to_bot = dice.below(2) == 0;
                let say = if is_to_bot { Double::says_to_bot } else { Double::says };
                let said = say(&double, who, channel, words);
                // To "ok" there is nothing to say, wherever it is said.
                if (is_to_bot || channel == dm) && words != "ok" {
                    double.answer_after(channel, said).await;
                }
            }
            2 => {
                double.types(who, channel, "ask", &json!({ "question": words }), "question").choices().await;
            }
            3 => {
                let threads = double.threads(world.guild);
                let mine = threads.iter().find(|thread| {
                    double.thread_members(thread.id).contains(&who)
                        && !thread.thread.as_ref().unwrap().archived
                });
                if let Some(thread) = mine {
                    let said = double.says(who, thread.id, words);
                    if turn % 3 == 0 {
                        double.edits(said, "changed my mind");
                    }
                }
            }
            4..=6 if presses(&double, who, channel, &mut dice).await => {}
            _ => {
                let place = if is_agent { world.staff } else { channel };
                let (name, options) = command(&mut dice, is_agent);
                double.slash(who, place, name, &options).answer().await;
            }
        }
    }
    // What was said at last is handled when the desk has stopped; every interaction was answered by then.
    world.stop();
    let open: Vec<String> = double.read(|state| {
        let open = state.interactions.values().filter(|one| one.answered.is_none());
        open.map(|one| format!("{:?} {:?}", one.did, one.command)).collect()
    });
    assert!(open.is_empty(), "{open:?}");
    let given = double.read(|state| state.interactions.len());
    assert!(given > TURNS / 2, "only {given} of {TURNS} turns were interactions");
    let said = world.said_by_program();
    assert!(!said.contains("ERROR") && !said.contains("panicked"), "{said}");
    world.assert_clean();
}
