//! A case for tests, and what an older version wrote of one.

#![allow(clippy::wildcard_enum_match_arm, reason = "a test names what it is about")]

mod laws;
mod table;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::{PersonId, Place, Platform, Privacy};

use super::*;

const ANN: PersonId = PersonId(1);
const FOLLOWER: PersonId = PersonId(2);
const AGENT: PersonId = PersonId(8);
const OTHER: PersonId = PersonId(9);

const POLICY: Policy = Policy {
    remind_after: TimeDelta::hours(72),
    close_after: TimeDelta::hours(168),
    warn_before: TimeDelta::hours(48),
    settle_after: TimeDelta::hours(72),
    reopen_within: TimeDelta::hours(336),
};

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_338_142, 0).unwrap()
}

fn hours(hours: i64) -> TimeDelta {
    TimeDelta::hours(hours)
}

fn queue(name: &str) -> QueueId {
    QueueId::parse(name).unwrap()
}

fn tag(name: &str) -> Tag {
    Tag::parse(name).unwrap()
}

fn words(text: &str) -> Written {
    Written::new(Some(Text::parse(text).unwrap()))
}

fn nothing() -> Written {
    Written::new(None)
}

fn correction(text: Option<&str>, internal: bool) -> Correction {
    Correction { event: 1, text: text.map(|text| Text::parse(text).unwrap()), internal, source: None }
}

fn rating(score: u8) -> Rating {
    Rating { score: Score::new(score).unwrap(), comment: None }
}

fn opened() -> Event {
    let opening = Opening {
        requester: ANN,
        subject: Subject::parse("The console shows 0x80").unwrap(),
        description: None,
        product: None,
        queue: queue("technical-support"),
        priority: Priority::Normal,
        place: Place {
            platform: Platform::Console,
            conversation: "ann".to_owned(),
            privacy: Privacy::Private,
        },
        tried: Tried::default(),
        files: Vec::new(),
        links: Vec::new(),
    };
    let (by, what) = (By::Requester(ANN), What::Opened(Box::new(opening)));
    Event { case: CaseNumber(42), number: 1, at: start(), by, what }
}

/// A case with its timeline.
#[derive(Debug, Clone)]
struct Told {
    case: Case,
    events: Vec<Event>,
}

impl Told {
    fn new() -> Self {
        let event = opened();
        Self { case: Case::begin(&event).unwrap(), events: vec![event] }
    }

    /// Does something as the service does it: the events are numbered and added up.
    fn act(
        &mut self,
        verb: &Verb,
        by: By,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Result<Vec<What>, Refused> {
        let what = self.case.decide(verb, by, policy, now)?;
        for what in &what {
            let number = self.case.events + 1;
            let event = Event { case: self.case.number, number, at: now, by, what: what.clone() };
            self.case = self.case.clone().after(&event);
            self.events.push(event);
        }
        Ok(what)
    }

    fn then(mut self, verb: &Verb, by: By) -> Self {
        self.act(verb, by, &POLICY, start()).unwrap();
        self
    }
}

#[test]
fn what_an_older_version_wrote_is_read() {
    let case = r#"{"number": 7, "subject": "old", "priority": "normal", "requester": 3, "queue": "technical-support",
        "status": "new", "place": {"platform": "console", "conversation": "c", "privacy": "private"},
        "opened_at": "2026-11-22T09:00:00Z", "updated_at": "2026-11-22T09:00:00Z", "events": 1}"#;
    let case: Case = serde_json::from_str(case).unwrap();
    assert!(case.tags.is_empty() && case.assignee.is_none() && case.rating.is_none() && case.files == 0);
    let opening = r#"{"case": 7, "number": 1, "at": "2026-11-22T09:00:00Z", "by": {"requester": 3}, "what": {"opened":
        {"requester": 3, "subject": "old", "queue": "technical-support", "priority": "normal",
        "place": {"platform": "console", "conversation": "c", "privacy": "private"}}}}"#;
    let opening: Event = serde_json::from_str(opening).unwrap();
    assert_eq!(Case::begin(&opening).unwrap().requester, PersonId(3));
    for what in [
        r#"{"message": {}}"#,
        r#"{"corrected": {"event": 2}}"#,
        r#"{"became": {"waiting-on-third-party": {"since": "2026-11-22T09:00:00Z"}}}"#,
        r#"{"rated": {"score": 5}}"#,
        r#""reminded""#,
        r#"{"became": {"closed": {"at": "2026-11-22T09:00:00Z", "how": {"staff": {}}, "reopens_until": "2026-11-22T09:00:00Z"}}}"#,
    ] {
        serde_json::from_str::<What>(what).unwrap();
    }
}
