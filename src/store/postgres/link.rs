//! A connection that writes, and the statements of a round: one transaction in two flights, each sent as a whole before the
//! first answer is awaited.
//!
//! The first flight takes the clock's row, which every writer of every desk takes first: so all commits happen one after the
//! other, and counters and feed numbers become visible in their order. What it then reads is what all rounds before have
//! left: at READ COMMITTED each statement sees what was committed when it began, and it began with the lock in hand. The
//! second flight writes and commits.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use deadpool_postgres::ClientWrapper;
use tokio::time::timeout;
use tokio_postgres::Statement;

use super::super::Entry;
use super::super::key::Key;
use super::super::round::Outcome;
use super::super::value::{Json, Version, Versioned};
use super::fault::Fault;
use super::reads::Params;
use super::rows::{STATES, states, version};
use super::schema::LOCK;
use super::server::Server;

/// A statement that takes longer is ended by the server; so is a transaction whose writer has vanished in between, since
/// nobody else could write while it holds the clock.
const LIMITS: &str = "SET statement_timeout = 20000; SET idle_in_transaction_session_timeout = 10000";
/// How long a flight may take: a little longer than what the server allows.
const PATIENCE: Duration = Duration::from_secs(30);
/// How many entries of a backup are sent at a time.
const LOAD: usize = 1000;

const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED";
/// Values travel as text: not every server has arrays of `jsonb`.
const PUT: &str = "
    INSERT INTO guidepost_record (key, value, version)
    SELECT k, v::jsonb, n FROM unnest($1::bytea[], $2::text[], $3::bigint[]) AS given (k, v, n)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version";
const DELETE: &str = "DELETE FROM guidepost_record WHERE key = ANY($1)";
const SET_CLOCK: &str = "UPDATE guidepost_clock SET version = $1 WHERE id = 1";
const NOTE: &str = "
    INSERT INTO guidepost_writer (id, version) VALUES ($1, $2)
    ON CONFLICT (id) DO UPDATE SET version = excluded.version";
const NOTED: &str = "SELECT version FROM guidepost_writer WHERE id = $1";

/// A connection that writes. After a fault it is dropped, and with it whatever it had not committed.
pub struct Link {
    client: ClientWrapper,
    lock: Statement,
    read: Statement,
    put: Statement,
    delete: Statement,
    set_clock: Statement,
    note: Statement,
    noted: Statement,
}

impl Link {
    /// A new one.
    pub async fn to(server: &Server) -> Result<Self, Fault> {
        Self::over(server.connect().await?).await
    }

    /// One over a connection; the tables have to be there.
    pub async fn over(client: ClientWrapper) -> Result<Self, Fault> {
        let ((), lock, read, put, delete, set_clock, note, noted) = within(async {
            tokio::try_join!(
                client.batch_execute(LIMITS),
                client.prepare(LOCK),
                client.prepare(STATES),
                client.prepare(PUT),
                client.prepare(DELETE),
                client.prepare(SET_CLOCK),
                client.prepare(NOTE),
                client.prepare(NOTED),
            )
        })
        .await?;
        Ok(Self { client, lock, read, put, delete, set_clock, note, noted })
    }

    /// Whether it is known to have ended.
    pub fn is_closed(&self) -> bool {
        self.client.is_closed()
    }

    /// The connection itself.
    pub fn client(&self) -> &ClientWrapper {
        &self.client
    }

    /// The first flight: begins, takes the clock, and reads keys.
    pub async fn read(&self, keys: &BTreeSet<Key>) -> Result<(Version, HashMap<Key, Versioned>), Fault> {
        let keys: Vec<&[u8]> = keys.iter().map(Key::as_bytes).collect();
        let wanted: Params<'_> = &[&keys];
        let ((), clock, found) = within(async {
            tokio::try_join!(
                biased;
                self.client.batch_execute(BEGIN),
                self.client.query_opt(&self.lock, &[]),
                self.client.query(&self.read, wanted),
            )
        })
        .await?;
        let clock = clock.ok_or_else(|| Fault::damaged("guidepost_clock is empty"))?;
        Ok((version(&clock, 0)?, states(&found)?))
    }

    /// The second flight: writes, sets the clock, notes which round was this writer's last, and commits. What goes wrong here
    /// leaves open whether the round was committed.
    pub async fn write(&self, outcome: &Outcome, writer: i64) -> Result<(), Fault> {
        let mut puts = Puts::default();
        let mut gone: Vec<&[u8]> = Vec::new();
        for (key, state) in &outcome.writes {
            match state {
                Some(state) => puts.add(key, state.version, &state.value),
                None => gone.push(key.as_bytes()),
            }
        }
        let clock = number(outcome.clock);
        let (now, note): (Params<'_>, Params<'_>) = (&[&clock], &[&writer, &clock]);
        let delete =
            async { if gone.is_empty() { Ok(0) } else { self.client.execute(&self.delete, &[&gone]).await } };
        within(async {
            tokio::try_join!(
                biased;
                self.put(&puts),
                delete,
                self.client.execute(&self.set_clock, now),
                self.client.execute(&self.note, note),
                self.client.batch_execute("COMMIT"),
            )
        })
        .await?;
        Ok(())
    }

    /// Ends a transaction that has nothing to write.
    pub async fn give_up(&self) -> Result<(), Fault> {
        within(self.client.batch_execute("ROLLBACK")).await
    }

    /// Whether a round of this writer was committed. With the clock in hand nobody else writes: the transaction that is asked
    /// about is over, whatever became of its connection.
    pub async fn was_committed(&self, writer: i64, clock: Version) -> Result<bool, Fault> {
        let own: Params<'_> = &[&writer];
        let ((), _, noted, ()) = within(async {
            tokio::try_join!(
                biased;
                self.client.batch_execute(BEGIN),
                self.client.query(&self.lock, &[]),
                self.client.query_opt(&self.noted, own),
                self.client.batch_execute("ROLLBACK"),
            )
        })
        .await?;
        Ok(noted.map(|row| version(&row, 0)).transpose()? == Some(clock))
    }

    /// Puts the entries of a backup and sets the clock.
    pub async fn load(&self, entries: &[Entry], clock: Version) -> Result<(), Fault> {
        self.client.batch_execute(BEGIN).await?;
        for some in entries.chunks(LOAD) {
            let mut puts = Puts::default();
            for entry in some {
                puts.add(&entry.key, entry.version, &entry.value);
            }
            self.put(&puts).await?;
        }
        self.client.execute(&self.set_clock, &[&number(clock)]).await?;
        Ok(self.client.batch_execute("COMMIT").await?)
    }

    async fn put(&self, puts: &Puts<'_>) -> Result<u64, tokio_postgres::Error> {
        self.client.execute(&self.put, &[&puts.keys, &puts.values, &puts.versions]).await
    }
}

/// What is put, one array for each column.
#[derive(Default)]
struct Puts<'a> {
    keys: Vec<&'a [u8]>,
    values: Vec<&'a str>,
    versions: Vec<i64>,
}

impl<'a> Puts<'a> {
    fn add(&mut self, key: &'a Key, version: Version, value: &'a Json) {
        self.keys.push(key.as_bytes());
        self.values.push(value.as_str());
        self.versions.push(number(version));
    }
}

/// A version as the server takes it; there are never so many.
fn number(version: Version) -> i64 {
    i64::try_from(version.0).unwrap_or(i64::MAX)
}

async fn within<T>(flight: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, Fault> {
    match timeout(PATIENCE, flight).await {
        Ok(done) => Ok(done?),
        Err(_) => Err(Fault::slow()),
    }
}
