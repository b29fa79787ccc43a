//! What of the index somebody sees, and its statistics: so that nobody's search tells of what they don't see.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Searcher, TERMINATED, Term};

use super::schema::Fields;
use super::search::Viewer;

/// Words of an average case, where the average of all must not be told.
const WORDS: u64 = 200;

/// What somebody sees.
pub enum Sight<'s> {
    /// Staff: everything.
    All(&'s Searcher),
    /// A customer: these cases.
    Own {
        /// The index.
        searcher: &'s Searcher,
        /// The documents of each segment, in order.
        documents: Vec<Vec<DocId>>,
    },
}

impl<'s> Sight<'s> {
    /// What somebody sees of this state of the index.
    pub fn of(viewer: Viewer, searcher: &'s Searcher, fields: Fields) -> tantivy::Result<Self> {
        let Viewer::Customer(person) = viewer else { return Ok(Self::All(searcher)) };
        let term = Term::from_field_u64(fields.party, person.0);
        let mut documents = Vec::new();
        for segment in searcher.segment_readers() {
            let mut own = Vec::new();
            let inverted = segment.inverted_index(fields.party)?;
            if let Some(mut postings) = inverted.read_postings(&term, IndexRecordOption::Basic)? {
                while postings.doc() != TERMINATED {
                    if segment.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                        own.push(postings.doc());
                    }
                    postings.advance();
                }
            }
            documents.push(own);
        }
        Ok(Self::Own { searcher, documents })
    }

    /// The index.
    pub fn searcher(&self) -> &Searcher {
        match self {
            Self::All(searcher) | Self::Own { searcher, .. } => searcher,
        }
    }

    /// How many cases they are.
    pub fn count(&self) -> u64 {
        match self {
            Self::All(searcher) => searcher.num_docs(),
            Self::Own { documents, .. } => documents.iter().map(|own| own.len() as u64).sum(),
        }
    }

    /// In how many of them a term stands.
    pub fn documents_with(&self, term: &Term) -> tantivy::Result<u64> {
        let Self::Own { searcher, documents } = self else {
            return self.searcher().doc_freq(term);
        };
        let mut count = 0;
        for (segment, own) in searcher.segment_readers().iter().zip(documents) {
            if own.is_empty() {
                continue;
            }
            let inverted = segment.inverted_index(term.field())?;
            let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else {
                continue;
            };
            for document in own {
                if postings.doc() < *document {
                    postings.seek(*document);
                }
                count += u64::from(postings.doc() == *document);
            }
        }
        Ok(count)
    }
}

impl Bm25StatisticsProvider for Sight<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        match self {
            Self::All(searcher) => searcher.total_num_tokens(field),
            Self::Own { .. } => Ok(self.count() * WORDS),
        }
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        match self {
            Self::All(searcher) => searcher.total_num_docs(),
            Self::Own { .. } => Ok(self.count()),
        }
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.documents_with(term)
    }
}
