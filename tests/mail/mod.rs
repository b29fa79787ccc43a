//! Mail to a real server: aiosmtpd, which the tests start on this machine.

mod failing;
mod program;
mod sending;
pub mod server;
