//! The shipped articles answer the questions that people type.

mod shipped;
