//! One article's file: from its bytes to the article and what is remembered of it.

use std::{io, path::Path};

use crate::domain::{About, Article, ArticleId, Passage};

use super::{
    fault::{Remark, Severity},
    front_matter,
    manifest::{Entry, Known},
    markdown,
    scan::FileStamp,
    text,
};

/// So many faults of one file are told; nobody puts right more at a time, and the manifest stays small.
const MOST_REMARKS: usize = 50;

/// A file that has been read.
#[derive(Debug)]
pub(super) struct ArticleFile {
    /// What is remembered of it.
    pub entry: Entry,
    /// What is in it, with the lines of its links; none where that is no article.
    pub article: Option<(Article, Vec<(usize, ArticleId)>)>,
}

/// Reads a file of the folder. An error is the system's: it says nothing about the file and must not be remembered.
pub(super) fn read(folder: &Path, stamp: &FileStamp) -> io::Result<ArticleFile> {
    let mut remarks = Vec::new();
    let text = text::read(&folder.join(&stamp.path), &mut remarks)?;
    let parsed = text.and_then(|text| parse(&text, &mut remarks));
    let (known, article) = parsed.unzip();
    let entry = Entry { size: stamp.size, modified: stamp.modified, article: known, remarks: tidy(remarks) };
    Ok(ArticleFile { entry, article })
}

type Parsed = (Known, (Article, Vec<(usize, ArticleId)>));

/// Reads the text of an article.
fn parse(text: &str, remarks: &mut Vec<Remark>) -> Option<Parsed> {
    let parts = front_matter::split(text).map_err(|remark| remarks.push(remark)).ok()?;
    let front = front_matter::read(parts.front, remarks);
    let body = markdown::parse(parts.body, parts.body_line);
    remarks.extend(body.remarks);
    let front_matter::FrontMatter { about, id_line, aliases, product } = front?;
    let passages = without_title(body.passages, &about);
    if passages.is_empty() && about.url.is_none() {
        remarks.push(Remark::warning(
            parts.body_line,
            "the article has no text",
            "write it below the front matter",
        ));
    }
    let known = Known { id: about.id.clone(), id_line, aliases, product, links: body.links.clone() };
    Some((known, (Article { about, passages }, body.links)))
}

/// Many writers repeat the title above the text; what follows is the introduction.
fn without_title(mut passages: Vec<Passage>, about: &About) -> Vec<Passage> {
    let title = about.title.to_lowercase();
    if let Some(first) = passages.first_mut()
        && first.heading.as_ref().is_some_and(|heading| heading.to_lowercase() == title)
    {
        first.heading = None;
        if first.blocks.is_empty() {
            passages.remove(0);
        }
    }
    passages
}

/// In the order of lines, and not too many; where they are, errors are told before warnings.
fn tidy(mut remarks: Vec<Remark>) -> Vec<Remark> {
    let more = remarks.len().saturating_sub(MOST_REMARKS);
    remarks.sort_by_key(|remark| (remark.severity, remark.line));
    remarks.truncate(MOST_REMARKS);
    remarks.sort_by_key(|remark| remark.line);
    if more > 0 {
        let rest =
            Remark::whole_file(format!("{more} more faults are not shown"), "put right the others first");
        remarks.push(Remark { severity: Severity::Warning, ..rest });
    }
    remarks
}
