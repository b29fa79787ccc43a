//! The real program: agents and people, with and without a running desk.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use guidepost::domain::Identity;
use guidepost::services::people::People;
use guidepost::store::{Place, Store};
use serde_json::Value;

use super::world::start;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("GUIDEPOST_WEB_LISTEN", "")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs a command that has to end so, and gives what it said on both streams.
fn expect(code: i32, folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = run(folder, arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "guidepost {}: {out}{err}", arguments.join(" "));
    (out, err)
}

#[test]
fn an_operator_adds_an_agent_removes_them_and_erases_them() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let (out, _) = expect(0, here, &["agent", "add", "ada@example.org", "--name", "Ada"]);
    assert_eq!(out, "P-000001 Ada (ada@example.org) is an agent and can work on cases.\n");
    expect(0, here, &["agent", "add", "discord:42"]);
    let (out, _) = expect(0, here, &["agent", "list"]);
    assert_eq!(out, "P-000001 Ada (ada@example.org)\nP-000002 (discord:42)\n");
    let (out, _) = expect(0, here, &["agent", "list", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()[0]["staff"], "agent");
    for wrong in ["ada", "discord:ada", "discord:", ""] {
        let (_, err) = expect(2, here, &["agent", "add", wrong]);
        assert!(err.contains("name an agent as ada@example.org or discord:1234567890."), "{err}");
    }

    let (out, _) = expect(0, here, &["person", "show", "ada@example.org"]);
    assert!(out.starts_with("P-000001 Ada (ada@example.org)\n") && out.contains("an agent"), "{out}");
    let (_, err) = expect(1, here, &["person", "erase", "ada@example.org", "--yes"]);
    assert!(err.contains("run `guidepost agent remove P-000001` first"), "{err}");
    expect(0, here, &["agent", "remove", "P-000001"]);
    let (_, err) = expect(1, here, &["agent", "remove", "P-000001"]);
    assert!(err.contains("P-000001 is not an agent"), "{err}");

    let (out, _) = expect(0, here, &["person", "export", "p1"]);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["person"]["name"], "Ada");
    expect(0, here, &["person", "export", "p1", "-o", "ada.json"]);
    assert_eq!(std::fs::read_to_string(here.join("ada.json")).unwrap().matches("Ada").count(), 1);
    let (_, err) = expect(2, here, &["person", "export", "p1", "--output", "ada.json"]);
    assert!(err.contains("ada.json exists already and was left as it is"), "{err}");

    let (_, err) = expect(2, here, &["person", "erase", "ada@example.org"]);
    assert!(err.contains("nobody can be asked here: add --yes"), "{err}");
    let (out, _) = expect(0, here, &["person", "erase", "ada@example.org", "--yes"]);
    assert!(out.starts_with("Erased P-000001: "), "{out}");
    let (_, err) = expect(1, here, &["person", "show", "ada@example.org"]);
    assert!(err.contains("nobody here is called \"ada@example.org\""), "{err}");
    let (out, _) = expect(0, here, &["person", "show", "P-000001", "--json"]);
    let shown: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&shown["person"]["name"], &shown["person"]["mail"]), (&Value::Null, &Value::Null));
    expect(0, here, &["store", "check"]);
}

#[test]
fn an_operator_sees_who_is_an_agent_by_a_role() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    expect(0, here, &["agent", "add", "discord:41"]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&Place::Folder(here.join("data/store"))).await.unwrap();
        let people = People::new(store.clone());
        let ada = people.meet(&Identity::Discord(42), Some("Ada"), start()).await.unwrap();
        people.work_by_role(ada.id, 2000, true).await.unwrap();
        store.close().await;
    });
    let (out, _) = expect(0, here, &["agent", "list"]);
    assert_eq!(out, "P-000001 (discord:41)\nP-000002 Ada (discord:42), by a role on server 2000\n");
    let (out, _) = expect(0, here, &["person", "show", "discord:42"]);
    assert!(out.contains("works here   as an agent, by a role on server 2000\n"), "{out}");
    let (out, err) = expect(0, here, &["agent", "remove", "discord:42"]);
    assert!(out.starts_with("P-000002 Ada (discord:42) is no agent any more."), "{out}");
    assert!(
        err.contains("A role on server 2000 made them one, and will again when they next speak there"),
        "{err}"
    );
    let (out, err) = expect(0, here, &["agent", "remove", "discord:41"]);
    assert!(!format!("{out}{err}").contains("role"), "{out}{err}");
}
