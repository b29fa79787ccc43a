//! One turn's view of a conversation: what was read for it, and what it changes.

use std::collections::BTreeMap;

use crate::chat::Ticket;
use crate::chat::flow::Flow;
use crate::domain::PersonId;
use crate::store::{Batch, Row};

use super::table::{ANSWERS, Answered, CONVERSATIONS, Conversation, FLOWS, FlowRecord};

/// A conversation while a turn is under way.
#[derive(Debug, Clone)]
pub struct Talk {
    row: Option<Row<Conversation>>,
    /// What it remembers, as the turn leaves it.
    pub conversation: Conversation,
    flows: BTreeMap<Ticket, Held<FlowRecord>>,
    answers: BTreeMap<Ticket, Held<Answered>>,
}

#[derive(Debug, Clone)]
struct Held<R> {
    row: Option<Row<R>>,
    record: R,
}

impl<R: PartialEq> Held<R> {
    fn is_changed(&self) -> bool {
        self.row.as_ref().is_none_or(|row| row.record != self.record)
    }
}

impl Talk {
    pub(super) fn new(row: Option<Row<Conversation>>, conversation: Conversation) -> Self {
        Self { row, conversation, flows: BTreeMap::new(), answers: BTreeMap::new() }
    }

    /// A conversation of which nothing is kept.
    #[must_use]
    pub fn unkept(conversation: Conversation) -> Self {
        Self::new(None, conversation)
    }

    /// Whose it is.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.conversation.person
    }

    /// One of the person's flows, where it was read.
    #[must_use]
    pub fn flow(&self, id: Ticket) -> Option<&Flow> {
        self.flows.get(&id).map(|held| &held.record.flow)
    }

    /// The flow that goes on here.
    #[must_use]
    pub fn active(&self) -> Option<&Flow> {
        self.conversation.flow.and_then(|id| self.flow(id)).filter(|flow| flow.is_going())
    }

    /// Keeps a flow as it is now.
    pub fn put_flow(&mut self, flow: Flow) {
        let record = FlowRecord { person: self.person(), flow };
        match self.flows.get_mut(&record.flow.id) {
            Some(held) => held.record = record,
            None => {
                self.flows.insert(record.flow.id, Held { row: None, record });
            }
        }
    }

    /// One of the answers that the person got, where it was read.
    #[must_use]
    pub fn answer(&self, id: Ticket) -> Option<&Answered> {
        self.answers.get(&id).map(|held| &held.record)
    }

    /// Keeps an answer as it is now.
    pub fn put_answer(&mut self, record: Answered) {
        match self.answers.get_mut(&record.id) {
            Some(held) => held.record = record,
            None => {
                self.answers.insert(record.id, Held { row: None, record });
            }
        }
    }

    /// The answers that were given in this turn.
    pub(super) fn new_answers(&self) -> impl Iterator<Item = &Answered> {
        self.answers.values().filter(|held| held.row.is_none()).map(|held| &held.record)
    }

    /// Keeps a flow as it is now in another batch than the turn's, expecting what was read.
    pub fn write_flow(&self, batch: &mut Batch, flow: &Flow) {
        let record = FlowRecord { person: self.person(), flow: flow.clone() };
        match self.flows.get(&flow.id).and_then(|held| held.row.as_ref()) {
            Some(row) => FLOWS.update(batch, row, &record),
            None => FLOWS.insert(batch, &record),
        }
    }

    pub(super) fn put_flow_row(&mut self, row: Row<FlowRecord>) {
        let record = row.record.clone();
        self.flows.insert(record.flow.id, Held { row: Some(row), record });
    }

    pub(super) fn put_answer_row(&mut self, row: Row<Answered>) {
        let record = row.record.clone();
        self.answers.insert(record.id, Held { row: Some(row), record });
    }

    pub(super) fn is_changed(&self) -> bool {
        let before = self.row.as_ref().map(|row| &row.record);
        before.is_none_or(|before| *before != self.conversation)
            || self.flows.values().any(Held::is_changed)
            || self.answers.values().any(Held::is_changed)
    }

    /// Writes what changed, expecting what was read.
    pub(super) fn write(&self, batch: &mut Batch) {
        match &self.row {
            Some(row) if row.record == self.conversation => {}
            Some(row) => CONVERSATIONS.update(batch, row, &self.conversation),
            None => CONVERSATIONS.insert(batch, &self.conversation),
        }
        for held in self.flows.values().filter(|held| held.is_changed()) {
            match &held.row {
                Some(row) => FLOWS.update(batch, row, &held.record),
                None => FLOWS.insert(batch, &held.record),
            }
        }
        for held in self.answers.values().filter(|held| held.is_changed()) {
            match &held.row {
                Some(row) => ANSWERS.update(batch, row, &held.record),
                None => ANSWERS.insert(batch, &held.record),
            }
        }
    }

    /// Goes on from what another turn at the same place kept meanwhile; `false` where it was not the conversation that changed, or where
    /// the other turn began or ended a flow here.
    pub(super) fn takes_over(&mut self, row: Option<Row<Conversation>>) -> bool {
        let version = |row: &Option<Row<Conversation>>| row.as_ref().map(|row| row.version);
        let flow = |row: &Option<Row<Conversation>>| row.as_ref().and_then(|row| row.record.flow);
        if version(&row) == version(&self.row) || flow(&row) != flow(&self.row) {
            return false;
        }
        self.row = row;
        true
    }
}
