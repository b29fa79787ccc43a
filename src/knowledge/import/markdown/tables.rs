//! Tables whose rows have more cells than their head: CommonMark's readers leave such cells out.

use pulldown_cmark::{Event, Tag};

use super::{
    edit::{self, Edits},
    lines::each_code_span,
};

/// The text with such rows made to fit: a bar inside of code is no border, and a head may have empty cells.
pub(super) fn convert(text: &str) -> String {
    if !text.contains('|') {
        return text.to_owned();
    }
    let mut edits = Edits::default();
    for (event, range) in edit::parse(text) {
        let Event::Start(Tag::Table(columns)) = event else { continue };
        let mut at = range.start;
        let mut surplus = 0;
        let mut heads = Vec::new();
        for (number, line) in text.get(range).unwrap_or_default().split_inclusive('\n').enumerate() {
            let place = at..at + line.trim_end().len();
            at += line.len();
            if number < 2 {
                heads.push((place, line.trim_end()));
            } else if cells(line) > columns.len() {
                let escaped = each_code_span(line.trim_end(), |code| code.replace('|', r"\|"));
                surplus = surplus.max(cells(&escaped).saturating_sub(columns.len()));
                edits.replace(place, escaped);
            }
        }
        for (number, (place, line)) in heads.into_iter().enumerate().filter(|_| surplus > 0) {
            let cell = if number == 0 { " |" } else { "---|" };
            let border = if line.ends_with('|') { "" } else { "|" };
            edits.replace(place.end..place.end, format!("{border}{}", cell.repeat(surplus)));
        }
    }
    edits.apply(text)
}

/// How many cells CommonMark's readers see in a row, whether inside of code or not.
fn cells(row: &str) -> usize {
    let row = row.trim_matches(|c: char| c.is_whitespace() || c == '>');
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut escaped = false;
    let mut borders = 0;
    for c in row.chars() {
        borders += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    if row.ends_with('|') && !row.ends_with(r"\|") { borders } else { borders + 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_left_out() {
        for (text, expected) in [
            ("|a|b|\n|-|-|\n|`c|d`|e|\n|f|g|\n", "|a|b|\n|-|-|\n|`c\\|d`|e|\n|f|g|\n"),
            ("a|b\n-|-\nc|d|e\n", "a|b| |\n-|-|---|\nc|d|e\n"),
            ("> |a|\n> |-|\n> |b|c|\n", "> |a| |\n> |-|---|\n> |b|c|\n"),
            ("|a|\n|-|\n|b\\|c|\n", "|a|\n|-|\n|b\\|c|\n"),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }
}
