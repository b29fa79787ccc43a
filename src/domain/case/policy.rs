//! When the desk acts by itself, and the statuses that follow from it.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Closing, Nudge, Status};

/// When the desk acts by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// A customer who does not answer is reminded after this.
    pub remind_after: TimeDelta,
    /// After this their case is closed.
    pub close_after: TimeDelta,
    /// So long before that they are told.
    pub warn_before: TimeDelta,
    /// A solved case is closed after this, unless somebody objects.
    pub settle_after: TimeDelta,
    /// For so long a reply opens a closed case again.
    pub reopen_within: TimeDelta,
}

impl Policy {
    /// Waiting for a customer since then, with the first thing that the desk does by itself.
    pub(super) fn wait_for_customer(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> Status {
        let due = (since + self.remind_after).max(now);
        Status::WaitingOnCustomer { since, next: Nudge::Remind, due }
    }

    /// The same after something was done by itself. A desk that was off for long does one thing after the other, and a warning always
    /// leaves its time.
    pub(super) fn wait_on(&self, since: DateTime<Utc>, did: Nudge, now: DateTime<Utc>) -> Status {
        let warn_at = since + self.close_after - self.warn_before;
        let (next, due) = match did {
            Nudge::Remind => (Nudge::Warn, warn_at.max(now + self.warn_before)),
            Nudge::Warn | Nudge::Close => (Nudge::Close, self.closes_at(since, now)),
        };
        Status::WaitingOnCustomer { since, next, due }
    }

    /// When a case is closed whose customer is told of it now.
    pub(super) fn closes_at(&self, since: DateTime<Utc>, now: DateTime<Utc>) -> DateTime<Utc> {
        (since + self.close_after).max(now + self.warn_before)
    }

    pub(super) fn closed(&self, how: Closing, now: DateTime<Utc>) -> Status {
        Status::Closed { at: now, how, reopens_until: now + self.reopen_within }
    }
}
