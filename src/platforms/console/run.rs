//! Connects a conversation with the keyboard and the screen, or with a pipe.

use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

use crate::config;
use crate::domain::Identity;
use crate::handlers::Desk;

use super::editor;
use super::input::{Lines, Typed};
use super::session::{Session, Turn};

/// Columns where the output is no terminal.
pub(super) const PIPE_WIDTH: usize = 80;

/// The terminal failed.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    /// What is typed could not be read.
    #[error("the terminal's input could not be read: {0}")]
    Input(#[source] io::Error),
    /// What is said could not be printed.
    #[error("the terminal's output could not be written: {0}")]
    Output(#[source] io::Error),
}

/// Talks with whoever sits at the terminal; where there is none, answers the lines of standard input.
pub async fn run(desk: Arc<Desk>, who: Identity, settings: &config::Console) -> Result<(), ConsoleError> {
    let (stdin, stdout) = (io::stdin(), io::stdout());
    let is_terminal = stdout.is_terminal();
    let fixed = settings.width;
    let width = move || match fixed {
        Some(width) => width,
        // Asked for each turn: windows are resized.
        None if is_terminal => textwrap::termwidth(),
        None => PIPE_WIDTH,
    };
    let out = anstream::AutoStream::auto(stdout);
    if stdin.is_terminal() && is_terminal {
        at_keyboard(desk, who, settings.history.clone(), width, out).await
    } else {
        converse(desk, who, stdin, out, width).await
    }
}

async fn at_keyboard(
    desk: Arc<Desk>,
    who: Identity,
    history: Option<PathBuf>,
    width: impl Fn() -> usize,
    mut out: impl Write,
) -> Result<(), ConsoleError> {
    let lines = editor::lines(Arc::clone(&desk), history).map_err(ConsoleError::Input)?;
    let session = Session::new(desk, who);
    if write(&mut out, &format!("{}\n", session.greeting(width())))? {
        talk(session, &lines, width, out, Echo::Off).await?;
    }
    Ok(())
}

/// Answers the lines of a pipe, each as a turn of one conversation, until they end. Each line is repeated, so that what
/// comes out can be read by itself. Whoever closes the other end of `out` ends the conversation, too.
pub async fn converse(
    desk: Arc<Desk>,
    who: Identity,
    input: impl Read + Send + 'static,
    out: impl Write,
    width: impl Fn() -> usize,
) -> Result<(), ConsoleError> {
    let lines = Lines::piped(input).map_err(ConsoleError::Input)?;
    talk(Session::new(desk, who), &lines, width, out, Echo::On).await
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Echo {
    On,
    Off,
}

async fn talk(
    mut session: Session,
    lines: &Lines,
    width: impl Fn() -> usize,
    mut out: impl Write,
    echo: Echo,
) -> Result<(), ConsoleError> {
    loop {
        let line = match lines.next().await.map_err(ConsoleError::Input)? {
            Typed::Line(line) => line,
            Typed::Cleared => continue,
            Typed::End => return Ok(()),
        };
        if echo == Echo::On && !write(&mut out, &format!("> {}\n", repeated(&line)))? {
            return Ok(());
        }
        match session.turn(&line, width()).await {
            Turn::Leave => return Ok(()),
            Turn::Say(text) if text.is_empty() => {}
            Turn::Say(text) => {
                if !write(&mut out, &format!("{text}\n"))? {
                    return Ok(());
                }
            }
        }
    }
}

/// A line as it may be printed: short enough to find one's place, and harmless.
fn repeated(line: &str) -> String {
    const MOST: usize = 200;
    let mut out: String = super::safe::line(line).chars().take(MOST).collect();
    if line.chars().nth(MOST).is_some() {
        out.push('…');
    }
    out
}

/// Whether there still is somebody who reads.
fn write(out: &mut impl Write, text: &str) -> Result<bool, ConsoleError> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(ConsoleError::Output(error)),
    }
}
