//! Every step of every flow: the desk restarted, a question in between, something else begun, gone back from, given up.

use super::World;

/// A flow as somebody goes through it.
struct Script {
    who: &'static str,
    /// What is said, step by step; the first begins it.
    says: &'static [&'static str],
    /// What is said at its end.
    ends: &'static str,
}

const SCRIPTS: [Script; 9] = [
    Script {
        who: "ada",
        says: &["open a case", "The printer smokes", "something else"],
        ends: "CASE-000003 is open.",
    },
    Script { who: "ada", says: &["/reply", "2", "It still smokes"], ends: "CASE-000002 has what you wrote." },
    Script { who: "ada", says: &["/close", "2", "a fan helped"], ends: "CASE-000002 is closed." },
    Script { who: "ada", says: &["/close 1", "skip"], ends: "CASE-000001 is closed." },
    Script { who: "bo", says: &["/answer 1", "Open a window"], ends: "CASE-000001 is answered" },
    Script { who: "bo", says: &["/note 1", "A window helps"], ends: "CASE-000001 has your note." },
    Script { who: "bo", says: &["/solve 1", "A window helps"], ends: "CASE-000001 is solved." },
    Script {
        who: "ada",
        says: &["/guide CTX120355", "start", "next", "done", "next", "done", "next", "yes"],
        ends: "Good to hear; I noted it.",
    },
    Script { who: "ada", says: &["/mail", "ada@example.net"], ends: "A code of six digits is on its way" },
];

/// What happens in the middle of it.
#[derive(Debug, Clone, Copy)]
enum Between {
    Nothing,
    Restart,
    Question,
    SomethingElse,
    OtherPlace,
    Back,
}

async fn world() -> World {
    let mut world = World::with(super::library::articles(), &["cases.cooldown_s=0"]).await;
    world.hire("bo").await;
    for text in ["/open The console shows error 0x80", "/open Signing in fails since noon"] {
        world.say(text).await;
        world.say("something else").await;
    }
    world
}

async fn happens(world: &mut World, between: Between, said: &str) {
    match between {
        Between::Nothing => {}
        Between::Restart => world.restart().await,
        Between::Question => {
            world.say("/ask how many security contacts can we have").await;
            assert!(
                world.transcript().ends_with("Cancel\n") || world.said("at most three"),
                "{}",
                world.transcript()
            );
        }
        Between::SomethingElse => {
            world.say("/open nothing prints").await;
            world.say("cancel").await;
            world.say("continue").await;
        }
        Between::OtherPlace => {
            world.moves_to("elsewhere");
            world.say("continue").await;
        }
        Between::Back => {
            world.say("back").await;
            if !world.said("This is the first step.") {
                world.say(said).await;
            }
        }
    }
}

#[tokio::test]
async fn every_step_of_every_flow_survives_what_comes_in_between() {
    use Between::{Back, Nothing, OtherPlace, Question, Restart, SomethingElse};
    for script in &SCRIPTS {
        for between in [Nothing, Restart, Question, SomethingElse, OtherPlace, Back] {
            for step in 1..script.says.len() {
                let mut world = world().await;
                world.is_now(script.who);
                for (at, said) in script.says.iter().enumerate() {
                    if at == step {
                        happens(&mut world, between, script.says[at - 1]).await;
                    }
                    world.say(said).await;
                }
                assert!(world.said(script.ends), "{between:?} before step {step}: {}", world.transcript());
                world.say("continue").await;
                let is_over = world.said("There is nothing that you began");
                assert!(is_over || script.says[0] == "/mail", "{}", world.transcript());
            }
        }
    }
}

#[tokio::test]
async fn every_step_of_every_flow_can_be_given_up_and_nothing_is_changed() {
    for script in &SCRIPTS {
        for step in 1..script.says.len() {
            let mut world = world().await;
            let before = world.cases().await;
            world.is_now(script.who);
            for said in &script.says[..step] {
                world.say(said).await;
            }
            let button = world.reply.choices.first().map(|choice| choice.id.clone());
            world.say("cancel").await;
            world.restart().await;
            world.say("continue").await;
            // Whoever stops in a guide has only stopped.
            let is_there = world.said("Add a contact in My Account ·");
            let is_kept = script.says[0].starts_with("/guide");
            assert_eq!(is_there, is_kept, "{}", world.transcript());
            assert!(is_kept || world.said("There is nothing that you began"), "{}", world.transcript());
            if let Some(button) = button {
                world.press_again(&button).await;
                assert!(!world.said("failed"), "{}", world.transcript());
            }
            assert_eq!(world.cases().await, before, "{}", world.transcript());
        }
    }
}
