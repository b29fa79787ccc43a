//! The copy of `config.toml` in the binary: the only list of settings, their types and their defaults.

use toml::de::DeTable;

use super::check;
use super::fault::{ConfigError, Fault, Problem, listed};
use super::names::{Name, closest, printable};
use super::value::Value;

/// `config.toml` as it was when the program was built.
pub(super) const TEXT: &str = include_str!("../../config.toml");

/// How messages call it.
pub(super) const NAME: &str = "built-in config.toml";

/// A setting: its name, and a default that is also its type.
#[derive(Debug)]
pub(super) struct Setting {
    pub name: Name,
    pub default: Value,
}

/// All settings, in the order of `config.toml`.
#[derive(Debug)]
pub(super) struct Builtin {
    settings: Vec<Setting>,
}

impl Builtin {
    /// Reads the list. It fails only where the program itself is wrong, which a test rules out.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let fault = |problem| ConfigError { faults: vec![Fault { place: NAME.to_owned(), problem }] };
        let root =
            DeTable::parse(text).map_err(|error| fault(Problem::NotToml(error.message().to_owned())))?;
        let mut settings = Vec::new();
        for (section, table) in root.get_ref() {
            for (key, value) in table.get_ref().as_table().into_iter().flatten() {
                let name = Name::new(section.get_ref(), key.get_ref());
                let default = Value::from_toml(value.get_ref()).ok_or_else(|| {
                    fault(Problem::Refused {
                        key: name.to_string(),
                        reason: "no setting can be a table".into(),
                    })
                })?;
                settings.push((key.span().start, Setting { name, default }));
            }
        }
        settings.sort_by_key(|(position, _)| *position);
        Ok(Self { settings: settings.into_iter().map(|(_, setting)| setting).collect() })
    }

    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    pub fn find(&self, section: &str, key: &str) -> Option<&Setting> {
        self.within(section).find(|setting| setting.name.key == key)
    }

    pub fn has_section(&self, section: &str) -> bool {
        self.within(section).next().is_some()
    }

    /// That there is no such section, and which one there is.
    pub fn unknown_section(&self, section: &str) -> Problem {
        let instead = closest(section, self.sections())
            .map_or_else(|| self.all_sections(), |section| format!("Did you mean [{section}]?"));
        Problem::UnknownSection { section: printable(section), instead }
    }

    /// That there is no such setting, and which one there is.
    pub fn unknown_key(&self, section: &str, key: &str) -> Problem {
        let path = format!("{section}.{key}");
        let instead = if self.has_section(section) {
            let keys: Vec<&str> = self.within(section).map(|setting| setting.name.key.as_str()).collect();
            closest(key, keys.iter().copied())
                .map(|key| format!("Did you mean {section}.{key}?"))
                .or_else(|| self.elsewhere(key))
                .unwrap_or_else(|| format!("[{section}] has {}.", listed(keys)))
        } else {
            let names: Vec<String> = self.settings.iter().map(|setting| setting.name.to_string()).collect();
            closest(&path, names.iter().map(String::as_str))
                .map(|name| format!("Did you mean {name}?"))
                .or_else(|| self.elsewhere(key))
                .unwrap_or_else(|| self.all_sections())
        };
        Problem::UnknownKey { key: printable(&path), instead }
    }

    /// That a key has no section, and which setting it may be.
    pub fn outside_section(&self, key: &str) -> Problem {
        let instead = self.elsewhere(key).unwrap_or_else(|| self.all_sections());
        Problem::OutsideSection { key: printable(key), instead }
    }

    /// The only setting with this key, whatever its section.
    fn elsewhere(&self, key: &str) -> Option<String> {
        let mut same = self.settings.iter().filter(|setting| setting.name.key == key);
        let only = same.next().filter(|_| same.next().is_none())?;
        Some(format!("Did you mean {}?", only.name))
    }

    /// The settings of one section.
    pub fn within(&self, section: &str) -> impl Iterator<Item = &Setting> {
        self.settings.iter().filter(move |setting| setting.name.section == section)
    }

    /// All sections, in order.
    pub fn sections(&self) -> Vec<&str> {
        let mut sections: Vec<&str> =
            self.settings.iter().map(|setting| setting.name.section.as_str()).collect();
        sections.dedup();
        sections
    }

    fn all_sections(&self) -> String {
        format!("The sections are {}.", listed(self.sections()))
    }
}

impl Setting {
    /// Takes a value for this setting; `found` says what is there, for the message that refuses it.
    pub fn accept(&self, value: Option<Value>, found: impl FnOnce() -> String) -> Result<Value, Problem> {
        let expected = match value.and_then(|value| value.like(&self.default)) {
            Some(value) => match check::check(&self.name, &value) {
                Ok(()) => return Ok(value),
                Err(expected) => expected,
            },
            None => check::expected(&self.name).unwrap_or_else(|| self.default.type_name().to_owned()),
        };
        Err(Problem::Value { key: self.name.to_string(), expected, found: found() })
    }

    /// The same where others can read it, in a file or a list of processes: no password belongs there.
    pub fn accept_in_public(
        &self,
        value: Option<Value>,
        found: impl FnOnce() -> String,
    ) -> Result<Value, Problem> {
        let value = self.accept(value, found)?;
        if value.carries_password() {
            return Err(Problem::Password {
                key: self.name.to_string(),
                environment: self.name.environment(),
            });
        }
        Ok(value)
    }
}
