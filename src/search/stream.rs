//! An article as the second stage reads it: one 32-bit number for each word, in order, in runs that say how long they are.
//!
//! A number holds 26 bits of the stem's hash and 6 bits of the exact form's. Two different stems share a number once in
//! 67 million, which moves a score by a hair and is never shown: what is highlighted is compared by letters.

use crate::domain::{Article, Block};

use super::words::{Stems, is_stop, words};

/// About 180 running words: what is left of them without stop words.
const CHUNK: usize = 110;
/// Bits of a token that tell exact forms of one stem apart.
const FORM_BITS: u32 = 6;

/// The number of a word.
#[must_use]
pub fn token(stem: &str, form: &str) -> u32 {
    (hash(stem) << FORM_BITS) | (hash(form) & ((1 << FORM_BITS) - 1))
}

/// The stem's part of a token.
#[must_use]
pub fn stem_of(token: u32) -> u32 {
    token >> FORM_BITS
}

/// The exact form's part of a token, as one bit of 64.
#[must_use]
pub fn form_bit(token: u32) -> u64 {
    1 << (token & ((1 << FORM_BITS) - 1))
}

/// FNV-1a with a final mix: short words must differ in the low bits, too.
fn hash(text: &str) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for b in text.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    h ^= h >> 29;
    h = h.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (h >> 32) as u32
}

/// Where a chunk begins: the passage and the block within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// Index into the article's passages.
    pub passage: usize,
    /// Index into the passage's blocks.
    pub block: usize,
}

/// A word on its way into the index.
pub struct Entry {
    /// Lower-case, without accents.
    pub form: String,
    /// Its stem.
    pub stem: String,
}

/// A chunk of a passage.
pub struct Chunk {
    /// Where it begins.
    pub place: Place,
    /// The passage's heading.
    pub heading: Vec<Entry>,
    /// Its own words.
    pub body: Vec<Entry>,
}

/// An article cut into words, stop words left out.
pub struct Cut {
    /// The title's words.
    pub title: Vec<Entry>,
    /// The keywords' words.
    pub keywords: Vec<Entry>,
    /// The passages' words.
    pub chunks: Vec<Chunk>,
}

impl Cut {
    /// Cuts an article into words.
    #[must_use]
    pub fn of(article: &Article, stems: &Stems) -> Self {
        let mut chunks = Vec::new();
        for (passage, p) in article.passages.iter().enumerate() {
            let from = chunks.len();
            let heading = || entries(p.heading.as_deref().unwrap_or_default(), stems);
            for (block, b) in p.blocks.iter().enumerate() {
                for piece in pieces(b) {
                    let full = |chunk: &Chunk| chunk.body.len() >= CHUNK;
                    if chunks.len() == from || chunks.last().is_some_and(full) {
                        let place = Place { passage, block };
                        chunks.push(Chunk { place, heading: heading(), body: Vec::new() });
                    }
                    if let Some(chunk) = chunks.last_mut() {
                        chunk.body.extend(entries(&piece, stems));
                    }
                }
            }
            if chunks.len() == from && p.heading.is_some() {
                chunks.push(Chunk {
                    place: Place { passage, block: 0 },
                    heading: heading(),
                    body: Vec::new(),
                });
            }
        }
        let title = entries(&article.about.title, stems);
        let keywords = entries(&article.about.keywords.join("\n"), stems);
        Self { title, keywords, chunks }
    }

    /// The stream's bytes.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        push_counted(&mut out, &self.title);
        push_counted(&mut out, &self.keywords);
        for chunk in &self.chunks {
            let place = (chunk.place.passage.min(0xffff) << 16) | chunk.place.block.min(0xffff);
            out.push(place as u32);
            push_counted(&mut out, &chunk.heading);
            push_counted(&mut out, &chunk.body);
        }
        out.into_iter().flat_map(u32::to_le_bytes).collect()
    }
}

fn push_counted(out: &mut Vec<u32>, entries: &[Entry]) {
    out.push(entries.len() as u32);
    out.extend(entries.iter().map(|e| token(&e.stem, &e.form)));
}

fn entries(text: &str, stems: &Stems) -> Vec<Entry> {
    let kept = words(text).into_iter().filter(|w| !is_stop(&w.form));
    kept.map(|w| Entry { stem: stems.of(&w.form), form: w.form }).collect()
}

/// A block's text in pieces between which a chunk may end: steps and list items.
fn pieces(block: &Block) -> Vec<String> {
    let text_of = |blocks: &[Block]| {
        let mut text = String::new();
        for block in blocks {
            block.write_text(&mut text);
        }
        text
    };
    match block {
        Block::Steps { steps, .. } => steps.iter().map(|s| text_of(&s.blocks)).collect(),
        Block::Bullets(items) => items.iter().map(|i| text_of(i)).collect(),
        Block::Quote(blocks) => blocks.iter().flat_map(pieces).collect(),
        Block::Paragraph(_) | Block::Heading(_) | Block::Code(_) | Block::Table(_) => {
            vec![text_of(std::slice::from_ref(block))]
        }
    }
}

/// The words of one place in the text, as tokens.
pub type Run<'a> = &'a [[u8; 4]];

/// What a reader of the stream meets, in this order; a heading and a body for every chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// The title's words.
    Title(Run<'a>),
    /// The keywords' words.
    Keywords(Run<'a>),
    /// A chunk begins here, with the words of its passage's heading.
    Chunk(Place, Run<'a>),
    /// The words of the present chunk.
    Body(Run<'a>),
}

/// Reads a stream. Damaged bytes give wrong words, never a panic.
pub fn read<'a>(bytes: &'a [u8], mut visit: impl FnMut(Item<'a>)) {
    let mut rest = bytes.as_chunks::<4>().0;
    visit(Item::Title(run(&mut rest)));
    visit(Item::Keywords(run(&mut rest)));
    while let Some(place) = number(&mut rest) {
        let place = Place { passage: place >> 16, block: place & 0xffff };
        visit(Item::Chunk(place, run(&mut rest)));
        visit(Item::Body(run(&mut rest)));
    }
}

fn number(rest: &mut Run<'_>) -> Option<usize> {
    let (first, others) = rest.split_first()?;
    *rest = others;
    Some(u32::from_le_bytes(*first) as usize)
}

fn run<'a>(rest: &mut Run<'a>) -> Run<'a> {
    let length = number(rest).unwrap_or(0).min(rest.len());
    let (run, others) = rest.split_at(length);
    *rest = others;
    run
}
