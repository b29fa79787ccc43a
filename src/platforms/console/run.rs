//! Connects a conversation with the keyboard and the screen, or with a pipe.

use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;

use tokio::sync::mpsc;

use crate::chat::Reply;
use crate::domain::Identity;
use crate::handlers::Desk;

use super::editor::{self, Above};
use super::input::{Lines, Typed};
use super::line::Line;
use super::manner::Manner;
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

/// Talks with whoever sits at the terminal; where there is none, answers the lines of standard input. `desk` greets and completes what
/// is typed; `line` leads to the one that answers.
pub async fn run(desk: Arc<Desk>, line: Line, who: Identity, manner: Manner) -> Result<(), ConsoleError> {
    let (stdin, stdout) = (io::stdin(), io::stdout());
    let is_terminal = stdout.is_terminal();
    let fixed = manner.width;
    let width = move || match fixed {
        Some(width) => width,
        // Asked for each turn: windows are resized.
        None if is_terminal => textwrap::termwidth(),
        None => PIPE_WIDTH,
    };
    let out = anstream::AutoStream::auto(stdout);
    if stdin.is_terminal() && is_terminal {
        let session = Session::new(Arc::clone(&desk), line, who, manner.clone()).at_keyboard();
        at_keyboard(desk, session, manner.history, width, out).await
    } else {
        converse(Session::new(desk, line, who, manner), stdin, out, width).await
    }
}

async fn at_keyboard(
    desk: Arc<Desk>,
    session: Session,
    history: Option<PathBuf>,
    width: impl Fn() -> usize,
    mut out: impl Write,
) -> Result<(), ConsoleError> {
    let (lines, above) = editor::lines(desk, history).map_err(ConsoleError::Input)?;
    if write(&mut out, &format!("{}\n", session.greeting(width())))? {
        talk(session, &lines, width, out, Screen::Keyboard(above)).await?;
    }
    Ok(())
}

/// Answers the lines of a pipe, each as a turn of one conversation, until they end. Each line is repeated, so that what
/// comes out can be read by itself. Whoever closes the other end of `out` ends the conversation, too.
pub async fn converse(
    session: Session,
    input: impl Read + Send + 'static,
    out: impl Write,
    width: impl Fn() -> usize,
) -> Result<(), ConsoleError> {
    let lines = Lines::piped(input).map_err(ConsoleError::Input)?;
    talk(session, &lines, width, out, Screen::Pipe).await
}

/// Where the conversation is shown.
enum Screen {
    /// To a person, with what prints above the line that is being typed, where the terminal can do that.
    Keyboard(Option<Above>),
    /// To whoever reads it later.
    Pipe,
}

async fn talk(
    mut session: Session,
    lines: &Lines,
    width: impl Fn() -> usize,
    mut out: impl Write,
    screen: Screen,
) -> Result<(), ConsoleError> {
    let is_pipe = matches!(screen, Screen::Pipe);
    let mut hearing = None;
    loop {
        // Where nothing can be printed while somebody types, news come between the turns.
        if hearing.is_none()
            && let Some(text) = session.news(width()).await
            && !write(&mut out, &format!("{text}\n"))?
        {
            return Ok(());
        }
        if let (None, Screen::Keyboard(Some(above))) = (&hearing, &screen) {
            hearing = Some((session.listen(), above));
        }
        let line = match next(lines, &mut hearing, &mut session, &width).await? {
            Typed::Line(line) => line,
            Typed::Cleared => continue,
            Typed::End => return Ok(()),
        };
        if is_pipe && !write(&mut out, &format!("> {}\n", repeated(&line)))? {
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

/// The next line. What is new meanwhile is printed above it.
async fn next(
    lines: &Lines,
    hearing: &mut Option<(mpsc::Receiver<Reply>, &Above)>,
    session: &mut Session,
    width: &impl Fn() -> usize,
) -> Result<Typed, ConsoleError> {
    let mut line = pin!(lines.next());
    loop {
        let reply = tokio::select! {
            line = &mut line => return line.map_err(ConsoleError::Input),
            Some(reply) = heard(hearing) => reply,
        };
        let text = session.add(reply, width());
        if let Some((_, above)) = hearing {
            above(format!("{text}\n")).map_err(ConsoleError::Output)?;
        }
    }
}

async fn heard(hearing: &mut Option<(mpsc::Receiver<Reply>, &Above)>) -> Option<Reply> {
    match hearing {
        Some((news, _)) => news.recv().await,
        None => None,
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
