//! The real program: the demonstration, an import, and what is shown of them.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// Runs a command that has to end so, and gives what it said on both streams.
fn expect(code: i32, folder: &Path, arguments: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guidepost"));
    let output = command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("GUIDEPOST_WEB_LISTEN", "")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "guidepost {}: {out}{err}", arguments.join(" "));
    (out, err)
}

#[test]
fn an_operator_makes_the_demonstration_once_and_sees_it() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let (out, err) = expect(0, here, &["demo"]);
    assert!(
        out.starts_with(
            "10001000 Example Corp: created, with 5 contacts and 3 licences.\n  ada@example.org\n"
        ),
        "{out}"
    );
    assert!(err.contains("guidepost chat --as ada@example.org"), "{err}");
    let (out, _) = expect(0, here, &["demo"]);
    assert_eq!(out, "The demonstration account is there already: 10001000 Example Corp.\n");
    let (out, _) = expect(0, here, &["account", "list"]);
    assert_eq!(out, "10001000 Example Corp, customer, Secure model\n");
    let (out, _) = expect(0, here, &["account", "show", "1000 1000"]);
    let kept = out.lines().filter(|line| !line.starts_with("last changed")).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(kept);
    let (out, _) = expect(0, here, &["account", "show", "10001000", "--json"]);
    let shown: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(shown["log"].as_array().unwrap().len(), 6);
    let (_, err) = expect(1, here, &["account", "show", "12345678"]);
    assert!(err.contains("there is no account 12345678"), "{err}");
    expect(2, here, &["account", "show", "12"]);
    expect(0, here, &["store", "check"]);
}

#[test]
fn an_operator_imports_a_file_twice() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let contact = |n: usize| {
        let (head, is_first) = ("[[organisations.contacts]]", n == 0);
        format!("{head}\nname = \"No {n}\"\nmail = \"c{n}@example.org\"\nadministrator = {is_first}\n")
    };
    let contacts = (0..70).map(contact).collect::<Vec<_>>().concat();
    let head = "[[organisations]]\nid = 12345678\ncompany = \"Acme\"\nstreet = \"1 Road\"\ncity = \"Bern\"\ncountry = \"CH\"\n";
    std::fs::write(here.join("acme.toml"), format!("{head}{contacts}")).unwrap();
    std::fs::write(here.join("wrong.toml"), head.replace("12345678", "1")).unwrap();
    let (_, err) = expect(2, here, &["account", "import", "wrong.toml"]);
    assert!(
        err.contains("organisations[0].id: an Org ID has eight digits")
            && err.contains("nothing was changed"),
        "{err}"
    );
    assert!(err.contains("organisations[0].contacts: 0 are administrators"), "{err}");
    let (out, _) = expect(0, here, &["account", "import", "acme.toml", "--dry-run"]);
    assert_eq!(out, "12345678 Acme: would be created, with 70 contacts and 0 licences.\n");
    let (out, _) = expect(0, here, &["account", "import", "acme.toml"]);
    assert_eq!(out, "12345678 Acme: created, with 70 contacts and 0 licences.\n");
    let (out, _) = expect(0, here, &["account", "import", "acme.toml"]);
    assert_eq!(out, "12345678 Acme: all is there already.\n");
    let (out, _) = expect(0, here, &["account", "import", "acme.toml", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()[0]["created"], false);
    expect(2, here, &["account", "import", "nowhere.toml"]);
    expect(0, here, &["store", "check"]);
}
