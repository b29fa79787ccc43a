//! Saves the documents that the desk makes, where they are not for reading here. Nothing is ever written over.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::Path;

use crate::chat::{Document, ReplyBlock};
use crate::domain::case::safe_name;
use crate::replies::{Locale, terminal};

use super::work::is_text;

/// How many names are tried.
const TRIES: u32 = 99;

/// What is shown of a block: a document that is not for reading is saved in the folder, and where it is is told.
pub fn saved(block: ReplyBlock, folder: &Path) -> ReplyBlock {
    let document = match &block {
        ReplyBlock::File(document) if !is_text(document) => document,
        ReplyBlock::File(_)
        | ReplyBlock::Paragraph(_)
        | ReplyBlock::Text(_)
        | ReplyBlock::Card(_)
        | ReplyBlock::Articles(_)
        | ReplyBlock::Also(_)
        | ReplyBlock::Products(_)
        | ReplyBlock::Commands(_)
        | ReplyBlock::Cases(_)
        | ReplyBlock::Timeline(_)
        | ReplyBlock::Pickers(_)
        | ReplyBlock::Progress(_) => return block,
    };
    let name = safe_name(&document.name);
    match save(document, &name, folder) {
        Ok(name) => terminal::saved(Locale::English, &name),
        Err(error) => terminal::not_saved(Locale::English, &name, &error),
    }
}

/// Writes it under its name, or with a number where there is a file of that name; answers the name.
fn save(document: &Document, name: &str, folder: &Path) -> io::Result<String> {
    for number in 1..=TRIES {
        let name = numbered(name, number);
        match OpenOptions::new().write(true).create_new(true).open(folder.join(&name)) {
            Ok(mut file) => {
                file.write_all(document.text.as_bytes())?;
                return Ok(name);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// `CASE-000042.html`, then `CASE-000042-2.html`.
fn numbered(name: &str, number: u32) -> String {
    match (number, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (_, Some((stem, extension))) => format!("{stem}-{number}.{extension}"),
        (_, None) => format!("{name}-{number}"),
    }
}
