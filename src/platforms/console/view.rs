//! What a text is rendered for: the columns there are, and the reader's time.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::wrap::NARROWEST;

/// What a text is rendered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// Columns.
    pub width: usize,
    /// What time it is: today's times are told without their date.
    pub now: DateTime<Utc>,
    /// The zone of the times.
    pub zone: Tz,
}

impl View {
    /// The same, with fewer columns.
    pub(super) fn within(self, indent: usize) -> Self {
        Self { width: self.width.saturating_sub(indent).max(NARROWEST), ..self }
    }
}
