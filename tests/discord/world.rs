//! A server with people in it, and the real program behind the bot.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use guidepost::clock::Clock;
use guidepost::domain::case::Event;
use guidepost::domain::{Identity, MailAddress, Person};
use guidepost::services::cases::table::EVENTS;
use guidepost::services::people::{PEOPLE, People};
use guidepost::store::{Batch, Direction, Place, Store};
use serde_json::{Value, json};

use super::double::rights::{MANAGE_GUILD, MANAGE_THREADS};
use super::double::{Act, ChannelKind, Double, Id, Message, Options};

const PROGRAM: &str = env!("CARGO_BIN_EXE_guidepost");

/// The double, the program, and what was said.
pub struct World {
    pub double: Double,
    pub guild: Id,
    pub help: Id,
    pub cases: Id,
    pub staff: Id,
    /// A channel in which nothing is set up.
    pub lobby: Id,
    /// Manages the server.
    pub mona: Id,
    pub alice: Id,
    /// An agent.
    pub bo: Id,
    /// Further settings, as after `--set`.
    pub settings: Vec<String>,
    /// What the environment of the program has besides.
    pub environment: Vec<(&'static str, String)>,
    folder: tempfile::TempDir,
    process: Option<Child>,
    starts: usize,
    transcript: String,
}

impl World {
    /// A desk that was set up, with an agent.
    pub async fn new() -> Self {
        Self::set_up_at(Options { clock: Clock::System, ..Options::default() }).await
    }

    /// The same, at a Discord that begins so.
    pub async fn set_up_at(options: Options) -> Self {
        let mut world = Self::at(options).await;
        world.start().await;
        world.set_up().await;
        world
    }

    /// Before the desk starts for the first time.
    pub async fn bare() -> Self {
        // The program has the system's clock, and Discord the same.
        Self::at(Options { clock: Clock::System, ..Options::default() }).await
    }

    /// At a Discord that begins so.
    pub async fn at(options: Options) -> Self {
        let double = Double::start(options).await;
        let guild = double.add_guild("Acme");
        let channel = |name| double.add_channel(guild, name);
        let (help, cases, staff, lobby) =
            (channel("help"), channel("cases"), channel("staff"), channel("lobby"));
        double.add_channel_of(guild, "forum", ChannelKind::Forum, None);
        let managers = double.add_role(guild, "Managers", MANAGE_GUILD);
        let mona = double.add_member(guild, "Mona", &[managers]);
        let alice = double.add_member(guild, "Alice", &[]);
        // The commands of staff are offered to whoever may manage threads.
        let helpers = double.add_role(guild, "Helpers", MANAGE_THREADS);
        let bo = double.add_member(guild, "Bo", &[helpers]);
        Self {
            double,
            guild,
            help,
            cases,
            staff,
            lobby,
            mona,
            alice,
            bo,
            settings: Vec::new(),
            environment: Vec::new(),
            folder: tempfile::tempdir().unwrap(),
            process: None,
            starts: 0,
            transcript: String::new(),
        }
    }

    /// Another desk at the same Discord, with a folder of its own.
    pub fn beside(&self) -> Self {
        Self {
            double: self.double.clone(),
            settings: self.settings.clone(),
            environment: self.environment.clone(),
            folder: tempfile::tempdir().unwrap(),
            process: None,
            starts: 0,
            transcript: String::new(),
            ..*self
        }
    }

    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args([
                "--set",
                &format!("discord.api_base={}", self.double.url()),
                "--set",
                "cases.cooldown_s=0",
                "--set",
                "web.listen=",
            ])
            .args(self.settings.iter().flat_map(|setting| ["--set", setting]))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("GUIDEPOST_DISCORD_TOKEN", self.double.token())
            .env_remove("GUIDEPOST_STORE_URL")
            // Told to `cargo bench`, and no setting.
            .env_remove("GUIDEPOST_BENCH")
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Where what the program says goes.
    fn log(&self, start: usize) -> PathBuf {
        self.folder.path().join(format!("stderr-{start}"))
    }

    /// Starts the program, and waits until it is on Discord.
    pub async fn start(&mut self) {
        let before = self.double.identifies().len();
        self.spawn();
        self.double
            .wait_until(|state| state.gateway.identifies.len() > before && !state.commands.is_empty())
            .await;
    }

