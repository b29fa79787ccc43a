//! Finds what a mail says that somebody asked for by typing an address: only now it is looked up whose it is.

use chrono::{DateTime, Utc};

use crate::domain::account::{Contact, Organisation, StandingKind, WebAddress};
use crate::domain::{LinkPurpose, MailAddress, Person, PersonId, PublicUrl};
use crate::replies::Locale;
use crate::replies::mail::accounts::{self, About};
use crate::replies::mail::{Letter, links};
use crate::services::accounts::table::{ORGANISATIONS, org_key};
use crate::services::accounts::{Accounts, invitation_path};
use crate::services::behind_links::has_password;
use crate::services::codes::Codes;
use crate::services::links::{Link, Links};
use crate::services::people::People;
use crate::store::{Store, StoreError};

/// Whom to write what; nothing where it is no longer to be sent.
type Found = Result<Option<(MailAddress, Letter)>, StoreError>;

/// What is looked up for these mails.
pub(super) struct LinkMail<'a> {
    pub store: &'a Store,
    pub codes: &'a Codes,
    pub desk: &'a str,
    pub pages: Option<&'a PublicUrl>,
    pub locale: Locale,
}

impl LinkMail<'_> {
    /// The answer to whoever asked for a link. It goes to the address as its owner gave it, not as it was typed.
    pub async fn asked(
        &self,
        purpose: LinkPurpose,
        to: &MailAddress,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Found {
        let links = Links::new(self.store.clone(), self.codes.clone());
        let link = links.of_address(purpose, to).await?;
        // Asked for again meanwhile, or nobody could use it any more.
        let Some(link) = link.filter(|link| link.asked == at && link.until > now) else { return Ok(None) };
        let owner = People::new(self.store.clone()).with_mail(to).await?;
        let owner = owner.map(|row| row.record).filter(|person| person.erased.is_none());
        let path = self.page(&format!("/{}/{}", path_of(purpose), links.token(&link).text()));
        match purpose {
            LinkPurpose::Reset => self.reset(&link, owner, path.as_deref()).await.map(Some),
            LinkPurpose::SignUp => self.sign_up(&link, owner, path.as_deref()).await.map(Some),
        }
    }

    async fn reset(
        &self,
        link: &Link,
        owner: Option<Person>,
        path: Option<&str>,
    ) -> Result<(MailAddress, Letter), StoreError> {
        let contacts = self.contacts(link, owner.as_ref()).await?;
        if owner.as_ref().is_none_or(|person| person.staff.is_none())
            && let Some((company, url)) = self.company(&contacts).await?
        {
            let letter = links::with_company(self.locale, self.desk, &company, url.as_str());
            let to = owner.and_then(|person| person.mail).unwrap_or_else(|| link.address.clone());
            return Ok((to, letter));
        }
        if let Some(Person { mail: Some(to), username, .. }) = owner {
            return Ok((to, links::reset(self.locale, self.desk, username.as_ref(), path, link.until)));
        }
        for contact in &contacts {
            if let Some(letter) = self.invitation(contact, link.asked).await? {
                return Ok((contact.mail.clone(), letter));
            }
        }
        Ok((link.address.clone(), links::nobody(self.locale, self.desk, link.purpose)))
    }

    async fn sign_up(
        &self,
        link: &Link,
        owner: Option<Person>,
        path: Option<&str>,
    ) -> Result<(MailAddress, Letter), StoreError> {
        if let Some(Person { id, mail: Some(to), .. }) = owner {
            let letter = if has_password(self.store, id).await? {
                links::has_account(self.locale, self.desk, self.page("/sign-in").as_deref())
            } else {
                links::sign_up(self.locale, self.desk, path, link.until)
            };
            return Ok((to, letter));
        }
        Ok((link.address.clone(), links::sign_up(self.locale, self.desk, path, link.until)))
    }

    /// Somebody's password is another one now.
    pub async fn password_changed(&self, person: PersonId, at: DateTime<Utc>) -> Found {
        let row = People::new(self.store.clone()).get(person).await?;
        let to = row.and_then(|row| row.record.mail);
        let page = self.page("/sign-in");
        Ok(to.map(|to| (to, links::password_changed(self.locale, self.desk, at, page.as_deref()))))
    }

    fn page(&self, path: &str) -> Option<String> {
        self.pages.map(|pages| pages.page(path))
    }

    fn accounts(&self) -> Accounts {
        Accounts::new(self.store.clone(), Vec::new())
    }

    /// The contacts at the address, and those of whoever has it.
    async fn contacts(&self, link: &Link, owner: Option<&Person>) -> Result<Vec<Contact>, StoreError> {
        let accounts = self.accounts();
        let mut contacts = accounts.contacts_at(&link.address).await?;
        if let Some(person) = owner {
            for known in accounts.account_of(person.id).await? {
                contacts.extend(known.account.contact_of(person.id).cloned());
            }
        }
        Ok(contacts)
    }

    /// Where these contacts sign in with their company's credentials: only where all of them do.
    async fn company(&self, contacts: &[Contact]) -> Result<Option<(String, WebAddress)>, StoreError> {
        let mut first = None;
        for contact in contacts {
            let Some(organisation) = self.organisation(contact).await? else { continue };
            let Some(url) = organisation.sign_in_url else { return Ok(None) };
            first.get_or_insert((organisation.company.name, url));
        }
        Ok(first)
    }

    /// The mail that invited a contact, again; none where nobody invited them.
    async fn invitation(&self, contact: &Contact, now: DateTime<Utc>) -> Result<Option<Letter>, StoreError> {
        if contact.standing.kind() != StandingKind::Invited {
            return Ok(None);
        }
        let last = self.accounts().last_invitation(contact, contact.id.0).await?;
        let Some((organisation, last)) = self.organisation(contact).await?.zip(last) else {
            return Ok(None);
        };
        let (path, until) = invitation_path(self.codes, (contact.org, contact.id), last, now);
        let link = self.page(&path).map(|link| (link, until));
        let about =
            About { desk: self.desk, org: organisation.id, company: &organisation.company.name, by: None };
        let link = link.as_ref().map(|(link, until)| (link.as_str(), *until));
        Ok(Some(accounts::invitation_again(self.locale, &about, contact, link)))
    }

    async fn organisation(&self, contact: &Contact) -> Result<Option<Organisation>, StoreError> {
        let row = ORGANISATIONS.get(self.store, &org_key(contact.org)).await?;
        Ok(row.map(|row| row.record))
    }
}

/// The page that a link leads to.
const fn path_of(purpose: LinkPurpose) -> &'static str {
    match purpose {
        LinkPurpose::Reset => "password",
        LinkPurpose::SignUp => "sign-up",
    }
}
