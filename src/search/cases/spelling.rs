//! Words that stand in none of the cases that somebody sees, read as words that do.

use tantivy::Term;
use tantivy::schema::Field;

use super::super::spelling::{likelihood, neighbours};
use super::super::words::has_digit;
use super::sight::Sight;

/// The most readings of one word.
const READINGS: usize = 3;
/// From so many letters on, one may be wrong.
const ONE_WRONG: usize = 4;
/// From so many letters on, two may be wrong, where no word has only one wrong.
const TWO_WRONG: usize = 8;

/// The words that may have been meant, likeliest first. Never for numbers and identifiers.
pub fn readings(form: &str, fields: &[Field], sight: &Sight<'_>) -> tantivy::Result<Vec<String>> {
    let letters = form.chars().count();
    if letters < ONE_WRONG || has_digit(form) {
        return Ok(Vec::new());
    }
    let mut found = near(form, 1, fields, sight)?;
    if found.is_empty() && letters >= TWO_WRONG {
        found = near(form, 2, fields, sight)?;
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.truncate(READINGS);
    let best = found.first().map_or(0.0, |(likely, _)| *likely);
    Ok(found.into_iter().filter(|(likely, _)| *likely * 20.0 >= best).map(|(_, word)| word).collect())
}

fn near(
    form: &str,
    distance: u8,
    fields: &[Field],
    sight: &Sight<'_>,
) -> tantivy::Result<Vec<(f32, String)>> {
    let mut found: Vec<(f32, String)> = Vec::new();
    for field in fields {
        // The whole dictionary is looked through, and only then what somebody sees is kept of it: a limit before would tell them of
        // other people's words.
        for word in neighbours(sight.searcher(), *field, form, distance).into_keys() {
            let documents = sight.documents_with(&Term::from_field_text(*field, &word))?;
            if documents == 0 {
                continue;
            }
            let likely = likelihood(form, &word, documents);
            match found.iter_mut().find(|(_, known)| *known == word) {
                Some((before, _)) => *before += likely,
                None => found.push((likely, word)),
            }
        }
    }
    Ok(found)
}
