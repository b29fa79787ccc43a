//! Sends a test mail, so that an operator sees that mail arrives.

use chrono::{DateTime, Utc};

use crate::domain::{Effect, JobKey, Mail, MailAddress};
use crate::store::{Batch, Store, StoreError};

use super::agenda;

/// The counter of test mails, and what their keys begin with.
const NAME: &str = "mail-test";

/// Asks for a test mail. The answer is its job's key; the mail follows as soon as the desk carries out what is due.
pub async fn ask_for_test_mail(
    store: &Store,
    to: &MailAddress,
    now: DateTime<Utc>,
) -> Result<JobKey, StoreError> {
    let effect = Effect::Mail(Mail::Test { to: to.clone(), asked_at: now });
    let mut batch = Batch::new();
    batch.numbered(NAME, move |number, writes| {
        agenda::enqueue_numbered(writes, effect.clone(), JobKey::of(NAME, &[number]), now);
    });
    let committed = store.commit(batch).await.map_err(agenda::fault)?;
    Ok(JobKey::of(NAME, &committed.numbers))
}
