//! How answers, articles and lists look.

use insta::assert_snapshot;

use crate::chat::{
    Choice, ChoiceId, CommandHelp, Document, Mention, Picker, PickerKind, Reply, ReplyBlock, ServerSetting,
    ServerVerb, Verb,
};
use crate::domain::{Article, ArticleId, Block, Product, ProductId, Span};
use crate::platforms::discord::render::messages;
use crate::replies::guides::Ways;
use crate::replies::{answers, articles, products};

use super::picture::picture;
use super::sample::{ENGLISH, PLAIN, add_contacts, answer, p, plain, related, shown, step, with_found};

#[test]
fn an_answer() {
    assert_snapshot!(shown(&answer()));
}

#[test]
fn an_answer_where_the_bot_may_not_embed() {
    assert_snapshot!(picture(&messages(&answer(), PLAIN)));
}

#[test]
fn no_good_answer() {
    assert_snapshot!(shown(&with_found(|found| answers::no_good_answer(ENGLISH, found))));
}

#[test]
fn a_whole_article_says_once_when_it_was_updated() {
    let related = related();
    let reply =
        articles::whole(ENGLISH, &add_contacts(), &related.iter().collect::<Vec<_>>(), Ways::default());
    assert_snapshot!(shown(&reply));
}

/// An article with everything that articles can have.
fn long(repeat: usize) -> Article {
    let mut article = add_contacts();
    let nested = Block::Bullets(vec![vec![p("one"), Block::Bullets(vec![vec![p("inner")]])], vec![p("two")]]);
    let row = |cells: [&str; 3]| cells.iter().map(|cell| vec![plain(cell)]).collect::<Vec<_>>();
    let link = Span::Link { text: "the notes".to_owned(), url: "https://docs.example.com/notes".to_owned() };
    let blocks = vec![
        Block::Heading(vec![plain("Before you begin")]),
        Block::Steps {
            start: 9,
            steps: vec![
                step(vec![p("Open the console and wait until it is there."), nested]),
                step(vec![p("Run:"), Block::Code("restart --now\n\tagain ``` and `one`\n".to_owned())]),
                step(vec![p("Look at the log."), p("It says why.")]),
            ],
        },
        Block::Quote(vec![
            p("Do this at night."),
            Block::Bullets(vec![vec![p("Tell everybody.")]]),
            Block::Code("stop".to_owned()),
        ]),
        Block::Table(vec![
            row(["Setting", "Default", "What it does"]),
            row(["search.results", "3", "How many articles are shown"]),
            row(["缓存大小", "", "Memory"]),
        ]),
        Block::Table(vec![
            row(["Setting", "Default", "Where it is explained"]),
            vec![vec![plain("a*b*c")], vec![], vec![link]],
        ]),
        Block::Paragraph(vec![
            plain("Set "),
            Span::Code("a`b".to_owned()),
            plain(" and "),
            Span::Code("x_y".to_owned()),
            plain("."),
        ]),
    ];
    article.passages[1].blocks = (0..repeat).flat_map(|_| blocks.clone()).collect();
    article
}

#[test]
fn everything_that_an_article_can_have() {
    assert_snapshot!(shown(&articles::whole(ENGLISH, &long(1), &[], Ways::default())));
}

#[test]
fn a_long_article_goes_on_in_further_boxes() {
    let messages = messages(&articles::whole(ENGLISH, &long(12), &[], Ways::default()), super::sample::USUAL);
    let sizes: Vec<String> = messages
        .iter()
        .flat_map(|message| &message.embeds)
        .map(|embed| {
            format!(
                "{} … {}",
                embed.description.lines().next().unwrap(),
                embed.description.lines().last().unwrap()
            )
        })
        .collect();
    assert_snapshot!(sizes.join("\n"));
}

#[test]
fn a_very_long_article_is_folded_into_a_file() {
    let messages = messages(&articles::whole(ENGLISH, &long(80), &[], Ways::default()), super::sample::USUAL);
    let last = messages.last().unwrap();
    let file = &last.files[0];
    let head: String = file.text.lines().take(36).map(|line| line.to_owned() + "\n").collect();
    assert_eq!(messages.len(), 3);
    assert_snapshot!(format!("{}\n{head}", picture(std::slice::from_ref(last))));
}

