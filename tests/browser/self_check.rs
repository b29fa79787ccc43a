//! What these tests look for they also find: pages are spoilt here, and each check has to see it.

use serde_json::json;
use thirtyfour::Key;

use super::stage::in_windows;
use super::window::Kind;
use super::{axe, keyboard};

#[test]
fn what_a_policy_forbids_and_what_scripts_fail_at_is_complained_of() {
    in_windows(&[Kind::Desk, Kind::Phone], &async |_, window| {
        window.open("/sign-in").await;
        window.shows("Sign in").await;
        assert_eq!(window.complaints().await, [""; 0]);
        let inline = "document.head.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' }))";
        window.value(&format!("{inline}; undefined")).await;
        assert_eq!(window.value("window.ran").await, json!(null), "nothing within a page is run");
        let complaints = window.complaints().await;
        assert!(complaints.iter().any(|one| one.contains("Content Security Policy")), "{complaints:?}");
        window.value("console.error('it broke')").await;
        let complaints = window.complaints().await;
        assert!(complaints.iter().any(|one| one.contains("it broke")), "{complaints:?}");
        // That a page was not found is the page's own matter; that what it is made with was not is a fault.
        window.open("/nothing").await;
        window.shows("There is no such page").await;
        assert_eq!(window.complaints().await, [""; 0]);
        window.value("fetch('/style.old.css').then(() => undefined)").await;
        let complaints = window.complaints().await;
        assert!(complaints.iter().any(|one| one.contains("/style.old.css")), "{complaints:?}");
    });
}

#[test]
fn axe_sees_what_is_wrong() {
    let Some(script) = axe::script() else { return };
    in_windows(&[Kind::Desk], &async |_, window| {
        window.open("/sign-in").await;
        window.shows("Sign in").await;
        assert_eq!(axe::broken(window, script).await, [""; 0]);
        window.value("document.documentElement.removeAttribute('lang')").await;
        window.value("document.querySelector('h1').style.color = '#ccc'").await;
        window.value("document.querySelector('label').remove()").await;
        let broken = axe::broken(window, script).await;
        for rule in ["html-has-lang", "color-contrast", "label"] {
            assert!(broken.iter().any(|one| one.starts_with(&format!("{rule} "))), "{rule}: {broken:#?}");
        }
    });
}

#[test]
fn a_page_that_is_too_wide_and_a_focus_that_is_not_seen_are_found() {
    in_windows(&[Kind::Desk, Kind::Phone], &async |_, window| {
        window.open("/sign-in").await;
        window.shows("Sign in").await;
        assert!(window.overhang().await <= 0);
        window.value("document.querySelector('h1').style.width = '1400px'").await;
        assert!(window.overhang().await > 0);
        window.value("document.querySelector('h1').style.width = ''").await;
        window.keys(&Key::Tab.value().to_string()).await;
        assert!(keyboard::is_seen(&window.value(keyboard::FOCUSED).await));
        window.value("document.activeElement.style.outline = 'none'").await;
        assert!(!keyboard::is_seen(&window.value(keyboard::FOCUSED).await));
    });
}
