//! Threads that people make in help channels: they are heard as the channel is, and the threads of cases stay what they are.

use serde_json::json;

use crate::discord::double::{Double, Id};
use crate::discord::world::World;

const QUESTION: &str = "how do I add a contact to our account?";

/// Somebody asks in a thread, and is answered there.
async fn asks_in(world: &World, thread: Id, text: &str) {
    let said = world.double.says(world.alice, thread, text);
    let answers = |one: &crate::discord::double::Message| {
        one.reference.as_ref().is_some_and(|to| to.message == Some(said))
    };
    let answer = world.double.message_in(thread, answers).await;
    assert!(answer.words().contains("CTX120355"), "{}", answer.words());
}

/// How often Discord was asked what a channel is.
fn looked_up(double: &Double, channel: Id) -> usize {
    let path = format!("GET /channels/{channel}");
    double.log().iter().filter(|entry| format!("{} {}", entry.method, entry.route()) == path).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_in_a_thread_of_a_help_channel_is_answered_there() {
    let mut world = World::new().await;
    let (alice, bo, double) = (world.alice, world.bo, world.double.clone());
    let thread = double.starts_thread(alice, world.help, "contacts");
    double.says(bo, thread, "the new office looks great, see you at lunch");
    asks_in(&world, thread, QUESTION).await;
    assert_eq!(world.written_in(thread).len(), 1);
    assert_eq!(looked_up(&double, thread), 0, "Discord told of it");
    // Elsewhere a thread is heard as its channel is.
    let elsewhere = double.starts_thread(alice, world.lobby, "contacts");
    double.says(alice, elsewhere, QUESTION);
    asks_in(&world, elsewhere, &format!("<@{}> {QUESTION}", double.bot())).await;
    assert_eq!(world.written_in(elsewhere).len(), 1);
    // What Discord did not tell is asked once.
    double.lose("THREAD_CREATE", 1);
    let unheard = double.starts_thread(alice, world.help, "more contacts");
    for _ in 0..3 {
        asks_in(&world, unheard, QUESTION).await;
    }
    assert_eq!(looked_up(&double, unheard), 1);
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_in_threads_while_the_desk_is_away_is_answered_once() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    let known = double.starts_thread(alice, help, "contacts");
    asks_in(&world, known, QUESTION).await;
    let other = double.starts_thread(alice, help, "nothing is said in it yet");
    world.asks("Alice", help, QUESTION).await;
    world.kill();
    let new = double.starts_thread(alice, help, "new contacts");
    let threads = [known, other, new];
    let missed = threads.map(|thread| double.says(alice, thread, QUESTION));
    let late = double.says(alice, help, QUESTION);
    world.start().await;
    for (thread, said) in threads.into_iter().chain([help]).zip(missed.into_iter().chain([late])) {
        let answers = |one: &crate::discord::double::Message| {
            one.reference.as_ref().is_some_and(|to| to.message == Some(said))
        };
        double.message_in(thread, answers).await;
    }
    world.stop();
    world.start().await;
    asks_in(&world, new, QUESTION).await;
    world.stop();
    assert_eq!(threads.map(|thread| world.written_in(thread).len()), [2, 1, 2]);
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_thread_of_a_case_in_a_help_channel_stays_the_room_of_the_case() {
    let mut world = World::new().await;
    let (alice, help) = (world.alice, world.help);
    world.choose("cases", help).await;
    world.opens(alice, world.lobby, "The zebra printer is on fire").await;
    let thread = world.thread("CASE-000001").await;
    world.said(thread, "CASE-000001 · entry 1").await;
    world.double.says(alice, thread, QUESTION);
    world.until_case_shows(alice, "CASE-000001", QUESTION).await;
    let shown = world.commands("Alice", help, "case show", &json!({ "case": "1" })).await;
    assert!(shown.words().contains(QUESTION));
    world.stop();
    let me = world.double.bot();
    let answers = |one: &crate::discord::double::Message| one.author == me && one.reference.is_some();
    assert!(
        !world.double.messages(thread).iter().any(answers),
        "what is said there is no question to the desk"
    );
    world.assert_clean();
}
