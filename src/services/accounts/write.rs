//! Writes what was decided: one batch.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::domain::account::{By, Concerned, ContactId, Decision, Request, Ruling, Told};
use crate::domain::{Change, Effect, JobKey, Mail};
use crate::services::agenda;
use crate::store::{Batch, Row, Writes};

use super::look::Rows;
use super::requests;
use super::table::{
    CONTACTS, COUNTER, DONE, Done, HEADS, Head, LICENCES, LOG, Logged, ORGANISATIONS, REQUESTS,
};

/// What the jobs of mails about changes begin with.
const MAIL: &str = "account";

/// What is written.
pub(super) struct Writing<'a> {
    /// The account as it was read; none for a new one.
    pub rows: Option<&'a Rows>,
    /// What was decided.
    pub decision: Decision,
    /// The name of the wish; its number is filled in.
    pub done: Option<Done>,
    /// The request that is approved with it.
    pub request: Option<&'a Row<Request>>,
}

impl Writing<'_> {
    /// Puts all of it into a batch, which asks for one number: that of the entry, and of a new contact.
    pub fn into_batch(self, batch: &mut Batch) {
        self.write_records(batch);
        let org = self.decision.entry.org;
        let mut head = match self.rows {
            Some(rows) => {
                batch.expect(HEADS.key_of(&rows.head.record), rows.head.version);
                rows.head.record.clone()
            }
            None => Head { org, last: 0, open: BTreeMap::new() },
        };
        if self.rows.is_none() {
            batch.expect_absent(HEADS.key_of(&head));
        }
        if let Some(added) = &self.decision.added {
            CONTACTS.index_keys(added, true).into_iter().for_each(|key| batch.expect_absent(key));
        }
        if let Some(done) = &self.done {
            batch.expect_absent(DONE.key_of(done));
        }
        let decided = self.request.map(|row| self.approve(batch, row));
        if let Some(request) = &decided {
            head.open.remove(&request.id);
        }
        let Self { decision, done, .. } = self;
        batch.numbered(COUNTER, move |number, writes| {
            let decision = decision.clone().numbered(ContactId(number));
            let at = decision.entry.at;
            if let Some(added) = &decision.added {
                CONTACTS.insert_new(writes, added);
            }
            // Whoever asked for it hears that it was approved, and needs no second mail that says the same.
            let asker = decided.as_ref().map(|request| request.by);
            let is_told = |one: &&Concerned| one.told != Told::Change || Some(one.contact) != asker;
            for (place, concerned) in (1..).zip(decision.concerned.iter().filter(is_told)) {
                write_mail(writes, &decision, concerned, number, place, at);
            }
            if let Some(request) = &decided {
                requests::tell_decided(writes, request, at);
            }
            LOG.insert_new(writes, &Logged { number, entry: decision.entry });
            HEADS.insert_new(writes, &Head { last: number, ..head.clone() });
            if let Some(done) = &done {
                DONE.insert_new(writes, &Done { number, ..done.clone() });
            }
            writes.tell(&Change::Account(org));
        });
    }

    /// The records that changed. What is new has no row: a licence of an import, and everything of a new organisation.
    fn write_records(&self, batch: &mut Batch) {
        let Decision { organisation, contacts, licences, .. } = &self.decision;
        if let Some(organisation) = organisation {
            match self.rows {
                Some(rows) => ORGANISATIONS.update(batch, &rows.organisation, organisation),
                None => ORGANISATIONS.insert(batch, organisation),
            }
        }
        for contact in contacts {
            if let Some(row) = self.rows.and_then(|rows| rows.contacts.get(&contact.id)) {
                CONTACTS.update(batch, row, contact);
            }
        }
        for licence in licences {
            match self.rows.and_then(|rows| rows.licences.get(&licence.id)) {
                Some(row) => LICENCES.update(batch, row, licence),
                None => LICENCES.insert(batch, licence),
            }
        }
    }

    fn approve(&self, batch: &mut Batch, row: &Row<Request>) -> Request {
        let entry = &self.decision.entry;
        let by = match entry.by {
            By::Contact(contact) => contact,
            // No request is the operator's to approve.
            By::Operator => ContactId::NEW,
        };
        let decided = row.record.decided(by, Ruling::Approved, entry.at);
        REQUESTS.update(batch, row, &decided);
        decided
    }
}

fn write_mail(
    writes: &mut Writes,
    decision: &Decision,
    concerned: &Concerned,
    number: u64,
    place: u64,
    at: DateTime<Utc>,
) {
    let Concerned { contact, told, .. } = concerned;
    let mail = Mail::Account { org: decision.entry.org, contact: *contact, entry: number, told: *told, at };
    agenda::enqueue_numbered(writes, Effect::Mail(mail), JobKey::of(MAIL, &[number, place]), at);
}