#[test]
fn products_are_buttons_or_a_list() {
    let product = |name: &str| Product {
        id: ProductId::parse(&name.to_lowercase().replace(' ', "-")).unwrap(),
        name: name.to_owned(),
        aliases: Vec::new(),
        queue: "technical-support".to_owned(),
    };
    let many = ["Citrix Cloud", "Gateway", "Workspace", "Virtual Apps", "Licensing", "SD WAN"].map(product);
    let chosen = many[1].id.clone();
    let few = products::list(ENGLISH, &many[..3], Some(&chosen));
    let many = products::list(ENGLISH, &many, Some(&chosen));
    assert_snapshot!(format!("{}\n{}", shown(&few), shown(&many)));
}

#[test]
fn articles_to_choose_from() {
    let mention = |number: usize, title: &str| {
        let id = ArticleId::parse(&format!("CTX10{number}")).unwrap();
        Mention {
            press: ChoiceId::from(format!("v1:article:{id}")),
            id,
            title: title.to_owned(),
            label: "support article".to_owned(),
        }
    };
    let few =
        ReplyBlock::Articles(vec![mention(1, "Add a *contact*"), mention(2, "Change the_password_now")]);
    let many = ReplyBlock::Articles((0..7).map(|n| mention(n, "Restart the connector")).collect());
    let reply = |block| Reply {
        blocks: vec![ReplyBlock::Paragraph(vec![plain("Further results:")]), block],
        choices: vec![Choice::new(&Verb::Help, "What can I say?")],
        ..Reply::default()
    };
    assert_snapshot!(format!("{}\n{}", shown(&reply(few)), shown(&reply(many))));
}

#[test]
fn commands_with_their_examples() {
    let command = |usage: &str, about: &str, example: &str| CommandHelp {
        usage: usage.to_owned(),
        about: about.to_owned(),
        example: example.to_owned(),
    };
    let commands = vec![
        command("/article NUMBER", "Shows an article.", "/article CTX120355"),
        command("/help", "Says what one can say.", "/help"),
    ];
    let blocks = vec![ReplyBlock::Paragraph(vec![plain("Just ask.")]), ReplyBlock::Commands(commands)];
    assert_snapshot!(shown(&Reply { blocks, ..Reply::default() }));
}

#[test]
fn pickers_are_named_above_since_what_is_picked_hides_their_names() {
    let picker = |setting: ServerSetting, label: &str, kind, chosen: &[u64], most| Picker {
        about: format!("What *{}* are for.", setting.name()),
        id: ChoiceId::of(&Verb::Server(ServerVerb::Pick(setting))),
        label: label.to_owned(),
        kind,
        chosen: chosen.to_vec(),
        most,
    };
    let pickers = vec![
        picker(ServerSetting::Help, "Help channels", PickerKind::TextChannels, &[11, 12, 11], 25),
        picker(ServerSetting::Cases, "Channel for cases", PickerKind::ChannelsWithThreads, &[13, 14], 1),
        picker(ServerSetting::Forum, "Forum", PickerKind::ForumChannels, &[], 1),
        picker(ServerSetting::Staff, "Channel for staff", PickerKind::TextChannels, &[], 1),
        picker(ServerSetting::Announcements, "Announcements", PickerKind::TextChannels, &[], 1),
        picker(ServerSetting::Roles, "Staff roles", PickerKind::Roles, &[21], 25),
    ];
    let blocks =
        vec![ReplyBlock::Paragraph(vec![plain("This is chosen now.")]), ReplyBlock::Pickers(pickers)];
    let choices = vec![Choice::new(&Verb::Server(ServerVerb::Panel), "Post the panel here")];
    assert_snapshot!(shown(&Reply { blocks, choices, ..Reply::default() }));
}

#[test]
fn a_document_is_attached_under_a_harmless_name() {
    let document = Document {
        name: "../a\u{202e}b.txt".to_owned(),
        media: "text/plain".to_owned(),
        text: "words".to_owned(),
    };
    let blocks = vec![ReplyBlock::File(document.clone()), ReplyBlock::File(document)];
    assert_snapshot!(shown(&Reply { blocks, ..Reply::default() }));
}

#[test]
fn what_is_too_large_is_said_and_not_attached() {
    let document = Document {
        name: "a.json".to_owned(),
        media: "application/json".to_owned(),
        text: "x".repeat(9_000_000),
    };
    let blocks = vec![ReplyBlock::File(document)];
    assert_snapshot!(shown(&Reply { blocks, ..Reply::default() }));
}
