//! Signing in, on every engine: the policy each time, limits, sessions, compromised passwords, many at once, and what must not be told.

mod alike;
mod at_once;
mod compromised;
mod databases;
mod limits;
mod policy;
mod privacy;
mod secrets;
mod sessions;
pub mod world;
