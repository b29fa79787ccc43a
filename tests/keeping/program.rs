//! The real program: serve, status, backup, restore, check, and a second desk on the same folder.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::world::folder;

/// The program in this folder, with nothing of the environment of whoever runs the tests.
pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("GUIDEPOST_WEB_LISTEN", "")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

/// Runs a command that has to end so, and gives its standard output.
fn expect(code: i32, folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "guidepost {}: {out}{err}", arguments.join(" "));
    out
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A desk that serves; killed when the test fails.
pub struct Serving(Child);

impl Serving {
    /// Starts a desk and waits until it says that it is ready.
    pub fn start(folder: &Path) -> Self {
        let mut child =
            program(folder, &["serve"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut told = String::new();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        while !told.contains("is ready") {
            assert!(lines.read_line(&mut told).unwrap() > 0, "it ended before it was ready: {told}");
        }
        // What it says later goes nowhere, but it can be said.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Self(child)
    }

    pub fn stop(mut self, signal: Signal) -> Option<i32> {
        let process = Pid::from_child(&self.0);
        kill_process(process, signal).unwrap();
        self.0.wait().unwrap().code()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_desk_is_backed_up_while_it_serves_and_restored_elsewhere() {
    let (here, there) = (folder(), folder());
    let desk = Serving::start(here.path());

    let status: Value =
        serde_json::from_str(&expect(0, here.path(), &["status", "--json", "--count"])).unwrap();
    assert_eq!(status["desk"]["process"], u64::from(desk.0.id()));
    assert_eq!(status["desk"]["doors"][0]["open"], false);
    assert_eq!(status["index"]["documents"], 18);
    assert_eq!(status["needs_a_person"], serde_json::json!([]));
    let records = status["store"]["records"].as_u64().unwrap();

    let second = run(here.path(), &["serve"]);
    let told = text(&second.stderr);
    assert_eq!(second.status.code(), Some(1), "{told}");
    assert!(told.contains(&format!("another desk has data/store open (process {})", desk.0.id())), "{told}");

    let file = there.path().join("backup.tar.gz");
    let name = file.to_str().unwrap();
    // The file is named from where the command is typed, not from where the desk runs.
    let made = Command::new(env!("CARGO_BIN_EXE_guidepost"))
        .args(["backup", "backup.tar.gz", "--set"])
        .arg(format!("store.path={}", here.path().join("data/store").display()))
        .current_dir(there.path())
        .env_clear()
        .env("GUIDEPOST_WEB_LISTEN", "")
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains(&format!("{records} records, 0 files and the desk key")), "{made:?}");
    assert!(run(here.path(), &["backup", name]).status.code() == Some(1), "it was written over");
    expect(0, here.path(), &["store", "check"]);
    let refused = run(here.path(), &["restore", name]);
    assert_eq!(refused.status.code(), Some(1), "{}", text(&refused.stderr));

    assert_eq!(desk.stop(Signal::TERM), Some(0), "it did not end in order");
    assert!(!here.path().join("data/store.sock").exists());

    expect(0, there.path(), &["restore", "backup.tar.gz"]);
    let restored = expect(0, there.path(), &["status", "--count", "--json"]);
    let restored: Value = serde_json::from_str(&restored).unwrap();
    assert_eq!((&restored["store"]["records"], &restored["desk"]), (&records.into(), &Value::Null));
    let checked: Value =
        serde_json::from_str(&expect(0, there.path(), &["store", "check", "--json"])).unwrap();
    assert_eq!((&checked["entries"], &checked["findings"]), (&records.into(), &serde_json::json!([])));
    let key = |folder: &Path| std::fs::read_to_string(folder.join("data/desk.key")).unwrap();
    assert_eq!(key(here.path()), key(there.path()));
    // And it is a desk again.
    assert_eq!(Serving::start(there.path()).stop(Signal::INT), Some(0));
}

#[test]
fn a_killed_desk_leaves_nothing_that_keeps_the_next_one_out() {
    let folder = folder();
    assert_eq!(Serving::start(folder.path()).stop(Signal::KILL), None);
    assert!(folder.path().join("data/store.sock").exists(), "a killed desk can not clear up");
    // Nobody listens there, so the store is opened here.
    let status = expect(0, folder.path(), &["status"]);
    assert!(status.contains("not running here") && status.contains("Nothing needs a person."), "{status}");
    let desk = Serving::start(folder.path());
    assert!(expect(0, folder.path(), &["status"]).contains(&format!("process {}", desk.0.id())));
    assert_eq!(desk.stop(Signal::TERM), Some(0));
}

#[test]
fn everything_works_without_a_running_desk_and_the_key_is_never_shown() {
    let folder = folder();
    let here = folder.path();
    let nothing = run(here, &["status"]);
    assert_eq!(nothing.status.code(), Some(1));
    assert!(text(&nothing.stderr).contains("there is no store in data/store yet"), "{nothing:?}");
    assert!(!here.join("data").exists(), "a question made a store");
    Serving::start(here).stop(Signal::TERM);
    let key = std::fs::read_to_string(here.join("data/desk.key")).unwrap();
    let mut told = String::new();
    for arguments in [
        ["status", "--json"].as_slice(),
        &["backup", "one.tar.gz", "--json"],
        &["store", "check"],
        &["store", "copy", "--from", "sled", "--to", "copy/store", "--json"],
        &["--set", "store.path=other/store", "--set", "files.path=other/files", "restore", "one.tar.gz"],
        &["config", "show"],
        &["--set", "log.level=trace", "status"],
    ] {
        let output = run(here, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        told += &text(&output.stdout);
        told += &text(&output.stderr);
    }
    assert!(!told.contains(key.trim()), "the desk key was shown");
    for place in ["copy", "other"] {
        assert_eq!(std::fs::read_to_string(here.join(place).join("desk.key")).unwrap(), key);
    }
    let copy = run(here, &["store", "copy", "--from", "sled", "--to", "postgres://me:secret@host/desk"]);
    assert_eq!(copy.status.code(), Some(2));
    assert!(!text(&copy.stderr).contains("secret"), "{}", text(&copy.stderr));
    let wrong = program(here, &["status"]).env("GUIDEPOST_SECRET_KEY", "tooshort").output().unwrap();
    assert_eq!(wrong.status.code(), Some(1));
    assert!(!text(&wrong.stderr).contains("tooshort"), "{}", text(&wrong.stderr));
}

#[test]
fn a_store_that_can_not_be_opened_is_told() {
    let folder = folder();
    std::fs::create_dir_all(folder.path().join("data")).unwrap();
    std::fs::write(folder.path().join("data/store"), "a file").unwrap();
    let output = run(folder.path(), &["serve"]);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.starts_with("guidepost: the store is not available: data/store can't be opened"), "{told}");
}
