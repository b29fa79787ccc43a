//! Text that is made to do harm does none.

use guidepost::domain::{Block, Span};
use guidepost::platforms::console;

use super::library::{self, plain};
use super::{World, world::offered};

/// What may stand in a terminal: our own styles, and nothing else that begins with an escape.
fn assert_harmless(text: &str) {
    let plain = anstream::adapter::strip_str(text).to_string();
    assert!(plain.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()), "{plain:?}");
    for after in text.split('\u{1b}').skip(1) {
        let style = after.split('m').next().unwrap_or_default();
        assert!(style.chars().all(|c| matches!(c, '[' | ';' | '0'..='9')), "{after:?}");
    }
}

#[tokio::test]
async fn any_text_is_answered() {
    let mut world = World::new();
    let long = "how do I add a contact to the account ".repeat(2_700);
    for text in [
        "\u{0}\u{1}\u{1b}[2J\u{7}",
        "how do I \u{1b}]0;owned\u{7} add a contact",
        "'; DROP TABLE articles; --",
        "../../../etc/passwd",
        "<script>alert(1)</script>",
        "+contact AND (password OR [a TO z]) ~2 ^9 \"",
        "👩\u{200d}💻🔥",
        "كيف أضيف جهة اتصال",
        "\u{202e}tcatnoc a dda",
        "{}{0}%s%n",
        "\u{feff}\u{200b}",
        &"a".repeat(100_000),
        &"é ".repeat(50_000),
        &long,
    ] {
        world.say(text).await;
        assert_harmless(&console::render(&world.reply, 60).text);
    }
    assert!(world.transcript().contains("I read the first 4000 characters of this."));
}

#[tokio::test]
async fn articles_can_not_steer_the_terminal() {
    let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}evil\u{0}\r\n";
    let mut article = library::articles().remove(0);
    article.about.title = format!("Evil {evil}");
    article.about.url = Some(format!("https://example.com/{evil}"));
    let strong = Span::Strong(evil.to_owned());
    let link = Span::Link { text: evil.to_owned(), url: evil.to_owned() };
    article.passages[0].heading = Some(evil.to_owned());
    article.passages[0].blocks = vec![
        Block::Paragraph(vec![plain(evil), strong, Span::Code(evil.to_owned()), link]),
        Block::Heading(vec![plain(evil)]),
        Block::Code(evil.repeat(3)),
        Block::Quote(vec![Block::Table(vec![vec![vec![plain(evil)]; 3]; 2])]),
    ];
    let mut world = World::with(vec![article], &[]);
    for text in ["CTX120355", "evil", "/whole CTX120355", "add a contact", "more"] {
        world.say(text).await;
        let screen = console::render(&world.reply, 60).text;
        assert_harmless(&screen);
        assert!(!screen.contains('\u{202e}'));
    }
}

#[tokio::test]
async fn any_button_is_answered() {
    let mut world = World::new();
    for id in [
        "",
        "v1:",
        "v1:next:999::tYQ",
        "v1:more:999::tYQ",
        "v1:article:*",
        "\u{1b}[2J",
        &"v1:".repeat(50_000),
    ] {
        world.press_id(id).await;
        assert_harmless(&console::render(&world.reply, 60).text);
        assert!(!world.reply.is_silent());
    }
}

#[tokio::test]
async fn every_choice_that_is_shown_leads_somewhere() {
    // One article for an answer, so that there are more results.
    let world = || World::with(library::articles(), &["search.results=1"]);
    let mut pressed = std::collections::BTreeSet::new();
    let mut open: Vec<String> = Vec::new();
    for question in [
        "add a contact",
        "quantum paper",
        "hi",
        "help",
        "/product",
        "/product citrix-clod",
        "ctx1",
        "/person",
    ] {
        let mut world = world();
        world.say(question).await;
        open.extend(offered(&world.reply).into_iter().map(|(_, id)| id.to_string()));
    }
    while let Some(id) = open.pop() {
        if !pressed.insert(id.clone()) {
            continue;
        }
        let mut world = world();
        world.press_id(&id).await;
        let transcript = world.transcript();
        for dead_end in ["That was all", "no longer", "don't know what", "failed (id"] {
            assert!(!transcript.contains(dead_end), "{transcript}");
        }
        open.extend(offered(&world.reply).into_iter().map(|(_, id)| id.to_string()));
    }
    let verbs: std::collections::BTreeSet<&str> =
        pressed.iter().filter_map(|id| id.split(':').nth(1)).collect();
    assert_eq!(verbs.len(), 11, "every choice there is was met: {verbs:?}");
}
