//! Conversations over a real socket: with a desk that stops and starts, and beside each other.

use super::world::{Chat, Running, ada, plain};

/// What the terminal hears next, without anybody typing.
async fn heard(chat: &mut Chat, news: &mut tokio::sync::mpsc::Receiver<guidepost::chat::Reply>) -> String {
    let reply = news.recv().await.unwrap();
    plain(&chat.session.add(reply, 80))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_is_answered_here_and_over_the_socket() {
    let desk = Running::start().await;
    let (mut here, mut there) = (desk.chat_here(&ada()), desk.chat(&ada()));
    for line in ["help", "1", "thanks", "7", "/artcle x", "", "how do I fly"] {
        let answer = here.say(line).await;
        assert_eq!(there.say(line).await, answer, "{line}");
        assert!(!answer.contains("failed (id"), "{line}: {answer}");
    }
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_stops_is_told_and_the_conversation_goes_on_when_it_is_back() {
    let desk = Running::start().await;
    let mut chat = desk.chat(&ada());
    let offered = chat.say("help").await;
    let mut news = chat.session.listen();
    // Listening has begun when the answer to something that is asked later is there.
    chat.say("thanks").await;
    let (folder, clock) = desk.stop().await;
    let told = heard(&mut chat, &mut news).await;
    assert_eq!(told, "The desk has stopped. Everything it answered is kept. I'll say when it is back.\n");
    let told = chat.say("help").await;
    insta::assert_snapshot!(told, @"
    The desk is not running, so this was not sent. Everything it answered before is
    kept. I'll say when it is back; then type it again.
    ");
    let desk = Running::start_in(folder, clock).await;
    let told = heard(&mut chat, &mut news).await;
    assert_eq!(told, "The desk is back. The conversation goes on where it was.\n");
    assert_eq!(chat.say("help").await, offered);
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_is_restarted_between_turns_is_not_noticed() {
    let mut desk = Running::start().await;
    let mut chat = desk.chat(&ada());
    let offered = chat.say("help").await;
    for _ in 0..2 {
        desk = desk.restart().await;
        assert_eq!(chat.say("help").await, offered);
    }
    desk.stop().await;
}
