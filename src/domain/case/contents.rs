//! What the bytes of a file say it is, whatever its name says.

use super::FileKind;

/// How much of an archive is looked through at either end: its first entries, and the list of all of them.
const LOOKED_THROUGH: usize = 64 * 1024;

/// What programs and the links to them begin with.
const PROGRAMS: &[&[u8]] = &[
    b"\x7FELF",
    // Mach-O in both orders, for 32 and 64 bits.
    &[0xFE, 0xED, 0xFA, 0xCE],
    &[0xFE, 0xED, 0xFA, 0xCF],
    &[0xCE, 0xFA, 0xED, 0xFE],
    &[0xCF, 0xFA, 0xED, 0xFE],
    // A Java class, and Mach-O for several processors.
    &[0xCA, 0xFE, 0xBA, 0xBE],
    &[0xBE, 0xBA, 0xFE, 0xCA],
    // WebAssembly, and Android's classes.
    b"\0asm",
    b"dex\n",
    // A Windows shortcut, which may run anything.
    &[0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0],
    // A Windows cabinet.
    b"MSCF\0\0\0\0",
    // A Windows script, encoded.
    b"#@~^",
    // A Windows help file with scripts in it.
    b"ITSF",
];

/// Elements that Windows runs as a script, at the beginning of a text.
const SCRIPTS: &[&str] = &["<job", "<package", "<component", "<scriptlet", "<hta:application"];

/// Whether it is something that a system would run.
pub(super) fn is_program(bytes: &[u8]) -> bool {
    if PROGRAMS.iter().any(|magic| bytes.starts_with(magic)) {
        return true;
    }
    // Words may begin with MZ, as Mozambique's lines in a table do; a program has bytes that no text has.
    (bytes.starts_with(b"MZ") && !is_text(bytes)) || is_script(bytes)
}

fn is_script(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let head = head.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(head);
    if let Some(interpreter) = head.strip_prefix(b"#!") {
        return interpreter.trim_ascii_start().first() == Some(&b'/');
    }
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start();
    // What describes the document comes before its one element.
    let element = match text.strip_prefix("<?xml").and_then(|rest| rest.split_once('>')) {
        Some((_, rest)) => rest.trim_start(),
        None => text,
    };
    SCRIPTS.iter().any(|script| {
        let after = element.strip_prefix(script).and_then(|rest| rest.chars().next());
        after.is_some_and(|next| next == '>' || next.is_whitespace())
    })
}

/// Whether it is the container of Windows installers, which also old office documents and saved mails come in.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// The kind of picture that it is.
pub(super) fn picture(bytes: &[u8]) -> Option<FileKind> {
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        Some(FileKind::Png)
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        Some(FileKind::Jpeg)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some(FileKind::Gif)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(FileKind::Webp)
    } else {
        None
    }
}

/// Whether it begins as an archive does, an empty one included.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether it is an office document with its parts in such a folder, and without macros: those have names of their own.
pub(super) fn is_office(bytes: &[u8], folder: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
        && holds(bytes, b"[Content_Types].xml")
        && holds(bytes, folder)
        && !holds(bytes, b"vbaProject.bin")
}

/// Whether it is an open document of this type: its first entry says so, uncompressed.
pub(super) fn is_open_document(bytes: &[u8], media: &[u8]) -> bool {
    let name_and_media = bytes.get(30..).unwrap_or_default();
    bytes.starts_with(b"PK\x03\x04")
        && name_and_media.strip_prefix(b"mimetype").is_some_and(|rest| rest.starts_with(media))
}

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(LOOKED_THROUGH)).unwrap_or_default();
    let tail = bytes.get(bytes.len().saturating_sub(LOOKED_THROUGH)..).unwrap_or_default();
    [head, tail].iter().any(|part| part.windows(what.len()).any(|window| window == what))
}

/// Whether it can be read as text: UTF-8, UTF-16 that says so (as Windows writes logs), or an older encoding. No text holds the
/// character NUL.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    let two = |order: fn([u8; 2]) -> u16, rest: &[u8]| {
        let (units, left) = rest.as_chunks::<2>();
        let units = units.iter().map(|unit| order(*unit));
        left.is_empty() && char::decode_utf16(units).all(|c| c.is_ok_and(|c| c != '\0'))
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => two(u16::from_le_bytes, rest),
        [0xFE, 0xFF, rest @ ..] => two(u16::from_be_bytes, rest),
        _ if bytes.contains(&0) => false,
        _ => std::str::from_utf8(bytes).is_ok() || is_old_text(bytes),
    }
}

/// Older encodings give any byte from 0x80 on a meaning, but no text is mostly such bytes, and none has other control characters than
/// those of lines, tabs, pages and colours.
fn is_old_text(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    !bytes.iter().any(is_control) && high * 2 <= bytes.len()
}
