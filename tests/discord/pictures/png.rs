//! The pieces of a PNG, and the mark within that tells of which page it was made.

/// What every PNG begins with.
const BEGINNING: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The key of the text that holds the digest of the page.
const KEY: &[u8] = b"guidepost-page\0";

/// The chunks of a PNG: each one's kind and data. What is no PNG has none.
pub fn chunks(png: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut found = Vec::new();
    let mut rest = png.strip_prefix(BEGINNING).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        // A kind of 4 bytes before the data, a checksum of 4 behind it.
        let Some((chunk, next)) = after.split_at_checked(length + 8) else { break };
        found.push((&chunk[..4], &chunk[4..4 + length]));
        rest = next;
    }
    found
}

/// The digest of the page that a picture was made of, if it tells.
pub fn digest(png: &[u8]) -> Option<String> {
    let mut texts = chunks(png).into_iter().filter(|(kind, _)| *kind == b"tEXt");
    texts.find_map(|(_, data)| Some(String::from_utf8_lossy(data.strip_prefix(KEY)?).into_owned()))
}

/// A picture of a palette's colours, with the digest of its page. `rows` are compressed.
pub fn file(width: u32, height: u32, palette: &[[u8; 3]], rows: &[u8], digest: &str) -> Vec<u8> {
    // 8 bits of a palette in each pixel; compressed, filtered and not interlaced as every PNG of this kind.
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 3, 0, 0, 0]].concat();
    let text = [KEY, digest.as_bytes()].concat();
    let mut out = BEGINNING.to_vec();
    for (kind, data) in [
        (b"IHDR", &header[..]),
        (b"tEXt", &text[..]),
        (b"PLTE", palette.as_flattened()),
        (b"IDAT", rows),
        (b"IEND", &[][..]),
    ] {
        let chunk = [kind, data].concat();
        out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        out.extend(&chunk);
        out.extend(crc32fast::hash(&chunk).to_be_bytes());
    }
    out
}

#[test]
fn a_picture_tells_of_which_page_it_was_made() {
    let picture = file(1, 1, &[[1, 2, 3]], b"rows", "abc");
    assert_eq!(digest(&picture).as_deref(), Some("abc"));
    assert_eq!(digest(&picture[..60]), None);
    assert_eq!(digest(b"no picture"), None);
}
