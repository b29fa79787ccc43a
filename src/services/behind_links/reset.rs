//! A new password behind a link.

use chrono::{DateTime, Utc};

use crate::domain::{Effect, JobKey, LinkPurpose, Mail, PersonId};
use crate::services::agenda::{self, fault};
use crate::services::links::{Dead, LinkToken, Links};
use crate::services::own_news::{self, Happened};
use crate::services::people::PEOPLE;
use crate::services::sign_in::NewPassword;
use crate::store::{Batch, CommitError};

use super::{BehindLinks, NotDone, TRIES, busy};

impl BehindLinks {
    /// Gives whoever has the link's address this password: all their sessions end, and they are told by mail and where they talk with the
    /// desk. Who calls this has checked and hashed the password ([`SignIns::prepare`](crate::services::sign_in::SignIns::prepare)).
    pub async fn reset(
        &self,
        token: &LinkToken,
        new: &NewPassword,
        now: DateTime<Utc>,
    ) -> Result<PersonId, NotDone> {
        for _ in 0..TRIES {
            let link = self.links.row(token, now).await??;
            if link.record.purpose != LinkPurpose::Reset {
                return Err(Dead::Unknown.into());
            }
            let Some(row) = self.owner(&link.record.address).await? else { return Err(Dead::Unknown.into()) };
            let person = row.record.id;
            let mut batch = Batch::new();
            Links::use_up(&mut batch, &link, now);
            // The address is theirs still.
            batch.expect(PEOPLE.key_of(&row.record), row.version);
            self.sign_ins.put(&mut batch, person, new, now).await?;
            let once = format!("password-{}", link.record.ticket);
            own_news::tell(&mut batch, &row.record, Happened::PasswordChanged, &once, now);
            let job = JobKey::named("password-changed", &link.record.ticket.to_string());
            agenda::enqueue(&mut batch, Effect::Mail(Mail::PasswordChanged { person, at: now }), job, now);
            match self.store.commit(batch).await {
                Ok(_) => return Ok(person),
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error).into()),
            }
        }
        Err(busy())
    }
}
