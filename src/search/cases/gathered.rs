//! A query whose documents are gathered before anything else is done with them.
//!
//! tantivy 0.27 asks what is to be left out about one document after the other, in a way that its phrases don't stand.

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, Score, SegmentReader};

/// The documents of another query, which score nothing.
#[derive(Debug)]
pub struct Gathered(pub Box<dyn Query>);

impl Clone for Gathered {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Gathered {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(GatheredWeight(self.0.weight(scoring)?)))
    }
}

struct GatheredWeight(Box<dyn Weight>);

impl Weight for GatheredWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut documents = BitSet::with_max_value(reader.max_doc());
        self.0.for_each_no_score(reader, &mut |found| {
            for document in found {
                documents.insert(*document);
            }
        })?;
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(documents), 0.0)))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, document)
    }
}
