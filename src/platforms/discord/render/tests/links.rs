//! Links lead where they say.

use proptest::prelude::*;

use crate::domain::Span;
use crate::platforms::discord::render::inline::atoms;
use crate::platforms::discord::render::line::TextLine;
use crate::platforms::discord::render::link::{Shown, safe, shown};

fn sent(text: &str, url: &str) -> String {
    let span = Span::Link { text: text.to_owned(), url: url.to_owned() };
    TextLine::of(atoms([&span])).markdown()
}

#[test]
fn a_link_is_behind_its_text_unless_that_names_another_place() {
    let url = "https://docs.example.com/a";
    for (text, expected) in [
        ("the documentation", "[the documentation](<https://docs.example.com/a>)"),
        ("*the* [docs](x)", r"[\*the\* \[docs\](x)](<https://docs.example.com/a>)"),
        ("@everyone", "[@\u{200b}everyone](<https://docs.example.com/a>)"),
        ("", "<https://docs.example.com/a>"),
        (url, "<https://docs.example.com/a>"),
        ("docs.example.com/a/", "<https://docs.example.com/a>"),
        ("docs.example.com", "[docs.example.com](<https://docs.example.com/a>)"),
        ("https://bank.example", "<https://bank.example> (<https://docs.example.com/a>)"),
        ("bank.example", "bank.example (<https://docs.example.com/a>)"),
        (
            "www.bank.example/docs.example.com",
            "www.bank.example/docs.example.com (<https://docs.example.com/a>)",
        ),
        ("ｂａｎｋ．example", "ｂａｎｋ．example (<https://docs.example.com/a>)"),
        ("bank。example", "bank。example (<https://docs.example.com/a>)"),
        ("ba\u{200b}nk.example", "bank.example (<https://docs.example.com/a>)"),
        ("version 2.5 of 1. May", "[version 2.5 of 1. May](<https://docs.example.com/a>)"),
    ] {
        assert_eq!(sent(text, url), expected, "{text}");
    }
}

#[test]
fn only_pages_can_be_followed() {
    for (url, expected) in [
        ("https://example.com", Some("https://example.com/")),
        ("HTTP://Example.com/A b", Some("http://example.com/A%20b")),
        ("https://example.com/a)b(c", Some("https://example.com/a%29b%28c")),
        ("https://example.com/a>b<c", Some("https://example.com/a%3Eb%3Cc")),
        ("https://example.com/`*|[x]", Some("https://example.com/%60%2A%7C%5Bx%5D")),
        ("https://example.com/@everyone", Some("https://example.com/%40everyone")),
        ("https://example.com/@ada", Some("https://example.com/@ada")),
        ("https://b\u{fc}cher.example/", Some("https://xn--bcher-kva.example/")),
        ("https://exam\nple.com/", Some("https://example.com/")),
        ("https://user@example.com/", None),
        ("https://user:word@example.com/", None),
        ("https://[::1]/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("discord://invite/x", None),
        ("/relative", None),
        ("", None),
    ] {
        assert_eq!(safe(url).as_deref(), expected, "{url}");
    }
    assert_eq!(safe(&format!("https://example.com/{}", "a".repeat(600))), None);
}

#[test]
fn what_can_not_be_followed_is_text() {
    for (text, url, expected) in [
        ("write to us", "mailto:help@example.com", "write to us (mailto:help@example.com)"),
        ("click", "javascript:alert(1)", "click (javascript:alert(1))"),
        ("a page", "https://bank.example@evil.example", r"a page (https\://bank.example@evil.example)"),
        ("/a_b", "/a_b", r"/a\_b"),
        ("empty", "", "empty"),
    ] {
        assert_eq!(sent(text, url), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn an_address_opens_and_ends_nothing(url in "https?://[a-z.]{1,12}/\\PC{0,20}") {
        if let Some(safe) = safe(&url) {
            prop_assert!(safe.is_ascii() && !safe.contains(['(', ')', '<', '>', '`', '*', '|', '\\', ' ', '\n']), "{}", safe);
        }
    }

    #[test]
    fn a_text_with_another_host_hides_nothing(host in "[a-z]{1,8}\\.(com|example|org)", before in "[a-z ]{0,8}") {
        let text = format!("{before} {host}");
        prop_assert!(matches!(shown(&text, "https://real.test/"), Shown::After(_)), "{}", text);
    }
}
