//! Which source wins, how each writes a value, and which file is read.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;

use crate::config::{ConfigError, Options, Origin, environment, load};
use crate::domain::ProductId;

use super::{faults, laid, merged};

#[test]
fn the_command_line_wins_over_the_environment_over_the_file() {
    let file = "[search]\nresults = 4";
    let variable = ("GUIDEPOST_SEARCH_RESULTS", "5");
    let line = Origin::File { file: "config.toml".to_owned(), line: 2 };
    let environment = Origin::Environment(variable.0.to_owned());
    for (file, environment, set, results, origin) in [
        ("", &[][..], &[][..], 3, Origin::Default),
        (file, &[], &[], 4, line),
        (file, &[variable], &[], 5, environment),
        (file, &[variable], &["search.results=6"], 6, Origin::Set),
        (file, &[variable], &["search.results=6", "search.results=7"], 7, Origin::Set),
    ] {
        let loaded = merged(file, environment, set).unwrap();
        assert_eq!(loaded.settings.search.results, results);
        assert_eq!(loaded.origin("search.results"), Some(&origin));
    }
    assert_eq!(merged("", &[], &[]).unwrap().origin("search.result"), None);
}

#[test]
fn empty_and_zero_stand_for_none() {
    let loaded = merged("[desk]\nproduct = 'citrix-cloud'\n[console]\nhistory = ''", &[], &[]).unwrap();
    assert_eq!(loaded.settings.desk.product.as_ref().map(ProductId::as_str), Some("citrix-cloud"));
    assert_eq!(loaded.settings.console.history, None);
    assert_eq!(loaded.settings.console.width, None);
    let loaded =
        merged("", &[("GUIDEPOST_CONSOLE_WIDTH", "80"), ("GUIDEPOST_DESK_PRODUCT", "")], &[]).unwrap();
    assert_eq!(loaded.settings.console.width, Some(80));
    assert_eq!(loaded.settings.desk.product, None);
    assert_eq!(loaded.settings.console.history.as_deref(), Some(Path::new("data/history")));
}

#[test]
fn variables_of_tests_and_of_others_are_left_alone() {
    let others = [("GUIDEPOST_EVAL_DIR", "/eval"), ("GUIDEPOST_TEST_PG", "x"), ("PATH", "/bin"), ("", "")];
    assert!(merged("", &others, &[]).is_ok());
    assert!(environment().iter().all(|(name, _)| name.starts_with("GUIDEPOST_")));
}

#[test]
fn levels_and_filters_are_accepted() {
    for level in ["off", "ERROR", "trace", "warn,guidepost=debug", "guidepost[case{id=1}]=info", "tower=off"]
    {
        assert!(merged("", &[("GUIDEPOST_LOG_LEVEL", level)], &[]).is_ok(), "{level}");
    }
}

#[test]
fn lists_and_fractions_are_read_from_everywhere() {
    let settings = "[demo]\nguilds = []\nweight = 0.5";
    let file = "[demo]\nguilds = [81384788765712384, 'b']\nweight = 2";
    let environment = [("GUIDEPOST_DEMO_GUILDS", " 1, 2,,3 "), ("GUIDEPOST_DEMO_WEIGHT", "1e-1")];
    assert_snapshot!(values(settings, "", &[], &[]), @"[] 0.5");
    assert_snapshot!(values(settings, file, &[], &[]), @r#"["81384788765712384", "b"] 2.0"#);
    assert_snapshot!(values(settings, file, &environment, &[]), @r#"["1", "2", "3"] 0.1"#);
    assert_snapshot!(values(settings, file, &environment, &["demo.guilds=", "demo.weight=3"]), @"[] 3.0");
    assert_snapshot!(values(settings, "[demo]\nguilds = [[1]]\nweight = inf", &[], &["demo.weight=NaN"]), @r#"
    config.toml:2: demo.guilds must be a list of texts, but is a list of other things.
    config.toml:3: demo.weight must be a number, but is inf.
    --set: demo.weight must be a number, but is "NaN".
    "#);
}

#[test]
fn servers_are_numbers_as_large_as_discords() {
    let most = u64::MAX;
    let file = format!("[discord]\nguilds = ['{most}', 81384788765712384, '9007199254740993']");
    let guilds = |file: &str, environment: &[(&str, &str)]| {
        merged(file, environment, &[]).unwrap().settings.discord.guilds.into_iter().collect::<Vec<_>>()
    };
    assert!(guilds("", &[]).is_empty());
    assert_eq!(guilds(&file, &[]), [9_007_199_254_740_993, 81_384_788_765_712_384, most]);
    let environment = ("GUIDEPOST_DISCORD_GUILDS", " 18446744073709551615,2, 2,");
    assert_eq!(guilds(&file, &[environment]), [2, most]);
}

#[test]
fn the_api_is_at_discord_or_at_another_address() {
    let base = |text: &str| {
        merged("", &[("GUIDEPOST_DISCORD_API_BASE", text)], &[])
            .map(|loaded| loaded.settings.discord.api_base)
    };
    assert_eq!(base(""), Ok(None));
    for text in ["http://127.0.0.1:8080", "http://[::1]:1/", "https://Proxy.example:443/discord"] {
        assert_eq!(base(text), Ok(Some(text.to_owned())));
    }
    for text in [
        "localhost:80",
        "ftp://a",
        "http:a",
        "http://",
        "https://a b",
        "http://a?b",
        "http://a#b",
        "http://u@a",
        "\\",
    ] {
        assert!(base(text).is_err(), "{text}");
    }
}

fn values(settings: &str, file: &str, environment: &[(&str, &str)], set: &[&str]) -> String {
    let layers = laid(settings, file, environment, set);
    if layers.faults.is_empty() {
        layers.entries.iter().map(|entry| entry.value.to_string()).collect::<Vec<_>>().join(" ")
    } else {
        faults(&ConfigError { faults: layers.faults })
    }
}

#[test]
fn a_named_file_is_read_and_must_exist() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("desk.toml");
    let of = |bytes: &[u8]| {
        fs::write(&path, bytes).unwrap();
        let loaded = load(&Options { file: Some(path.clone()), set: Vec::new() }, []);
        loaded.map_err(|error| faults(&error).replace(&folder.path().display().to_string(), "…"))
    };
    assert_eq!(of(b"[search]\nresults = 9").unwrap().settings.search.results, 9);
    assert_eq!(of(b"\xef\xbb\xbf[search]\r\nresults = 9\r\n").unwrap().settings.search.results, 9);
    assert_snapshot!(of(b"[desk]\nname = 'caf\xe9'").unwrap_err(), @"…/desk.toml:2: This is not UTF-8 text.");

    let missing = Options { file: Some("missing.toml".into()), set: vec!["search.results=0".into()] };
    assert_snapshot!(load(&missing, []).unwrap_err(), @r#"
    The configuration cannot be used.
      missing.toml: There is no such file.
      --set: search.results must be a whole number from 1 to 10, but is "0".
    "#);
    let unreadable = Options { file: Some("src".into()), set: Vec::new() };
    assert_snapshot!(load(&unreadable, environment()).unwrap_err(), @"
    The configuration cannot be used.
      src: The file cannot be read: Is a directory (os error 21).
    ");
    // The tests' working folder is the repository's, which has a config.toml.
    let found = load(&Options::default(), []).unwrap();
    assert!(matches!(found.origin("desk.name"), Some(Origin::File { file, .. }) if file == "config.toml"));
}
