//! One typing mistake in a question, always the same for the same question.

/// Swaps, drops, doubles or replaces a letter of one of the longer words.
pub fn one(text: &str, seed: &str) -> String {
    let mut random = seed
        .bytes()
        .fold(0x9e37_79b9_7f4a_7c15_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let mut next = |n: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % n as u64) as usize
    };
    let words: Vec<&str> = text.split(' ').collect();
    let fits = |w: &&str| w.len() >= 4 && w.bytes().all(|b| b.is_ascii_alphabetic());
    let long: Vec<usize> = (0..words.len()).filter(|at| fits(&words[*at])).collect();
    if long.is_empty() {
        return text.to_owned();
    }
    let chosen = long[next(long.len())];
    let mut letters: Vec<u8> = words[chosen].bytes().collect();
    let at = 1 + next(letters.len() - 2);
    match next(4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ => letters[at] = b'a' + next(26) as u8,
    }
    let wrong = String::from_utf8(letters).unwrap();
    let mut words = words;
    words[chosen] = &wrong;
    words.join(" ")
}
