//! Gives the gathered documents their ids, converts them, and puts them into the folder.

use std::collections::BTreeSet;

use super::{
    gather::{Gathered, sheltered},
    plan::{ImportError, Plan, Progress},
};
use crate::{
    domain::ArticleId,
    knowledge::import::{self, Aliases, Claims, Converted, Entry, Outcome, Reason, Report, Stamp, Target},
};

/// Writes what was gathered, and reports it.
pub(super) fn all(
    plan: &Plan,
    mut target: Target,
    gathered: Gathered,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Result<Report, ImportError> {
    let Gathered { documents, skipped, complete, present } = gathered;
    let mut report = Report { dry_run: plan.dry_run, ..Report::default() };
    let mut seen = present;
    seen.extend(documents.iter().map(|document| document.key.clone()));

    let claims = import::assign(documents, target.manifest(), &plan.known_ids);
    let results = convert(plan, &target, &claims, progress);
    let total = results.len();
    let mut entries = skipped;
    for (done, ((id, document), converted)) in claims.documents.iter().zip(results).enumerate() {
        progress(Progress::Writing { done, total });
        let put = converted.and_then(|converted| {
            let outcome = target.put(&document.key, document.origin(), id, &converted.text)?;
            Ok((outcome, converted))
        });
        let (outcome, notes) = match put {
            Ok((outcome, converted)) => {
                report.links.add(converted.links);
                (outcome, converted.notes)
            }
            Err(reason) => {
                if !reason.is_trouble() {
                    seen.remove(&document.key);
                }
                (Outcome::Skipped(reason), Vec::new())
            }
        };
        entries.push(Entry { source: document.key.clone(), id: Some(id.clone()), outcome, notes });
    }
    progress(Progress::Writing { done: total, total });
    entries.extend(claims.skipped);
    entries.extend(target.settle(&complete, &seen));
    entries.sort_by(|one, other| one.source.cmp(&other.source));
    for entry in entries {
        report.push(entry);
    }
    target.finish().map_err(ImportError::Unwritten)?;
    Ok(report)
}

/// Converts all documents, again without those that turn out to be no articles: nothing may link to them.
fn convert(
    plan: &Plan,
    target: &Target,
    claims: &Claims,
    progress: &mut (dyn FnMut(Progress) + Send),
) -> Vec<Result<Converted, Reason>> {
    let stamp = Stamp { kind: plan.kind, product: plan.product.clone(), source: plan.licence.clone() };
    let mut missing: BTreeSet<ArticleId> = BTreeSet::new();
    loop {
        let targets = claims.targets(&missing);
        let mut aliases = Aliases::new(&plan.known_ids);
        let total = claims.documents.len();
        let mut results = Vec::with_capacity(total);
        let mut refused: BTreeSet<ArticleId> = BTreeSet::new();
        for (done, (id, document)) in claims.documents.iter().enumerate() {
            progress(Progress::Converting { done, total });
            let converted = sheltered(|| import::convert(document, id, &targets, &mut aliases, &stamp))
                .and_then(|converted| target.accepts(&document.key, id, &converted.text).map(|()| converted));
            if converted.is_err() {
                refused.insert(id.clone());
            }
            results.push(converted);
        }
        progress(Progress::Converting { done: total, total });
        if refused.is_subset(&missing) {
            return results;
        }
        missing.extend(refused);
    }
}
