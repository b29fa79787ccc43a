//! Every sentence that refuses a configuration: where, what was found, what was expected.

use insta::assert_snapshot;

use super::{faults, merged, of_file, of_set, of_variable};

#[test]
fn all_faults_are_told_at_once() {
    let file = "[search]\nresults = 11\nresult = 2\n[serch]\nresults = three\n[import]\nretries = 'often'";
    let environment = [("GUIDEPOST_IMPORT_TIMEOUT_S", "ten"), ("GUIDEPOST_IMPORT_RETRY", "1")];
    assert_snapshot!(merged(file, &environment, &["console.width=10", "width"]).unwrap_err(), @r#"
    The configuration cannot be used.
      config.toml:2: search.results must be a whole number from 1 to 10, but is 11.
      config.toml:3: search.result is not a setting. Did you mean search.results?
      config.toml:4: [serch] is not a section. Did you mean [search]?
      config.toml:5: This is not TOML: the value is neither a text in quotes, nor a number, nor true or false.
      config.toml:7: import.retries must be a whole number from 0 to 10, but is the text "often".
      GUIDEPOST_IMPORT_RETRY: No setting has this name. Those of [import] are GUIDEPOST_IMPORT_MAX_PAGE_MB, GUIDEPOST_IMPORT_RETRIES and GUIDEPOST_IMPORT_TIMEOUT_S.
      GUIDEPOST_IMPORT_TIMEOUT_S: import.timeout_s must be a whole number from 1 to 600, but is "ten".
      --set: console.width must be 0 or a whole number from 40 to 200, but is "10".
      --set: "width" is not of the form section.key=value.
    "#);
}

#[test]
fn a_file_full_of_faults_does_not_flood_the_screen() {
    let error = merged(&"?\n".repeat(60), &[], &[]).unwrap_err().to_string();
    assert_snapshot!(error.lines().skip(49).collect::<Vec<_>>().join("\n"), @"
    config.toml:49: This is not TOML: key with no value, expected `=`.
    config.toml:50: This is not TOML: key with no value, expected `=`.
    … and 10 more.
    ");
}

#[test]
fn unknown_sections_and_keys() {
    assert_snapshot!(of_file("[serch]\nresults = 3\nx = 1"), @"config.toml:1: [serch] is not a section. Did you mean [search]?");
    assert_snapshot!(of_file("[forum]\nlisten = ':80'"), @"config.toml:1: [forum] is not a section. The sections are desk, knowledge, index, search, store, files, mail, cases, accounts, sign_in, web, discord, log, import and console.");
    assert_snapshot!(of_file("[search]\nresult = 3"), @"config.toml:2: search.result is not a setting. Did you mean search.results?");
    assert_snapshot!(of_file("import.max-page-MB = 3"), @"config.toml:1: import.max-page-MB is not a setting. Did you mean import.max_page_mb?");
    assert_snapshot!(of_file("[search]\ncolour = 3"), @"config.toml:2: search.colour is not a setting. [search] has results.");
    assert_snapshot!(of_file("[desk]\nresults = 3"), @"config.toml:2: desk.results is not a setting. Did you mean search.results?");
    assert_snapshot!(of_file("[desk]\npath = 'k'"), @"config.toml:2: desk.path is not a setting. [desk] has name, product and time_zone.");
    assert_snapshot!(of_file("results = 3\ncolour = 1"), @"
    config.toml:1: results stands outside of a section. Did you mean search.results?
    config.toml:2: colour stands outside of a section. The sections are desk, knowledge, index, search, store, files, mail, cases, accounts, sign_in, web, discord, log, import and console.
    ");
    assert_snapshot!(of_file("[search]\n\"a\\u001b[31m\" = 1"), @"config.toml:2: search.a�[31m is not a setting. [search] has results.");
}

#[test]
fn sections_written_as_something_else() {
    assert_snapshot!(of_file("search = 3"), @"config.toml:1: search is a section. Write [search] once, on a line of its own, and its settings below.");
    assert_snapshot!(of_file("[[search]]\nresults = 3"), @"config.toml:1: search is a section. Write [search] once, on a line of its own, and its settings below.");
    assert_snapshot!(of_file("[search.results]\nx = 3"), @"config.toml:1: search.results must be a whole number from 1 to 10, but is a table.");
}

#[test]
fn text_that_is_not_toml() {
    assert_snapshot!(of_file("[search\nresults = 11"), @"
    config.toml:1: This is not TOML: unclosed table, expected `]`.
    config.toml:2: search.results must be a whole number from 1 to 10, but is 11.
    ");
    assert_snapshot!(of_file("[search]\nresults 3\nresult = 3"), @"
    config.toml:2: This is not TOML: key with no value, expected `=`.
    config.toml:3: search.result is not a setting. Did you mean search.results?
    ");
    assert_snapshot!(of_file("[log]\nlevel = trace\n[console]\nwidth = "), @"
    config.toml:2: This is not TOML: the value is neither a text in quotes, nor a number, nor true or false.
    config.toml:4: This is not TOML: the value is neither a text in quotes, nor a number, nor true or false.
    ");
    assert_snapshot!(of_file("[desk]\nname = \"Desk\nproduct = 4"), @r#"
    config.toml:2: This is not TOML: invalid basic string, expected `"`.
    config.toml:3: desk.product must be text, but is 4.
    "#);
    assert_snapshot!(of_file("[index]\npath = \"C:\\index\""), @"config.toml:2: This is not TOML: in double quotes a backslash has a meaning of its own; put the text in single quotes.");
    assert_snapshot!(of_file("[desk]\nname = 'a'\nname = 'b'\n[desk]\nproduct = 4"), @"
    config.toml:3: This is not TOML: duplicate key.
    config.toml:4: This is not TOML: duplicate key.
    config.toml:5: desk.product must be text, but is 4.
    ");
    assert_snapshot!(of_file("[search]\nresults = [1,\n 2\n\n[desk]\nname = 1"), @"
    config.toml:5: This is not TOML: missing comma between array elements, expected `,`.
    config.toml:6: This is not TOML: missing comma between array elements, expected `,`.
    ");
    assert_snapshot!(of_file("{\"search\": 3}"), @"config.toml:1: This is not TOML: invalid key-value pair, expected key.");
}

#[test]
fn wrong_types_in_the_file() {
    assert_snapshot!(of_file("[search]\nresults = '3'"), @r#"config.toml:2: search.results must be a whole number from 1 to 10, but is the text "3"."#);
    assert_snapshot!(of_file("[search]\nresults = 3.0"), @"config.toml:2: search.results must be a whole number from 1 to 10, but is 3.0.");
    assert_snapshot!(of_file("[search]\nresults = true"), @"config.toml:2: search.results must be a whole number from 1 to 10, but is true.");
    assert_snapshot!(of_file("[search]\nresults = [3]"), @"config.toml:2: search.results must be a whole number from 1 to 10, but is a list.");
    assert_snapshot!(of_file("[search]\nresults = 1979-05-27"), @"config.toml:2: search.results must be a whole number from 1 to 10, but is a date.");
    assert_snapshot!(of_file("[search]\nresults = 99999999999999999999"), @"config.toml:2: search.results must be a whole number from 1 to 10, but is 99999999999999999999.");
    assert_snapshot!(of_file("[knowledge]\nwatch = 'yes'"), @r#"config.toml:2: knowledge.watch must be true or false, but is the text "yes"."#);
    assert_snapshot!(of_file("[desk]\nproduct = 1"), @"config.toml:2: desk.product must be text, but is 1.");
}

#[test]
fn impossible_values() {
    assert_snapshot!(of_file("[index]\nwriter_memory_mb = 14"), @"config.toml:2: index.writer_memory_mb must be a whole number from 15 to 4096, but is 14.");
    assert_snapshot!(of_file("[search]\nresults = 0"), @"config.toml:2: search.results must be a whole number from 1 to 10, but is 0.");
    assert_snapshot!(of_file("[import]\nretries = -1"), @"config.toml:2: import.retries must be a whole number from 0 to 10, but is -1.");
    assert_snapshot!(of_file("[console]\nwidth = 39"), @"config.toml:2: console.width must be 0 or a whole number from 40 to 200, but is 39.");
    assert_snapshot!(of_file("[desk]\nname = ''"), @"config.toml:2: desk.name must be a name, but is an empty text.");
    assert_snapshot!(of_file("[desk]\nname = 'a\tb'"), @r#"config.toml:2: desk.name must be text in one line, without control characters, but is "a�b"."#);
    assert_snapshot!(of_file("[knowledge]\npath = ' '"), @r#"config.toml:2: knowledge.path must be a folder, but is " "."#);
    assert_snapshot!(of_file("[log]\nlevel = 'inof'"), @r#"config.toml:2: log.level must be error, warn, info, debug, trace, off or a filter without spaces, such as warn,guidepost=debug, but is "inof"."#);
    assert_snapshot!(of_file("[log]\nlevel = 'warn,guidepost=loud'"), @r#"config.toml:2: log.level must be error, warn, info, debug, trace, off or a filter without spaces, such as warn,guidepost=debug, but is "warn,guidepost=loud"."#);
    assert_snapshot!(of_file("[log]\nlevel = ' a¡='"), @r#"config.toml:2: log.level must be error, warn, info, debug, trace, off or a filter without spaces, such as warn,guidepost=debug, but is " a¡="."#);
    assert_snapshot!(of_file("[log]\nlevel = ''"), @"config.toml:2: log.level must be error, warn, info, debug, trace, off or a filter without spaces, such as warn,guidepost=debug, but is an empty text.");
    assert_snapshot!(of_file("[desk]\nproduct = 'Citrix Cloud'"), @r#"config.toml:2: desk.product cannot be used: "Citrix Cloud" is no product id: use lower-case letters, digits and single hyphens."#);
    assert_snapshot!(of_file("[discord]\napi_base = 'discord.com'"), @r#"config.toml:2: discord.api_base must be empty, or an http or https address without name and password, such as http://127.0.0.1:8080, but is "discord.com"."#);
    assert_snapshot!(of_variable("GUIDEPOST_DISCORD_API_BASE", "https://bot:hunter2@discord.com"), @r#"GUIDEPOST_DISCORD_API_BASE: discord.api_base must be empty, or an http or https address without name and password, such as http://127.0.0.1:8080, but is "…" (a password is not shown)."#);
    assert_snapshot!(of_file("[discord]\nguilds = [18446744073709551616]"), @r#"config.toml:2: discord.guilds must be a list of servers by their numbers, such as ["81384788765712384"], but is a list of other things."#);
    assert_snapshot!(of_file("[discord]\nguilds = ['0']"), @r#"config.toml:2: discord.guilds must be a list of servers by their numbers, such as ["81384788765712384"], but is a list of other things."#);
    assert_snapshot!(of_file("[accounts]\ntoolboxes = ['a: A', 'a: B']"), @r#"config.toml:2: accounts.toolboxes must be at most 20 toolboxes, each an id of its own and a name of at most 40 characters, such as ["renewals: Renewals"], but is a list of other things."#);
    assert_snapshot!(of_file("[discord]\nguilds = 2000"), @r#"config.toml:2: discord.guilds must be a list of servers by their numbers, such as ["81384788765712384"], but is 2000."#);
    assert_snapshot!(of_variable("GUIDEPOST_DISCORD_GUILDS", "18446744073709551616"), @r#"GUIDEPOST_DISCORD_GUILDS: discord.guilds must be a list of servers by their numbers, such as ["81384788765712384"], but is "18446744073709551616"."#);
    assert_snapshot!(of_variable("GUIDEPOST_DISCORD_GUILDS", "2000,+1"), @r#"GUIDEPOST_DISCORD_GUILDS: discord.guilds must be a list of servers by their numbers, such as ["81384788765712384"], but is "2000,+1"."#);
    assert_snapshot!(of_set(&format!("log.level={}", "x".repeat(90))), @r#"--set: log.level must be error, warn, info, debug, trace, off or a filter without spaces, such as warn,guidepost=debug, but is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"."#);
}

#[test]
fn a_word_that_is_none_of_the_possible_ones() {
    assert_snapshot!(of_file("[store]\nengine = 'postgress'"), @r#"config.toml:2: store.engine must be sled or postgres, but is "postgress"."#);
}

#[test]
fn limits_are_included() {
    for (key, low, high) in [
        ("index.writer_memory_mb", 15, 4096),
        ("search.results", 1, 10),
        ("import.max_page_mb", 1, 100),
        ("import.retries", 0, 10),
        ("import.timeout_s", 1, 600),
        ("console.width", 40, 200),
    ] {
        for (number, fits) in [(low - 1, false), (low, true), (high, true), (high + 1, false)] {
            assert_eq!(merged(&format!("{key} = {number}"), &[], &[]).is_ok(), fits, "{key} = {number}");
        }
    }
}

#[test]
fn the_environment() {
    assert_snapshot!(of_variable("GUIDEPOST_SERCH_RESULTS", "3"), @"GUIDEPOST_SERCH_RESULTS: No setting has this name. Did you mean GUIDEPOST_SEARCH_RESULTS?");
    assert_snapshot!(of_variable("GUIDEPOST_DISCORD_TOKN", "3"), @"GUIDEPOST_DISCORD_TOKN: No setting has this name. Did you mean GUIDEPOST_DISCORD_TOKEN?");
    assert_snapshot!(of_variable("GUIDEPOST_COLOUR", "3"), @"GUIDEPOST_COLOUR: No setting has this name. A setting's name is GUIDEPOST_, its section, _ and its key, such as GUIDEPOST_DESK_NAME.");
    assert_snapshot!(of_variable("GUIDEPOST_SEARCH_RESULTS", "three"), @r#"GUIDEPOST_SEARCH_RESULTS: search.results must be a whole number from 1 to 10, but is "three"."#);
    assert_snapshot!(of_variable("GUIDEPOST_SEARCH_RESULTS", ""), @"GUIDEPOST_SEARCH_RESULTS: search.results must be a whole number from 1 to 10, but is an empty text.");
    assert_snapshot!(of_variable("GUIDEPOST_SEARCH_RESULTS", "11"), @r#"GUIDEPOST_SEARCH_RESULTS: search.results must be a whole number from 1 to 10, but is "11"."#);
    assert_snapshot!(of_variable("GUIDEPOST_KNOWLEDGE_WATCH", "on"), @r#"GUIDEPOST_KNOWLEDGE_WATCH: knowledge.watch must be true or false, but is "on"."#);
    assert_snapshot!(of_variable("GUIDEPOST_KNOWLEDGE_PATH", "caf\u{fffd}"), @"GUIDEPOST_KNOWLEDGE_PATH: This is not UTF-8 text.");
    assert_snapshot!(of_variable("GUIDEPOST_DESK_PRODUCT", "Citrix Cloud"), @r#"GUIDEPOST_DESK_PRODUCT: desk.product cannot be used: "Citrix Cloud" is no product id: use lower-case letters, digits and single hyphens."#);
}

#[test]
fn the_command_line() {
    assert_snapshot!(of_set("search"), @r#"--set: "search" is not of the form section.key=value."#);
    assert_snapshot!(of_set(""), @"--set: an empty text is not of the form section.key=value.");
    assert_snapshot!(of_set("results=3"), @"--set: results stands outside of a section. Did you mean search.results?");
    assert_snapshot!(of_set("search.result=3"), @"--set: search.result is not a setting. Did you mean search.results?");
    assert_snapshot!(of_set("serch.results=3"), @"--set: serch.results is not a setting. Did you mean search.results?");
    assert_snapshot!(of_set("serch.colour=3"), @"--set: serch.colour is not a setting. The sections are desk, knowledge, index, search, store, files, mail, cases, accounts, sign_in, web, discord, log, import and console.");
    assert_snapshot!(of_set("search.results=three"), @r#"--set: search.results must be a whole number from 1 to 10, but is "three"."#);
    assert_snapshot!(of_set("search.results=0"), @r#"--set: search.results must be a whole number from 1 to 10, but is "0"."#);
}

#[test]
fn a_value_that_loses_is_checked_all_the_same() {
    let file = "[search]\nresults = 0\n[desk]\nproduct = 'A B'";
    let error = merged(file, &[], &["search.results=3", "desk.product="]).unwrap_err();
    assert_snapshot!(faults(&error), @r#"
    config.toml:2: search.results must be a whole number from 1 to 10, but is 0.
    config.toml:4: desk.product cannot be used: "A B" is no product id: use lower-case letters, digits and single hyphens.
    "#);
}

#[test]
fn a_name_that_is_no_text_cannot_reach_the_terminal() {
    assert_snapshot!(of_variable("GUIDEPOST_\u{1b}[31m", "x"), @"GUIDEPOST_�[31m: No setting has this name. A setting's name is GUIDEPOST_, its section, _ and its key, such as GUIDEPOST_DESK_NAME.");
}
