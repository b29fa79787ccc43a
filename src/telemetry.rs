//! Where log lines go: to standard error, so that results stay clean.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::Log;

/// Starts logging; once in a process, later calls change nothing.
pub fn start(log: &Log) {
    // The settings were checked when they were loaded.
    let Ok(filter) = EnvFilter::builder().parse(&log.level) else { return };
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .try_init();
    // Somebody else's subscriber, in tests, is as good.
    drop(started);
}
