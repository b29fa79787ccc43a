//! What kind of file somebody hands in, told by the end of its name and by its bytes together.
//!
//! Neither alone is believed: a program that calls itself a picture is no picture, and a picture that calls itself a program is not
//! taken for one either. The kinds are few, and each has a media type that harms nobody who is sent it.

use super::contents;

/// Old documents and saved mails, which come in the same container as installers.
const COMPOUND: &[&str] = &["doc", "xls", "ppt", "vsd", "msg"];

/// The kinds of files that the desk tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum FileKind {
    Png,
    Jpeg,
    Gif,
    Webp,
    Pdf,
    Zip,
    Gzip,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Csv,
    Json,
    /// Any other text: logs, settings, and also XML, which a browser is never told to take for more than text.
    Text,
    /// Anything else, pages and drawings with scripts in them included. It can be saved and nothing more.
    Other,
}

/// Why a file is not taken for what it says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlike {
    /// It is a program, whatever it is called.
    Program,
    /// It does not begin as files with such a name do, or holds what they never hold.
    Name,
}

impl FileKind {
    /// What a file is, by the end of its name (without the dot, in any case) and its bytes.
    pub fn of(extension: &str, bytes: &[u8]) -> Result<Self, Unlike> {
        if contents::is_program(bytes) {
            return Err(Unlike::Program);
        }
        let kind = Self::named(extension);
        let fits = match kind {
            // Programs that save pictures often give them the name of another kind of picture.
            Self::Png | Self::Jpeg | Self::Gif | Self::Webp => {
                return contents::picture(bytes).ok_or(Unlike::Name);
            }
            Self::Pdf => bytes.starts_with(b"%PDF-"),
            Self::Zip => contents::is_zip(bytes),
            Self::Gzip => bytes.starts_with(&[0x1F, 0x8B, 0x08]),
            Self::Docx => contents::is_office(bytes, b"word/"),
            Self::Xlsx => contents::is_office(bytes, b"xl/"),
            Self::Pptx => contents::is_office(bytes, b"ppt/"),
            Self::Odt => contents::is_open_document(bytes, b"application/vnd.oasis.opendocument.text"),
            Self::Ods => contents::is_open_document(bytes, b"application/vnd.oasis.opendocument.spreadsheet"),
            Self::Csv | Self::Json | Self::Text => contents::is_text(bytes),
            Self::Other => {
                !contents::is_compound(bytes)
                    || COMPOUND.iter().any(|one| one.eq_ignore_ascii_case(extension))
            }
        };
        if fits { Ok(kind) } else { Err(Unlike::Name) }
    }

    /// What the end of a name says.
    fn named(extension: &str) -> Self {
        match extension.to_ascii_lowercase().as_str() {
            "png" => Self::Png,
            "jpg" | "jpeg" => Self::Jpeg,
            "gif" => Self::Gif,
            "webp" => Self::Webp,
            "pdf" => Self::Pdf,
            "zip" => Self::Zip,
            "gz" => Self::Gzip,
            "docx" => Self::Docx,
            "xlsx" => Self::Xlsx,
            "pptx" => Self::Pptx,
            "odt" => Self::Odt,
            "ods" => Self::Ods,
            "csv" => Self::Csv,
            "json" | "har" => Self::Json,
            "txt" | "log" | "md" | "xml" | "yaml" | "yml" | "toml" | "ini" | "conf" | "eml" => Self::Text,
            _ => Self::Other,
        }
    }

    /// The media type that a door sends it with.
    #[must_use]
    pub const fn media(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
            Self::Zip => "application/zip",
            Self::Gzip => "application/gzip",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::Text => "text/plain",
            Self::Other => "application/octet-stream",
        }
    }
}

/// Whether a file with this media type may be shown within a page or a message, and not only be saved.
#[must_use]
pub fn may_be_shown_inline(media: &str) -> bool {
    [FileKind::Png, FileKind::Jpeg, FileKind::Gif, FileKind::Webp].iter().any(|kind| kind.media() == media)
}
