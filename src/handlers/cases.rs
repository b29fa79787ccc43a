//! Looking at one's cases, and what is done to them with one press.

use std::collections::BTreeMap;

use crate::chat::Reply;
use crate::chat::wish::Format;
use crate::domain::case::{By, Case, CaseNumber, Event, NoText, Priority, Rating, Score, Verb, What};
use crate::domain::{Missing, PersonId};
use crate::replies::case_search::{self, Hit};
use crate::replies::cases::{self, NotTaken, View};
use crate::services::cases::{Ask, CaseError, FileRefused, Seen};
use crate::services::notices;

use super::{Desk, Fault, Turn};

/// Cases in one list.
const LISTED: usize = 10;

impl Desk {
    pub(super) async fn own_cases(
        &self,
        before: Option<CaseNumber>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let person = turn.actor()?.person();
        let mut own = self.kept()?.cases.own(person, before, LISTED + 1).await?;
        let more = own.len() > LISTED;
        own.truncate(LISTED);
        Ok(cases::list(self.locale, &own, before.is_some(), more))
    }

    pub(super) async fn how_is_my_case(&self, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let own = self.kept()?.cases.own(turn.actor()?.person(), None, LISTED + 1).await?;
        let active: Vec<&Case> = own.iter().filter(|case| case.status.is_active()).collect();
        match (active.as_slice(), own.as_slice()) {
            ([only], _) => self.show_case(only.number, turn).await,
            ([], [only]) => self.show_case(only.number, turn).await,
            _ => self.own_cases(None, turn).await,
        }
    }

    pub(super) async fn show_case(&self, number: CaseNumber, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let (kept, actor) = (self.kept()?, turn.actor()?);
        let seen = match kept.cases.show(&actor, number).await {
            Ok(seen) => seen,
            Err(error) => return self.refused(error, turn),
        };
        turn.talk.conversation.memory.case = Some(number);
        let news = notices::of_case(&kept.store, actor.person(), number).await?;
        notices::seen(&kept.store, &news, turn.now).await?;
        let names = self.names(&seen.case, &seen.events).await?;
        let view = self.view(&seen, &names, turn)?;
        Ok(cases::show(self.locale, &view))
    }

    pub(super) async fn transcript(
        &self,
        number: CaseNumber,
        format: Format,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let actor = turn.actor()?;
        let seen = match self.kept()?.cases.show(&actor, number).await {
            Ok(seen) => seen,
            Err(error) => return self.refused(error, turn),
        };
        let names = self.names(&seen.case, &seen.events).await?;
        let view = self.view(&seen, &names, turn)?;
        Ok(cases::transcript_of(self.locale, &view, format))
    }

