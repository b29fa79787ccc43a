//! How often something may be done: by one person, about one address, from one place. The counts are in the store, in the batch of what
//! they count, so they hold against any race, on every machine and after a restart.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Digest, MailAddress, PersonId, Place};
use crate::store::{Batch, CommitError, Direction, Index, Key, KeyRange, Store, StoreError, Table};

use super::agenda::fault;

/// How often a count is tried that others come in between of.
const TRIES: u32 = 64;

/// How often something may be done by, or to, the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// What, in a word: the counts are kept under it.
    pub what: &'static str,
    /// How often within the time; at most 100.
    pub most: usize,
    /// The time.
    pub within: TimeDelta,
}

/// Too often; nothing was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is possible again at {at}")]
pub struct TooOften {
    /// When it is possible again.
    pub at: DateTime<Utc>,
}

/// Who is counted. Where it would say who somebody is, it is a fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    who: String,
    /// From where, where that is counted apart.
    from: Option<String>,
}

impl Counted {
    /// A person.
    #[must_use]
    pub fn person(person: PersonId) -> Self {
        Self::new(person.to_string())
    }

    /// An address that is written to, or somebody's name for signing in, whether or not anybody has it.
    #[must_use]
    pub fn address(address: &MailAddress) -> Self {
        Self::name(address.as_str())
    }

    /// What somebody called themselves.
    #[must_use]
    pub fn name(name: &str) -> Self {
        Self::new(Digest::of(&name.to_lowercase()).as_str().to_owned())
    }

    /// A conversation.
    #[must_use]
    pub fn place(place: &Place) -> Self {
        Self::new(Digest::of(&format!("{:?} {}", place.platform, place.conversation)).as_str().to_owned())
    }

    /// A network address, as its door names it.
    #[must_use]
    pub fn network(network: &str) -> Self {
        Self::new(Digest::of(&format!("network {network}")).as_str().to_owned())
    }

    /// The same, but only from this network address. It is kept below who is counted, so it is found, and goes, with them.
    #[must_use]
    pub fn only_from(self, network: &str) -> Self {
        Self { from: Some(Self::network(network).who), ..self }
    }

    fn new(who: String) -> Self {
        Self { who, from: None }
    }

    /// Under which name something is counted.
    fn what(&self, limit: Limit) -> String {
        self.from.as_ref().map_or_else(|| limit.what.to_owned(), |from| format!("{} {from}", limit.what))
    }
}

/// When something was done by somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// When, the oldest first.
    pub at: Vec<DateTime<Utc>>,
    /// When none of it counts any more.
    pub until: DateTime<Utc>,
}

impl Count {
    /// The same of another person.
    #[must_use]
    pub fn of_person(self, person: PersonId) -> Self {
        Self { who: Counted::person(person).who, ..self }
    }
}

/// All counts.
pub const COUNTS: Table<Count> =
    Table::new("count", |count| Key::of(&count.who).text(&count.what), &[COUNTS_UNTIL]);

/// The same by when they can be forgotten.
pub const COUNTS_UNTIL: Index<Count> = Index {
    name: "until",
    unique: false,
    keys: |count| vec![Key::of(&count.until.to_rfc3339_opts(SecondsFormat::Micros, true))],
};

/// The keys under which the counts of these are.
#[must_use]
pub fn key_of(who: &Counted) -> Key {
    Key::of(&who.who)
}

/// Counts one more under each of these, within the batch of what is counted; none of them where one is too often.
pub async fn count(
    store: &Store,
    batch: &mut Batch,
    counted: &[(Limit, Counted)],
    now: DateTime<Utc>,
) -> Result<Result<(), TooOften>, StoreError> {
    let mut counts = Vec::new();
    let mut too_often: Option<TooOften> = None;
    for (limit, who) in counted {
        let what = who.what(*limit);
        let row = COUNTS.get(store, &key_of(who).text(&what)).await?;
        let before = row.as_ref().map(|row| row.record.at.as_slice()).unwrap_or_default();
        match one_more(*limit, before, now) {
            Ok(at) => {
                let until = at.last().copied().unwrap_or(now) + limit.within;
                counts.push((row, Count { who: who.who.clone(), what, at, until }));
            }
            // The last of them is when all of them allow it.
            Err(this) => too_often = too_often.filter(|other| other.at >= this.at).or(Some(this)),
        }
    }
    if let Some(too_often) = too_often {
        return Ok(Err(too_often));
    }
    for (row, count) in counts {
        match row {
            Some(row) => COUNTS.update(batch, &row, &count),
            None => COUNTS.insert(batch, &count),
        }
    }
    Ok(Ok(()))
}

