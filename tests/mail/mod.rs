//! Mail to a real server: aiosmtpd, which the tests start on this machine.

mod failing;
mod program;
mod sending;
mod server;
