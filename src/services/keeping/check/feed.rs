//! The change feed without gaps, and counters that are not behind what they gave out: all within the snapshot.

use std::collections::BTreeMap;

use crate::store::{COUNTERS, Entry, Key, Kind, Shape, feed};

use super::{Checked, Finding};

/// The counter of the feed has its table's name.
const FEED: &str = feed::TABLE;

/// What was seen so far. Counters come before what they count only by chance, so both are noted.
#[derive(Default)]
pub struct Feed {
    counters: BTreeMap<String, u64>,
    /// The highest number that was seen of each counter, and where.
    highest: BTreeMap<&'static str, (u64, Key)>,
    last: Option<u64>,
    followers: Vec<(String, u64)>,
}

impl Feed {
    /// Takes note of an entry.
    pub fn take(&mut self, entry: &Entry, tables: &[Shape], checked: &mut Checked) {
        let table = entry.key.table();
        let senseless = |why: &str| Finding::Senseless { entry: entry.key.clone(), why: why.to_owned() };
        if table == COUNTERS {
            match (entry.key.parts().next(), entry.value.number()) {
                (Some(name), Some(number)) => {
                    self.counters.insert(name, number);
                }
                _ => checked.find(senseless("a counter is a number")),
            }
        } else if table == FEED {
            match entry.key.last_number().filter(|number| feed::key(*number) == entry.key) {
                Some(number) => self.told(number, checked),
                None => checked.find(senseless("its key is none of the change feed")),
            }
        } else if let Some(follower) = feed::read_by(entry) {
            self.followers.push(follower);
        }
        let counted = tables.iter().find(|shape| shape.kind(&entry.key) == Some(Kind::Record));
        if let Some(counter) = counted.and_then(Shape::counter)
            && let Some(number) = entry.key.last_number()
        {
            let highest = self.highest.entry(counter).or_insert_with(|| (number, entry.key.clone()));
            if number > highest.0 {
                *highest = (number, entry.key.clone());
            }
        }
    }

    /// Entries come in the order of their numbers; the oldest may have been trimmed.
    fn told(&mut self, number: u64, checked: &mut Checked) {
        if let Some(before) = self.last.replace(number)
            && number != before + 1
        {
            checked.find(Finding::FeedGap { before, after: number });
        }
    }

    /// Holds against each other what was noted.
    pub fn end(self, checked: &mut Checked) {
        let stands = |name: &str| self.counters.get(name).copied().unwrap_or(0);
        let counter = stands(FEED);
        if let Some(last) = self.last
            && last != counter
        {
            checked.find(Finding::FeedEnd { last, counter });
        }
        for (follower, read) in self.followers {
            if read > counter {
                checked.find(Finding::FollowerAhead { follower, read, counter });
            }
        }
        for (counter, (number, record)) in self.highest {
            let stands = stands(counter);
            if number > stands {
                checked.find(Finding::CounterBehind { counter: counter.to_owned(), stands, record });
            }
        }
    }
}
