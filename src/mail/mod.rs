//! Mail: messages as other programs read them, and where they go, a server or an outbox folder; lettre.

mod message;
mod outbox;
mod smtp;
mod transport;

pub use message::{Message, NoMessage, Thread};
pub use outbox::Outbox;
pub use smtp::Smtp;
pub use transport::{NotSent, Transport};
