//! "Did you mean": the name that somebody may have wanted to write.

/// The longest name that is compared; what is longer was not meant to be a name.
const LONGEST: usize = 80;

/// The candidate that a misspelt name is close to, its case aside: a third of the letters may differ, and never more
/// than three.
#[must_use]
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if typed.chars().nth(LONGEST).is_some() {
        return None;
    }
    let typed = folded(typed);
    candidates
        .into_iter()
        .map(|candidate| {
            let other = folded(candidate);
            let letters = other.chars().count().min(typed.chars().count());
            (strsim::osa_distance(&typed, &other), letters, candidate)
        })
        .filter(|(distance, letters, _)| *distance <= (letters / 3).min(3))
        .min_by_key(|(distance, _, _)| *distance)
        .map(|(_, _, candidate)| candidate)
}

/// Capitals, hyphens and spaces are the commonest slips, and cost nothing.
fn folded(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| !matches!(c, '-' | '_' | ' ')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_another_word_is_not() {
        for (typed, expected) in [
            ("citrix-clod", Some("citrix-cloud")),
            ("Citrix Cloud", Some("citrix-cloud")),
            ("hlep", Some("help")),
            ("he", None),
            ("", None),
            ("quantum", None),
        ] {
            assert_eq!(nearest(typed, ["help", "citrix-cloud"]), expected, "{typed}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), ["help"]), None);
    }
}
