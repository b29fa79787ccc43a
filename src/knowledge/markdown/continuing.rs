//! Puts a numbered list together again that something between two of its numbers has torn apart.
//!
//! Authors often forget to indent what belongs to a step: a picture, a command, a note. In Markdown the list ends
//! there, and a list that starts with the next number follows. The reader sees one procedure, and so should a guide.

use crate::domain::{Block, Step};

/// Joins lists that continue, in one passage, step, item or quote; what lay between belongs to the step before it.
pub(super) fn join(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    // The place of the last list, unless a heading came after it.
    let mut last: Option<usize> = None;
    for block in blocks {
        match block {
            Block::Steps { start, steps } => {
                if let Err(steps) = resume(&mut joined, last, start, steps) {
                    last = Some(joined.len());
                    joined.push(Block::Steps { start, steps });
                }
            }
            Block::Heading(_) => {
                last = None;
                joined.push(block);
            }
            Block::Paragraph(_) | Block::Bullets(_) | Block::Code(_) | Block::Quote(_) | Block::Table(_) => {
                joined.push(block);
            }
        }
    }
    joined
}

/// Continues the last list if its next number is `start`; else hands the steps back.
fn resume(
    joined: &mut Vec<Block>,
    last: Option<usize>,
    start: u64,
    steps: Vec<Step>,
) -> Result<(), Vec<Step>> {
    let Some(at) = last else { return Err(steps) };
    let Some(Block::Steps { start: first, steps: begun }) = joined.get(at) else { return Err(steps) };
    if start <= 1 || first.checked_add(begun.len() as u64) != Some(start) {
        return Err(steps);
    }
    let between = joined.split_off(at + 1);
    if let Some(Block::Steps { steps: begun, .. }) = joined.get_mut(at) {
        if let Some(step) = begun.last_mut() {
            step.blocks.extend(between);
        }
        begun.extend(steps);
    }
    Ok(())
}
