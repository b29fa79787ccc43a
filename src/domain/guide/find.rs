//! Finding one's place again in a procedure that was edited meanwhile.

use std::collections::BTreeSet;

use super::Guide;

/// Two steps are the same one, edited, where so much of their words is in both: a share of all their words.
const ALIKE: f64 = 0.4;

/// Where somebody goes on in a guide that was edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resumed {
    /// Which of the article's guides it is.
    pub guide: usize,
    /// The step in it; the first is 0.
    pub at: usize,
    /// Whether that step says what it said before.
    pub is_same: bool,
}

impl Guide {
    /// Where somebody goes on who stood at step `at` of the guide `guide` with the name `name`, and whose step began with `text`: at the step that
    /// says the same (`is_same`); else at the one that is most like it; else at the same place. In the guide of the same name before others. `None` where there
    /// are no guides any more.
    #[must_use]
    pub fn nearest(
        guides: &[Self],
        (guide, name): (usize, Option<&str>),
        at: usize,
        is_same: impl Fn(&str) -> bool,
        text: &str,
    ) -> Option<Resumed> {
        let named = guides.iter().enumerate().filter(|(_, other)| other.name.as_deref() == name);
        let named: Vec<usize> = named.map(|(index, _)| index).collect();
        let own = named.iter().copied().min_by_key(|index| index.abs_diff(guide));
        let asked = words(text);
        let best = guides
            .iter()
            .enumerate()
            .flat_map(|(index, other)| {
                let steps = other.steps.iter().enumerate();
                steps.map(move |(place, leg)| (index, place, leg.text()))
            })
            .map(|(index, place, says)| {
                let likeness = if is_same(&says) { 2.0 } else { alike(&asked, &words(&says)) };
                // Of two that are equally like it the one in the same guide counts, then the one that is closer.
                let is_own = own == Some(index);
                (likeness, is_own, place.abs_diff(at), index, place)
            })
            .filter(|(likeness, ..)| *likeness >= ALIKE)
            .max_by(|a, b| {
                let by_likeness = a.0.total_cmp(&b.0);
                by_likeness.then(a.1.cmp(&b.1)).then(b.2.cmp(&a.2)).then(b.3.cmp(&a.3)).then(b.4.cmp(&a.4))
            });
        if let Some((likeness, _, _, index, place)) = best {
            return Some(Resumed { guide: index, at: place, is_same: likeness > 1.0 });
        }
        let index = own.unwrap_or(guide).min(guides.len().checked_sub(1)?);
        let last = guides.get(index)?.steps.len().saturating_sub(1);
        Some(Resumed { guide: index, at: at.min(last), is_same: false })
    }
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// How much of two texts' words is in both, from 0 to 1.
fn alike(one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
    let both = one.intersection(other).count();
    let all = one.len() + other.len() - both;
    if all == 0 { 0.0 } else { both as f64 / all as f64 }
}
