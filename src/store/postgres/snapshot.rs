//! A whole store of one moment, read in steps while others write: a transaction on a connection of its own.

use deadpool_postgres::ClientWrapper;

use super::super::Entry;
use super::super::error::StoreError;
use super::super::key::{Direction, Key, KeyRange};
use super::super::value::Version;
use super::fault::Fault;
use super::rows::{entry, from, most, scan_of, to, version};
use super::server::Server;

/// The first statement fixes the moment. A backup may be slow to write down what it read: between two pages the server is
/// not to lose patience.
const BEGIN: &str =
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0";
const CLOCK: &str = "SELECT version FROM guidepost_clock WHERE id = 1";

/// Reads all entries of the moment at which it began, in the order of their keys.
pub struct PostgresSnapshot {
    client: ClientWrapper,
    clock: Version,
    last: Option<Key>,
}

impl PostgresSnapshot {
    pub(super) async fn begin(server: &Server) -> Result<Self, StoreError> {
        let client = server.connect().await?;
        let clock = clock(&client).await?;
        Ok(Self { client, clock, last: None })
    }

    /// The last version that was given out at that moment.
    #[must_use]
    pub fn clock(&self) -> Version {
        self.clock
    }

    /// The next `limit` entries; none at the end.
    pub async fn next(&mut self, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let range = match &self.last {
            Some(last) => KeyRange::all().after(last),
            None => KeyRange::all(),
        };
        let found = self.page(&range, limit).await?;
        self.last = found.last().map(|entry| entry.key.clone()).or_else(|| self.last.take());
        Ok(found)
    }

    async fn page(&self, range: &KeyRange, limit: usize) -> Result<Vec<Entry>, Fault> {
        let (from, to, limit) = (from(range), to(range), most(limit));
        let scan = self.client.prepare_cached(scan_of(Direction::Forward)).await?;
        let found = self.client.query(&scan, &[&from, &to, &limit]).await?;
        found.iter().map(entry).collect()
    }
}

async fn clock(client: &ClientWrapper) -> Result<Version, Fault> {
    client.batch_execute(BEGIN).await?;
    version(&client.query_one(CLOCK, &[]).await?, 0)
}
