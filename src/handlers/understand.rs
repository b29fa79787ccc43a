//! What a request asks for, with all that the parser has to know.

use crate::chat::parse::{Context, parse};
use crate::chat::{Input, Intent, Request};
use crate::domain::{Platform, Privacy};

use super::{Desk, Turn};

impl Desk {
    pub(super) fn understand(&self, request: &Request, turn: &Turn<'_>) -> Intent {
        let is_alone = request.place.privacy == Privacy::Private;
        self.meant(&request.input, turn, is_alone)
    }

    /// What a text means that was said before, now that nobody else reads along.
    pub(super) fn understand_text(&self, text: &str, turn: &Turn<'_>) -> Intent {
        self.meant(&Input::Text(text.to_owned()), turn, true)
    }

    fn meant(&self, input: &Input, turn: &Turn<'_>, is_alone: bool) -> Intent {
        let (products, numbers) = (self.products(), self.phone_numbers());
        let context = Context {
            products: &products,
            numbers: &numbers,
            allows: turn.allows(),
            flow: turn.talk.active().filter(|_| is_alone),
            room: turn.room.filter(|_| !is_alone),
            has_files: !turn.files.is_empty(),
            markup: turn.place.platform == Platform::Discord,
        };
        parse(input, &context)
    }
}
