//! What comes out of a folder, and what is said to be wrong in it.

use super::*;

#[test]
fn an_article_comes_out_as_it_was_written() {
    let mut folder = Folder::new();
    folder.article(
        "docs/a.md",
        "a",
        "updated = 2026-11-22",
        "# Title\nIntroduction, see [b](b).\n\n## Steps\n\n1. **One**\n   - more\n2. `two`",
    );
    folder.article("docs/b.md", "b", "", "Text");
    let loaded = folder.load(&Manifest::default());
    assert_eq!(folder.faults(&loaded), "");
    let first = loaded.articles.first().unwrap();
    assert_eq!(first.file, folder.path().join("docs/a.md"));
    assert_eq!(first.links, [(8, ArticleId::parse("b").unwrap())]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&first.article.passages).unwrap(), @r#"
    [
      {
        "heading": null,
        "blocks": [
          {
            "paragraph": [
              {
                "plain": "Introduction, see "
              },
              {
                "article": {
                  "text": "b",
                  "id": "b"
                }
              },
              {
                "plain": "."
              }
            ]
          }
        ]
      },
      {
        "heading": "Steps",
        "blocks": [
          {
            "steps": {
              "start": 1,
              "steps": [
                {
                  "blocks": [
                    {
                      "paragraph": [
                        {
                          "strong": "One"
                        }
                      ]
                    },
                    {
                      "bullets": [
                        [
                          {
                            "paragraph": [
                              {
                                "plain": "more"
                              }
                            ]
                          }
                        ]
                      ]
                    }
                  ]
                },
                {
                  "blocks": [
                    {
                      "paragraph": [
                        {
                          "code": "two"
                        }
                      ]
                    }
                  ]
                }
              ]
            }
          }
        ]
      }
    ]
    "#);
}

