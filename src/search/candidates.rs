//! The first stage: the articles that share most with the question, by tantivy's own BM25.

use std::ops::Bound;

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use crate::domain::{ProductId, Shelf};

use super::query::Query;
use super::rank::shelf_rank;
use super::snapshot::Snapshot;

/// Which articles are searched: all, or those of a product, of a shelf, or both.
#[derive(Debug, Clone, Copy, Default)]
pub struct Among<'a> {
    /// Only of this product.
    pub product: Option<&'a ProductId>,
    /// Only of these kinds.
    pub shelf: Option<Shelf>,
}

/// The `limit` articles with the highest BM25 scores, best first.
pub fn candidates(
    query: &Query,
    among: Among<'_>,
    limit: usize,
    snapshot: &Snapshot,
) -> tantivy::Result<Vec<DocAddress>> {
    let f = snapshot.fields();
    let clauses: Vec<(Occur, Box<dyn TantivyQuery>)> = query
        .terms
        .iter()
        .map(|term| {
            let plain =
                TermQuery::new(Term::from_field_text(f.stem, &term.stem), IndexRecordOption::WithFreqs);
            let weight = query.concepts.get(term.concept).map_or(1.0, |c| c.weight) * term.weight;
            let boosted: Box<dyn TantivyQuery> = Box::new(BoostQuery::new(Box::new(plain), weight));
            (Occur::Should, boosted)
        })
        .collect();
    if clauses.is_empty() {
        return Ok(Vec::new());
    }
    let mut wanted = BooleanQuery::new(clauses);
    let mut limits = Vec::new();
    if let Some(product) = among.product {
        let of_product =
            TermQuery::new(Term::from_field_text(f.product, product.as_str()), IndexRecordOption::Basic);
        limits.push(unscored(of_product));
    }
    if let Some(shelf) = among.shelf {
        let rank = || Bound::Included(Term::from_field_u64(f.kind_rank, shelf_rank(shelf)));
        limits.push(unscored(RangeQuery::new(rank(), rank())));
    }
    if !limits.is_empty() {
        limits.push((Occur::Must, Box::new(wanted)));
        wanted = BooleanQuery::new(limits);
    }
    let top = snapshot.searcher().search(&wanted, &TopDocs::with_limit(limit).order_by_score())?;
    Ok(top.into_iter().map(|(_, address)| address).collect())
}

/// What must be so, and says nothing of how well an article answers.
fn unscored(query: impl TantivyQuery) -> (Occur, Box<dyn TantivyQuery>) {
    (Occur::Must, Box::new(BoostQuery::new(Box::new(query), 0.0)))
}
