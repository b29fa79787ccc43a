//! What goes wrong at Discord, at the desk and in between: everything is handled once all the same.

mod adopted;
mod archived;
mod away;
mod doors;
mod gateway;
pub mod hands;
mod kill;
mod marks;
mod missed;
mod private;
mod requests;
mod rooms;
mod talk;
mod zombie;
