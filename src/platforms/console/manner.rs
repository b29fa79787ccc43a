//! How the terminal's conversations are held, as the settings say.

use std::path::PathBuf;

use chrono_tz::Tz;

use crate::clock::Clock;
use crate::config::{self, Settings};

use super::view::View;

/// How the terminal's conversations are held.
#[derive(Debug, Clone)]
pub struct Manner {
    /// Columns of text; none for as many as the terminal has.
    pub width: Option<usize>,
    /// The file that keeps what was typed; none to keep nothing.
    pub history: Option<PathBuf>,
    /// The zone of the times that are told.
    pub zone: Tz,
    /// Tells the time.
    pub clock: Clock,
    /// Where files are looked for, and documents saved.
    pub folder: PathBuf,
    /// What `~` means.
    pub home: Option<PathBuf>,
    /// The largest file that can be attached, in millions of bytes.
    pub max_file_mb: u64,
}

impl Manner {
    /// As the settings say, in the working folder.
    #[must_use]
    pub fn of(settings: &Settings, clock: Clock) -> Self {
        Self {
            width: settings.console.width,
            history: settings.console.history.clone(),
            zone: settings.desk.time_zone,
            clock,
            folder: PathBuf::from("."),
            home: config::home(),
            max_file_mb: settings.cases.max_file_mb,
        }
    }

    /// What is rendered now within so many columns.
    #[must_use]
    pub fn view(&self, width: usize) -> View {
        View { width, now: self.clock.now(), zone: self.zone }
    }
}
