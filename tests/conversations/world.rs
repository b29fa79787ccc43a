//! A desk to talk with: everything is real but the screen.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use guidepost::chat::{ChoiceId, Command, Input, Memory, Reply, ReplyBlock, Request};
use guidepost::clock::ManualClock;
use guidepost::config;
use guidepost::domain::{Article, Identity, Place, Platform, Privacy};
use guidepost::handlers::Desk;
use guidepost::platforms::console;
use guidepost::search::{Engine, Synonyms};
use guidepost::services::answers::Answers;

use super::library;

/// A conversation with its transcript.
pub struct World {
    pub desk: Arc<Desk>,
    pub memory: Memory,
    pub reply: Reply,
    pub clock: ManualClock,
    width: usize,
    transcript: String,
}

impl World {
    /// A conversation on a screen of 80 columns.
    pub fn new() -> Self {
        Self::with(library::articles(), &[])
    }

    /// One about these articles, with settings as `--set` takes them.
    pub fn with(articles: Vec<Article>, set: &[&str]) -> Self {
        let transcript = String::new();
        let clock = ManualClock::at(wednesday());
        Self {
            desk: desk_at(&clock, articles, set),
            clock,
            memory: Memory::default(),
            reply: Reply::default(),
            width: 80,
            transcript,
        }
    }

    pub fn wide(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// The person types.
    pub async fn say(&mut self, text: &str) {
        self.turn(text, Input::Text(text.to_owned())).await;
    }

    /// The person uses a slash command.
    pub async fn command(&mut self, command: Command) {
        self.turn(&format!("{command:?}"), Input::Command(command)).await;
    }

    /// The person presses what the last reply offers under this text.
    pub async fn press(&mut self, label: &str) {
        let offered = offered(&self.reply);
        let choice = offered.iter().find(|(text, _)| text == label);
        let (_, id) = choice.unwrap_or_else(|| panic!("{label:?} is not offered, but {offered:?}"));
        self.turn(&format!("[{label}]"), Input::Press(id.clone())).await;
    }

    /// The person presses a button from long ago.
    pub async fn press_id(&mut self, id: &str) {
        self.turn(&format!("[{id}]"), Input::Press(ChoiceId::from(id.to_owned()))).await;
    }

    async fn turn(&mut self, said: &str, input: Input) {
        let place =
            Place { platform: Platform::Console, conversation: "test".to_owned(), privacy: Privacy::Private };
        let request = Request::new(Identity::Console("ada".to_owned()), place, input);
        self.reply = self.desk.handle(&request, &mut self.memory).await;
        let screen = console::render(&self.reply, self.width);
        let plain = anstream::adapter::strip_str(&screen.text).to_string();
        writeln!(self.transcript, "> {said}\n{plain}").unwrap();
    }

    /// What was said, from the beginning.
    pub fn transcript(&self) -> &str {
        &self.transcript
    }
}

/// A desk that counts where others roll dice.
pub fn desk(articles: Vec<Article>, set: &[&str]) -> Arc<Desk> {
    desk_at(&ManualClock::at(wednesday()), articles, set)
}

/// Where conversations begin: a Wednesday, at eleven in Berlin.
fn wednesday() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_600_800, 0).unwrap()
}

fn desk_at(clock: &ManualClock, articles: Vec<Article>, set: &[&str]) -> Arc<Desk> {
    let set = set.iter().map(|text| (*text).to_owned()).collect();
    let loaded = config::load(&config::Options { file: None, set }, []).unwrap();
    let answers = Answers::new(Engine::in_memory(articles, Synonyms::default()).unwrap());
    let count = AtomicU64::new(0x1234_5678);
    let random = Box::new(move || count.fetch_add(1, Ordering::Relaxed));
    let (products, numbers) = (library::products(), library::phone_numbers());
    Arc::new(Desk::new(answers, products, numbers, &loaded.settings, clock.clock(), random))
}

/// Everything that a reply offers, by what stands on it.
pub fn offered(reply: &Reply) -> Vec<(String, ChoiceId)> {
    let mut out: Vec<_> =
        reply.choices.iter().map(|choice| (choice.label.clone(), choice.id.clone())).collect();
    for block in &reply.blocks {
        match block {
            ReplyBlock::Also(articles) | ReplyBlock::Articles(articles) => {
                out.extend(articles.iter().map(|article| (article.title.clone(), article.press.clone())));
            }
            ReplyBlock::Products(products) => {
                out.extend(products.iter().map(|product| (product.name.clone(), product.press.clone())));
            }
            ReplyBlock::Paragraph(_)
            | ReplyBlock::Text(_)
            | ReplyBlock::Card(_)
            | ReplyBlock::Commands(_) => {}
        }
    }
    out
}
