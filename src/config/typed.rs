//! Makes `Settings` of the values, and refuses each value that their types do not take.

use serde::Deserialize;

use super::builtin::Builtin;
use super::fault::Problem;
use super::layers::{Entry, Laid, Layers, Reading};
use super::settings::Settings;

/// The typed settings; else why not, in the words of the field that refuses.
pub(super) fn settings(entries: &[Entry]) -> Result<Settings, String> {
    let mut root = toml::Table::new();
    for Entry { name, value, .. } in entries {
        let section = root.entry(name.section.clone()).or_insert_with(|| toml::Table::new().into());
        if let Some(section) = section.as_table_mut() {
            section.insert(name.key.clone(), value.clone().into());
        }
    }
    Settings::deserialize(root).map_err(|error| error.message().to_owned())
}

/// Tries each value alone over the defaults: so every one that is refused is told, with the place it came from.
pub(super) fn fitting(builtin: &Builtin, readings: Vec<Reading>) -> Vec<Reading> {
    let fit = |(origin, reading): Reading| {
        let reading = reading.and_then(|laid| match problem(builtin, &laid) {
            Some(problem) => Err(problem),
            None => Ok(laid),
        });
        (origin, reading)
    };
    readings.into_iter().map(fit).collect()
}

fn problem(builtin: &Builtin, laid: &Laid) -> Option<Problem> {
    let Laid::Setting(name, value) = laid else { return None };
    let mut layers = Layers::new(builtin);
    layers.put(name, value.clone(), super::Origin::Default);
    let reason = settings(&layers.entries).err()?;
    // The reason may repeat the value.
    let reason = if value.carries_password() { "its value is of the wrong form".to_owned() } else { reason };
    Some(Problem::Refused { key: name.to_string(), reason })
}
