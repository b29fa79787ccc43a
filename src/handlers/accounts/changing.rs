//! Changing an account: begins the flow, looks before each step whether it can go on, and makes the change.

use crate::chat::Reply;
use crate::chat::flow::account::{AccountDraft, Asks, Sought};
use crate::chat::flow::{Draft, Flow, Outcome, Way};
use crate::domain::account::{Account, AuditEntry, By, Decision, OrgId, Procedure, Refusal};
use crate::handlers::{Desk, Fault, Turn};
use crate::replies::accounts;
use crate::replies::accounts::words::Names;
use crate::services::accounts::{AccountError, Ask, Founding, Known};

impl Desk {
    pub(super) async fn begin_change(
        &self,
        known: &Known,
        procedure: Procedure,
        who: Option<&str>,
        way: Option<Way>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let mut draft = AccountDraft::new(procedure, Some(known.account.organisation.id));
        let Some(person) = &turn.who else { return Err(Fault::KeepsNothing) };
        draft.sight = self.sight(&draft, person).await?;
        let sought = who.map(|typed| (typed, draft.begins_about(typed)));
        let mut told = Reply::default();
        match sought {
            Some((typed, Sought::Nothing)) => told = accounts::not_on_the_list(self.locale, typed),
            Some((_, Sought::One(_))) => draft.begins_as(way),
            Some((_, Sought::Several)) | None => {}
        }
        let reply = self.begin_flow(Draft::Account(Box::new(draft)), turn).await?;
        Ok(if told.is_silent() { reply } else { told.and(reply) })
    }

    /// Whoever creates an account needs an address that is proved to be theirs: it becomes their contact's.
    pub(super) async fn create_account(&self, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        if turn.who.as_ref().is_none_or(|person| person.mail.is_none()) {
            return Ok(accounts::no_address(self.locale));
        }
        let draft = AccountDraft::new(Procedure::CreateAccount, None);
        self.begin_flow(Draft::Account(Box::new(draft)), turn).await
    }

    /// Looks whether it can go on: at the account as it is now, and before somebody confirms, whether it would be done. The reply ends the
    /// turn, where there is one.
    pub(in crate::handlers) async fn account_on(
        &self,
        flow: &mut Flow,
        mut draft: Box<AccountDraft>,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let Some(person) = &turn.who else { return Err(Fault::KeepsNothing) };
        draft.sight = self.sight(&draft, person).await?;
        let is_new = draft.procedure == Procedure::CreateAccount;
        let ends = match (is_new, draft.sight.account.is_some(), draft.sight.creator.is_some()) {
            (true, _, false) => Some(accounts::no_address(self.locale)),
            (false, false, _) => Some(accounts::gone_from_account(self.locale)),
            (true, _, true) | (false, true, _) => None,
        };
        if draft.seen == 0 {
            draft.seen = draft.sight.seen;
        }
        let asks = draft.asks();
        let has_nothing = match asks {
            Asks::Contact | Asks::Contacts | Asks::Toolboxes | Asks::Licences => draft.items().is_empty(),
            Asks::Request | Asks::Kind | Asks::Right | Asks::Model | Asks::Form(_) | Asks::Confirm(_) => {
                false
            }
        };
        let ends = ends.or_else(|| has_nothing.then(|| accounts::nothing_to_choose(self.locale, &draft)));
        let is_confirmed = draft.confirmed;
        flow.draft = Draft::Account(draft.clone());
        if let Some(reply) = ends {
            turn.cancel(flow.clone());
            return Ok(Some(reply));
        }
        match draft.decision(turn.now) {
            Some(Err(refusal)) if !is_confirmed && matches!(asks, Asks::Confirm(_)) => {
                self.refused_change(flow, draft, &refusal, turn).await.map(Some)
            }
            Some(Ok(_) | Err(_)) | None => Ok(None),
        }
    }

    /// Says why it can't be, and asks again for what can mend it; where nothing can, it is over.
    async fn refused_change(
        &self,
        flow: &mut Flow,
        mut draft: Box<AccountDraft>,
        refusal: &Refusal,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let account = draft.sight.account.clone();
        let names = account.as_deref().map(|account| Names::of(account, &draft.sight.toolboxes));
        let told = accounts::not_possible(self.locale, refusal, names.as_ref(), draft.org);
        let can_go_on = draft.mend(refusal);
        flow.draft = Draft::Account(draft);
        if !can_go_on {
            turn.cancel(flow.clone());
            return Ok(told);
        }
        turn.talk.conversation.flow = Some(flow.id);
        turn.talk.put_flow(flow.clone());
        turn.is_prompted = true;
        Ok(told.and(self.prompt(flow, turn).await?))
    }

