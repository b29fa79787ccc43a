//! Parts that several articles share, put where they are included.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{comments, edit, lines, links, mdx, templates};
use crate::knowledge::import::{
    folder::Tree,
    front_matter,
    links::{Target, WITHIN_TREE},
    paths,
    patterns::{group, pattern},
    report::Note,
};

static INCLUDE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\[!INCLUDE\s*\[(?<text>[^\]]*)\]\s*\((?<path>[^)]+)\)\s*\]"));

/// Parts may include parts, but not without end.
const DEEPEST: usize = 5;
/// Together, the parts of one article are no larger than the largest file.
const MAX_PARTS: usize = super::super::folder::MAX_FILE as usize;

/// The folder that an article's parts come from.
pub(super) struct Includes<'a> {
    tree: Option<&'a Tree>,
    path: &'a str,
    components: bool,
}

impl<'a> Includes<'a> {
    /// Parts are looked for from where the article stands. `components` tells whether its flavour has them.
    pub(super) fn new(tree: Option<&'a Tree>, path: &'a str, components: bool) -> Self {
        Self { tree, path, components }
    }

    /// An article that stands alone.
    #[cfg(test)]
    pub(super) fn none() -> Self {
        Self { tree: None, path: "", components: true }
    }

    /// Whether a part of this name is in the folder.
    pub(super) fn has(&self, file: &str) -> bool {
        self.find(file).is_some()
    }

    fn find(&self, file: &str) -> Option<(&'a Tree, String)> {
        let tree = self.tree?;
        let path = paths::join(self.path, file).filter(|path| tree.contains(path));
        // Hugo's sites name a part alone, and keep all of them in one place.
        let path = path.or_else(|| tree.part(file, self.path))?;
        Some((tree, path))
    }
}

/// What one article may still include.
struct Budget<'a> {
    notes: &'a mut Vec<Note>,
    bytes: usize,
}

/// The text with every part in its place, without comments and tags of templates.
pub(super) fn expand(text: &str, includes: &Includes<'_>, notes: &mut Vec<Note>) -> String {
    expand_to(text, includes, 0, &mut Budget { notes, bytes: MAX_PARTS })
}

fn expand_to(text: &str, includes: &Includes<'_>, depth: usize, budget: &mut Budget<'_>) -> String {
    let text = comments::remove(text);
    let text = templates::convert(&text, includes);
    let text = mdx::convert(&text, includes.components);
    if !INCLUDE.is_match(&text) {
        return text;
    }
    let mut out: Vec<String> = Vec::new();
    for line in lines::of(&text) {
        if line.code {
            out.push(line.text.to_owned());
            continue;
        }
        out.push(lines::outside_code(line.text, |text| {
            INCLUDE
                .replace_all(text, |found: &Captures<'_>| {
                    let part = part(found, includes, depth, budget);
                    placed(line.text, &part)
                })
                .into_owned()
        }));
    }
    out.join("\n")
}

/// The text of a part, or its name where it can't be had.
fn part(found: &Captures<'_>, includes: &Includes<'_>, depth: usize, budget: &mut Budget<'_>) -> String {
    let path = group(found, "path").trim();
    let read = || {
        let (tree, file) = includes.find(path)?;
        let text = tree.read(&file).ok()?;
        (depth < DEEPEST && text.len() <= budget.bytes).then_some((tree, file, text))
    };
    let Some((tree, file, text)) = read() else {
        budget.notes.push(Note::MissingPart(path.to_owned()));
        return group(found, "text").trim().to_owned();
    };
    budget.bytes -= text.len();
    let (_, body) = front_matter::split(&text);
    let text = expand_to(body, &Includes::new(Some(tree), &file, includes.components), depth + 1, budget);
    // The part's links count from where the part is, not from the article.
    links::rewrite(text.trim(), &mut |target: &str| rebased(target, &file))
}

fn rebased(target: &str, file: &str) -> Target {
    let is_relative = !target.starts_with(['#', '/']) && !target.contains(':');
    let (path, rest) = target.split_at(target.find(['#', '?']).unwrap_or(target.len()));
    match paths::join(file, path) {
        Some(path) if is_relative => Target::Web(format!("{WITHIN_TREE}{path}{rest}")),
        _ => Target::Web(target.to_owned()),
    }
}

/// Alone on its line a part keeps its blocks; within a sentence or a table it becomes one line.
fn placed(line: &str, part: &str) -> String {
    let alone = INCLUDE.replace(line, "");
    let marks = alone
        .trim()
        .trim_matches(|c: char| matches!(c, '>' | '-' | '*' | '+' | '.' | ')') || c.is_ascii_digit());
    if !marks.trim().is_empty() {
        return part.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let start = INCLUDE.find(line).map_or(0, |found| found.start());
    edit::continued(part, &edit::prefix_at(line, start))
}
