//! What is still missing of what is wanted.

use chrono::{DateTime, Utc};

use crate::domain::account::{
    Account, Contact, ContactId, Licence, MOST_CONTACTS, MOST_SECURITY_CONTACTS, OrgId, Organisation,
    Standing,
};
use crate::domain::{MailAddress, PersonId};

use super::{MOST_LICENCES, Unfit, Wanted, WantedContact};

/// What is missing of an organisation.
pub(super) struct Missing<'a> {
    /// It, where there is none of its number.
    pub organisation: Option<Organisation>,
    /// Contacts at whose address nobody is, or was.
    pub contacts: Vec<&'a WantedContact>,
    /// Licences that are new or different; of one that is there, the contact for the renewal stays.
    pub licences: Vec<Licence>,
}

impl<'a> Missing<'a> {
    pub fn of(wanted: &'a Wanted, account: Option<&Account>, now: DateTime<Utc>) -> Self {
        let is_known = |one: &&WantedContact| {
            account.is_some_and(|account| {
                account.contacts.values().any(|contact| is_same(&contact.mail, &one.details.mail))
            })
        };
        Self {
            organisation: account.is_none().then(|| organisation(wanted, now)),
            contacts: wanted.contacts.iter().filter(|one| !is_known(one)).collect(),
            licences: licences(wanted, account),
        }
    }
}

/// Whether the account is still one that can be, once all of it is there.
pub(super) fn unfit(wanted: &Wanted, account: Option<&Account>, missing: &Missing<'_>) -> Vec<Unfit> {
    let org = wanted.id;
    let mut all = Vec::new();
    if let Some(account) = account
        && account.organisation.company.name != wanted.company.name
    {
        let name = account.organisation.company.name.clone();
        all.push(Unfit::OtherOrganisation { org, name });
    }
    let present =
        account.map_or(0, |account| account.contacts.values().filter(|one| one.is_present()).count());
    let secure = account.map_or(0, |account| account.security_contacts().count());
    let count = secure + missing.contacts.iter().filter(|one| one.security).count();
    if count > MOST_SECURITY_CONTACTS {
        all.push(Unfit::SecurityContacts { org, count, most: MOST_SECURITY_CONTACTS });
    }
    let count = present + missing.contacts.len();
    if count > MOST_CONTACTS {
        all.push(Unfit::Contacts { org, count, most: MOST_CONTACTS });
    }
    let held = |licence: &&Licence| account.is_some_and(|account| account.licences.contains_key(&licence.id));
    let new = missing.licences.iter().filter(|licence| !held(licence)).count();
    let count = new + account.map_or(0, |account| account.licences.len());
    if count > MOST_LICENCES {
        all.push(Unfit::Licences { org, count, most: MOST_LICENCES });
    }
    all
}

fn organisation(wanted: &Wanted, created: DateTime<Utc>) -> Organisation {
    let Wanted { id, kind, company, model, sign_in_url, .. } = wanted.clone();
    Organisation { id, kind, company, model, sign_in_url, created }
}

/// A contact who has no number yet; active where the operator vouches for the person.
pub(super) fn contact(
    org: OrgId,
    wanted: &WantedContact,
    person: Option<PersonId>,
    now: DateTime<Utc>,
) -> Contact {
    let WantedContact { details, administrator, security, toolboxes, .. } = wanted.clone();
    Contact {
        id: ContactId::NEW,
        org,
        name: details.name,
        mail: details.mail,
        phone: details.phone,
        person,
        standing: match person {
            Some(_) => Standing::Active { since: now },
            None => Standing::Invited { at: now },
        },
        administrator,
        toolboxes,
        security,
    }
}

fn licences(wanted: &Wanted, account: Option<&Account>) -> Vec<Licence> {
    let contact_at =
        |mail: &MailAddress| account.and_then(|account| account.contact_at(mail)).map(|one| one.id);
    let as_wanted = wanted.licences.iter().map(|licence| {
        let old = account.and_then(|account| account.licences.get(&licence.id));
        let wished = licence.renewal.as_ref().and_then(contact_at);
        let renewal = old.map_or(wished, |old| old.renewal);
        let (id, product, name) = (licence.id.clone(), licence.product.clone(), licence.name.clone());
        (old, Licence { id, org: wanted.id, product, name, renewal, renews: licence.renews })
    });
    as_wanted.filter(|(old, new)| *old != Some(new)).map(|(_, new)| new).collect()
}

fn is_same(one: &MailAddress, other: &MailAddress) -> bool {
    one.as_str().eq_ignore_ascii_case(other.as_str())
}
