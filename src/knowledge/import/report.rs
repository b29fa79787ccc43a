//! What an import did, source by source, for people and for `--json`.

use serde::Serialize;

use crate::domain::ArticleId;

/// Why a source did not become an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "reason", content = "detail", rename_all = "kebab-case")]
pub enum Reason {
    /// It is marked as one.
    #[error("it is a draft")]
    Draft,
    /// Not everybody may read it, and the desk answers everybody.
    #[error("only some people may read it where it is now")]
    Restricted,
    /// Others include it, or it speaks of the folder and not of the product.
    #[error("it is a part of other pages or of the folder itself")]
    Part,
    /// Neither text nor a title for it.
    #[error("there is nothing in it")]
    Empty,
    /// Only UTF-8 is read from files.
    #[error("it is not UTF-8")]
    NotUtf8,
    /// Larger than any article.
    #[error("it has {bytes} bytes, more than an article may have")]
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The file or folder could not be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
    /// The page could not be fetched.
    #[error("it cannot be fetched: {0}")]
    Unfetched(String),
    /// The server says that the page is gone.
    #[error("it cannot be fetched: {0}")]
    Gone(String),
    /// The page or export is not what it should be.
    #[error("it cannot be understood: {0}")]
    Malformed(String),
    /// Another source of this import has the id already.
    #[error("\"{id}\" is the id of {other} already")]
    Clash {
        /// The id that both want.
        id: ArticleId,
        /// The source that has it.
        other: String,
    },
    /// An article outside the import's folder has the id already.
    #[error("\"{id}\" is an article elsewhere in the knowledge folder already")]
    Known {
        /// The id in question.
        id: ArticleId,
    },
    /// A file of this name is in the folder, and no import wrote it.
    #[error("the folder has a file \"{id}.md\" that no import wrote")]
    Foreign {
        /// The id in question.
        id: ArticleId,
    },
    /// The file could not be written.
    #[error("it cannot be written: {0}")]
    Unwritten(String),
}

impl Reason {
    /// Whether the source is still there and only could not be read or written this time. Its article stays; that of a
    /// source which is a draft, empty or gone has lost its ground.
    #[must_use]
    pub fn is_trouble(&self) -> bool {
        match self {
            Self::Draft | Self::Restricted | Self::Part | Self::Empty | Self::Gone(_) => false,
            Self::NotUtf8
            | Self::TooLarge { .. }
            | Self::Unreadable(_)
            | Self::Unfetched(_)
            | Self::Malformed(_)
            | Self::Clash { .. }
            | Self::Known { .. }
            | Self::Foreign { .. }
            | Self::Unwritten(_) => true,
        }
    }
}

/// A source that was passed over, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// A path or an address.
    pub source: String,
    /// Why.
    pub reason: Reason,
}

impl Skipped {
    /// Passes `source` over.
    #[must_use]
    pub fn new(source: impl Into<String>, reason: Reason) -> Self {
        Self { source: source.into(), reason }
    }
}

/// What became of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// A new article was written.
    Imported,
    /// The source changed, and so did the article.
    Updated,
    /// The article says what it said before; its file was not touched.
    Unchanged,
    /// Somebody edited the article's file since; it was kept as it is.
    Edited,
    /// The source is gone, or is a draft now; its article is still there until it is pruned.
    Vanished,
    /// The source is gone, and its article was removed.
    Pruned,
    /// The source was passed over.
    Skipped(Reason),
}

/// Something a reader of the report should know about an imported article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "note", content = "detail", rename_all = "kebab-case")]
pub enum Note {
    /// A part that is not in the folder; its name stands in its place.
    #[error("the part \"{0}\" is not in the folder; its name stands in its place")]
    MissingPart(String),
    /// The front matter is no valid YAML or TOML, and was read line by line.
    #[error("the front matter is not valid and was read line by line")]
    LooseFrontMatter,
    /// Another article of the import has the same old name, which leads there; here it is a keyword.
    #[error("the old name \"{alias}\" leads to \"{owner}\"; here it is a keyword")]
    SharedAlias {
        /// The old name.
        alias: String,
        /// The article that it leads to.
        owner: ArticleId,
    },
    /// The front matter has a date in no known spelling.
    #[error("\"{0}\" is no date in a known spelling")]
    UnknownDate(String),
}

/// One source in the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// A path or an address.
    pub source: String,
    /// The article it became, where it got that far.
    pub id: Option<ArticleId>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What to know about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}

/// What became of the links of all articles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Links {
    /// They lead to another article.
    pub articles: usize,
    /// They lead to a page on the web.
    pub web: usize,
    /// They led to a place within their own page, and are plain text now.
    pub anchors: usize,
    /// They led to something that is not in the import, and are plain text now.
    pub dropped: usize,
}

impl Links {
    /// Counts the links of another article in.
    pub fn add(&mut self, other: Self) {
        let Self { articles, web, anchors, dropped } = other;
        self.articles += articles;
        self.web += web;
        self.anchors += anchors;
        self.dropped += dropped;
    }
}

/// How often each outcome happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// New articles.
    pub imported: usize,
    /// Changed articles.
    pub updated: usize,
    /// Articles that stayed the same.
    pub unchanged: usize,
    /// Articles kept because somebody edited them.
    pub edited: usize,
    /// Articles whose source is gone.
    pub vanished: usize,
    /// Articles removed because their source is gone.
    pub pruned: usize,
    /// Sources passed over.
    pub skipped: usize,
}

/// The report of one import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether nothing was written because only a rehearsal was asked for.
    pub dry_run: bool,
    /// In numbers.
    pub totals: Totals,
    /// What became of links.
    pub links: Links,
    /// Source by source, in order.
    pub entries: Vec<Entry>,
}

impl Report {
    /// Adds a source and counts it.
    pub fn push(&mut self, entry: Entry) {
        let counter = match &entry.outcome {
            Outcome::Imported => &mut self.totals.imported,
            Outcome::Updated => &mut self.totals.updated,
            Outcome::Unchanged => &mut self.totals.unchanged,
            Outcome::Edited => &mut self.totals.edited,
            Outcome::Vanished => &mut self.totals.vanished,
            Outcome::Pruned => &mut self.totals.pruned,
            Outcome::Skipped(_) => &mut self.totals.skipped,
        };
        *counter += 1;
        self.entries.push(entry);
    }
}
