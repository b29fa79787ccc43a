//! What is shown of a passage that is too long for an answer.

use crate::domain::{Block, Span, Step};

use super::length::{chars_in, lines, lines_of_all, row_lines};

/// An answer is read at a glance: about this many lines.
pub const MOST_LINES: usize = 25;
/// The steps of a procedure that are shown at once.
pub const MOST_STEPS: usize = 12;
/// How much of what stands before a procedure is shown with it: what one needs before beginning.
const LEAD: usize = 6;

/// A part of a passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// What is shown.
    pub blocks: Vec<Block>,
    /// What is left out after it.
    pub rest: Rest,
}

/// What an excerpt leaves out after its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Nothing.
    Nothing,
    /// The last steps of the procedure that it shows.
    Steps {
        /// The number of the first that is left out.
        from: u64,
        /// The number of the last.
        to: u64,
    },
    /// Something else.
    Text,
}

/// The part of a passage that is shown for an answer whose best part begins at the block `best`.
pub fn excerpt(blocks: &[Block], best: usize) -> Excerpt {
    let best = best.min(blocks.len().saturating_sub(1));
    let shown = blocks.get(begin(blocks, best)..).unwrap_or_default();
    head(shown, MOST_LINES)
}

/// A few lines of a passage from its best part on: enough to see in a list whether it answers.
pub fn glimpse(blocks: &[Block], best: usize, most: usize) -> Vec<Block> {
    let best = best.min(blocks.len().saturating_sub(1));
    // A heading is not what matched, but says what does.
    let leads = best.checked_sub(1).filter(|at| matches!(blocks.get(*at), Some(Block::Heading(_))));
    head(blocks.get(leads.unwrap_or(best)..).unwrap_or_default(), most).blocks
}

/// The passage is shown from its beginning where the best part is soon reached from there; else from the best part, with
/// what leads to it.
fn begin(blocks: &[Block], best: usize) -> usize {
    let before = blocks.get(..best).unwrap_or_default();
    if lines_of_all(before) <= MOST_LINES / 2 || lines_of_all(blocks) <= MOST_LINES {
        return 0;
    }
    let mut from = best;
    let mut lead = 0;
    for (at, block) in before.iter().enumerate().rev() {
        lead += lines(block);
        let leads = match block {
            Block::Heading(_) => return at,
            Block::Paragraph(_) | Block::Quote(_) | Block::Bullets(_) => lead <= LEAD,
            Block::Steps { .. } | Block::Code(_) | Block::Table(_) => false,
        };
        if !leads {
            break;
        }
        from = at;
    }
    from
}

/// As many whole blocks as fit, and the beginning of the next one.
pub fn head(blocks: &[Block], most: usize) -> Excerpt {
    let mut shown = Vec::new();
    let mut left = most;
    for (at, block) in blocks.iter().enumerate() {
        let too_many_steps = matches!(block, Block::Steps { steps, .. } if steps.len() > MOST_STEPS);
        if lines(block) <= left && !too_many_steps {
            left -= lines(block);
            shown.push(block.clone());
            continue;
        }
        // Something is always shown, even of a single paragraph that fills a screen.
        let left = if at == 0 { left.max(1) } else { left };
        let (part, rest) = beginning(block, left);
        shown.extend(part);
        let is_last = at + 1 == blocks.len();
        let rest = if is_last || matches!(rest, Rest::Steps { .. }) { rest } else { Rest::Text };
        return Excerpt { blocks: without_trailing_heading(shown), rest };
    }
    Excerpt { blocks: shown, rest: Rest::Nothing }
}

/// A heading without its text promises something that is not there.
fn without_trailing_heading(mut blocks: Vec<Block>) -> Vec<Block> {
    while blocks.len() > 1 && matches!(blocks.last(), Some(Block::Heading(_))) {
        blocks.pop();
    }
    blocks
}

/// The part of a block that fits into `left` lines.
fn beginning(block: &Block, left: usize) -> (Option<Block>, Rest) {
    if left == 0 {
        return (None, Rest::Text);
    }
    match block {
        Block::Paragraph(spans) => (Some(Block::Paragraph(words(spans, chars_in(left)))), Rest::Text),
        Block::Heading(_) => (None, Rest::Text),
        Block::Steps { start, steps } => steps_that_fit(*start, steps, left),
        Block::Bullets(items) => (Some(Block::Bullets(items_that_fit(items, left))), Rest::Text),
        Block::Quote(blocks) => (Some(Block::Quote(head(blocks, left).blocks)), Rest::Text),
        Block::Table(rows) => {
            // A head without rows says nothing.
            let rows = fitting(rows, left, |row| row_lines(row));
            ((rows.len() > 1).then_some(Block::Table(rows)), Rest::Text)
        }
        Block::Code(text) => {
            let kept: Vec<&str> = text.lines().take(left).collect();
            (Some(Block::Code(kept.join("\n") + "\n…\n")), Rest::Text)
        }
    }
}

fn steps_that_fit(start: u64, steps: &[Step], left: usize) -> (Option<Block>, Rest) {
    let items: Vec<Vec<Block>> = steps.iter().take(MOST_STEPS).map(|step| step.blocks.clone()).collect();
    let shown = items_that_fit(&items, left);
    let number = |at: usize| start.saturating_add(at as u64);
    let rest = if shown.first() != items.first() {
        Rest::Text
    } else if shown.len() == steps.len() {
        Rest::Nothing
    } else {
        Rest::Steps { from: number(shown.len()), to: number(steps.len() - 1) }
    };
    (Some(Block::Steps { start, steps: shown.into_iter().map(|blocks| Step { blocks }).collect() }), rest)
}

/// The first items that fit together; of a first one that does not fit by itself, its beginning.
fn items_that_fit(items: &[Vec<Block>], left: usize) -> Vec<Vec<Block>> {
    let mut shown = fitting(items, left, |item| lines_of_all(item));
    if let [only] = shown.as_mut_slice()
        && lines_of_all(only) > left
    {
        *only = head(only, left).blocks;
    }
    shown
}

/// The first items that fit together, and at least one.
fn fitting<T: Clone>(items: &[T], left: usize, lines: impl Fn(&T) -> usize) -> Vec<T> {
    let mut used = 0;
    let mut shown = Vec::new();
    for item in items {
        used += lines(item);
        if used > left && !shown.is_empty() {
            break;
        }
        shown.push(item.clone());
    }
    shown
}

/// The first words of a paragraph, ended by an ellipsis.
fn words(spans: &[Span], most: usize) -> Vec<Span> {
    let mut left = most;
    let mut out = Vec::new();
    for span in spans {
        let length = span.text().chars().count();
        if length <= left {
            left -= length;
            out.push(span.clone());
            continue;
        }
        if let Span::Plain(text) = span {
            let kept: String = text.chars().take(left).collect();
            let kept = kept.rsplit_once(' ').map_or(kept.as_str(), |(whole_words, _)| whole_words);
            out.push(Span::Plain(kept.to_owned()));
        }
        break;
    }
    out.push(Span::Plain("…".to_owned()));
    out
}
