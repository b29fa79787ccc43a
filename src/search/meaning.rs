//! What a text is about, as a direction: words of like meaning point the same way, so "snooze" is near "sleep".
//!
//! The directions of some 28,000 English words are in `vectors/english.bin`; `vectors/README.md` tells how they were
//! made. A text's direction is the sum of its words' directions, rarer words counting for more.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::chatter::{self, is_chatter};
use super::stream::Entry;

/// Numbers in a direction.
pub const DIMENSIONS: usize = 64;

/// The directions of words.
pub struct Vectors {
    rows: HashMap<&'static str, &'static [u8; DIMENSIONS]>,
}

/// A direction.
pub type Direction = [i8; DIMENSIONS];

static ENGLISH: &[u8] = include_bytes!("vectors/english.bin");

impl Vectors {
    /// The shipped ones, read once.
    #[must_use]
    pub fn english() -> Arc<Self> {
        static READ: LazyLock<Arc<Vectors>> = LazyLock::new(|| {
            Arc::new(Vectors::parse(ENGLISH).unwrap_or_else(|| Vectors { rows: HashMap::new() }))
        });
        Arc::clone(&READ)
    }

    fn parse(bytes: &'static [u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk::<4>()?) as usize);
        let (count, dimensions, text) = (number(0)?, number(4)?, number(8)?);
        if dimensions != DIMENSIONS {
            return None;
        }
        let words = std::str::from_utf8(bytes.get(12..12 + text)?).ok()?;
        let (matrix, _) = bytes.get(12 + text..)?.as_chunks::<DIMENSIONS>();
        let rows: HashMap<_, _> = words.split('\n').zip(matrix).collect();
        (rows.len() == count).then_some(Self { rows })
    }

    /// The direction of a text; all zero when it has no known word.
    pub fn direction<'a>(&self, forms: impl Iterator<Item = &'a str>) -> Direction {
        let mut sum = [0.0_f32; DIMENSIONS];
        for form in forms {
            let Some(row) = self.rows.get(form) else { continue };
            let weight = if is_chatter(form) { chatter::WEIGHT } else { 1.0 };
            sum.iter_mut().zip(*row).for_each(|(s, v)| *s += weight * f32::from(v.cast_signed()));
        }
        to_direction(&sum)
    }

    /// The direction of words on their way into the index.
    pub fn of_entries<'a>(&self, entries: impl IntoIterator<Item = &'a Entry>) -> Direction {
        self.direction(entries.into_iter().map(|e| e.form.as_str()))
    }
}

fn to_direction(sum: &[f32; DIMENSIONS]) -> Direction {
    let length = sum.iter().map(|s| s * s).sum::<f32>().sqrt();
    if length == 0.0 { [0; DIMENSIONS] } else { sum.map(|s| (s / length * 127.0).round() as i8) }
}

/// How near two directions are: 1 the same, 0 nothing in common.
#[must_use]
pub fn nearness(a: &Direction, b: &[u8]) -> f32 {
    let dot: i32 = a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(b.cast_signed())).sum();
    dot as f32 / (127.0 * 127.0)
}