#[test]
fn one_bad_file_never_takes_the_others_down() {
    let mut folder = Folder::new();
    folder.article("good.md", "good", "", "Text");
    folder.write("bad/front.md", "no front matter");
    folder.write("bad/latin.md", b"+++\nid = \"x\"\n+++\n\xe9");
    folder.write("bad/large.md", vec![b'a'; (5 << 20) + 1]);
    folder.write("bad/empty.md", "");
    folder.article("bad/nothing.md", "nothing", "", "");
    folder.article("bad/controls.md", "controls", "", "one\u{0}two\u{1b}[31m");
    folder.write("products.toml", "[[product]\n");
    folder.write("synonyms.toml", b"\xff");
    let loaded = folder.load(&Manifest::default());
    assert_eq!(ids(&loaded), ["controls", "nothing", "good"]);
    assert_eq!(loaded.articles.first().unwrap().article.passages.first().unwrap().text(), "one two [31m\n");
    insta::assert_snapshot!(folder.faults(&loaded), @"
    knowledge/bad/empty.md:1: error: the article has no front matter; begin the file with a line +++, then id, title and kind, then another line +++
    knowledge/bad/front.md:1: error: the article has no front matter; begin the file with a line +++, then id, title and kind, then another line +++
    knowledge/bad/large.md: error: the file is larger than 5 MiB; divide it into several
    knowledge/bad/latin.md:4: error: the file is not UTF-8; save it with the encoding UTF-8
    knowledge/bad/nothing.md:7: warning: the article has no text; write it below the front matter
    knowledge/products.toml:1: error: this is no TOML: unclosed array table, expected `]`; write one `key = value` a line, with texts in quotes
    knowledge/synonyms.toml:1: error: the file is not UTF-8; save it with the encoding UTF-8
    ");
}

#[test]
fn what_is_no_article_is_left_alone() {
    let mut folder = Folder::new();
    folder.article("a.md", "a", "", "Text");
    folder.article("b.MD", "b", "", "Text");
    for path in
        ["README.md", "docs/readme.md", ".hidden.md", ".git/x.md", "docs/.x/y.md", "notes.txt", "c.md~", "md"]
    {
        folder.write(path, "no article");
    }
    let loaded = folder.load(&Manifest::default());
    assert_eq!((ids(&loaded), folder.faults(&loaded)), (vec!["a", "b"], String::new()));
}

#[cfg(unix)]
#[test]
fn links_in_the_folder_are_followed_but_not_in_circles() {
    use std::os::unix::fs::symlink;

    let mut folder = Folder::new();
    folder.article("docs/a.md", "a", "", "Text");
    symlink("..", folder.path().join("docs/up")).unwrap();
    symlink("nowhere", folder.path().join("docs/gone.md")).unwrap();
    symlink("nobody@host", folder.path().join("docs/.#a.md")).unwrap();
    let outside = folder.root.path().join("outside.md");
    fs::rename(folder.path().join("docs/a.md"), &outside).unwrap();
    symlink(&outside, folder.path().join("docs/a.md")).unwrap();
    let loaded = folder.load(&Manifest::default());
    assert_eq!(ids(&loaded), ["a"]);
    insta::assert_snapshot!(folder.faults(&loaded), @"
    knowledge/docs/gone.md: error: this cannot be read: No such file or directory (os error 2); check that it exists and that the desk may read it
    knowledge/docs/up: warning: this link leads to a folder around it; remove it, as it adds nothing
    ");
}

#[test]
fn files_that_contradict_each_other_are_both_named() {
    let mut folder = Folder::new();
    folder.article(
        "a.md",
        "CTX100001",
        "aliases = [\"old\", \"CTX2\"]",
        "[typo](chnage-password), [alias](old)",
    );
    folder.article("b.md", "CTX100001", "", "[nowhere](never-reported)");
    folder.article(
        "c.md",
        "change-password",
        "aliases = [\n\"Old\",\n\"ctx100001\"]",
        "[old](ctx2) [gone](CTX777777)",
    );
    folder.article("d.md", "d", "product = \"Citrix Cloud\"", "Text");
    folder.article("e.md", "e", "product = \"gateway\"", "Text");
    let product = "[[product]]\nid = \"citrix-cloud\"\nname = \"Citrix Cloud\"\nqueue = \"q\"\n";
    folder.write("products.toml", product);
    let loaded = folder.load(&Manifest::default());
    assert_eq!(ids(&loaded), ["CTX100001", "change-password", "d", "e"]);
    insta::assert_snapshot!(folder.faults(&loaded), @r#"
    knowledge/a.md:7: error: the link leads to "chnage-password", and there is no such article; did you mean "change-password"?
    knowledge/b.md:2: error: the id "CTX100001" is that of knowledge/a.md:2 already, so this article is not loaded; give one of them another id
    knowledge/c.md:6: error: the alias "Old" is that of knowledge/a.md:5 already; take it away here or there, as it leads to the other article
    knowledge/c.md:7: error: the alias "ctx100001" is the id of knowledge/a.md:2; take the alias away, as it leads to the other article
    knowledge/c.md:9: error: the link leads to "CTX777777", and there is no such article; write that article, or link to another one
    knowledge/d.md:5: error: there is no product "Citrix Cloud"; did you mean "citrix-cloud"?
    knowledge/e.md:5: error: there is no product "gateway"; add it to products.toml
    "#);
    let names = loaded.manifest.names();
    let resolved =
        ["old", "OLD", "CTX2", "ctx100001", "nobody"].map(|name| names.resolve(name).map(ArticleId::as_str));
    assert_eq!(resolved, [Some("CTX100001"), Some("CTX100001"), Some("CTX100001"), Some("CTX100001"), None]);
}

#[test]
fn without_a_list_of_products_there_is_one_fault() {
    let mut folder = Folder::new();
    folder.article("a.md", "a", "product = \"x\"", "Text");
    folder.article("b.md", "b", "product = \"y\"", "Text");
    insta::assert_snapshot!(folder.faults(&folder.load(&Manifest::default())), @"knowledge/products.toml: error: no product is listed here, yet 2 articles name one; add a [[product]] for each, or take `product` out of the articles");
}

#[test]
fn a_folder_that_is_not_there_is_no_empty_folder() {
    let folder = Folder::new();
    let error = load(&folder.path(), &Manifest::default(), &mut |_, _| {}).unwrap_err();
    assert_eq!(error.folder, folder.path());
}
