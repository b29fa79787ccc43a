//! What people do on the pages, from the first page to the last: at a desk, on a phone, and without scripts.

use guidepost::domain::account::AccountChange;

use super::stage::{Desk, in_windows};
use super::window::{Kind, Window};
use crate::accounts::world::details;
use crate::web::world::{GOOD, OTHER};

const EVERYWHERE: [Kind; 3] = [Kind::Desk, Kind::Phone, Kind::WithoutScripts];

/// Signs somebody in who has a password.
async fn sign_in(window: &Window, name: &str, password: &str) {
    window.open("/sign-in").await;
    window.submit("Sign in", &[("E-mail address or username", name), ("Password", password)]).await;
}

async fn signed_in(desk: &Desk, window: &Window) {
    desk.world.has_password("Ann", GOOD).await;
    sign_in(window, "ann@example.org", GOOD).await;
    window.shows("Your account").await;
}

/// Times are told in the reader's zone where scripts run, and in the desk's where they don't.
async fn tells_times(window: &Window) {
    let told = window.value("document.querySelectorAll('time[title]').length > 0").await;
    assert_eq!(told, window.kind != Kind::WithoutScripts, "{:?}", window.kind);
}

#[test]
fn somebody_signs_up_by_the_link_in_the_mail_and_signs_in() {
    in_windows(&EVERYWHERE, &async |desk, window| {
        window.open("/sign-in").await;
        window.follow("Create an account").await;
        window.shows("Create an account").await;
        window.submit("Continue", &[("E-mail address", "dora@example.org")]).await;
        window.shows("Look into your mailbox").await;
        tells_times(window).await;
        window.open(&desk.world.link().await).await;
        window.shows("Complete your profile").await;
        assert_eq!(window.path().await, "/sign-up/finish");
        let mut profile = vec![
            ("Your name", "Dora Dahl"),
            ("Company", "Dahl Ltd"),
            ("Street and number", "Main Street 1"),
            ("City", "Oslo"),
            ("Country", "Norway"),
            ("Website", "no site"),
            ("Username", "dora"),
            ("New password", "hallo"),
        ];
        window.submit("Create the account", &profile).await;
        assert!(window.alert().await.starts_with("That is no address of a website."));
        let faults = window.faults().await;
        assert!(faults.iter().any(|fault| fault == "There is no number in it."), "{faults:?}");
        profile.truncate(0);
        profile.extend([("Website", "https://dahl.example"), ("New password", GOOD)]);
        window.submit("Create the account", &profile).await;
        window.shows("Your account is there").await;
        window.follow("Sign in").await;
        window.shows("Sign in").await;
        window.submit("Sign in", &[("E-mail address or username", "dora"), ("Password", GOOD)]).await;
        window.shows("Your account").await;
        let text = window.text().await;
        assert!(text.contains("You are a contact of Dahl Ltd (Org ID "), "{text}");
        tells_times(window).await;
    });
}

#[test]
fn what_is_wrong_with_a_sign_in_is_read_out_and_the_right_one_lets_in() {
    in_windows(&EVERYWHERE, &async |desk, window| {
        desk.world.has_password("Ann", GOOD).await;
        sign_in(window, "ann@example.org", "guess").await;
        let alert = window.alert().await;
        assert!(alert.starts_with("That did not work: no account has this name"), "{alert}");
        // What programs read to people, and not only what is seen.
        let tree = window.tool("Accessibility.getFullAXTree", serde_json::json!({})).await;
        let nodes = tree["nodes"].as_array().unwrap();
        let is_alert =
            |node: &&serde_json::Value| node["role"]["value"] == "alert" && node["ignored"] == false;
        assert_eq!(nodes.iter().filter(is_alert).count(), 1);
        assert_eq!(window.field("Password").await.value().await.unwrap().as_deref(), Some(""));
        window.submit("Sign in", &[("Password", GOOD)]).await;
        window.shows("Your account").await;
        assert_eq!(window.path().await, "/account");
    });
}

