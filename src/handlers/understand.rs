//! What a request asks for, with all that the parser has to know.

use crate::chat::parse::{Context, parse};
use crate::chat::{Intent, Request};

use super::{Desk, Turn};

impl Desk {
    pub(super) fn understand(&self, request: &Request, turn: &Turn<'_>) -> Intent {
        let (products, numbers) = (self.products(), self.phone_numbers());
        let context = Context {
            products: &products,
            numbers: &numbers,
            allows: turn.allows(),
            flow: turn.talk.active(),
            has_files: !request.files.is_empty(),
        };
        parse(&request.input, &context)
    }
}
