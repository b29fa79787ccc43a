//! Making an account: the address is proved first, the profile names all that is wrong with it at once, and support helps where it fails.

use guidepost::config::{SignIn as Settings, WhenUnknown};
use guidepost::services::cases::table::{CASES, EVENTS, event_key};
use guidepost::store::Direction;

use super::world::{GOOD, World};
use crate::sign_in::world::settings;
use crate::store::on_each_engine;

const PROFILE: [(&str, &str); 7] = [
    ("Your name", "Dora Dahl"),
    ("Company", "Dahl Ltd"),
    ("Street and number", "Main Street 1"),
    ("City", "Oslo"),
    ("Country", "Norway"),
    ("Username", "dora"),
    ("New password", GOOD),
];

#[test]
fn an_account_is_made_behind_a_link_with_all_mistakes_named_at_once() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/sign-up").await;
        browser.submit("Continue", &[("E-mail address", "no address")]).await;
        assert_eq!(browser.faults(), ["That is no e-mail address. They look like ada@example.org."]);
        browser.submit("Continue", &[("E-mail address", "dora@example.org")]).await;
        let link = world.link().await;
        browser.open(&link).await;
        assert_eq!(browser.path, "/sign-up/finish");
        browser
            .submit("Create the account", &[("Username", "d"), ("Website", "no site"), ("New password", "a")])
            .await;
        assert_eq!(browser.status, 422);
        let faults = browser.faults();
        assert_eq!(
            faults.iter().filter(|fault| *fault == "This must be filled in.").count(),
            5,
            "{faults:?}"
        );
        assert!(
            faults.iter().any(|fault| fault.starts_with("That is no address of a website")),
            "{faults:?}"
        );
        assert!(faults.iter().any(|fault| fault == "A username has 3 to 32 characters."), "{faults:?}");
        assert!(faults.iter().any(|fault| fault == "It has fewer than 8 characters."), "{faults:?}");
        let filled = [&PROFILE[..], &[("Website", "")]].concat();
        browser.submit("Create the account", &filled).await;
        assert_eq!(
            (browser.status, browser.title().as_str()),
            (200, "Your account is there"),
            "{}",
            browser.text()
        );
        assert!(browser.text().contains("Dahl Ltd has the Org ID "), "{}", browser.text());
        browser.follow("Sign in").await;
        browser.submit("Sign in", &[("E-mail address or username", "dora"), ("Password", GOOD)]).await;
        assert!(browser.text().contains("You are a contact of Dahl Ltd (Org ID "), "{}", browser.text());
        browser.open(&link).await;
        assert_eq!((browser.status, browser.title().as_str()), (410, "This link does not work"));

        // The same address again: the page says the same, and the mail what there is.
        browser.open("/sign-up").await;
        browser.submit("Continue", &[("E-mail address", "dora@example.org")]).await;
        assert_eq!(browser.title(), "Look into your mailbox");
        let mails = world.links.mails(world.clock.now()).await;
        assert_eq!(mails.len(), 1);
        assert_eq!(mails[0].subject, "You have an account at Guidepost already");
    });
}

#[test]
fn a_partners_account_asks_for_the_partner_number() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/sign-up").await;
        browser.submit("Continue", &[("E-mail address", "dora@example.org")]).await;
        browser.open(&world.link().await).await;
        assert!(!browser.html.contains("Partner number"));
        browser.follow("Create a partner account instead").await;
        let filled = [&PROFILE[..], &[("Partner number", "not a number!")]].concat();
        browser.submit("Create the account", &filled).await;
        assert_eq!(browser.faults(), ["A partner number has letters, digits and hyphens."]);
        browser.submit("Create the account", &[("Partner number", "P-17"), ("New password", GOOD)]).await;
        assert_eq!(
            browser.title(),
            "Your account is there",
            "what was filled in was kept: {}",
            browser.text()
        );
    });
}

/// Nobody answers whether a password is compromised, and the desk is told to take none unchecked.
fn strict() -> Settings {
    Settings {
        compromised: Some("http://127.0.0.1:9/".to_owned()),
        when_unknown: WhenUnknown::Refuse,
        ..settings()
    }
}

#[test]
fn whoever_can_not_sign_up_opens_a_case_without_signing_in() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        let form = [("reference", "7F3K-22\r\nX"), ("mail", "dora@example.org"), ("text", "a white page")];
        browser.send("/sign-up/case", &form).await;
        assert_eq!((browser.status, browser.title().as_str()), (200, "Your case is open"));
        let cases = CASES.list(&bench.store, None, 10, Direction::Forward).await.unwrap();
        let case = &cases[0].record;
        assert_eq!(case.queue.as_str(), "technical-support");
        assert_eq!(case.subject.as_str(), "Signing up failed");
        let opening = EVENTS.get(&bench.store, &event_key(case.number, 1)).await.unwrap().unwrap();
        let text = opening.record.what.text().unwrap().as_str().to_owned();
        assert!(
            text.contains("7F3K-22") && text.contains("dora@example.org") && text.contains("a white page"),
            "{text}"
        );
        assert!(text.contains("nobody proved"), "{text}");
        for _ in 0..4 {
            browser.send("/sign-up/case", &form).await;
            assert_eq!(browser.status, 200);
        }
        browser.send("/sign-up/case", &form).await;
        assert_eq!(browser.status, 429);
        assert!(browser.text().contains("try again tomorrow at 09:02"), "{}", browser.text());
    });
}

#[test]
fn a_failure_of_ours_while_signing_up_leads_to_a_case() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/sign-up").await;
        bench.store.close().await;
        browser.submit("Continue", &[("E-mail address", "dora@example.org")]).await;
        assert_eq!((browser.status, browser.title().as_str()), (500, "Signing up did not work"));
        let (action, form) = browser.form("Open a case", &[]);
        assert_eq!(action, "/sign-up/case");
        let sent: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert!(sent.contains(&("mail", "dora@example.org")), "{sent:?}");
        let reference = sent.iter().find(|(name, _)| *name == "reference").unwrap().1;
        assert!(browser.text().contains(&format!("(id {reference})")), "{}", browser.text());
    });
}

#[test]
fn a_desk_that_takes_no_password_unchecked_says_so() {
    on_each_engine(&async |bench| {
        let world = World::with(&bench.store, &strict()).await;
        let mut browser = world.browser();
        browser.open("/sign-up").await;
        browser.submit("Continue", &[("E-mail address", "dora@example.org")]).await;
        browser.open(&world.link().await).await;
        browser.submit("Create the account", &PROFILE).await;
        assert_eq!(browser.status, 503);
        assert!(browser.text().contains("could not be held against the list"), "{}", browser.text());
        assert!(browser.html.contains("Dahl Ltd"), "what was filled in is kept");
    });
}
