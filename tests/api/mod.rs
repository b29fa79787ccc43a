//! What other programs ask of the desk.

mod health;
mod token_program;
mod tokens;
