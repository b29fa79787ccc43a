//! The fields of the index, and the document that an article becomes.

use tantivy::TantivyDocument;
use tantivy::schema::{BytesOptions, FAST, Field, IndexRecordOption, STORED, STRING, Schema};

use crate::domain::Article;

use super::given::{self, Words};
use super::meaning::Vectors;
use super::stream::{Cut, Entry};
use super::words::Stems;

/// How often the title's words count against the text's. Measured: `BENCHMARKS.md`.
pub const TITLE_WEIGHT: usize = 3;
/// The longest value that tantivy keeps whole in a column.
const MAX_VALUE: usize = 60_000;
/// Changes whenever the meaning of the index does; another number means: build it again.
pub const VERSION: u32 = 4;

/// The fields, by name and number.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The article's id, one term.
    pub id: Field,
    /// Ids and numbers by which the article is known, folded.
    pub key: Field,
    /// Stems of title, keywords and text.
    pub stem: Field,
    /// Exact forms: the dictionary of known words.
    pub exact: Field,
    /// The product's id.
    pub product: Field,
    /// The kind, as JSON.
    pub kind: Field,
    /// The kind's rank: 0 support, 1 documentation, 2 the rest.
    pub kind_rank: Field,
    /// The number of words in the title.
    pub title_len: Field,
    /// The title, for type-ahead.
    pub title: Field,
    /// The article for the second stage.
    pub stream: Field,
    /// The directions of the title and of every chunk.
    pub meaning: Field,
    /// What is known about the article, as JSON.
    pub about: Field,
    /// The passages, each as JSON.
    pub passage: Field,
}

/// The schema and its fields.
#[must_use]
pub fn schema() -> (Schema, Fields) {
    let mut s = Schema::builder();
    let fields = Fields {
        id: s.add_text_field("id", STRING | FAST),
        key: s.add_text_field("key", STRING),
        stem: s.add_text_field("stem", given::options(IndexRecordOption::WithFreqs, true)),
        exact: s.add_text_field("exact", given::options(IndexRecordOption::Basic, false)),
        product: s.add_text_field("product", STRING),
        kind: s.add_text_field("kind", FAST),
        kind_rank: s.add_u64_field("kind_rank", FAST),
        title_len: s.add_u64_field("title_len", FAST),
        title: s.add_text_field("title", FAST),
        stream: s.add_bytes_field("stream", BytesOptions::default().set_fast()),
        meaning: s.add_bytes_field("meaning", BytesOptions::default().set_fast()),
        about: s.add_bytes_field("about", STORED),
        passage: s.add_bytes_field("passage", STORED),
    };
    (s.build(), fields)
}

/// The document of an article.
pub fn document(
    article: &Article,
    stems: &Stems,
    vectors: &Vectors,
    f: Fields,
) -> serde_json::Result<TantivyDocument> {
    let cut = Cut::of(article, stems);
    let mut doc = TantivyDocument::default();
    let about = &article.about;
    doc.add_text(f.id, about.id.as_str());
    for key in super::number::keys(about) {
        doc.add_text(f.key, key);
    }
    if let Some(product) = &about.product {
        doc.add_text(f.product, product.as_str());
    }
    doc.add_text(f.kind, serde_json::to_string(&about.kind)?);
    doc.add_u64(f.kind_rank, super::rank::kind_rank(about.kind));
    doc.add_u64(f.title_len, cut.title.len() as u64);
    doc.add_text(f.title, &about.title);
    let all = std::iter::repeat_n(&cut.title, TITLE_WEIGHT).chain([&cut.keywords]).flatten().chain(
        cut.chunks.iter().flat_map(|c| {
            let heading: &[Entry] = if c.place.block == 0 { &c.heading } else { &[] };
            heading.iter().chain(&c.body)
        }),
    );
    let (mut given_stems, mut given_words) = (Words::new(), Words::new());
    for entry in all {
        given_stems.word(&entry.stem);
        given_words.word(&entry.form);
    }
    for (field, words) in [(f.stem, given_stems), (f.exact, given_words)] {
        if let Some(words) = words.as_str() {
            doc.add_text(field, words);
        }
    }
    for part in cut.encode().chunks(MAX_VALUE) {
        doc.add_bytes(f.stream, part);
    }
    let mut meaning: Vec<i8> = vectors.of_entries(&cut.title).to_vec();
    for chunk in &cut.chunks {
        meaning.extend(vectors.of_entries(chunk.heading.iter().chain(&chunk.body)));
    }
    let meaning: Vec<u8> = meaning.into_iter().take(MAX_VALUE).map(i8::cast_unsigned).collect();
    doc.add_bytes(f.meaning, &meaning);
    doc.add_bytes(f.about, &serde_json::to_vec(about)?);
    for passage in &article.passages {
        doc.add_bytes(f.passage, &serde_json::to_vec(passage)?);
    }
    Ok(doc)
}