/// Takes one back that was counted at this time under each of these, within a batch: for what has to be counted before it is known
/// whether it counts. Others that were counted stay.
pub async fn take_back(
    store: &Store,
    batch: &mut Batch,
    counted: &[(Limit, Counted)],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for (limit, who) in counted {
        let Some(row) = COUNTS.get(store, &key_of(who).text(&who.what(*limit))).await? else { continue };
        let mut count = row.record.clone();
        if let Some(place) = count.at.iter().rposition(|counted| *counted == at) {
            count.at.remove(place);
        }
        match count.at.last() {
            Some(last) => {
                count.until = *last + limit.within;
                COUNTS.update(batch, &row, &count);
            }
            None => COUNTS.delete(batch, &row),
        }
    }
    Ok(())
}

/// Counts one more under each of these, where nothing else is changed with it.
pub async fn spend(
    store: &Store,
    counted: &[(Limit, Counted)],
    now: DateTime<Utc>,
) -> Result<Result<(), TooOften>, StoreError> {
    for _ in 0..TRIES {
        let mut batch = Batch::new();
        if let Err(too_often) = count(store, &mut batch, counted, now).await? {
            return Ok(Err(too_often));
        }
        match store.commit(batch).await {
            Ok(_) => return Ok(Ok(())),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    Err(StoreError::Unavailable("others keep counting the same".to_owned()))
}

/// The times that count, with one more.
fn one_more(
    limit: Limit,
    before: &[DateTime<Utc>],
    now: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, TooOften> {
    let counts = before.iter().copied().filter(|at| now - *at < limit.within);
    let mut at: Vec<DateTime<Utc>> = counts.collect();
    let over = at.len().saturating_sub(limit.most.saturating_sub(1));
    if over > 0 {
        // It is possible again when so few of them count that one more fits.
        let last = at.get(over - 1).copied().unwrap_or(now);
        return Err(TooOften { at: last + limit.within });
    }
    at.push(now);
    Ok(at)
}

/// Forgets counts that no longer matter, `limit` at most; answers how many.
pub async fn forget(store: &Store, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
    let index = COUNTS.index_key(&COUNTS_UNTIL);
    let until = now.to_rfc3339_opts(SecondsFormat::Micros, true);
    let range = KeyRange::under(&index).before(&index.clone().join(&Key::of(&until)));
    let old = COUNTS.list_in(store, &range, limit, Direction::Forward).await?;
    let mut batch = Batch::new();
    for row in &old {
        COUNTS.delete(&mut batch, row);
    }
    match store.commit(batch).await {
        Ok(_) => Ok(old.len()),
        // It was done once more meanwhile.
        Err(CommitError::Conflict(_)) => Ok(0),
        Err(error) => Err(fault(error)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIMIT: Limit = Limit { what: "test", most: 3, within: TimeDelta::hours(24) };

    fn hour(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hour)
    }

    #[test]
    fn it_is_possible_again_when_the_oldest_no_longer_counts() {
        let one = one_more(LIMIT, &[], hour(0)).unwrap();
        let two = one_more(LIMIT, &one, hour(1)).unwrap();
        let three = one_more(LIMIT, &two, hour(2)).unwrap();
        assert_eq!(one_more(LIMIT, &three, hour(3)), Err(TooOften { at: hour(24) }));
        assert_eq!(one_more(LIMIT, &three, hour(24)), Ok(vec![hour(1), hour(2), hour(24)]));
    }

    proptest! {
        /// Whatever somebody tries, within any span of the limit's time it is done so often at most, and when it is said to be possible, it is.
        #[test]
        fn no_span_holds_more_than_the_most(steps in prop::collection::vec(0_i64..40, 1..60)) {
            let (mut now, mut kept, mut all) = (0, Vec::new(), Vec::new());
            for step in steps {
                now += step;
                match one_more(LIMIT, &kept, hour(now)) {
                    Ok(at) => {
                        kept = at;
                        all.push(hour(now));
                    }
                    Err(TooOften { at }) => {
                        prop_assert!(at > hour(now));
                        prop_assert!(one_more(LIMIT, &kept, at).is_ok());
                        prop_assert!(one_more(LIMIT, &kept, at - TimeDelta::seconds(1)).is_err());
                    }
                }
            }
            for first in &all {
                let within = all.iter().filter(|at| *at >= first && **at - *first < LIMIT.within).count();
                prop_assert!(within <= LIMIT.most);
            }
        }
    }
}
