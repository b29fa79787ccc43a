//! Guidepost: a support desk that lives in a chat channel.
//!
//! The map of the house, from the ground up (a module may use those above it in this list, never those below):
//! - [`domain`]: what the desk is about; pure values and rules.
//! - [`config`]: `config.toml`, the environment and `--set`; the only reader of the environment.
//! - [`knowledge`]: Markdown articles in, [`domain::Article`] out; importers.
//! - [`search`]: finds the passage that answers; tantivy.
//! - [`net`]: the network as a client sees it; reqwest.
//! - [`services`]: what the desk does for people and operators, one use case each.

pub mod config;
pub mod domain;
pub mod knowledge;
pub mod net;
pub mod search;
pub mod services;
