//! The token of a link that came by mail: once its page is there, nothing in the browser shows or sends it any more.

use serde_json::{Value, json};

use super::stage::in_windows;
use super::window::{Kind, Window};
use crate::web::world::{GOOD, OTHER};

/// All that a script, or the next site, could learn of where somebody was.
const KNOWN: &str = "JSON.stringify([
  location.href, document.URL, document.referrer, document.documentElement.outerHTML, document.cookie, history.state,
  performance.getEntries(), Object.entries(localStorage), Object.entries(sessionStorage), window.name,
])";

/// Neither the page, nor the address bar, nor the way back knows this.
async fn knows_nothing_of(window: &Window, token: &str) {
    let address = window.address().await;
    assert!(!address.contains(token), "{address}");
    let known = window.value(KNOWN).await;
    let known = known.as_str().unwrap();
    assert!(known.contains(&address) && known.contains("navigation"), "{known}");
    assert!(!known.contains(token), "{known}");
    let history = window.tool("Page.getNavigationHistory", json!({})).await;
    let entries = history["entries"].as_array().unwrap();
    let been: Vec<&Value> = entries.iter().map(|entry| &entry["url"]).collect();
    assert!(been.iter().any(|url| **url == json!(address)), "{been:?}");
    assert!(!been.iter().any(|url| url.as_str().unwrap().contains(token)), "{been:?}");
}

#[test]
fn the_token_of_a_link_is_nowhere_once_its_page_is_there() {
    in_windows(&[Kind::Desk, Kind::Phone], &async |desk, window| {
        desk.world.has_password("Ann", GOOD).await;
        window.open("/password").await;
        window.submit("Send me the link", &[("E-mail address", "ann@example.org")]).await;
        window.shows("Look into your mailbox").await;
        let link = desk.world.link().await;
        let token = link.rsplit('/').next().unwrap();
        assert!(token.len() > 40, "{token}");
        // As a mail on the web: the link is clicked there.
        window.write(&format!("<h1>Mail</h1><a href='{}{link}'>the link</a>", desk.origin())).await;
        window.follow("the link").await;
        window.shows("Choose a new password").await;
        assert_eq!(window.path().await, "/password/new");
        knows_nothing_of(window, token).await;
        // Nor does what comes after it.
        window.submit("Set the password", &[("New password", "hallo")]).await;
        window.alert().await;
        knows_nothing_of(window, token).await;
        window.submit("Set the password", &[("New password", OTHER)]).await;
        window.shows("Your password is changed").await;
        knows_nothing_of(window, token).await;
        window.follow("Sign in").await;
        window.shows("Sign in").await;
        knows_nothing_of(window, token).await;
        // Who opens the link again learns that it is used up, and again no more.
        window.open(&link).await;
        window.shows("This link does not work").await;
        knows_nothing_of(window, token).await;
    });
}
