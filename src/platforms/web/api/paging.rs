//! Cursors: where a list goes on. They are opaque to programs, and say after which entry, so that what comes in between moves nothing.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Web;
use super::problem::Failed;
use crate::replies::api::Trouble;

/// What a list is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Articles, by id.
    Articles,
    /// Cases, by number.
    Cases,
}

impl Of {
    const fn mark(self) -> &'static str {
        match self {
            Self::Articles => "a1:",
            Self::Cases => "c1:",
        }
    }

    /// The cursor after an entry.
    pub fn after(self, entry: &str) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}{entry}", self.mark()))
    }

    /// The entry that a cursor names, read by `parse`; a problem where it is no cursor of such a list.
    pub fn read<T>(
        self,
        web: &Web,
        cursor: Option<&str>,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Failed> {
        let Some(cursor) = cursor else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let entry = text.as_deref().and_then(|text| text.strip_prefix(self.mark())).and_then(parse);
        entry.map(Some).ok_or_else(|| Failed::new(web, Trouble::Cursor))
    }
}

/// How many entries are wanted, within what a list gives.
pub fn limit(web: &Web, asked: Option<u16>, usual: usize, most: usize) -> Result<usize, Failed> {
    match asked.map(usize::from) {
        None => Ok(usual),
        Some(limit) if (1..=most).contains(&limit) => Ok(limit),
        Some(limit) => {
            let why = format!("limit is {limit} and may be 1 to {most}");
            Err(Failed::new(web, Trouble::Query(why)))
        }
    }
}
