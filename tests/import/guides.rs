//! Every numbered procedure of an imported article is a guide, and nothing that it says is lost on the way.

use std::fmt::Write;
use std::path::Path;

use guidepost::domain::{Article, Block, Guide, Passage};
use guidepost::knowledge::{self, Manifest};

/// What was walked through.
#[derive(Debug, Default)]
#[allow(dead_code, reason = "its fields are shown")]
pub struct Walked {
    pub articles: usize,
    pub with_guides: usize,
    pub guides: usize,
    pub steps: usize,
    pub longest: usize,
}

fn load(folder: &Path) -> Vec<Article> {
    let loaded = knowledge::load(folder, &Manifest::default(), &mut |_, _| ()).unwrap();
    loaded.articles.into_iter().map(|loaded| loaded.article).collect()
}

fn text_of<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> String {
    let mut out = String::new();
    blocks.into_iter().for_each(|block| block.write_text(&mut out));
    out
}

/// All that a guide shows, its name aside.
fn all_of(guide: &Guide) -> String {
    let steps: String = guide.steps.iter().map(guidepost::domain::guide::Leg::text).collect();
    format!("{}{steps}{}", text_of(&guide.before), text_of(&guide.after))
}

/// Compares each passage that has a procedure with its guides.
pub fn lose_nothing(folder: &Path) -> Walked {
    let mut walked = Walked::default();
    for article in load(folder) {
        let guides = Guide::all(&article);
        walked.articles += 1;
        walked.with_guides += usize::from(!guides.is_empty());
        walked.guides += guides.len();
        walked.steps += guides.iter().map(|guide| guide.steps.len()).sum::<usize>();
        walked.longest = walked.longest.max(guides.iter().map(|guide| guide.steps.len()).max().unwrap_or(0));
        for (at, passage) in article.passages.iter().enumerate() {
            let own = &guides[Guide::within(&article, at)];
            assert_eq!(own.is_empty(), passage.procedure().is_none(), "{}", article.about.id);
            if !own.is_empty() {
                compare(&article, passage, own);
            }
        }
    }
    walked
}

/// Every line is there in the same order, headings aside, which may be names.
fn compare(article: &Article, passage: &Passage, guides: &[Guide]) {
    let names: Vec<&str> = guides.iter().filter_map(|guide| guide.name.as_deref()).collect();
    let whole: String = guides.iter().map(all_of).collect();
    let headings: Vec<String> = passage
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Heading(_)))
        .map(|block| text_of([block]).trim().to_owned())
        .collect();
    let is_heading = |line: &&str| headings.iter().any(|heading| heading == line.trim());
    let text = passage.text();
    let lines: Vec<&str> = text.lines().filter(|line| !is_heading(line)).collect();
    let kept: Vec<&str> = whole.lines().filter(|line| !is_heading(line)).collect();
    assert_eq!(kept, lines, "{}", article.about.id);
    for heading in headings.iter().filter(|heading| !heading.is_empty()) {
        let is_there = names.contains(&heading.as_str()) || whole.lines().any(|line| line.trim() == heading);
        // A heading below which nothing stands says nothing.
        assert!(is_there || text.trim_end().ends_with(heading.as_str()), "{}: {heading}", article.about.id);
    }
}

/// The guides of an article, as somebody meets them.
pub fn told(folder: &Path, id: &str) -> String {
    let article = load(folder).into_iter().find(|article| article.about.id.as_str() == id).unwrap();
    let mut out = String::new();
    for need in Guide::needs(&article) {
        writeln!(out, "needs: {}", need.heading.as_deref().unwrap_or("(the introduction)")).unwrap();
    }
    for guide in Guide::all(&article) {
        writeln!(out, "\n# {}", guide.name.as_deref().unwrap_or("-")).unwrap();
        write!(out, "{}", text_of(&guide.before)).unwrap();
        for (at, leg) in guide.steps.iter().enumerate() {
            write!(out, "[step {} of {}] {}", at + 1, guide.steps.len(), leg.text()).unwrap();
        }
        if !guide.after.is_empty() {
            write!(out, "[after] {}", text_of(&guide.after)).unwrap();
        }
    }
    out
}
