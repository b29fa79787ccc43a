//! Reading: single statements through a pool of connections.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, Runtime};
use tokio::time::timeout;
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;

use super::super::Entry;
use super::super::error::StoreError;
use super::super::key::{Direction, Key, KeyRange};
use super::super::value::Versioned;
use super::fault::{Fault, Kind};
use super::rows::{STATES, entry, follow_of, from, most, scan_of, states, to};
use super::server::{CONNECT, Server};

/// How many connections read at once; they are made when they are needed. A read takes well under a millisecond.
const READERS: usize = 8;
/// How long a statement may take, with waiting for a connection and a second try.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a look whether all is well may take.
const GLANCE: Duration = Duration::from_secs(2);

/// What a statement is about.
pub type Params<'a> = &'a [&'a (dyn ToSql + Sync)];

/// The connections that read.
#[derive(Clone)]
pub struct Readers {
    pool: Pool,
    server: Arc<Server>,
}

impl Readers {
    pub fn new(server: &Arc<Server>) -> Result<Self, StoreError> {
        let connect = Server::clone(server);
        let manager = Manager::from_connect(server.config().clone(), connect, ManagerConfig::default());
        let pool = Pool::builder(manager).max_size(READERS).runtime(Runtime::Tokio1);
        let pool = pool.create_timeout(Some(CONNECT)).build();
        let pool = pool.map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { pool, server: Arc::clone(server) })
    }

    /// Runs one statement, which by itself applies wholly or not at all, and again on a fresh connection where that broke.
    /// Everything that comes here may be done twice.
    pub async fn run(&self, statement: &str, params: Params<'_>) -> Result<Vec<Row>, StoreError> {
        self.run_within(PATIENCE, statement, params).await.map_err(StoreError::from)
    }

    async fn run_within(
        &self,
        patience: Duration,
        statement: &str,
        params: Params<'_>,
    ) -> Result<Vec<Row>, Fault> {
        let running = async {
            match self.once(statement, params).await {
                Err(fault) if fault.passes() => {
                    // Where one is broken the others are likely to be, and may not have noticed yet.
                    self.pool.retain(|_, _| false);
                    self.once(statement, params).await
                }
                done => done,
            }
        };
        timeout(patience, running).await.unwrap_or_else(|_| Err(Fault::slow()))
    }

    async fn once(&self, statement: &str, params: Params<'_>) -> Result<Vec<Row>, Fault> {
        let client = self.client().await?;
        let statement = client.prepare_cached(statement).await?;
        Ok(client.query(&statement, params).await?)
    }

    async fn client(&self) -> Result<Object, Fault> {
        self.pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => Fault::unreachable(self.server.shown(), &error),
            PoolError::Closed => Fault { kind: Kind::Refused, text: "the store is closed".to_owned() },
            PoolError::Timeout(_) => Fault::slow(),
            other @ (PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_)) => {
                Fault { kind: Kind::Refused, text: other.to_string() }
            }
        })
    }

    /// The present states of keys: one statement, and so of one moment.
    pub async fn get_all(&self, keys: &[Key]) -> Result<HashMap<Key, Versioned>, StoreError> {
        let keys: Vec<&[u8]> = keys.iter().map(Key::as_bytes).collect();
        Ok(states(&self.run(STATES, &[&keys]).await?)?)
    }

    /// The first `limit` entries of a range: one statement, and so of one moment.
    pub async fn scan(
        &self,
        range: &KeyRange,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        if range.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let (from, to, limit) = (from(range), to(range), most(limit));
        let found = self.run(scan_of(direction), &[&from, &to, &limit]).await?;
        Ok(found.iter().map(entry).collect::<Result<_, _>>()?)
    }

    /// The records of a table that entries of its index lead to: one statement, and so of one moment.
    pub async fn follow(
        &self,
        range: &KeyRange,
        table: &Key,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        if range.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let (from, to, limit, table) = (from(range), to(range), most(limit), format!("{table}/"));
        let found = self.run(follow_of(direction), &[&from, &to, &limit, &table]).await?;
        Ok(found.iter().map(entry).collect::<Result<_, _>>()?)
    }

    /// Why nothing can be kept at present.
    pub async fn trouble(&self) -> Option<StoreError> {
        match self.run_within(GLANCE, "SHOW transaction_read_only", &[]).await {
            Ok(rows) => {
                let answer = rows.first().and_then(|row| row.try_get(0).ok());
                let refuses = answer == Some("on");
                refuses.then(|| StoreError::Unavailable("PostgreSQL takes no changes at present".to_owned()))
            }
            Err(fault) => Some(fault.into()),
        }
    }

    /// How many bytes the tables take, with their indexes; `None` where the server does not know such a thing.
    pub async fn size(&self) -> Option<u64> {
        const SIZE: &str = "SELECT (pg_total_relation_size('guidepost_record')
            + pg_total_relation_size('guidepost_file') + pg_total_relation_size('guidepost_writer')
            + pg_total_relation_size('guidepost_clock'))::bigint";
        let rows = self.run_within(PATIENCE, SIZE, &[]).await.ok()?;
        let size: i64 = rows.first()?.try_get(0).ok()?;
        u64::try_from(size).ok()
    }

    /// Lets all connections go; whatever is asked from now on is refused.
    pub fn close(&self) {
        self.pool.close();
    }
}
