//! `attach PATH [words]`: reads a file of whoever sits at the terminal, to be handed in.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::PathBuf;

use crate::domain::Upload;
use crate::replies::terminal::NotAttached;

use super::manner::Manner;

/// What begins such a line.
pub const WORD: &str = "attach";
/// What a millions of bytes is.
const MB: u64 = 1_000_000;

/// A line that may attach a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attach {
    /// The file, as it was typed, without quotes.
    path: String,
    /// What is said with it.
    pub words: String,
    /// Whether it is a sentence that only begins so: "attach a file to my case".
    may_be_a_sentence: bool,
}

/// What a line attaches; `None` where it is about something else.
pub fn asked(line: &str) -> Option<Result<Attach, NotAttached>> {
    let line = line.trim();
    let (is_command, rest) = match line.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, line),
    };
    let (word, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if !word.eq_ignore_ascii_case(WORD) {
        return None;
    }
    let rest = rest.trim_start();
    let Some((path, words)) = first_word(rest) else { return Some(Err(NotAttached::OpenQuote)) };
    if path.is_empty() {
        return Some(Err(NotAttached::NoPath));
    }
    let looks_like_a_path = rest.starts_with(['"', '\'']) || path.contains(['/', '\\', '.', '~']);
    let may_be_a_sentence = !is_command && !looks_like_a_path;
    Some(Ok(Attach { path, words: words.trim().to_owned(), may_be_a_sentence }))
}

impl Attach {
    /// The file; `Ok(None)` where there is none of that name and the line may be a sentence.
    pub fn read(&self, manner: &Manner) -> Result<Option<Upload>, NotAttached> {
        let path = self.place(manner);
        let typed = || self.path.clone();
        let most = manner.max_file_mb.saturating_mul(MB);
        let read = (|| -> io::Result<Result<Vec<u8>, NotAttached>> {
            // Looked at before it is opened: opening a pipe would wait for whoever writes to it.
            let meta = fs::metadata(&path)?;
            if !meta.is_file() {
                return Ok(Err(NotAttached::NoFile(typed())));
            }
            let mut bytes = Vec::new();
            if meta.len() <= most {
                File::open(&path)?.take(most + 1).read_to_end(&mut bytes)?;
            }
            if meta.len() > most || bytes.len() as u64 > most {
                return Ok(Err(NotAttached::TooLarge { path: typed(), most_mb: manner.max_file_mb }));
            }
            Ok(Ok(bytes))
        })();
        match read {
            Ok(Ok(bytes)) => {
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                Ok(Some(Upload { name: name.unwrap_or_else(typed), bytes }))
            }
            Ok(Err(why)) => Err(why),
            Err(_) if self.may_be_a_sentence => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(NotAttached::Missing(typed())),
            Err(error) => Err(NotAttached::Unreadable { path: typed(), why: error.to_string() }),
        }
    }

    fn place(&self, manner: &Manner) -> PathBuf {
        match (&manner.home, self.path.strip_prefix("~/")) {
            (Some(home), Some(rest)) => home.join(rest),
            (None, _) | (_, None) => manner.folder.join(&self.path),
        }
    }
}

/// The first word, with its quotes and backslashes taken off, and the rest; `None` where a quote is not closed. A terminal puts the
/// names of files that are dropped on it in one of these ways.
fn first_word(text: &str) -> Option<(String, &str)> {
    let mut word = String::new();
    let mut quote = None;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (None, c) if c.is_whitespace() => return Some((word, text.get(at..).unwrap_or_default())),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            // On Windows it stands between folders.
            (None | Some('"'), '\\') if cfg!(unix) => word.extend(chars.next().map(|(_, c)| c)),
            (None | Some(_), c) => word.push(c),
        }
    }
    quote.is_none().then_some((word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Option<Result<(String, String, bool), NotAttached>> {
        asked(line).map(|asked| asked.map(|a| (a.path, a.words, a.may_be_a_sentence)))
    }

    #[test]
    #[cfg(unix)]
    fn a_path_is_read_as_a_shell_reads_it() {
        for (line, path, words, may_be_a_sentence) in [
            ("attach a.png", "a.png", "", false),
            ("  /attach a", "a", "", false),
            ("ATTACH ~/a.log  as asked ", "~/a.log", "as asked", false),
            ("attach \"my screen.png\" see the top", "my screen.png", "see the top", false),
            ("attach 'it is \"so\".txt'", "it is \"so\".txt", "", false),
            (r"attach /tmp/my\ screen\(1\).png here", "/tmp/my screen(1).png", "here", false),
            (r#"attach "a\"b.txt""#, "a\"b.txt", "", false),
            ("attach a screenshot to my case", "a", "screenshot to my case", true),
            ("attach a.txt one\ntwo", "a.txt", "one\ntwo", false),
        ] {
            let expected = (path.to_owned(), words.to_owned(), may_be_a_sentence);
            assert_eq!(parsed(line), Some(Ok(expected)), "{line}");
        }
        assert_eq!(parsed("attach"), Some(Err(NotAttached::NoPath)));
        assert_eq!(parsed("/attach  "), Some(Err(NotAttached::NoPath)));
        assert_eq!(parsed("attach \"a.png"), Some(Err(NotAttached::OpenQuote)));
        for line in ["attachments are missing", "how do I attach a file", "", "/attached x"] {
            assert_eq!(parsed(line), None, "{line}");
        }
    }
}
