//! The terminal: a conversation on a keyboard, or a pipe in which every line is a turn.

mod attach;
mod complete;
mod editor;
mod history;
mod inline;
mod input;
mod line;
mod manner;
mod print;
mod prose;
mod render;
mod run;
pub(in crate::platforms) mod safe;
mod save;
mod session;
mod style;
mod table;
mod view;
mod work;
mod wrap;

#[cfg(test)]
mod render_tests;

pub use input::{Lines, Typed};
pub use line::Line;
pub use manner::Manner;
pub use print::print;
pub use render::{Screen, render};
pub use run::{ConsoleError, converse, run};
pub use session::{Session, Turn};
pub use view::View;
