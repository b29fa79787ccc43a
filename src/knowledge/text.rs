//! The text of a file, free of what nobody can see.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, Read},
    path::Path,
};

use super::fault::Remark;

/// The largest file that is read, in bytes; the longest manuals have a tenth of it.
const LARGEST: u64 = 5 * 1024 * 1024;

/// What to do about a file that the system does not hand out.
pub(super) fn unreadable(error: &io::Error) -> Remark {
    Remark::whole_file(format!("the file cannot be read: {error}"), "check that the desk may read it")
}

/// The text of a file; none where it is no text that anyone could use, which is remarked on.
pub(super) fn read(file: &Path, remarks: &mut Vec<Remark>) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        let what = format!("the file is larger than {} MiB", LARGEST >> 20);
        remarks.push(Remark::whole_file(what, "divide it into several"));
        return Ok(None);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Some(without_controls(&text).into_owned())),
        Err(error) => {
            let good = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
            let line = good.filter(|byte| **byte == b'\n').count() + 1;
            remarks.push(Remark::error(line, "the file is not UTF-8", "save it with the encoding UTF-8"));
            Ok(None)
        }
    }
}

/// Replaces invisible characters, which terminals and databases trip over, by spaces.
pub(super) fn without_controls(text: &str) -> Cow<'_, str> {
    let is_control = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r');
    if text.contains(is_control) { text.replace(is_control, " ").into() } else { text.into() }
}

/// A text on one line, with single spaces.
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_can_see_becomes_a_space() {
        assert_eq!(without_controls("a\u{0}b\tc\r\n\u{1b}[31m"), "a b\tc\r\n [31m");
        assert_eq!(one_line(" a\u{0}\n\tb\u{a0}c "), "a b c");
    }
}
