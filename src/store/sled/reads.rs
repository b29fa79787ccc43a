//! Reading from sled what is durable: its tree, with the notes of what is being replaced laid over it.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::ops::Bound;

use sled::IVec;

use super::super::Entry;
use super::super::error::StoreError;
use super::super::key::{Direction, Key, KeyRange};
use super::disk::{CLOCK, Disk, decode};
use super::views::Before;

/// The first `limit` entries of a range.
pub fn scan(
    disk: &Disk,
    notes: &BTreeMap<Key, Before>,
    range: &KeyRange,
    limit: usize,
    direction: Direction,
) -> Result<Vec<Entry>, StoreError> {
    if range.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let bounds = (bytes_of(&range.from), bytes_of(&range.to));
    let tree = disk.db().range::<&[u8], _>(bounds);
    let replaced = notes.range((range.from.as_ref(), range.to.as_ref()));
    let replaced = replaced.map(|(key, before)| (key.as_bytes(), before.as_deref()));
    let merged: Box<dyn Iterator<Item = sled::Result<(IVec, IVec)>>> = match direction {
        Direction::Forward => {
            Box::new(Merged { tree: tree.peekable(), noted: replaced.peekable(), direction })
        }
        Direction::Backward => {
            Box::new(Merged { tree: tree.rev().peekable(), noted: replaced.rev().peekable(), direction })
        }
    };
    let mut out = Vec::new();
    for found in merged {
        let (key, bytes) = found.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        if key == CLOCK {
            continue;
        }
        let key = Key::from_bytes(&key)
            .ok_or_else(|| StoreError::Damaged(format!("{:?} is no key", String::from_utf8_lossy(&key))))?;
        let state = decode(&key, &bytes)?;
        out.push(Entry { key, version: state.version, value: state.value });
        if out.len() == limit {
            break;
        }
    }
    Ok(out)
}

fn bytes_of(bound: &Bound<Key>) -> Bound<&[u8]> {
    bound.as_ref().map(Key::as_bytes)
}

/// Two ordered sources as one; where both have a key, the note counts.
struct Merged<T: Iterator, N: Iterator> {
    tree: Peekable<T>,
    noted: Peekable<N>,
    direction: Direction,
}

impl<'n, T, N> Iterator for Merged<T, N>
where
    T: Iterator<Item = sled::Result<(IVec, IVec)>>,
    N: Iterator<Item = (&'n [u8], Option<&'n [u8]>)>,
{
    type Item = sled::Result<(IVec, IVec)>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let order = match (self.tree.peek(), self.noted.peek()) {
                (None, None) => return None,
                // A fault is told when it is met.
                (Some(_), None) | (Some(Err(_)), Some(_)) => return self.tree.next(),
                (Some(Ok((key, _))), Some((noted, _))) => match self.direction {
                    Direction::Forward => key.as_ref().cmp(noted),
                    Direction::Backward => noted.cmp(&key.as_ref()),
                },
                (None, Some(_)) => std::cmp::Ordering::Greater,
            };
            if order.is_lt() {
                return self.tree.next();
            }
            if order.is_eq() {
                self.tree.next();
            }
            let (key, before) = self.noted.next()?;
            if let Some(before) = before {
                return Some(Ok((key.into(), before.into())));
            }
        }
    }
}
