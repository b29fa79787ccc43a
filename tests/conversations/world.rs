//! A desk to talk with: everything is real but the screen.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::chat::commands::slash::{self, Kind, Menu};
use guidepost::chat::{ChoiceId, Command, Input, Reply, ReplyBlock, Request};
use guidepost::clock::ManualClock;
use guidepost::config::{self, Settings};
use guidepost::domain::account::OrgId;
use guidepost::domain::{Article, Identity, MailAddress, PersonId, Place, Platform, Privacy, Upload};
use guidepost::handlers::{Completion, Desk, Kept};
use guidepost::jobs::{self, Jobs};
use guidepost::platforms::console;
use guidepost::search::{Engine, Synonyms};
use guidepost::services::accounts::table::Logged;
use guidepost::services::accounts::{Accounts, bring};
use guidepost::services::answers::Answers;
use guidepost::services::case_search::CaseSearch;
use guidepost::services::cases::table::CASES;
use guidepost::services::keeping::{self, KeyPlace, Places};
use guidepost::services::people::NewStaff;
use guidepost::store::{self, Direction};

use super::library;

/// Conversations with their transcript.
pub struct World {
    pub desk: Arc<Desk>,
    pub reply: Reply,
    pub clock: ManualClock,
    pub kept: keeping::Kept,
    search: CaseSearch,
    pub folder: tempfile::TempDir,
    settings: Settings,
    articles: Vec<Article>,
    jobs: Jobs,
    who: String,
    /// Those who speak as contacts of an account.
    contacts: Vec<String>,
    place: String,
    /// What each person was told last.
    replies: BTreeMap<String, Reply>,
    width: usize,
    transcript: String,
}

impl World {
    /// A conversation on a screen of 80 columns.
    pub async fn new() -> Self {
        Self::with(library::articles(), &[]).await
    }

    /// One about these articles, with settings as `--set` takes them.
    pub async fn with(articles: Vec<Article>, set: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let set = set.iter().map(|text| (*text).to_owned()).collect();
        let mut settings = config::load(&config::Options { file: None, set }, []).unwrap().settings;
        settings.mail.outbox = folder.path().join("outbox");
        let clock = ManualClock::at(wednesday());
        let kept = open(folder.path()).await;
        let search = search_of(&kept);
        let desk = desk_of(&clock, &articles, &settings, &kept, &search);
        let jobs = guidepost::app::jobs(&settings, &kept, Box::new(guidepost::jobs::Closed("Discord")));
        Self {
            desk,
            reply: Reply::default(),
            clock,
            kept,
            search,
            folder,
            settings,
            articles,
            jobs,
            who: "ada".to_owned(),
            contacts: Vec::new(),
            place: "test".to_owned(),
            replies: BTreeMap::new(),
            width: 80,
            transcript: String::new(),
        }
    }

