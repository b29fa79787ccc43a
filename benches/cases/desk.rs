//! Cases without limits, people, and what is written in cases: made from a seed.

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::config;
use guidepost::domain::case::{Priority, Text, Tried};
use guidepost::domain::{Actor, Person, PersonId, Place, Platform, Privacy};
use guidepost::services::cases::{Cases, Draft, Rules};
use guidepost::store::Store;
use guidepost::store::files::{Files, Home};

/// The cases of a store. No files are put, so their folder is not made.
pub fn cases(store: &Store) -> Cases {
    let settings = config::load(&config::Options { file: None, set: Vec::new() }, []).unwrap().settings;
    let rules = Rules { most_active: u32::MAX, cooldown: TimeDelta::zero(), ..Rules::of(&settings.cases) };
    Cases::new(store.clone(), Files::new(store.clone(), Home::of(store, "no-files".into())), rules)
}

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_338_142, 0).unwrap()
}

pub fn actor(person: u64) -> Actor {
    Actor::of(&Person::new(PersonId(person), now()))
}

/// A case of about 600 bytes that differs from every other.
pub fn draft(seed: u64) -> Draft {
    Draft {
        subject: None,
        description: text(seed, 90),
        product: None,
        queue: None,
        priority: Priority::ALL[(seed % 4) as usize],
        place: Place {
            platform: Platform::Console,
            conversation: "bench".to_owned(),
            privacy: Privacy::Private,
        },
        tried: Tried::default(),
        files: Vec::new(),
        links: Vec::new(),
        on_behalf: None,
    }
}

/// So many words.
pub fn text(seed: u64, words: u64) -> Text {
    const WORDS: [&str; 16] = [
        "console", "error", "login", "after", "the", "update", "shows", "nothing", "since", "morning",
        "account", "contact", "licence", "restart", "slow", "again",
    ];
    let words = (0..words).map(|n| WORDS[(random(seed ^ (n << 32)) % 16) as usize]);
    let text = words.collect::<Vec<_>>().join(" ");
    Text::parse(&format!("{seed} {text}")).unwrap()
}

/// A number that follows from the seed and looks like none (splitmix64).
pub fn random(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
