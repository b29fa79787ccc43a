//! The conversation's shape: what comes in, what it asks for, and what goes out. Pure values; no I/O, no sentences.
//!
//! A platform's event becomes a [`Request`]; [`parse`](parse::parse) makes an [`Intent`] out of it; a handler answers with
//! a [`Reply`]. What a conversation remembers between turns is its [`Memory`].

pub mod choice;
pub mod commands;
mod courtesy;
pub mod flow;
pub mod forgotten;
pub mod intent;
mod markup;
pub mod memory;
mod overheard;
pub mod parse;
mod pressed;
pub mod reply;
pub mod request;
pub mod secret;
pub mod server;
pub mod text;
pub mod ticket;
pub mod wish;

#[cfg(test)]
mod parse_tests;
#[cfg(test)]
mod secret_tests;

pub use choice::{ChoiceId, QuestionRef, Verb, Wording};
pub use commands::Command;
pub use intent::{Country, Intent, Name, Onward, Question, SmallTalk, Whole};
pub use memory::{Asked, Memory, Scope};
pub use overheard::{is_private, looks_like_question};
pub use pressed::QUESTION;
pub use reply::{
    Card, CaseLine, Choice, CommandHelp, Document, Field, FieldKind, Form, Mention, PICKED, Picker,
    PickerKind, ProductLine, Progress, Reply, ReplyBlock, TimelineEntry, Visibility,
};
pub use request::{Input, Member, Request};
pub use server::{ServerSetting, ServerVerb, ServerWish};
pub use ticket::Ticket;
