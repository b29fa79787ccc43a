//! Cases: a question that people work on until it is solved.
//!
//! A [`Case`] is the sum of its [`Event`]s. [`Case::decide`] makes events of a [`Verb`], and [`Case::after`] a case of them; nothing
//! else changes one.

mod attachment;
mod contents;
mod correction;
mod event;
mod facts;
mod hand_over;
mod kind;
#[cfg(test)]
mod kind_tests;
mod number;
mod policy;
mod record;
mod redact;
mod status;
mod text;
mod verb;
#[cfg(test)]
mod verb_tests;

pub use attachment::{Attachment, extension, safe_name};
pub use correction::{Correction, corrected};
pub use event::{By, Event, MOST_SOURCE, Opening, What, Written, is_from_room};
pub use facts::{Priority, QueueId, Rating, Score, Tag, Tried, TriedGuide, TriedQuestion};
pub use kind::{FileKind, Unlike, may_be_shown_inline};
pub use number::CaseNumber;
pub use policy::Policy;
pub use record::Case;
pub use status::{Closing, Nudge, Standing, Status};
pub use text::{ERASED, MOST_REASON, MOST_SUBJECT, MOST_TEXT, NoText, Subject, Text, remark};
pub use verb::{MOST_EVENTS, Refused, Verb, Whose};
