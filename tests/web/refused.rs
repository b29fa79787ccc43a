//! What stops a sign-in is named, and the reset offered; what is tried too often waits; links that are over say why.

use chrono::TimeDelta;

use super::browser::Browser;
use super::world::{GOOD, OTHER, World};
use crate::store::on_each_engine;

async fn sign_in(browser: &mut Browser, name: &str, password: &str) {
    browser.open("/sign-in").await;
    browser.submit("Sign in", &[("E-mail address or username", name), ("Password", password)]).await;
}

#[test]
fn a_password_that_no_longer_meets_the_rules_stops_the_sign_in_and_leads_to_the_reset() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_old_password("Ann", "summer").await;
        let mut browser = world.browser();
        sign_in(&mut browser, "ann@example.org", "summer").await;
        assert_eq!((browser.status, browser.title().as_str()), (403, "Reset your password first"));
        for reason in [
            "It has fewer than 8 characters.",
            "There is no number in it.",
            "There is no upper-case letter in it.",
            "There is none of the symbols ! @ # $ % ^ * ? + = - in it.",
            "There is a dictionary word in it.",
        ] {
            assert!(browser.text().contains(reason), "{reason} {}", browser.text());
        }
        assert_eq!(browser.cookie("__Host-session"), None);
        browser.submit("Reset password", &[]).await;
        assert_eq!(browser.title(), "Look into your mailbox", "the address was filled in already");
        let link = world.link().await;
        browser.open(&link).await;
        browser.submit("Set the password", &[("New password", "Password-1")]).await;
        assert_eq!(browser.faults(), ["There is a dictionary word in it."]);
        browser.submit("Set the password", &[("New password", OTHER)]).await;
        sign_in(&mut browser, "ann@example.org", OTHER).await;
        assert_eq!(browser.path, "/account");
    });
}

#[test]
fn whoever_was_away_for_six_months_makes_a_new_password() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("Ann", GOOD).await;
        let mut browser = world.browser();
        sign_in(&mut browser, "ann@example.org", GOOD).await;
        assert_eq!(browser.path, "/account");
        world.later(TimeDelta::days(200));
        sign_in(&mut browser, "ann@example.org", GOOD).await;
        assert_eq!(browser.status, 403);
        assert!(browser.text().contains("You have not signed in for six months."), "{}", browser.text());
        browser.submit("Reset password", &[]).await;
        browser.open(&world.link().await).await;
        browser.submit("Set the password", &[("New password", OTHER)]).await;
        sign_in(&mut browser, "ann@example.org", OTHER).await;
        assert_eq!(browser.path, "/account", "the new password counts as of today");
    });
}

#[test]
fn guessing_waits_and_is_told_until_when() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("Ann", GOOD).await;
        let mut browser = world.browser();
        for _ in 0..20 {
            sign_in(&mut browser, "ann@example.org", "wrong").await;
            assert_eq!(browser.status, 422);
        }
        sign_in(&mut browser, "ann@example.org", GOOD).await;
        assert_eq!(browser.status, 429);
        assert!(browser.text().contains("try again today at 09:17"), "{}", browser.text());
        world.later(TimeDelta::minutes(15));
        sign_in(&mut browser, "ann@example.org", GOOD).await;
        assert_eq!(browser.path, "/account");
    });
}

#[test]
fn a_page_says_the_same_whether_or_not_an_address_has_an_account() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("Ann", GOOD).await;
        let mut pages = Vec::new();
        for address in ["ann@example.org", "nobody@example.org"] {
            let mut browser = world.browser();
            browser.open("/password").await;
            browser.submit("Send me the link", &[("E-mail address", address)]).await;
            let forgotten = (browser.status, browser.html.clone());
            browser.open("/sign-up").await;
            browser.submit("Continue", &[("E-mail address", address)]).await;
            let signing_up = (browser.status, browser.html.clone());
            sign_in(&mut browser, address, "wrong").await;
            pages.push((forgotten, signing_up, browser.status, browser.html.replace(address, "…")));
        }
        assert_eq!(pages[0], pages[1]);
        let mails = world.links.mails(world.clock.now()).await;
        assert_eq!(mails.len(), 4, "as many mails either way: {mails:?}");
    });
}

#[test]
fn links_are_asked_for_so_often_and_the_older_ones_say_that_they_were_replaced() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("Ann", GOOD).await;
        let mut browser = world.browser();
        let mut links = Vec::new();
        for _ in 0..5 {
            browser.open("/password").await;
            browser.submit("Send me the link", &[("E-mail address", "ann@example.org")]).await;
            assert_eq!(browser.status, 200);
            links.push(world.link().await);
        }
        browser.open("/password").await;
        browser.submit("Send me the link", &[("E-mail address", "ann@example.org")]).await;
        assert_eq!(browser.status, 429);
        assert!(browser.text().contains("try again tomorrow at 09:02"), "{}", browser.text());
        browser.open(&links[0]).await;
        assert!(browser.text().contains("A newer link was sent to you"), "{}", browser.text());
        world.later(TimeDelta::minutes(31));
        browser.open(&links[4]).await;
        assert!(browser.text().contains("This link has run out"), "{}", browser.text());
        // A mailbox's scanner opens links, too: looking uses nothing up.
        world.later(TimeDelta::days(1));
        browser.open("/password").await;
        browser.submit("Send me the link", &[("E-mail address", "ann@example.org")]).await;
        let link = world.link().await;
        for _ in 0..3 {
            world.browser().open(&link).await;
        }
        browser.open(&link).await;
        browser.submit("Set the password", &[("New password", OTHER)]).await;
        assert_eq!(browser.title(), "Your password is changed");
    });
}

#[test]
fn of_32_who_use_a_link_at_once_one_gets_through() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("Ann", GOOD).await;
        let mut first = world.browser();
        first.open("/password").await;
        first.submit("Send me the link", &[("E-mail address", "ann@example.org")]).await;
        let link = world.link().await;
        // All of them have the page before them before the first one sends it.
        let mut browsers = Vec::new();
        for _ in 0..32 {
            let mut browser = world.browser();
            browser.open(&link).await;
            assert_eq!(browser.title(), "Choose a new password");
            browsers.push(browser);
        }
        let tries = browsers.into_iter().map(|mut browser| {
            tokio::spawn(async move {
                browser.send("/password/new", &[("password", OTHER)]).await;
                (browser.status, browser.text())
            })
        });
        let mut done = Vec::new();
        for one in tries.collect::<Vec<_>>() {
            done.push(one.await.unwrap());
        }
        let changed = done.iter().filter(|(status, _)| *status == 200).count();
        assert_eq!(changed, 1, "{done:?}");
        assert!(
            done.iter().all(|(status, text)| *status == 200 || text.contains("used already")),
            "{done:?}"
        );
    });
}
