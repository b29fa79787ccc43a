//! The configuration: `config.toml`, the environment and `--set`, laid over each other and checked.
//!
//! The copy of `config.toml` in the binary is the only list of settings, their types and their defaults. A new
//! setting is one line there, one field in `settings` and, where a value can be impossible, one rule in `check`.

mod builtin;
mod check;
mod fault;
mod file;
mod layers;
mod load;
mod names;
mod origin;
mod secret;
mod settings;
mod show;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod typed;
mod value;

pub use fault::{ConfigError, Fault, Problem};
pub use load::{Loaded, Options, environment, home, load, user};
pub use origin::Origin;
pub use secret::{Secret, SecretName, Secrets, carries_password};
pub use settings::{
    Cases, Console, Desk, Engine, Import, Index, Knowledge, Log, Search, Settings, SignIn, WhenUnknown,
};
pub use show::{Shown, ShownValue, render};
pub use value::Value;
