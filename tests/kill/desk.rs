//! The real program as a process: it serves, is asked, is killed or stopped.

use std::io::{BufRead, BufReader};
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use serde::de::DeserializeOwned;
use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_guidepost");

/// A folder to run in, and the settings.
#[derive(Debug, Clone)]
pub struct Place {
    pub folder: PathBuf,
    pub settings: Vec<(String, String)>,
}

impl Place {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).current_dir(&self.folder).stdin(Stdio::null());
        command.env("GUIDEPOST_WEB_LISTEN", "");
        command.envs(self.settings.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        command
    }

    /// Whether `guidepost store check` finds nothing wrong.
    pub fn assert_clean(&self) {
        let told = self.command(&["store", "check", "--json"]).output().unwrap();
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stdout));
    }

    /// What `guidepost status --json` says, of the desk that runs here or of the store.
    pub fn status(&self) -> Value {
        let told = self.command(&["status", "--json"]).output().unwrap();
        serde_json::from_slice(&told.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&told.stderr)))
    }
}

/// A desk that serves. Dropped, it is killed.
pub struct Desk {
    process: Child,
    said: BufReader<ChildStderr>,
}

impl Desk {
    /// Starts one, and waits until it says that it is ready.
    pub fn start(place: &Place) -> Self {
        let mut process =
            place.command(&["serve"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(process.stderr.take().unwrap());
        let mut all = String::new();
        while !all.contains(" is ready with ") {
            let before = all.len();
            said.read_line(&mut all).unwrap();
            assert!(all.len() > before, "it ended before it was ready: {all}");
        }
        Self { process, said }
    }

    /// Kills it at once.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(mut self) {
        let told = Command::new("kill").arg(self.process.id().to_string()).status().unwrap();
        assert!(told.success());
        let ended = self.process.wait().unwrap();
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.said, &mut rest).unwrap();
        assert!(ended.success(), "{ended}: {rest}");
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Clients that commit through the socket of a desk, and note what was acknowledged.
pub struct Clients<T> {
    process: Child,
    told: BufReader<ChildStdout>,
    acknowledged: PhantomData<T>,
}

impl<T: DeserializeOwned> Clients<T> {
    /// Starts them: they go on until their desk is gone, or they are hung up on.
    pub fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut process = place
            .command(&["store", "trial", "--json", "--clients", "16", "--commits", "1000000"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let told = BufReader::new(process.stdout.take().unwrap());
        Self { process, told, acknowledged: PhantomData }
    }

    /// The next commit that was acknowledged; `None` when there is no more.
    pub fn next(&mut self) -> Option<T> {
        let mut line = String::new();
        self.told.read_line(&mut line).unwrap();
        // A line that was cut off was not told to anybody.
        line.ends_with('\n').then(|| serde_json::from_str(&line).unwrap())
    }

    /// All that were acknowledged until they ended, which they do when their desk is gone.
    pub fn rest(mut self) -> Vec<T> {
        let mut all = Vec::new();
        while let Some(one) = self.next() {
            all.push(one);
        }
        self.process.wait().unwrap();
        all
    }

    /// Hangs up on the desk; the answer is what was acknowledged and not yet read.
    pub fn hang_up(mut self) -> Vec<T> {
        self.process.kill().unwrap();
        self.rest()
    }
}

/// The names of the files in a folder.
pub fn files(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).map(|entries| entries.map(Result::unwrap).collect::<Vec<_>>());
    entries.unwrap_or_default().iter().map(|e| e.file_name().into_string().unwrap()).collect()
}