    /// Starts the program.
    pub fn spawn(&mut self) {
        self.starts += 1;
        let log = File::create(self.log(self.starts)).unwrap();
        let process =
            self.program(&["serve"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        self.process = Some(process);
    }

    /// The number of its process, while it runs.
    #[allow(dead_code, reason = "the bench reads its memory")]
    pub fn process(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }

    /// Stops it as an operator does.
    pub fn stop(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        let id = rustix::process::Pid::from_child(&process);
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
        assert!(process.wait().unwrap().success(), "{}", self.said_by_program());
    }

    /// Kills it in the middle of whatever it does.
    pub fn kill(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        process.kill().unwrap();
        process.wait().unwrap();
    }

    /// Adds an article to those that come with the program, which has not started yet.
    pub fn writes_article(&self, name: &str, text: &str) {
        let folder = self.folder.path().join("knowledge");
        if !folder.exists() {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"), &folder);
        }
        fs::write(folder.join("docs").join(name), text).unwrap();
    }

    /// The bytes of all files that are kept.
    pub fn kept_files(&self) -> Vec<Vec<u8>> {
        let mut folders = vec![self.folder.path().join("data/files")];
        let mut found = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if entry.is_dir() {
                    folders.push(entry);
                } else {
                    found.push(fs::read(entry).unwrap());
                }
            }
        }
        found
    }

    /// The mails in its outbox, in the order in which they were written.
    pub fn mails(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder.path().join("data/outbox")) else { return Vec::new() };
        let files = entries.map(|entry| entry.unwrap().path());
        let mut mails: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
        mails.sort_by_key(|path| fs::metadata(path).and_then(|data| data.modified()).ok());
        mails.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
    }

    /// Every event of every case, as it is kept; the program is stopped.
    pub async fn events(&self) -> Vec<Event> {
        let store = self.store().await;
        let rows = EVENTS.list(&store, None, usize::MAX, Direction::Forward).await.unwrap();
        store.close().await;
        rows.into_iter().map(|row| row.record).collect()
    }

    /// Its store; the program is stopped.
    pub async fn store(&self) -> Store {
        assert!(self.process.is_none(), "the program has its store");
        let place = Place::Folder(self.folder.path().join("data/store"));
        Store::open(&place).await.unwrap()
    }

    /// Brings the demonstration account in, of which these people are contacts; the program has not started yet.
    pub async fn has_demo(&self, contacts: &[(Id, &str)]) {
        let brought = self.run(&["demo"]);
        assert!(brought.status.success(), "{}", String::from_utf8_lossy(&brought.stderr));
        let store = self.store().await;
        for (user, address) in contacts {
            let address = MailAddress::parse(address).unwrap();
            let row = People::new(store.clone()).with_mail(&address).await.unwrap().unwrap();
            let identities = vec![Identity::Discord(user.0)];
            let mut batch = Batch::new();
            PEOPLE.update(&mut batch, &row, &Person { identities, ..row.record.clone() });
            store.commit(batch).await.unwrap();
        }
        store.close().await;
    }

    /// All that the program said in all its lives.
    pub fn said_by_program(&self) -> String {
        (1..=self.starts).map(|start| fs::read_to_string(self.log(start)).unwrap_or_default()).collect()
    }