#[test]
fn a_forgotten_password_is_made_anew_behind_the_link_in_the_mail() {
    in_windows(&EVERYWHERE, &async |desk, window| {
        desk.world.has_password("Ann", GOOD).await;
        window.open("/sign-in").await;
        window.follow("Forgot your username or password?").await;
        window.shows("Forgot your username or password?").await;
        window.submit("Send me the link", &[("E-mail address", "ann@example.org")]).await;
        window.shows("Look into your mailbox").await;
        window.open(&desk.world.link().await).await;
        window.shows("Choose a new password").await;
        let text = window.text().await;
        assert!(text.contains("At least 8 characters, with a number, an upper-case letter"), "{text}");
        window.submit("Set the password", &[("New password", "hallo")]).await;
        window.alert().await;
        assert_eq!(
            window.faults().await,
            [
                "It has fewer than 8 characters.",
                "There is no number in it.",
                "There is no upper-case letter in it.",
                "There is none of the symbols ! @ # $ % ^ * ? + = - in it.",
                "There is a dictionary word in it."
            ]
        );
        window.submit("Set the password", &[("New password", OTHER)]).await;
        window.shows("Your password is changed").await;
        window.follow("Sign in").await;
        window.shows("Sign in").await;
        sign_in(window, "ann@example.org", OTHER).await;
        window.shows("Your account").await;
    });
}

#[test]
fn an_invited_contact_makes_their_sign_in() {
    in_windows(&EVERYWHERE, &async |desk, window| {
        let firm = desk.world.links.accounts.firm(&[]).await;
        firm.by("Ann", AccountChange::AddContact(details("Cara"))).await.unwrap();
        window.open(&desk.world.link().await).await;
        window.shows("Welcome to the account of Acme").await;
        assert_eq!(window.path().await, "/invitation");
        window.submit("Make my sign-in", &[("Username", "cara"), ("New password", GOOD)]).await;
        window.shows("Your sign-in is made").await;
        window.follow("Sign in").await;
        window.shows("Sign in").await;
        window.submit("Sign in", &[("E-mail address or username", "cara"), ("Password", GOOD)]).await;
        window.shows("Your account").await;
        assert!(window.text().await.contains("You are a contact of Acme"));
    });
}

#[test]
fn a_chat_is_linked_by_signing_in_and_typing_the_code_there() {
    in_windows(&EVERYWHERE, &async |desk, window| {
        desk.world.has_password("Ann", GOOD).await;
        window.open(&desk.asks_to_link().await).await;
        window.shows("Sign in").await;
        let filled = [("E-mail address or username", "ann@example.org"), ("Password", GOOD)];
        window.submit("Sign in", &filled).await;
        window.shows("Link a chat").await;
        assert_eq!(window.path().await, "/link");
        window.press("Show me the code").await;
        window.shows("Type this code in the chat").await;
        let text = window.text().await;
        let code: String = text.chars().filter(char::is_ascii_digit).take(6).collect();
        let told = desk.says(&code).await;
        window.follow("Done").await;
        window.shows("Your account").await;
        let text = window.text().await;
        assert!(text.contains("the terminal of tablet"), "{text}; the chat said: {told}");
    });
}

#[test]
fn signing_out_everywhere_ends_the_other_sign_ins_too() {
    in_windows(&EVERYWHERE, &async |desk, window| {
        signed_in(desk, window).await;
        // Another browser of hers.
        let mut other = desk.world.browser();
        other.open("/sign-in").await;
        let filled = [("E-mail address or username", "ann@example.org"), ("Password", GOOD)];
        other.submit("Sign in", &filled).await;
        assert_eq!(other.path, "/account");
        window.open("/account").await;
        window.shows("Your account").await;
        assert!(window.text().await.contains("Sign out there"));
        window.press("Sign out everywhere").await;
        window.shows("You are signed out everywhere").await;
        other.open("/account").await;
        assert_eq!(other.path, "/sign-in");
        window.open("/account").await;
        window.shows("Sign in").await;
    });
}
