//! Finds the configuration's file, reads the process's environment, and puts the layers together.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::builtin::{self, Builtin};
use super::fault::{ConfigError, Fault, Problem};
use super::layers::{Entry, Layers};
use super::names::PREFIX;
use super::origin::Origin;
use super::secret::Secrets;
use super::settings::Settings;
use super::syntax::Lines;
use super::typed::{self, fitting};
use super::{file, text};

/// The file that is taken without `--config`, where the working folder has one.
const FILE: &str = "config.toml";

/// What the command line says about the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// `--config FILE`; it must exist.
    pub file: Option<PathBuf>,
    /// Each `--set section.key=value`, in order.
    pub set: Vec<String>,
}

/// The configuration that is in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    /// The secrets; apart, so that whoever needs settings does not hold them.
    pub secrets: Secrets,
    pub(super) entries: Vec<Entry>,
}

impl Loaded {
    /// Where the value of `section.key` came from; `None` when there is no such setting.
    #[must_use]
    pub fn origin(&self, key: &str) -> Option<&Origin> {
        self.entries.iter().find(|entry| entry.name.to_string() == key).map(|entry| &entry.origin)
    }
}

/// Reads and checks the configuration. `environment` is [`environment()`], but for tests.
pub fn load(
    options: &Options,
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<Loaded, ConfigError> {
    merge(read_file(options.file.as_deref()), environment, &options.set)
}

/// Puts the layers together: the file's name and text where there is one, the environment, `--set`.
pub(super) fn merge(
    file: Result<Option<(String, String)>, Fault>,
    environment: impl IntoIterator<Item = (String, String)>,
    set: &[String],
) -> Result<Loaded, ConfigError> {
    let builtin = Builtin::parse(builtin::TEXT)?;
    let mut layers = Layers::new(&builtin);
    match file {
        Ok(Some((name, text))) => layers.lay(fitting(&builtin, file::read(&builtin, &name, &text))),
        Ok(None) => {}
        Err(fault) => layers.faults.push(fault),
    }
    layers.lay(fitting(&builtin, text::environment(&builtin, environment)));
    layers.lay(fitting(&builtin, text::set(&builtin, set)));
    let Layers { entries, secrets, mut faults } = layers;
    let settings = match typed::settings(&entries) {
        Ok(settings) if faults.is_empty() => return Ok(Loaded { settings, secrets, entries }),
        typed => typed,
    };
    if let Err(reason) = settings {
        // Each value fits by itself, so a default does not: a test rules that out.
        let problem = Problem::Refused { key: "A default".to_owned(), reason };
        faults.push(Fault { place: builtin::NAME.to_owned(), problem });
    }
    Err(ConfigError { faults })
}

/// The variables of the process that are Guidepost's. What is no UTF-8 in one becomes U+FFFD, which `load` refuses.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn environment() -> Vec<(String, String)> {
    let text = |part: std::ffi::OsString| part.to_string_lossy().into_owned();
    let all = std::env::vars_os().map(|(name, value)| (text(name), text(value)));
    all.filter(|(name, _)| name.starts_with(PREFIX)).collect()
}

/// The name of whoever uses this system, where it tells.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn user() -> Option<String> {
    let name = |variable: &str| std::env::var(variable).ok().filter(|name| !name.is_empty());
    name("USER").or_else(|| name("USERNAME"))
}

/// The home folder of whoever runs this, where the system says it.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
pub fn home() -> Option<PathBuf> {
    let folder = |variable: &str| std::env::var_os(variable).filter(|folder| !folder.is_empty());
    folder("HOME").or_else(|| folder("USERPROFILE")).map(PathBuf::from)
}

/// The file's name and text; `None` where none was named and the working folder has none.
fn read_file(named: Option<&Path>) -> Result<Option<(String, String)>, Fault> {
    let path = named.unwrap_or(Path::new(FILE));
    let name = path.display().to_string();
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return match named {
                Some(_) => Err(Fault { place: name, problem: Problem::Missing }),
                None => Ok(None),
            };
        }
        Err(error) => return Err(Fault { place: name, problem: Problem::Unreadable(error.to_string()) }),
    };
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some((name, text))),
        Err(error) => {
            let line = Lines::of(error.as_bytes()).at(error.utf8_error().valid_up_to());
            Err(Fault { place: Origin::File { file: name, line }.to_string(), problem: Problem::NotUtf8 })
        }
    }
}
