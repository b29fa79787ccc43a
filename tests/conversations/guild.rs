//! A server on Discord with the desk in it, as the platform hands in what happens there: a help channel, a lounge, and the room of a case.

use std::fmt::Write;

use chrono::TimeDelta;
use guidepost::chat::{Input, Reply, Request, ServerSetting};
use guidepost::clock::ManualClock;
use guidepost::config;
use guidepost::domain::case::{Case, CaseNumber, Event, Text, Verb, What, Written, is_from_room};
use guidepost::domain::{Actor, Channel, Identity, Place, Privacy, Upload};
use guidepost::handlers::{Desk, Kept};
use guidepost::platforms::console;
use guidepost::services::cases::table::{CASES, EVENTS};
use guidepost::services::cases::{Cases, Draft, Opened};
use guidepost::services::people::{NewStaff, PEOPLE, People};
use guidepost::services::rooms::Room;
use guidepost::services::{keeping, rooms, servers};
use guidepost::store::files::{Files, Home};
use guidepost::store::{Direction, KeyRange, Store};
use tempfile::TempDir;

use super::library;
use super::world::{answering, offered, view, wednesday};

const SERVER: u64 = 2000;
/// The channel in which questions are answered.
pub const HELP: u64 = 4000;
/// A channel of which the desk knows nothing.
pub const LOUNGE: u64 = 4001;
/// The thread of the case.
pub const ROOM: u64 = 5000;

/// The people of the server.
pub const ADA: u64 = 1;
pub const BO: u64 = 2;
pub const EVE: u64 = 3;

pub struct Guild {
    desk: Desk,
    store: Store,
    cases: Cases,
    people: People,
    pub clock: ManualClock,
    _folder: TempDir,
    /// What was said last.
    reply: Reply,
    turns: u64,
    transcript: String,
}

impl Guild {
    /// With an agent, Bo, and a help channel; everybody else is new to the desk.
    pub async fn on(store: &Store) -> Self {
        let settings = config::load(&config::Options { file: None, set: Vec::new() }, []).unwrap().settings;
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(store.clone(), Home::of(store, folder.path().join("files")));
        let kept = keeping::Kept { store: store.clone(), files, key: crate::jobs::world::desk_key() };
        let cases = guidepost::app::cases(&settings, store, &kept.files);
        let clock = ManualClock::at(wednesday());
        let desk = answering(&clock, &library::articles(), &settings);
        let desk = {
            let accounts = guidepost::app::accounts(&settings, store);
            let sign_ins = guidepost::app::sign_ins(&settings, store).unwrap();
            desk.keeping(Kept::new(&kept, cases.clone(), accounts, sign_ins, None))
        };
        let people = People::new(store.clone());
        people.add_staff(&NewStaff::Discord(BO), Some("Bo"), clock.now()).await.unwrap();
        servers::choose(store, SERVER, ServerSetting::Help, &[HELP]).await.unwrap();
        Self {
            desk,
            store: store.clone(),
            cases,
            people,
            clock,
            _folder: folder,
            reply: Reply::default(),
            turns: 0,
            transcript: String::new(),
        }
    }

    /// Ada's case, with its room.
    pub async fn with_room(store: &Store) -> Self {
        let guild = Self::on(store).await;
        let place = Channel { server: None, id: 900 }.place(Privacy::Private);
        let draft = Draft { place, ..crate::cases::world::draft("The console shows error 0x80") };
        let ada = guild.actor(ADA).await;
        let opened = guild.cases.open(&ada, &draft, "first", guild.clock.now()).await.unwrap();
        assert!(matches!(opened, Opened::New(_)));
        let room = Room {
            case: CaseNumber(1),
            server: SERVER,
            parent: 3000,
            thread: ROOM,
            shown: 1,
            members: [ADA].into(),
            archived: false,
        };
        rooms::add(store, &room).await.unwrap();
        guild
    }

    async fn actor(&self, who: u64) -> Actor {
        Actor::of(&self.people.meet(&Identity::Discord(who), None, self.clock.now()).await.unwrap())
    }

    /// Somebody says something in a channel, not to the desk. Answers the id of the turn.
    pub async fn overhears(&mut self, who: u64, channel: u64, text: &str) -> String {
        let id = self.next_id();
        self.turn(who, public(channel), text, Input::Overheard(text.to_owned()), &id, &[]).await;
        id
    }

    /// The same turn comes in once more.
    pub async fn overhears_again(&mut self, who: u64, channel: u64, text: &str, id: &str) {
        self.turn(who, public(channel), text, Input::Overheard(text.to_owned()), id, &[]).await;
    }

    /// The same with files.
    pub async fn receives(&mut self, who: u64, channel: u64, text: &str, files: &[(&str, &[u8])]) {
        let id = self.next_id();
        let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
        let said = format!("{text} <{}>", names.join(", "));
        self.turn(who, public(channel), said.trim(), Input::Overheard(text.to_owned()), &id, files).await;
    }

    /// Somebody mentions the desk in a channel.
    pub async fn is_told(&mut self, who: u64, channel: u64, text: &str) {
        let id = self.next_id();
        self.turn(who, public(channel), text, Input::Text(text.to_owned()), &id, &[]).await;
    }

