//! Finds the words of a question in a stream, at about a nanosecond a word.

use super::query::Query;
use super::stream;

/// Slots; more than twice the most terms that are looked up.
const SLOTS: usize = 1024;

/// Bits of the first look.
const FILTER: usize = 8192;

/// Which term a token is, and which pair two concepts are.
pub struct Lookup {
    /// Stem number + 1 and term, open addressing.
    slots: Vec<(u32, u16)>,
    /// One bit for the low bits of every stem that was asked for: nearly all words are passed over by one look.
    asked: [u64; FILTER / 64],
    /// Pair + 1 by first concept × concepts + second.
    pairs: Vec<u16>,
    concepts: usize,
}

impl Lookup {
    /// The tables of a question.
    #[must_use]
    pub fn new(query: &Query) -> Self {
        let concepts = query.concepts.len();
        let mut pairs = vec![0; concepts * concepts];
        for (at, (a, b)) in query.pairs.iter().enumerate() {
            if let Some(slot) = pairs.get_mut(a * concepts + b) {
                *slot = at as u16 + 1;
            }
        }
        let mut lookup = Self { slots: vec![(0, 0); SLOTS], asked: [0; FILTER / 64], pairs, concepts };
        for (at, term) in query.terms.iter().enumerate().take(SLOTS / 2) {
            let bit = term.number as usize % FILTER;
            if let Some(word) = lookup.asked.get_mut(bit / 64) {
                *word |= 1 << (bit % 64);
            }
            let slot = lookup.slot(term.number);
            if let Some(entry) = lookup.slots.get_mut(slot).filter(|(key, _)| *key == 0) {
                *entry = (term.number + 1, at as u16);
            }
        }
        lookup
    }

    /// The slot of a stem: its own, or the empty one where it would be.
    fn slot(&self, number: u32) -> usize {
        let mut at = number as usize % SLOTS;
        while self.slots.get(at).is_some_and(|(key, _)| *key != 0 && *key != number + 1) {
            at = (at + 1) % SLOTS;
        }
        at
    }

    /// The term of a token, if it was asked for.
    #[must_use]
    pub fn term(&self, token: u32) -> Option<usize> {
        let number = stream::stem_of(token);
        let bit = number as usize % FILTER;
        if self.asked.get(bit / 64)? & (1 << (bit % 64)) == 0 {
            return None;
        }
        let (key, term) = self.slots.get(self.slot(number))?;
        (*key != 0).then_some(usize::from(*term))
    }

    /// The pair that two concepts make in this order, if they stood side by side in the question.
    #[must_use]
    pub fn pair(&self, first: usize, second: usize) -> Option<usize> {
        usize::from(*self.pairs.get(first * self.concepts + second)?).checked_sub(1)
    }
}
