//! Keys: readable parts joined by `/`, in an order that is the order of their bytes.

use std::fmt::{self, Display, Write};
use std::ops::Bound;

use serde::{Deserialize, Serialize};

/// The longest key, in bytes. So no inner page of sled grows past what it keeps in its log.
pub const MAX_KEY: usize = 512;

/// A key, for example `case.event/000042/0007`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(String);

impl Key {
    /// The key that is only a table's name; parts are added to it.
    #[must_use]
    pub fn of(table: &str) -> Self {
        let mut key = Self(String::with_capacity(table.len() + 16));
        key.escape(table);
        key
    }

    /// The key that is only a number, for a record within its table.
    #[must_use]
    pub fn of_number(number: u64, width: usize) -> Self {
        Self(Self(String::new()).number(number, width).0.split_off(1))
    }

    /// Adds a text. What people wrote is escaped, so that no text reaches into another part.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.0.push('/');
        self.escape(text);
        self
    }

    /// Adds a number with at least `width` digits. Longer ones get a letter in front, which keeps them in order:
    /// `999999` is before `a1000000`.
    #[must_use]
    pub fn number(mut self, number: u64, width: usize) -> Self {
        let digits = number.checked_ilog10().unwrap_or(0) as usize + 1;
        self.0.push('/');
        if let Some(more) = digits.checked_sub(width + 1) {
            self.0.push(char::from(b'a' + more as u8));
        }
        // Writing to a string does not fail.
        let _ = write!(self.0, "{number:0width$}");
        self
    }

    /// This key with all parts of another one after its own.
    #[must_use]
    pub fn join(mut self, other: &Self) -> Self {
        self.0.push('/');
        self.0.push_str(&other.0);
        self
    }

    /// Only `/`, `%` and control characters are escaped: `/` parts, and the others would not be readable.
    fn escape(&mut self, text: &str) {
        let is_special = |c: char| c == '/' || c == '%' || c.is_control();
        if !text.contains(is_special) {
            self.0.push_str(text);
            return;
        }
        for c in text.chars() {
            if is_special(c) {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    let _ = write!(self.0, "%{byte:02X}");
                }
            } else {
                self.0.push(c);
            }
        }
    }

    /// A key as it stands in a store or a backup; `None` where it is none.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let fits = !text.is_empty() && text.len() <= MAX_KEY && !text.contains(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    /// As it stands in the store.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As it stands in the store.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The table's name.
    #[must_use]
    pub fn table(&self) -> String {
        unescape(self.0.split('/').next().unwrap_or_default())
    }

    /// The parts after the table's name, as they were given.
    pub fn parts(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// What is left of this key after the parts of `front`; `None` where it does not begin with them.
    #[must_use]
    pub fn after(&self, front: &Self) -> Option<Self> {
        let rest = self.0.strip_prefix(front.as_str())?.strip_prefix('/')?;
        (!rest.is_empty()).then(|| Self(rest.to_owned()))
    }

    /// The last part as a number that [`Key::number`] wrote.
    #[must_use]
    pub fn last_number(&self) -> Option<u64> {
        let last = self.0.rsplit('/').next()?;
        last.trim_start_matches(|c: char| c.is_ascii_lowercase()).parse().ok()
    }
}

impl Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn unescape(part: &str) -> String {
    percent_encoding::percent_decode_str(part).decode_utf8_lossy().into_owned()
}

/// From where to where a scan goes, in the order of the keys' bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRange {
    /// Its beginning.
    pub from: Bound<Key>,
    /// Its end.
    pub to: Bound<Key>,
}

impl KeyRange {
    /// Everything.
    #[must_use]
    pub fn all() -> Self {
        Self { from: Bound::Unbounded, to: Bound::Unbounded }
    }

    /// The keys that have these parts and more.
    #[must_use]
    pub fn under(key: &Key) -> Self {
        // `0` follows `/`.
        let (from, to) = (format!("{key}/"), format!("{key}0"));
        Self { from: Bound::Excluded(Key(from)), to: Bound::Excluded(Key(to)) }
    }

    /// The same range, but only what comes after a key.
    #[must_use]
    pub fn after(self, key: &Key) -> Self {
        Self { from: Bound::Excluded(key.clone()), ..self }
    }

    /// The same range, but only what comes before a key.
    #[must_use]
    pub fn before(self, key: &Key) -> Self {
        Self { to: Bound::Excluded(key.clone()), ..self }
    }

    /// Whether there can be no key in it; such a range is no mistake.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match (&self.from, &self.to) {
            (Bound::Included(a), Bound::Included(b)) => a > b,
            (Bound::Included(a) | Bound::Excluded(a), Bound::Included(b) | Bound::Excluded(b)) => a >= b,
            (Bound::Unbounded, _) | (_, Bound::Unbounded) => false,
        }
    }

    /// Whether a key is in it.
    #[must_use]
    pub fn contains(&self, key: &Key) -> bool {
        std::ops::RangeBounds::contains(&(self.from.as_ref(), self.to.as_ref()), key)
    }
}

/// In which order a scan goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From the first key on.
    Forward,
    /// From the last key back.
    Backward,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_readable() {
        let key = Key::of("case.event").number(42, 6).number(7, 4);
        assert_eq!(key.as_str(), "case.event/000042/0007");
        assert_eq!(key.table(), "case.event");
        assert_eq!(key.last_number(), Some(7));
        assert_eq!(key.after(&Key::of("case.event")).unwrap().as_str(), "000042/0007");
    }

    #[test]
    fn peoples_text_is_escaped() {
        let key = Key::of("person@mail").text("a/b%\u{0}é");
        assert_eq!(key.as_str(), "person@mail/a%2Fb%25%00é");
        assert_eq!(key.parts().collect::<Vec<_>>(), ["a/b%\u{0}é"]);
    }

    #[test]
    fn a_table_ends_where_the_next_begins() {
        let range = KeyRange::under(&Key::of("case"));
        assert!(range.contains(&Key::of("case").number(1, 6)));
        assert!(!range.contains(&Key::of("case.event").number(1, 6)));
        assert!(!range.contains(&Key::of("case")));
        assert!(range.clone().after(&Key::of("case").number(9, 6)).contains(&Key::of("case").number(10, 6)));
        assert!(KeyRange::all().after(&Key::of("b")).before(&Key::of("a")).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn numbers_keep_their_order(a: u64, b: u64, width in 1_usize..20) {
            let key = |n| Key::of("case").number(n, width);
            proptest::prop_assert_eq!(a.cmp(&b), key(a).cmp(&key(b)));
            proptest::prop_assert_eq!(key(a).last_number(), Some(a));
        }

        #[test]
        fn parts_come_back(parts in proptest::collection::vec(".*", 1..4)) {
            let key = parts.iter().fold(Key::of("t"), |key, part| key.text(part));
            proptest::prop_assert_eq!(key.parts().collect::<Vec<_>>(), parts);
        }
    }
}
