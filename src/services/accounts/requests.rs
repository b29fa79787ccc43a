//! Changes that somebody who lacks the right to them sends to the account's administrators.

use chrono::{DateTime, Utc};

use crate::domain::account::{
    Account, AccountChange, By, Contact, ContactId, Needs, OrgId, Refusal, Request, RequestId, RequestNews,
    Ruling,
};
use crate::domain::case::remark;
use crate::domain::{Change, Effect, JobKey, Mail, PersonId};
use crate::services::agenda;
use crate::store::{Batch, Row, StoreError, Writes};

use super::change::{Ask, Changed};
use super::look::Rows;
use super::table::{
    Asker, DONE, Done, HEADS, Head, REQUEST_COUNTER, REQUESTS, once_key, org_key, request_key,
};
use super::write::Writing;
use super::{AccountError, Accounts, TRIES, busy};

/// The most requests of an account that wait.
pub const MOST_OPEN: usize = 20;
/// The most of them that one contact has.
pub const MOST_OF_ONE: usize = 3;
/// What the jobs of mails about requests begin with.
const MAIL: &str = "account-request";

/// A request that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// It.
    pub request: Request,
    /// How many administrators are told.
    pub administrators: usize,
}

impl Accounts {
    /// Sends a change to the administrators of an account. What even they could not do is refused at once.
    pub async fn ask(
        &self,
        person: PersonId,
        org: OrgId,
        ask: &Ask,
        now: DateTime<Utc>,
    ) -> Result<Sent, AccountError> {
        // What was done under a name and what was asked for under it are two things.
        let (asker, once) = (Asker::Person(person), format!("request {}", ask.once));
        for _ in 0..TRIES {
            let rows = Rows::read(&self.store, org).await?.ok_or(AccountError::Unknown(org))?;
            let account = rows.account();
            if let Some(done) = DONE.get(&self.store, &once_key(asker, &once)).await? {
                let row = self.request_row(org, RequestId(done.record.number)).await?;
                let administrators = account.administrators().count();
                return Ok(Sent { request: row.record, administrators });
            }
            let by = may_ask(&account, person, &ask.change)?;
            let meanwhile = self.overtaking(&rows, &ask.change, ask.seen).await?;
            if !meanwhile.is_empty() {
                return Err(AccountError::Overtaken { meanwhile });
            }
            account.decide(&ask.change, By::Operator, &self.toolboxes, now)?;
            within_limits(&rows.head.record, by)?;
            let request = Request {
                id: RequestId(0),
                org,
                by,
                at: now,
                kind: ask.change.kind(),
                wish: Some(ask.change.clone()),
                seen: rows.head.record.last,
                verdict: None,
            };
            let done = Done { by: asker, once: once.clone(), at: now, org, number: 0 };
            let administrators: Vec<ContactId> = account.administrators().map(|contact| contact.id).collect();
            let told = administrators.len();
            let batch = request_batch(&rows.head, request.clone(), done, administrators);
            if let Some(number) = self.commit(batch).await? {
                let request = Request { id: RequestId(number), ..request };
                return Ok(Sent { request, administrators: told });
            }
        }
        Err(busy(org).into())
    }

    /// Makes the change that was asked for, by the same rules as if whoever approves it had wished it now.
    pub async fn approve(
        &self,
        admin: ContactId,
        org: OrgId,
        request: RequestId,
        now: DateTime<Utc>,
    ) -> Result<Changed, AccountError> {
        for _ in 0..TRIES {
            let (rows, row) = self.undecided(admin, org, request).await?;
            let (account, request) = (rows.account(), &row.record);
            let Some(wish) = &request.wish else { return Err(AccountError::UnknownRequest) };
            if !account.contacts.get(&request.by).is_some_and(Contact::is_active) {
                return Err(Refusal::UnknownContact(request.by).into());
            }
            let meanwhile = self.overtaking(&rows, wish, request.seen).await?;
            if !meanwhile.is_empty() {
                return Err(AccountError::Overtaken { meanwhile });
            }
            let decision = account.decide(wish, By::Contact(admin), &self.toolboxes, now)?;
            let (decision, has_added) = (decision.clone().asked_by(request.by), decision.added.is_some());
            let mut batch = Batch::new();
            Writing { rows: Some(&rows), decision, done: None, request: Some(&row) }.into_batch(&mut batch);
            if let Some(number) = self.commit(batch).await? {
                return self.changed(org, number, has_added, false).await;
            }
        }
        Err(busy(org).into())
    }

