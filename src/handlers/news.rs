//! News of one's cases: what is told at a place, and how somebody wants to hear of it.

use chrono::{DateTime, Utc};

use crate::chat::Reply;
use crate::chat::flow::{Address, Draft, Flow, Outcome};
use crate::chat::wish::NewsWish;
use crate::domain::{Identity, MailAddress, PersonId, Place};
use crate::replies::news;
use crate::replies::news::Reading;
use crate::services::notices;
use crate::services::own_news::{self, Happened, OwnNews};
use crate::services::people::PersonError;

use super::{Desk, Fault, Turn};

/// News in one reply; what is left follows.
const TOLD: usize = 10;

impl Desk {
    /// What is new for somebody since they were last told at this place; told once at each place, and seen from then on. A place where
    /// nothing was told before only tells what was seen nowhere.
    pub async fn news(&self, who: &Identity, place: &Place) -> Option<Reply> {
        match self.untold(who, place).await {
            Ok(reply) => reply,
            Err(fault) => {
                tracing::error!(error = %fault, "news could not be told");
                None
            }
        }
    }

    async fn untold(&self, who: &Identity, place: &Place) -> Result<Option<Reply>, Fault> {
        let kept = self.kept()?;
        let now = self.clock.now();
        let _in_order = self.in_order(who, place).await;
        let Some(row) = kept.people.known(who).await? else { return Ok(None) };
        let person = row.record;
        let mut talk = kept.conversations.open(person.id, place).await?;
        let told = talk.conversation.told;
        let found = notices::untold(&kept.store, person.id, told, TOLD).await?;
        let own = own_news::untold(&kept.store, person.id, told, TOLD).await?;
        let times = found.iter().map(|notice| notice.at).chain(own.iter().map(|news| news.at));
        let Some(last) = times.max() else { return Ok(None) };
        talk.conversation.told = told.max(Some(last));
        let actor = crate::domain::Actor::of(&person);
        let mut items = Vec::new();
        for notice in &found {
            let Ok(seen) = kept.cases.event(&actor, notice.case, notice.event).await else { continue };
            let (case, event) = seen;
            let names = self.names(&case, std::slice::from_ref(&event)).await?;
            items.push((case, event, names));
        }
        if let [(case, ..), ..] = items.as_slice() {
            talk.conversation.memory.case = Some(case.number);
        }
        kept.conversations.save(&mut talk, now).await?;
        notices::seen(&kept.store, &found, now).await?;
        own_news::seen(&kept.store, &own, now).await?;
        Ok((!items.is_empty() || !own.is_empty()).then(|| {
            let reading = Reading { reader: person.id, now, zone: self.zone, desk: self.name() };
            let mut reply = news::told(self.locale, &items, &reading);
            for news in &own {
                reply = reply.and(self.about_oneself(news));
            }
            reply
        }))
    }

    fn about_oneself(&self, news: &OwnNews) -> Reply {
        match news.what {
            Happened::PasswordChanged => news::password_changed(self.locale, news.at),
        }
    }

    /// What happened to somebody at a time, for a direct message to each of their Discord accounts; nothing where they have seen it, or it
    /// is forgotten.
    pub async fn own_letters(
        &self,
        person: PersonId,
        at: DateTime<Utc>,
    ) -> Result<Option<(Vec<u64>, Reply, OwnNews)>, Fault> {
        let kept = self.kept()?;
        let Some(row) = kept.people.get(person).await? else { return Ok(None) };
        let all = own_news::untold(&kept.store, person, None, TOLD).await?;
        let Some(news) = all.into_iter().find(|news| news.at == at) else { return Ok(None) };
        let account = |identity: &Identity| match identity {
            Identity::Discord(account) => Some(*account),
            Identity::Console(_) | Identity::Web(_) | Identity::Desk(_) => None,
        };
        let accounts = row.record.identities.iter().filter_map(account).collect();
        Ok(Some((accounts, self.about_oneself(&news), news)))
    }

    /// Somebody was told what happened to them.
    pub async fn has_told(&self, news: &OwnNews) -> Result<(), Fault> {
        Ok(own_news::seen(&self.kept()?.store, std::slice::from_ref(news), self.clock.now()).await?)
    }

    pub(super) async fn news_wish(&self, wish: NewsWish, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let person = turn.actor()?.person();
        match wish {
            NewsWish::Show => Ok(match &turn.who {
                Some(person) => news::settings(self.locale, person),
                None => Reply::default(),
            }),
            NewsWish::Set(notify) => {
                let changed = self.kept()?.people.set_notify(person, notify).await.map_err(person_fault)?;
                let reply = news::chosen(self.locale, &changed);
                turn.who = Some(changed);
                Ok(reply)
            }
            NewsWish::NoAddress => {
                if turn.who.as_ref().is_some_and(|person| person.staff.is_some()) {
                    return Ok(news::staff_keep_address(self.locale));
                }
                let changed = self.kept()?.people.set_mail(person, None).await.map_err(person_fault)?;
                turn.who = Some(changed);
                Ok(news::no_address(self.locale))
            }
            NewsWish::Address(text) => {
                let address = match text.as_deref().map(MailAddress::parse) {
                    None => None,
                    Some(Ok(address)) => Some(address),
                    Some(Err(_)) => return Ok(news::not_an_address(self.locale)),
                };
                let own = turn.who.as_ref().and_then(|person| person.mail.as_ref());
                if address.is_some() && own == address.as_ref() {
                    return Ok(news::same_address(self.locale));
                }
                self.begin_flow(Draft::Address(Address::of(address)), turn).await
            }
        }
    }

    pub(super) async fn finish_address(
        &self,
        flow: Flow,
        draft: Address,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let Some(address) = draft.address else { return self.prompt(&flow, turn).await };
        match self.kept()?.people.set_mail(turn.talk.person(), Some(address.clone())).await {
            Ok(person) => {
                turn.done(flow, Outcome::Address(address));
                let reply = news::address_proved(self.locale, &person);
                turn.who = Some(person);
                Ok(reply)
            }
            // Whoever proved it reads that mailbox, so it is theirs to know.
            Err(PersonError::AddressTaken) => {
                turn.cancel(flow);
                Ok(news::address_taken(self.locale))
            }
            Err(error) => Err(person_fault(error)),
        }
    }
}

fn person_fault(error: PersonError) -> Fault {
    match error {
        PersonError::Store(error) => error.into(),
        PersonError::Unknown(_) | PersonError::AddressTaken | PersonError::UsernameTaken => Fault::Overtaken,
    }
}