    /// Runs another command of the program beside the desk.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.program(arguments).stdin(Stdio::null()).output().unwrap()
    }

    /// Asks the running desk how it is until it says this.
    pub fn status_says(&self, words: &str) {
        let mut last = self.run(&["status"]);
        for _ in 0..200 {
            let said = self.run(&["status"]);
            if String::from_utf8_lossy(&said.stdout).contains(words) {
                return;
            }
            last = said;
        }
        panic!("{words:?} is not in what status says: {last:?}\n{}", self.said_by_program());
    }

    /// Makes Bo an agent, and chooses the channels.
    pub async fn set_up(&mut self) {
        let added = self.run(&["agent", "add", &format!("discord:{}", self.bo), "--name", "Bo"]);
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        for (setting, channel) in [("help", self.help), ("cases", self.cases), ("staff", self.staff)] {
            self.choose(setting, channel).await;
        }
    }

    /// The manager chooses a channel for something.
    pub async fn choose(&self, setting: &str, channel: Id) {
        self.choose_all(setting, &[channel]).await;
    }

    /// The manager chooses these channels for something, and no others.
    pub async fn choose_all(&self, setting: &str, channels: &[Id]) {
        let shown = self.double.slash(self.mona, self.lobby, "setup", &json!({}));
        let list = format!("v1:server:pick:{setting}");
        shown.shown().await;
        let messages = std::iter::once(shown.shown().await).chain(shown.followups());
        let message = messages.into_iter().find(|message| message.control(&list).is_some()).unwrap();
        let channels: Vec<String> = channels.iter().map(ToString::to_string).collect();
        let channels: Vec<&str> = channels.iter().map(String::as_str).collect();
        let picked = self.double.select(self.mona, message.id, &list, &channels);
        picked.answer().await;
    }

    /// What somebody does, and what they see of it.
    pub async fn tells(&mut self, what: &str, act: &Act) -> Message {
        let shown = act.shown().await;
        self.note(what);
        self.show(&shown);
        shown
    }

    /// Looks at a case until these words are in it.
    pub async fn until_case_shows(&self, who: Id, case: &str, words: &str) {
        loop {
            let shown =
                self.double.slash(who, self.help, "case show", &json!({ "case": case })).shown().await;
            if shown.words().contains(words) {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// A line in the transcript.
    pub fn note(&mut self, what: &str) {
        writeln!(self.transcript, "> {what}").unwrap();
    }

    /// A message in the transcript.
    pub fn show(&mut self, message: &Message) {
        let alone = if message.only_for.is_some() { "(only for them) " } else { "" };
        let mut text = format!("{alone}{}", message.words());
        for control in message.controls() {
            let label =
                control["label"].as_str().or_else(|| control["placeholder"].as_str()).unwrap_or("list");
            let options = control["options"].as_array().map(|options| {
                let labels =
                    options.iter().map(|option| option["label"].as_str().unwrap_or_default().to_owned());
                format!(": {}", labels.collect::<Vec<_>>().join(" | "))
            });
            write!(text, "\n[{label}{}]", options.unwrap_or_default()).unwrap();
        }
        for line in text.lines() {
            writeln!(self.transcript, "  {line}").unwrap();
        }
    }

    /// A modal in the transcript.
    pub fn show_modal(&mut self, modal: &Value) {
        writeln!(self.transcript, "  (form) {}", modal["title"].as_str().unwrap_or_default()).unwrap();
        for row in modal["components"].as_array().into_iter().flatten() {
            let input = &row["components"][0];
            writeln!(self.transcript, "  [{}]", input["label"].as_str().unwrap_or_default()).unwrap();
        }
    }

    /// What was said, with what differs from run to run made the same.
    pub fn transcript(&self) -> String {
        let mut text = self.transcript.clone();
        for (id, name) in [(self.alice, "ALICE"), (self.bo, "BO"), (self.mona, "MONA")] {
            text = text.replace(&id.to_string(), name);
        }
        let times = regex::Regex::new(r"<t:\d+:(\w)>").unwrap();
        let days = regex::Regex::new(r"on \d+ \w+ at \d\d:\d\d").unwrap();
        days.replace_all(&times.replace_all(&text, "<t:TIME:$1>"), "on DAY at TIME").into_owned()
    }

    /// Nothing was wrong with anything that was sent, and no secret is in what the program said.
    pub fn assert_clean(&self) {
        self.double.assert_clean();
        let said = self.said_by_program();
        assert!(!said.contains(&self.double.token()), "the token is in what the program said");
        for secret in self
            .double
            .read(|state| state.interactions.values().map(|one| one.token.clone()).collect::<Vec<_>>())
        {
            assert!(!said.contains(&secret), "an interaction's token is in what the program said");
        }
        assert!(!said.contains("could not be read"), "an event could not be read:\n{said}");
    }

    /// The one thread of a case, once it is there.
    pub async fn thread(&self, case: &str) -> Id {
        let (guild, begin) = (self.guild, format!("{case} "));
        self.double
            .find(|state| {
                let mut threads = state.channels.values().filter(|channel| {
                    channel.guild == Some(guild)
                        && channel.thread.is_some()
                        && channel.name.starts_with(&begin)
                });
                threads.next().map(|channel| channel.id)
            })
            .await
    }

    /// The first message of the bot's in a channel that says this, once it is there.
    pub async fn said(&self, channel: Id, words: &str) -> Message {
        let me = self.double.bot();
        self.double
            .find(|state| {
                let messages = state.channels.get(&channel)?.messages.values();
                messages
                    .filter(|message| message.author == me && message.only_for.is_none())
                    .find(|message| message.words().contains(words))
                    .cloned()
            })
            .await
    }
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &target);
        } else {
            fs::copy(&entry, &target).unwrap();
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("what the program said:\n{}", self.said_by_program());
        }
    }
}
