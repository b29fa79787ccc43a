//! The three indexes: ours, a bare tantivy, FTS5 of `SQLite`; each built in memory by one thread.

use std::sync::Arc;
use std::time::{Duration, Instant};

use guidepost::knowledge;
use guidepost::search::{Engine, Synonyms};
use rusqlite::Connection;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT};
use tantivy::{DocAddress, Index, IndexWriter, Score, Searcher, Term, doc};

use crate::corpus::{Corpus, shipped, text, words};

const MEMORY: usize = 100_000_000;
/// How many articles every index is asked for.
pub const TOP: u8 = 10;

/// The indexes, and how long each took to build.
pub struct Built {
    pub ours: Arc<Engine>,
    pub bare: Bare,
    pub fts: Fts,
    pub took: [Duration; 3],
}

/// Builds all three over the same articles.
pub fn build(corpus: &Corpus, count: usize) -> Built {
    // Making an article is no part of indexing it; what it takes is measured and left out.
    let making = timed(|| corpus.take(count).count()).1;
    let texts = timed(|| corpus.take(count).map(|article| text(&article).len()).sum::<usize>()).1;
    let groups = knowledge::synonyms_of(&shipped());
    let synonyms = Synonyms::new(&groups.groups, &groups.replacements);
    let (ours, of_ours) = timed(|| Engine::in_memory(corpus.take(count), synonyms).unwrap());
    let (bare, of_bare) = timed(|| Bare::new(corpus.take(count).map(|article| text(&article))));
    let (fts, of_fts) = timed(|| Fts::new(corpus.take(count).map(|article| text(&article))));
    let took = [of_ours.saturating_sub(making), of_bare.saturating_sub(texts), of_fts.saturating_sub(texts)];
    Built { ours: Arc::new(ours), bare, fts, took }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed())
}

/// tantivy with one text field and its default tokenizer.
pub struct Bare {
    searcher: Searcher,
    field: Field,
}

impl Bare {
    fn new(texts: impl Iterator<Item = String>) -> Self {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY).unwrap();
        for text in texts {
            writer.add_document(doc!(field => text)).unwrap();
        }
        writer.commit().unwrap();
        let segments = index.searchable_segment_ids().unwrap();
        if segments.len() > 1 {
            writer.merge(&segments).wait().unwrap();
        }
        writer.wait_merging_threads().unwrap();
        Self { searcher: index.reader().unwrap().searcher(), field }
    }

    /// The best articles that have any of the words.
    pub fn ask(&self, question: &str) -> Vec<(Score, DocAddress)> {
        let clause = |word: &String| -> (Occur, Box<dyn Query>) {
            let term = Term::from_field_text(self.field, word);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        let query = BooleanQuery::new(words(question).iter().map(clause).collect());
        self.searcher.search(&query, &TopDocs::with_limit(TOP.into()).order_by_score()).unwrap()
    }
}

/// FTS5 of `SQLite` with its default tokenizer.
pub struct Fts(Connection);

impl Fts {
    fn new(texts: impl Iterator<Item = String>) -> Self {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE VIRTUAL TABLE articles USING fts5(text)").unwrap();
        let all = connection.transaction().unwrap();
        let mut insert = all.prepare("INSERT INTO articles(text) VALUES (?1)").unwrap();
        for text in texts {
            insert.execute([text]).unwrap();
        }
        drop(insert);
        // One segment, as the other two have.
        all.execute_batch("INSERT INTO articles(articles) VALUES ('optimize')").unwrap();
        all.commit().unwrap();
        Self(connection)
    }

    /// The best articles that have any of the words. `rank` is bm25, in the form that FTS5's manual calls the faster.
    pub fn ask(&self, question: &str) -> Vec<i64> {
        let quoted: Vec<String> = words(question).iter().map(|word| format!("\"{word}\"")).collect();
        if quoted.is_empty() {
            return Vec::new();
        }
        let sql = "SELECT rowid FROM articles WHERE articles MATCH ?1 ORDER BY rank LIMIT ?2";
        let mut select = self.0.prepare_cached(sql).unwrap();
        let rows = select.query_map((quoted.join(" OR "), TOP), |row| row.get(0)).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    }
}