    /// Does not make the change, and has whoever asked told, with the reason where there is one.
    pub async fn refuse(
        &self,
        admin: ContactId,
        org: OrgId,
        request: RequestId,
        reason: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Request, AccountError> {
        let reason = reason.map(remark).transpose()?.flatten();
        for _ in 0..TRIES {
            let (rows, row) = self.undecided(admin, org, request).await?;
            let decided = row.record.decided(admin, Ruling::Refused { reason: reason.clone() }, now);
            let mut head = rows.head.record.clone();
            head.open.remove(&request);
            let mut batch = Batch::new();
            HEADS.update(&mut batch, &rows.head, &head);
            REQUESTS.update(&mut batch, &row, &decided);
            tell_decided(batch.writes(), &decided, now);
            batch.tell(&Change::Account(org));
            if self.commit(batch).await?.is_some() {
                return Ok(decided);
            }
        }
        Err(busy(org).into())
    }

    /// The requests of an account that wait, the oldest first.
    pub async fn requests(&self, org: OrgId) -> Result<Vec<Request>, StoreError> {
        let Some(head) = HEADS.get(&self.store, &org_key(org)).await? else { return Ok(Vec::new()) };
        let keys: Vec<_> = head.record.open.keys().map(|request| request_key(org, *request)).collect();
        let rows = REQUESTS.get_all(&self.store, &keys).await?;
        Ok(rows.into_iter().map(|row| row.record).filter(|request| request.verdict.is_none()).collect())
    }

    /// A request that waits, for an administrator who may decide about it.
    pub async fn request(
        &self,
        admin: ContactId,
        org: OrgId,
        request: RequestId,
    ) -> Result<Request, AccountError> {
        Ok(self.undecided(admin, org, request).await?.1.record)
    }

    async fn request_row(&self, org: OrgId, request: RequestId) -> Result<Row<Request>, AccountError> {
        let row = REQUESTS.get(&self.store, &request_key(org, request)).await?;
        row.ok_or(AccountError::UnknownRequest)
    }

    /// A request that waits, for somebody who has the right to what it asks for.
    async fn undecided(
        &self,
        admin: ContactId,
        org: OrgId,
        request: RequestId,
    ) -> Result<(Rows, Row<Request>), AccountError> {
        let rows = Rows::read(&self.store, org).await?.ok_or(AccountError::Unknown(org))?;
        let row = self.request_row(org, request).await?;
        let is_administrator = rows.account().administrators().any(|contact| contact.id == admin);
        if !is_administrator {
            return Err(Refusal::NotAllowed { needs: Needs::Administrator }.into());
        }
        if row.record.verdict.is_some() {
            return Err(AccountError::Decided(Box::new(row.record)));
        }
        Ok((rows, row))
    }
}

/// As which contact a person can send this; not who is none, and not who can do it themselves.
fn may_ask(account: &Account, person: PersonId, change: &AccountChange) -> Result<ContactId, AccountError> {
    let active = account.contact_of(person).filter(|contact| contact.is_active());
    let by = active.ok_or(Refusal::NotAllowed { needs: Needs::ActiveContact })?.id;
    let needs = account.needs(change, by);
    match needs {
        Needs::Invitation => Err(Refusal::NotAllowed { needs }.into()),
        Needs::ActiveContact | Needs::Administrator => match account.may(change, By::Contact(by)) {
            Ok(()) => Err(AccountError::Allowed(needs)),
            Err(_) => Ok(by),
        },
    }
}

fn within_limits(head: &Head, by: ContactId) -> Result<(), AccountError> {
    if head.open.values().filter(|asker| **asker == by).count() >= MOST_OF_ONE {
        return Err(AccountError::TooManyRequests { most: MOST_OF_ONE, own: true });
    }
    if head.open.len() >= MOST_OPEN {
        return Err(AccountError::TooManyRequests { most: MOST_OPEN, own: false });
    }
    Ok(())
}

fn request_batch(head: &Row<Head>, request: Request, done: Done, administrators: Vec<ContactId>) -> Batch {
    let mut batch = Batch::new();
    batch.expect(HEADS.key_of(&head.record), head.version);
    batch.expect_absent(DONE.key_of(&done));
    let head = head.record.clone();
    batch.numbered(REQUEST_COUNTER, move |number, writes| {
        let request = Request { id: RequestId(number), ..request.clone() };
        let mut head = head.clone();
        head.open.insert(request.id, request.by);
        HEADS.insert_new(writes, &head);
        REQUESTS.insert_new(writes, &request);
        DONE.insert_new(writes, &Done { number, ..done.clone() });
        for contact in &administrators {
            tell(writes, &request, *contact, RequestNews::Arrived, request.at);
        }
        writes.tell(&Change::Account(request.org));
    });
    batch
}

/// Whoever asked is told what came of it.
pub(super) fn tell_decided(writes: &mut Writes, request: &Request, at: DateTime<Utc>) {
    tell(writes, request, request.by, RequestNews::Decided, at);
}

fn tell(writes: &mut Writes, request: &Request, contact: ContactId, news: RequestNews, at: DateTime<Utc>) {
    let step = match news {
        RequestNews::Arrived => 1,
        RequestNews::Decided => 2,
    };
    let mail = Mail::AccountRequest { org: request.org, contact, request: request.id, news, at };
    let key = JobKey::of(MAIL, &[request.id.0, step, contact.0]);
    agenda::enqueue_numbered(writes, Effect::Mail(mail), key, at);
}
