//! The server (`server.py`), started for one test.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, Once, OnceLock};
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::certificates::{Pems, pems};

/// How long is waited for what the server says.
const PATIENCE: Duration = Duration::from_mins(1);

/// A server; it ends with the test.
pub struct Server {
    child: Child,
    pub port: u16,
    took: Arc<(Mutex<Vec<Value>>, Condvar)>,
}

impl Server {
    /// Starts one with these arguments; where there is none, one line says that the test was skipped.
    pub fn start(arguments: &[&str]) -> Option<Self> {
        let mut child = Command::new(python()?)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mail/server.py"))
            .args(arguments)
            .stdout(Stdio::piped())
            // It warns of what tests do on purpose.
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first: Value = serde_json::from_str(&lines.next().expect("it did not start").unwrap()).unwrap();
        let took = Arc::new((Mutex::new(Vec::new()), Condvar::new()));
        let told = Arc::clone(&took);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                told.0.lock().unwrap().push(serde_json::from_str(&line).unwrap());
                told.1.notify_all();
            }
        });
        Some(Self { child, port: u16::try_from(first["port"].as_u64().unwrap()).unwrap(), took })
    }

    /// The same on a port of choice.
    pub fn start_at(port: u16, arguments: &[&str]) -> Option<Self> {
        let port = port.to_string();
        Self::start(&[&["--port", port.as_str()], arguments].concat())
    }

    /// Its address without encryption.
    pub fn plain(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// What it took, once that is so many.
    pub fn mails(&self, count: usize) -> Vec<Value> {
        let waiting =
            self.took.1.wait_timeout_while(self.took.0.lock().unwrap(), PATIENCE, |took| took.len() < count);
        let took = waiting.unwrap().0;
        assert_eq!(took.len(), count, "{took:#?}");
        took.clone()
    }

    /// What it took so far.
    pub fn so_far(&self) -> Vec<Value> {
        self.took.0.lock().unwrap().clone()
    }

    /// Waits until it has ended by itself.
    pub fn ended(mut self) -> Vec<Value> {
        self.child.wait().unwrap();
        self.mails(1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port where nobody listens.
pub fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

/// Certificates as files.
pub struct Keys {
    folder: TempDir,
}

impl Keys {
    /// For a server with these names.
    pub fn of(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let Pems { authority, certificate, key } = pems(names);
        for (name, bytes) in [("authority", authority), ("certificate", certificate), ("key", key)] {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        Self { folder }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the server is told of them.
    pub fn arguments(&self) -> Vec<String> {
        let file = |name: &str| self.file(name).to_str().unwrap().to_owned();
        vec!["--certificate".to_owned(), file("certificate"), "--key".to_owned(), file("key")]
    }
}

/// The Python that has the library: the one that `GUIDEPOST_TEST_MAIL` names and that has to be there, else any.
fn python() -> Option<&'static Path> {
    static FOUND: OnceLock<Option<PathBuf>> = OnceLock::new();
    static SAID: Once = Once::new();
    let found = FOUND.get_or_init(|| match named() {
        Some(named) => {
            assert!(has_library(&named), "{} has no aiosmtpd, or is not there", named.display());
            Some(named)
        }
        None => {
            ["python3", "/usr/bin/python3"].map(PathBuf::from).into_iter().find(|python| has_library(python))
        }
    });
    if found.is_none() {
        SAID.call_once(|| {
            println!("skipped: mail to a real server (no Python with aiosmtpd; set GUIDEPOST_TEST_MAIL)");
        });
    }
    found.as_deref()
}

#[expect(clippy::disallowed_methods, reason = "a test is told by its environment where the server is")]
fn named() -> Option<PathBuf> {
    std::env::var_os("GUIDEPOST_TEST_MAIL").filter(|python: &OsString| !python.is_empty()).map(PathBuf::from)
}

fn has_library(python: &Path) -> bool {
    let asked = Command::new(python).args(["-c", "import aiosmtpd"]).stdin(Stdio::null()).output();
    asked.is_ok_and(|asked| asked.status.success())
}
