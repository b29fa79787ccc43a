//! Builds the index from all cases, while the desk runs.

use std::sync::atomic::Ordering;

use tokio::sync::OwnedMutexGuard;

use crate::search::cases::CaseWriter;
use crate::services::cases::table::{CASES, key};
use crate::store::{Direction, Key, KeyRange, StoreError, feed};

use super::load::document_of;
use super::{CaseSearch, CaseSearchError, Mark, Side, aside};

/// How many cases are read at once.
const STEP: usize = 200;
/// After so many cases they can be found, where there was no index before.
const SHOWN: u64 = 2_000;

impl CaseSearch {
    /// Builds the index anew, in steps; what was there is searched until it is done. `progress` hears how many cases are in. Answers how
    /// many there are; none where another process keeps the index.
    pub async fn rebuild(&self, progress: &mut (dyn FnMut(u64) + Send)) -> Result<u64, CaseSearchError> {
        let mut side = self.side.clone().lock_owned().await;
        if side.writer().is_none() {
            return Ok(0);
        }
        let (_, built) = self.build(side, "it was asked for", progress).await?;
        Ok(built)
    }

    /// The same for whoever holds the index. Where it fails, the next try begins anew.
    pub(super) async fn build(
        &self,
        mut side: OwnedMutexGuard<Side>,
        why: &str,
        progress: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(OwnedMutexGuard<Side>, u64), CaseSearchError> {
        side.note(Err(why.to_owned()));
        self.is_building.store(self.index.is_empty(), Ordering::Relaxed);
        // What happens from here on is read again from the feed.
        let mark = self.newest().await?;
        let (mut side, ()) = aside(side, |side| side.writer().map_or(Ok(()), CaseWriter::begin)).await?;
        let (mut past, mut done): (Option<Key>, u64) = (None, 0);
        loop {
            // The newest first: they are wanted most, should somebody search already.
            let rows = CASES.list(&self.store, past.as_ref(), STEP, Direction::Backward).await?;
            let Some(last) = rows.last() else { break };
            past = Some(key(last.record.number));
            let mut documents = Vec::with_capacity(rows.len());
            for row in rows {
                documents.push(document_of(&self.store, row.record).await?);
            }
            let before = done;
            done += documents.len() as u64;
            let shown = self.is_building() && before / SHOWN != done / SHOWN;
            (side, ()) = aside(side, move |side| {
                let Some(writer) = side.writer() else { return Ok(()) };
                documents.iter().try_for_each(|document| writer.put(document))?;
                if shown { writer.commit("") } else { Ok(()) }
            })
            .await?;
            progress(done);
        }
        let note = mark.text()?;
        let (mut side, ()) =
            aside(side, move |side| side.writer().map_or(Ok(()), |writer| writer.finish(&note))).await?;
        side.note(Ok(mark));
        self.is_building.store(false, Ordering::Relaxed);
        tracing::info!(cases = done, why, "the index of cases was built");
        Ok((side, done))
    }

    /// Where the change feed ends now.
    async fn newest(&self) -> Result<Mark, StoreError> {
        let range = KeyRange::under(&Key::of(feed::TABLE));
        let last = self.store.scan(&range, 1, Direction::Backward).await?;
        let mark = last.first().and_then(|entry| {
            let read = entry.key.last_number()?;
            Some(Mark { read, version: Some(entry.version), purge: false })
        });
        Ok(mark.unwrap_or_default())
    }
}
