//! Markdown as help centres write it, turned into Markdown as the desk reads it.
//!
//! The steps, in order: comments, tags of templates and components go and shared parts come in (`include`); directives
//! and marks become quotes, headings and descriptions (`pictures`, `containers`, `callouts`); HTML becomes Markdown (`html_blocks`,
//! `html_inline`); links and headings are put in order last (`links`, `headings`). No step touches code.

mod arguments;
mod callouts;
mod comments;
mod containers;
mod edit;
mod escape;
mod headings;
mod html_blocks;
mod html_inline;
mod html_left;
mod html_places;
mod include;
mod lines;
mod links;
mod mdx;
mod mdx_unfold;
mod pictures;
#[cfg(test)]
mod properties;
mod tables;
mod tags;
mod templates;

pub(super) use escape::inline as escaped;

use super::{folder::Tree, kb, links::Target, report::Note};

/// A body in the desk's Markdown, and what was found in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    /// The Markdown, without a heading of the first level.
    pub text: String,
    /// What that heading said.
    pub title: Option<String>,
    /// Numbers that the body names as its own.
    pub numbers: Vec<String>,
}

/// Converts the body of a Markdown file. `from` is the folder it stands in and its path there; `components` tells
/// whether its flavour has components, as MDX has.
pub(super) fn convert(
    body: &str,
    from: Option<(&Tree, &str)>,
    components: bool,
    notes: &mut Vec<Note>,
    resolve: &mut dyn FnMut(&str) -> Target,
) -> Body {
    let (tree, path) = from.map_or((None, ""), |(tree, path)| (Some(tree), path));
    let includes = include::Includes::new(tree, path, components);
    let text = include::expand(body, &includes, notes);
    let text = pictures::convert(&text);
    let text = containers::convert(&text);
    let text = tables::convert(&callouts::convert(&text));
    finish(&without_html(text), resolve)
}

/// How often HTML is looked for: behind a tag that went there may be another.
const ROUNDS: usize = 4;

fn without_html(mut text: String) -> String {
    for _ in 0..ROUNDS {
        let next = html_inline::convert(&html_blocks::convert(&text));
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// Puts links and headings of a body in order that is plain Markdown already.
pub(super) fn finish(text: &str, resolve: &mut dyn FnMut(&str) -> Target) -> Body {
    let text = html_left::escape(links::rewrite(text, resolve));
    let headings::Body { title, text } = headings::arrange(&text);
    let (text, numbers) = kb::take(&text);
    let mut text = tidy(&text);
    // What went may have hidden something: text behind it that looks like HTML or like a title now.
    for _ in 0..ROUNDS {
        let next = tidy(&headings::relevelled(&html_left::escape(text.clone())));
        if next == text {
            break;
        }
        text = next;
    }
    Body { text, title, numbers }
}

/// At most one blank line in a row outside code, and none at the edges of the text or of a quote.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous: Option<lines::Line<'_>> = None;
    let mut gap: Option<&str> = None;
    for line in lines::of(text) {
        let bare = line.text.trim_end();
        if !line.code && bare.trim_start_matches([' ', '\t', '>']).is_empty() {
            // Of several blank lines the one stays that belongs to the outermost quote.
            gap = Some(gap.filter(|gap| marks(gap) <= marks(bare)).unwrap_or(bare));
            continue;
        }
        if let (Some(gap), Some(previous)) = (gap.take(), previous) {
            if !previous.code {
                out.truncate(out.trim_end().len());
                out.push('\n');
            }
            out.push_str(if is_quote(previous.text) && is_quote(line.text) { gap } else { "" });
            out.push('\n');
        }
        out.push_str(line.text);
        out.push('\n');
        previous = Some(line);
    }
    let trimmed = out.trim_end();
    if trimmed.is_empty() { String::new() } else { format!("{trimmed}\n") }
}

fn marks(blank: &str) -> usize {
    blank.matches('>').count()
}

fn is_quote(line: &str) -> bool {
    line.trim_start_matches(|c: char| c.is_ascii_digit() || " \t-*+.)".contains(c)).starts_with('>')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str) -> String {
        convert(text, None, true, &mut Vec::new(), &mut |link: &str| Target::Web(link.to_owned())).text
    }

    #[test]
    fn blank_lines_are_few_and_in_their_place() {
        for (text, expected) in [
            ("\n\na  \n\n\n\nb\n\n", "a\n\nb\n"),
            ("> a\n>\n>\n> b\n>\n\nc", "> a\n>\n> b\n\nc\n"),
            ("- a\n\n  > b\n  >\n  > c\n  >\nd", "- a\n\n  > b\n  >\n  > c\n\nd\n"),
            ("```\n\n\na\n```", "```\n\n\na\n```\n"),
        ] {
            assert_eq!(tidy(text), expected, "{text}");
        }
    }

    #[test]
    fn boxes_that_follow_one_another_stay_apart() {
        let text = "a.<br/>\nb\n<br/><br/>\n</details>\n<details>\n<summary>S</summary>\n  \nc\n</details>\n";
        assert_eq!(converted(text), "a.  \nb\n\n**S**\n\nc\n");
    }
}
