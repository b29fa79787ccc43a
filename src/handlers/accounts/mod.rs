//! Accounts: what there is to see of them, and the procedures that change them.

mod changing;
mod requests;
mod sight;

use crate::chat::choice::AccountVerb;
use crate::chat::wish::{AccountAsk, AccountWish};
use crate::chat::{Intent, Name, Question, Reply};
use crate::domain::account::{ContactId, OrgId, OrgKind, Procedure};
use crate::domain::{About, PersonId};
use crate::replies::accounts::words::Names;
use crate::replies::accounts::{self, Entry};
use crate::replies::articles;
use crate::replies::guides::Ways;
use crate::services::accounts::Known;

use super::{Desk, Fault, Turn};

/// How many entries of the log are shown at once.
const ENTRIES: usize = 6;

/// The account that somebody means.
enum Meant {
    /// This one, and as whom they are on it.
    This(Box<Known>, ContactId),
    /// None can be meant, or it has to be asked which: this is said.
    Nothing(Box<Reply>),
}

impl Desk {
    pub(super) async fn account_wish(&self, wish: AccountWish, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let AccountWish { org, what, said: _ } = wish;
        // Whoever creates an account need not be on one.
        if let AccountAsk::Begin { procedure: Procedure::CreateAccount, .. } = what {
            return self.create_account(turn).await;
        }
        let (known, me) = match self.meant_account(org, &what, turn).await? {
            Meant::This(known, me) => (known, me),
            Meant::Nothing(reply) => return Ok(*reply),
        };
        let account = &known.account;
        let org = account.organisation.id;
        let toolboxes = self.kept()?.accounts.toolboxes();
        match what {
            AccountAsk::Show => {
                let waiting = self.kept()?.accounts.requests(org).await?.len();
                Ok(accounts::account(self.locale, account, me, waiting))
            }
            AccountAsk::Contacts { words, skip } => {
                let waiting = self.kept()?.accounts.requests(org).await?.len();
                let words = words.as_deref();
                Ok(accounts::contacts(self.locale, account, toolboxes, me, words, (skip, waiting)))
            }
            AccountAsk::Log { before } => self.account_log(&known, before).await,
            AccountAsk::Requests { skip } => self.list_requests(&known, me, skip).await,
            AccountAsk::Approve(request) => self.approve_request(&known, me, request, turn).await,
            AccountAsk::Refuse(request) => self.refuse_request(&known, me, request, turn).await,
            AccountAsk::Begin { procedure, who, way } => {
                self.begin_change(&known, procedure, who.as_deref(), way, turn).await
            }
        }
    }

    /// The accounts on which somebody is an active contact, each with as whom.
    pub(super) async fn accounts_of(&self, person: PersonId) -> Result<Vec<(Known, ContactId)>, Fault> {
        let all = self.kept()?.accounts.account_of(person).await?.into_iter();
        let own = |known: Known| {
            let me = known.account.contact_of(person).filter(|contact| contact.is_active())?.id;
            Some((known, me))
        };
        Ok(all.filter_map(own).collect())
    }

    /// The account that a button names, else the one that they spoke of, else the only one.
    async fn meant_account(
        &self,
        org: Option<OrgId>,
        what: &AccountAsk,
        turn: &mut Turn<'_>,
    ) -> Result<Meant, Fault> {
        let mut own = self.accounts_of(turn.actor()?.person()).await?;
        let memory = &mut turn.talk.conversation.memory;
        let named = org.or(memory.org.filter(|org| {
            // Whoever left an account is asked again.
            own.iter().any(|(known, _)| known.account.organisation.id == *org)
        }));
        let at = match (named, own.as_slice()) {
            (Some(org), _) => own.iter().position(|(known, _)| known.account.organisation.id == org),
            (None, [_]) => Some(0),
            (None, []) => {
                let stranger = accounts::stranger(self.locale);
                return Ok(Meant::Nothing(Box::new(match what {
                    AccountAsk::Begin { procedure, .. } => self.with_article(stranger, *procedure).await?,
                    AccountAsk::Show
                    | AccountAsk::Contacts { .. }
                    | AccountAsk::Log { .. }
                    | AccountAsk::Requests { .. }
                    | AccountAsk::Approve(_)
                    | AccountAsk::Refuse(_) => stranger,
                })));
            }
            (None, [_, ..]) => {
                let organisations: Vec<_> =
                    own.iter().map(|(known, _)| &known.account.organisation).collect();
                let reply = accounts::which_account(self.locale, &organisations, verb_of(what));
                return Ok(Meant::Nothing(Box::new(reply)));
            }
        };
        let Some(at) = at else { return Ok(Meant::Nothing(Box::new(accounts::not_yours(self.locale)))) };
        let (known, me) = own.swap_remove(at);
        memory.org = Some(known.account.organisation.id);
        Ok(Meant::This(Box::new(known), me))
    }

    /// What somebody typed who is on no account is a question, where it may be one: the articles say how it is done.
    pub(super) async fn perhaps_asked(&self, intent: Intent, turn: &Turn<'_>) -> Result<Intent, Fault> {
        if let Intent::Account(AccountWish { said: Some(text), .. }) = &intent
            && self.accounts_of(turn.actor()?.person()).await?.is_empty()
        {
            return Ok(Intent::Question(Question { text: text.clone(), product: None, cut: false }));
        }
        Ok(intent)
    }

    /// Whoever can't do it here is shown how it is done elsewhere.
    async fn with_article(&self, told: Reply, procedure: Procedure) -> Result<Reply, Fault> {
        let Some(id) = procedure.article(&OrgKind::Customer) else { return Ok(told) };
        let Some(article) = self.find_article(&Name::Typed(id.to_owned())).await? else { return Ok(told) };
        let ways = Ways { walkable: self.walkable(&article, None), here: None };
        Ok(told.and(articles::article(self.locale, &article, &[], ways)))
    }

    async fn account_log(&self, known: &Known, before: Option<u64>) -> Result<Reply, Fault> {
        let service = &self.kept()?.accounts;
        let org = known.account.organisation.id;
        // One more than is shown tells whether there is more.
        let entries = service.log_before(org, before, ENTRIES + 1).await?;
        let has_more = entries.len() > ENTRIES;
        let shown: Vec<Entry<'_>> = entries
            .iter()
            .take(ENTRIES)
            .map(|logged| Entry { number: logged.number, entry: &logged.entry })
            .collect();
        let names = Names::of(&known.account, service.toolboxes());
        Ok(accounts::log(self.locale, &names, &shown, has_more))
    }

    /// What an article describes, where that can be done here: without any account only creating one can.
    pub(super) async fn done_here(&self, about: &About) -> Result<Option<Procedure>, Fault> {
        let Some(procedure) = Procedure::described_in(about) else { return Ok(None) };
        let Ok(kept) = self.kept() else { return Ok(None) };
        let is_possible = procedure == Procedure::CreateAccount || kept.accounts.has_any().await?;
        Ok(is_possible.then_some(procedure))
    }
}

/// The button that says the same of one account.
fn verb_of(what: &AccountAsk) -> AccountVerb {
    match what {
        AccountAsk::Show => AccountVerb::Show,
        AccountAsk::Contacts { skip, .. } => AccountVerb::Contacts(*skip),
        AccountAsk::Log { before } => AccountVerb::Log(*before),
        AccountAsk::Requests { skip } => AccountVerb::Requests(*skip),
        AccountAsk::Approve(request) => AccountVerb::Approve(*request),
        AccountAsk::Refuse(request) => AccountVerb::Refuse(*request),
        AccountAsk::Begin { procedure, .. } => AccountVerb::Begin(*procedure),
    }
}
