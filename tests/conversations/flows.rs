//! Every step of every flow: the desk restarted, a question in between, something else begun, gone back from, given up.

use guidepost::chat::choice::FlowVerb;
use guidepost::chat::{Choice, ChoiceId, Verb};

use super::World;

/// A flow as somebody goes through it.
struct Script {
    who: &'static str,
    /// What is said, step by step; the first begins it.
    says: &'static [&'static str],
    /// What is said at its end.
    ends: &'static str,
}

const SCRIPTS: [Script; 23] = [
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
    Script {
        who: "ada",
        says: &["/password", "ada@example.net", "I didn't get it", "it worked"],
        ends: "You can sign in with the new password now",
    },
    Script {
        who: "ada",
        says: &["forgot my password", "I sign in with my company", "login.acme.example"],
        ends: "I know no company that signs in there.",
    },
    Script {
        who: "ada",
        says: &["/link", "ada@example.net"],
        ends: "If that address belongs to somebody here",
    },
    Script {
        who: "ben",
        says: &["/contacts add", "Zoe Zimmer", "zoe@example.net", "-", "confirm"],
        ends: "Done: Zoe Zimmer is on the account of Example Corp now.",
    },
    Script {
        who: "ben",
        says: &["/contacts edit eve", "Eve Early", "keep the rest", "confirm"],
        ends: "Done: what is known about Eve Early is changed.",
    },
    Script {
        who: "ben",
        says: &["/contacts security", "dan", "done", "confirm"],
        ends: "Done: the security contact",
    },
    Script {
        who: "ben",
        says: &["/contacts restrict", "cleo", "only some toolboxes", "downloads", "done", "confirm"],
        ends: "Done: what Cleo Cases may do is changed.",
    },
    Script {
        who: "ben",
        says: &["make dan an administrator", "confirm"],
        ends: "Done: what Dan Downloads may do is changed.",
    },
    Script {
        who: "ben",
        says: &["change the access model", "open", "confirm"],
        ends: "Done: the account has the Open model now.",
    },
    Script {
        who: "ben",
        says: &["/account renewals", "demo-0003", "done", "dan", "confirm"],
        ends: "Done: Dan Downloads is the contact for the renewal now.",
    },
    Script {
        who: "ben",
        says: &["/contacts remove", "eve", "confirm"],
        ends: "Done: Eve Invited is not on the account any more.",
    },
    Script {
        who: "ben",
        says: &["/account company", "Example AG", "keep the rest", "confirm"],
        ends: "Done: what is known about Example AG is changed.",
    },
    Script {
        who: "ben",
        says: &[
            "/account create",
            "customer",
            "Other Corp",
            "2 Road",
            "Bern",
            "-",
            "Switzerland",
            "keep the rest",
            "confirm",
        ],
        ends: "Done: the account of Other Corp is there.",
    },
    Script {
        who: "cleo",
        says: &["/contacts add", "send it", "Zoe Zimmer", "zoe@example.net", "-", "confirm"],
        ends: "Request 1 is sent.",
    },
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
    /// A button of the step before, pressed twice.
    PressedAgain,
}

async fn world() -> World {
    let mut world = World::with(super::library::articles(), &["cases.cooldown_s=0"]).await;
    world.hire("bo").await;
    world.demo(&["ben", "cleo"]).await;
    for text in ["/open The console shows error 0x80", "/open Signing in fails since noon"] {
        world.say(text).await;
        world.say("something else").await;
    }
    world
}

/// The first button of the flow's step that was shown last.
fn button(world: &World) -> Option<ChoiceId> {
    let is_of_step = |choice: &&Choice| matches!(choice.id.verb(), Some(Verb::Flow(_, FlowVerb::Pick(..))));
    world.reply.choices.iter().find(is_of_step).map(|choice| choice.id.clone())
}

/// The step that a button belongs to.
fn step_of(button: &ChoiceId) -> Option<String> {
    let Some(Verb::Flow(_, FlowVerb::Pick(step, _))) = button.verb() else { return None };
    Some(step)
}

async fn happens(world: &mut World, between: Between, said: &str, earlier: Option<&ChoiceId>) {
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
        Between::PressedAgain => {
            // What the same step offers is no button of before.
            if let Some(earlier) =
                earlier.filter(|earlier| step_of(earlier) != button(world).as_ref().and_then(step_of))
            {
                world.press_again(earlier).await;
                world.press_again(earlier).await;
            }
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
    use Between::{Back, Nothing, OtherPlace, PressedAgain, Question, Restart, SomethingElse};
    for script in &SCRIPTS {
        for between in [Nothing, Restart, Question, SomethingElse, OtherPlace, Back, PressedAgain] {
            for step in 1..script.says.len() {
                let mut world = world().await;
                world.is_now(script.who);
                let mut earlier = None;
                for (at, said) in script.says.iter().enumerate() {
                    if at == step {
                        happens(&mut world, between, script.says[at - 1], earlier.as_ref()).await;
                    }
                    earlier = button(&world);
                    world.say(said).await;
                }
                assert!(world.said(script.ends), "{between:?} before step {step}: {}", world.transcript());
                world.say("continue").await;
                let is_over = world.said("There is nothing that you began");
                assert!(is_over || ["/mail", "/link"].contains(&script.says[0]), "{}", world.transcript());
            }
        }
    }
}

#[tokio::test]
async fn every_step_of_every_flow_can_be_given_up_and_nothing_is_changed() {
    for script in &SCRIPTS {
        for step in 1..script.says.len() {
            let mut world = world().await;
            let before = (world.cases().await, world.account_log().await);
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
            assert_eq!((world.cases().await, world.account_log().await), before, "{}", world.transcript());
        }
    }
}

#[tokio::test]
async fn what_is_confirmed_twice_is_done_once() {
    for script in SCRIPTS.iter().filter(|script| script.says.last() == Some(&"confirm")) {
        let mut world = world().await;
        world.is_now(script.who);
        for said in &script.says[..script.says.len() - 1] {
            world.say(said).await;
        }
        let confirm = button(&world).unwrap();
        world.press_again(&confirm).await;
        assert!(world.said(script.ends), "{}", world.transcript());
        let organisations = || async { world.accounts().organisations(None, 9).await.unwrap().len() };
        let after = (world.account_log().await.len(), organisations().await);
        world.press_again(&confirm).await;
        assert!(world.said("That is done"), "{}", world.transcript());
        let organisations = world.accounts().organisations(None, 9).await.unwrap().len();
        assert_eq!((world.account_log().await.len(), organisations), after);
        let org = guidepost::domain::account::OrgId::parse("10001000").unwrap();
        assert!(world.accounts().requests(org).await.unwrap().len() <= 1);
    }
}
