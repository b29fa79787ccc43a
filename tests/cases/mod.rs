//! Cases as people, staff and the desk itself work on them, on each engine.

mod behalf;
mod corrections;
mod files;
mod hostile;
mod life;
mod limits;
mod news;
mod once;
mod privacy;
mod tallies;
mod tending;
pub mod world;
