//! What settings are called, in the file and in the environment, and which name somebody may have meant.

use std::fmt;

/// What every environment name of Guidepost begins with.
pub(super) const PREFIX: &str = "GUIDEPOST_";

/// Where the tests find the evaluation sets; no setting, so it is left alone.
const EVAL_DIR: &str = "GUIDEPOST_EVAL_DIR";

/// Variables of tests begin with this and are left alone too.
const TEST_PREFIX: &str = "GUIDEPOST_TEST_";

/// The longest name that is compared and shown; no setting's name is nearly as long.
const LONGEST: usize = 60;

/// A setting's name: `search.results`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub section: String,
    pub key: String,
}

impl Name {
    pub fn new(section: &str, key: &str) -> Self {
        Self { section: section.to_owned(), key: key.to_owned() }
    }

    /// `GUIDEPOST_SEARCH_RESULTS`.
    pub fn environment(&self) -> String {
        environment_name(&self.to_string())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.section, self.key)
    }
}

/// The environment name that a dotted path has, whether a setting is there or not.
pub(super) fn environment_name(path: &str) -> String {
    format!("{PREFIX}{}", path.replace('.', "_").to_uppercase())
}

/// Whether an environment name belongs to the tests and not to the configuration.
pub(super) fn is_for_tests(name: &str) -> bool {
    name == EVAL_DIR || name.starts_with(TEST_PREFIX)
}

/// The candidate that a misspelt word is close to: a third of its letters may differ, and never more than two.
pub(super) fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = folded(word);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, &folded(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.len() / 3).clamp(1, 2))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Capitals and hyphens are the commonest slips, and cost nothing.
fn folded(name: &str) -> String {
    name.chars().take(LONGEST).map(|c| if c == '-' { '_' } else { c.to_ascii_lowercase() }).collect()
}

/// A name that somebody else wrote, made fit for a message: of one line, short, without escape sequences.
pub(super) fn printable(name: &str) -> String {
    let mut out: String = name
        .chars()
        .take(LONGEST)
        .map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if name.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}
