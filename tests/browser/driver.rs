//! Chromedriver: found, started once for all tests, and gone when they are.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Once, OnceLock};

/// Starts what it is given, and ends it, with all that it started, when nobody holds the other end of its standard input any more: however
/// the tests end, no browser is left.
const WATCHED: &str = r#""$0" --port=0 & read -r _; kill -- -$$"#;
/// What it says before the number of the port that it took.
const READY: &str = "was started successfully on port ";

/// A running chromedriver.
struct Driver {
    url: String,
    /// Holds its standard input, by which it knows that somebody is there.
    _child: Child,
}

/// Where chromedriver listens; where there is none, one line says that the tests were skipped.
pub fn url() -> Option<&'static str> {
    static RUNNING: OnceLock<Option<Driver>> = OnceLock::new();
    static SAID: Once = Once::new();
    let driver = RUNNING.get_or_init(|| found().map(|path| start(&path)));
    if driver.is_none() {
        SAID.call_once(|| {
            println!("skipped: pages in a real browser (no chromedriver; set GUIDEPOST_TEST_CHROMEDRIVER)");
        });
    }
    driver.as_ref().map(|driver| driver.url.as_str())
}

/// The one that `GUIDEPOST_TEST_CHROMEDRIVER` names and that has to be there, else any.
fn found() -> Option<PathBuf> {
    if let Some(named) = told("GUIDEPOST_TEST_CHROMEDRIVER") {
        assert!(is_there(&named), "{} is no chromedriver, or is not there", named.display());
        return Some(named);
    }
    ["chromedriver", "/usr/bin/chromedriver"].map(PathBuf::from).into_iter().find(|path| is_there(path))
}

fn is_there(path: &Path) -> bool {
    let asked = Command::new(path).arg("--version").stdin(Stdio::null()).output();
    asked.is_ok_and(|asked| asked.status.success())
}

fn start(path: &Path) -> Driver {
    let mut child = Command::new("sh")
        .args([OsString::from("-c"), WATCHED.into(), path.into()])
        // A group of its own, so that all of it can be ended and nothing else.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let port = lines.find_map(|line| {
        let (_, port) = line.split_once(READY)?;
        port.trim_end_matches('.').parse::<u16>().ok()
    });
    let port = port.unwrap_or_else(|| panic!("{} did not start", path.display()));
    // What it says later is read, too, or it would wait for somebody who does.
    std::thread::spawn(move || lines.for_each(drop));
    Driver { url: format!("http://127.0.0.1:{port}"), _child: child }
}

/// A path from the environment.
#[expect(clippy::disallowed_methods, reason = "a test is told by its environment where things are")]
pub fn told(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|path| !path.is_empty()).map(PathBuf::from)
}
