//! The thread of a case: made once, brought up to date after each change, archived when the case is closed.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;
use tokio::sync::{Mutex, watch};
use tokio::time::timeout;

use crate::domain::case::{Case, CaseNumber, Standing};
use crate::domain::{PersonId, Post};
use crate::handlers::{Fault, RoomView};
use crate::jobs::{Doing, Executor, Order, Outcome};
use crate::replies::rooms as words;
use crate::services::rooms::{self, Room};
use crate::store::{Row, StoreError};

use super::api::number;
use super::door::Door;
use super::render::Message;
use super::trouble::{Trouble, code};

/// How long an effect waits for the door to be open, before that counts as a failed try.
const OPENING: Duration = Duration::from_secs(20);
/// A message that is older may have been posted by a try whose nonce Discord no longer knows.
const NONCES_LAST: TimeDelta = TimeDelta::minutes(1);

/// The longest text of a message.
const MOST_CONTENT: usize = 2_000;

/// Carries out what is to be posted.
pub struct Threads {
    door: watch::Receiver<Option<Door>>,
    /// One change of a case after the other.
    turns: [Mutex<()>; 64],
}

/// Why something was not posted.
#[derive(Debug, thiserror::Error)]
enum NotPosted {
    #[error(transparent)]
    Discord(#[from] Trouble),
    #[error(transparent)]
    Desk(#[from] Fault),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("somebody else changed the room at the same time")]
    Overtaken,
}

impl Threads {
    /// Posts through the door, once it is open.
    #[must_use]
    pub fn new(door: watch::Receiver<Option<Door>>) -> Self {
        Self { door, turns: std::array::from_fn(|_| Mutex::new(())) }
    }

    async fn post(&self, order: Order<'_, Post>) -> Outcome {
        let mut opened = self.door.clone();
        let door = match timeout(OPENING, opened.wait_for(Option::is_some)).await {
            Ok(Ok(door)) => door.clone(),
            Ok(Err(_)) | Err(_) => None,
        };
        let Some(door) = door else { return Outcome::Retry("the desk is not on Discord".to_owned()) };
        let (case, event) = match *order.fact {
            Post::Case { case, event } => (case, event),
            Post::Own { person, at } => {
                return match door.tell_themselves(person, at).await {
                    Ok(()) => Outcome::Done,
                    Err(error) => Outcome::Retry(error.to_string()),
                };
            }
            Post::Leave { thread, account } => {
                return match door.api.remove_member(thread, account).await {
                    Err(trouble) if trouble.passes() => Outcome::Retry(trouble.to_string()),
                    // They, or the thread, are not there any more.
                    Ok(()) | Err(_) => Outcome::Done,
                };
            }
        };
        let turn = self.turns.get((case.0 % 64) as usize).or(self.turns.first());
        let _in_order = match turn {
            Some(turn) => turn.lock().await,
            None => return Outcome::Retry("there are no turns".to_owned()),
        };
        // Only the first try of the first event of a case can't have made a thread before.
        let may_be_there = order.attempt > 1 || event != 1;
        match door.bring_up(case, may_be_there).await {
            Ok(()) => Outcome::Done,
            Err(error) => Outcome::Retry(error.to_string()),
        }
    }
}

impl Executor<Post> for Threads {
    fn carry_out<'a>(&'a self, order: Order<'a, Post>) -> Doing<'a> {
        Box::pin(self.post(order))
    }
}

impl Door {
    /// Tells somebody in direct messages what happened to them.
    async fn tell_themselves(&self, person: PersonId, at: DateTime<Utc>) -> Result<(), NotPosted> {
        let Some((accounts, reply, news)) = self.desk.own_letters(person, at).await? else { return Ok(()) };
        let name = format!("o{}-{}", person.0, at.timestamp_millis());
        let mut was_told = false;
        for account in accounts {
            let sent = match self.api.direct(account).await {
                Ok(direct) => self.post(direct, &reply, &name, None).await,
                Err(trouble) => Err(trouble),
            };
            match sent {
                Ok(()) => was_told = true,
                Err(trouble) if trouble.passes() => return Err(trouble.into()),
                // They take no messages: it waits until they talk with the desk, and a mail says it anyway.
                Err(_) => {}
            }
        }
        if was_told {
            self.desk.has_told(&news).await?;
        }
        Ok(())
    }

    /// Brings the room of a case up to date, and tells those who are not in it.
    async fn bring_up(&self, number: CaseNumber, may_be_there: bool) -> Result<(), NotPosted> {
        let Some(view) = self.desk.room_view(number).await? else { return Ok(()) };
        let row = match rooms::of_case(&self.store, number).await? {
            Some(row) => Some(row),
            None => self.make_room(&view, may_be_there).await?,
        };
        let members = match row {
            Some(row) => match self.bring_up_room(&view, row, may_be_there).await {
                Err(NotPosted::Discord(trouble)) if Self::is_gone(&trouble) => {
                    self.lost_room(number).await?;
                    return Err(trouble.into());
                }
                done => done?,
            },
            None => BTreeSet::new(),
        };
        for letter in self.desk.letters(&view, &members).await? {
            let name = format!("d{}-{}", letter.notice.case.0, letter.notice.event);
            let sent = match self.api.direct(letter.to).await {
                Ok(direct) => self.post(direct, &letter.reply, &name, None).await,
                Err(trouble) => Err(trouble),
            };
            match sent {
                Ok(()) => self.desk.was_told(&letter.notice).await?,
                Err(trouble) if trouble.passes() => return Err(trouble.into()),
                // They take no messages: the notice waits, and a mail follows where they want one.
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// Finds or makes the thread; `None` where the case has none, or none can be made: then it is worked on in the queue.
    async fn make_room(&self, view: &RoomView, may_be_there: bool) -> Result<Option<Row<Room>>, NotPosted> {
        let case = &view.case;
        let Some((server, parent)) = view.parent.filter(|(server, _)| self.serves(Some(*server))) else {
            return Ok(None);
        };
        if case.standing() == Standing::Closed {
            return Ok(None);
        }
        if let Some(staff) = view.staff.filter(|_| !may_be_there) {
            self.tell_staff(staff, case).await;
        }
        let found = if may_be_there { self.find_thread(server, parent, case).await? } else { None };
        let thread = match found {
            Some(thread) => thread,
            None => match self.api.make_thread(parent, &words::thread_name(case)).await {
                Ok(thread) => thread,
                Err(trouble) if trouble.passes() => return Err(trouble.into()),
                Err(trouble) => {
                    tracing::warn!(%trouble, case = %case.number, "no thread could be made; the case is in the queue");
                    rooms::note_roomless(&self.store, case.number, Some(trouble.to_string())).await?;
                    return Ok(None);
                }
            },
        };
        let room = Room {
            case: case.number,
            server,
            parent,
            thread,
            shown: 0,
            members: BTreeSet::new(),
            archived: false,
        };
        // First: whatever is written in it is read on from here, also when the desk dies in between.
        self.note_seen(room.channel(), room.thread).await;
        let row = rooms::add(&self.store, &room).await?;
        rooms::note_roomless(&self.store, case.number, None).await?;
        Ok(Some(row))
    }

    /// The thread that an earlier try may have made: its name begins with the case's number.
    async fn find_thread(&self, server: u64, parent: u64, case: &Case) -> Result<Option<u64>, NotPosted> {
        let fits = |thread: &Value| {
            let of = |field| number(thread, field).ok();
            let name = thread.get("name").and_then(Value::as_str).unwrap_or_default();
            of("parent_id") == Some(parent)
                && of("owner_id") == Some(self.me)
                && name.split_whitespace().next() == Some(case.number.to_string().as_str())
        };
        let active = self.api.active_threads(server).await?;
        if let Some(found) = active.iter().find(|thread| fits(thread)) {
            return Ok(number(found, "id").ok());
        }
        let archived = self.api.archived_threads(parent).await.unwrap_or_default();
        Ok(archived.iter().find(|thread| fits(thread)).and_then(|found| number(found, "id").ok()))
    }

    /// Tells staff of a new case; the case is in the queue all the same.
    async fn tell_staff(&self, channel: u64, case: &Case) {
        let name = format!("s{}", case.number.0);
        if let Err(trouble) = self.post(channel, &self.desk.new_case(case), &name, None).await {
            tracing::warn!(%trouble, case = %case.number, "staff could not be told of a new case in their channel");
        }
    }

    /// Adds people, says what happened, and archives or takes up the thread; answers who is in it.
    async fn bring_up_room(
        &self,
        view: &RoomView,
        mut row: Row<Room>,
        may_be_there: bool,
    ) -> Result<BTreeSet<u64>, NotPosted> {
        let is_over = view.case.standing() == Standing::Closed;
        if row.record.archived && !is_over {
            self.api.set_archived(row.record.thread, false).await?;
            row = self.keep(&row, Room { archived: false, ..row.record.clone() }).await?;
        }
        let members = match self.settle_members(view, &row.record).await {
            // Discord archives what is silent for a week; and somebody may leave a case that is over.
            Err(NotPosted::Discord(trouble)) if trouble.is(code::ARCHIVED) => {
                self.api.set_archived(row.record.thread, false).await?;
                row = self.keep(&row, Room { archived: false, ..row.record.clone() }).await?;
                self.settle_members(view, &row.record).await?
            }
            settled => settled?,
        };
        row = self.keep(&row, Room { members: members.clone(), ..row.record.clone() }).await?;
        let entries = self.desk.untold_in(view, &row.record).await?;
        let is_old = |at| may_be_there || self.now() - at > NONCES_LAST;
        let posted = if entries.iter().any(|entry| is_old(entry.at)) {
            self.posted_in(row.record.thread, view.case.number).await?
        } else {
            BTreeSet::new()
        };
        for entry in entries {
            if !posted.contains(&entry.event) {
                self.post_entry(&row.record, entry.event, &entry.reply).await?;
            }
            row = self.keep(&row, Room { shown: entry.event, ..row.record.clone() }).await?;
        }
        row = self.keep(&row, Room { shown: view.case.events, ..row.record.clone() }).await?;
        if is_over && !row.record.archived {
            self.api.set_archived(row.record.thread, true).await?;
            self.keep(&row, Room { archived: true, ..row.record.clone() }).await?;
        }
        Ok(members)
    }

    async fn keep(&self, row: &Row<Room>, room: Room) -> Result<Row<Room>, NotPosted> {
        rooms::update(&self.store, row, &room).await?.ok_or(NotPosted::Overtaken)
    }

    /// Adds who belongs in the thread one by one, and takes off who no longer does.
    async fn settle_members(&self, view: &RoomView, room: &Room) -> Result<BTreeSet<u64>, NotPosted> {
        let mut members = room.members.clone();
        for person in view.people.difference(&room.members) {
            match self.api.add_member(room.thread, *person).await {
                Ok(()) => {
                    members.insert(*person);
                }
                Err(trouble) if is_about_thread(&trouble) => return Err(trouble.into()),
                // They are not on this server, or don't see the channel: they hear of it in their direct messages.
                Err(_) => {}
            }
        }
        for person in room.members.difference(&view.people) {
            match self.api.remove_member(room.thread, *person).await {
                Err(trouble) if is_about_thread(&trouble) => return Err(trouble.into()),
                Ok(()) | Err(_) => {
                    members.remove(person);
                }
            }
        }
        Ok(members)
    }

    async fn post_entry(&self, room: &Room, event: u32, reply: &crate::chat::Reply) -> Result<(), NotPosted> {
        let mut messages = self.rendered(reply);
        if let Some(last) = messages.last_mut() {
            add_mark(last, room.case, event);
        }
        for (at, message) in messages.iter().enumerate() {
            let nonce = format!("c{}-{event}-{at}", room.case.0);
            self.api.say(room.thread, message, &nonce, None).await?;
        }
        Ok(())
    }

    /// The events that the last messages of a thread are about.
    async fn posted_in(&self, thread: u64, case: CaseNumber) -> Result<BTreeSet<u32>, NotPosted> {
        let last = self.api.last_messages(thread).await?;
        let mine = last.iter().filter(|message| self.is_mine(message));
        let marks = mine.filter_map(|message| message.get("content").and_then(Value::as_str)?.lines().last());
        let begin = mark(case, 0);
        let begin = begin.trim_end_matches('0');
        Ok(marks.filter_map(|line| line.strip_prefix(begin)?.parse().ok()).collect())
    }

    /// A thread was deleted: where a case had it, the case gets another one.
    pub async fn lost_thread(&self, thread: u64) {
        let lost = async {
            match rooms::of_thread(&self.store, thread).await? {
                Some(row) => rooms::lost(&self.store, &row, self.now()).await,
                None => Ok(()),
            }
        };
        if let Err(error) = lost.await {
            tracing::warn!(%error, "that a thread is gone could not be kept");
        }
    }

    async fn lost_room(&self, case: CaseNumber) -> Result<(), StoreError> {
        match rooms::of_case(&self.store, case).await? {
            Some(row) => rooms::lost(&self.store, &row, self.now()).await,
            None => Ok(()),
        }
    }
}

/// Whether nobody at all can be added or taken off now. A lack of access may be that of the one person; where it is the desk's own, the
/// next post tells.
fn is_about_thread(trouble: &Trouble) -> bool {
    trouble.passes() || trouble.is(code::UNKNOWN_CHANNEL) || trouble.is(code::ARCHIVED)
}

/// Ends a message with its mark, where there is room for it.
fn add_mark(message: &mut Message, case: CaseNumber, event: u32) {
    let mark = mark(case, event);
    if message.content.chars().count() + mark.chars().count() < MOST_CONTENT {
        if !message.content.is_empty() {
            message.content.push('\n');
        }
        message.content.push_str(&mark);
    }
}

/// The small line at the end of a message by which it is found again: Discord does not give nonces back.
fn mark(case: CaseNumber, event: u32) -> String {
    format!("-# {case} · entry {event}")
}
