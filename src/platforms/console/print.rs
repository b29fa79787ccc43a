//! Prints one reply, for commands that answer once.

use std::io::{self, IsTerminal, Write};

use crate::chat::Reply;

use super::manner::Manner;
use super::render::render;
use super::run::{ConsoleError, PIPE_WIDTH};

/// Prints a reply to standard output. Nobody can press anything
/// afterwards, so the choices are left out.
pub fn print(reply: Reply, manner: &Manner) -> Result<(), ConsoleError> {
    let out = io::stdout();
    let widest = if out.is_terminal() { textwrap::termwidth() } else { PIPE_WIDTH };
    let reply = Reply { choices: Vec::new(), ..reply };
    let screen = render(&reply, manner.view(manner.width.unwrap_or(widest)));
    let mut out = anstream::AutoStream::auto(out);
    match out.write_all(screen.text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(ConsoleError::Output(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
