//! Cases in the terminal: what is asked over several turns, files, transcripts, and news while somebody types.

use std::fmt::Write;
use std::fs;

use guidepost::chat::{Document, Reply, ReplyBlock};
use guidepost::clock::ManualClock;
use guidepost::domain::{Identity, MailAddress};
use guidepost::platforms::console::Line;
use guidepost::platforms::news::News;
use guidepost::platforms::socket::who;
use guidepost::services::people::NewStaff;
use insta::assert_snapshot;
use tokio::sync::{mpsc, watch};

use super::world::{Chat, Running, ada, plain};

/// What is said by whom, and what is answered.
#[derive(Default)]
struct Transcript(String);

impl Transcript {
    async fn say(&mut self, chat: &mut Chat, line: &str) {
        let answer = chat.say(line).await;
        writeln!(self.0, "> {line}\n{answer}").unwrap();
    }

    async fn hear(&mut self, chat: &mut Chat, news: &mut mpsc::Receiver<Reply>) {
        let reply = news.recv().await.unwrap();
        writeln!(self.0, "*\n{}", plain(&chat.session.add(reply, 80))).unwrap();
    }
}

/// An agent without a platform of their own: the operator speaks for them.
async fn bo(desk: &Running) -> Identity {
    let address = MailAddress::parse("bo@example.org").unwrap();
    desk.people.add_staff(&NewStaff::Mail(address), Some("Bo"), desk.clock.now()).await.unwrap();
    let identity = who(&desk.socket, "bo@example.org").await.unwrap().unwrap();
    assert!(matches!(identity, Some(Identity::Desk(_))));
    identity.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_case_is_opened_over_restarts_and_an_agent_answers_while_somebody_listens() {
    let mut desk = Running::start().await;
    let mut told = Transcript::default();
    let mut chat = desk.chat(&ada());
    told.say(&mut chat, "open a case").await;
    desk = desk.restart().await;
    told.say(&mut chat, "The console shows error 0x80.\nSince this morning.").await;
    desk = desk.restart().await;
    fs::write(desk.folder.path().join("my trace.log"), "error 0x80").unwrap();
    told.say(&mut chat, "attach \"my trace.log\" this is from today").await;
    let mut news = chat.session.listen();
    let bo = bo(&desk).await;
    let mut agent = desk.chat(&bo);
    told.say(&mut agent, "/queue").await;
    told.say(&mut agent, "1").await;
    told.say(&mut agent, "/answer 1 Please restart the connector.").await;
    told.hear(&mut chat, &mut news).await;
    told.say(&mut chat, "/reply 1").await;
    let (folder, clock) = desk.stop().await;
    told.hear(&mut chat, &mut news).await;
    told.say(&mut chat, "It is gone.").await;
    desk = Running::start_in(folder, clock).await;
    told.hear(&mut chat, &mut news).await;
    told.say(&mut chat, "It is gone, thank you.").await;
    told.say(&mut chat, "my cases").await;
    let mut agent = desk.chat(&bo);
    assert!(agent.news().await.unwrap().contains("It is gone, thank you."));
    assert_eq!(agent.news().await, None, "news are told once");
    assert_snapshot!(told.0);
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn documents_are_printed_or_saved_and_nothing_is_written_over() {
    let desk = Running::start().await;
    let mut chat = desk.chat(&ada());
    let mut shown = |name: &str, media: &str| {
        let text = format!("a document of {media}");
        let block = ReplyBlock::File(Document { name: name.to_owned(), media: media.to_owned(), text });
        plain(&chat.session.add(Reply { blocks: vec![block], ..Reply::default() }, 80))
    };
    assert_eq!(
        shown("CASE-000001.txt", "text/plain; charset=utf-8"),
        "a document of text/plain; charset=utf-8\n"
    );
    for (name, saved) in [
        ("CASE-000001.html", "CASE-000001.html"),
        ("CASE-000001.html", "CASE-000001-2.html"),
        ("../../CASE-000001.html", "CASE-000001-3.html"),
        ("README", "README"),
        ("README", "README-2"),
    ] {
        assert_eq!(shown(name, "text/html"), format!("Saved as {saved} in the folder that you are in.\n"));
        let kept = fs::read_to_string(desk.folder.path().join(saved)).unwrap();
        assert_eq!(kept, "a document of text/html");
    }
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_shares_its_store_looks_for_news_by_itself() {
    let desk = Running::start().await;
    let mut chat = desk.chat(&ada());
    chat.say("/open the console shows error 0x80").await;
    // A desk that hears nothing of the commits of others, as beside another one on the same server.
    let clock: ManualClock = desk.clock.clone();
    let deaf = News { desk: desk.desk.clone(), commits: watch::channel(0).1, clock: clock.clock() };
    let mut news = Line::Here(deaf).listen(super::world::at_terminal(&ada()));
    let mut agent = desk.chat(&bo(&desk).await);
    agent.say("/answer 1 Please restart the connector.").await;
    let reply = loop {
        tokio::select! {
            biased;
            reply = news.recv() => break reply.unwrap(),
            () = tokio::task::yield_now() => clock.advance(chrono::TimeDelta::seconds(1)),
        }
    };
    assert!(serde_json::to_string(&reply).unwrap().contains("Please restart the connector."));
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_to_write_more_than_a_line_is_said_once() {
    let desk = Running::start().await;
    let mut chat = desk.chat(&ada());
    chat.session = chat.session.at_keyboard();
    let hint = "A line that ends in \\ goes on in the next";
    assert!(chat.say("open a case").await.contains(hint));
    chat.say("cancel").await;
    assert!(!chat.say("open a case").await.contains(hint));
    desk.stop().await;
}
