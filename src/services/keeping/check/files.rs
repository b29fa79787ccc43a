//! Files: every name is of a record that is there, every named file has its bytes, every mark makes sense.

use chrono::TimeDelta;

use crate::store::files::{FileId, marked, named_by, naming};
use crate::store::{Direction, Entry, Key, KeyRange, StoreError};

use super::super::progress::{Progress, Step, Told};
use super::{Finding, Pass};

/// Clocks differ a little; a mark from further ahead would keep its file for too long.
const AHEAD: TimeDelta = TimeDelta::hours(1);

/// The files that names were seen of.
#[derive(Default)]
pub struct FileNames {
    named: Vec<(FileId, Key)>,
}

impl FileNames {
    /// Takes note of a name, and looks at a mark.
    pub async fn take(&mut self, pass: &mut Pass<'_>, entry: &Entry) -> Result<(), StoreError> {
        let senseless = |why: String| Finding::Senseless { entry: entry.key.clone(), why };
        match marked(entry) {
            Some(Err(why)) => pass.checked.find(senseless(why)),
            Some(Ok((_, since))) if since > pass.now + AHEAD => {
                pass.checked.find(senseless(format!("it is of {since}, which is still to come")));
            }
            Some(Ok(_)) | None => {}
        }
        let Some(id) = named_by(&entry.key) else { return Ok(()) };
        let record = naming(&entry.key);
        let is_there = match &record {
            Some(record) => pass.store().get(record).await?.is_some(),
            None => false,
        };
        if !is_there {
            let record = record.map_or_else(|| "no record".to_owned(), |record| record.to_string());
            let finding = Finding::FileOfNone { file: id.as_str().to_owned(), record };
            pass.find_if_same(entry, finding).await?;
        }
        // All names of a file stand side by side.
        if self.named.last().is_none_or(|(last, _)| *last != id) {
            self.named.push((id, entry.key.clone()));
        }
        Ok(())
    }

    /// Reads every named file.
    pub async fn read(self, pass: &mut Pass<'_>, progress: Told<'_>) -> Result<(), StoreError> {
        let of = self.named.len() as u64;
        for (id, name) in self.named {
            let file = id.as_str().to_owned();
            let finding = match pass.kept.files.get(&id).await {
                Ok(Some(_)) => None,
                Ok(None) => Some(Finding::FileMissing { file }),
                Err(StoreError::Damaged(_)) => Some(Finding::FileDamaged { file }),
                Err(error) => return Err(error),
            };
            if let Some(finding) = finding
                && is_named(pass, &id, &name).await?
            {
                pass.checked.find(finding);
            }
            pass.checked.files += 1;
            progress(Progress { step: Step::Files, done: pass.checked.files, of: Some(of) });
        }
        Ok(())
    }
}

/// Whether a record still names the file: one that nobody names any more may be gone.
async fn is_named(pass: &Pass<'_>, id: &FileId, name: &Key) -> Result<bool, StoreError> {
    if pass.store().get(name).await?.is_some() {
        return Ok(true);
    }
    let names = KeyRange::under(&Key::of(&name.table()).text(id.as_str()));
    Ok(!pass.store().scan(&names, 1, Direction::Forward).await?.is_empty())
}
