//! Single-use links: who can have one sent, what the mail says, and what is done behind it, once.

mod asking;
mod behind;
mod mails;
mod secrets;
pub mod world;
