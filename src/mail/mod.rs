//! Mail: messages as other programs read them, and where they go; lettre. Today that is an outbox folder.

mod message;
mod outbox;

pub use message::{Message, NoMessage};
pub use outbox::{NotSent, Outbox};
