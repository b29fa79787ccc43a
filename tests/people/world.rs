//! A desk on which one customer has left something of themselves wherever one can.

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::chat::{Reply, ReplyBlock, Ticket};
use guidepost::config;
use guidepost::domain::Span;
use guidepost::domain::case::{
    Case, CaseNumber, Event, Priority, Rating, Score, Subject, Text, Tried, TriedQuestion, Verb, Written,
};
use guidepost::domain::{
    Actor, Effect, Identity, JobKey, Mail, MailAddress, PersonId, Place, Platform, Privacy, Upload,
};
use guidepost::services::agenda;
use guidepost::services::cases::table::{CASES, EVENTS};
use guidepost::services::cases::{Ask, Cases, Draft, Rules};
use guidepost::services::keeping::{DeskKey, Kept};
use guidepost::services::kept_answers::{self, KeptAnswer};
use guidepost::services::people::{NewStaff, PEOPLE, People};
use guidepost::services::privacy::{Erased, PrivacyError, erase};
use guidepost::store::files::{FileId, Files, Home};
use guidepost::store::{Batch, Direction, KeyRange, Place as StorePlace, Store};

use crate::store::Bench;

/// What is in everything that the customer wrote or is called, and in nothing else; in lower case.
pub const MARK: &str = "quokka";
/// What is in everything that others wrote.
pub const KEPT: &str = "wombat";

/// When every test begins: 22 November 2026, 09:02:22.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_338_142, 0).unwrap()
}

pub fn after(minutes: i64) -> DateTime<Utc> {
    start() + TimeDelta::minutes(minutes)
}

pub fn unseen(_: guidepost::services::keeping::Progress) {}

/// The services of a store.
pub struct World {
    pub store: Store,
    pub files: Files,
    pub cases: Cases,
    pub people: People,
}

/// Who is in it, and what they have.
pub struct Told {
    pub customer: PersonId,
    pub agent: Actor,
    /// The customer's own, with everything in it; rated and closed.
    pub own: CaseNumber,
    /// The customer's own, still open.
    pub active: CaseNumber,
    /// The other's, which the customer follows.
    pub followed: CaseNumber,
    /// The other's, which the customer followed once.
    pub left: CaseNumber,
    /// Bytes that only the customer added.
    pub file: FileId,
    /// Bytes that an agent sent, too.
    pub shared: FileId,
}

impl World {
    pub fn on(bench: &Bench) -> Self {
        let folder = match &bench.place {
            StorePlace::Folder(store) => store.with_file_name("files"),
            StorePlace::Postgres(_) => "/nowhere".into(),
        };
        let store = bench.store.clone();
        let files = Files::new(store.clone(), Home::of(&store, folder));
        let settings = config::load(&config::Options { file: None, set: Vec::new() }, []).unwrap().settings;
        let rules = Rules { cooldown: TimeDelta::zero(), ..Rules::of(&settings.cases) };
        let cases = Cases::new(store.clone(), files.clone(), rules);
        Self { people: People::new(store.clone()), store, files, cases }
    }

    pub fn kept(&self) -> Kept {
        let key = DeskKey::parse(&"ab".repeat(32)).unwrap();
        Kept { store: self.store.clone(), files: self.files.clone(), key }
    }

    pub async fn agent(&self, name: &str) -> Actor {
        let address = MailAddress::parse(&format!("{name}@example.org")).unwrap();
        let agent = self.people.add_staff(&NewStaff::Mail(address), Some(name), start()).await.unwrap();
        Actor::of(&agent)
    }

    pub async fn customer(&self, user: &str) -> Actor {
        Actor::of(&self.people.meet(&Identity::Console(user.to_owned()), Some(user), start()).await.unwrap())
    }

    pub async fn act(&self, actor: &Actor, case: CaseNumber, ask: impl Into<Ask>, minutes: i64) {
        let acted = self.cases.act(actor, case, &ask.into(), after(minutes)).await.unwrap();
        assert!(!acted.events.is_empty(), "nothing happened");
    }

    pub async fn open(&self, actor: &Actor, text: &str, files: Vec<Upload>) -> CaseNumber {
        let tried =
            TriedQuestion { text: text.to_owned(), at: start(), shown: Vec::new(), did_not_help: Vec::new() };
        let place = Place {
            platform: Platform::Console,
            conversation: format!("{text}'s terminal"),
            privacy: Privacy::Private,
        };
        let draft = Draft {
            subject: Some(Subject::parse(text).unwrap()),
            description: Text::parse(&format!("{text}\n{}", "long ".repeat(1500))).unwrap(),
            product: None,
            queue: None,
            priority: Priority::Normal,
            place,
            tried: Tried { questions: vec![tried], guides: Vec::new() },
            files,
            links: Vec::new(),
            on_behalf: None,
        };
        let once = format!("{text} {}", draft.files.len());
        self.cases.open(actor, &draft, &once, start()).await.unwrap().case().number
    }

