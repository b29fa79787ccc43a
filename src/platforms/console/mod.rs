//! The terminal: a conversation on a keyboard, or a pipe in which every line is a turn.

mod complete;
mod editor;
mod history;
mod inline;
mod input;
mod print;
mod prose;
mod render;
mod run;
mod safe;
mod session;
mod style;
mod table;
mod wrap;

#[cfg(test)]
mod render_tests;

pub use input::{Lines, Typed};
pub use print::print;
pub use render::{Screen, render};
pub use run::{ConsoleError, converse, run};
pub use session::{Session, Turn};
