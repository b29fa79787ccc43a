//! Whether a password became known elsewhere: a file of hashes that is at hand, and a database that is asked.

use std::path::PathBuf;

use crate::config::SignIn as Settings;
use crate::domain::password::{Fingerprint, Password, is_range};
use crate::net::{FetchError, Ranges};

use super::hash_file;

/// Where compromised passwords are looked up.
pub(super) struct Databases {
    ranges: Option<Ranges>,
    file: Option<PathBuf>,
}

/// What is known of a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// It is compromised.
    Compromised,
    /// Somebody was asked, and does not know it.
    Sound,
    /// Nobody answered.
    Unknown,
    /// Nobody is to be asked.
    NotAsked,
}

impl Databases {
    pub fn of(settings: &Settings) -> Result<Self, FetchError> {
        let ranges = settings.compromised.as_deref();
        let ranges =
            ranges.map(|address| Ranges::new(address, settings.compromised_timeout())).transpose()?;
        Ok(Self { ranges, file: settings.compromised_file.clone() })
    }

    /// Looks it up: it is compromised where either says so, and sound where either knows nothing and none says otherwise.
    pub async fn look_up(&self, password: &Password) -> Known {
        let print = Fingerprint::of(password);
        let file = self.in_file(&print).await;
        if file == Known::Compromised {
            return file;
        }
        match (file, self.in_ranges(&print).await) {
            (Known::Compromised, _) | (_, Known::Compromised) => Known::Compromised,
            (Known::Sound, _) | (_, Known::Sound) => Known::Sound,
            (Known::NotAsked, Known::NotAsked) => Known::NotAsked,
            (Known::Unknown, _) | (_, Known::Unknown) => Known::Unknown,
        }
    }

    async fn in_ranges(&self, print: &Fingerprint) -> Known {
        let Some(ranges) = &self.ranges else { return Known::NotAsked };
        match ranges.get(print.prefix()).await {
            Ok(answer) if is_range(&answer) => of(print.is_in(&answer)),
            Ok(_) => {
                tracing::warn!("what answers at sign_in.compromised is no database of compromised passwords");
                Known::Unknown
            }
            Err(error) => {
                tracing::warn!(%error, "the database of compromised passwords did not answer");
                Known::Unknown
            }
        }
    }

    async fn in_file(&self, print: &Fingerprint) -> Known {
        let Some(file) = self.file.clone() else { return Known::NotAsked };
        let print = print.clone();
        let found = tokio::task::spawn_blocking(move || hash_file::contains(&file, print.whole())).await;
        match found {
            Ok(Ok(is_there)) => of(is_there),
            Ok(Err(error)) => {
                tracing::warn!(%error, "the file of compromised passwords can not be used");
                Known::Unknown
            }
            Err(error) => {
                tracing::error!(%error, "looking into the file of compromised passwords broke off");
                Known::Unknown
            }
        }
    }
}

fn of(is_compromised: bool) -> Known {
    if is_compromised { Known::Compromised } else { Known::Sound }
}
