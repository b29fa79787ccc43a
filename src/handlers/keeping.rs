//! What a turn leaves to be kept while its answer is on its way: only what nobody was told is kept.

use chrono::{DateTime, Utc};
use tokio::sync::MutexGuard;

use crate::chat::{Intent, Reply};
use crate::services::conversations::{Saved, Talk};

use super::Kept;

/// What is said to a turn, and what of it is yet to be kept.
pub struct Answer<'a> {
    /// What is said.
    pub reply: Reply,
    /// What somebody typed, as it may be shown again: without passwords, and nothing where it may be one.
    pub said: Option<String>,
    /// What is to be kept meanwhile; it is part of the turn, so a door sees it through.
    pub rest: Option<Rest<'a>>,
}

impl From<Reply> for Answer<'_> {
    fn from(reply: Reply) -> Self {
        Self { reply, said: None, rest: None }
    }
}

/// What is remembered of a question, not yet kept. The next turn at the same place waits for it.
pub struct Rest<'a> {
    kept: &'a Kept,
    talk: Talk,
    now: DateTime<Utc>,
    _in_order: MutexGuard<'a, ()>,
}

impl<'a> Rest<'a> {
    pub(super) const fn new(
        kept: &'a Kept,
        talk: Talk,
        now: DateTime<Utc>,
        in_order: MutexGuard<'a, ()>,
    ) -> Self {
        Self { kept, talk, now, _in_order: in_order }
    }

    /// Keeps it. The answer is as right without: where it can't be kept, the log says so, and its buttons say that the question is
    /// forgotten.
    pub async fn keep(mut self) {
        let conversations = &self.kept.conversations;
        let saved = match conversations.save(&mut self.talk, self.now).await {
            Ok(Saved::Overtaken) => conversations.save_answers(&self.talk, self.now).await,
            saved => saved,
        };
        match saved {
            Ok(Saved::Kept) => {}
            Ok(Saved::Overtaken) => {
                tracing::warn!("what was asked could not be kept: others keep coming in between");
            }
            Err(error) => tracing::warn!(%error, "what was asked could not be kept"),
        }
    }
}

/// Whether the answer says nothing of what the turn changes: something is looked for or read, and only remembered.
pub(super) const fn promises_nothing(intent: &Intent) -> bool {
    matches!(
        intent,
        Intent::Question(_) | Intent::NextBest(_) | Intent::More(_) | Intent::Article(_) | Intent::Whole(_)
    )
}
