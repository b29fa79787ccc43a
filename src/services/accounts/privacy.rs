//! What accounts hold about one person: their contacts, their requests, what they asked for, and their words in logs.
//!
//! All of it goes together, contact by contact: the contact is deleted only in a batch that also rewrites the last entries of the log with
//! their words, and that expects the account's head as it was before the log was read. So nothing slips in between.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::domain::account::{AccountChange, Contact, ContactId, Licence, OrgId, Request};
use crate::domain::{Change, Person};
use crate::services::cases::table::person_key;
use crate::store::{Batch, Direction, Key, KeyRange, Row, Store, StoreError};

use super::look::Rows;
use super::table::{
    ABOUT, AT, Asker, CONTACTS, DONE, HEADS, Head, LICENCES, LOG, Logged, PERSON, REQUESTS, asker_key,
    folded, mail_in, org_key,
};

/// A record of a person's, and what takes it out of the store.
pub(in crate::services) struct Theirs {
    /// The record.
    pub value: Value,
    /// Takes it out, as long as it is what was read.
    pub erase: Box<dyn FnOnce(&mut Batch) + Send>,
}

/// All that is a person's.
pub(in crate::services) async fn of_person(
    store: &Store,
    person: &Person,
) -> Result<Vec<Theirs>, StoreError> {
    let mut all = done_by(store, Asker::Person(person.id)).await?;
    let mut orgs: BTreeMap<OrgId, BTreeSet<ContactId>> = BTreeMap::new();
    for contact in contacts(store, person).await? {
        all.extend(done_by(store, Asker::Contact(contact.id)).await?);
        orgs.entry(contact.org).or_default().insert(contact.id);
    }
    if let Some(mail) = &person.mail {
        let about = Key::of(&folded(mail));
        let rows = REQUESTS.list_by(store, &ABOUT, Some(&about), usize::MAX, Direction::Forward).await?;
        for row in &rows {
            orgs.entry(row.record.org).or_default();
        }
    }
    for (org, contacts) in orgs {
        all.extend(of_account(store, org, person, contacts).await?);
    }
    Ok(all)
}

/// Their contacts, and those who were invited at their address and are nobody's yet.
async fn contacts(store: &Store, person: &Person) -> Result<Vec<Contact>, StoreError> {
    let (own, all, forward) = (person_key(person.id), usize::MAX, Direction::Forward);
    let mut rows = CONTACTS.list_by(store, &PERSON, Some(&own), all, forward).await?;
    if let Some(mail) = &person.mail {
        let at = Key::of(&folded(mail));
        let invited = CONTACTS.list_by(store, &AT, Some(&at), all, forward).await?;
        rows.extend(invited.into_iter().filter(|row| row.record.person.is_none()));
    }
    Ok(rows.into_iter().map(|row| row.record).collect())
}

/// What one account has of a person who is these contacts of it: their requests, their words in the log, and last the contacts.
async fn of_account(
    store: &Store,
    org: OrgId,
    person: &Person,
    contacts: BTreeSet<ContactId>,
) -> Result<Vec<Theirs>, StoreError> {
    let Some(rows) = Rows::read(store, org).await? else { return Ok(Vec::new()) };
    let is_theirs = |row: &Row<Request>| {
        let Request { by, wish, .. } = &row.record;
        let about = wish.as_ref().and_then(AccountChange::contact);
        let mail = wish.as_ref().and_then(mail_in).map(folded);
        contacts.contains(by)
            || about.is_some_and(|contact| contacts.contains(&contact))
            || mail.is_some() && mail == person.mail.as_ref().map(folded)
    };
    let mut requests =
        REQUESTS.list_under(store, &org_key(org), None, usize::MAX, Direction::Forward).await?;
    requests.retain(is_theirs);
    // One head for all of them, as they may go in one batch.
    let mut head = rows.head.record.clone();
    head.open.retain(|id, _| !requests.iter().any(|row| row.record.id == *id));
    let touched = (rows.head.clone(), head);
    let mut all = Vec::new();
    for row in requests {
        let (value, touched) = (as_value(&row.record), touched.clone());
        let erase = move |batch: &mut Batch| {
            REQUESTS.delete(batch, &row);
            touch(batch, &touched);
        };
        all.push(Theirs { value, erase: Box::new(erase) });
    }
    all.extend(words_of(store, org, &contacts).await?);
    for row in contacts.iter().filter_map(|contact| rows.contacts.get(contact)).cloned() {
        let id = row.record.id;
        let (value, touched) = (as_value(&row.record), touched.clone());
        let renewals: Vec<Row<Licence>> =
            rows.licences.values().filter(|licence| licence.record.renewal == Some(id)).cloned().collect();
        let erase = move |batch: &mut Batch| {
            CONTACTS.delete(batch, &row);
            for licence in &renewals {
                LICENCES.update(batch, licence, &Licence { renewal: None, ..licence.record.clone() });
            }
            touch(batch, &touched);
        };
        all.push(Theirs { value, erase: Box::new(erase) });
    }
    Ok(all)
}

/// The entries of an account's log with words of these contacts; each loses only these.
async fn words_of(
    store: &Store,
    org: OrgId,
    contacts: &BTreeSet<ContactId>,
) -> Result<Vec<Theirs>, StoreError> {
    let rows = LOG.list_under(store, &org_key(org), None, usize::MAX, Direction::Forward).await?;
    let mut all = Vec::new();
    for row in rows {
        let all_words = row.record.entry.clone();
        let entry = contacts.iter().fold(all_words, |entry, contact| entry.without_words_of(*contact));
        if entry == row.record.entry {
            continue;
        }
        let (value, without) = (as_value(&row.record), Logged { number: row.record.number, entry });
        let erase = move |batch: &mut Batch| LOG.update(batch, &row, &without);
        all.push(Theirs { value, erase: Box::new(erase) });
    }
    Ok(all)
}

/// Changes the head, so that whoever decides something at the same time decides anew.
fn touch(batch: &mut Batch, (row, head): &(Row<Head>, Head)) {
    HEADS.update(batch, row, head);
    batch.tell(&Change::Account(head.org));
}

async fn done_by(store: &Store, asker: Asker) -> Result<Vec<Theirs>, StoreError> {
    let range = KeyRange::under(&DONE.at(&asker_key(asker)));
    let mut all = Vec::new();
    for entry in store.scan(&range, usize::MAX, Direction::Forward).await? {
        all.extend(DONE.row(store, entry).await?.map(|row| Theirs {
            value: as_value(&row.record),
            erase: Box::new(move |batch: &mut Batch| DONE.delete(batch, &row)),
        }));
    }
    Ok(all)
}

/// What was read as JSON is JSON.
fn as_value(record: &impl Serialize) -> Value {
    serde_json::to_value(record).unwrap_or_default()
}
