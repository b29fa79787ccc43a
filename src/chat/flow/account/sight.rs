//! What somebody who changes an account sees of it at present.

use std::sync::Arc;

use crate::domain::MailAddress;
use crate::domain::account::{Account, Contact, ContactId, Toolbox};

/// What a turn sees of an account; empty before it looked.
#[derive(Debug, Clone, Default)]
pub struct Sight {
    /// The account.
    pub account: Option<Arc<Account>>,
    /// The last entry of its log.
    pub seen: u64,
    /// The toolboxes that the settings list.
    pub toolboxes: Vec<Toolbox>,
    /// As whom the person is on the account.
    pub me: Option<ContactId>,
    /// Who creates an organisation.
    pub creator: Option<Creator>,
}

/// Who creates an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creator {
    /// What they are called, where that is known.
    pub name: Option<String>,
    /// Their address, which they proved to be theirs.
    pub mail: MailAddress,
}

/// What an account holds is no part of what was said.
impl PartialEq for Sight {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Sight {}

impl Sight {
    /// A contact of the account, also one who was removed.
    #[must_use]
    pub fn contact(&self, id: ContactId) -> Option<&Contact> {
        self.account.as_ref()?.contacts.get(&id)
    }
}
