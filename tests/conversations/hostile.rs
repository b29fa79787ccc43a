//! Text that is made to do harm does none.

use guidepost::domain::{Block, Span};
use guidepost::platforms::console;

use super::World;
use super::library::{self, plain};
use super::world::{offered, view};

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
    let mut world = World::new().await;
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
        assert_harmless(&console::render(&world.reply, view(60)).text);
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
    let mut world = World::with(vec![article], &[]).await;
    for text in ["CTX120355", "evil", "/whole CTX120355", "add a contact", "more"] {
        world.say(text).await;
        let screen = console::render(&world.reply, view(60)).text;
        assert_harmless(&screen);
        assert!(!screen.contains('\u{202e}'));
    }
}

#[tokio::test]
async fn any_button_is_answered() {
    let mut world = World::new().await;
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
        assert_harmless(&console::render(&world.reply, view(60)).text);
        assert!(!world.reply.is_silent());
    }
}

#[tokio::test]
async fn every_choice_that_is_shown_leads_somewhere() {
    // One article for an answer, so that there are more results.
    let mut world = World::with(library::articles(), &["search.results=1", "cases.cooldown_s=0"]).await;
    world.hire("bo").await;
    world.say("/open nothing works since noon").await;
    world.say("skip").await;
    let mut met = std::collections::BTreeSet::new();
    for (who, questions) in [
        (
            "ada",
            [
                "add a contact",
                "quantum paper",
                "hi",
                "help",
                "/product",
                "/product citrix-clod",
                "ctx1",
                "/person",
            ]
            .as_slice(),
        ),
        (
            "ada",
            [
                "/case 1",
                "/case 999",
                "my cases",
                "/notify",
                "/open add a contact",
                "cancel",
                "/close 1",
                "skip",
            ]
            .as_slice(),
        ),
        ("bo", ["/queue", "/mine", "/dead", "/case 1", "/note 1"].as_slice()),
    ] {
        world.is_now(who);
        let mut open: Vec<String> = Vec::new();
        for question in questions {
            world.say(question).await;
            open.extend(offered(&world.reply).into_iter().map(|(_, id)| id.to_string()));
        }
        let mut pressed = std::collections::BTreeSet::new();
        while let Some(id) = open.pop() {
            // A flow's buttons are of one kind, whichever flow it is: each press may begin another one.
            let kind: String = id.split(':').filter(|part| part.len() < 16).collect::<Vec<_>>().join(":");
            if !pressed.insert(kind) {
                continue;
            }
            world.press_id(&id).await;
            assert!(!world.reply.is_silent(), "{id}");
            let said = serde_json::to_string(&world.reply).unwrap();
            for dead_end in ["I don't know what", "failed (id", "I no longer have"] {
                assert!(!said.contains(dead_end), "{id}: {said}");
            }
            open.extend(offered(&world.reply).into_iter().map(|(_, id)| id.to_string()));
        }
        met.extend(pressed.iter().filter_map(|id| id.split(':').nth(1)).map(str::to_owned));
    }
    let met: Vec<&str> = met.iter().map(String::as_str).collect();
    insta::assert_snapshot!(met.join(" "));
}
