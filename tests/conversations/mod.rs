//! What people say to the desk and what it says back: each test is a script, its snapshot the transcript.

mod account_rights;
mod accounts;
mod answers;
mod articles;
mod behalf;
mod cases;
mod flows;
mod guides;
mod guild;
mod hostile;
pub mod library;
mod linking;
mod passwords;
mod phone;
mod pipe;
mod products;
mod public;
mod room;
mod servers;
mod slash;
mod small;
pub mod world;

use world::World;
