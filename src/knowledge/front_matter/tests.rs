//! What front matter becomes, and what is said of its mistakes.

use super::*;
use crate::knowledge::fault::told;

/// The front matter and its faults, one a line.
fn front_matter(text: &str) -> (Option<FrontMatter>, String) {
    let mut remarks = Vec::new();
    let parts = split(text).map_err(|remark| remarks.push(remark)).ok();
    let front = parts.and_then(|parts| read(parts.front, &mut remarks));
    (front, told(remarks, "x.md"))
}

#[test]
fn every_field_is_read() {
    let (front, faults) = front_matter(
        r#"+++
id = "ctx7"
title = """
All the
fields"""
kind = "tech-zone"
form = "paper"
product = "citrix-cloud"
audience = "everyone"
keywords = ["one", " two  words "]
aliases = [
  "CTX6",
  "old-name",
]
url = "https://example.com/"
updated = 2026-11-22
owner = "docs"
review_by = 2027-01-31
language = "pt-BR"
source = "Written for this test"
+++
"#,
    );
    assert_eq!(faults, "");
    let front = front.unwrap();
    assert_eq!((front.id_line, front.product.as_ref().unwrap().0), (2, 8));
    assert_eq!(front.aliases, [(12, "CTX6".to_owned()), (13, "old-name".to_owned())]);
    insta::assert_debug_snapshot!(front.about, @r#"
    About {
        id: ArticleId(
            "CTX7",
        ),
        title: "All the fields",
        kind: TechZone(
            Paper,
        ),
        product: Some(
            ProductId(
                "citrix-cloud",
            ),
        ),
        audience: Some(
            "everyone",
        ),
        keywords: [
            "one",
            "two words",
        ],
        aliases: [
            "CTX6",
            "old-name",
        ],
        url: Some(
            "https://example.com/",
        ),
        updated: Some(
            2026-11-22,
        ),
        owner: Some(
            "docs",
        ),
        review_by: Some(
            2027-01-31,
        ),
        language: "pt-BR",
        source: Some(
            "Written for this test",
        ),
    }
    "#);
}

#[test]
fn faults_have_a_line_and_a_remedy() {
    let (front, faults) = front_matter(
        r#"+++
id = "Change Password"
tittle = "A title"
kind = "suport"
form = "paper"
product = 7
keywords = "one, two"
aliases = ["", 3]
url = "javascript:alert(1)"
updated = "2026-11-22"
owner = " "
review_by = 2026-11-22T10:00:00Z
language = "English"
+++
"#,
    );
    assert!(front.is_none());
    insta::assert_snapshot!(faults, @r#"
    x.md:1: error: title is missing; add title = "…"
    x.md:2: error: "Change Password" is no article id: use lower-case letters, digits and single hyphens, or CTX and a number; write for example id = "change-password"
    x.md:3: warning: "tittle" is no known field; did you mean "title"?
    x.md:4: error: "suport" is no kind; did you mean "support"?
    x.md:6: error: product should be a text, and here is a number; write product = "…"
    x.md:7: error: keywords should be a list of texts, and here is a text; write keywords = ["…", "…"]
    x.md:8: warning: aliases has an empty text; leave it out
    x.md:8: error: aliases should be a list of texts, and here is a number; write aliases = ["…", "…"]
    x.md:9: error: "javascript:alert(1)" is no web address; write a full address that begins with https://
    x.md:10: error: updated should be a day, and here is a text; write the day without quotes: updated = 2026-01-31
    x.md:11: error: owner is empty; write owner = "…", or leave it out
    x.md:12: error: review_by should be a day, and here is a time; write the day without quotes: review_by = 2026-01-31
    x.md:13: error: "English" is no language tag; write a tag such as "en" or "pt-BR"
    "#);
}

#[test]
fn a_mistake_in_an_optional_field_costs_only_the_field() {
    let (front, faults) = front_matter(
        "+++\nid = \"a\"\ntitle = \"A\"\nkind = \"support\"\nform = \"paper\"\nupdated = 1\nlanguage = \"x\"\n+++\n",
    );
    let about = front.unwrap().about;
    assert_eq!(about, About::new(about.id.clone(), "A".to_owned(), Kind::Support));
    insta::assert_snapshot!(faults, @r#"
    x.md:5: error: only tech zone articles have a form; leave it out, or write kind = "tech-zone"
    x.md:6: error: updated should be a day, and here is a number; write the day without quotes: updated = 2026-01-31
    x.md:7: error: "x" is no language tag; write a tag such as "en" or "pt-BR"
    "#);
}

#[test]
fn what_is_missing_is_named() {
    insta::assert_snapshot!(front_matter("+++\n+++\n").1, @r#"
    x.md:1: error: id is missing; add id = "CTX120355" or id = "change-password"
    x.md:1: error: title is missing; add title = "…"
    x.md:1: error: kind is missing; add kind = "support", "documentation" or "tech-zone"
    "#);
    insta::assert_snapshot!(front_matter("+++\nid = \"a\"\ntitle = \"A\"\nkind = \"tech-zone\"\n+++\n").1, @"x.md:4: error: a tech zone article needs a form; add form with one of: reference-architecture, diagram, video, paper");
    insta::assert_snapshot!(front_matter("+++\nid = \"a\"\ntitle = \"A\"\nkind = \"tech-zone\"\nform = \"diagramm\"\n+++\n").1, @r#"x.md:5: error: "diagramm" is no form; did you mean "diagram"?"#);
    insta::assert_snapshot!(front_matter("# A title\n\nText.\n").1, @"x.md:1: error: the article has no front matter; begin the file with a line +++, then id, title and kind, then another line +++");
    insta::assert_snapshot!(front_matter("---\nid: a\n---\n").1, @"x.md:1: error: the article has no front matter; begin the file with a line +++, then id, title and kind, then another line +++");
    insta::assert_snapshot!(front_matter("+++\nid = \"a\"\n").1, @"x.md:1: error: the front matter has no end; add a line +++ between it and the text");
    insta::assert_snapshot!(front_matter("").1, @"x.md:1: error: the article has no front matter; begin the file with a line +++, then id, title and kind, then another line +++");
}

#[test]
fn toml_that_is_none_is_one_fault_with_its_line() {
    insta::assert_snapshot!(front_matter("+++\nid = \"a\"\ntitle = A title\nkind = \"support\"\n+++\n").1, @"x.md:3: error: this is no TOML: string values must be quoted, expected literal string; write one `key = value` a line, with texts in quotes");
    insta::assert_snapshot!(front_matter("+++\nid = \"a\"\nid = \"b\"\n+++\n").1, @"x.md:3: error: this is no TOML: duplicate key; write one `key = value` a line, with texts in quotes");
    insta::assert_snapshot!(front_matter("+++\nkeywords = [\"a\"\n+++\n").1, @"x.md:2: error: this is no TOML: unclosed array, expected `]`; write one `key = value` a line, with texts in quotes");
}

#[test]
fn the_body_begins_after_the_second_fence() {
    for (text, body, line) in [
        ("+++\nid = 1\n+++\nText", "Text", 4),
        ("\u{feff}+++\r\nid = 1\r\n+++ \r\n\r\nText", "\r\nText", 4),
        ("+++\n+++", "", 3),
    ] {
        let parts = split(text).unwrap();
        assert_eq!((parts.body, parts.body_line), (body, line), "{text:?}");
    }
}
