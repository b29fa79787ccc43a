//! What happens while the desk is away is found when it comes, in each channel by itself.

use guidepost::domain::case::{Event, What};
use guidepost::services::seen::SEEN;
use guidepost::services::servers;
use guidepost::store::Batch;

use crate::discord::double::{Fault, Gate, Id};
use crate::discord::talks::shows::handbook;
use crate::discord::world::World;

use super::hands::{QUESTION, answered, assert_answered_once, opens, text};

/// A world in which Alice has a case, and its thread.
async fn with_a_case() -> (World, String, Id) {
    let world = World::new().await;
    let case = opens(&world, world.alice, "The printer smokes").await;
    let thread = world.thread(&case).await;
    world.said(thread, &format!("{case} · entry 1")).await;
    (world, case, thread)
}

/// What became of words that were said: the text that holds now, none where it was taken back.
fn corrections(events: &[Event]) -> Vec<(u32, Option<String>)> {
    let corrected = |event: &Event| match &event.what {
        What::Corrected(one) => Some((one.event, one.text.as_ref().map(|text| text.as_str().to_owned()))),
        _ => None,
    };
    events.iter().filter_map(corrected).collect()
}

/// The place in the timeline of what was said.
fn at(events: &[Event], words: &str) -> u32 {
    events.iter().find(|event| text(event) == Some(words)).unwrap().number
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_changed_or_deleted_in_a_thread_while_the_desk_is_away_is_in_the_case_once() {
    let (mut world, case, thread) = with_a_case().await;
    let (alice, double) = (world.alice, world.double.clone());
    let [noon, locker, stays] = ["It began at noon", "My locker has number 1234", "It is the big one"]
        .map(|words| double.says(alice, thread, words));
    double.edits(stays, "It is the biggest one");
    let last = double.says(alice, thread, "Nothing else");
    world.until_case_shows(alice, &case, "Nothing else").await;
    world.kill();
    double.edits(noon, "It began at ten");
    double.edits(noon, "It began at eleven");
    double.deletes(locker);
    let late = double.says(alice, thread, "It smkes");
    double.edits(late, "It smokes");
    let never = double.says(alice, thread, "Forget this");
    double.deletes(never);
    double.deletes(last);
    world.start().await;
    world.until_case_shows(alice, &case, "It began at eleven").await;
    world.until_case_shows(alice, &case, "It smokes").await;
    // Once more, by another login of the same program and by another start: nothing is recorded again.
    let logins = double.identifies().len();
    double.invalidate(false);
    double.wait_until(|state| state.gateway.identifies.len() > logins).await;
    let asked = double.says(alice, thread, "The first end");
    world.until_case_shows(alice, &case, "The first end").await;
    world.stop();
    world.start().await;
    double.edits(asked, "The very first end");
    double.says(alice, thread, "The second end");
    world.until_case_shows(alice, &case, "The second end").await;
    world.stop();
    let events = world.events().await;
    let become_of = |words: &str| -> Vec<Option<String>> {
        let at = at(&events, words);
        corrections(&events).into_iter().filter(|(event, _)| *event == at).map(|(_, text)| text).collect()
    };
    assert_eq!(become_of("It began at noon"), [Some("It began at eleven".to_owned())]);
    assert_eq!(become_of("My locker has number 1234"), [None]);
    assert_eq!(become_of("It is the big one"), [Some("It is the biggest one".to_owned())]);
    assert_eq!(become_of("Nothing else"), [None]);
    assert_eq!(become_of("The first end"), [Some("The very first end".to_owned())]);
    assert_eq!(corrections(&events).len(), 5, "{events:#?}");
    assert_eq!(events.iter().filter(|event| text(event) == Some("It smokes")).count(), 1);
    assert!(events.iter().all(|event| text(event) != Some("Forget this")));
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_past_can_not_be_read_nothing_counts_as_deleted() {
    let (mut world, case, thread) = with_a_case().await;
    let (alice, double) = (world.alice, world.double.clone());
    double.says(alice, thread, "It began at noon");
    world.until_case_shows(alice, &case, "It began at noon").await;
    world.kill();
    let history = crate::discord::double::rights::READ_MESSAGE_HISTORY;
    double.deny(world.cases, double.bot(), history);
    world.start().await;
    double.says(alice, thread, "The end");
    world.until_case_shows(alice, &case, "The end").await;
    world.stop();
    assert!(corrections(&world.events().await).is_empty());
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_can_not_be_read_holds_no_other_up() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    let others: Vec<Id> = (0..20).map(|n| double.add_channel(world.guild, &format!("help-{n}"))).collect();
    let all: Vec<Id> = others.iter().copied().chain([help]).collect();
    world.choose_all("help", &all).await;
    let before: Vec<Id> = all.iter().map(|channel| double.says(alice, *channel, QUESTION)).collect();
    answered(&double, &before).await;
    world.kill();
    let ask = |channels: &[Id]| -> Vec<Id> {
        channels.iter().map(|channel| double.says(alice, *channel, &format!("{QUESTION} again"))).collect()
    };
    let (ill, well) = others.split_at(12);
    let (waiting, answerable) = (ask(ill), ask(&[well, &[help]].concat()));
    for channel in ill {
        double.fail(&format!("GET /channels/{channel}/messages"), 10_000, Fault::Status(503));
    }
    world.start().await;
    let heard: Vec<Id> = vec![double.says(alice, help, &format!("{QUESTION} now"))];
    answered(&double, &answerable).await;
    answered(&double, &heard).await;
    for message in &waiting {
        assert_eq!(super::hands::answers(&double, *message), 0);
    }
    // What is heard there waits for what was missed there.
    let later = ask(ill);
    double.heal();
    answered(&double, &waiting).await;
    answered(&double, &later).await;
    world.stop();
    assert_answered_once(&double, &[before, waiting, answerable, heard, later].concat());
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_several_messages_is_gone_on_with_where_the_desk_died() {
    let mut world = World::bare().await;
    world.writes_article("handbook.md", &handbook());
    world.start().await;
    world.set_up().await;
    let (alice, double) = (world.alice, world.double.clone());
    let dm = double.dm(alice);
    let of_bot = |dm: Id| -> Vec<String> {
        let all = double.messages(dm).into_iter().filter(|message| message.author == double.bot());
        all.map(|message| message.words()).collect()
    };
    let asked = double.says(alice, dm, "/whole handbook");
    answered(&double, &[asked]).await;
    let after = double.says(alice, dm, QUESTION);
    answered(&double, &[after]).await;
    let mut expected = of_bot(dm);
    assert!(expected.len() > 2, "{expected:#?}");
    expected.pop();
    for at in 0..expected.len() {
        let before = of_bot(dm).len();
        let gate = Gate::default();
        // So many messages are posted, and the last of them is not even known to be.
        let gates = double.hold(&format!("POST /channels/{dm}/messages"), at);
        double.fail(&format!("POST /channels/{dm}/messages"), 1, Fault::HeldAfter(gate.clone()));
        let asked = double.says(alice, dm, "/whole handbook");
        for passed in 1..=at {
            gates.arrived(passed).await;
            gates.release();
        }
        gate.arrived(1).await;
        world.kill();
        assert_eq!(of_bot(dm).len(), before + at + 1);
        world.start().await;
        let after = double.says(alice, dm, QUESTION);
        answered(&double, &[after]).await;
        let mut said = of_bot(dm).split_off(before);
        said.pop();
        assert_eq!(said, expected, "killed after message {at}");
        assert_answered_once(&double, &[asked, after]);
    }
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_note_of_what_was_read_keeps_nobody_waiting() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    let first = double.says(alice, help, QUESTION);
    answered(&double, &[first]).await;
    world.stop();
    let store = world.store().await;
    let mut batch = Batch::new();
    batch.put(SEEN.at(&servers::key(7)), &"no record");
    store.commit(batch).await.unwrap();
    store.close().await;
    world.start().await;
    let second = double.says(alice, help, &format!("{QUESTION} again"));
    answered(&double, &[second]).await;
    world.stop();
    assert!(world.said_by_program().contains("what was missed is not found"));
    assert_answered_once(&double, &[first, second]);
}
