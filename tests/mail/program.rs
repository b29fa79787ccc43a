//! The real program: with encryption and a login, what `guidepost mail test` and `guidepost status` say, and the news of a case.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use super::server::{Keys, Server};

/// A folder, and what the program is told by its environment.
struct Desk {
    folder: TempDir,
    environment: Vec<(&'static str, String)>,
}

impl Desk {
    fn new(smtp: String) -> Self {
        let environment = vec![("GUIDEPOST_MAIL_SMTP", smtp), ("GUIDEPOST_LOG_LEVEL", "debug".to_owned())];
        Self { folder: tempfile::tempdir().unwrap(), environment }
    }

    /// The authority in this file is trusted.
    fn trusting(mut self, authority: &Path) -> Self {
        self.environment.push(("SSL_CERT_FILE", authority.to_str().unwrap().to_owned()));
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("GUIDEPOST_WEB_LISTEN", "")
            .stdin(Stdio::null());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command that has to end so, and gives what it said. Its log names nobody and no password.
    fn expect(&self, code: i32, arguments: &[&str]) -> String {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let (out, log) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
        assert_eq!(status.code(), Some(code), "guidepost {}: {out}{log}", arguments.join(" "));
        assert!(!log.contains('@') && !log.contains("hunter2") && !out.contains("hunter2"), "{out}{log}");
        out
    }

    fn serve(&self) -> Serving {
        let mut child =
            self.command(&["serve"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut told = String::new();
        let mut lines = BufReader::new(child.stderr.take().unwrap());
        while !told.contains("is ready") {
            assert!(lines.read_line(&mut told).unwrap() > 0, "it ended before it was ready: {told}");
        }
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        Serving(child)
    }
}

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn encrypted(keys: &Keys, more: &[&str]) -> Option<Server> {
    let own = keys.arguments();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    Server::start(&[own.as_slice(), more].concat())
}

#[test]
fn a_test_mail_is_told_what_the_server_said() {
    let Some(server) = Server::start(&[]) else { return };
    let desk = Desk::new(server.plain());
    let port = server.port;
    // Without a running desk, and with one.
    let said = desk.expect(0, &["mail", "test", "ann@example.net"]);
    assert_eq!(
        said,
        format!(
            "The mail to ann@example.net was sent as mail-test-000001: the mail server 127.0.0.1:{port} took it: 250 2.0.0 OK queued as 4F2A.\n"
        )
    );
    let running = desk.serve();
    let said = desk.expect(0, &["mail", "test", "ann@example.net"]);
    assert!(said.contains("was sent as mail-test-000002: ") && said.contains("queued as 4F2A"), "{said}");
    let said = desk.expect(1, &["mail", "test", "refused@example.net"]);
    assert!(said.contains("is not tried again") && said.contains("550 5.1.1 … no such user here"), "{said}");
    let said = desk.expect(1, &["mail", "test", "later@example.net"]);
    assert!(said.contains("450 4.2.0 … come again") && said.contains("is tried again at "), "{said}");
    drop(running);
    assert!(server.mails(2)[0]["text"].as_str().unwrap().starts_with("This is a test mail from Guidepost."));
    assert!(!desk.folder.path().join("data/outbox").exists());
}

#[test]
fn without_a_server_the_test_mail_is_in_the_outbox() {
    let desk = Desk::new(String::new());
    let said = desk.expect(0, &["mail", "test", "ann@example.net"]);
    assert_eq!(
        said,
        "The mail to ann@example.net was sent as mail-test-000001: it was written to data/outbox/mail-test-000001.eml.\n"
    );
    assert!(desk.folder.path().join("data/outbox/mail-test-000001.eml").exists());
}

#[test]
fn nothing_is_told_to_a_server_that_can_not_encrypt_or_that_nobody_vouches_for() {
    // 0.0.0.0 leads to this machine and is none of its names, so it is spoken to like any other.
    let keys = Keys::of(&["0.0.0.0", "localhost"]);
    let Some(server) = encrypted(&keys, &["--starttls"]) else { return };
    let address = format!("smtp://0.0.0.0:{}", server.port);
    let said = Desk::new(address.clone())
        .trusting(&keys.file("authority"))
        .expect(0, &["mail", "test", "ann@example.net"]);
    assert!(said.contains("queued as 4F2A"), "{said}");
    assert_eq!(server.mails(1)[0]["encrypted"], true);

    let stranger = Desk::new(address).trusting(&Keys::of(&["0.0.0.0"]).file("authority"));
    let said = stranger.expect(1, &["mail", "test", "ann@example.net"]);
    assert!(said.contains("fails at encryption: ") && said.contains("certificate"), "{said}");
    let status = stranger.expect(1, &["status"]);
    assert!(
        status.contains("Needs a person: one piece of work waits until something is mended: mail to "),
        "{status}"
    );

    let Some(open) = Server::start(&[]) else { return };
    let said =
        Desk::new(format!("smtp://0.0.0.0:{}", open.port)).expect(1, &["mail", "test", "ann@example.net"]);
    assert!(said.contains("STARTTLS is not supported"), "{said}");
    assert!(open.mails(0).is_empty());
    server.mails(1);
}

#[test]
fn a_login_is_given_over_tls_and_a_wrong_one_is_seen_in_the_status() {
    let keys = Keys::of(&["localhost"]);
    let Some(server) = encrypted(&keys, &["--smtps", "--login", "desk@example.org:p@ss:wörd"]) else {
        return;
    };
    let address = |password: &str| format!("smtps://desk%40example.org:{password}@localhost:{}", server.port);
    let mut desk = Desk::new(address("hunter2")).trusting(&keys.file("authority"));
    let running = desk.serve();
    let said = desk.expect(1, &["mail", "test", "ann@example.net"]);
    assert!(said.contains("refuses the name and password (535 5.7.8"), "{said}");
    let status = desk.expect(1, &["status"]);
    assert!(
        status.contains(
            "Needs a person: one piece of work waits until something is mended: the mail server localhost:"
        ),
        "{status}"
    );
    drop(running);

    // The right one, and a new start: what waited is sent.
    desk.environment[0].1 = address("p%40ss%3Aw%C3%B6rd");
    let running = desk.serve();
    let mail = server.mails(1).remove(0);
    assert_eq!((&mail["encrypted"], &mail["login"]), (&true.into(), &"desk@example.org".into()));
    assert_eq!(mail["id"].as_str().unwrap().split('.').next(), Some("<mail-test-000001"));
    drop(running);
    assert!(!desk.expect(0, &["config", "show"]).contains("p%40ss"));
}

#[test]
fn the_news_of_a_case_come_by_mail() {
    let Some(server) = Server::start(&[]) else { return };
    let desk = Desk::new(server.plain());
    desk.expect(0, &["agent", "add", "bo@example.org", "--name", "Bo"]);
    let running = desk.serve();
    chat(&desk, &[], &["/mail ada@example.net"]);
    let code = server.mails(1)[0]["subject"].as_str().unwrap().split(' ').next().unwrap().to_owned();
    assert_eq!(code.len(), 6, "{code}");
    chat(
        &desk,
        &[],
        &[&code, "/notify always", "open a case, the zorble wibbles since this morning", "skip"],
    );
    chat(&desk, &["--as", "bo@example.org"], &["/answer 1 Please restart the zorble <now>."]);
    let news = server.mails(2).remove(1);
    assert_eq!(news["to"][0], "ada@example.net");
    assert!(news["text"].as_str().unwrap().contains("Please restart the zorble <now>."), "{news:#}");
    assert!(news["html"].as_str().unwrap().contains("Please restart the zorble &lt;now&gt;."), "{news:#}");
    assert!(news["references"].as_str().unwrap().starts_with("<case-000001."), "{news:#}");
    drop(running);
}

/// Says something in a terminal, line by line.
fn chat(desk: &Desk, arguments: &[&str], lines: &[&str]) -> String {
    let mut child = desk
        .command(&[&["chat"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    for line in lines {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}
