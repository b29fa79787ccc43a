//! Reads cases from the store as their index wants them.

use crate::domain::case::{Case, CaseNumber};
use crate::search::cases::CaseDocument;
use crate::services::cases::table::{CASES, EVENTS, event_key, key};
use crate::store::{Direction, Store, StoreError};

/// How many events are read at once.
const STEP: usize = 500;

/// A case with all that was written in it; `None` where there is none.
pub async fn document(store: &Store, number: CaseNumber) -> Result<Option<CaseDocument>, StoreError> {
    match CASES.get(store, &key(number)).await? {
        Some(row) => document_of(store, row.record).await.map(Some),
        None => Ok(None),
    }
}

/// A case that was read, with all that was written in it.
pub async fn document_of(store: &Store, case: Case) -> Result<CaseDocument, StoreError> {
    let under = key(case.number);
    let mut document = CaseDocument::new(case);
    let mut past = None;
    loop {
        let rows = EVENTS.list_under(store, &under, past.as_ref(), STEP, Direction::Forward).await?;
        for row in &rows {
            document.add(&row.record);
        }
        match rows.last() {
            Some(last) if rows.len() == STEP => past = Some(event_key(last.record.case, last.record.number)),
            Some(_) | None => return Ok(document),
        }
    }
}
