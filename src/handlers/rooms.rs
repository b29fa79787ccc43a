//! What is to be said on Discord about a case: in its room, to staff, and to those who are not in the room.

use std::collections::BTreeSet;

use crate::chat::Reply;
use crate::domain::case::{Case, CaseNumber, Event, Standing, is_from_room};
use crate::domain::{Actor, Channel, Identity, Person, PersonId};
use crate::replies::cases::View;
use crate::replies::news::{self, Reading};
use crate::replies::rooms as words;
use crate::services::notices::{self, Notice};
use crate::services::rooms::Room;
use crate::services::servers;

use super::{Desk, Fault};

/// A case, as far as its room needs it.
pub struct RoomView {
    /// The case.
    pub case: Case,
    /// Its timeline, without what is internal.
    events: Vec<Event>,
    /// The channel under which its room belongs; none where the case was opened alone with the desk, or the server has none.
    pub parent: Option<(u64, u64)>,
    /// The channel of the server's staff.
    pub staff: Option<u64>,
    /// The Discord accounts that belong in it.
    pub people: BTreeSet<u64>,
}

/// Something to be said in a room.
pub struct Entry {
    /// The event that it is about.
    pub event: u32,
    /// When it happened.
    pub at: chrono::DateTime<chrono::Utc>,
    /// What is said.
    pub reply: Reply,
}

/// News for somebody who is not in the room.
pub struct Letter {
    /// Their Discord account.
    pub to: u64,
    /// What is new.
    pub reply: Reply,
    /// The notice.
    pub notice: Notice,
}

impl Desk {
    /// What a room is to show; `None` where there is no such case.
    pub async fn room_view(&self, number: CaseNumber) -> Result<Option<RoomView>, Fault> {
        let kept = self.kept()?;
        let Some(case) = kept.cases.find(number).await? else { return Ok(None) };
        let Some(row) = kept.people.get(case.requester).await? else { return Ok(None) };
        let requester = row.record;
        let Ok(seen) = kept.cases.show(&Actor::as_customer(&requester), number).await else {
            return Ok(None);
        };
        let channel = Channel::of(&case.place);
        let server = match channel.and_then(|channel| channel.server) {
            Some(id) => Some(servers::of(&kept.store, id).await?),
            None => None,
        };
        let mut people = BTreeSet::new();
        let belong = [case.requester].into_iter().chain(case.assignee).chain(case.followers.iter().copied());
        for person in belong {
            people.extend(self.account(person).await?);
        }
        Ok(Some(RoomView {
            parent: server.as_ref().and_then(|server| Some((server.id, server.cases?))),
            staff: server.and_then(|server| server.staff),
            case: seen.case,
            events: seen.events,
            people,
        }))
    }

    /// Somebody's Discord account.
    async fn account(&self, person: PersonId) -> Result<Option<u64>, Fault> {
        let row = self.kept()?.people.get(person).await?;
        Ok(row.filter(|row| row.record.erased.is_none()).and_then(|row| account_of(&row.record)))
    }

    /// What a room does not show yet. What was written in it stands there already.
    pub async fn untold_in(&self, view: &RoomView, room: &Room) -> Result<Vec<Entry>, Fault> {
        let mut entries = Vec::new();
        for event in view.events.iter().filter(|event| event.number > room.shown) {
            if is_from_room(event).is_some_and(|source| was_written_in(room, source)) {
                continue;
            }
            let names = self.names(&view.case, std::slice::from_ref(event)).await?;
            let shown = View {
                case: &view.case,
                events: std::slice::from_ref(event),
                names: &names,
                reader: PersonId(0),
                as_staff: false,
                now: self.clock.now(),
                zone: self.zone,
                desk: self.name(),
            };
            if let Some(reply) = words::happened(self.locale, &shown, event) {
                entries.push(Entry { event: event.number, at: event.at, reply });
            }
        }
        Ok(entries)
    }

    /// Whether a room does not show all of its case, or is open though the case is closed.
    pub async fn is_behind(&self, room: &Room) -> Result<bool, Fault> {
        let case = self.kept()?.cases.find(room.case).await?;
        Ok(case.is_none_or(|case| case.events > room.shown || case.standing() == Standing::Closed))
    }

    /// What staff are told of a new case.
    #[must_use]
    pub fn new_case(&self, case: &Case) -> Reply {
        words::new_case(self.locale, case)
    }

    /// What is new for those on Discord who are not in the room, and have seen it nowhere.
    pub async fn letters(&self, view: &RoomView, members: &BTreeSet<u64>) -> Result<Vec<Letter>, Fault> {
        let kept = self.kept()?;
        let now = self.clock.now();
        let case = &view.case;
        let mut letters = Vec::new();
        let concerned =
            [case.requester].into_iter().chain(case.followers.iter().copied()).chain(case.assignee);
        for person in concerned.collect::<BTreeSet<_>>() {
            let Some(row) = kept.people.get(person).await? else { continue };
            let Some(account) = account_of(&row.record).filter(|account| !members.contains(account)) else {
                continue;
            };
            let actor = Actor::of(&row.record);
            let mut unseen = notices::of_case(&kept.store, person, case.number).await?;
            unseen.retain(|notice| notice.seen.is_none());
            unseen.sort_by_key(|notice| notice.event);
            for notice in unseen {
                let Ok((case, event)) = kept.cases.event(&actor, case.number, notice.event).await else {
                    continue;
                };
                let names = self.names(&case, std::slice::from_ref(&event)).await?;
                let reading = Reading { reader: person, now, zone: self.zone, desk: self.name() };
                let reply = news::told(self.locale, &[(case, event, names)], &reading);
                letters.push(Letter { to: account, reply, notice });
            }
        }
        Ok(letters)
    }

    /// A letter was read, or may be.
    pub async fn was_told(&self, notice: &Notice) -> Result<(), Fault> {
        let kept = self.kept()?;
        Ok(notices::seen(&kept.store, std::slice::from_ref(notice), self.clock.now()).await?)
    }
}

fn account_of(person: &Person) -> Option<u64> {
    person.identities.iter().find_map(|identity| match identity {
        Identity::Discord(id) => Some(*id),
        Identity::Console(_) | Identity::Web(_) | Identity::Desk(_) => None,
    })
}

/// Whether something was written in this very thread: numbers grow with time, and one that was lost is older.
pub(super) fn was_written_in(room: &Room, source: &str) -> bool {
    let message = source.strip_prefix("discord-").and_then(|id| id.parse::<u64>().ok());
    message.is_some_and(|message| message >= room.thread)
}