    /// Makes the change, or sends it to those who may.
    pub(in crate::handlers) async fn finish_account(
        &self,
        mut flow: Flow,
        draft: Box<AccountDraft>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let once = format!("flow-{}", flow.id);
        let Some(org) = draft.org else { return self.found(flow, draft, once, turn).await };
        let (Some(change), Some(me)) = (draft.change(), draft.sight.me) else {
            return self.ask_again(flow, draft, turn).await;
        };
        let (service, seen) = (&self.kept()?.accounts, draft.seen);
        let ask = Ask { change, seen, once };
        let decision = draft.decision(turn.now).and_then(Result::ok);
        let outcome = if draft.as_request {
            let sent = service.ask(turn.actor()?.person(), org, &ask, turn.now).await;
            sent.map(|sent| {
                let outcome = Outcome::Request(org, sent.request.id);
                (outcome, accounts::sent(self.locale, &sent.request, sent.administrators))
            })
        } else {
            let changed = service.change(By::Contact(me), org, &ask, turn.now).await;
            changed.map(|changed| {
                let reply = self.changed(&draft, &changed.account, decision.as_ref());
                (Outcome::Account(org), reply)
            })
        };
        match outcome {
            Ok((outcome, reply)) => {
                turn.done(flow, outcome);
                Ok(reply)
            }
            Err(AccountError::Refused(refusal)) => {
                self.refused_change(&mut flow, draft, &refusal, turn).await
            }
            Err(AccountError::Overtaken { meanwhile }) => {
                let entries: Vec<&AuditEntry> = meanwhile.iter().map(|logged| &logged.entry).collect();
                self.overtaken(flow, draft, &entries, turn).await
            }
            Err(AccountError::Allowed(_)) => {
                let mut draft = draft;
                draft.as_request = false;
                let reply = self.ask_again(flow, draft, turn).await?;
                Ok(accounts::you_may(self.locale).and(reply))
            }
            Err(AccountError::TooManyRequests { most, own }) => {
                let mut draft = draft;
                draft.confirmed = false;
                flow.draft = Draft::Account(draft);
                turn.leave(flow.clone());
                Ok(accounts::too_many_requests(self.locale, &flow, most, own))
            }
            Err(
                AccountError::Unknown(_)
                | AccountError::UnknownRequest
                | AccountError::Decided(_)
                | AccountError::Reason(_),
            ) => {
                turn.cancel(flow);
                Ok(accounts::not_yours(self.locale))
            }
            Err(AccountError::Store(error)) => Err(error.into()),
        }
    }

    fn changed(&self, draft: &AccountDraft, account: &Account, decision: Option<&Decision>) -> Reply {
        let added = decision.and_then(|decision| decision.added.as_ref());
        let names = Names { account, added, toolboxes: &draft.sight.toolboxes };
        accounts::done(self.locale, draft, &names, decision.map(|decision| &decision.concerned))
    }

    async fn found(
        &self,
        mut flow: Flow,
        draft: Box<AccountDraft>,
        once: String,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let Some(profile) = draft.profile() else { return self.ask_again(flow, draft, turn).await };
        let founding = Founding { creator: turn.actor()?.person(), profile, once };
        match self.kept()?.accounts.found(&founding, || self.random(), turn.now).await {
            Ok(changed) => {
                let org: OrgId = changed.account.organisation.id;
                turn.talk.conversation.memory.org = Some(org);
                turn.done(flow, Outcome::Account(org));
                Ok(accounts::founded(self.locale, &draft, &changed.account))
            }
            Err(AccountError::Refused(refusal)) => {
                self.refused_change(&mut flow, draft, &refusal, turn).await
            }
            Err(AccountError::Store(error)) => Err(error.into()),
            Err(
                AccountError::Overtaken { .. }
                | AccountError::Allowed(_)
                | AccountError::TooManyRequests { .. }
                | AccountError::Unknown(_)
                | AccountError::UnknownRequest
                | AccountError::Decided(_)
                | AccountError::Reason(_),
            ) => self.ask_again(flow, draft, turn).await,
        }
    }

    /// Others changed the same meanwhile: it is told, and what was said is shown against what holds now.
    async fn overtaken(
        &self,
        flow: Flow,
        mut draft: Box<AccountDraft>,
        entries: &[&AuditEntry],
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let Some(person) = &turn.who else { return Err(Fault::KeepsNothing) };
        let sight = self.sight(&draft, person).await?;
        let told = match sight.account.as_deref() {
            Some(account) => accounts::overtaken(self.locale, &Names::of(account, &sight.toolboxes), entries),
            None => Reply::default(),
        };
        draft.rebase(sight);
        let reply = self.ask_again(flow, draft, turn).await?;
        Ok(told.and(reply))
    }

    /// Goes on from what holds now.
    async fn ask_again(
        &self,
        mut flow: Flow,
        mut draft: Box<AccountDraft>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        draft.confirmed = false;
        flow.draft = Draft::Account(draft);
        self.go_on(flow, turn).await
    }
}
