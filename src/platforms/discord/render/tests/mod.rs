//! What Discord shows, and what it must never get.

mod cases;
mod escaping;
mod forms;
mod hostile;
mod limits;
mod links;
mod looks;
mod picture;
mod sample;
mod strategy;
