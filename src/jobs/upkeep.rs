//! The executor of timers: keeps the store from growing with what nobody needs any more.

use chrono::{DateTime, Utc};

use crate::domain::Timer;
use crate::services::cases::Cases;
use crate::services::conversations::Conversations;
use crate::services::{
    accounts, agenda, chat_log, kept_answers, limits, links, moving, opinions, own_news, sign_in,
};
use crate::store::files::Files;
use crate::store::{Store, StoreError, feed};

use super::{Doing, Executor, Order, Outcome};

/// How many of the latest entries of the change feed are kept, for whoever wants to see what happened.
const KEEP_FEED: u64 = 10_000;
/// How much is removed in one step: each is one batch, which holds at most 1,000 writes, or that many files.
const STEP: usize = 500;
/// How many flows go in one step: a long one is many writes.
const FLOWS: usize = 50;
/// The most steps of one time. What is left then waits for the next.
const STEPS: usize = 100;

/// Keeps a store and its files tidy.
pub struct Upkeep {
    store: Store,
    files: Files,
    cases: Cases,
}

impl Upkeep {
    /// The upkeep of a store, its files and cases.
    #[must_use]
    pub fn new(store: Store, files: Files, cases: Cases) -> Self {
        Self { store, files, cases }
    }

    async fn keep(&self, order: Order<'_, Timer>) -> Outcome {
        match self.remove(order).await {
            Ok(removed) => {
                if removed > 0 {
                    tracing::info!(timer = %order.key, removed, "tidied up");
                }
                Outcome::Done
            }
            Err(error) => Outcome::Retry(error.to_string()),
        }
    }

    async fn remove(&self, order: Order<'_, Timer>) -> Result<usize, StoreError> {
        let mut removed = 0;
        for _ in 0..STEPS {
            let step = match order.fact {
                Timer::CollectFiles => self.files.collect(order.now, STEP).await?,
                Timer::TrimFeed => feed::trim(&self.store, KEEP_FEED, STEP).await?,
                Timer::TendCases => self.cases.tend(order.now, STEP).await?,
                Timer::ForgetDone => self.forget(order.now).await?,
                Timer::ForgetKeys => agenda::forget_keys(&self.store, order.now, STEP).await?,
                Timer::MoveRecords => moving::go_on(&self.store, order.now, STEP).await?,
            };
            removed += step;
            // Fewer, or all that there were.
            if step != STEP {
                break;
            }
        }
        Ok(removed)
    }
}

impl Upkeep {
    /// Forgets what was asked for once, flows and sessions that are over, counts that no longer matter, links that ran out, news about
    /// people, answers that wait, and what was said of articles, all of long ago.
    async fn forget(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let conversations = Conversations::new(self.store.clone());
        while conversations.forget_flows(now, FLOWS).await? == FLOWS {}
        accounts::forget_done(&self.store, now, STEP).await?;
        while limits::forget(&self.store, now, FLOWS).await? == FLOWS {}
        while sign_in::forget_sessions(&self.store, now, FLOWS).await? == FLOWS {}
        while own_news::forget(&self.store, now, FLOWS).await? == FLOWS {}
        while chat_log::forget(&self.store, now, FLOWS).await? == FLOWS {}
        while links::forget(&self.store, now, FLOWS).await? == FLOWS {}
        kept_answers::forget_old(&self.store, now, STEP).await?;
        opinions::forget(&self.store, now, STEP).await?;
        self.cases.forget_done(now, STEP).await
    }
}

impl Executor<Timer> for Upkeep {
    fn carry_out<'a>(&'a self, order: Order<'a, Timer>) -> Doing<'a> {
        Box::pin(self.keep(order))
    }
}
