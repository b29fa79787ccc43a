//! Reads the guides of a passage, block by block, so that all that the passage says is in one of them.

use super::super::{Block, Step};
use super::{Guide, Leg, text_of};

/// The longest line above a list that can be its name.
const MOST_NAME: usize = 80;

/// What was read of a passage.
#[derive(Default)]
pub struct Reading {
    guides: Vec<Guide>,
    /// The heading that holds now.
    name: Option<String>,
    /// Text that belongs to what comes next, or to the last guide where nothing does.
    pub waiting: Vec<Block>,
    /// The heading as it stands in the text, and its place in what waits, until a guide takes its name from it.
    heading: Option<(usize, Block)>,
    /// The number that a list has which goes on with the last guide; none where the next list begins another one.
    next: Option<u64>,
}

impl Reading {
    /// Nothing was read yet of a passage with this heading.
    pub fn under(heading: Option<&str>) -> Self {
        Self { name: heading.map(str::to_owned), ..Self::default() }
    }

    /// A heading ends a procedure and names the next one.
    pub fn heading(&mut self, block: &Block) {
        self.close();
        let text = text_of([block]).trim().to_owned();
        if !text.is_empty() {
            self.name = Some(text);
        }
        self.heading = Some((self.waiting.len(), block.clone()));
    }

    /// A numbered list goes on with the one before where its numbers do. Otherwise it is another way to the same end, or what is to be done
    /// next: a guide of its own.
    pub fn steps(&mut self, start: u64, steps: &[Step]) {
        let goes_on = start > 1 && self.next == Some(start);
        let waiting = std::mem::take(&mut self.waiting);
        if let Some(last) = self.guides.last_mut().filter(|_| goes_on) {
            last.steps.extend(legs(waiting, steps));
        } else {
            let is_named_above = self.next.is_some();
            let above = waiting.last().filter(|_| is_named_above).and_then(named_by);
            let name = above.or_else(|| self.name.clone());
            let steps = legs(Vec::new(), steps).collect();
            self.guides.push(Guide { name, before: waiting, steps, after: Vec::new() });
        }
        self.heading = None;
        self.next = Some(start.saturating_add(steps.len() as u64));
    }

    /// Nothing goes on with the last guide any more.
    fn close(&mut self) {
        if let Some((at, heading)) = self.heading.take() {
            // No guide has its name: it is text like what stands below it.
            self.waiting.insert(at.min(self.waiting.len()), heading);
        }
        if self.next.take().is_some()
            && let Some(last) = self.guides.last_mut()
        {
            last.after.append(&mut self.waiting);
        }
    }

    /// All guides; what waits is the end of the last one.
    pub fn end(mut self) -> Vec<Guide> {
        self.close();
        if let Some(last) = self.guides.last_mut() {
            last.after.append(&mut self.waiting);
        }
        self.guides
    }
}

fn legs(lead: Vec<Block>, steps: &[Step]) -> impl Iterator<Item = Leg> {
    let leads = std::iter::once(lead).chain(std::iter::repeat_with(Vec::new));
    leads.zip(steps).map(|(lead, step)| Leg { lead, step: step.clone() })
}

/// A short line above a list that ends in a colon says what the list is: "Method 2:".
fn named_by(block: &Block) -> Option<String> {
    let Block::Paragraph(_) = block else { return None };
    let text = text_of([block]);
    let name = text.trim().strip_suffix(':')?.trim();
    (!name.is_empty() && name.chars().count() <= MOST_NAME).then(|| name.to_owned())
}
