//! "Did you mean": the known name that a mistyped one was probably meant to be.

/// Names to choose from, prepared so that most of the thousands need not be looked at letter by letter.
#[derive(Debug)]
pub(super) struct Suggestions<'n> {
    names: Vec<(&'n str, Letters)>,
}

/// How often each letter occurs; the few characters that fall together do no harm.
type Letters = [u8; 32];

impl<'n> Suggestions<'n> {
    /// Prepares names.
    pub fn new(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { names: names.into_iter().map(|name| (name, letters(name))).collect() }
    }

    /// The name that differs least, if it differs so little that it was probably meant.
    pub fn nearest(&self, typed: &str) -> Option<&'n str> {
        let typed = typed.to_lowercase();
        let (counted, length) = (letters(&typed), typed.chars().count());
        let most = tolerance(&typed, length);
        let near = self
            .names
            .iter()
            // An edit takes one letter away and adds one at the most.
            .filter(|(_, letters)| difference(letters, &counted) <= 2 * most)
            .map(|(name, _)| (strsim::osa_distance(&name.to_lowercase(), &typed), *name))
            .filter(|(distance, _)| *distance <= most)
            // The name decides among equals, or the answer would depend on the order of a hash table.
            .min();
        near.map(|(_, name)| name).or_else(|| self.shortened(&typed))
    }

    /// The only name that a long enough beginning stands for, such as "lang" for "language".
    fn shortened(&self, typed: &str) -> Option<&'n str> {
        if typed.len() < 3 || is_number(typed) {
            return None;
        }
        let mut found = self.names.iter().map(|(name, _)| *name).filter(|name| name.starts_with(typed));
        found.next().filter(|_| found.next().is_none())
    }
}

/// The remedy that a suggestion makes, or another one where there is none.
pub(super) fn did_you_mean(suggestion: Option<&str>, otherwise: impl Into<String>) -> String {
    suggestion.map_or_else(|| otherwise.into(), |name| format!("did you mean \"{name}\"?"))
}

/// How many slips are forgiven. In a number few, as most numbers have a neighbour that means something else.
fn tolerance(typed: &str, length: usize) -> usize {
    match length {
        0..=2 => 0,
        3..=5 => 1,
        _ if is_number(typed) => 1,
        6..=11 => 2,
        _ => 3,
    }
}

fn is_number(typed: &str) -> bool {
    typed.bytes().filter(u8::is_ascii_digit).count() * 2 > typed.len()
}

fn letters(text: &str) -> Letters {
    let mut counts = Letters::default();
    for byte in text.bytes() {
        // Upper and lower case differ in a bit that is not looked at.
        if let Some(count) = counts.get_mut(usize::from(byte & 31)) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// How many letters one text has that the other one has not, both ways.
fn difference(one: &Letters, other: &Letters) -> usize {
    one.iter().zip(other).map(|(one, other)| usize::from(one.abs_diff(*other))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let names = ["title", "language", "review_by", "CTX120355", "change-password", "citrix-cloud"];
        let names = Suggestions::new(names);
        for (typed, expected) in [
            ("tittle", Some("title")),
            ("Title", Some("title")),
            ("review-by", Some("review_by")),
            ("lang", Some("language")),
            ("CTX120335", Some("CTX120355")),
            ("CTX120", None),
            ("CTX998877", None),
            ("chnage-pasword", Some("change-password")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(names.nearest(typed), expected, "{typed}");
        }
    }
}
