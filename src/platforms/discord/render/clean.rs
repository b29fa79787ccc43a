//! Takes out of texts what nobody sees and what tricks the eye; measures and cuts them as Discord counts.

use unicode_normalization::char::is_combining_mark;

/// So many marks may stand on one letter; no script needs more, and a flood of them covers the lines around it.
const MOST_MARKS: usize = 4;
/// What stands where a name has to be and there is none.
const NAMELESS: &str = "…";

/// The length of a text as Discord may count it. It speaks of characters and its clients count UTF-16 units, which are
/// never fewer.
pub fn size(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A text that stays within one line.
pub fn line(text: &str) -> String {
    visible(text).chars().map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).collect()
}

/// The lines of a text that somebody wrote. Those that begin with spaces keep them, as spaces that Discord shows.
pub fn lines(text: &str) -> Vec<String> {
    let visible = visible(text).replace('\t', "    ");
    visible.lines().map(|line| indented(line.trim_end())).collect()
}

fn indented(line: &str) -> String {
    let text = line.trim_start_matches(' ');
    "\u{a0}".repeat(line.len() - text.len()) + text
}

/// The lines of a text that is shown as it was typed.
pub fn code(text: &str) -> Vec<String> {
    visible(text).lines().map(str::to_owned).collect()
}

/// What stands on a button, over a form or in a list: one line that is not empty, of at most so much. Nothing in it is markup.
pub fn label(text: &str, most: usize) -> String {
    let text = line(text);
    match text.trim() {
        "" => NAMELESS.to_owned(),
        text => shortened(text, most),
    }
}

/// A text of at most so much, an ellipsis included.
pub fn shortened(text: &str, most: usize) -> String {
    if size(text) <= most {
        return text.to_owned();
    }
    let kept = beginning(text, most.saturating_sub(1));
    format!("{}…", kept.trim_end())
}

/// As much of a text as there is room for.
pub fn beginning(text: &str, room: usize) -> &str {
    let mut left = room;
    for (at, c) in text.char_indices() {
        match left.checked_sub(c.len_utf16()) {
            Some(rest) => left = rest,
            None => return text.get(..at).unwrap_or_default(),
        }
    }
    text
}

/// The text without controls, without what has no looks of its own, and with every end of a line written as a newline.
fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let (mut before, mut marks) = (None, 0);
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let kept = match c {
            '\r' if next == Some('\n') => continue,
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\n' | '\t' => c,
            // Persian needs the one and families of people the other: they stay where they join two signs of such a script.
            '\u{200c}' | '\u{200d}' if before.is_some_and(is_joined) && next.is_some_and(joins) => c,
            _ if is_unseen(c) => continue,
            _ => c,
        };
        marks = if is_combining_mark(kept) { marks + 1 } else { 0 };
        if marks <= MOST_MARKS {
            out.push(kept);
            before = Some(kept);
        }
    }
    out
}

/// Whether a joiner may stand before it.
fn joins(c: char) -> bool {
    is_joined(c) && !is_combining_mark(c)
}

/// Whether a joiner may stand after it.
fn is_joined(c: char) -> bool {
    c > '\u{2ff}' && !is_unseen(c)
}

/// Whether a character has no looks of its own: controls, what turns the direction of a text around, fillers, tags.
fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0d}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}
