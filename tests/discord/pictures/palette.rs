//! Makes a screenshot small: its 256 most frequent colours, which flat pages hardly go beyond.

use std::collections::HashMap;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::png;

type Colour = [u8; 3];

/// A PNG as chromium writes it (8 bits a channel, no transparency), with fewer colours and the digest of its page.
pub fn small(shot: &[u8], digest: &str) -> Vec<u8> {
    let chunks = png::chunks(shot);
    let header = chunks[0].1;
    assert_eq!(&header[8..], [8, 2, 0, 0, 0], "another kind of PNG than chromium wrote so far");
    let size = |at: usize| u32::from_be_bytes(header[at..at + 4].try_into().unwrap());
    let (width, height) = (size(0), size(4));
    let data: Vec<u8> =
        chunks.iter().filter(|(kind, _)| *kind == b"IDAT").flat_map(|(_, data)| data.to_vec()).collect();
    let rows = unfiltered(&data, width as usize * 3);
    let mut counts: HashMap<Colour, usize> = HashMap::new();
    for colour in rows.iter().flat_map(|row| row.as_chunks::<3>().0) {
        *counts.entry(*colour).or_default() += 1;
    }
    let mut colours: Vec<Colour> = counts.keys().copied().collect();
    // The same picture has the same bytes, also where two colours are as frequent.
    colours.sort_by_key(|colour| (std::cmp::Reverse(counts[colour]), *colour));
    let palette = &colours[..colours.len().min(256)];
    let places: HashMap<Colour, u8> =
        colours.iter().map(|colour| (*colour, nearest(palette, *colour))).collect();
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    for row in rows {
        // Each row begins with its filter: none.
        let row: Vec<u8> = row.as_chunks::<3>().0.iter().map(|colour| places[colour]).collect();
        out.write_all(&[&[0], &row[..]].concat()).unwrap();
    }
    png::file(width, height, palette, &out.finish().unwrap(), digest)
}

/// The rows of pixels, without what makes them compress better.
fn unfiltered(data: &[u8], length: usize) -> Vec<Vec<u8>> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(data).read_to_end(&mut bytes).unwrap();
    let mut rows: Vec<Vec<u8>> = Vec::new();
    for filtered in bytes.chunks_exact(length + 1) {
        let mut row = filtered[1..].to_vec();
        let nothing = vec![0; length];
        let above = rows.last().unwrap_or(&nothing);
        for at in 0..length {
            let (left, corner) = if at < 3 { (0, 0) } else { (row[at - 3], above[at - 3]) };
            let guess = match filtered[0] {
                0 => 0,
                1 => left,
                2 => above[at],
                3 => left.midpoint(above[at]),
                4 => paeth(left, above[at], corner),
                other => panic!("PNG knows no filter {other}"),
            };
            row[at] = row[at].wrapping_add(guess);
        }
        rows.push(row);
    }
    rows
}

/// Of three neighbours the one that is nearest to left + above - corner, as PNG has it.
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let [to_left, to_above, to_corner] = [b - c, a - c, a + b - 2 * c].map(i16::abs);
    if to_left <= to_above && to_left <= to_corner {
        left
    } else if to_above <= to_corner {
        above
    } else {
        corner
    }
}

/// The place of the colour that differs least.
fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let differs = |other: &Colour| -> u32 {
        other.iter().zip(&colour).map(|(one, two)| u32::from(one.abs_diff(*two)).pow(2)).sum()
    };
    let place = (0..palette.len()).min_by_key(|place| differs(&palette[*place])).unwrap();
    u8::try_from(place).unwrap()
}
