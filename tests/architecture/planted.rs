//! A check that can't fail is a defect: planted violations are found, and what only looks like one is not.

use super::check::check;
use super::tree::SourceFile;

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: format!("//! What it is.\n{text}\n") }
}

/// What is said of one file with this text below its first line.
fn said(path: &str, text: &str) -> Vec<String> {
    said_of(&[file(path, text)])
}

fn said_of(files: &[SourceFile]) -> Vec<String> {
    check(files).iter().map(ToString::to_string).collect()
}

#[test]
fn a_layer_that_looks_up_is_found_however_it_is_written() {
    let found = "src/chat/memory.rs:2: chat may not use replies: ";
    for (text, path) in [
        ("use crate::replies::Locale;", "crate::replies::Locale"),
        ("use crate::{domain::Span, replies::{help, Locale as L}};", "crate::replies::help"),
        ("use crate::replies;", "crate::replies"),
        ("fn f() -> crate::replies::Locale { x }", "crate::replies::Locale"),
        ("use super::super::replies::Locale;", "super::super::replies::Locale"),
        ("mod inner { use super::super::super::replies::Locale; }", "super::super::super::replies::Locale"),
        ("const A: &str = \"a // b\"; use crate::replies::Locale;", "crate::replies::Locale"),
        ("const A: char = '\"'; use crate::replies::Locale;", "crate::replies::Locale"),
        ("use guidepost::replies::Locale;", "guidepost::replies::Locale"),
    ] {
        let said = said("src/chat/memory.rs", text);
        assert_eq!(said.first(), Some(&format!("{found}{path}")), "{text}");
    }
}

#[test]
fn every_forbidden_pair_of_layers_is_found() {
    for layer in super::rules::LAYERS {
        for used in super::rules::LAYERS.iter().filter(|used| used.name != layer.name) {
            let said =
                said(&format!("src/{}/part.rs", layer.name), &format!("use crate::{}::Thing;", used.name));
            assert_eq!(said.is_empty(), layer.uses.contains(&used.name), "{} uses {}", layer.name, used.name);
        }
    }
}

