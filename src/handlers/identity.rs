//! By which doors somebody comes: linking this chat to them, what is linked, unlinking, and signing out everywhere.

use crate::chat::Reply;
use crate::chat::flow::{Address, Draft, Flow, FlowState, Link, MOST_GUESSES, Outcome};
use crate::chat::wish::IdentityWish;
use crate::domain::{Digest, Identity, MailAddress, Person, PersonId};
use crate::replies::identity::{self, SessionLine};
use crate::services::moving;
use crate::services::people::{LinkError, Linked, Unlinked};
use crate::services::sign_in::Session;
use crate::store::Batch;

use super::{Desk, Fault, Turn};

impl Desk {
    pub(super) async fn identity_wish(
        &self,
        wish: IdentityWish,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        match wish {
            IdentityWish::Link(text) => self.begin_linking(text, turn).await,
            IdentityWish::List => self.list_links(turn).await,
            IdentityWish::UnlinkThis => self.unlink(turn.identity.clone(), turn).await,
            IdentityWish::Unlink(fingerprint) => {
                let is_meant = |own: &&Identity| Digest::of(&own.to_string()) == fingerprint;
                let identities = turn.who.as_ref().map(|person| person.identities.as_slice());
                match identities.unwrap_or_default().iter().find(is_meant).cloned() {
                    Some(chat) => self.unlink(chat, turn).await,
                    None => Ok(identity::was_not_linked(self.locale)),
                }
            }
            IdentityWish::SignOut { sure: false } => Ok(identity::sure_to_sign_out(self.locale)),
            IdentityWish::SignOut { sure: true } => {
                let person = turn.actor()?.person();
                self.kept()?.sign_ins.end_all(person, turn.now).await?;
                Ok(identity::signed_out(self.locale))
            }
        }
    }

    async fn begin_linking(&self, text: Option<String>, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let address = match text.as_deref().map(MailAddress::parse) {
            None => None,
            Some(Ok(address)) => Some(address),
            Some(Err(_)) => return Ok(identity::not_an_address(self.locale)),
        };
        let Some(person) = &turn.who else { return Err(Fault::KeepsNothing) };
        if let Identity::Desk(_) = turn.identity {
            return Ok(identity::speaks_for_another(self.locale));
        }
        if address.is_some() && address == person.mail {
            return Ok(identity::linked_already(self.locale, person));
        }
        if person.staff.is_some() {
            return Ok(identity::staff_stay(self.locale));
        }
        let link = Link::of(turn.identity.clone(), Address::of(address));
        self.begin_flow(Draft::Link(link), turn).await
    }

    async fn list_links(&self, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let Some(person) = &turn.who else { return Err(Fault::KeepsNothing) };
        let sessions = self.kept()?.sign_ins.sessions(person.id, turn.now).await?;
        let session = |session: Session| SessionLine { seen: session.seen, from: session.from };
        let sessions: Vec<SessionLine> = sessions.into_iter().map(session).collect();
        Ok(identity::links(self.locale, person, turn.identity, &sessions))
    }

    async fn unlink(&self, chat: Identity, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let person = turn.actor()?.person();
        let is_this = chat == *turn.identity;
        Ok(match self.kept()?.identities.unlink(person, &chat, turn.now).await? {
            Unlinked::Now(_) => identity::unlinked(self.locale, &chat, is_this),
            Unlinked::WasNot => identity::was_not_linked(self.locale),
            Unlinked::OnlyWay => identity::only_way(self.locale),
        })
    }

    /// Where the chat of a flow can be linked by signing in; none where that is not what the flow is for, or where there are no pages.
    pub(super) fn sign_in_page(&self, flow: &Flow, turn: &Turn<'_>) -> Option<String> {
        let (Draft::Link(_), Some(pages), Ok(kept)) = (&flow.draft, &self.pages, self.kept()) else {
            return None;
        };
        Some(pages.page(&kept.identities.page(turn.talk.person(), flow.id, turn.now)))
    }

