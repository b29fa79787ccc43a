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
    let settings = "[discord]\nguilds = []\nweight = 0.5";
    let file = "[discord]\nguilds = [81384788765712384, 'b']\nweight = 2";
    let environment = [("GUIDEPOST_DISCORD_GUILDS", " 1, 2,,3 "), ("GUIDEPOST_DISCORD_WEIGHT", "1e-1")];
    assert_snapshot!(values(settings, "", &[], &[]), @"[] 0.5");
    assert_snapshot!(values(settings, file, &[], &[]), @r#"["81384788765712384", "b"] 2.0"#);
    assert_snapshot!(values(settings, file, &environment, &[]), @r#"["1", "2", "3"] 0.1"#);
    assert_snapshot!(values(settings, file, &environment, &["discord.guilds=", "discord.weight=3"]), @"[] 3.0");
    assert_snapshot!(values(settings, "[discord]\nguilds = [[1]]\nweight = inf", &[], &["discord.weight=NaN"]), @r#"
    config.toml:2: discord.guilds must be a list of texts, but is a list of other things.
    config.toml:3: discord.weight must be a number, but is inf.
    --set: discord.weight must be a number, but is "NaN".
    "#);
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
