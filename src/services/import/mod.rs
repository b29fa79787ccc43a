//! Imports help centres into a folder of articles: gathers documents, gives them ids, converts them, and writes what
//! changed.

mod gather;
mod help_centre;
mod plan;
mod write;

pub use plan::{ImportError, Plan, Progress, Source};

use crate::knowledge::import::{Report, Rules, Target};

/// Carries a plan out. `progress` is told what is going on; the answer lists every source and what became of it.
///
/// Only what makes all further work pointless is an error: a source that can't be had is in the report.
pub async fn run(plan: Plan, progress: &mut (dyn FnMut(Progress) + Send)) -> Result<Report, ImportError> {
    if plan.sources.is_empty() {
        return Err(ImportError::NothingToImport);
    }
    let rules = Rules { prune: plan.prune, force: plan.force, dry_run: plan.dry_run };
    let target = Target::open(&plan.to, rules)?;
    let gathered = gather::all(&plan, progress).await?;
    write::all(&plan, target, gathered, progress)
}
