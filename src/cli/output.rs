//! What goes to the terminal: results to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::config::ConfigError;
use crate::knowledge::shipped::NotWritten;
use crate::platforms::console::ConsoleError;
use crate::platforms::socket::SocketError;
use crate::search::SearchError;
use crate::services::case_search::CaseSearchError;
use crate::services::evaluation::SetError;
use crate::services::import::ImportError;
use crate::services::keeping::KeepingError;
use crate::services::library::LibraryError;
use crate::services::sign_in::NoSignIns;
use crate::store::StoreError;

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says it in its message")]
pub enum Failure {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    SignIn(#[from] NoSignIns),
    #[error(transparent)]
    Library(#[from] LibraryError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[error(transparent)]
    Set(#[from] SetError),
    #[error(transparent)]
    Console(#[from] ConsoleError),
    #[error(transparent)]
    Keeping(#[from] KeepingError),
    #[error(transparent)]
    Socket(#[from] SocketError),
    #[error(transparent)]
    Shipped(#[from] NotWritten),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    CaseSearch(#[from] CaseSearchError),
    #[error("the result could not be written: {0}")]
    Output(#[from] io::Error),
    #[error("the result could not be put into JSON: {0}")]
    Json(serde_json::Error),
    /// Something in the program is wrong.
    #[error("{0}; this is a fault of guidepost, please report it")]
    Fault(String),
    /// Something that was typed; the message says what to type instead.
    #[error("{0}")]
    Usage(String),
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        // What could not be written was JSON all the same: such as when nobody reads any more.
        if error.is_io() { Self::Output(error.into()) } else { Self::Json(error) }
    }
}

/// Tells a failure and gives its exit code: 2 for what was typed or set, 1 for the rest.
pub fn fail(failure: &Failure) -> ExitCode {
    if let Failure::Output(error) = failure
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        // Whoever read the output has seen enough.
        return ExitCode::SUCCESS;
    }
    say(&format!("guidepost: {failure}"));
    match failure {
        Failure::Config(_) | Failure::Usage(_) | Failure::Set(_) => ExitCode::from(2),
        Failure::Library(_) | Failure::Search(_) | Failure::Import(_) | Failure::Console(_) => {
            ExitCode::FAILURE
        }
        Failure::CaseSearch(_)
        | Failure::SignIn(_)
        | Failure::Store(_)
        | Failure::Fault(_)
        | Failure::Keeping(_)
        | Failure::Socket(_)
        | Failure::Shipped(_)
        | Failure::Output(_)
        | Failure::Json(_) => ExitCode::FAILURE,
    }
}

/// Prints a line of a result.
pub fn print(line: &str) -> io::Result<()> {
    writeln!(anstream::stdout(), "{line}")
}

/// Prints a result as JSON.
pub fn print_json(value: &impl serde::Serialize) -> Result<(), super::Failure> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}

/// Prints one of many results as a line of JSON, at once.
pub fn print_json_line(value: &impl serde::Serialize) -> Result<(), super::Failure> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()?;
    Ok(())
}

/// Tells something about the work to whoever watches.
pub fn say(line: &str) {
    // Where nobody can be told, the work goes on.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// A progress bar on standard error; invisible where that is no terminal.
pub fn progress(what: &'static str) -> ProgressBar {
    let target = if io::stderr().is_terminal() {
        ProgressDrawTarget::stderr_with_hz(10)
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    let style = ProgressStyle::with_template("{msg:12} {bar:30} {pos}/{len}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what);
    bar
}
