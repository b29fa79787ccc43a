//! One conversation in a terminal: what is typed becomes a request, and numbers press the choices just shown.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::chat::text::{clean, cut, fold};
use crate::chat::{ChoiceId, FieldKind, Input, Reply, Request};
use crate::domain::{Identity, Place, Platform, Privacy, Upload};
use crate::handlers::Desk;
use crate::platforms::news::Speaker;
use crate::replies::{Locale, terminal};

use super::attach;
use super::line::Line;
use super::manner::Manner;
use super::render::{render, render_after};
use super::save::saved;
use super::wrap::wrap;

/// Choices have at most so many digits; longer numbers are something else, such as an article's.
const MOST_DIGITS: usize = 2;
/// The largest number of a choice.
const MOST_CHOICES: usize = 99;
/// The most characters that are handed in; nobody types as many, and the desk says what is too long.
const MOST_TYPED: usize = 1_000_000;

/// A conversation between one person and the desk.
#[derive(Debug)]
pub struct Session {
    desk: Arc<Desk>,
    line: Line,
    speaker: Speaker,
    manner: Manner,
    shown: Vec<ChoiceId>,
    /// Whether it was said, or need not be, how to type more than one line.
    was_told_how: bool,
}

/// What a line leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Print this; it may be empty.
    Say(String),
    /// The person leaves.
    Leave,
}

impl Session {
    /// A conversation that begins. `desk` greets and knows what can be typed; `line` leads to the one that answers.
    #[must_use]
    pub fn new(desk: Arc<Desk>, line: Line, who: Identity, manner: Manner) -> Self {
        let place = Place {
            platform: Platform::Console,
            conversation: "terminal".to_owned(),
            privacy: Privacy::Private,
        };
        let speaker = Speaker { who, place };
        Self { desk, line, speaker, manner, shown: Vec::new(), was_told_how: true }
    }

    /// The same, with a person at the keyboard, who is told how to use it.
    #[must_use]
    pub fn at_keyboard(self) -> Self {
        Self { was_told_how: false, ..self }
    }

    /// The first lines.
    #[must_use]
    pub fn greeting(&self, width: usize) -> String {
        render(&self.desk.greeting(), self.manner.view(width)).text
    }

    /// What is new now; `None` when nothing is.
    pub async fn news(&mut self, width: usize) -> Option<String> {
        let reply = self.line.news(&self.speaker).await?;
        Some(self.add(reply, width))
    }

    /// Whatever is new from now on, for [`Session::add`].
    #[must_use]
    pub fn listen(&self) -> mpsc::Receiver<Reply> {
        self.line.listen(self.speaker.clone())
    }

    /// What is shown of news. Their choices get the next numbers, so that those on the screen go on to mean what they say.
    pub fn add(&mut self, reply: Reply, width: usize) -> String {
        let reply = self.with_files_saved(reply);
        let view = self.manner.view(width);
        let mut screen = render_after(&reply, view, self.shown.len());
        if self.shown.len() + screen.presses.len() > MOST_CHOICES {
            self.shown.clear();
            screen = render(&reply, view);
        }
        self.shown.extend(screen.presses);
        screen.text
    }

    /// Answers a line within so many columns.
    pub async fn turn(&mut self, line: &str, width: usize) -> Turn {
        if is_farewell(line) {
            return Turn::Leave;
        }
        let (input, files) = match self.meant(line, width).await {
            Ok(meant) => meant,
            Err(told) => return Turn::Say(told),
        };
        let Speaker { who, place } = self.speaker.clone();
        let request = Request { files, ..Request::new(who, place, input) };
        let reply = match self.line.turn(&request).await {
            Ok(reply) => reply,
            // Not answered: what was on the screen can still be chosen.
            Err(trouble) => return Turn::Say(self.add(trouble, width)),
        };
        if reply.is_silent() {
            return Turn::Say(String::new());
        }
        let hint = self.hint(&reply, width);
        let reply = self.with_files_saved(reply);
        let screen = render(&reply, self.manner.view(width));
        self.shown = screen.presses;
        Turn::Say(screen.text + &hint)
    }

    /// What a line is for the desk; else what to say at once.
    async fn meant(&self, line: &str, width: usize) -> Result<(Input, Vec<Upload>), String> {
        let say = |reply: &Reply| render(reply, self.manner.view(width)).text;
        if let Some(number) = number(line) {
            let choice = number.checked_sub(1).and_then(|at| self.shown.get(at));
            let choice = choice.ok_or_else(|| say(&self.desk.no_such_choice(number, self.shown.len())))?;
            return Ok((Input::Press(choice.clone()), Vec::new()));
        }
        let typed = || Input::Text(cut(line.to_owned(), MOST_TYPED).0);
        let Some(asked) = attach::asked(line) else { return Ok((typed(), Vec::new())) };
        let refused = |why| say(&terminal::not_attached(Locale::English, &why));
        let asked = asked.map_err(refused)?;
        let (words, manner) = (asked.words.clone(), self.manner.clone());
        // A file may be on a slow disk, or one far away.
        let read = tokio::task::spawn_blocking(move || asked.read(&manner)).await;
        let read = read.unwrap_or_else(|error| {
            Err(terminal::NotAttached::Unreadable { path: line.to_owned(), why: error.to_string() })
        });
        Ok(match read.map_err(refused)? {
            Some(file) => (Input::Text(words), vec![file]),
            None => (typed(), Vec::new()),
        })
    }

    fn with_files_saved(&self, reply: Reply) -> Reply {
        let blocks = reply.blocks.into_iter().map(|block| saved(block, &self.manner.folder)).collect();
        Reply { blocks, ..reply }
    }

    /// How to type more than one line: said once, when more than one is asked for.
    fn hint(&mut self, reply: &Reply, width: usize) -> String {
        let takes_lines = |form: &crate::chat::Form| {
            form.fields.iter().any(|field| matches!(field.kind, FieldKind::Paragraphs))
        };
        if self.was_told_how || !reply.form.as_ref().is_some_and(takes_lines) {
            return String::new();
        }
        self.was_told_how = true;
        wrap(&terminal::how_to_write(Locale::English), width).into_iter().map(|line| line + "\n").collect()
    }
}

/// Leaving is a matter of this door: nowhere else there is something to leave.
fn is_farewell(line: &str) -> bool {
    // A very long line is not worth folding.
    line.len() <= 40 && matches!(fold(&clean(line)).as_str(), "quit" | "exit" | "/quit" | "/exit" | ":q")
}

fn number(line: &str) -> Option<usize> {
    let digits = line.trim();
    let fits = digits.len() <= MOST_DIGITS && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten()
}
