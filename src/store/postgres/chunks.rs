//! The bytes of files, in a table.

use std::fmt;

use super::super::error::StoreError;
use super::super::files::FileId;
use super::reads::Readers;
use super::rows::column;

/// The bytes of one row.
const CHUNK: usize = 256 * 1024;

/// One statement, so that nobody finds a part of a file. What is written twice is the same: the name is a hash.
const WRITE: &str = "
    INSERT INTO guidepost_file (hash, part, bytes)
    SELECT $1, part, bytes FROM unnest($2::int[], $3::bytea[]) AS given (part, bytes)
    ON CONFLICT (hash, part) DO UPDATE SET bytes = excluded.bytes";
const READ: &str = "SELECT bytes FROM guidepost_file WHERE hash = $1 ORDER BY part";
const REMOVE: &str = "DELETE FROM guidepost_file WHERE hash = $1";

/// Files in the database.
#[derive(Clone)]
pub struct Chunks {
    readers: Readers,
}

impl Chunks {
    pub(super) fn new(readers: Readers) -> Self {
        Self { readers }
    }

    /// Writes bytes; when this returns they are durable.
    pub async fn write(&self, id: &FileId, bytes: &[u8]) -> Result<(), StoreError> {
        // A file without bytes is one without bytes, and not one that is missing.
        let chunks: Vec<&[u8]> = if bytes.is_empty() { vec![bytes] } else { bytes.chunks(CHUNK).collect() };
        let parts: Vec<i32> = (0..).take(chunks.len()).collect();
        self.readers.run(WRITE, &[&id.as_str(), &parts, &chunks]).await?;
        Ok(())
    }

    /// Reads bytes; `None` where there are none.
    pub async fn read(&self, id: &FileId) -> Result<Option<Vec<u8>>, StoreError> {
        let rows = self.readers.run(READ, &[&id.as_str()]).await?;
        let mut bytes = Vec::new();
        for row in &rows {
            bytes.extend_from_slice(column(row, 0)?);
        }
        Ok((!rows.is_empty()).then_some(bytes))
    }

    /// Removes bytes, if they are there.
    pub async fn remove(&self, id: &FileId) -> Result<(), StoreError> {
        self.readers.run(REMOVE, &[&id.as_str()]).await?;
        Ok(())
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chunks")
    }
}