    pub fn wide(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// The desk stops and starts again.
    pub async fn restart(&mut self) {
        self.kept.store.close().await;
        self.kept = open(self.folder.path()).await;
        self.search = search_of(&self.kept);
        self.desk = desk_of(&self.clock, &self.articles, &self.settings, &self.kept, &self.search);
        self.jobs =
            guidepost::app::jobs(&self.settings, &self.kept, Box::new(guidepost::jobs::Closed("Discord")));
        self.note("the desk starts again");
    }

    /// The articles are edited, and the desk starts again.
    pub async fn edits(&mut self, articles: Vec<Article>) {
        self.articles = articles;
        self.restart().await;
    }

    /// From now on this person speaks.
    pub fn is_now(&mut self, who: &str) {
        self.replies.insert(std::mem::replace(&mut self.who, who.to_owned()), self.reply.clone());
        self.reply = self.replies.get(who).cloned().unwrap_or_default();
        self.note(&format!("{who} at the terminal"));
    }

    /// The person goes to another place, such as a second terminal.
    pub fn moves_to(&mut self, place: &str) {
        place.clone_into(&mut self.place);
    }

    /// Time goes by.
    pub fn wait(&mut self, time: TimeDelta) {
        self.clock.advance(time);
        let hours = time.num_hours();
        let words =
            if hours > 0 { format!("{hours} hours") } else { format!("{} minutes", time.num_minutes()) };
        self.note(&format!("{words} go by"));
    }

    /// The index of cases hears of what happened.
    pub async fn index(&self) {
        self.search.catch_up().await.unwrap();
    }

    /// The desk does what is due.
    pub async fn tick(&mut self) {
        guidepost::services::agenda::ensure_timers(&self.kept.store, self.clock.now()).await.unwrap();
        while jobs::tick(&self.jobs, self.clock.now(), || 7).await.unwrap().done > 0 {}
    }

    /// Brings the demonstration account in, of which these are contacts from now on.
    pub async fn demo(&mut self, contacts: &[&str]) {
        let wanted = bring::demo(&self.settings.accounts.toolboxes).unwrap();
        self.accounts().bring_demo(&wanted, self.clock.now()).await.unwrap();
        self.contacts = contacts.iter().map(|name| (*name).to_owned()).collect();
    }

    /// The accounts of the desk.
    pub fn accounts(&self) -> Accounts {
        guidepost::app::accounts(&self.settings, &self.kept.store)
    }

    /// The person whose address at example.org begins so.
    pub async fn person(&self, name: &str) -> PersonId {
        let people = guidepost::services::people::People::new(self.kept.store.clone());
        people.named(&format!("{name}@example.org")).await.unwrap().unwrap().record.id
    }

    /// The log of the demonstration account.
    pub async fn account_log(&self) -> Vec<Logged> {
        self.accounts().log(OrgId::parse("10001000").unwrap(), 0, 1000).await.unwrap()
    }

    /// Makes somebody at a terminal an agent.
    pub async fn hire(&mut self, who: &str) {
        let address = MailAddress::parse(&format!("{who}@example.org")).unwrap();
        let people = guidepost::services::people::People::new(self.kept.store.clone());
        people.add_staff(&NewStaff::Mail(address), Some(who), self.clock.now()).await.unwrap();
    }

    /// Shows what is new to the person here.
    pub async fn news(&mut self) {
        let told = self.desk.news(&self.identity().await, &self.place()).await;
        let text = told.as_ref().map_or_else(|| "(no news)\n".to_owned(), |reply| self.plain(reply));
        writeln!(self.transcript, "* news\n{text}").unwrap();
        if let Some(reply) = told {
            self.reply = reply;
        }
    }

    /// The mails in the outbox, by when they were sent.
    pub fn mails(&self) -> Vec<String> {
        let Ok(files) = std::fs::read_dir(&self.settings.mail.outbox) else { return Vec::new() };
        let mut all: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        all.sort();
        all.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
    }

    /// The person types.
    pub async fn say(&mut self, text: &str) {
        self.turn(text, Input::Text(text.to_owned()), Vec::new()).await;
    }

    /// The person sends files, with words or without.
    pub async fn send(&mut self, text: &str, files: &[(&str, &[u8])]) {
        let upload =
            |(name, bytes): &(&str, &[u8])| Upload { name: (*name).to_owned(), bytes: bytes.to_vec() };
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let said = format!("{text} <{}>", names.join(", "));
        self.turn(said.trim(), Input::Text(text.to_owned()), files.iter().map(upload).collect()).await;
    }

    /// The person uses a slash command.
    pub async fn command(&mut self, command: Command) {
        self.turn(&format!("{command:?}"), Input::Command(command), Vec::new()).await;
    }

    /// The person uses a slash command as a platform hands it in.
    pub async fn slash(&mut self, path: &str, options: &[(&str, &str)]) {
        self.slash_with(path, options, Vec::new()).await;
    }

    /// The same with files.
    pub async fn slash_with(&mut self, path: &str, options: &[(&str, &str)], files: Vec<Upload>) {
        let words: Vec<&str> = path.split(' ').collect();
        let said: Vec<(String, String)> =
            options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let shown: Vec<String> = said.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        let said = slash::input(&words, &said);
        self.turn(format!("/{path} {}", shown.join(" ")).trim(), said, files).await;
    }

    /// The person chooses from the menu of somebody, or of a message of theirs.
    pub async fn menu(&mut self, name: &str, menu: &Menu) {
        let text = menu.text.as_ref().map(|text| format!(", \"{text}\"")).unwrap_or_default();
        self.turn(&format!("({name}: {}{text})", menu.person), slash::menu(name, menu), Vec::new()).await;
    }

    /// What is offered to the person who types.
    pub async fn offers(&self, kind: Kind, typed: &str) -> Vec<Completion> {
        self.desk.complete(&self.identity().await, kind, typed).await
    }

    /// The person presses what the last reply offers under this text.
    pub async fn press(&mut self, label: &str) {
        let id = self.button(label);
        self.turn(&format!("[{label}]"), Input::Press(id), Vec::new()).await;
    }

    /// The id of what the last reply offers under this text.
    pub fn button(&self, label: &str) -> ChoiceId {
        let offered = offered(&self.reply);
        let choice = offered.iter().find(|(text, _)| text == label);
        let (_, id) = choice.unwrap_or_else(|| panic!("{label:?} is not offered, but {offered:?}"));
        id.clone()
    }

    /// The person presses a button from long ago.
    pub async fn press_id(&mut self, id: &str) {
        self.turn(&format!("[{id}]"), Input::Press(ChoiceId::from(id.to_owned())), Vec::new()).await;
    }

    /// The person presses this button.
    pub async fn press_again(&mut self, id: &ChoiceId) {
        self.turn("[the same button]", Input::Press(id.clone()), Vec::new()).await;
    }

    async fn turn(&mut self, said: &str, input: Input, files: Vec<Upload>) {
        let request = Request { files, ..Request::new(self.identity().await, self.place(), input) };
        self.reply = self.desk.handle(&request).await;
        let text = self.plain(&self.reply);
        writeln!(self.transcript, "> {said}\n{text}").unwrap();
    }

    /// Whoever sits there: an agent or a contact by their number, everybody else as the system's user.
    async fn identity(&self) -> Identity {
        let people = guidepost::services::people::People::new(self.kept.store.clone());
        match people.named(&format!("{}@example.org", self.who)).await.unwrap() {
            Some(row) if row.record.staff.is_some() || self.contacts.contains(&self.who) => {
                Identity::Desk(row.record.id)
            }
            Some(_) | None => Identity::Console(self.who.clone()),
        }
    }

    pub fn place(&self) -> Place {
        let conversation = self.place.clone();
        Place { platform: Platform::Console, conversation, privacy: Privacy::Private }
    }

    fn plain(&self, reply: &Reply) -> String {
        let screen = console::render(reply, console::View { now: self.clock.now(), ..view(self.width) });
        anstream::adapter::strip_str(&screen.text).to_string()
    }

    fn note(&mut self, text: &str) {
        writeln!(self.transcript, "--- {text}\n").unwrap();
    }

    /// Whether the last reply says this.
    pub fn said(&self, text: &str) -> bool {
        self.plain(&self.reply).replace('\n', " ").contains(text)
    }

    /// All cases as they are kept.
    pub async fn cases(&self) -> Vec<guidepost::domain::case::Case> {
        let rows = CASES.list(&self.kept.store, None, 100, Direction::Forward).await.unwrap();
        rows.into_iter().map(|row| row.record).collect()
    }

    /// What was said, from the beginning.
    pub fn transcript(&self) -> &str {
        &self.transcript
    }
}

/// A desk that only answers, and counts where others roll dice.
pub fn desk(articles: &[Article], set: &[&str]) -> Arc<Desk> {
    let set = set.iter().map(|text| (*text).to_owned()).collect();
    let settings = config::load(&config::Options { file: None, set }, []).unwrap().settings;
    Arc::new(answering(&ManualClock::at(wednesday()), articles, &settings))
}

/// A screen of so many columns, when conversations begin.
pub fn view(width: usize) -> console::View {
    console::View { width, now: wednesday(), zone: chrono_tz::UTC }
}

/// Where conversations begin: a Wednesday, at eleven in Berlin.
pub fn wednesday() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_600_800, 0).unwrap()
}

