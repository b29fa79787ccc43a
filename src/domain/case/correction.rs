//! Corrections: what somebody wrote says something else from now on, or nothing. The entry in which they wrote it stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Event, Text, What};

/// What somebody wrote in an earlier event, as it is from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The event.
    pub event: u32,
    /// What it says from now on; none where it was taken back.
    #[serde(default)]
    pub text: Option<Text>,
    /// Whether only staff may read it, as it is with the event.
    #[serde(default)]
    pub internal: bool,
    /// What the platform calls the turn in which the event was written, where it was said in the room of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Correction {
    /// Has an event say this from now on; `None` where it is not one in which somebody wrote a message or a note.
    #[must_use]
    pub fn of(event: &Event, text: Option<Text>) -> Option<Self> {
        let (What::Message(written) | What::Note(written)) = &event.what else { return None };
        let internal = event.what.is_internal();
        Some(Self { event: event.number, text, internal, source: written.source.clone() })
    }
}

/// The events among these, in order, whose words no longer hold: those that were corrected, and all but their last corrections.
#[must_use]
pub fn corrected(events: &[Event]) -> BTreeSet<u32> {
    let mut last = BTreeMap::new();
    let mut gone = BTreeSet::new();
    for event in events {
        if let What::Corrected(correction) = &event.what {
            gone.insert(last.insert(correction.event, event.number).unwrap_or(correction.event));
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use crate::domain::PersonId;
    use crate::domain::case::{By, CaseNumber, Status, Written};

    use super::*;

    fn text(text: &str) -> Text {
        Text::parse(text).unwrap()
    }

    fn events(all: Vec<What>) -> Vec<Event> {
        let event = |(number, what)| Event {
            case: CaseNumber(42),
            number,
            at: DateTime::from_timestamp(1_795_338_142, 0).unwrap(),
            by: By::Staff(PersonId(8)),
            what,
        };
        (1..).zip(all).map(event).collect()
    }

    fn corrected_to(event: u32, words: &str) -> What {
        What::Corrected(Correction { event, text: Some(text(words)), internal: false, source: None })
    }

    #[test]
    fn only_what_somebody_wrote_is_corrected_and_a_note_stays_internal() {
        let said = || Written::new(Some(text("first"))).said_in(Some("discord-5"));
        let all = events(vec![
            What::Became(Status::Open),
            What::Message(said()),
            What::Note(said()),
            corrected_to(2, "second"),
        ]);
        let of = |event: &Event| Correction::of(event, None);
        let source = Some("discord-5".to_owned());
        let expected = [
            None,
            Some(Correction { event: 2, text: None, internal: false, source: source.clone() }),
            Some(Correction { event: 3, text: None, internal: true, source }),
            None,
        ];
        assert_eq!(all.iter().map(of).collect::<Vec<_>>(), expected);
        assert!(What::Corrected(of(&all[2]).unwrap()).is_internal());
        assert!(!What::Corrected(of(&all[1]).unwrap()).is_internal());
    }

    #[test]
    fn the_last_words_hold() {
        let said = |words| What::Message(Written::new(Some(text(words))));
        let all = events(vec![
            said("one"),
            said("two"),
            corrected_to(1, "one, better"),
            said("three"),
            corrected_to(2, "two, better"),
            corrected_to(1, "one, best"),
        ]);
        assert_eq!(corrected(&all), BTreeSet::from([1, 2, 3]));
        assert_eq!(corrected(&all[..4]), BTreeSet::from([1]));
        // The end of a timeline, without what was corrected.
        assert_eq!(corrected(&all[3..]), BTreeSet::from([1, 2]));
    }

    #[test]
    fn a_name_of_a_turn_that_is_too_long_is_none() {
        let said_in = |length: usize| Written::new(None).said_in(Some(&"x".repeat(length))).source;
        assert_eq!(said_in(crate::domain::case::MOST_SOURCE).map(|source| source.len()), Some(100));
        assert_eq!(said_in(101), None);
    }
}
