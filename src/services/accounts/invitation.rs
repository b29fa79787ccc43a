//! Where an invited contact makes their sign-in: the link in the invitation's mail.
//!
//! It is derived from the desk key, the contact and the entry of the log that invited them, each time a mail is rendered, and never kept.
//! It works for two weeks from the entry on. Where the mail is asked for again later, its link is that of the two weeks in which it is
//! asked for. A later invitation has another one, and whoever joined has used up theirs.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::MailAddress;
use crate::domain::account::{AuditEntry, Contact, ContactFact, ContactId, Difference, OrgId, StandingKind};
use crate::services::codes::{Codes, SEAL};
use crate::services::links::{Dead, read_seal, written};
use crate::store::StoreError;

use super::Accounts;
use super::look::Rows;
use super::table::{LOG, log_key};

/// How long the link of an invitation works.
const WORKS: TimeDelta = TimeDelta::days(14);
/// What the seals of invitations are for.
const PURPOSE: &str = "invitation";

/// What stands in the address of an invitation's link. Whoever has it can join, so its `Debug` is "…" and it has no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationToken {
    about: About,
    seal: [u8; SEAL],
}

/// What a token is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct About {
    org: OrgId,
    contact: ContactId,
    /// The entry of the log that invited them.
    entry: u64,
    /// Which two weeks after the entry it works in; the first are 0.
    weeks: u32,
}

/// An invitation that can be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The organisation.
    pub org: OrgId,
    /// What it is called.
    pub company: String,
    /// Who is invited, with the address that the invitation went to.
    pub contact: Contact,
    /// The entry of the log that invited them.
    pub entry: u64,
    /// Until when it can be accepted.
    pub until: DateTime<Utc>,
}

impl About {
    fn subject(self) -> String {
        format!("{}/{}/{}/{}", self.org, self.contact, self.entry, self.weeks)
    }
}

impl InvitationToken {
    /// The token of an invitation at this time.
    fn make(
        codes: &Codes,
        org: OrgId,
        contact: ContactId,
        (entry, at): (u64, DateTime<Utc>),
        now: DateTime<Utc>,
    ) -> Self {
        let about = About { org, contact, entry, weeks: weeks_after(at, now) };
        Self { about, seal: codes.seal(PURPOSE, &about.subject()) }
    }

    /// Reads what stood in an address; `None` when it can't be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let [org, contact, entry, weeks, seal] = std::array::from_fn(|_| parts.next());
        let number = |text: Option<&str>| {
            let text = text?;
            let fits = (1..=19).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            let is_short = text == "0" || !text.starts_with('0');
            (fits && is_short).then(|| text.parse::<u64>().ok()).flatten()
        };
        let about = About {
            org: OrgId::try_from(u32::try_from(number(org)?).ok()?).ok()?,
            contact: ContactId(number(contact)?),
            entry: number(entry)?,
            weeks: u32::try_from(number(weeks)?).ok()?,
        };
        let seal = read_seal(seal?)?;
        parts.next().is_none().then_some(Self { about, seal })
    }

    /// As it stands in an address: letters, digits, dots, hyphens and underscores. For a page's path and nothing else.
    #[must_use]
    pub fn text(&self) -> String {
        let About { org, contact, entry, weeks } = self.about;
        format!("{org}.{contact}.{entry}.{weeks}.{}", written(&self.seal))
    }

    /// Whose invitation it is.
    pub(in crate::services) fn whose(&self) -> (OrgId, ContactId) {
        (self.about.org, self.about.contact)
    }
}

impl fmt::Debug for InvitationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The path of the page on which an invited contact makes their sign-in, below `[web] public_url`, and until when it works. This is the
/// one place where it is made, each time a mail is rendered.
#[must_use]
pub fn invitation_path(
    codes: &Codes,
    (org, contact): (OrgId, ContactId),
    (entry, at): (u64, DateTime<Utc>),
    now: DateTime<Utc>,
) -> (String, DateTime<Utc>) {
    let token = InvitationToken::make(codes, org, contact, (entry, at), now);
    (format!("/invitation/{}", token.text()), end(at, token.about.weeks))
}

