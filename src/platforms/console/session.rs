//! One conversation in a terminal: what is typed becomes a request, and numbers press the choices just shown.

use std::sync::Arc;

use crate::chat::text::{clean, fold};
use crate::chat::{ChoiceId, Input, Memory, Request};
use crate::domain::{Identity, Place, Platform, Privacy};
use crate::handlers::Desk;

use super::render::render;

/// Choices have at most so many digits; longer numbers are something else, such as an article's.
const MOST_DIGITS: usize = 2;

/// A conversation between one person and the desk.
#[derive(Debug)]
pub struct Session {
    desk: Arc<Desk>,
    who: Identity,
    memory: Memory,
    shown: Vec<ChoiceId>,
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
    /// A conversation that begins.
    #[must_use]
    pub fn new(desk: Arc<Desk>, who: Identity) -> Self {
        Self { desk, who, memory: Memory::default(), shown: Vec::new() }
    }

    /// The first lines.
    #[must_use]
    pub fn greeting(&self, width: usize) -> String {
        render(&self.desk.greeting(), width).text
    }

    /// Answers a line within so many columns.
    pub async fn turn(&mut self, line: &str, width: usize) -> Turn {
        if is_farewell(line) {
            return Turn::Leave;
        }
        let input = match number(line) {
            None => Input::Text(line.to_owned()),
            Some(number) => {
                let choice = number.checked_sub(1).and_then(|at| self.shown.get(at));
                let Some(choice) = choice else { return Turn::Say(self.no_such_choice(number, width)) };
                Input::Press(choice.clone())
            }
        };
        let place = Place {
            platform: Platform::Console,
            conversation: "terminal".to_owned(),
            privacy: Privacy::Private,
        };
        let request = Request::new(self.who.clone(), place, input);
        let reply = self.desk.handle(&request, &mut self.memory).await;
        if reply.is_silent() {
            return Turn::Say(String::new());
        }
        let screen = render(&reply, width);
        self.shown = screen.presses;
        Turn::Say(screen.text)
    }

    fn no_such_choice(&self, number: usize, width: usize) -> String {
        render(&self.desk.no_such_choice(number, self.shown.len()), width).text
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
