//! Asks the running desk, or does it here where none is running; with a progress bar either way.

use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::kept;
use crate::clock;
use crate::config::Loaded;
use crate::platforms::socket::{self, SocketError};
use crate::services::keeping::{Keeper, Operation, Outcome, Progress, Step, Told, perform};

use super::output::{self, Failure};

/// Performs an operation: in the running desk when its socket answers, else on the store that is opened here.
pub async fn perform_there_or_here(loaded: &Loaded, operation: Operation) -> Result<Outcome, Failure> {
    let bar = bar();
    let mut tell = |at: Progress| show(&bar, at);
    let socket = socket::beside(&loaded.settings.store.path);
    let asked = socket::ask(&socket, operation.clone(), &mut tell).await?;
    let outcome = if let Some(outcome) = asked {
        outcome
    } else {
        let kept = kept::places(loaded)?.open_existing(clock::secret).await?;
        let store = kept.store.clone();
        let keeper = kept::keeper(loaded, kept, None);
        let done = perform(&operation, &keeper, clock::now(), &mut tell).await;
        store.close().await;
        done?
    };
    bar.finish_and_clear();
    Ok(outcome)
}

/// Performs many operations, one after the other or at once: in the running desk, or on the store that is opened here.
pub struct Performer {
    socket: PathBuf,
    here: Option<Keeper>,
}

impl Performer {
    /// Looks whether a desk is running; if none is, the store is opened here.
    pub async fn find(loaded: &Loaded) -> Result<Self, Failure> {
        let socket = socket::beside(&loaded.settings.store.path);
        let here = if socket::answers(&socket).await? {
            None
        } else {
            Some(kept::keeper(loaded, kept::open(loaded).await?, None))
        };
        Ok(Self { socket, here })
    }

    /// Performs an operation.
    pub async fn perform(&self, operation: Operation, progress: Told<'_>) -> Result<Outcome, Failure> {
        if let Some(keeper) = &self.here {
            return Ok(perform(&operation, keeper, clock::now(), progress).await?);
        }
        let asked = socket::ask(&self.socket, operation, progress).await?;
        asked.ok_or_else(|| SocketError::BrokenOff("it has stopped".to_owned()).into())
    }

    /// Lets the store go.
    pub async fn close(&self) {
        if let Some(keeper) = &self.here {
            keeper.kept.store.close().await;
        }
    }
}

/// A progress bar for what may turn out to be countable or not.
pub fn bar() -> ProgressBar {
    let bar = output::progress("");
    bar.set_style(style("{msg:10} {pos}"));
    bar
}

/// Shows how far the work has come.
pub fn show(bar: &ProgressBar, at: Progress) {
    let (message, counted) = match at.step {
        Step::Verifying => ("Reading", "{bytes}"),
        Step::Records => ("Records", "{pos}"),
        Step::Files => ("Files", "{pos}"),
        Step::Comparing => ("Comparing", "{pos}"),
        Step::Checking => ("Checking", "{pos}"),
    };
    if let Some(of) = at.of {
        bar.set_style(style("{msg:10} {bar:30} {pos}/{len}"));
        bar.set_length(of);
    } else {
        bar.set_style(style(&format!("{{msg:10}} {counted}")));
    }
    bar.set_message(message);
    bar.set_position(at.done);
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

/// What a desk of another version may answer.
pub fn unexpected() -> Failure {
    Failure::Usage("The running desk answered something else; use the same guidepost for both.".to_owned())
}

/// So many of something.
pub fn many(count: u64, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// A number of bytes as people read it.
pub fn size(bytes: u64) -> String {
    indicatif::HumanBytes(bytes).to_string()
}
