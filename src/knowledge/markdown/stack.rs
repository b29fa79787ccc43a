//! The lists and quotes that are open while a text is read. They lie on a stack of our own: the program's stack does
//! not grow with the depth of a text.

use pulldown_cmark::BlockQuoteKind;

use crate::domain::{Block, Span, Step};

use super::{DEEPEST, continuing};

/// Where the next block goes.
#[derive(Debug, Default)]
pub(super) struct Stack {
    /// What is in no list or quote.
    blocks: Vec<Block>,
    /// From the outside in.
    open: Vec<Open>,
    /// How many are open beyond the deepest level; what is in them goes to the level that is left.
    flattened: usize,
}

#[derive(Debug)]
enum Open {
    Quote(Vec<Block>),
    List { start: Option<u64>, items: Vec<Vec<Block>> },
    Item(Vec<Block>),
}

impl Stack {
    /// Adds a block to the innermost item or quote.
    pub fn push(&mut self, block: Block) {
        match self.open.last_mut() {
            None => self.blocks.push(block),
            Some(Open::Quote(blocks) | Open::Item(blocks)) => blocks.push(block),
            Some(Open::List { items, .. }) => items.push(vec![block]),
        }
    }

    /// Whether nothing is open.
    pub fn is_outermost(&self) -> bool {
        self.open.is_empty() && self.flattened == 0
    }

    /// All blocks since this was last asked.
    pub fn take(&mut self) -> Vec<Block> {
        continuing::join(std::mem::take(&mut self.blocks))
    }

    /// Begins a quote; one that is marked as a note or a warning begins with that word.
    pub fn begin_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.begin(Open::Quote(Vec::new()));
        if let Some(kind) = kind {
            self.push(Block::Paragraph(vec![Span::Strong(name_of(kind).to_owned())]));
        }
    }

    pub fn begin_list(&mut self, start: Option<u64>) {
        self.begin(Open::List { start, items: Vec::new() });
    }

    fn begin(&mut self, open: Open) {
        let depth = self.open.iter().filter(|open| !matches!(open, Open::Item(_))).count();
        if self.flattened > 0 || depth >= DEEPEST {
            self.flattened += 1;
        } else {
            self.open.push(open);
        }
    }

    /// Whether the end that comes now is that of something flattened.
    fn ends_flattened(&mut self) -> bool {
        let flattened = self.flattened > 0;
        self.flattened = self.flattened.saturating_sub(1);
        flattened
    }

    pub fn end_quote(&mut self) {
        if self.ends_flattened() {
            return;
        }
        let Some(Open::Quote(blocks)) = self.open.pop() else { return };
        if !blocks.is_empty() {
            self.push(Block::Quote(continuing::join(blocks)));
        }
    }

    pub fn begin_item(&mut self) {
        if self.flattened == 0 {
            self.open.push(Open::Item(Vec::new()));
        }
    }

    /// Ends an item. Answers false where it is a step and there is nothing in it.
    pub fn end_item(&mut self) -> bool {
        if self.flattened > 0 {
            return true;
        }
        let Some(Open::Item(blocks)) = self.open.pop() else { return true };
        let Some(Open::List { start, items }) = self.open.last_mut() else { return true };
        if blocks.is_empty() {
            return start.is_none();
        }
        items.push(continuing::join(blocks));
        true
    }

    pub fn end_list(&mut self) {
        if self.ends_flattened() {
            return;
        }
        let Some(Open::List { start, items }) = self.open.pop() else { return };
        match start {
            _ if items.is_empty() => {}
            None => self.push(Block::Bullets(items)),
            Some(start) => {
                let steps = items.into_iter().map(|blocks| Step { blocks }).collect();
                self.push(Block::Steps { start, steps });
            }
        }
    }
}

fn name_of(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}
