//! Ranges of keys as statements know them, and rows as the store knows them.

use std::collections::HashMap;
use std::ops::Bound;

use tokio_postgres::Row;
use tokio_postgres::types::{FromSql, Type};

use super::super::Entry;
use super::super::key::{Direction, Key, KeyRange};
use super::super::value::{Json, Version, Versioned};
use super::fault::Fault;

/// The states of keys.
pub const STATES: &str = "SELECT key, value, version FROM guidepost_record WHERE key = ANY($1)";

/// A scan with its first key, the key before which it ends, and the most rows.
pub fn scan_of(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => {
            "SELECT key, value, version FROM guidepost_record WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3"
        }
        Direction::Backward => {
            "SELECT key, value, version FROM guidepost_record WHERE key >= $1 AND key < $2 ORDER BY key DESC LIMIT $3"
        }
    }
}

/// A scan of an index, as above, and of each record that it leads to in the table whose keys begin with the fourth value. `OFFSET 0` keeps
/// the server from looking for them in any other way than one after the other by their keys.
pub fn follow_of(direction: Direction) -> &'static str {
    match direction {
        Direction::Forward => {
            "SELECT found.key, found.value, found.version FROM
            (SELECT key, value FROM guidepost_record WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3) AS leads
            CROSS JOIN LATERAL (SELECT key, value, version FROM guidepost_record
                WHERE key = convert_to($4::text || (leads.value #>> '{}'), 'UTF8') OFFSET 0) AS found
            ORDER BY leads.key"
        }
        Direction::Backward => {
            "SELECT found.key, found.value, found.version FROM
            (SELECT key, value FROM guidepost_record WHERE key >= $1 AND key < $2 ORDER BY key DESC LIMIT $3) AS leads
            CROSS JOIN LATERAL (SELECT key, value, version FROM guidepost_record
                WHERE key = convert_to($4::text || (leads.value #>> '{}'), 'UTF8') OFFSET 0) AS found
            ORDER BY leads.key DESC"
        }
    }
}

/// The first key of a range.
pub fn from(range: &KeyRange) -> Vec<u8> {
    match &range.from {
        Bound::Unbounded => Vec::new(),
        Bound::Included(key) => key.as_bytes().to_vec(),
        Bound::Excluded(key) => next(key),
    }
}

/// The first key after a range.
pub fn to(range: &KeyRange) -> Vec<u8> {
    match &range.to {
        // No UTF-8 text has this byte.
        Bound::Unbounded => vec![u8::MAX],
        Bound::Included(key) => next(key),
        Bound::Excluded(key) => key.as_bytes().to_vec(),
    }
}

/// The next of all possible keys.
fn next(key: &Key) -> Vec<u8> {
    let mut bytes = key.as_bytes().to_vec();
    bytes.push(0);
    bytes
}

/// A limit as the server takes it.
pub fn most(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// A row of key, value, version.
pub fn entry(row: &Row) -> Result<Entry, Fault> {
    let bytes: &[u8] = column(row, 0)?;
    let key = Key::from_bytes(bytes)
        .ok_or_else(|| Fault::damaged(format!("{:?} is no key", String::from_utf8_lossy(bytes))))?;
    let Versioned { version, value } = state(row, 1)?;
    Ok(Entry { key, version, value })
}

/// The text of a `jsonb`.
struct Text<'a>(&'a str);

impl<'a> FromSql<'a> for Text<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        // The number of the format, which has been 1 ever since, then the text.
        match raw.split_first() {
            Some((1, text)) => Ok(Self(std::str::from_utf8(text)?)),
            Some(_) | None => Err("the server sends its JSON in an unknown way".into()),
        }
    }

    fn accepts(of: &Type) -> bool {
        *of == Type::JSONB
    }
}

/// Rows of key, value, version by their keys.
pub fn states(rows: &[Row]) -> Result<HashMap<Key, Versioned>, Fault> {
    let states = rows.iter().map(|row| {
        let Entry { key, version, value } = entry(row)?;
        Ok((key, Versioned { version, value }))
    });
    states.collect()
}

/// The value and version of a row.
pub fn state(row: &Row, at: usize) -> Result<Versioned, Fault> {
    let Text(text) = column(row, at)?;
    Ok(Versioned { version: version(row, at + 1)?, value: Json::kept(text) })
}

/// A version in a row.
pub fn version(row: &Row, at: usize) -> Result<Version, Fault> {
    let number: i64 = column(row, at)?;
    u64::try_from(number).map(Version).map_err(|_| Fault::damaged(format!("{number} is no version")))
}

/// A column of a row.
pub fn column<'a, T: FromSql<'a>>(row: &'a Row, at: usize) -> Result<T, Fault> {
    row.try_get(at).map_err(|error| Fault::damaged(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound() -> impl proptest::strategy::Strategy<Value = Bound<Key>> {
        use proptest::prelude::*;
        let key = "[a-c/0é]{0,3}".prop_map(|text| Key::of(&format!("t{text}")));
        prop_oneof![
            Just(Bound::Unbounded),
            key.clone().prop_map(Bound::Included),
            key.prop_map(Bound::Excluded)
        ]
    }

    proptest::proptest! {
        #[test]
        fn a_range_of_bytes_has_the_same_keys(from_key in bound(), to_key in bound(), text in "[a-c/0é]{0,3}") {
            let range = KeyRange { from: from_key, to: to_key };
            let key = Key::of(&format!("t{text}"));
            let is_within = key.as_bytes() >= from(&range).as_slice() && key.as_bytes() < to(&range).as_slice();
            proptest::prop_assert_eq!(is_within, range.contains(&key));
        }
    }
}
