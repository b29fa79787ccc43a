//! By which doors somebody comes: linking, moving a visitor's records, unlinking.

mod linking;
mod mails;
mod moving;
mod rooms;
