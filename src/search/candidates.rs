//! The first stage: the articles that share most with the question, by tantivy's own BM25.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use crate::domain::ProductId;

use super::query::Query;
use super::snapshot::Snapshot;

/// The `limit` articles with the highest BM25 scores, best first.
pub fn candidates(
    query: &Query,
    product: Option<&ProductId>,
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
    if let Some(product) = product {
        let of_product =
            TermQuery::new(Term::from_field_text(f.product, product.as_str()), IndexRecordOption::Basic);
        let of_product: Box<dyn TantivyQuery> = Box::new(BoostQuery::new(Box::new(of_product), 0.0));
        wanted = BooleanQuery::new(vec![(Occur::Must, of_product), (Occur::Must, Box::new(wanted))]);
    }
    let top = snapshot.searcher().search(&wanted, &TopDocs::with_limit(limit).order_by_score())?;
    Ok(top.into_iter().map(|(_, address)| address).collect())
}
