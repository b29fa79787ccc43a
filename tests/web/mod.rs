//! The pages, as people use them: in a browser without JavaScript, with mails that are read and a clock that is moved by hand.

mod browser;
mod hostile;
mod life;
mod program;
mod refused;
mod sign_up;
pub mod world;
