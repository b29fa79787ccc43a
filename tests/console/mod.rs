//! The terminal: conversations through a socket, files, what becomes of them when a desk stops, and what is typed to do harm.

mod attach;
mod cases;
mod hostile;
mod program;
mod talks;
mod world;

pub use world::desk_of;
