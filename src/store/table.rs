//! Tables: records of one type under their own keys, with their indexes, which only the table writes.

use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::batch::{Batch, Writes, Wrong};
use super::error::StoreError;
use super::key::{Direction, Key, KeyRange};
use super::value::{Json, MAX_VALUE, Version, Versioned};
use super::{Entry, Store};

/// How much of a long record goes into one part, in bytes of text; as JSON it may grow to twice that.
const PART: usize = 2048;

/// What stands in the place of a record that was split.
#[derive(Serialize, Deserialize)]
struct Split {
    #[serde(rename = "~parts")]
    parts: u64,
}

/// Another way to find the records of a table.
#[derive(Debug, Clone, Copy)]
pub struct Index<R> {
    /// Its name; its keys are `table@name/…`.
    pub name: &'static str,
    /// Whether only one record may have a key. Whoever writes such a key expects it absent, in the same batch.
    pub unique: bool,
    /// The keys under which a record is found; made from parts, as `Key::of(…).text(…)`.
    pub keys: fn(&R) -> Vec<Key>,
}

/// Records of one type.
pub struct Table<R: 'static> {
    /// Its name; its keys are `name/…`.
    pub name: &'static str,
    /// The key of a record within the table.
    pub key: fn(&R) -> Key,
    /// Other ways to find them.
    pub indexes: &'static [Index<R>],
    record: PhantomData<fn() -> R>,
}

/// A record as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<R> {
    /// The record.
    pub record: R,
    /// Its version: what the next change expects.
    pub version: Version,
    parts: u64,
}

impl<R: Serialize + DeserializeOwned> Table<R> {
    /// A table.
    #[must_use]
    pub const fn new(name: &'static str, key: fn(&R) -> Key, indexes: &'static [Index<R>]) -> Self {
        Self { name, key, indexes, record: PhantomData }
    }

    /// The whole key of a record.
    #[must_use]
    pub fn key_of(&self, record: &R) -> Key {
        self.at(&(self.key)(record))
    }

    /// The whole key of what is `key` within this table.
    #[must_use]
    pub fn at(&self, key: &Key) -> Key {
        Key::of(self.name).join(key)
    }

    /// The record with this key within the table.
    pub async fn get(&self, store: &Store, key: &Key) -> Result<Option<Row<R>>, StoreError> {
        Ok(self.get_all(store, std::slice::from_ref(key)).await?.pop())
    }

    /// The records that these keys name, all of one moment; one that is gone meanwhile is left out.
    pub async fn get_all(&self, store: &Store, keys: &[Key]) -> Result<Vec<Row<R>>, StoreError> {
        let keys: Vec<Key> = keys.iter().map(|key| self.at(key)).collect();
        let found = store.get_all(&keys).await?;
        let mut rows = Vec::with_capacity(keys.len());
        for (key, state) in keys.into_iter().zip(found) {
            if let Some(Versioned { version, value }) = state {
                rows.extend(self.row(store, Entry { key, version, value }).await?);
            }
        }
        Ok(rows)
    }

