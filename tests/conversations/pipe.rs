//! The console on a pipe: every line is a turn, numbers press what was just shown.

use std::io::{self, Cursor, Write};
use std::sync::Arc;

use guidepost::clock::ManualClock;
use guidepost::domain::Identity;
use guidepost::handlers::Desk;
use guidepost::platforms::console::{Line, Manner, Session, Turn, converse};
use guidepost::platforms::news::News;
use insta::assert_snapshot;

use super::{library, world};

fn session(desk: Arc<Desk>) -> Session {
    let clock = ManualClock::at(world::view(80).now).clock();
    let settings = guidepost::config::load(&guidepost::config::Options::default(), []).unwrap().settings;
    let news =
        News { desk: Arc::clone(&desk), commits: tokio::sync::watch::channel(0).1, clock: clock.clone() };
    let who = Identity::Console("ada".to_owned());
    Session::new(desk, Line::Here(news), who, Manner::of(&settings, clock))
}

async fn piped(desk: Arc<Desk>, input: &str) -> String {
    let mut out = anstream::StripStream::new(Vec::new());
    let input = Cursor::new(input.to_owned());
    converse(session(desk), input, &mut out, || 80).await.unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

fn desk() -> Arc<Desk> {
    world::desk(&library::articles(), &[])
}

#[tokio::test]
async fn numbers_press_only_what_was_just_shown() {
    let script = "1\nrestrict a contact\n1\n2\n\n9\nthanks\n1\nquit\nnever read\n";
    assert_snapshot!(piped(desk(), script).await);
}

#[tokio::test]
async fn a_pipe_ends_with_its_input() {
    let out = piped(desk(), "thanks").await;
    assert_eq!(out, "> thanks\nYou are welcome. I'm here when something else comes up.\n\n");
    assert_eq!(piped(desk(), "").await, "");
}

#[tokio::test]
async fn whoever_closes_the_pipe_ends_the_conversation() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let input = Cursor::new("help\n".repeat(1000));
    converse(session(desk()), input, Closed, || 80).await.unwrap();
}

#[tokio::test]
async fn the_greeting_has_two_lines() {
    let mut session = session(desk());
    assert_snapshot!(anstream::adapter::strip_str(&session.greeting(80)).to_string(), @r#"
    Guidepost answers questions from the help articles.
    Type a question or an article number, "help" for more, "quit" to leave.
    "#);
    assert_eq!(session.turn(" QUIT. ", 80).await, Turn::Leave);
    assert_eq!(
        session.turn(&"quit ".repeat(20_000), 80).await,
        session.turn(&"quit ".repeat(20_000), 80).await
    );
}
