//! Records, their parts and their indexes.

use crate::store::{Direction, Entry, Json, Key, Kind, Shape, StoreError};

use super::{Finding, Pass};

/// More parts than any record has; a wrong number must not make the check read everything.
const MOST_PARTS: u64 = 1 << 20;

impl Pass<'_> {
    /// Holds an entry against what its table says of it. What belongs to no known table is passed over.
    pub(super) async fn table(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let tables = self.tables;
        for shape in tables {
            match shape.kind(&entry.key) {
                Some(Kind::Record) => return self.record(shape, entry).await,
                Some(Kind::Index) => return self.index(shape, entry).await,
                Some(Kind::Part) => return self.part(shape, entry).await,
                None => {}
            }
        }
        Ok(())
    }

    /// A record is whole, is where it says, and is in every index under exactly its keys.
    async fn record(&mut self, shape: &Shape, entry: &Entry) -> Result<(), StoreError> {
        let record = entry.key.clone();
        let value = match self.whole(shape, entry).await? {
            Ok(value) => value,
            Err(finding) => return self.find_if_same(entry, finding).await,
        };
        let shown = match shape.read(&value) {
            Ok(shown) => shown,
            Err(why) => return self.find_if_same(entry, Finding::Unreadable { record, why }).await,
        };
        if shape.at(&shown.own) != record {
            let own = shape.at(&shown.own);
            return self.find_if_same(entry, Finding::Misplaced { record, own }).await;
        }
        for index in shown.indexed {
            let found = self.store().get(&index).await?;
            let leads_here =
                found.is_some_and(|found| found.value.text().as_deref() == Some(shown.own.as_str()));
            if !leads_here {
                let finding = Finding::NotIndexed { record: record.clone(), entry: index };
                self.find_if_same(entry, finding).await?;
            }
        }
        Ok(())
    }

    /// The record as one value, with its parts put together.
    async fn whole(&self, shape: &Shape, entry: &Entry) -> Result<Result<Json, Finding>, StoreError> {
        let parts = shape.parts(&entry.value);
        let record = entry.key.clone();
        let Some(own) = shape.own(&entry.key).filter(|_| parts <= MOST_PARTS) else {
            let why = "its key or its number of parts is none".to_owned();
            return Ok(Err(Finding::Unreadable { record, why }));
        };
        if parts == 0 {
            return Ok(Ok(entry.value.clone()));
        }
        // One more than there should be: that one belongs to nobody, which is found when it is its turn.
        let found = self.store().scan(&shape.part_range(&own), parts as usize, Direction::Forward).await?;
        let fits = |(at, part): (usize, &Entry)| {
            part.version == entry.version && part.key.last_number() == Some(at as u64)
        };
        let fitting = found.iter().enumerate().take_while(|part| fits(*part)).count() as u64;
        if fitting < parts {
            return Ok(Err(Finding::PartsMissing { record, found: fitting, parts }));
        }
        Ok(Ok(shape.joined(&found)))
    }

    /// An entry of an index leads to a record that says the same.
    async fn index(&mut self, shape: &Shape, entry: &Entry) -> Result<(), StoreError> {
        let own = entry.value.text().and_then(|own| Key::from_bytes(own.as_bytes()));
        let Some(own) = own else {
            let why = "it leads to no key".to_owned();
            return self.find_if_same(entry, Finding::Senseless { entry: entry.key.clone(), why }).await;
        };
        let key = shape.at(&own);
        let says_so = match self.store().get(&key).await? {
            None => false,
            Some(state) => {
                let record = Entry { key: key.clone(), version: state.version, value: state.value };
                match self.whole(shape, &record).await? {
                    // What is wrong with the record itself is told when it is its turn.
                    Ok(value) => shape.read(&value).map_or(true, |shown| shown.indexed.contains(&entry.key)),
                    Err(_) => true,
                }
            }
        };
        if says_so {
            return Ok(());
        }
        let finding = Finding::WronglyIndexed { entry: entry.key.clone(), record: key.to_string() };
        self.find_if_same(entry, finding).await
    }

    /// A part belongs to a record that has so many.
    async fn part(&mut self, shape: &Shape, entry: &Entry) -> Result<(), StoreError> {
        let number = entry.key.last_number();
        let record = match shape.whole(&entry.key) {
            Some(record) => self.store().get(&record).await?,
            None => None,
        };
        let belongs = record.is_some_and(|record| {
            record.version == entry.version && number.is_some_and(|n| n < shape.parts(&record.value))
        });
        if belongs {
            return Ok(());
        }
        self.find_if_same(entry, Finding::PartLeft { part: entry.key.clone() }).await
    }
}
