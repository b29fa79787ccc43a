//! What a flow sees of the account that it changes, looked at anew in each turn.

use std::sync::Arc;

use crate::chat::flow::account::{AccountDraft, Creator, Sight};
use crate::chat::flow::{Draft, Flow};
use crate::domain::Person;
use crate::handlers::{Desk, Fault};

impl Desk {
    /// The flow with what there is to see now, where it is about an account.
    pub(in crate::handlers) async fn with_sight(
        &self,
        mut flow: Flow,
        person: &Person,
    ) -> Result<Flow, Fault> {
        if let Draft::Account(draft) = &mut flow.draft {
            draft.sight = self.sight(draft, person).await?;
        }
        Ok(flow)
    }

    /// What somebody who changes an account sees of it. Whoever is no active contact of it sees nothing.
    pub(super) async fn sight(&self, draft: &AccountDraft, person: &Person) -> Result<Sight, Fault> {
        let service = &self.kept()?.accounts;
        let creator = person.mail.clone().map(|mail| Creator { name: person.name.clone(), mail });
        let nothing = Sight { creator, ..Sight::default() };
        let Some(org) = draft.org else { return Ok(nothing) };
        let Some(known) = service.account(org).await? else { return Ok(nothing) };
        let me = known.account.contact_of(person.id).filter(|contact| contact.is_active());
        let Some(me) = me.map(|contact| contact.id) else { return Ok(nothing) };
        Ok(Sight {
            account: Some(Arc::new(known.account)),
            seen: known.seen,
            toolboxes: service.toolboxes().to_vec(),
            me: Some(me),
            ..nothing
        })
    }
}
