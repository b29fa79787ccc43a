//! The whole story with the real program: a terminal, a mail server, and a browser.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use super::browser::Browser;
use super::world::{GOOD, OTHER};
use crate::mail::server::{Server, free_port};

struct Desk {
    folder: TempDir,
    smtp: String,
    port: u16,
    /// Ends with the desk.
    serving: Option<Serving>,
    /// What it logged.
    log: Arc<Mutex<String>>,
}

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Desk {
    fn serve(smtp: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let mut desk = Self { folder, smtp, port: free_port(), serving: None, log: Arc::clone(&log) };
        let mut child =
            desk.command(&["serve"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let (mut told, mut lines) = (String::new(), BufReader::new(child.stderr.take().unwrap()));
        while !told.contains("Its pages are at") {
            assert!(lines.read_line(&mut told).unwrap() > 0, "it ended before its pages were there: {told}");
        }
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                log.lock().unwrap().push_str(&line);
            }
        });
        desk.serving = Some(Serving(child));
        desk
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().stdin(Stdio::null());
        command.envs([("GUIDEPOST_MAIL_SMTP", self.smtp.as_str()), ("USER", "zoe")]);
        command.env("GUIDEPOST_WEB_LISTEN", format!("127.0.0.1:{}", self.port));
        // Nobody is asked about the passwords of tests.
        command.env("GUIDEPOST_SIGN_IN_COMPROMISED", "").env("GUIDEPOST_LOG_LEVEL", "trace");
        command
    }

    /// Says these lines in the terminal, and gives what was answered.
    fn says(&self, arguments: &[&str], lines: &[&str]) -> String {
        let mut command = self.command(&[&["chat"], arguments].concat());
        let mut chat =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        chat.stdin.take().unwrap().write_all(format!("{}\n", lines.join("\n")).as_bytes()).unwrap();
        String::from_utf8(chat.wait_with_output().unwrap().stdout).unwrap()
    }

    fn browser(&self) -> Browser {
        Browser::new(&format!("http://127.0.0.1:{}", self.port))
    }
}

/// The text of the mail that came as this one.
fn mail(server: &Server, count: usize) -> String {
    server.mails(count).last().unwrap()["text"].as_str().unwrap().to_owned()
}

/// The path of the link in a mail.
fn link(mail: &str) -> String {
    let line = mail.lines().find_map(|line| line.trim().strip_prefix("http://127.0.0.1:"));
    let (_, path) = line.unwrap_or_else(|| panic!("{mail}")).split_once('/').unwrap();
    format!("/{path}")
}

#[tokio::test]
async fn an_administrator_adds_a_contact_who_joins_forgets_the_password_resets_it_and_links_a_chat() {
    let Some(server) = Server::start(&[]) else { return };
    let desk = Desk::serve(server.plain());
    assert!(desk.command(&["demo"]).output().unwrap().status.success());
    mail(&server, 1);

    let added = desk.says(
        &["--as", "ada@example.org"],
        &["/contacts add", "Zoe Zimmer", "zoe@example.net", "-", "confirm"],
    );
    assert!(added.contains("Done: Zoe Zimmer is on the account of Example Corp now."), "{added}");
    let mut browser = desk.browser();
    browser.open(&link(&mail(&server, 2))).await;
    browser.submit("Make my sign-in", &[("Username", "zoe"), ("New password", GOOD)]).await;
    assert_eq!(browser.title(), "Your sign-in is made", "{}", browser.text());
    browser.follow("Sign in").await;
    browser.submit("Sign in", &[("E-mail address or username", "zoe"), ("Password", GOOD)]).await;
    assert!(
        browser.text().contains("You are a contact of Example Corp (Org ID 10001000)."),
        "{}",
        browser.text()
    );

    // She forgets it, and says so in a terminal that nobody knows yet.
    let joined = server.so_far().len();
    let told = desk.says(&[], &["I forgot my password", "zoe@example.net"]);
    assert!(told.contains("If that address has an account, a link is on its way."), "{told}");
    let forgotten = mail(&server, joined + 1);
    assert!(forgotten.contains("your username, zoe"), "{forgotten}");
    browser.open(&link(&forgotten)).await;
    browser.submit("Set the password", &[("New password", OTHER)]).await;
    assert_eq!(browser.title(), "Your password is changed", "{}", browser.text());
    mail(&server, joined + 2);
    browser.follow("Sign in").await;
    browser.submit("Sign in", &[("E-mail address or username", "zoe@example.net"), ("Password", GOOD)]).await;
    assert_eq!(browser.status, 422, "the old password is worth nothing");
    browser.submit("Sign in", &[("Password", OTHER)]).await;
    assert_eq!(browser.path, "/account");

    // The terminal becomes hers by signing in: the page shows a code, which is typed there.
    let asked = desk.says(&[], &["cancel", "/link"]);
    let page =
        asked.split("/link/").nth(1).and_then(|rest| rest.get(..40)).unwrap_or_else(|| panic!("{asked}"));
    browser.open(&format!("/link/{page}")).await;
    assert_eq!(browser.title(), "Link a chat");
    browser.submit("Show me the code", &[]).await;
    assert_eq!(browser.title(), "Type this code in the chat", "{}", browser.text());
    let code: String =
        browser.text().split("chat").nth(1).unwrap().chars().filter(char::is_ascii_digit).take(6).collect();
    let planted = "open a case, it says no. My password is Plant3d-zebra! and nothing helps";
    let linked = desk.says(&[], &[&code, planted, "skip", "my password is Plant3d-zebra!", "/contacts"]);
    assert!(linked.contains("Example Corp") && linked.contains("Zoe Zimmer"), "{linked}");
    browser.open("/account").await;
    assert!(browser.text().contains("Linked to you: the terminal of zoe"), "{}", browser.text());

    // What was secret is nowhere: not in the store, the index, the log, a backup or what is handed over.
    for arguments in
        [&["backup", "backup.tar.gz"][..], &["person", "export", "zoe@example.net", "--output", "zoe.json"]]
    {
        let done = desk.command(arguments).output().unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let cookie = browser.cookie("session").unwrap().to_owned();
    let links = [link(&forgotten), link(&mail_to_zoe(&server))];
    let tokens = links.iter().map(|link| link.rsplit('/').next().unwrap());
    let secrets: Vec<&str> =
        tokens.chain([GOOD, OTHER, "Plant3d", page, cookie.as_str(), code.as_str()]).collect();
    let mut looked_at = 0;
    for file in walkdir::WalkDir::new(desk.folder.path()).into_iter().filter_map(Result::ok) {
        if !file.file_type().is_file() {
            continue;
        }
        looked_at += 1;
        let bytes = read(file.path());
        for secret in &secrets {
            // Six digits may stand anywhere by chance.
            let is_there =
                secret.len() > 6 && bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_there, "{secret} is in {}", file.path().display());
        }
    }
    assert!(looked_at > 20, "{looked_at}");
    let log = desk.log.lock().unwrap().clone();
    assert!(!log.is_empty());
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// The invitation.
fn mail_to_zoe(server: &Server) -> String {
    server.so_far()[1]["text"].as_str().unwrap().to_owned()
}

/// What a file holds; of an archive what is in it.
fn read(path: &std::path::Path) -> Vec<u8> {
    let bytes = std::fs::read(path).unwrap();
    if path.extension().is_none_or(|end| end != "gz") {
        return bytes;
    }
    let mut held = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes.as_slice()), &mut held).unwrap();
    held
}
