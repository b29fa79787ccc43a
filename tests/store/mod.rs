//! The store: one suite for both engines.

mod basics;
mod disk;
mod engines;
mod history;
mod model;

pub use engines::on_each_engine;
