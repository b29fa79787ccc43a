//! Reads what is typed, on a thread of its own: waiting for a keyboard must not hold up the rest of the desk.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::mpsc;
use std::thread;

use tokio::sync::oneshot;

/// The longest line that is read from a pipe; what is longer is no question.
const MOST_BYTES: u64 = 1_000_000;

/// What came from the keyboard or the pipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// A line, without its end.
    Line(String),
    /// The line was given up with Ctrl-C.
    Cleared,
    /// There is nothing more.
    End,
}

/// Lines as they are asked for, one at a time.
#[derive(Debug)]
pub struct Lines {
    ask: mpsc::Sender<oneshot::Sender<io::Result<Typed>>>,
}

impl Lines {
    /// Lines that `read` waits for. The thread ends when these lines are dropped and the last one was read; a process that
    /// ends does not wait for it.
    pub fn new(mut read: impl FnMut() -> io::Result<Typed> + Send + 'static) -> io::Result<Self> {
        let (ask, asked) = mpsc::channel::<oneshot::Sender<io::Result<Typed>>>();
        thread::Builder::new().name("console".to_owned()).spawn(move || {
            while let Ok(answer) = asked.recv() {
                if answer.send(read()).is_err() {
                    break;
                }
            }
        })?;
        Ok(Self { ask })
    }

    /// Lines from a pipe or a file. Bytes that are no UTF-8 are read as `�`.
    pub fn piped(input: impl Read + Send + 'static) -> io::Result<Self> {
        let mut input = BufReader::new(input);
        Self::new(move || line(&mut input))
    }

    /// The next line.
    pub async fn next(&self) -> io::Result<Typed> {
        let (answer, line) = oneshot::channel();
        if self.ask.send(answer).is_err() {
            return Ok(Typed::End);
        }
        line.await.unwrap_or(Ok(Typed::End))
    }
}

fn line(input: &mut impl BufRead) -> io::Result<Typed> {
    let mut bytes = Vec::new();
    if input.take(MOST_BYTES).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(Typed::End);
    }
    if bytes.last() != Some(&b'\n') {
        // Either the last line of all, or one that is too long: its rest is passed over.
        input.skip_until(b'\n')?;
    }
    let text = String::from_utf8_lossy(&bytes);
    Ok(Typed::Line(text.trim_end_matches(['\n', '\r']).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_pipe_gives_its_lines_whatever_they_hold() {
        let mut bytes = b"one\r\n\n\xff\xfe\n".to_vec();
        bytes.extend(std::iter::repeat_n(b'x', 3_000_000));
        bytes.extend(b"\nlast");
        let lines = Lines::piped(io::Cursor::new(bytes)).unwrap();
        for expected in ["one", "", "\u{fffd}\u{fffd}"] {
            assert_eq!(lines.next().await.unwrap(), Typed::Line(expected.to_owned()));
        }
        assert!(matches!(lines.next().await.unwrap(), Typed::Line(line) if line.len() == 1_000_000));
        assert_eq!(lines.next().await.unwrap(), Typed::Line("last".to_owned()));
        assert_eq!(lines.next().await.unwrap(), Typed::End);
    }
}
