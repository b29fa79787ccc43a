//! The tables, made when a desk first opens them, and the number by which a writer knows itself again.
//!
//! They use only what `CockroachDB` and `YugabyteDB` have as well. They stand in the first schema of the connection's
//! `search_path`.

use tokio_postgres::{Client, IsolationLevel};

use super::fault::{Fault, Kind};
use super::rows::column;

/// How often it is tried: several desks may make the tables at the same moment, and the server then refuses some.
const TRIES: u32 = 5;

const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS guidepost_record
        (key bytea PRIMARY KEY, value jsonb NOT NULL, version bigint NOT NULL);
    CREATE TABLE IF NOT EXISTS guidepost_file
        (hash text, part int, bytes bytea NOT NULL, PRIMARY KEY (hash, part));
    CREATE TABLE IF NOT EXISTS guidepost_writer
        (id bigint PRIMARY KEY, version bigint NOT NULL);
    CREATE TABLE IF NOT EXISTS guidepost_clock
        (id int PRIMARY KEY, version bigint NOT NULL);";

const BEGIN_CLOCK: &str = "INSERT INTO guidepost_clock (id, version) VALUES (1, 0) ON CONFLICT DO NOTHING";

/// Looked for first: a role that may not make tables can use those that somebody made for it.
const MADE: &str = "
    SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = current_schema()
    AND tablename IN ('guidepost_record', 'guidepost_file', 'guidepost_writer', 'guidepost_clock')";

/// Waits for the writer before, and so for the end of its round; held until the transaction ends.
pub const LOCK: &str = "SELECT version FROM guidepost_clock WHERE id = 1 FOR UPDATE";

/// The number of a new writer, larger than that of any other. Taken under the lock, so no two are the same.
const SIGN_ON: &str = "
    INSERT INTO guidepost_writer (id, version)
    SELECT coalesce(max(id), 0) + 1, 0 FROM guidepost_writer RETURNING id";

const SIGN_OFF: &str = "DELETE FROM guidepost_writer WHERE id = $1";

/// Makes what is missing, and answers with a number for this writer. A desk that is killed leaves the row of its number behind:
/// one small row for each such end.
pub async fn prepare(client: &mut Client) -> Result<i64, Fault> {
    let mut more = 1..TRIES;
    loop {
        match sign_on(client).await {
            Err(fault) if fault.kind != Kind::Away && more.next().is_some() => {}
            done => return done,
        }
    }
}

async fn sign_on(client: &mut Client) -> Result<i64, Fault> {
    let made: i64 = column(&client.query_one(MADE, &[]).await?, 0)?;
    if made < 4 {
        client.batch_execute(TABLES).await?;
    }
    let transaction =
        client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start().await?;
    transaction.execute(BEGIN_CLOCK, &[]).await?;
    transaction.query(LOCK, &[]).await?;
    let id = column(&transaction.query_one(SIGN_ON, &[]).await?, 0)?;
    transaction.commit().await?;
    Ok(id)
}

/// Gives the number back.
pub async fn sign_off(client: &Client, id: i64) -> Result<(), Fault> {
    client.execute(SIGN_OFF, &[&id]).await?;
    Ok(())
}
