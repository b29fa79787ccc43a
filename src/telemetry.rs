//! Where log lines go: to standard error, so that results stay clean.

use std::io::IsTerminal;

use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

use crate::config::Log;

/// Libraries whose log lines hold requests as they are, with tokens in them. What matters of it is told by whoever uses them; no setting
/// brings it back.
const SILENT: [&str; 4] = ["serenity", "tungstenite", "tokio_tungstenite", "reqwest"];

/// Starts logging; once in a process, later calls change nothing.
pub fn start(log: &Log) {
    // The settings were checked when they were loaded.
    let Ok(filter) = EnvFilter::builder().parse(&log.level) else { return };
    let lines = fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_filter(filter_fn(|line| !is_silent(line.target())));
    // Somebody else's subscriber, in tests, is as good.
    drop(tracing_subscriber::registry().with(filter).with(lines).try_init());
}

fn is_silent(target: &str) -> bool {
    SILENT.iter().any(|library| {
        target.strip_prefix(library).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_tokens_in_them_are_not_written() {
        assert!(is_silent("serenity") && is_silent("serenity::http::client"));
        assert!(!is_silent("guidepost::platforms::discord") && !is_silent("serenity_of_mind"));
    }
}