    /// The first `limit` records after a key (or, backward, before it), in the order of their keys.
    pub async fn list(
        &self,
        store: &Store,
        after: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Row<R>>, StoreError> {
        self.rows(store, KeyRange::under(&Key::of(self.name)), after, limit, direction).await
    }

    /// The keys of the records that an index has under these parts, `limit` at most, in the order of the index or backward.
    pub async fn find(
        &self,
        store: &Store,
        index: &Index<R>,
        under: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Key>, StoreError> {
        self.find_in(store, &self.part_of(index, under), limit, direction).await
    }

    /// The records that an index has under these parts, `limit` at most, in the order of the index or backward.
    pub async fn list_by(
        &self,
        store: &Store,
        index: &Index<R>,
        under: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Row<R>>, StoreError> {
        self.list_in(store, &self.part_of(index, under), limit, direction).await
    }

    /// The records that a part of an index names; the range is made from [`Table::index_key`].
    pub async fn list_in(
        &self,
        store: &Store,
        range: &KeyRange,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Row<R>>, StoreError> {
        let mut rows = Vec::new();
        for entry in store.follow(range, &Key::of(self.name), limit, direction).await? {
            rows.extend(self.row(store, entry).await?);
        }
        Ok(rows)
    }

    fn part_of(&self, index: &Index<R>, under: Option<&Key>) -> KeyRange {
        let name = self.index_key(index);
        KeyRange::under(&under.map_or_else(|| name.clone(), |key| name.clone().join(key)))
    }

    /// The keys of the records that a part of an index names; the range is made from [`Table::index_key`].
    pub async fn find_in(
        &self,
        store: &Store,
        range: &KeyRange,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Key>, StoreError> {
        let found = store.scan(range, limit, direction).await?;
        Ok(found.into_iter().filter_map(|entry| entry.value.key()).collect())
    }

    /// The first `limit` records whose keys begin with these parts, in order or backward; `past` is the key after which to begin.
    pub async fn list_under(
        &self,
        store: &Store,
        under: &Key,
        past: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Row<R>>, StoreError> {
        self.rows(store, KeyRange::under(&self.at(under)), past, limit, direction).await
    }

    async fn rows(
        &self,
        store: &Store,
        range: KeyRange,
        past: Option<&Key>,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Row<R>>, StoreError> {
        let range = match (past, direction) {
            (None, _) => range,
            (Some(key), Direction::Forward) => range.after(&self.at(key)),
            (Some(key), Direction::Backward) => range.before(&self.at(key)),
        };
        let mut rows = Vec::new();
        for entry in store.scan(&range, limit, direction).await? {
            rows.extend(self.row(store, entry).await?);
        }
        Ok(rows)
    }

    /// The key of the one record that a unique index has under exactly this key.
    pub async fn find_one(
        &self,
        store: &Store,
        index: &Index<R>,
        key: &Key,
    ) -> Result<Option<Key>, StoreError> {
        let state = store.get(&self.index_key(index).join(key)).await?;
        Ok(state.and_then(|state| state.value.key()))
    }

    /// The one record that a unique index has under exactly this key. The index is read before the record: whoever has lost the key in
    /// between doesn't pass for its owner; the owner is looked for again.
    pub async fn get_one(
        &self,
        store: &Store,
        index: &Index<R>,
        key: &Key,
    ) -> Result<Option<Row<R>>, StoreError> {
        let name = self.index_key(index).join(key);
        let mut before = None;
        loop {
            let Some(state) = store.get(&name).await? else { return Ok(None) };
            // Another one has it each time, so this ends; or nobody changes what does not agree.
            if before.replace(state.version) == Some(state.version) {
                let (table, index) = (self.name, index.name);
                let why = format!("{table}@{index} names a record that does not have the key");
                return Err(StoreError::Damaged(why));
            }
            let Some(own) = state.value.key() else { return Ok(None) };
            let row = self.get(store, &own).await?;
            if let Some(row) = row.filter(|row| (index.keys)(&row.record).contains(key)) {
                return Ok(Some(row));
            }
        }
    }

    /// Adds a record whose key was read as absent, or is random: a conflict where there is one.
    pub fn insert(&self, batch: &mut Batch, record: &R) {
        batch.expect_absent(self.key_of(record));
        for key in self.index_keys(record, true) {
            batch.expect_absent(key);
        }
        self.insert_new(batch.writes(), record);
    }

    /// Adds a record under a key that a counter has just given: nobody else can have it. Keys of unique indexes must be
    /// expected absent by the batch.
    pub fn insert_new(&self, writes: &mut Writes, record: &R) {
        let own = (self.key)(record);
        for unique in [true, false] {
            for key in self.index_keys(record, unique) {
                if unique {
                    writes.unique(key.clone());
                }
                writes.put(key, &own.as_str());
            }
        }
        self.write(writes, record, 0);
    }

    /// Changes a record: a conflict where it is no longer what was read.
    pub fn update(&self, batch: &mut Batch, row: &Row<R>, record: &R) {
        self.update_with(batch, row, record, &[]);
    }

    /// Changes two records, of which the second gets keys in unique indexes that the first gives up: a conflict where one of them is no
    /// longer what was read.
    pub fn hand_over(&self, batch: &mut Batch, from: (&Row<R>, &R), to: (&Row<R>, &R)) {
        self.update(batch, from.0, from.1);
        // They are the first one's as long as that is what was read.
        self.update_with(batch, to.0, to.1, &self.index_keys(&from.0.record, true));
    }

    fn update_with(&self, batch: &mut Batch, row: &Row<R>, record: &R, given: &[Key]) {
        let key = self.key_of(&row.record);
        batch.expect(key, row.version);
        let own = (self.key)(record);
        for unique in [true, false] {
            let (old, new) = (self.index_keys(&row.record, unique), self.index_keys(record, unique));
            old.iter().filter(|key| !new.contains(key)).for_each(|key| batch.delete(key.clone()));
            for key in new.into_iter().filter(|key| !old.contains(key)) {
                if unique && !given.contains(&key) {
                    batch.expect_absent(key.clone());
                }
                batch.put(key, &own.as_str());
            }
        }
        self.write(batch.writes(), record, row.parts);
    }

    /// Deletes a record: a conflict where it is no longer what was read.
    pub fn delete(&self, batch: &mut Batch, row: &Row<R>) {
        let key = self.key_of(&row.record);
        batch.expect(key.clone(), row.version);
        batch.delete(key);
        (0..row.parts).for_each(|part| batch.delete(self.part(&(self.key)(&row.record), part)));
        for key in self.index_keys(&row.record, true).into_iter().chain(self.index_keys(&row.record, false)) {
            batch.delete(key);
        }
    }

    /// A record as it stands in the store, with its parts.
    pub async fn row(&self, store: &Store, entry: Entry) -> Result<Option<Row<R>>, StoreError> {
        let parts = parts_of(&entry.value);
        let damaged = |why: String| StoreError::Damaged(format!("{} is no {}: {why}", entry.key, self.name));
        let own = entry
            .key
            .after(&Key::of(self.name))
            .ok_or_else(|| damaged("its key is of another table".to_owned()))?;
        let value = if parts == 0 {
            entry.value
        } else {
            let range = KeyRange::under(&Key::of(&self.part_table()).join(&own));
            let found = store.scan(&range, parts as usize, Direction::Forward).await?;
            if found.len() as u64 != parts || found.iter().any(|part| part.version != entry.version) {
                // Between the two reads the record was changed: it is read again as it is now.
                return match store.get(&entry.key).await? {
                    None => Ok(None),
                    Some(state) if state.version == entry.version => {
                        Err(damaged("parts are missing".to_owned()))
                    }
                    Some(state) => {
                        let entry = Entry { key: entry.key, version: state.version, value: state.value };
                        Box::pin(self.row(store, entry)).await
                    }
                };
            }
            joined(&found)
        };
        let record = value.read().map_err(|error| damaged(error.to_string()))?;
        Ok(Some(Row { record, version: entry.version, parts }))
    }

    fn write(&self, writes: &mut Writes, record: &R, old_parts: u64) {
        let (own, key) = ((self.key)(record), self.key_of(record));
        let value = match Json::of(record) {
            Ok(value) => value,
            Err(why) => return writes.refuse(Wrong::Value { key, why }),
        };
        let mut parts = 0;
        if value.as_str().len() <= MAX_VALUE {
            writes.change(key, Some(value));
        } else {
            for part in pieces(value.as_str()) {
                writes.put(self.part(&own, parts), &part);
                parts += 1;
            }
            writes.put(key, &Split { parts });
        }
        (parts..old_parts).for_each(|part| writes.delete(self.part(&own, part)));
    }

    fn part_table(&self) -> String {
        part_table(self.name)
    }

    fn part(&self, own: &Key, part: u64) -> Key {
        Key::of(&self.part_table()).join(own).number(part, 4)
    }

    /// What the keys of an index begin with, for scans that [`Table::find`] has no words for. The last part of such a key is the
    /// record's own, where the index is not unique.
    #[must_use]
    pub fn index_key(&self, index: &Index<R>) -> Key {
        Key::of(&format!("{}@{}", self.name, index.name))
    }

    /// The whole keys of a record in its indexes. In an index that is not unique, the record's own key comes last.
    pub fn index_keys(&self, record: &R, unique: bool) -> Vec<Key> {
        let own = (self.key)(record);
        let indexes = self.indexes.iter().filter(|index| index.unique == unique);
        let keys = indexes.flat_map(|index| {
            let name = self.index_key(index);
            (index.keys)(record).into_iter().map(move |key| name.clone().join(&key))
        });
        keys.map(|key| if unique { key } else { key.join(&own) }).collect()
    }
}

/// The table of the parts of a table's long records.
pub(super) fn part_table(name: &str) -> String {
    format!("{name}~part")
}

/// In how many parts a record is, by what stands in its place; none where that is the record itself.
pub(super) fn parts_of(value: &Json) -> u64 {
    // Few are split: the others need not be read for this.
    if value.as_str().contains("~parts") { value.read().map_or(0, |split: Split| split.parts) } else { 0 }
}

/// The record that was split into these parts.
pub(super) fn joined(parts: &[Entry]) -> Json {
    let text: String = parts.iter().filter_map(|part| part.value.text()).collect();
    Json::kept(&text)
}

/// Pieces of a text that are no longer than a part may be.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, others) = rest.split_at(rest.floor_char_boundary(PART));
        pieces.push(piece);
        rest = others;
    }
    pieces
}
