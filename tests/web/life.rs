//! What becomes of a contact: added by an administrator, invited by mail, signed in, forgetful, back with a new password.

use chrono::TimeDelta;
use guidepost::domain::account::AccountChange;

use super::world::{GOOD, OTHER, World};
use crate::accounts::world::details;
use crate::store::on_each_engine;

#[test]
fn a_contact_is_added_invited_signs_in_forgets_the_password_and_resets_it() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let firm = world.links.accounts.firm(&[]).await;
        firm.by("Ann", AccountChange::AddContact(details("Cara"))).await.unwrap();
        let invitation = world.link().await;

        let mut home = world.browser();
        home.open(&invitation).await;
        assert_eq!(
            (home.path.as_str(), home.title().as_str()),
            ("/invitation", "Welcome to the account of Acme")
        );
        home.submit("Make my sign-in", &[("Username", "cara"), ("New password", "hallo")]).await;
        assert_eq!(home.status, 422);
        assert_eq!(
            home.faults(),
            [
                "It has fewer than 8 characters.",
                "There is no number in it.",
                "There is no upper-case letter in it.",
                "There is none of the symbols ! @ # $ % ^ * ? + = - in it.",
                "There is a dictionary word in it."
            ],
            "each rule is named at once"
        );
        home.submit("Make my sign-in", &[("New password", GOOD)]).await;
        assert_eq!(
            (home.status, home.title().as_str()),
            (200, "Your sign-in is made"),
            "the username was kept"
        );

        home.follow("Sign in").await;
        home.submit("Sign in", &[("E-mail address or username", "CARA"), ("Password", GOOD)]).await;
        assert_eq!((home.status, home.path.as_str()), (200, "/account"));
        assert!(
            home.text().contains("You are signed in as cara@example.org (username cara)"),
            "{}",
            home.text()
        );
        assert!(home.text().contains("You are a contact of Acme"), "{}", home.text());

        // The invitation is used up, also for whoever has the mail.
        let mut stranger = world.browser();
        stranger.open(&invitation).await;
        assert_eq!((stranger.status, stranger.title().as_str()), (410, "This invitation does not work"));

        // She signs in at work, and forgets the password there.
        let mut work = world.browser();
        work.open("/sign-in").await;
        work.submit("Sign in", &[("E-mail address or username", "cara@example.org"), ("Password", "guess")])
            .await;
        assert_eq!((work.status, work.title().as_str()), (422, "Sign in"));
        work.follow("Forgot your username or password?").await;
        work.submit("Send me the link", &[("E-mail address", "Cara@Example.org")]).await;
        assert_eq!(work.title(), "Look into your mailbox");
        let link = world.link().await;
        work.open(&link).await;
        assert_eq!(work.path, "/password/new", "the token left the address bar");
        assert!(!work.html.contains(link.rsplit('/').next().unwrap()), "nor is it on the page");
        work.submit("Set the password", &[("New password", OTHER)]).await;
        assert_eq!(work.title(), "Your password is changed");

        // Everybody who was signed in is not any more, and the old password is worth nothing.
        home.open("/account").await;
        assert_eq!(home.path, "/sign-in");
        home.submit("Sign in", &[("E-mail address or username", "cara"), ("Password", GOOD)]).await;
        assert_eq!(home.status, 422);
        home.submit("Sign in", &[("E-mail address or username", "cara"), ("Password", OTHER)]).await;
        assert_eq!(home.path, "/account");
        let mails = world.links.mails(world.clock.now()).await;
        let subjects: Vec<&str> = mails.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(
            mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(),
            ["cara@example.org"],
            "{subjects:?}"
        );
        work.open(&link).await;
        assert_eq!((work.status, work.title().as_str()), (410, "This link does not work"));
        assert!(work.text().contains("used already"), "{}", work.text());
    });
}

#[test]
fn sign_ins_are_listed_and_ended_one_by_one_or_all_at_once() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let [mut one, mut two, mut three] = [world.browser(), world.browser(), world.browser()];
        world.has_password("Ann", GOOD).await;
        for browser in [&mut one, &mut two, &mut three] {
            browser.open("/sign-in").await;
            let filled = [("E-mail address or username", "ann@example.org"), ("Password", GOOD)];
            browser.submit("Sign in", &filled).await;
            assert_eq!(browser.path, "/account");
            world.later(TimeDelta::minutes(1));
        }
        three.open("/account").await;
        assert_eq!(three.html.matches("Sign out there").count(), 2);
        assert_eq!(three.html.matches("This browser: ").count(), 1);
        three.submit("Sign out there", &[]).await;
        assert_eq!(three.html.matches("Sign out there").count(), 1);
        one.open("/account").await;
        two.open("/account").await;
        let ended = [&one, &two].iter().filter(|browser| browser.path == "/sign-in").count();
        assert_eq!(ended, 1, "one of the others is signed out, and only one");
        three.submit("Sign out everywhere", &[]).await;
        assert_eq!(three.title(), "You are signed out everywhere");
        for browser in [&mut one, &mut two, &mut three] {
            browser.open("/account").await;
            assert_eq!(browser.path, "/sign-in");
        }
        // Signing out at one browser ends what its cookie is worth.
        one.submit("Sign in", &[("E-mail address or username", "ann@example.org"), ("Password", GOOD)]).await;
        let token = one.cookie("__Host-session").unwrap().to_owned();
        one.submit("Sign out", &[]).await;
        assert_eq!(one.cookie("__Host-session"), None);
        two.plant("__Host-session", &token);
        two.open("/account").await;
        assert_eq!(two.path, "/sign-in");
    });
}
