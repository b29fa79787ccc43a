//! Guidepost: a support desk that lives in a chat channel.
//!
//! The map of the house, from the ground up (a module may use those above it in this list, never those below):
//! - [`domain`]: what the desk is about; pure values and rules.
//! - [`chat`]: the conversation's shape: requests, what they ask for, replies.
//! - [`replies`]: every sentence that a person can read.
//! - [`config`]: `config.toml`, the environment and `--set`; the only reader of the environment.
//! - [`clock`]: time and randomness as values that are passed in.
//! - [`disk`]: files that survive a power cut, and locks that end with their process.
//! - [`knowledge`]: Markdown articles in, [`domain::Article`] out; importers.
//! - [`search`]: finds the passage that answers; tantivy.
//! - [`store`]: keys and values, changed in batches that are never lost; sled or PostgreSQL.
//! - [`mail`]: messages and the outbox they are written to; lettre.
//! - [`net`]: the network as a client sees it; reqwest.
//! - [`services`]: what the desk does for people and operators, one use case each.
//! - [`jobs`]: carries out effects and timers.
//! - [`handlers`]: one exhaustive match over what people ask for.
//! - [`platforms`]: the doors: they translate, and nothing else.
//! - [`app`]: puts the parts of a running desk together.
//! - [`cli`]: the command line, one file for each sub-command.

pub mod app;
pub mod chat;
pub mod cli;
pub mod clock;
pub mod config;
pub mod disk;
pub mod domain;
pub mod handlers;
pub mod jobs;
pub mod knowledge;
pub mod mail;
pub mod net;
pub mod platforms;
pub mod replies;
pub mod search;
pub mod services;
pub mod store;
mod telemetry;
