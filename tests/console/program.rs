//! The real program: chats through a pipe, with a desk that is running and without.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_guidepost");

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .current_dir(folder)
        .env("USER", "ada")
        .env("GUIDEPOST_WEB_LISTEN", "")
        .env_remove("GUIDEPOST_STORE_URL");
    command
}

fn chat(folder: &Path, arguments: &[&str], lines: &str) -> Output {
    let mut process = command(folder, &[&["chat"], arguments].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    process.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    process.wait_with_output().unwrap()
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn serve(folder: &Path) -> Child {
    let mut process = command(folder, &["serve"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(process.stderr.take().unwrap());
    let mut all = String::new();
    while !all.contains(" is ready with ") {
        assert!(told.read_line(&mut all).unwrap() > 0, "it ended before it was ready: {all}");
    }
    process
}

#[test]
fn a_chat_keeps_its_case_with_a_running_desk_and_without() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let opened = said(&chat(folder, &[], "open a case\n"));
    assert!(opened.contains("What is the matter?"), "{opened}");
    let mut desk = serve(folder);
    // What was begun without it goes on with it.
    let described = said(&chat(folder, &[], "zyxw gadget hums loudly\nskip\nskip\nmy cases\n"));
    assert!(described.contains("CASE-000001"), "{described}");
    let nobody = chat(folder, &["--as", "nobody@example.org"], "my cases\n");
    assert_eq!(nobody.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("guidepost agent add nobody@example.org"));
    let other = said(&chat(folder, &["--as", "console:ada"], "my cases\n"));
    assert!(other.contains("CASE-000001"), "{other}");
    desk.kill().unwrap();
    desk.wait().unwrap();
    // A desk that was killed leaves its socket; the chat is a desk of its own then.
    let alone = said(&chat(folder, &["--as", "P-000001"], "my cases\n"));
    assert!(alone.contains("CASE-000001"), "{alone}");
    let status = command(folder, &["status"]).output().unwrap();
    assert!(String::from_utf8_lossy(&status.stdout).contains("not running here"), "the chat let it go");
}

#[test]
fn a_store_that_is_held_without_a_socket_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    said(&chat(folder, &[], ""));
    let held = tokio::runtime::Runtime::new().unwrap().block_on(async {
        let place = guidepost::store::Place::Folder(folder.join("data/store"));
        let store = guidepost::store::Store::open(&place).await.unwrap();
        let held = chat(folder, &[], "help\n");
        store.close().await;
        held
    });
    assert_eq!(held.status.code(), Some(1));
    let why = String::from_utf8_lossy(&held.stderr).into_owned();
    assert!(why.contains("another desk has") && why.contains("stop it first"), "{why}");
}
