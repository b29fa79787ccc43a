//! Which channels stand still while it is found out what was missed in them, and from where they are read on.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, TimeDelta, Utc};

use crate::services::seen::Seen;

/// A login and the messages after it are handled at once: what was heard so shortly before the desk began to catch up may be of the
/// time after, and what was missed lies before it.
const AT_ONCE: TimeDelta = TimeDelta::seconds(10);

/// One time of catching up. The next one takes its place, finished or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Round(u64);

/// The channels that stand still.
#[derive(Debug, Default)]
pub struct Held {
    round: Round,
    what: Holding,
    /// From where the channels of the last round were read on.
    read_to: BTreeMap<u64, u64>,
}

#[derive(Debug, Default)]
enum Holding {
    /// Until it is known in which of them something may have been missed.
    #[default]
    All,
    /// Those that are still read on.
    Only(BTreeSet<u64>),
    /// For good: nobody listens any more.
    Closed,
}

/// What whoever works on a channel does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Waits.
    Wait,
    /// Works on.
    GoOn,
    /// Leaves what is there to the next connection, or to another desk.
    Leave,
}

impl Held {
    /// Holds all, and begins a round.
    pub fn begin(&mut self) -> Round {
        self.round = Round(self.round.0 + 1);
        if !matches!(self.what, Holding::Closed) {
            self.what = Holding::All;
        }
        self.round
    }

    /// Whether this round goes on.
    pub fn is_on(&self, round: Round) -> bool {
        self.round == round && !matches!(self.what, Holding::Closed)
    }

    /// The round that goes on.
    pub fn round(&self) -> Round {
        self.round
    }

    /// From now on holds these only, which are read on from there.
    pub fn only(&mut self, round: Round, channels: &[Seen]) {
        if self.is_on(round) {
            self.what = Holding::Only(channels.iter().map(|seen| seen.channel).collect());
            self.read_to = channels.iter().map(|seen| (seen.channel, seen.last)).collect();
        }
    }

    /// Up to where a channel was read before the last round.
    pub fn read_to(&self, channel: u64) -> Option<u64> {
        self.read_to.get(&channel).copied()
    }

    /// Lets one go.
    pub fn release(&mut self, round: Round, channel: u64) {
        if self.is_on(round)
            && let Holding::Only(channels) = &mut self.what
        {
            channels.remove(&channel);
        }
    }

    /// Nothing goes on any more.
    pub fn close(&mut self) {
        self.what = Holding::Closed;
    }

    /// What is next in a channel.
    pub fn next(&self, channel: u64) -> Next {
        match &self.what {
            Holding::All => Next::Wait,
            Holding::Only(channels) if channels.contains(&channel) => Next::Wait,
            Holding::Only(_) => Next::GoOn,
            Holding::Closed => Next::Leave,
        }
    }
}

/// How far channels were read before they were read lately.
#[derive(Debug, Default)]
pub struct Lately(VecDeque<(DateTime<Utc>, u64, u64)>);

impl Lately {
    /// A channel that was read up to `before` was just read further.
    pub fn note(&mut self, channel: u64, before: u64, now: DateTime<Utc>) {
        self.forget(now);
        self.0.push_back((now, channel, before));
    }

    /// From where channels are read on: from before what was handled while the desk logged in. What was handled is not handled again.
    pub fn back(&mut self, channels: &mut [Seen], now: DateTime<Utc>) {
        self.forget(now);
        let mut first: BTreeMap<u64, u64> = BTreeMap::new();
        for (_, channel, before) in &self.0 {
            let own = first.entry(*channel).or_insert(*before);
            *own = (*own).min(*before);
        }
        for seen in channels {
            seen.last = first.get(&seen.channel).map_or(seen.last, |before| seen.last.min(*before));
        }
    }

    fn forget(&mut self, now: DateTime<Utc>) {
        while self.0.front().is_some_and(|(at, ..)| now - *at > AT_ONCE) {
            self.0.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn channels<const N: usize>(ids: [u64; N]) -> [Seen; N] {
        ids.map(|channel| Seen { channel, server: None, last: 10 * channel })
    }

    #[test]
    fn each_channel_goes_on_as_soon_as_it_was_read() {
        let mut held = Held::default();
        assert_eq!(held.next(1), Next::Wait, "nothing goes on before the first round");
        let round = held.begin();
        assert_eq!(held.next(1), Next::Wait);
        held.only(round, &channels([1, 2]));
        assert_eq!([1, 2, 3].map(|channel| held.next(channel)), [Next::Wait, Next::Wait, Next::GoOn]);
        assert_eq!([2, 3].map(|channel| held.read_to(channel)), [Some(20), None]);
        held.release(round, 2);
        assert_eq!([1, 2].map(|channel| held.next(channel)), [Next::Wait, Next::GoOn]);
    }

    #[test]
    fn a_round_that_was_overtaken_lets_nothing_go() {
        let mut held = Held::default();
        let first = held.begin();
        held.only(first, &channels([1]));
        let second = held.begin();
        assert!(!held.is_on(first) && held.is_on(second));
        held.only(first, &[]);
        held.release(first, 1);
        assert_eq!(held.next(1), Next::Wait);
        held.only(second, &channels([1]));
        held.release(first, 1);
        assert_eq!(held.next(1), Next::Wait);
        held.release(second, 1);
        assert_eq!(held.next(1), Next::GoOn);
        held.close();
        let third = held.begin();
        held.only(third, &[]);
        assert_eq!(held.next(1), Next::Leave);
    }

    #[test]
    fn what_was_missed_before_a_message_that_came_with_the_login_is_read() {
        let now = DateTime::UNIX_EPOCH;
        let seen = |channel, last| Seen { channel, server: None, last };
        let back = |lately: &mut Lately, now| {
            let mut channels = [seen(1, 12), seen(2, 30)];
            lately.back(&mut channels, now);
            channels.map(|seen| seen.last)
        };
        let mut lately = Lately::default();
        assert_eq!(back(&mut lately, now), [12, 30]);
        lately.note(2, 20, now - TimeDelta::seconds(11));
        lately.note(1, 10, now);
        lately.note(1, 11, now);
        lately.note(3, 1, now);
        assert_eq!(back(&mut lately, now), [10, 30]);
        assert_eq!(back(&mut lately, now + TimeDelta::seconds(11)), [12, 30]);
    }
}
