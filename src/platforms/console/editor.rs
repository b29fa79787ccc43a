//! The keyboard: a line editor with history and completion.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use rustyline::config::Config;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Editor};

use crate::handlers::Desk;

use super::complete::Offers;
use super::history;
use super::input::{Lines, Typed};

/// What stands before the cursor.
const PROMPT: &str = "> ";
/// Lines that are kept.
const KEPT: usize = 1_000;

/// Lines that a person types, with those of earlier conversations at hand.
pub fn lines(desk: Arc<Desk>, history: Option<PathBuf>) -> io::Result<Lines> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .max_history_size(KEPT)
        .and_then(|builder| builder.history_ignore_dups(true))
        .map_err(io::Error::other)?
        .history_ignore_space(true)
        .build();
    let mut editor: Editor<Offers, FileHistory> = Editor::with_config(config).map_err(io::Error::other)?;
    editor.set_helper(Some(Offers::new(desk)));
    let history = history.filter(|file| match history::prepare(file) {
        Ok(()) => {
            // A file that can't be read, such as one of another program, is no reason not to talk.
            let _ = editor.load_history(file);
            true
        }
        Err(error) => {
            tracing::warn!(%error, "the console's history cannot be kept");
            false
        }
    });
    Lines::new(move || match editor.readline(PROMPT) {
        Ok(line) => {
            keep(&mut editor, &line, history.as_ref());
            Ok(Typed::Line(line))
        }
        Err(ReadlineError::Interrupted) => Ok(Typed::Cleared),
        Err(ReadlineError::Eof) => Ok(Typed::End),
        Err(ReadlineError::Io(error)) => Err(error),
        Err(error) => Err(io::Error::other(error)),
    })
}

/// Kept at once: a terminal may be closed at any moment.
fn keep(editor: &mut Editor<Offers, FileHistory>, line: &str, file: Option<&PathBuf>) {
    // Numbers press what was on the screen then, which says nothing later.
    if line.trim().chars().count() <= 2 {
        return;
    }
    let kept = editor.add_history_entry(line);
    if let (Ok(true), Some(file)) = (kept, file)
        && let Err(error) = editor.append_history(file)
    {
        tracing::warn!(%error, "a line could not be added to the console's history");
    }
}
