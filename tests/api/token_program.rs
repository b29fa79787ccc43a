//! The real program makes tokens, alone and beside a running desk; none is in what it keeps or logs.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
    command.args(arguments).current_dir(folder).env_clear().stdin(Stdio::null());
    command.env("GUIDEPOST_WEB_LISTEN", "").env("GUIDEPOST_LOG_LEVEL", "trace");
    command
}

fn run(code: i32, folder: &Path, arguments: &[&str]) -> (String, String) {
    let Output { status, stdout, stderr } = command(folder, arguments).output().unwrap();
    let (out, err) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "guidepost {}: {out}{err}", arguments.join(" "));
    (out, err)
}

/// Everything that is in a folder.
fn is_in(folder: &Path, secret: &str) -> bool {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files.filter(|entry| entry.file_type().is_file()).any(|entry| {
        let bytes = std::fs::read(entry.path()).unwrap();
        bytes.windows(secret.len()).any(|window| window == secret.as_bytes())
    })
}

#[test]
fn an_operator_makes_tokens_lists_them_and_removes_them() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let (alone, log) = run(0, here, &["token", "add", "crm", "--scope", "chat,cases-read"]);
    assert!(alone.starts_with("guidepost_") && alone.trim().len() == 53, "{alone}");
    assert!(log.contains("crm speaks for P-000001 crm (chat, cases-read), until "), "{log}");
    assert!(!log.contains(alone.trim()));

    let mut desk = command(here, &["serve"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(desk.stderr.take().unwrap());
    let mut told = String::new();
    while !told.contains("Ctrl-C") {
        assert!(lines.read_line(&mut told).unwrap() > 0, "it ended before it was open: {told}");
    }
    run(0, here, &["agent", "add", "bo@example.org"]);
    let (beside, _) = run(
        0,
        here,
        &[
            "token",
            "add",
            "queue",
            "--for",
            "bo@example.org",
            "--scope",
            "cases-write",
            "--forever",
            "--json",
        ],
    );
    let beside: Value = serde_json::from_str(&beside).unwrap();
    assert_eq!(beside["made"]["token"]["until"], Value::Null);
    let secret = beside["token"].as_str().unwrap();
    let (listed, _) = run(0, here, &["token", "list"]);
    assert!(
        listed.contains("queue speaks for P-000002 (bo@example.org) (cases-write), for good; never used"),
        "{listed}"
    );
    let (listed, _) = run(0, here, &["token", "list", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&listed).unwrap().as_array().unwrap().len(), 2);
    for wrong in [
        &["token", "add", "a b", "--scope", "chat"][..],
        &["token", "add", "a", "--scope", "everything"],
        &["token", "add", "a"],
        &["token", "add", "a", "--scope", "chat", "--days", "0"],
        &["token", "add", "a", "--scope", "chat", "--for", "bo@example.org", "--agent"],
    ] {
        run(2, here, wrong);
    }
    let (_, err) = run(1, here, &["token", "add", "QUEUE", "--scope", "chat"]);
    assert!(err.contains("there is a token called \"QUEUE\" already"), "{err}");
    let (_, err) = run(1, here, &["token", "add", "a", "--scope", "chat", "--for", "eve@example.org"]);
    assert!(err.contains("nobody here is called \"eve@example.org\""), "{err}");
    let (out, _) = run(0, here, &["token", "remove", "crm"]);
    assert_eq!(out, "The token crm is worth nothing any more.\n");
    run(1, here, &["token", "remove", "crm"]);
    run(0, here, &["token", "remove", "queue"]);
    let (out, _) = run(0, here, &["token", "list"]);
    assert_eq!(out, "There are no tokens. Make one with `guidepost token add NAME --scope chat`.\n");

    desk.kill().unwrap();
    desk.wait().unwrap();
    let mut log = String::new();
    std::io::Read::read_to_string(&mut lines, &mut log).unwrap();
    for secret in [alone.trim(), secret] {
        assert!(!is_in(here, secret), "it is kept");
        assert!(!told.contains(secret) && !log.contains(secret), "it is logged");
    }
}