    /// Compares what was typed with the code that the page showed, where somebody claimed the chat there, and with the one that was sent.
    pub(super) async fn prove_link(
        &self,
        flow: &mut Flow,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let Draft::Link(mut link) = flow.draft.clone() else { return Ok(None) };
        if link.claim.is_some() && link.claimed(turn.now).is_none() {
            link.claim = None;
            if link.proof.address.is_none() && link.proof.typed.take().is_some() {
                flow.draft = Draft::Link(link);
                turn.talk.put_flow(flow.clone());
                let reply = identity::page_code_ran_out(self.locale);
                return Ok(Some(reply.and(self.prompt(flow, turn).await?)));
            }
        }
        let (Some(typed), Some(claim)) = (link.proof.typed.clone(), link.claimed(turn.now).cloned()) else {
            return self.without_claim(flow, link, turn).await;
        };
        if self.kept()?.identities.confirms(&typed, turn.talk.person(), flow.id, &claim) {
            link.to = Some(claim.person);
            link.proof.typed = None;
            flow.draft = Draft::Link(link);
            return Ok(None);
        }
        link.guessed();
        self.without_claim(flow, link, turn).await
    }

    async fn without_claim(
        &self,
        flow: &mut Flow,
        mut link: Link,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        if link.proof.address.is_some() {
            flow.draft = Draft::Link(link);
            return self.prove(flow, turn).await;
        }
        if link.proof.typed.take().is_none() {
            return Ok(None);
        }
        let guesses = link.claim.as_ref().map_or(MOST_GUESSES, |claim| claim.guesses);
        flow.draft = Draft::Link(link);
        self.guessed_wrong(flow, MOST_GUESSES.saturating_sub(guesses), turn).await.map(Some)
    }

    /// The chat is theirs who proved it: it is linked in the same batch that ends the flow, so a code works once. A visitor's records
    /// follow at once, as far as they are few.
    pub(super) async fn finish_link(
        &self,
        flow: Flow,
        link: Link,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let Some(to) = self.proved(&link).await? else {
            // Nobody has the address, so nobody was sent this code: it was guessed, or the address was given up meanwhile.
            turn.cancel(flow);
            return Ok(identity::nobody_to_link(self.locale));
        };
        let kept = self.kept()?;
        let done = Flow { state: FlowState::Done(Outcome::Linked), ..flow.clone() };
        let with = |batch: &mut Batch| turn.talk.write_flow(batch, &done);
        let linked = kept.people.link(&link.chat, to, &flow.id.to_string(), with, turn.now).await;
        let linked = match linked {
            Ok(linked) => linked,
            Err(LinkError::Overtaken) => {
                turn.is_overtaken = true;
                return Ok(Reply::default());
            }
            Err(LinkError::Store(error)) => return Err(error.into()),
            Err(LinkError::Gone) => {
                turn.cancel(flow);
                return Ok(identity::nobody_to_link(self.locale));
            }
            Err(LinkError::Staff) => {
                turn.cancel(flow);
                return Ok(identity::staff_stay(self.locale));
            }
            Err(LinkError::TooMany) => {
                turn.cancel(flow);
                return Ok(identity::too_many(self.locale));
            }
        };
        let is_all_here = match &linked {
            Linked::Now { moves: Some(visitor), .. } => self.move_now(*visitor).await,
            Linked::Now { moves: None, .. } | Linked::Already(_) => true,
        };
        let person = linked.person().clone();
        // From here on it is that person who speaks: what the turn leaves is theirs.
        turn.talk = kept.conversations.open(person.id, turn.place).await?;
        let reply = identity::linked(self.locale, &person, is_all_here);
        turn.who = Some(person);
        Ok(reply)
    }

    /// Moves a visitor's records as far as they are few; `false` where some are left for the timer. The chat is linked either way.
    async fn move_now(&self, visitor: PersonId) -> bool {
        let Ok(kept) = self.kept() else { return false };
        moving::at_once(&kept.store, visitor).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a visitor's records are moved later");
            false
        })
    }

    /// Whom the code proved; none where nobody has the address that it was sent to.
    async fn proved(&self, link: &Link) -> Result<Option<PersonId>, Fault> {
        if link.to.is_some() {
            return Ok(link.to);
        }
        let Some(address) = &link.proof.address else { return Ok(None) };
        let person = self.kept()?.people.with_mail(address).await?;
        Ok(person.map(|row| row.record).filter(Person::is_here).map(|person| person.id))
    }
}
