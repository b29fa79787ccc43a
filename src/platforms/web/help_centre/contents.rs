//! The sections of an article: each has an anchor that links can lead to, and a list of them stands above longer articles.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::domain::{Article, Block, slug};

/// From so many headings on an article has a list of them.
const FEWEST: usize = 3;
/// Before each anchor, so that none is taken for something else on the page, such as a field.
const BEFORE: &str = "s-";

/// A heading.
pub struct Section {
    /// Its anchor: letters, digits and hyphens, and no other section of the article has it.
    pub anchor: String,
    /// What it says.
    pub text: String,
    /// Whether it stands below another one.
    pub is_below: bool,
}

/// The headings of an article, in order: those of its passages, and those that stand by themselves within them.
pub fn sections(article: &Article) -> Vec<Section> {
    let mut taken = BTreeSet::new();
    let mut sections = Vec::new();
    for passage in &article.passages {
        if let Some(heading) = &passage.heading {
            sections.push(section(heading, false, &mut taken));
        }
        for block in &passage.blocks {
            if let Block::Heading(_) = block {
                let mut text = String::new();
                block.write_text(&mut text);
                sections.push(section(text.trim(), true, &mut taken));
            }
        }
    }
    sections
}

fn section(text: &str, is_below: bool, taken: &mut BTreeSet<String>) -> Section {
    let name = slug(text).unwrap_or_else(|| "section".to_owned());
    let mut anchor = format!("{BEFORE}{name}");
    let mut count = 2;
    while !taken.insert(anchor.clone()) {
        anchor = format!("{BEFORE}{name}-{count}");
        count += 1;
    }
    Section { anchor, text: text.to_owned(), is_below }
}

/// The list of them; nothing for a short article.
pub fn list(label: &str, sections: &[Section]) -> Markup {
    let with_text: Vec<&Section> = sections.iter().filter(|section| !section.text.is_empty()).collect();
    if with_text.len() < FEWEST {
        return html! {};
    }
    html! {
        nav class="contents" aria-labelledby="contents" {
            h2 id="contents" { (label) }
            ul {
                @for section in with_text {
                    li class=[section.is_below.then_some("below")] {
                        a href=(format!("#{}", section.anchor)) { (section.text) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{About, ArticleId, Kind, Passage, Span};

    proptest! {
        #[test]
        fn anchors_are_unique_and_safe_whatever_headings_say(headings in prop::collection::vec((".{0,12}|a|A!|a-2|main", any::<bool>()), 0..40)) {
            let passage = |(heading, is_below): &(String, bool)| {
                let spans = vec![Span::Plain(heading.clone())];
                if *is_below {
                    Passage { heading: None, blocks: vec![Block::Heading(spans)] }
                } else {
                    Passage { heading: Some(heading.clone()), blocks: Vec::new() }
                }
            };
            let id = ArticleId::parse("a").unwrap();
            let about = About::new(id, String::new(), Kind::Support);
            let article = Article { about, passages: headings.iter().map(passage).collect() };
            let sections = sections(&article);
            prop_assert_eq!(sections.len(), headings.len());
            let anchors: BTreeSet<&str> = sections.iter().map(|section| section.anchor.as_str()).collect();
            prop_assert_eq!(anchors.len(), headings.len());
            for anchor in anchors {
                prop_assert!(anchor.starts_with(BEFORE));
                prop_assert!(anchor.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
            }
        }
    }
}
