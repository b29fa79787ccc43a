//! What people write is never markup, a mention, an emoji or a preview, and nothing unseen is in it.

use proptest::prelude::*;

use crate::platforms::discord::render::clean::{self, code, label, line, lines, size};
use crate::platforms::discord::render::escape::{code_line, code_span, escaped};

use super::limits::{pings, unescaped};

#[test]
fn signs_lose_their_meaning_where_they_would_have_one() {
    for (text, expected) in [
        ("*bold* _em_ ~~gone~~ ||hidden||", r"\*bold\* \_em\_ \~\~gone\~\~ \|\|hidden\|\|"),
        ("a | b ~ c - d + e # f > g", "a | b ~ c - d + e # f > g"),
        ("`code` and ```block```", r"\`code\` and \`\`\`block\`\`\`"),
        ("[text](https://evil.example)", r"\[text\](<https://evil.example>)"),
        (r"a \* b \", r"a \\\* b \\"),
        ("# heading", r"\# heading"),
        ("  ## heading", r"  \## heading"),
        ("-# small", r"\-# small"),
        ("- item", r"\- item"),
        ("+ item", r"\+ item"),
        ("* item", r"\* item"),
        ("12. item", r"12\. item"),
        ("3) item", r"3\) item"),
        ("3 items", "3 items"),
        ("> quote", r"\> quote"),
        (">>> quote", r"\>>> quote"),
        (":smile: 10:20 a:b:c std::vec", r"\:smile: 10:20 a\:b:c std::vec"),
        ("me@example.com", "me@example.com"),
    ] {
        assert_eq!(escaped(text, true), expected, "{text}");
    }
}

#[test]
fn within_a_line_marks_of_lines_mean_nothing() {
    for text in ["# heading", "- item", "> quote", "1. item", "+ item", "-# small"] {
        assert_eq!(escaped(text, false), text);
    }
}

#[test]
fn nothing_that_a_person_writes_mentions_anybody() {
    for (text, expected) in [
        ("@everyone", "@\u{200b}everyone"),
        ("@HERE", "@\u{200b}HERE"),
        ("@\u{200b}everyone", "@\u{200b}everyone"),
        ("@\u{200d}every\u{ad}one", "@\u{200b}everyone"),
        ("@e\u{2060}very\u{feff}one", "@\u{200b}everyone"),
        ("@\u{202e}everyone", "@\u{200b}everyone"),
        ("@everyone@everyone", "@\u{200b}everyone@\u{200b}everyone"),
        ("<@17>", r"\<\@17>"),
        ("<@!17>", r"\<\@!17>"),
        ("<@&17>", r"\<\@&17>"),
        ("<\u{200b}@17>", r"\<\@17>"),
        ("<@everyone>", "\\<\\@\u{200b}everyone>"),
        ("<#17>", r"\<\#17>"),
        ("</ask:17>", r"\<\/ask:17>"),
        ("<t:17:R>", r"\<t\:17:R>"),
        ("<:smile:17>", r"\<\:smile:17>"),
        ("<a:smile:17>", r"\<a\:smile:17>"),
        ("<id:customize>", r"\<id:customize>"),
        (r"\<@17>", r"\\\<\@17>"),
        ("https://example.com/@everyone", "https\\://example.com/@\u{200b}everyone"),
        ("https://example.com/<@17>", r"<https://example.com/>\<\@17>"),
        ("<https://example.com/a>", r"\<<https://example.com/a>>"),
    ] {
        assert_eq!(escaped(&line(text), true), expected, "{text:?}");
    }
}

#[test]
fn addresses_can_be_followed_and_have_no_preview() {
    for (text, expected) in [
        ("see https://example.com/a_b.", "see <https://example.com/a_b>."),
        ("(https://example.com/a)", "(<https://example.com/a>)"),
        ("https://example.com/a_(b)!", "<https://example.com/a_(b)>!"),
        ("\"http://example.com/?q=1&r=2\",", "\"<http://example.com/?q=1&r=2>\","),
        ("xhttps://example.com/", "x<https://example.com/>"),
        ("HTTPS://EXAMPLE.COM", "<HTTPS://EXAMPLE.COM>"),
        // Whoever would follow these would be somewhere else than it looks, or nowhere.
        ("https://bank.example@evil.example/", r"https\://bank.example@evil.example/"),
        ("https://example.com/ü", r"https\://example.com/ü"),
        ("https://exa\u{200b}mple.com", "<https://example.com>"),
        ("https://a*b*", r"https\://a\*b\*"),
        ("https://example.com/||a||", r"https\://example.com/\|\|a\|\|"),
        ("https://[::1]/", r"https\://\[::1\]/"),
        ("https://", r"https\://"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("file:///etc/passwd", r"file\:///etc/passwd"),
        ("discord.gg/abc", r"discord\.gg/abc"),
        ("Discord.com/invite/abc", r"Discord\.com/invite/abc"),
    ] {
        assert_eq!(escaped(&line(text), true), expected, "{text:?}");
    }
}

#[test]
fn code_is_shown_as_it_is_but_ends_where_it_ends() {
    for (text, expected) in [
        ("a_b", "`a_b`"),
        ("a`b", "``a`b``"),
        ("`a", "`` `a``"),
        ("a`", "``a` ``"),
        ("a``b", "``a`\u{200b}`b``"),
        ("```", "`` `\u{200b}`\u{200b}` ``"),
        ("@everyone <@17> <@name>", "`@\u{200b}everyone <@\u{200b}17> <@name>`"),
    ] {
        assert_eq!(code_span(text), expected, "{text}");
    }
    assert_eq!(code_line("a``b```c````"), "a``b``\u{200b}`c``\u{200b}``");
}

#[test]
fn what_nobody_sees_is_taken_out() {
    for (text, expected) in [
        ("a\u{0}b\u{1b}[31m\u{7f}\u{9b}", "ab[31m"),
        ("a\nb\tc\r\nd\u{2028}e", "a b c d e"),
        ("a\u{200b}b\u{200e}c\u{2066}d\u{202e}e\u{feff}f\u{ad}g\u{3164}h\u{e0041}", "abcdefgh"),
        // Where they belong, joiners stay.
        (
            "👩\u{200d}💻 می\u{200c}خواهم ❤\u{fe0f}\u{200d}🔥",
            "👩\u{200d}💻 می\u{200c}خواهم ❤\u{fe0f}\u{200d}🔥",
        ),
        ("a\u{200d}b 💻\u{200d} 💻\u{200d}\u{200d}💻", "ab 💻 💻\u{200d}💻"),
        ("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}x", "e\u{301}\u{301}\u{301}\u{301}x"),
    ] {
        assert_eq!(line(text), expected, "{text:?}");
    }
    assert_eq!(lines("a \r\n\n  b\tc\u{0}"), ["a", "", "\u{a0}\u{a0}b    c"]);
    assert_eq!(code("a\t\u{202e}b\nc"), ["a\tb", "c"]);
}

#[test]
fn labels_are_never_empty_and_cut_with_an_ellipsis() {
    for (text, most, expected) in [
        ("", 5, "…"),
        (" \u{200b}\n", 5, "…"),
        (" ab ", 5, "ab"),
        ("abcdef", 5, "abcd…"),
        ("ab  cdef", 5, "ab…"),
        ("👩👩👩", 5, "👩👩…"),
        ("*a* @everyone", 80, "*a* @everyone"),
    ] {
        assert_eq!(label(text, most), expected, "{text:?}");
    }
}

/// Whether a line begins with the mark of a heading, a quote, a list or small print.
pub fn marks_line(sent: &str) -> bool {
    let sent = sent.trim_start();
    let after_digits = sent.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = after_digits.len() < sent.len() && after_digits.starts_with(['.', ')']);
    is_numbered || sent.starts_with(['#', '>', '-', '+', '*']) && !sent.starts_with("**")
}

/// Texts made of what is dangerous, close together.
pub fn dangerous() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "@everyone",
            "@here",
            "<@17>",
            "<@&17>",
            "<@!17>",
            "<#17>",
            "</a:17>",
            "<t:1:R>",
            "<:a:1>",
            "<a:b:1>",
            "```",
            "``",
            "`",
            "**",
            "*",
            "_",
            "__",
            "~~",
            "||",
            "|",
            "\\",
            "[",
            "](",
            "]",
            "(",
            ")",
            "<",
            ">",
            "> ",
            ">>> ",
            "# ",
            "-# ",
            "- ",
            "1. ",
            "12) ",
            ":",
            ":a:",
            "://",
            "https://",
            "http://a.b/",
            "@",
            "&",
            "!",
            "\n",
            "\n\n",
            "\t",
            " ",
            "  ",
            "\u{200b}",
            "\u{200d}",
            "\u{202e}",
            "\u{feff}",
            "\u{301}",
            "\0",
            "\u{85}",
            "every",
            "one",
            "here",
            "a",
            "9",
            "é",
            "中",
            "👩",
            "🏳",
            "\u{fe0f}",
            "discord.gg/x",
        ])
        .prop_map(str::to_owned),
        "[a-z]{1,4}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn escaped_text_is_only_text(text in dangerous(), opens in any::<bool>()) {
        let text = line(&text);
        let sent = escaped(&text, opens);
        prop_assert_eq!(unescaped(&sent), Some(text.clone()), "{}", sent);
        prop_assert!(!pings(&sent), "{}", sent);
        prop_assert!(!opens || !marks_line(&sent), "{}", sent);
    }

    #[test]
    fn code_is_read_as_it_is(text in dangerous()) {
        let text = line(&text);
        prop_assume!(!text.trim().is_empty());
        let sent = code_span(&text);
        let fence = if text.contains('`') { "``" } else { "`" };
        let inner = sent.strip_prefix(fence).and_then(|rest| rest.strip_suffix(fence)).unwrap();
        prop_assert!(!inner.contains(fence), "{}", sent);
        let read = inner.replace('\u{200b}', "");
        prop_assert_eq!(read.trim(), text.trim());
        prop_assert!(!pings(&sent) && !sent.contains("```"), "{}", sent);
        prop_assert!(!code_line(&text).contains("```"));
    }

    #[test]
    fn cleaning_twice_is_cleaning_once(text in dangerous()) {
        let once = line(&text);
        prop_assert!(once.chars().all(|c| !c.is_control()));
        prop_assert_eq!(&line(&once), &once);
        for row in clean::lines(&text) {
            prop_assert!(row.chars().all(|c| !c.is_control()));
        }
    }

    #[test]
    fn labels_fit(text in dangerous(), most in 1_usize..90) {
        let label = label(&text, most);
        prop_assert!(!label.trim().is_empty() && size(&label) <= most, "{:?}", label);
    }
}
