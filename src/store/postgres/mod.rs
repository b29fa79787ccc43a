//! The engine to grow with: PostgreSQL, with one task that writes for all of this process.
//!
//! The task takes all batches that wait, applies them as one round in one transaction, and answers when it is committed. Any
//! number of desks may use one database: the row of the clock puts their rounds in an order. Readers see what is committed.

mod chunks;
mod fault;
mod gets;
mod link;
mod patience;
mod reads;
mod rows;
mod schema;
mod server;
mod snapshot;
mod tls;
mod writer;

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::Entry;
use super::error::{CommitError, StoreError};
use super::key::{Direction, Key, KeyRange};
use super::value::{Version, Versioned};
use super::waiting::Waiting;

pub use chunks::Chunks;
use fault::{Fault, Kind};
use gets::Gets;
use link::Link;
use reads::Readers;
use server::Server;
pub use server::shown_url;
pub use snapshot::PostgresSnapshot;
use writer::Writer;

/// How many batches may wait before those who commit more have to wait themselves.
const QUEUE: usize = 4096;

/// An open store in a database. Closed, it finishes what was begun; dropped, it does so while the program still runs.
pub struct Postgres {
    server: Arc<Server>,
    readers: Readers,
    gets: Gets,
    waiting: Mutex<Option<mpsc::Sender<Waiting>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
}

impl Postgres {
    /// Opens the store of a database; its tables are made where they are missing.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let server = Arc::new(Server::at(url)?);
        let mut client = server.connect().await?;
        let id = schema::prepare(&mut client).await?;
        let link = Link::over(client).await?;
        let readers = Readers::new(&server)?;
        let (sender, receiver) = mpsc::channel(QUEUE);
        let writer = tokio::spawn(Writer::new(Arc::clone(&server), link, id).run(receiver));
        Ok(Self {
            server,
            gets: Gets::new(readers.clone()),
            readers,
            waiting: Mutex::new(Some(sender)),
            writer: Mutex::new(Some(writer)),
        })
    }

    /// Hands over a batch; its answer comes when the batch is durable.
    pub async fn enqueue(&self, waiting: Waiting) -> Result<(), CommitError> {
        let sender = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let closed = || CommitError::Store(StoreError::Unavailable("the desk is stopping".to_owned()));
        sender.ok_or_else(closed)?.send(waiting).await.map_err(|_| closed())
    }

    /// The present states of keys.
    pub async fn get_all(&self, keys: &[Key]) -> Result<Vec<Option<Versioned>>, StoreError> {
        self.gets.get_all(keys).await
    }

    /// The first `limit` entries of a range, all of one moment.
    pub async fn scan(
        &self,
        range: &KeyRange,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        self.readers.scan(range, limit, direction).await
    }

    /// The records of a table that entries of its index lead to.
    pub async fn follow(
        &self,
        range: &KeyRange,
        table: &Key,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        self.readers.follow(range, table, limit, direction).await
    }

    /// The whole store as it is now, to be read in steps.
    pub async fn snapshot(&self) -> Result<PostgresSnapshot, StoreError> {
        PostgresSnapshot::begin(&self.server).await
    }

    /// Puts states with their versions into an empty store, and sets the clock: how a backup comes back.
    pub async fn load(&self, entries: &[Entry], clock: Version) -> Result<(), StoreError> {
        let link = Link::to(&self.server).await?;
        link.load(entries, clock).await.map_err(|fault| match fault {
            Fault { kind: Kind::Away, text } => StoreError::Unsure(text),
            fault => fault.into(),
        })
    }

    /// Why nothing can be kept at present; `None` when all is well.
    pub async fn trouble(&self) -> Option<StoreError> {
        self.readers.trouble().await
    }

    /// How many bytes it takes on the server's disk, where the server tells.
    pub async fn size(&self) -> Option<u64> {
        self.readers.size().await
    }

    /// Where the bytes of its files are.
    pub fn chunks(&self) -> Chunks {
        Chunks::new(self.readers.clone())
    }

    /// Finishes what was begun, and lets the connections go.
    pub async fn close(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer
            && let Err(error) = writer.await
        {
            tracing::error!(%error, "the writing task of the store ended badly");
        }
        self.readers.close();
    }
}