    /// Somebody changes what they said in a turn, or takes it back.
    pub async fn edits(&mut self, who: u64, channel: u64, of: &str, text: Option<&str>) {
        let id = self.next_id();
        let said = text.map_or_else(|| format!("(deletes {of})"), |text| format!("(edits {of}) {text}"));
        let input = Input::Corrected { of: of.to_owned(), text: text.map(str::to_owned) };
        self.turn(who, public(channel), &said, input, &id, &[]).await;
    }

    /// Somebody presses what the last reply offers under this text; the answer is for them alone.
    pub async fn presses(&mut self, who: u64, channel: u64, label: &str) {
        let offered = offered(&self.reply);
        let choice = offered.iter().find(|(text, _)| text == label);
        let (_, press) =
            choice.unwrap_or_else(|| panic!("{label:?} is not offered, but {offered:?}")).clone();
        let id = self.next_id();
        let place = Place { privacy: Privacy::Private, ..public(channel) };
        let before = self.reply.clone();
        self.turn(who, place, &format!("[{label}]"), Input::Press(press), &id, &[]).await;
        // What stands in the channel still stands there.
        self.reply = before;
    }

    fn next_id(&mut self) -> String {
        self.turns += 1;
        format!("discord-{}", self.turns)
    }

    async fn turn(
        &mut self,
        who: u64,
        place: Place,
        said: &str,
        input: Input,
        id: &str,
        files: &[(&str, &[u8])],
    ) {
        let upload =
            |(name, bytes): &(&str, &[u8])| Upload { name: (*name).to_owned(), bytes: bytes.to_vec() };
        let request = Request {
            files: files.iter().map(upload).collect(),
            id: Some(id.to_owned()),
            ..Request::new(Identity::Discord(who), place, input)
        };
        self.reply = self.desk.handle(&request).await;
        let name = ["?", "ada", "bo", "eve"][usize::try_from(who).unwrap()];
        let answer = if self.reply == Reply::default() {
            "(silence)\n".to_owned()
        } else {
            let screen = console::render(&self.reply, console::View { now: self.clock.now(), ..view(80) });
            anstream::adapter::strip_str(&screen.text).to_string()
        };
        let shown = |c: &char| *c == '\n' || !c.is_control();
        let said: String = said.chars().filter(shown).take(200).collect();
        writeln!(self.transcript, "{name}> {said}\n{answer}").unwrap();
    }

    pub fn wait(&mut self, time: TimeDelta) {
        self.clock.advance(time);
        writeln!(self.transcript, "--- {} hours go by\n", time.num_hours()).unwrap();
    }

    /// Somebody does something to the case elsewhere.
    pub async fn does(&mut self, who: u64, verb: Verb) {
        writeln!(self.transcript, "--- {verb:?}\n").unwrap();
        let actor = self.actor(who).await;
        self.cases.act(&actor, CaseNumber(1), &verb.into(), self.clock.now()).await.unwrap();
    }

    /// How many people the desk knows.
    pub async fn known(&self) -> usize {
        PEOPLE.list(&self.store, None, 99, Direction::Forward).await.unwrap().len()
    }

    /// Everything that is in the store.
    pub async fn everything(&self) -> String {
        let entries = self.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
        let texts: Vec<String> =
            entries.iter().map(|entry| format!("{}: {}", entry.key, entry.value)).collect();
        texts.join("\n")
    }

    /// The case and its timeline.
    pub async fn kept(&self) -> (Case, Vec<Event>) {
        let key = guidepost::services::cases::table::key(CaseNumber(1));
        let case = CASES.get(&self.store, &key).await.unwrap().unwrap().record;
        let rows = EVENTS.list_under(&self.store, &key, None, 999, Direction::Forward).await.unwrap();
        (case, rows.into_iter().map(|row| row.record).collect())
    }

    /// What was said, with the timeline at the end.
    pub async fn transcript(&self) -> String {
        let (case, events) = self.kept().await;
        let mut out =
            format!("{}--- the case is {}; its timeline:\n", self.transcript, case.standing().name());
        for event in events {
            writeln!(out, "{}. {:?}: {}", event.number, event.by, happened(&event)).unwrap();
        }
        out
    }

    /// What was said.
    pub fn said(&self) -> &str {
        &self.transcript
    }
}

fn public(channel: u64) -> Place {
    Channel { server: Some(SERVER), id: channel }.place(Privacy::Public)
}

/// An event in a line.
fn happened(event: &Event) -> String {
    let text =
        |text: Option<&Text>| text.map_or_else(|| "-".to_owned(), |text| format!("{:?}", text.as_str()));
    let files = |written: &Written| {
        let names: Vec<&str> = written.files.iter().map(|file| file.name.as_str()).collect();
        if names.is_empty() { String::new() } else { format!(" <{}>", names.join(", ")) }
    };
    let source = is_from_room(event).map(|source| format!(" from {source}")).unwrap_or_default();
    match &event.what {
        What::Message(written) => {
            format!("message {}{}{source}", text(written.text.as_ref()), files(written))
        }
        What::Corrected(correction) => {
            format!("{} says {}{source}", correction.event, text(correction.text.as_ref()))
        }
        What::Became(status) => format!("became {}", status.standing().name()),
        What::Opened(_) => "opened".to_owned(),
        other => format!("{other:?}"),
    }
}