impl Accounts {
    /// What somebody was invited to who has this link, or why it can't be accepted. Looking uses nothing up.
    pub async fn invitation(
        &self,
        codes: &Codes,
        token: &InvitationToken,
        now: DateTime<Utc>,
    ) -> Result<Result<Invitation, Dead>, StoreError> {
        let About { org, contact, entry, weeks } = token.about;
        if !codes.is_sealed(&token.seal, PURPOSE, &token.about.subject()) {
            return Ok(Err(Dead::Unknown));
        }
        let Some(rows) = Rows::read(&self.store, org).await? else { return Ok(Err(Dead::Unknown)) };
        let Some(row) = rows.contacts.get(&contact) else { return Ok(Err(Dead::Unknown)) };
        let contact = row.record.clone();
        match contact.standing.kind() {
            StandingKind::Invited => {}
            StandingKind::Active => return Ok(Err(Dead::Used)),
            StandingKind::Removed => return Ok(Err(Dead::Unknown)),
        }
        let Some(at) = self.invited_by(&contact, entry).await? else { return Ok(Err(Dead::Replaced)) };
        let until = end(at, weeks);
        if until <= now {
            return Ok(Err(Dead::Expired));
        }
        let company = rows.organisation.record.company.name;
        Ok(Ok(Invitation { org, company, contact, entry, until }))
    }

    /// When an entry of the log invited a contact, where that is the invitation that counts: no later one went to another address, or to
    /// the same again.
    pub(super) async fn invited_by(
        &self,
        contact: &Contact,
        entry: u64,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        Ok(self.last_invitation(contact, entry).await?.filter(|(last, _)| *last == entry).map(|(_, at)| at))
    }

    /// The last entry from this one on that invited a contact to the address that they have, with its time.
    pub async fn last_invitation(
        &self,
        contact: &Contact,
        from: u64,
    ) -> Result<Option<(u64, DateTime<Utc>)>, StoreError> {
        let is_invited = contact.standing.kind() == StandingKind::Invited;
        let first = LOG.get(&self.store, &log_key(contact.org, from)).await?.map(|row| row.record);
        let later = self.log(contact.org, from, usize::MAX).await?;
        let invited = first.into_iter().chain(later).filter_map(|logged| {
            let to = addresses(&logged.entry, contact.id)?.1?;
            Some((logged.number, logged.entry.at, to))
        });
        let last = invited.reduce(|_, later| later).filter(|(.., to)| is_invited && *to == contact.mail);
        Ok(last.map(|(number, at, _)| (number, at)))
    }
}

/// The address that a contact had before an entry of the log, and after it.
#[must_use]
pub fn addresses(
    entry: &AuditEntry,
    contact: ContactId,
) -> Option<(Option<MailAddress>, Option<MailAddress>)> {
    entry.differences.iter().find_map(|difference| match difference {
        Difference::Contact { contact: changed, fact: ContactFact::Mail(mail) } if *changed == contact => {
            Some((mail.before.clone(), mail.after.clone()))
        }
        Difference::Contact { .. }
        | Difference::Company { .. }
        | Difference::Model(_)
        | Difference::Renewal { .. } => None,
    })
}

/// How often the time of an invitation has passed since.
fn weeks_after(at: DateTime<Utc>, now: DateTime<Utc>) -> u32 {
    let passed = (now - at).num_seconds().max(0) / WORKS.num_seconds();
    u32::try_from(passed).unwrap_or(u32::MAX)
}

fn end(at: DateTime<Utc>, weeks: u32) -> DateTime<Utc> {
    let seconds = WORKS.num_seconds().saturating_mul(i64::from(weeks) + 1);
    TimeDelta::try_seconds(seconds)
        .and_then(|works| at.checked_add_signed(works))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::services::keeping::DeskKey;

    proptest! {
        #[test]
        fn a_token_is_one_safe_word_that_reads_as_itself(
            org in 10_000_000_u32..=99_999_999, contact in 0_u64..1 << 60, entry in 0_u64..1 << 60, hours in 0_i64..100_000,
        ) {
            let codes = Codes::new(DeskKey::parse(&"0123456789abcdef".repeat(4)).unwrap());
            let (at, org) = (DateTime::UNIX_EPOCH, OrgId::try_from(org).unwrap());
            let now = at + TimeDelta::hours(hours);
            let token = InvitationToken::make(&codes, org, ContactId(contact), (entry, at), now);
            prop_assert_eq!(InvitationToken::parse(&token.text()), Some(token.clone()));
            prop_assert!(token.text().bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)));
            let until = end(at, token.about.weeks);
            prop_assert!(until > now && until - now <= WORKS, "it works now, and for two weeks at most");
        }

        #[test]
        fn nothing_else_reads_as_one(text in any::<String>()) {
            if let Some(token) = InvitationToken::parse(&text) {
                prop_assert_eq!(token.text(), text);
            }
        }
    }
}