    /// Makes all of it.
    pub async fn tell(&self) -> Told {
        let customer = self.customer(&format!("{MARK}-user")).await;
        let (other, agent) = (self.customer("other").await, self.agent("bo").await);
        let id = customer.person();
        let mail = MailAddress::parse(&format!("{MARK}@example.org")).unwrap();
        self.people.set_mail(id, Some(mail.clone())).await.unwrap();
        let file = Upload { name: format!("{MARK}.txt"), bytes: format!("{MARK} in a file").into_bytes() };
        let shared = Upload { name: format!("{MARK} too.txt"), bytes: b"the same at both".to_vec() };

        let own = self.open(&customer, &format!("{MARK} first"), vec![file.clone(), shared.clone()]).await;
        let sent = Upload { name: format!("{KEPT}.txt"), ..shared.clone() };
        self.act(&agent, own, Ask { files: vec![sent], ..Verb::Answer(written(KEPT)).into() }, 1).await;
        self.act(&agent, own, Verb::Note(written(KEPT)), 2).await;
        for minutes in 3..10 {
            let source = format!("{MARK}{minutes}");
            let said = Verb::Reply(written(MARK).said_in(Some(&source)));
            let reply = Ask { once: Some(source), ..said.into() };
            self.act(&customer, own, reply, minutes).await;
        }
        let (corrected, now) = (Text::parse(&format!("{MARK}, too")).unwrap(), after(10));
        self.cases.correct(&customer, &format!("{MARK}9"), own, Some(corrected), now).await.unwrap();
        let only = Ask { files: vec![file.clone()], ..Verb::Reply(Written::new(None)).into() };
        self.act(&customer, own, only, 10).await;
        self.act(&customer, own, Verb::Close { reason: Some(MARK.to_owned()) }, 11).await;
        let rating = Rating { score: Score::new(2).unwrap(), comment: Some(MARK.to_owned()) };
        self.act(&customer, own, Verb::Rate(rating), 12).await;

        let active = self.open(&customer, &format!("{MARK} second"), Vec::new()).await;
        let followed = self.open(&other, &format!("{KEPT} third"), Vec::new()).await;
        let left = self.open(&other, &format!("{KEPT} fourth"), vec![]).await;
        for case in [followed, left] {
            self.act(&agent, case, Verb::Follow(id), 20).await;
            self.act(&customer, case, Verb::Reply(written(MARK)), 21).await;
            self.act(&other, case, Verb::Reply(written(KEPT)), 22).await;
            self.act(&agent, case, Verb::Answer(written(KEPT)), 23).await;
        }
        self.act(&customer, left, Verb::Unfollow(id), 24).await;
        let mut batch = Batch::new();
        let test = Effect::Mail(Mail::Test { to: mail, asked_at: start() });
        agenda::enqueue(&mut batch, test, JobKey::of("mail-test", &[1]), start());
        self.store.commit(batch).await.unwrap();
        let block = ReplyBlock::Paragraph(vec![Span::Plain(format!("{MARK} waits"))]);
        let reply = Reply { blocks: vec![block], ..Reply::default() };
        let waits = KeptAnswer { person: id, id: Ticket::new(1), at: after(12), reply };
        kept_answers::keep(&self.store, &waits).await.unwrap();
        let name = |upload: &Upload| FileId::of(&upload.bytes);
        let (file, shared) = (name(&file), name(&shared));
        Told { customer: id, agent, own, active, followed, left, file, shared }
    }

    pub async fn erase(&self, who: &str) -> Result<Erased, PrivacyError> {
        erase(&self.store, &self.files, who, after(100), &mut unseen).await
    }

    /// The case as it is kept, and its whole timeline.
    pub async fn case(&self, number: CaseNumber) -> (Case, Vec<Event>) {
        let key = guidepost::services::cases::table::key(number);
        let case = CASES.get(&self.store, &key).await.unwrap().unwrap().record;
        let rows = EVENTS.list_under(&self.store, &key, None, usize::MAX, Direction::Forward).await.unwrap();
        (case, rows.into_iter().map(|row| row.record).collect())
    }

    /// Every case is what its timeline adds up to.
    pub async fn assert_cases_add_up(&self) {
        for row in CASES.list(&self.store, None, usize::MAX, Direction::Forward).await.unwrap() {
            let (case, events) = self.case(row.record.number).await;
            assert_eq!(Case::replay(&events), Some(case));
        }
    }

    /// The entries of the store that have a word in key or value.
    pub async fn with(&self, word: &str) -> Vec<String> {
        let all = self.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
        let texts = all.into_iter().map(|entry| format!("{}: {}", entry.key, entry.value));
        texts.filter(|text| text.to_lowercase().contains(word)).collect()
    }

    pub async fn is_there(&self, file: &FileId) -> bool {
        self.files.get(file).await.unwrap().is_some()
    }

    /// Nothing is left of the customer but their number, and all that others said.
    pub async fn assert_erased(&self, told: &Told) {
        assert_eq!(self.with(MARK).await, Vec::<String>::new());
        assert!(!self.is_there(&told.file).await && self.is_there(&told.shared).await);
        assert!(self.with(KEPT).await.len() >= 8, "others lost their words");
        self.assert_cases_add_up().await;
        let person = PEOPLE.get(&self.store, &guidepost::services::people::key(told.customer)).await;
        let person = person.unwrap().unwrap().record;
        assert_eq!((person.id, person.since, person.erased), (told.customer, start(), Some(after(100))));
        assert_eq!(person.called(), None);
    }
}

pub fn written(text: &str) -> Written {
    Written::new(Some(Text::parse(text).unwrap()))
}
