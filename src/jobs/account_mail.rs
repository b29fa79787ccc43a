//! Finds what a mail about an account says, when it is sent: the facts hold numbers only.

use crate::domain::account::{
    AuditEntry, By, Contact, ContactId, OrgId, Organisation, Request, RequestId, RequestNews, StandingKind,
    Told,
};
use crate::domain::{MailAddress, PublicUrl};
use crate::replies::mail::accounts::{self, About};
use crate::replies::{Locale, mail::Letter};
use crate::services::accounts::table::{
    CONTACTS, LOG, ORGANISATIONS, REQUESTS, contact_key, log_key, org_key, request_key,
};
use crate::services::accounts::{addresses, invitation_path};
use crate::services::codes::Codes;
use crate::store::{Store, StoreError};

/// Whom to write what; nothing where it is no longer to be sent.
type Found = Result<Option<(MailAddress, Letter)>, StoreError>;

/// What is looked up for these mails.
pub(super) struct AccountMail<'a> {
    pub store: &'a Store,
    pub codes: &'a Codes,
    pub desk: &'a str,
    pub pages: Option<&'a PublicUrl>,
    pub locale: Locale,
}

impl AccountMail<'_> {
    /// A mail about an entry of the log.
    pub async fn changed(&self, org: OrgId, contact: ContactId, entry: u64, told: Told) -> Found {
        let Some((organisation, reader)) = self.account(org, contact).await? else { return Ok(None) };
        let Some(logged) = LOG.get(self.store, &log_key(org, entry)).await? else { return Ok(None) };
        let entry_number = logged.record.number;
        let entry = logged.record.entry;
        let by = self.name(org, entry.by).await?;
        let about = self.about(&organisation, by.as_deref());
        Ok(match told {
            Told::Invitation => {
                // As at the time of the entry, so that every try makes the same mail.
                let (path, until) =
                    invitation_path(self.codes, (org, contact), (entry_number, entry.at), entry.at);
                let link = self.pages.map(|pages| pages.page(&path));
                let link = link.as_deref().map(|link| (link, until));
                let letter = accounts::invitation(self.locale, &about, &reader, link);
                is_invited_by(&reader, &entry).then_some((reader.mail, letter))
            }
            Told::Change => {
                let letter = accounts::changed(self.locale, &about, &reader, &entry);
                Some((reader.mail, letter))
            }
            Told::OldAddress => {
                let letter = accounts::old_address(self.locale, &about);
                addresses(&entry, contact).and_then(|(before, _)| before).map(|before| (before, letter))
            }
        })
    }

    /// A mail about a request.
    pub async fn request(
        &self,
        org: OrgId,
        contact: ContactId,
        request: RequestId,
        news: RequestNews,
    ) -> Found {
        let Some((organisation, reader)) = self.account(org, contact).await? else { return Ok(None) };
        let row = REQUESTS.get(self.store, &request_key(org, request)).await?;
        let Some(request) = row.map(|row| row.record) else { return Ok(None) };
        let by = match (news, &request.verdict) {
            (RequestNews::Arrived, None) if reader.administrator => request.by,
            (RequestNews::Decided, Some(verdict)) => verdict.by,
            // Somebody decided before the mail was sent, or the reader is no administrator any more.
            (RequestNews::Arrived | RequestNews::Decided, _) => return Ok(None),
        };
        let name = self.name(org, By::Contact(by)).await?;
        let about = self.about(&organisation, name.as_deref());
        let letter = self.of_request(&about, &reader, &request, news);
        Ok(reader.is_active().then_some((reader.mail, letter)))
    }

    fn of_request(
        &self,
        about: &About<'_>,
        reader: &Contact,
        request: &Request,
        news: RequestNews,
    ) -> Letter {
        match news {
            RequestNews::Arrived => accounts::request_arrived(self.locale, about, reader, request),
            RequestNews::Decided => accounts::request_decided(self.locale, about, reader, request),
        }
    }

    fn about<'b>(&'b self, organisation: &'b Organisation, by: Option<&'b str>) -> About<'b> {
        About { desk: self.desk, org: organisation.id, company: &organisation.company.name, by }
    }

    async fn account(
        &self,
        org: OrgId,
        contact: ContactId,
    ) -> Result<Option<(Organisation, Contact)>, StoreError> {
        let (org, contact) = (org_key(org), contact_key(org, contact));
        let (organisation, contact) =
            tokio::try_join!(ORGANISATIONS.get(self.store, &org), CONTACTS.get(self.store, &contact))?;
        Ok(organisation.zip(contact).map(|(organisation, contact)| (organisation.record, contact.record)))
    }

    /// What somebody is called on the account; none for the operator, and for whoever was erased.
    async fn name(&self, org: OrgId, by: By) -> Result<Option<String>, StoreError> {
        match by {
            By::Operator => Ok(None),
            By::Contact(contact) => {
                let row = CONTACTS.get(self.store, &contact_key(org, contact)).await?;
                Ok(Some(row.map_or_else(|| "A former contact".to_owned(), |row| row.record.name)))
            }
        }
    }
}

/// Whether an entry's invitation is still the one that counts: it was not accepted, and not sent to another address since.
fn is_invited_by(reader: &Contact, entry: &AuditEntry) -> bool {
    let is_invited = reader.standing.kind() == StandingKind::Invited;
    is_invited && addresses(entry, reader.id).is_some_and(|(_, after)| after.as_ref() == Some(&reader.mail))
}
