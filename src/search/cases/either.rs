//! A query for what one of a few others finds, which looks no further than it is asked.
//!
//! tantivy's own union looks at thousands of documents ahead at once. Where its clauses are phrases, and another word leaves few
//! documents, nearly all of that is for nothing.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// One of these, or several: then with the sum of their scores.
#[derive(Debug)]
pub struct Either(pub Vec<Box<dyn Query>>);

impl Clone for Either {
    fn clone(&self) -> Self {
        Self(self.0.iter().map(|query| query.box_clone()).collect())
    }
}

impl Query for Either {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let each = self.0.iter().map(|query| query.weight(scoring)).collect::<tantivy::Result<_>>()?;
        Ok(Box::new(EitherWeight(each)))
    }
}

struct EitherWeight(Vec<Box<dyn Weight>>);

impl Weight for EitherWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let each = self.0.iter().map(|weight| weight.scorer(reader, boost));
        let each = each.collect::<tantivy::Result<Vec<_>>>()?;
        let document = first(&each);
        Ok(Box::new(EitherScorer { each, document }))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = if scorer.seek(document) == document { scorer.score() } else { 0.0 };
        Ok(Explanation::new("one of a few", score))
    }
}

struct EitherScorer {
    each: Vec<Box<dyn Scorer>>,
    document: DocId,
}

fn first(each: &[Box<dyn Scorer>]) -> DocId {
    each.iter().map(DocSet::doc).min().unwrap_or(TERMINATED)
}

impl DocSet for EitherScorer {
    fn advance(&mut self) -> DocId {
        for scorer in self.each.iter_mut().filter(|scorer| scorer.doc() == self.document) {
            scorer.advance();
        }
        self.document = first(&self.each);
        self.document
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for scorer in self.each.iter_mut().filter(|scorer| scorer.doc() < target) {
            scorer.seek(target);
        }
        self.document = first(&self.each);
        self.document
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.each.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}

impl Scorer for EitherScorer {
    fn score(&mut self) -> Score {
        let there = self.each.iter_mut().filter(|scorer| scorer.doc() == self.document);
        there.map(Scorer::score).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::collector::TopDocs;
    use tantivy::query::{BooleanQuery, Occur, TermQuery};
    use tantivy::schema::{Field, IndexRecordOption, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Searcher, TantivyDocument, Term};

    use super::*;

    const WORDS: [&str; 3] = ["rare", "common", "other"];

    fn index(texts: &[Vec<usize>]) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for text in texts {
            let mut document = TantivyDocument::default();
            let words: Vec<&str> = text.iter().map(|word| WORDS[*word]).collect();
            document.add_text(field, words.join(" "));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        (index.reader().unwrap().searcher(), field)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn it_finds_what_a_union_finds(texts in prop::collection::vec(prop::collection::vec(0_usize..3, 0..4), 1..200)) {
            let (searcher, field) = index(&texts);
            let word = |at: usize| -> Box<dyn Query> {
                Box::new(TermQuery::new(Term::from_field_text(field, WORDS[at]), IndexRecordOption::WithFreqs))
            };
            let alone = |any: Box<dyn Query>| any;
            let with_another =
                |any: Box<dyn Query>| -> Box<dyn Query> { Box::new(BooleanQuery::new(vec![(Occur::Must, word(1)), (Occur::Must, any)])) };
            for around in [&alone as &dyn Fn(Box<dyn Query>) -> Box<dyn Query>, &with_another] {
                let found = |any: Box<dyn Query>| {
                    let mut found = searcher.search(&*around(any), &TopDocs::with_limit(500).order_by_score()).unwrap();
                    found.sort_by_key(|(_, address)| *address);
                    found
                };
                let either = found(Box::new(Either(vec![word(0), word(2)])));
                let union = found(Box::new(BooleanQuery::union(vec![word(0), word(2)])));
                prop_assert_eq!(either.len(), union.len());
                for ((score, address), (expected, same)) in either.into_iter().zip(union) {
                    prop_assert_eq!(address, same);
                    prop_assert!((score - expected).abs() < 1e-4);
                }
            }
        }
    }
}