async fn open(folder: &Path) -> keeping::Kept {
    let store = folder.join("store");
    let key = KeyPlace::new(None, &store).unwrap();
    let places = Places { store: store::Place::Folder(store.clone()), files: folder.join("files"), key };
    places.open(|| Ok([7; 32])).await.unwrap()
}

fn search_of(kept: &keeping::Kept) -> CaseSearch {
    CaseSearch::in_memory(kept.store.clone(), 50_000_000).unwrap()
}

fn desk_of(
    clock: &ManualClock,
    articles: &[Article],
    settings: &Settings,
    kept: &keeping::Kept,
    search: &CaseSearch,
) -> Arc<Desk> {
    let cases = guidepost::app::cases(settings, &kept.store, &kept.files);
    let keeping = {
        let accounts = guidepost::app::accounts(settings, &kept.store);
        let sign_ins = guidepost::app::sign_ins(settings, &kept.store).unwrap();
        Kept::new(kept, cases, accounts, sign_ins, Some(search.clone()))
    };
    Arc::new(answering(clock, articles, settings).keeping(keeping))
}

/// A desk that keeps nothing yet.
pub fn answering(clock: &ManualClock, articles: &[Article], settings: &Settings) -> Desk {
    let answers = Answers::new(Engine::in_memory(articles.to_vec(), Synonyms::default()).unwrap());
    let count = AtomicU64::new(0x1234_5678);
    let random = Box::new(move || count.fetch_add(1, Ordering::Relaxed));
    Desk::new(answers, library::products(), library::phone_numbers(), settings, clock.clock(), random)
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
            ReplyBlock::Cases(cases) => {
                out.extend(cases.iter().map(|case| (case.number.to_string(), case.press.clone())));
            }
            ReplyBlock::Paragraph(_)
            | ReplyBlock::Text(_)
            | ReplyBlock::Card(_)
            | ReplyBlock::Timeline(_)
            | ReplyBlock::File(_)
            | ReplyBlock::Pickers(_)
            | ReplyBlock::Progress(_)
            | ReplyBlock::Commands(_) => {}
        }
    }
    out
}
