//! Makes a transcript of a case: here, and nowhere after, is decided what a customer sees.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::domain::case::{By, Case, Event, Tried, What};
use crate::replies::Locale;
use crate::replies::case_events::{Names, Told, author, told};

use super::date_and_time;
use super::model::{
    Asked, Audience, Author, Entry, Facts, File, Internal, Kind, SCHEMA, Stopped, Transcript, TriedBefore,
};

/// What a transcript is made of.
#[derive(Clone, Copy)]
pub struct Copied<'a> {
    /// The name of the desk.
    pub desk: &'a str,
    /// The case.
    pub case: &'a Case,
    /// Its timeline from the beginning; what the reader may not see is left out here.
    pub events: &'a [Event],
    /// What people are called.
    pub names: Names<'a>,
    /// For whom it is.
    pub copy: Audience,
    /// When it is made.
    pub made_at: DateTime<Utc>,
}

/// The transcript of a case. Times within its sentences are in this zone.
#[must_use]
pub fn transcript(locale: Locale, copied: Copied<'_>, zone: Tz) -> Transcript {
    let Copied { desk, case, events, names, copy, made_at } = copied;
    let may_see = |event: &&Event| match copy {
        Audience::Customer => !event.what.is_internal(),
        Audience::Staff => true,
    };
    let events: Vec<Event> = events.iter().filter(may_see).cloned().collect();
    let times = |at| date_and_time(locale, at, zone);
    let tried = match events.first() {
        Some(Event { what: What::Opened(opening), .. }) => tried(&opening.tried),
        Some(_) | None => TriedBefore::default(),
    };
    Transcript {
        schema: SCHEMA,
        copy,
        desk: desk.to_owned(),
        made_at,
        case: Facts {
            number: case.number.to_string(),
            subject: case.subject.as_str().to_owned(),
            product: case.product.as_ref().map(ToString::to_string),
            priority: case.priority,
            status: case.standing(),
            requester: author(locale, By::Requester(case.requester), names),
            assignee: case.assignee.map(|person| author(locale, By::Staff(person), names)),
            opened_at: case.opened_at,
            // When something internal happened is internal, too.
            updated_at: events.last().map_or(case.opened_at, |event| event.at),
            score: case.rating.as_ref().map(|rating| rating.score.number()),
        },
        internal: match copy {
            Audience::Customer => None,
            Audience::Staff => Some(internal(locale, case, names)),
        },
        tried,
        events: told(locale, &events, names, &times).iter().map(|told| entry(locale, told, names)).collect(),
    }
}

fn internal(locale: Locale, case: &Case, names: Names<'_>) -> Internal {
    Internal {
        queue: case.queue.to_string(),
        tags: case.tags.iter().map(ToString::to_string).collect(),
        followers: case
            .followers
            .iter()
            .map(|person| author(locale, By::Requester(*person), names))
            .collect(),
        links: case.links.iter().map(ToString::to_string).collect(),
    }
}

fn tried(tried: &Tried) -> TriedBefore {
    let ids = |ids: &[crate::domain::ArticleId]| ids.iter().map(ToString::to_string).collect();
    TriedBefore {
        questions: tried
            .questions
            .iter()
            .map(|asked| Asked {
                question: asked.text.clone(),
                at: asked.at,
                shown: ids(&asked.shown),
                did_not_help: ids(&asked.did_not_help),
            })
            .collect(),
        guides: tried
            .guides
            .iter()
            .map(|guide| Stopped { article: guide.article.to_string(), step: guide.step, of: guide.of })
            .collect(),
    }
}

fn entry(locale: Locale, Told { event, sentence }: &Told<'_>, names: Names<'_>) -> Entry {
    let mut entry = Entry {
        at: event.at,
        by: match event.by {
            By::Requester(_) => Author::Customer,
            By::Staff(_) => Author::Staff,
            By::Desk => Author::Desk,
        },
        name: author(locale, event.by, names),
        kind: Kind::Opened,
        internal: event.what.is_internal(),
        sentence: sentence.clone(),
        text: None,
        files: Vec::new(),
        status: None,
        priority: None,
        score: None,
    };
    entry.files.extend(event.what.files().iter().map(|file| File {
        name: file.name.clone(),
        size: file.size,
        media: file.media.clone(),
    }));
    let text = |text: &Option<crate::domain::case::Text>| text.as_ref().map(|text| text.as_str().to_owned());
    entry.kind = match &event.what {
        What::Opened(opening) => {
            entry.text = text(&opening.description);
            Kind::Opened
        }
        What::Message(written) => {
            entry.text = text(&written.text);
            Kind::Message
        }
        What::Note(written) => {
            entry.text = text(&written.text);
            Kind::Note
        }
        What::Corrected(correction) => {
            entry.text = text(&correction.text);
            Kind::Corrected
        }
        What::Became(status) => {
            entry.status = Some(status.standing());
            Kind::Status
        }
        What::Assigned(_) => Kind::Assigned,
        What::Moved(_) => Kind::Moved,
        What::Prioritised(priority) => {
            entry.priority = Some(*priority);
            Kind::Prioritised
        }
        What::Renamed(_) => Kind::Renamed,
        What::Tagged(_) => Kind::Tagged,
        What::Untagged(_) => Kind::Untagged,
        What::Followed(_) => Kind::Followed,
        What::Unfollowed(_) => Kind::Unfollowed,
        What::Linked(_) => Kind::Linked,
        What::Unlinked(_) => Kind::Unlinked,
        What::Reminded => Kind::Reminded,
        What::Warned { .. } => Kind::Warned,
        What::Rated(rating) => {
            entry.score = Some(rating.score.number());
            entry.text.clone_from(&rating.comment);
            Kind::Rated
        }
    };
    entry
}
