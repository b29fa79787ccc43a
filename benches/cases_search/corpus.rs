//! Cases as a desk has them, the same each time: as long, as often changed, and with words as common and rare as in real ones.

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::domain::case::{
    By, Case, CaseNumber, Closing, Event, Opening, Priority, QueueId, Status, Subject, Tag, Text, Tried,
    What, Written,
};
use guidepost::domain::{Actor, Change, Person, PersonId, Place, Platform, Privacy, StaffRole};
use guidepost::services::cases::table::{CASES, EVENTS};
use guidepost::store::{Batch, Store};

/// Words that are asked for, in every desk among the most common.
const COMMON: &[&str] = &[
    "the",
    "to",
    "and",
    "is",
    "a",
    "in",
    "of",
    "i",
    "it",
    "not",
    "error",
    "when",
    "on",
    "we",
    "after",
    "for",
    "user",
    "sign",
    "with",
    "printer",
    "page",
    "update",
    "blank",
    "license",
    "server",
    "password",
    "session",
    "desktop",
    "network",
    "gateway",
    "authentication",
    "certificate",
    "invoice",
    "connection",
    "install",
];
/// Other words.
const RARE: u64 = 40_000;
/// Customers; the first has many cases.
const PEOPLE: u64 = 10_000;
/// Agents come after them.
const AGENTS: u64 = 40;

/// When the bench takes place.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_144_000, 0).unwrap()
}

/// A sequence of numbers that look random.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }

    fn word(&mut self) -> String {
        // Half of what people write are common words, the sooner in the list the commoner.
        if self.roll(2) == 0 {
            let at = self.roll(COMMON.len() as u64).min(self.roll(COMMON.len() as u64));
            return COMMON[at as usize].to_owned();
        }
        if self.roll(60) == 0 {
            return format!("0x8000{:04}", self.roll(10_000));
        }
        let mut at = self.roll(RARE).min(self.roll(RARE)).min(self.roll(RARE)) + 50;
        let mut word = String::new();
        while at > 0 {
            word.push(char::from(b"bcdfglmnprstv"[(at % 13) as usize]));
            word.push(char::from(b"aeiou"[(at / 13 % 5) as usize]));
            at /= 65;
        }
        word
    }

    fn text(&mut self, least: u64, most: u64) -> Text {
        let count = least + self.roll(most - least);
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        Text::parse(&words.join(" ")).unwrap()
    }
}

/// Fills a store; answers a customer with 200 cases, and an agent.
pub async fn fill(store: &Store, cases: u64) -> (Actor, Actor) {
    let mut dice = Dice(7);
    let mut batch = Batch::new();
    let mut written = 0;
    for number in 1..=cases {
        let events = timeline(CaseNumber(number), number % (cases / 200).max(1) == 0, cases, &mut dice);
        let case = Case::replay(&events).unwrap();
        CASES.insert(&mut batch, &case);
        for event in &events {
            EVENTS.insert(&mut batch, event);
        }
        batch.tell(&Change::Case(case.number));
        written += events.len() + 8;
        if written > 600 {
            store.commit(std::mem::take(&mut batch)).await.unwrap();
            written = 0;
        }
    }
    store.commit(batch).await.unwrap();
    let customer = Person::new(PersonId(1), now());
    let agent = Person { staff: Some(StaffRole::Agent), ..Person::new(PersonId(PEOPLE + 1), now()) };
    (Actor::of(&customer), Actor::of(&agent))
}

fn timeline(case: CaseNumber, is_firsts: bool, of: u64, dice: &mut Dice) -> Vec<Event> {
    let requester = PersonId(if is_firsts { 1 } else { 2 + dice.roll(PEOPLE - 2) });
    let agent = PersonId(PEOPLE + 1 + dice.roll(AGENTS));
    // Two years of cases.
    let opened = now() - TimeDelta::seconds(((of - case.0) * 63_000_000 / of).cast_signed());
    let queue = ["technical-support", "customer-service"][dice.roll(2) as usize];
    let opening = Opening {
        requester,
        subject: Subject::of(&dice.text(4, 10)),
        description: Some(dice.text(30, 120)),
        product: None,
        queue: QueueId::parse(queue).unwrap(),
        priority: Priority::ALL[dice.roll(4) as usize],
        place: Place {
            platform: Platform::Console,
            conversation: "bench".to_owned(),
            privacy: Privacy::Private,
        },
        tried: Tried::default(),
        files: Vec::new(),
        links: Vec::new(),
    };
    let mut what = vec![(By::Requester(requester), What::Opened(Box::new(opening)))];
    let words = |dice: &mut Dice| Written::new(Some(dice.text(10, 80)));
    if dice.roll(10) > 0 {
        what.push((By::Staff(agent), What::Assigned(Some(agent))));
        for _ in 0..dice.roll(4) {
            what.push((By::Staff(agent), What::Message(words(dice))));
            what.push((By::Requester(requester), What::Message(words(dice))));
        }
        if dice.roll(3) == 0 {
            what.push((By::Staff(agent), What::Note(words(dice))));
        }
        if dice.roll(20) == 0 {
            what.push((By::Staff(agent), What::Tagged(Tag::parse("billing").unwrap())));
        }
        let closed = Status::Closed { at: opened, how: Closing::Silence, reopens_until: opened };
        let status = if dice.roll(20) == 0 { Status::Open } else { closed };
        what.push((By::Staff(agent), What::Became(status)));
    }
    let event = |(number, (by, what))| Event {
        case,
        number,
        at: opened + TimeDelta::minutes(i64::from(number)),
        by,
        what,
    };
    (1..).zip(what).map(event).collect()
}
