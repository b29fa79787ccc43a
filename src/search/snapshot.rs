//! The index as it is read: one immutable snapshot at a time.

use std::sync::{Arc, OnceLock};

use tantivy::columnar::{BytesColumn, Column, StrColumn};
use tantivy::{DocAddress, Searcher, Term};

use crate::domain::About;

use super::schema::Fields;
use super::suggest::Titles;

/// What an average article is like; scores are relative to it.
#[derive(Debug, Clone, Copy)]
pub struct Averages {
    /// Words of title (weighted) and text.
    pub text: f32,
    /// Words of the title.
    pub title: f32,
    /// Words of a chunk.
    pub chunk: f32,
}

/// Everything that one search needs, opened once for each state of the index.
pub struct Snapshot {
    searcher: Searcher,
    fields: Fields,
    streams: Vec<Option<BytesColumn>>,
    meanings: Vec<Option<BytesColumn>>,
    kinds: Vec<Column<u64>>,
    averages: Averages,
    docs: u64,
    type_ahead: OnceLock<Arc<Titles>>,
    /// The articles with guides, once somebody asked for them.
    pub(super) guides: OnceLock<Arc<[About]>>,
    /// All articles by title, once somebody asked for them.
    pub(super) catalogue: OnceLock<Arc<[About]>>,
}

/// An article's title, for lists and type-ahead.
#[expect(clippy::struct_field_names, reason = "an article's title is called that")]
pub struct Title {
    /// Where it is in the index.
    pub address: DocAddress,
    /// The article's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its kind, as JSON.
    pub kind: String,
    /// The kind's rank.
    pub kind_rank: u64,
}

impl Snapshot {
    /// Opens the columns and sums up the statistics.
    pub fn open(searcher: Searcher, fields: Fields) -> tantivy::Result<Self> {
        let mut streams = Vec::new();
        let mut meanings = Vec::new();
        let mut kinds = Vec::new();
        let (mut tokens, mut titles, mut docs) = (0_u64, 0_u64, 0_u64);
        for segment in searcher.segment_readers() {
            streams.push(segment.fast_fields().bytes("stream")?);
            meanings.push(segment.fast_fields().bytes("meaning")?);
            kinds.push(segment.fast_fields().u64("kind_rank")?);
            tokens += segment.inverted_index(fields.stem)?.total_num_tokens();
            let lens = segment.fast_fields().u64("title_len")?;
            titles += (0..segment.max_doc()).filter_map(|doc| lens.first(doc)).sum::<u64>();
            docs += u64::from(segment.max_doc());
        }
        let mean = |sum: u64| if docs == 0 { 1.0 } else { (sum as f32 / docs as f32).max(1.0) };
        let averages = Averages { text: mean(tokens), title: mean(titles), chunk: 80.0 };
        Ok(Self {
            searcher,
            fields,
            streams,
            meanings,
            kinds,
            averages,
            docs,
            type_ahead: OnceLock::new(),
            guides: OnceLock::new(),
            catalogue: OnceLock::new(),
        })
    }

    /// tantivy's view of this state.
    #[must_use]
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The fields.
    #[must_use]
    pub fn fields(&self) -> Fields {
        self.fields
    }

    /// What an average article is like.
    #[must_use]
    pub fn averages(&self) -> Averages {
        self.averages
    }

    /// In how many articles a stem stands.
    #[must_use]
    pub fn stem_docs(&self, stem: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(self.fields.stem, stem)).unwrap_or(0)
    }

    /// In how many articles an exact form stands.
    #[must_use]
    pub fn exact_docs(&self, form: &str) -> u64 {
        self.searcher.doc_freq(&Term::from_field_text(self.fields.exact, form)).unwrap_or(0)
    }

    /// How telling a word is that stands in `docs` articles (Lucene's formula).
    #[must_use]
    pub fn idf(&self, docs: u64) -> f32 {
        let (n, df) = (self.docs.max(docs) as f32, docs as f32);
        (1.0 + (n - df + 0.5) / (df + 0.5)).ln()
    }

    /// Reads an article's stream into `out`.
    pub fn stream(&self, address: DocAddress, out: &mut Vec<u8>) -> tantivy::Result<()> {
        out.clear();
        let Some(Some(column)) = self.streams.get(address.segment_ord as usize) else { return Ok(()) };
        let mut part = Vec::new();
        for (at, ord) in column.term_ords(address.doc_id).enumerate() {
            if at == 0 {
                column.ord_to_bytes(ord, out)?;
            } else {
                column.ord_to_bytes(ord, &mut part)?;
                out.extend_from_slice(&part);
            }
        }
        Ok(())
    }

    /// Reads an article's directions into `out`.
    pub fn meaning(&self, address: DocAddress, out: &mut Vec<u8>) -> tantivy::Result<()> {
        out.clear();
        let Some(Some(column)) = self.meanings.get(address.segment_ord as usize) else { return Ok(()) };
        if let Some(ord) = column.term_ords(address.doc_id).next() {
            column.ord_to_bytes(ord, out)?;
        }
        Ok(())
    }

    /// The rank of an article's kind.
    #[must_use]
    pub fn kind(&self, address: DocAddress) -> u64 {
        self.kinds
            .get(address.segment_ord as usize)
            .and_then(|kinds| kinds.first(address.doc_id))
            .unwrap_or(u64::MAX)
    }

    /// All titles, in the order of the index.
    pub fn titles(&self) -> tantivy::Result<Vec<Title>> {
        let mut out = Vec::new();
        for (segment_ord, segment) in self.searcher.segment_readers().iter().enumerate() {
            let columns = segment.fast_fields();
            let (ids, titles, kinds) = (columns.str("id")?, columns.str("title")?, columns.str("kind")?);
            let text = |column: &Option<StrColumn>, doc: u32| {
                let mut text = String::new();
                if let Some(column) = column
                    && let Some(ord) = column.term_ords(doc).next()
                {
                    column.ord_to_str(ord, &mut text)?;
                }
                Ok::<String, std::io::Error>(text)
            };
            for doc in segment.doc_ids_alive() {
                let address = DocAddress::new(segment_ord as u32, doc);
                let (id, title, kind) = (text(&ids, doc)?, text(&titles, doc)?, text(&kinds, doc)?);
                out.push(Title { address, id, title, kind, kind_rank: self.kind(address) });
            }
        }
        Ok(out)
    }

    /// The titles by their words, made at the first call.
    pub fn type_ahead(&self) -> tantivy::Result<Arc<Titles>> {
        if let Some(made) = self.type_ahead.get() {
            return Ok(Arc::clone(made));
        }
        let made = Arc::new(Titles::of(self)?);
        Ok(Arc::clone(self.type_ahead.get_or_init(|| made)))
    }
}
