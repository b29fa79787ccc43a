//! The program is killed in the middle of what it does, again and again.

use serde_json::json;

use crate::discord::double::Act;

use super::hands::{assert_kept_once, opening, text};
use super::talk::Talk;

/// How many requests of a round are sure to come before it is killed; in each round another one is the last.
const REQUESTS: usize = 8;

/// A case that somebody wanted to open, and what they were told.
struct Wanted {
    text: String,
    act: Act,
}

impl Wanted {
    fn is_acknowledged(&self) -> bool {
        let original = self.act.double.read(|state| {
            state.interactions[&self.act.id].original.and_then(|id| state.message(id)).cloned()
        });
        original.is_some_and(|message| message.words().contains("CASE-"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_it_loses_and_doubles_nothing() {
    let rounds = if crate::store::is_long() { 60 } else { 8 };
    let mut talk = Talk::begin().await;
    let mut wanted = Vec::new();
    for round in 0..rounds {
        let before = talk.world.double.log().len();
        talk.write(&format!("in round {round}"));
        wanted.push(want(&talk, round));
        let note = json!({ "case": "1", "text": format!("noted in round {round}") });
        let note = talk.world.double.slash(talk.world.bo, talk.thread, "note", &note);
        if round % 2 == 1 {
            wanted.last().unwrap().act.shown().await;
        }
        let last = before + 1 + round * 3 % REQUESTS;
        talk.world.double.wait_until(|state| state.log.entries.len() >= last).await;
        talk.world.kill();
        if note.is_answered() {
            talk.noted.push(format!("noted in round {round}"));
        }
        talk.write(&format!("after round {round}"));
        talk.world.start().await;
    }
    talk.handled().await;
    let acknowledged: Vec<String> =
        wanted.iter().filter(|one| one.is_acknowledged()).map(|one| one.text.clone()).collect();
    println!(
        "{rounds} kills, {} messages, {} of {rounds} cases acknowledged",
        talk.written(),
        acknowledged.len()
    );
    let events = talk.end().await;
    assert_kept_once(&events, &acknowledged);
    for one in &wanted {
        assert!(events.iter().filter(|event| text(event) == Some(&one.text)).count() <= 1, "{}", one.text);
    }
}

/// Somebody new opens a case.
fn want(talk: &Talk, round: usize) -> Wanted {
    let world = &talk.world;
    let who = world.double.add_member(world.guild, &format!("Visitor {round}"), &[]);
    let text = format!("Zorble{round} quux{round} wibbles");
    let act = world.double.slash(who, world.lobby, "case open", &opening(&text));
    Wanted { text, act }
}
