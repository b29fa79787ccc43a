//! Passwords: what one must be, and keeping it from being printed. Nothing here is kept, logged or sent.

mod fingerprint;
mod idle;
mod policy;
mod secret;
mod words;

pub use fingerprint::{Fingerprint, is_range};
pub use idle::is_long_since;
pub use policy::{FEWEST, MOST, SYMBOLS, Unmet, unmet};
pub use secret::Password;
