//! Conversations on Discord, through the real program.

mod accounts;
mod commands;
mod dms;
mod guides;
mod help_threads;
mod hostile;
mod linking;
mod many;
mod menus;
mod plain;
mod servers;
pub mod shows;
mod steps;
mod the_loop;
mod threads;
