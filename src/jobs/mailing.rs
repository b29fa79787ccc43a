//! The executor of mail: finds the words in `replies` and hands them to `mail`.

use crate::domain::case::CaseNumber;
use crate::domain::{Mail, MailAddress, Notify, PersonId, PublicUrl};
use crate::mail::{Message, NotSent, Thread, Transport};
use crate::replies::{Locale, mail};
use crate::services::addresses::Proves;
use crate::services::cases::table::{self, CASES, EVENTS};
use crate::services::codes::Codes;
use crate::services::notices::{self, NOTICES};
use crate::services::people::People;
use crate::store::{Store, StoreError};

use super::account_mail::AccountMail;
use super::identity_mail::IdentityMail;
use super::link_mail::LinkMail;
use super::{Doing, Executor, Order, Outcome};

/// Sends mail.
pub struct Mailing {
    store: Store,
    codes: Codes,
    transport: Transport,
    desk: String,
    pages: Option<PublicUrl>,
    locale: Locale,
}

impl Mailing {
    /// Sends mail by a transport, in the name of a desk.
    #[must_use]
    pub fn new(store: Store, codes: Codes, transport: Transport, desk: String, locale: Locale) -> Self {
        Self { store, codes, transport, desk, pages: None, locale }
    }

    /// The same with links to the pages that people reach here.
    #[must_use]
    pub fn with_pages(self, pages: Option<PublicUrl>) -> Self {
        Self { pages, ..self }
    }

    async fn send(&self, order: Order<'_, Mail>) -> Outcome {
        let found = match order.fact {
            Mail::Test { to, asked_at } => {
                Ok(Some(Found::new(to, mail::test_mail(self.locale, &self.desk, *asked_at))))
            }
            Mail::AddressCode { to, subject, generation, .. } => {
                let code = self.codes.code(Proves::News.purpose(), subject, *generation);
                Ok(Some(Found::new(to, mail::address_code(self.locale, &self.desk, &code))))
            }
            Mail::Link { to, purpose, at } => {
                self.links().asked(*purpose, to, *at, order.now).await.map(about_nothing_else)
            }
            Mail::PasswordChanged { person, at } => {
                self.links().password_changed(*person, *at).await.map(about_nothing_else)
            }
            Mail::LinkCode { to, chat, subject, generation, .. } => {
                let letter = self.identities().code(to, chat, subject, *generation).await;
                letter.map(|letter| Some(Found::new(to, letter)))
            }
            Mail::Linked { person, identity, linked, .. } => {
                self.identities().linked(*person, identity, *linked).await.map(about_nothing_else)
            }
            Mail::CaseNews { person, case, event, .. } => self.news(*person, *case, *event).await,
            Mail::Account { org, contact, entry, told, .. } => {
                self.accounts().changed(*org, *contact, *entry, *told).await.map(about_nothing_else)
            }
            Mail::AccountRequest { org, contact, request, news, .. } => {
                self.accounts().request(*org, *contact, *request, *news).await.map(about_nothing_else)
            }
        };
        let Found { to, letter, thread } = match found {
            Ok(Some(found)) => found,
            // They have seen it meanwhile, or want no mail.
            Ok(None) => return Outcome::Done,
            Err(error) => return Outcome::Retry(error.to_string()),
        };
        let message = Message {
            job: order.key.clone(),
            to,
            date: order.fact.dated(),
            text: letter.text(),
            html: letter.html(),
            subject: letter.subject,
            thread,
        };
        match self.transport.send(&message, order.now).await {
            Ok(said) => Outcome::Answered(said),
            Err(error @ (NotSent::Impossible(_) | NotSent::Refused(_))) => Outcome::Never(error.to_string()),
            Err(error @ (NotSent::Unwritten { .. } | NotSent::NotNow(_))) => {
                Outcome::Retry(error.to_string())
            }
            Err(error @ NotSent::Mend(_)) => Outcome::Mend(error.to_string()),
        }
    }
}

/// A mail that is wanted.
struct Found {
    to: MailAddress,
    letter: mail::Letter,
    /// What it belongs to, with others.
    thread: Option<Thread>,
}

impl Found {
    fn new(to: &MailAddress, letter: mail::Letter) -> Self {
        Self { to: to.clone(), letter, thread: None }
    }
}

/// A mail about an account, a person or a link belongs to nothing else.
fn about_nothing_else(found: Option<(MailAddress, mail::Letter)>) -> Option<Found> {
    found.map(|(to, letter)| Found { to, letter, thread: None })
}

impl Mailing {
    fn identities(&self) -> IdentityMail<'_> {
        IdentityMail { store: &self.store, codes: &self.codes, desk: &self.desk, locale: self.locale }
    }

    fn accounts(&self) -> AccountMail<'_> {
        let Self { store, codes, desk, pages, locale, .. } = self;
        AccountMail { store, codes, desk, pages: pages.as_ref(), locale: *locale }
    }

    fn links(&self) -> LinkMail<'_> {
        let Self { store, codes, desk, pages, locale, .. } = self;
        LinkMail { store, codes, desk, pages: pages.as_ref(), locale: *locale }
    }

    /// News of a case, for somebody who has not seen them and wants a mail.
    async fn news(
        &self,
        person: PersonId,
        case: CaseNumber,
        event: u32,
    ) -> Result<Option<Found>, StoreError> {
        let Some(row) = People::new(self.store.clone()).get(person).await? else { return Ok(None) };
        let person = row.record;
        let Some(to) = person.mail.clone().filter(|_| person.notify != Notify::NoMail) else {
            return Ok(None);
        };
        let notice = NOTICES.get(&self.store, &notices::key(person.id, case, event)).await?;
        let is_wanted =
            notice.is_some_and(|row| row.record.seen.is_none() || person.notify == Notify::MailAlways);
        let (Some(case), Some(event)) = (
            CASES.get(&self.store, &table::key(case)).await?,
            EVENTS.get(&self.store, &table::event_key(case, event)).await?,
        ) else {
            return Ok(None);
        };
        let letter = mail::case_news(self.locale, &self.desk, &case.record, &event.record);
        let thread =
            Thread { name: case.record.number.to_string().to_lowercase(), since: case.record.opened_at };
        Ok(is_wanted.then_some(Found { to, letter, thread: Some(thread) }))
    }
}

impl Executor<Mail> for Mailing {
    fn carry_out<'a>(&'a self, order: Order<'a, Mail>) -> Doing<'a> {
        Box::pin(self.send(order))
    }
}
