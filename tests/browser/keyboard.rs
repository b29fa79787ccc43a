//! The pages without a mouse: Tab and Enter lead everywhere, and it is seen where one is.

use serde_json::Value;
use thirtyfour::Key;

use super::stage::in_windows;
use super::window::{Kind, Window};
use crate::web::world::GOOD;

/// More stops than any page has.
const MOST_STOPS: usize = 60;

/// Where the keyboard is: what it is called, the style and the width of the line around it, whether it is within the window.
pub const FOCUSED: &str = "(() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const called = at.labels?.length ? at.labels[0].textContent.replace('*', '') : at.textContent;
  const seen = box.width > 0 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
  return { called: called.trim(), line: style.outlineStyle, width: parseFloat(style.outlineWidth), seen };
})()";

/// Whether it is seen where the keyboard is.
pub fn is_seen(focused: &Value) -> bool {
    focused["line"] != "none" && focused["width"].as_f64().unwrap() >= 2.0 && focused["seen"] == true
}

/// Goes on to the next stop, where it must be seen that one is there; what it is called.
async fn tab(window: &Window) -> String {
    window.keys(&Key::Tab.value().to_string()).await;
    let focused = window.value(FOCUSED).await;
    assert!(is_seen(&focused), "it is not seen where the keyboard is: {focused}");
    focused["called"].as_str().unwrap().to_owned()
}

/// Goes on to the stop that is called so.
async fn tab_to(window: &Window, called: &str) {
    let mut stops = Vec::new();
    while stops.len() < MOST_STOPS {
        let stop = tab(window).await;
        if stop == called {
            return;
        }
        stops.push(stop);
    }
    panic!("{called} can't be reached: {stops:?}");
}

async fn enter(window: &Window) {
    window.keys(&Key::Enter.value().to_string()).await;
}

#[test]
fn the_first_stop_leads_past_what_stands_around_the_page() {
    in_windows(&[Kind::Desk, Kind::Phone, Kind::WithoutScripts], &async |_, window| {
        window.open("/sign-up").await;
        window.shows("Create an account").await;
        assert_eq!(tab(window).await, "To the content");
        // Whoever does not want to goes on with the desk's name.
        assert_eq!(tab(window).await, "Guidepost");
        window.open("/sign-up").await;
        window.shows("Create an account").await;
        assert_eq!(tab(window).await, "To the content");
        enter(window).await;
        assert_eq!(tab(window).await, "E-mail address");
    });
}

#[test]
fn somebody_signs_up_and_signs_in_with_the_keyboard_alone() {
    in_windows(&[Kind::Desk], &async |desk, window| {
        window.open("/sign-in").await;
        window.shows("Sign in").await;
        tab_to(window, "Create an account").await;
        enter(window).await;
        window.shows("Create an account").await;
        tab_to(window, "E-mail address").await;
        window.keys("dora@example.org").await;
        enter(window).await;
        window.shows("Look into your mailbox").await;
        window.open(&desk.world.link().await).await;
        window.shows("Complete your profile").await;
        for (label, text) in [
            ("Your name", "Dora Dahl"),
            ("Company", "Dahl Ltd"),
            ("Street and number", "Main Street 1"),
            ("City", "Oslo"),
            ("Country", "Norway"),
            ("Username", "dora"),
            ("New password", GOOD),
        ] {
            tab_to(window, label).await;
            window.keys(text).await;
        }
        tab_to(window, "Create the account").await;
        enter(window).await;
        window.shows("Your account is there").await;
        tab_to(window, "Sign in").await;
        enter(window).await;
        window.shows("Sign in").await;
        tab_to(window, "E-mail address or username").await;
        window.keys("dora").await;
        tab_to(window, "Password").await;
        window.keys(GOOD).await;
        tab_to(window, "Sign in").await;
        enter(window).await;
        window.shows("Your account").await;
        tab_to(window, "Sign out everywhere").await;
        enter(window).await;
        window.shows("You are signed out everywhere").await;
    });
}
