//! Plain text made safe to stand in Markdown.

/// Puts a backslash before whatever Markdown would read as syntax; entities such as `&amp;` keep their meaning.
pub(in crate::knowledge::import) fn inline(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(joined.len());
    let mut previous = ' ';
    let mut rest = joined.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let syntax = match c {
            '\\' => next.is_ascii_punctuation(),
            '*' | '`' | '[' | ']' | '<' | '|' => true,
            // Inside a word an underscore means nothing, and names of files and settings are full of them.
            '_' => !(previous.is_alphanumeric() && next.is_alphanumeric()),
            _ => false,
        };
        if syntax || (out.is_empty() && opens_block(c, next)) {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    escape_number(out)
}

/// Whether the first characters of a line would begin a heading, quote, list, rule or fence.
fn opens_block(c: char, next: char) -> bool {
    match c {
        '#' | '>' | '~' | '=' => true,
        '-' | '+' => !next.is_alphanumeric(),
        _ => false,
    }
}

/// `1. text` at the start of a line would become a list.
fn escape_number(text: String) -> String {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let Some((number, rest)) = text.split_at_checked(digits) else { return text };
    if !number.is_empty() && rest.starts_with(['.', ')']) { format!("{number}\\{rest}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::import::markdown::edit::plain;

    #[test]
    fn escaped_text_reads_as_it_was() {
        for text in
            ["a *b* _c_", "snake_case <T> [x](y)", "1. one", "- x", "# y", r"C:\*.exe \n", "`a` | b", "> c"]
        {
            assert_eq!(plain(&inline(text)), text);
        }
        assert_eq!(inline("snake_case"), "snake_case");
    }
}
