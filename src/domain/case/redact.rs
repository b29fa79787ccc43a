//! Taking one person's words out of a case: what staff and others said stays, and so do numbers, dates and states.
//!
//! The timeline is rewritten event by event; the case is what the rewritten timeline adds up to.

use chrono::{DateTime, Utc};

use crate::domain::{PersonId, Place};

use super::{
    Attachment, By, Case, Closing, Correction, ERASED, Event, Opening, Rating, Status, Subject, Text, Tried,
    TriedQuestion, What, Written,
};

impl Event {
    /// The event without what this person wrote and the files that they added; as it is where there is nothing of the kind.
    #[must_use]
    pub fn without_words_of(&self, person: PersonId) -> Self {
        let is_theirs = self.by == By::Requester(person);
        let what = match &self.what {
            What::Opened(opening) if opening.requester == person => {
                What::Opened(Box::new(opening_without_words(opening)))
            }
            What::Message(_) if is_theirs => What::Message(written_without_words()),
            What::Note(_) if is_theirs => What::Note(written_without_words()),
            What::Corrected(correction) if is_theirs => What::Corrected(Correction {
                text: correction.text.as_ref().map(|_| Text::erased()),
                source: None,
                ..correction.clone()
            }),
            What::Renamed(_) if is_theirs => What::Renamed(Subject::erased()),
            What::Became(Status::Closed {
                at,
                how: Closing::Requester { reason: Some(_) },
                reopens_until,
            }) if is_theirs => {
                let how = Closing::Requester { reason: Some(ERASED.to_owned()) };
                What::Became(Status::Closed { at: *at, how, reopens_until: *reopens_until })
            }
            What::Rated(Rating { score, comment: Some(_) }) if is_theirs => {
                What::Rated(Rating { score: *score, comment: Some(ERASED.to_owned()) })
            }
            What::Opened(_)
            | What::Message(_)
            | What::Note(_)
            | What::Corrected(_)
            | What::Became(_)
            | What::Assigned(_)
            | What::Moved(_)
            | What::Prioritised(_)
            | What::Renamed(_)
            | What::Tagged(_)
            | What::Untagged(_)
            | What::Followed(_)
            | What::Unfollowed(_)
            | What::Linked(_)
            | What::Unlinked(_)
            | What::Reminded
            | What::Warned { .. }
            | What::Rated(_) => self.what.clone(),
        };
        Self { what, ..self.clone() }
    }

    /// The files of this event that the other one no longer has, each once.
    #[must_use]
    pub fn files_gone_in(&self, other: &Self) -> Vec<&Attachment> {
        let mut gone: Vec<&Attachment> = Vec::new();
        for file in self.what.files() {
            let is_kept =
                other.what.files().iter().chain(gone.iter().copied()).any(|one| one.file == file.file);
            if !is_kept {
                gone.push(file);
            }
        }
        gone
    }
}

fn opening_without_words(opening: &Opening) -> Opening {
    let question = |tried: &TriedQuestion| TriedQuestion { text: ERASED.to_owned(), ..tried.clone() };
    Opening {
        subject: Subject::erased(),
        description: opening.description.as_ref().map(|_| Text::erased()),
        // A channel or a session may name the person.
        place: Place { conversation: ERASED.to_owned(), ..opening.place.clone() },
        tried: Tried {
            questions: opening.tried.questions.iter().map(question).collect(),
            guides: opening.tried.guides.clone(),
        },
        files: Vec::new(),
        ..opening.clone()
    }
}

fn written_without_words() -> Written {
    Written::new(Some(Text::erased()))
}

impl Case {
    /// What the desk does to a case of which a person is erased: they no longer follow it, and where it is theirs and not over, it is
    /// closed, because there is nobody to answer.
    #[must_use]
    pub fn farewell(&self, person: PersonId, now: DateTime<Utc>) -> Vec<What> {
        let mut events = Vec::new();
        if self.followers.contains(&person) {
            events.push(What::Unfollowed(person));
        }
        if self.requester == person && self.status.is_active() {
            events.push(What::Became(Status::Closed { at: now, how: Closing::Erased, reopens_until: now }));
        }
        events
    }
}
