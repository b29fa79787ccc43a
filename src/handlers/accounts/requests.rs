//! What contacts ask the administrators of an account for: seen, approved, refused.

use crate::chat::Reply;
use crate::chat::flow::{Draft, Flow, Outcome, RefuseRequest};
use crate::domain::account::{AuditEntry, By, ContactId, Request, RequestId};
use crate::handlers::{Desk, Fault, Turn};
use crate::replies::accounts::words::Names;
use crate::replies::accounts::{self, Waiting};
use crate::services::accounts::{AccountError, Known};

impl Desk {
    /// Administrators see all that wait, the others their own.
    pub(super) async fn list_requests(
        &self,
        known: &Known,
        me: ContactId,
        skip: usize,
    ) -> Result<Reply, Fault> {
        let service = &self.kept()?.accounts;
        let account = &known.account;
        let is_administrator = account.administrators().any(|contact| contact.id == me);
        let mut all = service.requests(account.organisation.id).await?;
        all.retain(|request| is_administrator || request.by == me);
        let names = Names::of(account, service.toolboxes());
        let waiting: Vec<Waiting<'_>> = all.iter().map(|one| self.waiting(one, &names)).collect();
        Ok(accounts::requests(self.locale, &names, &waiting, skip, is_administrator))
    }

    /// What a request comes to if it is approved now.
    fn waiting<'a>(&self, request: &'a Request, names: &Names<'_>) -> Waiting<'a> {
        let decided = request
            .wish
            .as_ref()
            .map(|wish| names.account.decide(wish, By::Operator, names.toolboxes, request.at));
        match decided {
            Some(Ok(decision)) => {
                Waiting { request, comes_to: Ok(decision.entry.differences), added: decision.added }
            }
            Some(Err(refusal)) => {
                let why = accounts::refused(self.locale, &refusal, Some(names));
                Waiting { request, comes_to: Err(why), added: None }
            }
            None => Waiting { request, comes_to: Ok(Vec::new()), added: None },
        }
    }

    pub(super) async fn approve_request(
        &self,
        known: &Known,
        me: ContactId,
        id: RequestId,
        turn: &Turn<'_>,
    ) -> Result<Reply, Fault> {
        let service = &self.kept()?.accounts;
        let (account, org) = (&known.account, known.account.organisation.id);
        let request = service.requests(org).await?.into_iter().find(|request| request.id == id);
        let wish = request.as_ref().and_then(|request| request.wish.as_ref());
        let decision =
            wish.and_then(|wish| account.decide(wish, By::Contact(me), service.toolboxes(), turn.now).ok());
        match service.approve(me, org, id, turn.now).await {
            Ok(changed) => {
                let added = decision.as_ref().and_then(|decision| decision.added.as_ref());
                let names = Names { account: &changed.account, added, toolboxes: service.toolboxes() };
                let Some(request) = request else { return Ok(accounts::not_yours(self.locale)) };
                let told = decision.as_ref().map(|decision| (&decision.entry, &decision.concerned));
                Ok(accounts::approved(self.locale, &names, &request, told))
            }
            Err(error) => self.not_decided(known, me, request.as_ref(), error),
        }
    }

    /// Asks why, where the request waits still and they may refuse it.
    pub(super) async fn refuse_request(
        &self,
        known: &Known,
        me: ContactId,
        id: RequestId,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let service = &self.kept()?.accounts;
        let org = known.account.organisation.id;
        match service.request(me, org, id).await {
            Ok(_) => self.begin_flow(Draft::RefuseRequest(RefuseRequest::new(org, id)), turn).await,
            Err(error) => self.not_decided(known, me, None, error),
        }
    }

    pub(in crate::handlers) async fn finish_refusing(
        &self,
        flow: Flow,
        draft: &RefuseRequest,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let service = &self.kept()?.accounts;
        let own = self.accounts_of(turn.actor()?.person()).await?;
        let known = own.into_iter().find(|(known, _)| known.account.organisation.id == draft.org);
        let Some((known, me)) = known else {
            turn.cancel(flow);
            return Ok(accounts::gone_from_account(self.locale));
        };
        let reason = draft.reason.as_deref();
        match service.refuse(me, draft.org, draft.request, reason, turn.now).await {
            Ok(request) => {
                turn.done(flow, Outcome::Request(draft.org, draft.request));
                let names = Names::of(&known.account, service.toolboxes());
                Ok(accounts::refused_request(self.locale, &names, &request))
            }
            Err(error) => {
                turn.cancel(flow);
                self.not_decided(&known, me, None, error)
            }
        }
    }

    /// Why nothing was decided about a request.
    fn not_decided(
        &self,
        known: &Known,
        me: ContactId,
        request: Option<&Request>,
        error: AccountError,
    ) -> Result<Reply, Fault> {
        let names = Names::of(&known.account, self.kept()?.accounts.toolboxes());
        Ok(match error {
            AccountError::Refused(refusal) => accounts::not_decided(self.locale, &names, request, &refusal),
            AccountError::Decided(request) => accounts::decided(self.locale, &names, &request, me),
            AccountError::Overtaken { meanwhile } => {
                let entries: Vec<&AuditEntry> = meanwhile.iter().map(|logged| &logged.entry).collect();
                accounts::request_overtaken(self.locale, &names, request, &entries)
            }
            AccountError::Store(error) => return Err(error.into()),
            AccountError::Unknown(_)
            | AccountError::UnknownRequest
            | AccountError::Allowed(_)
            | AccountError::TooManyRequests { .. }
            | AccountError::Reason(_) => accounts::not_yours(self.locale),
        })
    }
}
