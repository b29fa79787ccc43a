//! A case when it turns out that two people are one: what the first did and had is the second's.

use crate::domain::PersonId;

use super::{By, Case, Event, Opening, What};

impl Event {
    /// The event with one person in the place of another; as it is where that one is not in it.
    #[must_use]
    pub fn with_instead(&self, from: PersonId, to: PersonId) -> Self {
        let who = |person: PersonId| if person == from { to } else { person };
        let by = match self.by {
            By::Requester(person) => By::Requester(who(person)),
            By::Staff(person) => By::Staff(who(person)),
            By::Desk => By::Desk,
        };
        let what = match &self.what {
            What::Opened(opening) => {
                What::Opened(Box::new(Opening { requester: who(opening.requester), ..(**opening).clone() }))
            }
            What::Assigned(Some(person)) => What::Assigned(Some(who(*person))),
            What::Followed(person) => What::Followed(who(*person)),
            What::Unfollowed(person) => What::Unfollowed(who(*person)),
            What::Message(_)
            | What::Note(_)
            | What::Corrected(_)
            | What::Became(_)
            | What::Assigned(None)
            | What::Moved(_)
            | What::Prioritised(_)
            | What::Renamed(_)
            | What::Tagged(_)
            | What::Untagged(_)
            | What::Linked(_)
            | What::Unlinked(_)
            | What::Reminded
            | What::Warned { .. }
            | What::Rated(_) => self.what.clone(),
        };
        Self { by, what, ..self.clone() }
    }
}

impl Case {
    /// What is missing in a timeline that was rewritten for `to` in the place of `from`, where `before` is the case as it was: whoever of
    /// the two no longer followed it takes nothing from the other.
    #[must_use]
    pub fn still_followed(&self, before: &Self, from: PersonId, to: PersonId) -> Option<What> {
        let was = before.belongs_to(from) || before.belongs_to(to);
        (was && !self.belongs_to(to)).then_some(What::Followed(to))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::case::{CaseNumber, Priority, QueueId, Subject, Tried};
    use crate::domain::{Place, Platform, Privacy};

    const FROM: PersonId = PersonId(1);
    const TO: PersonId = PersonId(2);

    fn timeline(requester: PersonId, follows: &[(PersonId, bool)]) -> Vec<Event> {
        let opening = Opening {
            requester,
            subject: Subject::parse("It smokes").unwrap(),
            description: None,
            product: None,
            queue: QueueId::parse("technical-support").unwrap(),
            priority: Priority::Normal,
            place: Place {
                platform: Platform::Console,
                conversation: "test".to_owned(),
                privacy: Privacy::Private,
            },
            tried: Tried::default(),
            files: Vec::new(),
            links: Vec::new(),
        };
        let opened = What::Opened(Box::new(opening));
        let follow = |(person, on): &(PersonId, bool)| {
            if *on { What::Followed(*person) } else { What::Unfollowed(*person) }
        };
        let what = std::iter::once(opened).chain(follows.iter().map(follow));
        let event = |(number, what)| Event {
            case: CaseNumber(1),
            number,
            at: DateTime::UNIX_EPOCH,
            by: By::Requester(requester),
            what,
        };
        (1..).zip(what).map(event).collect()
    }

    proptest! {
        /// Whoever had one of the two before has it afterwards, nobody else lost or got anything, and nothing names the first any more.
        #[test]
        fn what_belonged_to_one_of_two_belongs_to_the_second(
            requester in 1_u64..4,
            follows in prop::collection::vec((1_u64..4, any::<bool>()), 0..8)
        ) {
            let follows: Vec<_> = follows.into_iter().map(|(person, on)| (PersonId(person), on)).collect();
            let events = timeline(PersonId(requester), &follows);
            let before = Case::replay(&events).unwrap();
            let mut moved: Vec<Event> = events.iter().map(|event| event.with_instead(FROM, TO)).collect();
            let after = Case::replay(&moved).unwrap();
            if let Some(what) = after.still_followed(&before, FROM, TO) {
                let number = after.events + 1;
                moved.push(Event { number, by: By::Desk, what, ..moved[0].clone() });
            }
            let after = Case::replay(&moved).unwrap();
            prop_assert_eq!(after.belongs_to(TO), before.belongs_to(FROM) || before.belongs_to(TO));
            prop_assert!(!after.belongs_to(FROM));
            prop_assert_eq!(after.belongs_to(PersonId(3)), before.belongs_to(PersonId(3)));
            prop_assert!(moved.iter().all(|event| event.with_instead(FROM, TO) == *event));
        }
    }
}
