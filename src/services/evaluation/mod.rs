//! Measures how well questions find their articles, on labelled sets.

mod metrics;
mod set;

pub use metrics::{DEPTH, Metrics};
pub use set::{LabelledSet, SetError};
