//! The one task that writes: rounds of waiting batches, and what becomes of them when the connection breaks.

use std::sync::Arc;

use tokio::sync::mpsc;

use super::super::batch::{Batch, Committed};
use super::super::error::{CommitError, StoreError};
use super::super::round::{self, Outcome};
use super::super::value::Version;
use super::super::waiting::{Waiting, gather};
use super::fault::{Fault, Kind};
use super::link::Link;
use super::patience::Patience;
use super::schema;
use super::server::Server;

type Answers = Vec<Result<Committed, CommitError>>;

/// What became of one attempt at a round.
enum Attempt {
    /// It was committed, or there was nothing to write.
    Done(Answers),
    /// Nothing was committed.
    Failed(Fault),
    /// Its connection broke while it was being committed.
    Doubtful(Outcome, Fault),
}

/// Writes for all of this process.
pub struct Writer {
    server: Arc<Server>,
    /// Its number in the table of writers.
    id: i64,
    /// A connection that is known to be well: whoever uses it takes it out, and puts it back when all went well.
    link: Option<Link>,
    /// Whether the server was away when the last round was given up.
    is_away: bool,
}

impl Writer {
    /// A writer with its number, on its connection.
    pub fn new(server: Arc<Server>, link: Link, id: i64) -> Self {
        Self { server, id, link: Some(link), is_away: false }
    }

    /// Writes rounds until nobody can commit any more.
    pub async fn run(mut self, mut receiver: mpsc::Receiver<Waiting>) {
        while let Some(first) = receiver.recv().await {
            let all = gather(first, || receiver.try_recv().ok());
            let batches: Vec<&Batch> = all.iter().map(|waiting| &waiting.batch).collect();
            let answers = self.commit(&batches).await;
            for (waiting, answer) in all.into_iter().zip(answers) {
                waiting.answer(answer);
            }
        }
        if let Some(link) = self.link.take()
            && let Err(fault) = schema::sign_off(link.client(), self.id).await
        {
            tracing::debug!(why = fault.text, "this writer's row stays behind");
        }
    }

    async fn commit(&mut self, batches: &[&Batch]) -> Answers {
        let mut patience = Patience::new(self.is_away);
        loop {
            let fault = match self.attempt(batches).await {
                Attempt::Done(answers) => return answers,
                Attempt::Failed(fault) => fault,
                Attempt::Doubtful(outcome, fault) => {
                    tracing::warn!(
                        why = fault.text,
                        "a round broke off; the server is asked whether it was kept"
                    );
                    match self.was_committed(outcome.clock, &mut patience).await {
                        Some(true) => return outcome.answers,
                        Some(false) => fault,
                        None => return unsure(outcome, &fault),
                    }
                }
            };
            if !patience.again(&fault).await {
                self.is_away = fault.kind == Kind::Away;
                tracing::error!(why = fault.text, "a round was given up; nothing of it was kept");
                return vec![Err(CommitError::Store(fault.into())); batches.len()];
            }
        }
    }

    async fn attempt(&mut self, batches: &[&Batch]) -> Attempt {
        let link = match self.link().await {
            Ok(link) => link,
            Err(fault) => return Attempt::Failed(fault),
        };
        let outcome = match link.read(&round::needs(batches)).await {
            Ok((clock, found)) => round::apply(batches, found, clock),
            Err(fault) => return Attempt::Failed(fault),
        };
        self.is_away = false;
        if outcome.writes.is_empty() {
            if link.give_up().await.is_ok() {
                self.link = Some(link);
            }
            return Attempt::Done(outcome.answers);
        }
        match link.write(&outcome, self.id).await {
            Ok(()) => {
                self.link = Some(link);
                Attempt::Done(outcome.answers)
            }
            Err(fault) => Attempt::Doubtful(outcome, fault),
        }
    }

    /// Whether a round of this writer was committed; `None` where the server does not return in time.
    async fn was_committed(&mut self, clock: Version, patience: &mut Patience) -> Option<bool> {
        loop {
            let fault = match self.ask(clock).await {
                Ok(was_committed) => return Some(was_committed),
                Err(fault) => fault,
            };
            if !patience.again(&fault).await {
                self.is_away = fault.kind == Kind::Away;
                tracing::error!(why = fault.text, "whether the round was kept can't be known");
                return None;
            }
        }
    }

    async fn ask(&mut self, clock: Version) -> Result<bool, Fault> {
        let link = self.link().await?;
        let was_committed = link.was_committed(self.id, clock).await?;
        self.link = Some(link);
        Ok(was_committed)
    }

    /// The connection, or a new one.
    async fn link(&mut self) -> Result<Link, Fault> {
        match self.link.take().filter(|link| !link.is_closed()) {
            Some(link) => Ok(link),
            None => Link::to(&self.server).await,
        }
    }
}

/// The batches that would have been kept may be kept; the others are not.
fn unsure(outcome: Outcome, fault: &Fault) -> Answers {
    let answers = outcome.answers.into_iter();
    answers
        .map(|answer| answer.and(Err(CommitError::Store(StoreError::Unsure(fault.text.clone())))))
        .collect()
}
