//! Messages that people write: what is answered, and what is not.

use crate::discord::world::World;

const QUESTION: &str = "how do I add a contact to our account?";

#[tokio::test(flavor = "multi_thread")]
async fn in_a_help_channel_questions_are_answered_and_small_talk_is_not() {
    let mut world = World::new().await;
    let (alice, bo, help, double) = (world.alice, world.bo, world.help, world.double.clone());

    let first = double.says(alice, help, "morning everybody");
    for text in [
        "ok",
        "thanks",
        "thank you!",
        "lol same",
        "the new office looks great, see you at lunch",
        "> show my cases\nthat's what the page says",
        "```\n/queue\n```",
        "`thanks`",
        "no problem at all",
        "👍",
    ] {
        double.says(bo, help, text);
    }
    // A question to somebody else is theirs to answer.
    double.replies(bo, help, first, "how do I reset my password?");
    // What was said before is handled before, so the silence is a silence.
    let answer = world.asks("Alice", help, QUESTION).await;
    assert_eq!(world.written_in(help).len(), 1, "{:#?}", world.written_in(help));
    assert!(answer.only_for.is_none());
    assert!(answer.words().contains("CTX120355"), "{}", answer.words());

    // Whoever thanks the bot by answering it gets a word.
    let thanks = double.replies(alice, help, answer.id, "thanks");
    let welcome = double.answer_after(help, thanks).await;
    world.note("Alice answers the bot: thanks");
    world.show(&welcome);
    world.asks("Alice", help, "does the gateway support quantum routing?").await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn elsewhere_only_who_mentions_it_is_answered() {
    let mut world = World::new().await;
    let (alice, lobby, double) = (world.alice, world.lobby, world.double.clone());
    double.says(alice, lobby, QUESTION);
    let asked = format!("<@{}> {QUESTION}", double.bot());
    let answer = world.asks("Alice", lobby, &asked).await;
    assert_eq!(world.written_in(lobby).len(), 1);
    assert!(answer.words().contains("CTX120355"), "{}", answer.words());

    // Alone with it, everything is said to it.
    let dm = double.dm(alice);
    world.asks("Alice", dm, "hello").await;
    let answer = world.asks("Alice", dm, "CTX130993").await;
    assert!(answer.words().contains("CTX130993"), "{}", answer.words());
    world.asks("Alice", dm, "my cases").await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_private_goes_on_where_only_its_person_sees_it() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    world.opens(alice, help, "The zebra printer is on fire").await;

    let waits = world.asks("Alice", help, "show my cases").await;
    assert!(waits.only_for.is_none());
    assert_eq!(waits.controls().count(), 1);
    assert!(!waits.words().contains("CASE"), "{}", waits.words());
    let other = world.presses("Bo", &waits, "Continue in private").await;
    assert_eq!(other.only_for, Some(world.bo));
    assert!(!other.words().contains("zebra"), "{}", other.words());
    let shown = world.presses("Alice", &waits, "Continue in private").await;
    assert_eq!(shown.only_for, Some(alice));
    assert!(shown.words().contains("zebra"), "{}", shown.words());
    for message in world.written_in(help) {
        assert!(!message.words().contains("zebra"), "{}", message.words());
    }
    // Pressed again it does the same: buttons don't die.
    let again = double.press_labelled(alice, waits.id, "Continue in private").shown().await;
    assert_eq!(again.words(), shown.words());
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}
