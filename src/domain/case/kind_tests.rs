//! Small real files under all sorts of names.

use proptest::prelude::*;

use super::kind::{FileKind, Unlike, may_be_shown_inline};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1F\x15\xC4\x89\0\0\0\nIDATx\x9Cc\0\x01\0\0\x05\0\x01\r\n\x2D\xB4\0\0\0\0IEND\xAEB`\x82";
const JPEG: &[u8] = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xD9";
const GIF: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF!\xF9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";
const WEBP: &[u8] = b"RIFF\x1A\0\0\0WEBPVP8L\r\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xFE\x07\0";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
const ZIP: &[u8] = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
const GZIP: &[u8] = b"\x1F\x8B\x08\0\0\0\0\0\0\x03K\xCB\xCF\x07\0!es\x8C\x03\0\0\0";
const EXE: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0\xB8\0\0\0\0\0\0\0@\0\0\0";
const ELF: &[u8] = b"\x7FELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0\x01\0\0\0";
const CLASS: &[u8] = b"\xCA\xFE\xBA\xBE\0\0\0\x41\0\x0D";
const MACH_O: &[u8] = b"\xCF\xFA\xED\xFE\x07\0\0\x01\x03\0\0\0";
const SHORTCUT: &[u8] = b"\x4C\0\0\0\x01\x14\x02\0\0\0\0\0\xC0\0\0\0\0\0\0F";
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0";
const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
const HTML: &[u8] = b"<!doctype html><script>alert(1)</script>";

/// An archive with one stored entry of each name.
fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (name, content) in entries {
        bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend((content.len() as u32).to_le_bytes());
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(content.as_bytes());
    }
    bytes.extend(ZIP);
    bytes
}

fn docx() -> Vec<u8> {
    archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w:document/>")])
}

fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn a_file_is_what_its_name_and_its_bytes_say_together() {
    let odt = archive(&[("mimetype", "application/vnd.oasis.opendocument.text")]);
    let xlsx = archive(&[("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "")]);
    let windows_log = utf16("Fehler: größer als 0\r\n");
    for (extension, bytes, expected) in [
        ("png", PNG, FileKind::Png),
        ("PNG", PNG, FileKind::Png),
        ("jpg", JPEG, FileKind::Jpeg),
        ("gif", GIF, FileKind::Gif),
        ("webp", WEBP, FileKind::Webp),
        // A picture that was saved under the name of another kind is still a picture, and is sent as what it is.
        ("jpeg", PNG, FileKind::Png),
        ("pdf", PDF, FileKind::Pdf),
        ("zip", ZIP, FileKind::Zip),
        ("gz", GZIP, FileKind::Gzip),
        ("docx", &docx(), FileKind::Docx),
        ("zip", &docx(), FileKind::Zip),
        ("xlsx", &xlsx, FileKind::Xlsx),
        ("odt", &odt, FileKind::Odt),
        ("log", b"09:02 error 0x80\n\x1B[31mred\x1B[0m", FileKind::Text),
        ("log", "größer".as_bytes(), FileKind::Text),
        // The same as Windows wrote it long ago, and as it writes it today.
        ("log", b"gr\xF6\xDFer als zuvor", FileKind::Text),
        ("txt", &windows_log, FileKind::Text),
        ("csv", b"MZ,Mozambique\nNA,Namibia\n", FileKind::Csv),
        ("md", b"#! is how a script begins", FileKind::Text),
        ("json", b"{\"a\": 1}", FileKind::Json),
        ("har", b"{\"log\": {}}", FileKind::Json),
        ("xml", b"<?xml version=\"1.0\"?><jobs/>", FileKind::Text),
        ("xml", SVG, FileKind::Text),
        // Where the operator takes them, they can only be saved.
        ("svg", SVG, FileKind::Other),
        ("html", HTML, FileKind::Other),
        ("mp4", b"\0\0\0\x18ftypmp42", FileKind::Other),
        ("msg", COMPOUND, FileKind::Other),
    ] {
        assert_eq!(FileKind::of(extension, bytes), Ok(expected), "{extension}: {bytes:?}");
    }
}

#[test]
fn a_program_is_refused_whatever_it_is_called() {
    let script = b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<JOB id=\"x\"><script language=\"VBScript\"/></JOB>";
    for bytes in [
        EXE,
        ELF,
        CLASS,
        MACH_O,
        SHORTCUT,
        b"#!/bin/sh\nrm -rf ~\n",
        b"#! /usr/bin/env python\n",
        script,
        b"<package><job></job></package>",
        b"#@~^DgAAAA==",
        b"\0asm\x01\0\0\0",
    ] {
        for extension in ["png", "txt", "pdf", "zip", "docx", "xml", "exe", "sh", "bin", ""] {
            assert_eq!(FileKind::of(extension, bytes), Err(Unlike::Program), "{extension}: {bytes:?}");
        }
    }
}

#[test]
fn what_does_not_begin_as_its_name_says_is_refused() {
    let with_macros = [docx(), archive(&[("word/vbaProject.bin", "macro")])].concat();
    for (extension, bytes) in [
        ("png", HTML),
        ("png", SVG),
        ("jpg", b"".as_slice()),
        ("webp", b"RIFF\x1A\0\0\0WAVEfmt "),
        ("pdf", b"\n%PDF-1.4"),
        ("pdf", PNG),
        ("zip", GZIP),
        ("gz", ZIP),
        ("docx", ZIP),
        ("docx", &archive(&[("META-INF/MANIFEST.MF", "Main-Class: X")])),
        ("docx", &with_macros),
        ("xlsx", &docx()),
        ("odt", &docx()),
        ("txt", PNG),
        ("txt", b"a\0b"),
        ("txt", &utf16("a\0b")),
        ("txt", b"\xFF\xFEa"),
        ("txt", b"\x80\x81\x82\x83\x84"),
        ("log", b"bell \x07 \xFF"),
        ("json", GZIP),
        ("bin", COMPOUND),
    ] {
        assert_eq!(FileKind::of(extension, bytes), Err(Unlike::Name), "{extension}: {bytes:?}");
    }
}

#[test]
fn only_plain_pictures_are_shown_inline() {
    for media in ["image/png", "image/jpeg", "image/gif", "image/webp"] {
        assert!(may_be_shown_inline(media));
    }
    for media in
        ["image/svg+xml", "text/html", "text/plain", "application/pdf", "image/png; x", "IMAGE/PNG", ""]
    {
        assert!(!may_be_shown_inline(media), "{media}");
    }
}

proptest! {
    #[test]
    fn nothing_is_shown_inline_that_does_not_begin_as_a_picture(
        extension in "[a-z]{1,5}",
        bytes in proptest::collection::vec(any::<u8>(), 0..40),
    ) {
        if let Ok(kind) = FileKind::of(&extension, &bytes) {
            let begins = [PNG, JPEG, GIF, WEBP].iter().any(|picture| bytes.starts_with(&picture[..3]));
            prop_assert!(begins || !may_be_shown_inline(kind.media()));
        }
    }
}
