//! Lays the file, the environment and `--set` over the defaults; each value remembers where it came from.

use super::builtin::{Builtin, Setting};
use super::fault::{Fault, Problem};
use super::names::Name;
use super::origin::Origin;
use super::secret::{SecretName, Secrets};
use super::value::Value;

/// What one place of a source says.
pub(super) type Reading = (Origin, Result<Laid, Problem>);

/// A value that a source lays over the default.
pub(super) enum Laid {
    Setting(Name, Value),
    Secret(SecretName, String),
}

/// The value that is in force, and where it came from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub name: Name,
    pub value: Value,
    pub origin: Origin,
}

/// The settings as they lie over each other.
#[derive(Debug)]
pub(super) struct Layers {
    pub entries: Vec<Entry>,
    pub secrets: Secrets,
    pub faults: Vec<Fault>,
}

impl Layers {
    /// The defaults alone.
    pub fn new(builtin: &Builtin) -> Self {
        let entry = |setting: &Setting| Entry {
            name: setting.name.clone(),
            value: setting.default.clone(),
            origin: Origin::Default,
        };
        let entries = builtin.settings().iter().map(entry).collect();
        Self { entries, secrets: Secrets::default(), faults: Vec::new() }
    }

    /// Lays a source over what is there. A value that is wrong by itself is told even where a later one wins.
    pub fn lay(&mut self, readings: Vec<Reading>) {
        for (origin, reading) in readings {
            match reading {
                Ok(Laid::Setting(name, value)) => self.put(&name, value, origin),
                Ok(Laid::Secret(name, text)) => self.secrets.insert(name, text),
                Err(problem) => self.faults.push(Fault { place: origin.to_string(), problem }),
            }
        }
    }

    /// Puts one value in the place of what was there.
    pub fn put(&mut self, name: &Name, value: Value, origin: Origin) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.name == *name) {
            (entry.value, entry.origin) = (value, origin);
        }
    }
}
