//! What the configuration promises, one file for each kind of promise.

mod builtin;
mod layers;
mod messages;
mod properties;
mod secrets;
mod show;

use super::builtin::Builtin;
use super::layers::Layers;
use super::load::merge;
use super::{ConfigError, Loaded, file, text};

/// The configuration of a file called `config.toml`, an environment and some `--set`.
fn merged(file: &str, environment: &[(&str, &str)], set: &[&str]) -> Result<Loaded, ConfigError> {
    merge(Ok(Some(("config.toml".to_owned(), file.to_owned()))), pairs(environment), &owned(set))
}

/// The same over other settings than Guidepost's, for kinds that it has none of yet.
fn laid(settings: &str, file: &str, environment: &[(&str, &str)], set: &[&str]) -> Layers {
    let builtin = Builtin::parse(settings).unwrap();
    let mut layers = Layers::new(&builtin);
    layers.lay(file::read(&builtin, "config.toml", file));
    layers.lay(text::environment(&builtin, pairs(environment)));
    layers.lay(text::set(&builtin, &owned(set)));
    layers
}

/// The faults of a configuration, one in a line.
fn faults(error: &ConfigError) -> String {
    error.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// What is said about a file.
fn of_file(text: &str) -> String {
    faults(&merged(text, &[], &[]).expect_err(text))
}

/// What is said about a variable of the environment.
fn of_variable(name: &str, text: &str) -> String {
    faults(&merged("", &[(name, text)], &[]).expect_err(name))
}

/// What is said about a `--set`.
fn of_set(argument: &str) -> String {
    faults(&merged("", &[], &[argument]).expect_err(argument))
}

fn pairs(environment: &[(&str, &str)]) -> Vec<(String, String)> {
    environment.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
