//! Sessions: what a browser has shown since somebody signed in.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Person, PersonId, one_seen_line};
use crate::services::people::{self, PEOPLE};
use crate::store::{Batch, Direction, Key, KeyRange, Row, Store, StoreError};

use super::enter::{busy, committed};
use super::table::{SESSIONS_OF, SESSIONS_UNTIL, moment};
use super::{Caller, Credential, SESSIONS, SessionId, SessionToken, SignIns, TRIES, credential};

/// The most sessions of one person; the next one ends the oldest.
const MOST: usize = 100;
/// The most characters of what a browser calls itself.
const MOST_AGENT: usize = 160;
/// How long the note of when a session was last used may be behind.
const NOTED: TimeDelta = TimeDelta::minutes(5);

/// Somebody who signed in, at one browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its name: the fingerprint of its token.
    pub id: SessionId,
    /// Who.
    pub person: PersonId,
    /// It counts as long as this is the number of the person's credential.
    pub epoch: u64,
    /// When they signed in.
    pub begun: DateTime<Utc>,
    /// When it was last used, give or take five minutes.
    pub seen: DateTime<Utc>,
    /// When it is over unless it is used.
    pub until: DateTime<Utc>,
    /// What the browser calls itself, in one line.
    #[serde(default)]
    pub from: String,
}

impl SignIns {
    /// Whose session a token is, where it is one that counts. Using it keeps it going.
    pub async fn session(
        &self,
        token: &SessionToken,
        now: DateTime<Utc>,
    ) -> Result<Option<(Session, Person)>, StoreError> {
        let store = &self.inner.store;
        let key = Key::of(SessionId::of(token).as_str());
        let Some(row) = SESSIONS.get(store, &key).await? else { return Ok(None) };
        let person = row.record.person;
        let credential = credential::of_person(store, person).await?;
        if !credential.is_some_and(|credential| self.counts(&row.record, &credential.record, now)) {
            return Ok(None);
        }
        let person = PEOPLE.get(store, &people::key(person)).await?.map(|row| row.record);
        let Some(person) = person.filter(|person| person.erased.is_none()) else { return Ok(None) };
        Ok(Some((self.noted(row, now).await?, person)))
    }

    /// Notes that a session is used, every few minutes.
    async fn noted(&self, row: Row<Session>, now: DateTime<Utc>) -> Result<Session, StoreError> {
        if now - row.record.seen < NOTED {
            return Ok(row.record);
        }
        let until = self.end_of(row.record.begun, now);
        let used = Session { seen: now, until, ..row.record.clone() };
        let mut batch = Batch::new();
        SESSIONS.update(&mut batch, &row, &used);
        // Where it was noted or ended at the same moment, that stays so.
        let is_noted = committed(&self.inner.store, batch).await?;
        Ok(if is_noted { used } else { row.record })
    }

    /// The sessions of a person that count, the one used last first.
    pub async fn sessions(&self, person: PersonId, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
        let Some(credential) = credential::of_person(&self.inner.store, person).await? else {
            return Ok(Vec::new());
        };
        let rows = of_person(&self.inner.store, person).await?;
        let mut all: Vec<Session> = rows.into_iter().map(|row| row.record).collect();
        all.retain(|session| self.counts(session, &credential.record, now));
        all.sort_by(|one, other| other.seen.cmp(&one.seen).then(other.begun.cmp(&one.begun)));
        Ok(all)
    }

    /// Signs a browser out.
    pub async fn end(&self, token: &SessionToken) -> Result<(), StoreError> {
        self.end_where(&SessionId::of(token), |_| true).await.map(|_| ())
    }

    /// Signs another browser of the same person out; `false` where they have no such session.
    pub async fn end_one(&self, person: PersonId, id: &SessionId) -> Result<bool, StoreError> {
        self.end_where(id, |session| session.person == person).await
    }

    async fn end_where(
        &self,
        id: &SessionId,
        is_meant: impl Fn(&Session) -> bool,
    ) -> Result<bool, StoreError> {
        let store = &self.inner.store;
        for _ in 0..TRIES {
            let row = SESSIONS.get(store, &Key::of(id.as_str())).await?;
            let Some(row) = row.filter(|row| is_meant(&row.record)) else { return Ok(false) };
            let mut batch = Batch::new();
            SESSIONS.delete(&mut batch, &row);
            if committed(store, batch).await? {
                return Ok(true);
            }
        }
        Err(busy())
    }

    /// Signs a person out everywhere; answers how many sessions that ended.
    pub async fn end_all(&self, person: PersonId, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let ended = self.sessions(person, now).await?.len();
        for _ in 0..TRIES {
            let mut batch = Batch::new();
            credential::end_all_in(&self.inner.store, &mut batch, person).await?;
            if committed(&self.inner.store, batch).await? {
                return Ok(ended);
            }
        }
        Err(busy())
    }

    /// Begins a session within the batch that signs somebody in.
    pub(super) async fn begin_session(
        &self,
        batch: &mut Batch,
        credential: &Credential,
        token: &SessionToken,
        caller: &Caller,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut rows = of_person(&self.inner.store, credential.person).await?;
        // Those that are over go first, then what was not used for longest.
        rows.sort_by_key(|row| (self.counts(&row.record, credential, now), row.record.seen));
        let over = (rows.len() + 1).saturating_sub(MOST);
        for row in rows.iter().take(over) {
            SESSIONS.delete(batch, row);
        }
        let agent = one_seen_line(&caller.agent).unwrap_or_default();
        let session = Session {
            id: SessionId::of(token),
            person: credential.person,
            epoch: credential.epoch,
            begun: now,
            seen: now,
            until: self.end_of(now, now),
            from: agent.chars().take(MOST_AGENT).collect(),
        };
        SESSIONS.insert(batch, &session);
        Ok(())
    }

    /// Whether a session counts. Lifetimes that were shortened hold for sessions that are there, too.
    fn counts(&self, session: &Session, credential: &Credential, now: DateTime<Utc>) -> bool {
        session.epoch == credential.epoch
            && now < session.until
            && now < self.end_of(session.begun, session.seen)
    }

    /// When a session is over that was last used then.
    fn end_of(&self, begun: DateTime<Utc>, seen: DateTime<Utc>) -> DateTime<Utc> {
        let lifetime = self.inner.lifetime;
        (begun + lifetime.most).min(seen + lifetime.idle)
    }
}

async fn of_person(store: &Store, person: PersonId) -> Result<Vec<Row<Session>>, StoreError> {
    let own = people::key(person);
    SESSIONS.list_by(store, &SESSIONS_OF, Some(&own), usize::MAX, Direction::Forward).await
}

/// Forgets sessions that are over, `limit` at most; answers how many. Those that were all ended at once go when they would have been over.
pub async fn forget_sessions(store: &Store, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
    let index = SESSIONS.index_key(&SESSIONS_UNTIL);
    let range = KeyRange::under(&index).before(&index.clone().join(&moment(now)));
    let old = SESSIONS.list_in(store, &range, limit, Direction::Forward).await?;
    let mut batch = Batch::new();
    for row in &old {
        SESSIONS.delete(&mut batch, row);
    }
    // Where one of them was ended meanwhile, they go the next time.
    Ok(if committed(store, batch).await? { old.len() } else { 0 })
}
