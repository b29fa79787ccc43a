//! Replies as the desk makes them, to be looked at.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::chat::{Asked, Reply, Ticket};
use crate::domain::{About, Article, ArticleId, Block, Kind, Passage, Span, Step};
use crate::platforms::discord::render::{Look, messages};
use crate::replies::{Best, Found, Locale, answers};

use super::picture::picture;

/// The locale of all of them.
pub const ENGLISH: Locale = Locale::English;
/// Where the desk's bot may do what it should.
pub const USUAL: Look = Look { may_embed: true };
/// Where it may not embed.
pub const PLAIN: Look = Look { may_embed: false };
/// The zone of times within sentences.
pub const ZONE: Tz = Tz::UTC;

/// What is shown of a reply.
pub fn shown(reply: &Reply) -> String {
    picture(&messages(reply, USUAL))
}

/// So many hours after the beginning.
pub fn at(hours: i64) -> DateTime<Utc> {
    "2026-11-18T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(hours)
}

pub fn plain(text: &str) -> Span {
    Span::Plain(text.to_owned())
}

pub fn strong(text: &str) -> Span {
    Span::Strong(text.to_owned())
}

/// A paragraph.
pub fn p(text: &str) -> Block {
    Block::Paragraph(vec![plain(text)])
}

pub fn step(blocks: Vec<Block>) -> Step {
    Step { blocks }
}

fn passage(heading: Option<&str>, blocks: Vec<Block>) -> Passage {
    Passage { heading: heading.map(str::to_owned), blocks }
}

fn about(id: &str, title: &str) -> About {
    About::new(ArticleId::parse(id).unwrap(), title.to_owned(), Kind::Support)
}

/// The article that answers how to add a contact.
pub fn add_contacts() -> Article {
    let who = Block::Paragraph(vec![
        plain("You need to be the account's administrator, or have "),
        strong("unrestricted access"),
        plain("."),
    ]);
    let steps = Block::Steps {
        start: 1,
        steps: vec![
            step(vec![Block::Paragraph(vec![
                plain("Open "),
                Span::Link {
                    text: "citrix.com/account".to_owned(),
                    url: "https://www.citrix.com/account/".to_owned(),
                },
                plain(" and sign in."),
            ])]),
            step(vec![Block::Paragraph(vec![
                plain("On the dashboard choose "),
                strong("Company Information and "),
                Span::Match("Contacts".to_owned()),
                plain("."),
            ])]),
            step(vec![
                Block::Paragraph(vec![
                    plain("Open "),
                    strong("Update/Edit Contacts"),
                    plain(" and choose "),
                    Span::Match("Add".to_owned()),
                    strong(" Contact"),
                    plain("."),
                ]),
                Block::Bullets(vec![vec![p("Fill in the form.")], vec![p("Click Save.")]]),
            ]),
        ],
    };
    let at_once = p(
        "The change takes effect at once; the new contact gets an e-mail to choose a username and password.",
    );
    let see = Block::Paragraph(vec![
        plain("See "),
        Span::Article {
            text: "Restrictions and administrators".to_owned(),
            id: ArticleId::parse("CTX130993").unwrap(),
        },
        plain("."),
    ]);
    Article {
        about: About {
            url: Some("https://www.citrix.com/account/".to_owned()),
            updated: "2026-11-22".parse().ok(),
            ..about("CTX120355", "Adding a contact")
        },
        passages: vec![
            passage(None, vec![p("This is for customers.")]),
            passage(Some("Add a contact in My Account"), vec![who, steps, at_once]),
            passage(Some("Who may do it"), vec![see]),
        ],
    }
}

/// Two other articles.
pub fn related() -> [About; 2] {
    [about("CTX130993", "Restrictions and administrators"), about("CTX317965", "Security contacts")]
}

/// The question about it, and what was found.
pub fn with_found<T>(answer: impl FnOnce(&Found<'_>) -> T) -> T {
    let article = add_contacts();
    let related = related();
    let text = "how do i add someone to our account".to_owned();
    let asked = Asked { text, product: None, at: 0, seen: 3, answer: Some(Ticket::new(7)) };
    let best = Best {
        about: &article.about,
        passage: &article.passages[1],
        block_at: 0,
        after: &article.passages[2..],
        ways: crate::replies::guides::Ways::default(),
        longer: true,
    };
    let further: Vec<&About> = related.iter().collect();
    answer(&Found {
        asked: &asked,
        best: Some(best),
        further: &further,
        more: true,
        corrections: &[],
        product: None,
        cut_at: None,
    })
}

/// The answer to it.
pub fn answer() -> Reply {
    with_found(|found| answers::answer(ENGLISH, found))
}
