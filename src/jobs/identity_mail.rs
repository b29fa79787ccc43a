//! Finds what a mail about linked chats says, when it is sent. Only here it is looked up whether anybody has an address.

use crate::domain::account::StandingKind;
use crate::domain::{Identity, MailAddress, Person, PersonId};
use crate::replies::mail::identity::{self, NoCode};
use crate::replies::{Locale, mail::Letter};
use crate::services::accounts::contacts_at;
use crate::services::addresses::Proves;
use crate::services::codes::Codes;
use crate::services::people::People;
use crate::store::{Store, StoreError};

/// What is looked up for these mails.
pub(super) struct IdentityMail<'a> {
    pub store: &'a Store,
    pub codes: &'a Codes,
    pub desk: &'a str,
    pub locale: Locale,
}

impl IdentityMail<'_> {
    /// The code, where somebody has the address; else why there is none. Whoever reads it reads that mailbox, so it is theirs to know.
    pub async fn code(
        &self,
        to: &MailAddress,
        chat: &Identity,
        subject: &str,
        generation: u8,
    ) -> Result<Letter, StoreError> {
        let person = People::new(self.store.clone()).with_mail(to).await?;
        if person.is_some_and(|row| row.record.is_here()) {
            let code = self.codes.code(Proves::Link(chat).purpose(), subject, generation);
            return Ok(identity::link_code(self.locale, self.desk, chat, &code));
        }
        // What an organisation writes to is no proof of who somebody is: another one can change it.
        let contacts = contacts_at(self.store, to).await?;
        let is_invited = contacts.iter().any(|contact| contact.standing.kind() == StandingKind::Invited);
        let why = match (is_invited, contacts.is_empty()) {
            (true, _) => NoCode::Invited,
            (false, false) => NoCode::OtherAddress,
            (false, true) => NoCode::Nobody,
        };
        Ok(identity::no_link_code(self.locale, self.desk, chat, why))
    }

    /// That a chat was linked or unlinked, for whoever it was linked to.
    pub async fn linked(
        &self,
        person: PersonId,
        chat: &Identity,
        linked: bool,
    ) -> Result<Option<(MailAddress, Letter)>, StoreError> {
        let row = People::new(self.store.clone()).get(person).await?;
        let person = row.map(|row| row.record).filter(Person::is_here);
        let to = person.and_then(|person| person.mail);
        Ok(to.map(|to| (to, identity::linked(self.locale, self.desk, chat, linked))))
    }
}