#[test]
fn what_only_looks_like_a_violation_is_none() {
    for text in [
        "// crate::replies::Locale",
        "/* a /* nested */ crate::replies::Locale */",
        "/// See [`crate::replies`].",
        "const A: &str = \"crate::replies::Locale\";",
        "const A: &str = r#\"a \" crate::replies::Locale\"#;",
        "use crate::domain::Article; use crate::chat::Intent;",
        "use super::replies::Locale;",
        "mod inner { use super::super::replies::Locale; }",
        "mod one {} mod two { use super::super::replies::Locale; }",
        "fn replies<'a>(crate_: &'a str) {}",
    ] {
        assert_eq!(said("src/chat/memory.rs", text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_test_may_set_up_what_lies_below_but_not_above() {
    let search = "#[cfg(test)]\nmod tests { use crate::search::Engine; }";
    assert_eq!(said("src/platforms/web.rs", search), Vec::<String>::new());
    assert_eq!(
        said("src/platforms/web.rs", "use crate::search::Engine;"),
        ["src/platforms/web.rs:2: platforms may not use search: crate::search::Engine"]
    );
    assert_eq!(
        said("src/domain/id.rs", search),
        ["src/domain/id.rs:3: domain may not use search: crate::search::Engine"]
    );
    let after = "#[cfg(test)]\nmod tests {}\nuse crate::search::Engine;";
    assert_eq!(
        said("src/platforms/web.rs", after),
        ["src/platforms/web.rs:4: platforms may not use search: crate::search::Engine"]
    );
}

#[test]
fn a_library_away_from_home_is_found() {
    for (library, home) in super::rules::HOMES {
        let text = format!("use {library}::Thing;");
        let found = format!("src/app.rs:2: {library} is known only to src/{home}");
        assert_eq!(said("src/app.rs", &text), [found]);
        let homes =
            |said: Vec<String>| said.into_iter().filter(|said| said.contains("is known only")).count();
        assert_eq!(homes(said(&format!("src/{home}/part.rs"), &text)), 0);
    }
    assert_eq!(said("src/app.rs", "use clap;"), ["src/app.rs:2: clap is known only to src/cli"]);
    assert_eq!(said("src/app.rs", "fn f() { ::clap::x() }"), ["src/app.rs:2: clap is known only to src/cli"]);
    assert_eq!(said("src/lib.rs", "pub use clap::Arg;"), ["src/lib.rs:2: clap is known only to src/cli"]);
}

#[test]
fn a_pure_layer_that_does_something_is_found() {
    for (text, path) in [
        ("use std::fs;", "std::fs"),
        ("use std::{fmt, net::IpAddr};", "std::net::IpAddr"),
        ("fn f() { tokio::spawn(x) }", "tokio::spawn"),
        ("async fn f() {}", "async"),
        ("fn f() { std::time::Instant::now() }", "std::time::Instant::now"),
    ] {
        for pure in super::rules::PURE {
            let found = format!("src/{pure}/part.rs:2: {pure} is pure: {path}");
            assert_eq!(said(&format!("src/{pure}/part.rs"), text), [found]);
        }
        assert_eq!(said("src/services/part.rs", text), Vec::<String>::new());
    }
}

#[test]
fn a_test_that_sleeps_is_found() {
    let sleep = "fn f() { std::thread::sleep(x) }";
    let found = "a test does not sleep: std::thread::sleep";
    assert_eq!(said("tests/a.rs", sleep), [format!("tests/a.rs:2: {found}")]);
    assert_eq!(
        said("src/net/a.rs", &format!("#[cfg(test)] mod t {{ {sleep} }}")),
        [format!("src/net/a.rs:2: {found}")]
    );
    for attribute in ["#[test]", "#[tokio::test(start_paused = true)]", "#[cfg(test)]", "#[test] #[ignore]"] {
        let said =
            said("src/net/a.rs", &format!("{attribute} {sleep} fn product() {{ std::thread::sleep(x) }}"));
        assert_eq!(said, [format!("src/net/a.rs:2: {found}")], "{attribute}");
    }
    assert_eq!(said("src/net/a.rs", sleep), Vec::<String>::new());
    assert_eq!(
        said("tests/a.rs", "use tokio::time::{self, sleep};"),
        ["tests/a.rs:2: a test does not sleep: tokio::time::sleep"]
    );
    // A file is a test by what declares it, at any depth.
    for (parent, child) in [
        ("src/net/mod.rs", "src/net/probe.rs"),
        ("src/net/a.rs", "src/net/a/probe.rs"),
        ("src/net/mod.rs", "src/net/probe/mod.rs"),
        ("src/net/mod.rs", "src/net/probe/deep.rs"),
    ] {
        let files = [file(parent, "#[cfg(test)]\nmod probe;"), file(child, sleep)];
        assert_eq!(said_of(&files), [format!("{child}:2: {found}")]);
        let files = [file(parent, "mod probe;"), file(child, sleep)];
        assert_eq!(said_of(&files), Vec::<String>::new());
    }
}

#[test]
fn a_file_that_is_too_long_or_silent_is_found() {
    let long = "\n".repeat(400);
    assert_eq!(
        said("src/app.rs", &long),
        ["src/app.rs:402: 402 lines; at most 400, or a reason in LONG_FILES"]
    );
    assert_eq!(said("src/app.rs", &"\n".repeat(398)), Vec::<String>::new());
    let silent = SourceFile { path: "src/app.rs".to_owned(), text: "use std::fmt;\n".to_owned() };
    assert_eq!(said_of(&[silent]), ["src/app.rs:1: a file opens with its purpose: `//! …`"]);
}

#[test]
fn a_module_without_a_line_in_the_table_is_found() {
    let found = "has no line in tests/architecture/rules.rs: decide what it may use";
    assert_eq!(said("src/billing/mod.rs", ""), [format!("src/billing/mod.rs:1: billing {found}")]);
    assert_eq!(
        said("src/cli/a.rs", "use crate::billing::Invoice;"),
        ["src/cli/a.rs:2: cli may not use billing: crate::billing::Invoice"]
    );
}

#[test]
fn a_file_that_was_misread_is_told() {
    let found =
        "src/app.rs:1: its braces don't match, as this checker reads it: mend tests/architecture/tokens.rs";
    assert_eq!(said("src/app.rs", "mod a {"), [found]);
    assert_eq!(
        said(
            "src/app.rs",
            "fn f<'a>() { let a = ['{', '\\'', '\\u{7b}']; let b = (\"\\\"{\", b'{', 1.5e3, 0..2); }"
        )
        .len(),
        0
    );
}
