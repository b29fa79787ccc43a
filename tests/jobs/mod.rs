//! Effects and timers: carried out once, retried, given up, taken over; and mail in the outbox.

mod effects;
mod leases;
mod letters;
mod looking;
mod many;
mod running;
mod timers;
pub mod world;
