//! What other programs ask of the desk.

mod accounts;
mod articles;
mod auth;
mod cases;
mod chat;
mod client;
mod description;
mod health;
mod metrics;
mod once;
mod problems;
mod token_program;
mod tokens;