    /// A case as whoever speaks may see it now.
    fn view<'a>(
        &'a self,
        seen: &'a Seen,
        names: &'a BTreeMap<PersonId, String>,
        turn: &Turn<'_>,
    ) -> Result<View<'a>, Fault> {
        Ok(View {
            case: &seen.case,
            events: &seen.events,
            names,
            reader: turn.actor()?.person(),
            as_staff: seen.as_staff,
            now: turn.now,
            zone: self.zone,
            desk: self.name(),
        })
    }

    /// What the people in a case are called.
    pub(super) async fn names(
        &self,
        case: &Case,
        events: &[Event],
    ) -> Result<BTreeMap<PersonId, String>, Fault> {
        let kept = self.kept()?;
        let mut people: Vec<PersonId> = events.iter().filter_map(|event| event.by.person()).collect();
        for event in events {
            if let What::Assigned(Some(person)) | What::Followed(person) | What::Unfollowed(person) =
                &event.what
            {
                people.push(*person);
            }
        }
        people.extend([case.requester].into_iter().chain(case.assignee));
        people.sort_unstable();
        people.dedup();
        let mut names = BTreeMap::new();
        for id in people {
            if let Some(row) = kept.people.get(id).await? {
                let called = row.record.called().map(str::to_owned);
                let called = called.or_else(|| row.record.mail.as_ref().map(|mail| mail.local().to_owned()));
                names.extend(called.map(|called| (id, called)));
            }
        }
        Ok(names)
    }

    pub(super) async fn prioritise(
        &self,
        number: CaseNumber,
        priority: Option<Priority>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let actor = turn.actor()?;
        let Some(priority) = priority else {
            return match self.kept()?.cases.case(&actor, number).await {
                Ok(case) => Ok(cases::which_priority(self.locale, &case)),
                Err(error) => self.refused(error, turn),
            };
        };
        match self.act(number, Verb::Prioritise(priority), turn).await? {
            Ok(case) => Ok(cases::prioritised(self.locale, &case)),
            Err(reply) => Ok(reply),
        }
    }

    pub(super) async fn rate(
        &self,
        number: CaseNumber,
        score: Option<Score>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let Some(score) = score else {
            return match self.kept()?.cases.case(&turn.actor()?, number).await {
                Ok(case) => Ok(cases::which_rating(self.locale, &case)),
                Err(error) => self.refused(error, turn),
            };
        };
        let rating = Rating { score, comment: None };
        match self.act(number, Verb::Rate(rating), turn).await? {
            Ok(case) => self.ask_why(&case, score, turn).await,
            Err(reply) => Ok(reply),
        }
    }

    /// Does something to a case, once for each turn; the case as it is then, or what to say instead.
    pub(super) async fn act(
        &self,
        number: CaseNumber,
        verb: Verb,
        turn: &Turn<'_>,
    ) -> Result<Result<Case, Reply>, Fault> {
        let ask = Ask { once: Some(format!("turn-{}", turn.once)), ..Ask::from(verb) };
        match self.kept()?.cases.act(&turn.actor()?, number, &ask, turn.now).await {
            Ok(acted) => Ok(Ok(acted.case)),
            Err(error) => self.refused(error, turn).map(Err),
        }
    }

    /// What is said where something was not done to a case.
    pub(super) fn refused(&self, error: CaseError, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let locale = self.locale;
        Ok(match error {
            CaseError::Unknown(number) => cases::unknown(locale, number),
            CaseError::Refused { case, why } => {
                let by = match turn.actor()?.staff() {
                    Some(staff) if !case.belongs_to(staff.person()) => By::Staff(staff.person()),
                    Some(_) | None => By::Requester(turn.actor()?.person()),
                };
                cases::refused(locale, &case, &why, by)
            }
            CaseError::TooMany { active, most } => cases::too_many(locale, active, most),
            CaseError::TooSoon { again_at } => cases::too_soon(locale, again_at - turn.now),
            CaseError::UnknownQueue(queue) => {
                cases::unknown_queue(locale, queue.as_str(), self.kept()?.cases.queues())
            }
            CaseError::Text(NoText::Empty) => cases::nothing_said(locale),
            CaseError::Text(NoText::TooLong { length, most }) => cases::too_long(locale, length, most),
            CaseError::File(why) => cases::not_taken(locale, &not_taken(&why)),
            CaseError::Store(error) => return Err(error.into()),
        })
    }

    /// A file did not get here.
    pub(super) fn not_brought(&self, missing: &Missing) -> Reply {
        cases::not_taken(self.locale, &self.why_missing(missing))
    }

    pub(super) fn why_missing<'a>(&self, missing: &'a Missing) -> NotTaken<'a> {
        let most = self.kept().map(|kept| kept.cases.most_bytes()).unwrap_or_default();
        match missing.too_large {
            Some(size) => NotTaken::TooLarge { name: &missing.name, size, most },
            None => NotTaken::NotFetched { name: &missing.name },
        }
    }

    /// A case's number was expected, and something else was typed.
    pub(super) async fn no_case(&self, typed: &str, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let own = self.kept()?.cases.own(turn.actor()?.person(), None, LISTED).await?;
        let open: Vec<CaseNumber> =
            own.iter().filter(|case| case.status.is_active()).map(|case| case.number).collect();
        Ok(cases::no_number(self.locale, typed, &open))
    }

    pub(super) async fn find_cases(&self, query: &str, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let actor = turn.actor()?;
        let Some(search) = &self.kept()?.search else { return Ok(case_search::no_search(self.locale)) };
        let found = search.search(&actor, query, LISTED, turn.now).await?;
        let hits: Vec<Hit<'_>> = found
            .hits
            .iter()
            .map(|hit| Hit { case: &hit.case, piece: &hit.piece, is_noted: hit.is_noted })
            .collect();
        let as_staff = actor.staff().is_some();
        Ok(case_search::found(self.locale, &hits, found.total, &found.notes, as_staff))
    }
}

/// Why a file is not taken, for the person.
pub(super) fn not_taken(why: &FileRefused) -> NotTaken<'_> {
    match why {
        FileRefused::TooLarge { name, size, most } => NotTaken::TooLarge { name, size: *size, most: *most },
        FileRefused::Empty { name } => NotTaken::Empty { name },
        FileRefused::Type { name, allowed } => NotTaken::Type { name, allowed },
        FileRefused::Disguised { name } => NotTaken::Disguised { name },
        FileRefused::TooMany { count, most } => NotTaken::TooMany { count: *count, most: *most },
    }
}
