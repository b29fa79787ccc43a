//! What is searched for, and the bare query that it is held against.

use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Index, Searcher, Term};

/// What customers type.
pub const CUSTOMER: &[&str] = &[
    "printer",
    "sign in error",
    "status:active",
    "CASE-000042",
    "pritner error",
    "\"blank page\"",
    "update created:>2026-01-01 -status:closed",
    "",
];

/// What staff type.
pub const STAFF: &[&str] = &[
    "printer",
    "error",
    "sign in error after update",
    "printer blank page",
    "\"blank page\"",
    "\"blank page\" license",
    "pritner error",
    "authentcation gatewya",
    "0x80004711",
    "status:open assignee:me",
    "status:open assignee:me tag:billing created:>2026-01-01",
    "tag:billing error priority:>normal",
    "license -printer updated:30d",
    "CASE-000042",
    "status:new,open",
    "",
];

/// tantivy without anything around it: any of the words, the twenty best.
pub struct Bare {
    searcher: Searcher,
    field: Field,
}

impl Bare {
    pub fn open(folder: &Path) -> Self {
        let current = std::fs::read_to_string(folder.join("current")).unwrap();
        let index = Index::open_in_dir(folder.join(current.trim())).unwrap();
        let field = index.schema().get_field("said").unwrap();
        Self { searcher: index.reader().unwrap().searcher(), field }
    }

    pub fn search(&self, text: &str) {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let term = |word: &str| -> Box<dyn Query> {
            let term = Term::from_field_text(self.field, &word.to_lowercase());
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let query = BooleanQuery::union(words.map(term).collect());
        self.searcher.search(&query, &TopDocs::with_limit(20).order_by_score()).unwrap();
    }
}
