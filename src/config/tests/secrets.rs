//! Secrets come from the environment only, and no message, list or debug output shows them.

use insta::assert_snapshot;

use crate::config::secret::carries_password;
use crate::config::{ConfigError, Secret, SecretName};

use super::{faults, laid, merged, of_file, of_set, of_variable};

const STORE: &str = "[store]\nurl = ''\nreplicas = []";
const URL: &str = "postgres://desk:hunter2@db/desk";

#[test]
fn secrets_come_from_the_environment() {
    let environment = [("GUIDEPOST_DISCORD_TOKEN", "hunter2"), ("GUIDEPOST_SECRET_KEY", "")];
    let loaded = merged("", &environment, &[]).unwrap();
    assert_eq!(loaded.secrets.get(SecretName::DiscordToken).map(Secret::expose), Some("hunter2"));
    assert_eq!(loaded.secrets.get(SecretName::DeskKey), None);
    assert!(!format!("{loaded:?}").contains("hunter2"));
    assert_eq!(format!("{:?}", Secret::new("hunter2".to_owned())), "…");
}

#[test]
fn secrets_are_refused_elsewhere_however_they_are_spelt() {
    assert_snapshot!(of_file("[discord]\ntoken = 'hunter2'"), @"config.toml:2: discord.token is a secret and does not belong here. Set GUIDEPOST_DISCORD_TOKEN in the environment instead.");
    assert_snapshot!(of_file("secret_key = 'hunter2'\n[secret]\nkey = 'hunter2'\ncolour = 'hunter2'"), @"
    config.toml:1: secret_key is a secret and does not belong here. Set GUIDEPOST_SECRET_KEY in the environment instead.
    config.toml:2: [secret] is not a section. The sections are desk, knowledge, index, search, store, files, mail, cases, accounts, sign_in, web, discord, log, import and console.
    config.toml:3: secret.key is a secret and does not belong here. Set GUIDEPOST_SECRET_KEY in the environment instead.
    ");
    assert_snapshot!(of_set("discord.token=hunter2"), @"--set: discord.token is a secret and does not belong here. Set GUIDEPOST_DISCORD_TOKEN in the environment instead.");
    assert_snapshot!(of_set("SECRET_KEY=hunter2"), @"--set: SECRET_KEY is a secret and does not belong here. Set GUIDEPOST_SECRET_KEY in the environment instead.");
}

#[test]
fn a_url_with_a_password_comes_from_the_environment() {
    let file = format!("[store]\nurl = '{URL}'\nreplicas = ['a', '{URL}']");
    let layers = laid(STORE, &file, &[], &[&format!("store.url={URL}")]);
    assert_snapshot!(faults(&ConfigError { faults: layers.faults }), @"
    config.toml:2: store.url contains a password, which does not belong here. Set GUIDEPOST_STORE_URL in the environment instead.
    config.toml:3: store.replicas contains a password, which does not belong here. Set GUIDEPOST_STORE_REPLICAS in the environment instead.
    --set: store.url contains a password, which does not belong here. Set GUIDEPOST_STORE_URL in the environment instead.
    ");
    let layers = laid(STORE, "", &[("GUIDEPOST_STORE_URL", URL)], &[]);
    assert_eq!(layers.entries[0].value.to_string(), format!("\"{URL}\""));
    assert!(layers.faults.is_empty() && !format!("{layers:?}").contains("hunter2"));
}

#[test]
fn so_does_a_mail_server_with_a_password() {
    const SERVER: &str = "smtps://desk:hunter2@mail.example.org";
    assert_snapshot!(of_file(&format!("[mail]\nsmtp = '{SERVER}'")), @"config.toml:2: mail.smtp contains a password, which does not belong here. Set GUIDEPOST_MAIL_SMTP in the environment instead.");
    assert_snapshot!(of_set(&format!("mail.smtp={SERVER}")), @"--set: mail.smtp contains a password, which does not belong here. Set GUIDEPOST_MAIL_SMTP in the environment instead.");
    assert_snapshot!(of_variable("GUIDEPOST_MAIL_SMTP", "imap://desk:hunter2@mail.example.org"), @r#"GUIDEPOST_MAIL_SMTP: mail.smtp must be empty, or smtp://host:port or smtps://user:password@host:port, with signs such as @ in name and password encoded (%40), but is "…" (a password is not shown)."#);
    assert_snapshot!(of_variable("GUIDEPOST_MAIL_SMTP", "mail.example.org"), @r#"GUIDEPOST_MAIL_SMTP: mail.smtp must be empty, or smtp://host:port or smtps://user:password@host:port, with signs such as @ in name and password encoded (%40), but is "mail.example.org"."#);
    let loaded = merged("", &[("GUIDEPOST_MAIL_SMTP", SERVER)], &[]).unwrap();
    assert_eq!(loaded.settings.mail.smtp.as_ref().unwrap().to_string(), "mail.example.org:465");
    let shown = crate::config::render(&loaded.show());
    assert!(!format!("{shown}{loaded:?}").contains("hunter2"), "{shown}");
    assert!(shown.contains("mail.smtp                      = set, not shown"), "{shown}");
    let plain = merged("[mail]\nsmtp = 'smtp://localhost:25'", &[], &[]).unwrap();
    assert!(plain.settings.mail.smtp.is_some());
}

#[test]
fn a_wrong_value_is_not_repeated_when_it_holds_a_password() {
    assert_snapshot!(of_variable("GUIDEPOST_SEARCH_RESULTS", URL), @r#"GUIDEPOST_SEARCH_RESULTS: search.results must be a whole number from 1 to 10, but is "…" (a password is not shown)."#);
    assert_snapshot!(of_variable("GUIDEPOST_DESK_PRODUCT", URL), @"GUIDEPOST_DESK_PRODUCT: desk.product cannot be used: its value is of the wrong form.");
    assert_snapshot!(of_variable("GUIDEPOST_DISCORD_TOKEN", "hunter\u{fffd}"), @"GUIDEPOST_DISCORD_TOKEN: This is not UTF-8 text.");
    assert_snapshot!(of_set(URL), @r#"--set: "…" (a password is not shown) is not of the form section.key=value."#);
    assert_snapshot!(of_file("[search]\nresults = '''postgres://desk:hunter2@db'''"), @r#"config.toml:2: search.results must be a whole number from 1 to 10, but is the text "…" (a password is not shown)."#);
}

#[test]
fn passwords_are_found_in_whatever_form() {
    for (text, expected) in [
        (URL, true),
        ("smtp://:pw@mail", true),
        ("postgres://u:p@h1:5432,h2:5432/db", true),
        ("postgres://u:pa/ss@host/db", true),
        ("see HTTPS://u:p@h", true),
        ("postgres://host/db?user=u&PASSWORD=p", true),
        ("host=db password=p", true),
        ("postgres://user@host:5432/db", false),
        ("postgres://user:@host/db", false),
        ("https://example.com:8443/@team", false),
        ("http://[::1]/@team", false),
        ("https://example.com/?password=", false),
        ("a:b@c", false),
        ("://", false),
        ("", false),
    ] {
        assert_eq!(carries_password(text), expected, "{text}");
    }
}
