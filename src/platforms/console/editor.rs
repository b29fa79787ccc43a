//! The keyboard: a line editor with history and completion.

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use rustyline::config::Config;
use rustyline::error::ReadlineError;
use rustyline::history::FileHistory;
use rustyline::{CompletionType, Editor, ExternalPrinter};

use crate::handlers::Desk;

use super::complete::Offers;
use super::history;
use super::input::{Lines, Typed};

/// What stands before the cursor.
const PROMPT: &str = "> ";
/// Lines that are kept.
const KEPT: usize = 1_000;

/// Prints above the line that is being typed, which stays as it is.
pub type Above = Box<dyn Fn(String) -> io::Result<()> + Send + Sync>;

/// Lines that a person types, with those of earlier conversations at hand; and what prints above them, on terminals that can do that. A line
/// that ends in a backslash goes on in the next one.
pub fn lines(desk: Arc<Desk>, history: Option<PathBuf>) -> io::Result<(Lines, Option<Above>)> {
    let config = Config::builder()
        .completion_type(CompletionType::List)
        .max_history_size(KEPT)
        .and_then(|builder| builder.history_ignore_dups(true))
        .map_err(io::Error::other)?
        .history_ignore_space(true)
        .build();
    let mut editor: Editor<Offers, FileHistory> = Editor::with_config(config).map_err(io::Error::other)?;
    editor.set_helper(Some(Offers::new(desk)));
    let above = editor.create_external_printer().ok().map(above);
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
    let lines = Lines::new(move || match editor.readline(PROMPT) {
        Ok(line) => {
            keep(&mut editor, &line, history.as_ref());
            Ok(Typed::Line(line.replace("\\\n", "\n")))
        }
        Err(ReadlineError::Interrupted) => Ok(Typed::Cleared),
        Err(ReadlineError::Eof) => Ok(Typed::End),
        Err(ReadlineError::Io(error)) => Err(error),
        Err(error) => Err(io::Error::other(error)),
    })?;
    Ok((lines, above))
}

fn above(printer: impl ExternalPrinter + Send + 'static) -> Above {
    let printer = Mutex::new(printer);
    let is_plain = AutoStream::choice(&io::stdout()) == ColorChoice::Never;
    Box::new(move |text| {
        let text = if is_plain { strip_str(&text).to_string() } else { text };
        let mut printer = printer.lock().unwrap_or_else(PoisonError::into_inner);
        printer.print(text).map_err(io::Error::other)
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
