//! Batches that wait to be written together.

use tokio::sync::oneshot;

use super::batch::{Batch, Committed};
use super::error::CommitError;

/// The most batches of one round.
const MOST: usize = 256;
/// The most writes of one round, so that no sync takes long.
const MOST_WRITES: usize = 2000;

/// A batch, and who waits for it.
pub struct Waiting {
    /// The batch.
    pub batch: Batch,
    answer: oneshot::Sender<Result<Committed, CommitError>>,
}

impl Waiting {
    /// A batch with where its answer will come.
    pub fn new(batch: Batch) -> (Self, oneshot::Receiver<Result<Committed, CommitError>>) {
        let (answer, receiver) = oneshot::channel();
        (Self { batch, answer }, receiver)
    }

    /// Answers. Where nobody waits any more, the batch is committed all the same.
    pub fn answer(self, answer: Result<Committed, CommitError>) {
        let _ = self.answer.send(answer);
    }
}

/// All that wait now and fit into one round.
pub fn gather(first: Waiting, mut next: impl FnMut() -> Option<Waiting>) -> Vec<Waiting> {
    let mut writes = first.batch.writes.changes.len();
    let mut all = vec![first];
    while all.len() < MOST && writes < MOST_WRITES {
        let Some(waiting) = next() else { break };
        writes += waiting.batch.writes.changes.len();
        all.push(waiting);
    }
    all
}
