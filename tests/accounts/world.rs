//! An organisation with contacts, as its people would make it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use guidepost::app::kept;
use guidepost::domain::account::{
    AccountChange, By, CompanyDetails, Contact, ContactDetails, ContactId, ModelChoice, OrgId, OrgKind,
    Profile, Refusal, Toolbox, ToolboxId,
};
use guidepost::domain::{Identity, MailAddress, PersonId, Username};
use guidepost::services::accounts::table::Logged;
use guidepost::services::accounts::{AccountError, Accounts, Ask, Changed, Founding, SignIn};
use guidepost::services::keeping::{Kept, check};
use guidepost::services::people::People;
use guidepost::store::files::{Files, Home};
use guidepost::store::{Entry, KeyRange, Store};

use crate::jobs::world::desk_key;
pub use crate::jobs::world::start;

/// The accounts of a store.
#[derive(Clone)]
pub struct World {
    pub store: Store,
    pub accounts: Accounts,
    pub people: People,
}

/// An account in it.
#[derive(Clone)]
pub struct Firm {
    pub world: World,
    pub org: OrgId,
}

pub fn mail(name: &str) -> MailAddress {
    MailAddress::parse(&format!("{}@example.org", name.to_lowercase())).unwrap()
}

pub fn details(name: &str) -> ContactDetails {
    ContactDetails { name: name.to_owned(), mail: mail(name), phone: None }
}

pub fn company(name: &str) -> CompanyDetails {
    CompanyDetails { name: name.to_owned(), city: Some("Bern".to_owned()), ..CompanyDetails::default() }
}

pub fn toolbox(id: &str) -> ToolboxId {
    ToolboxId::parse(id).unwrap()
}

pub fn set<T: Ord>(all: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    all.into_iter().collect()
}

/// Why a change was refused by the rules.
pub fn refusal<T: std::fmt::Debug>(result: Result<T, AccountError>) -> Refusal {
    match result {
        Err(AccountError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

impl World {
    pub fn on(store: &Store) -> Self {
        let toolboxes = ["licences: Licences", "downloads: Downloads", "cases: Cases"];
        let toolboxes = toolboxes.map(|text| Toolbox::parse(text).unwrap()).to_vec();
        let accounts = Accounts::new(store.clone(), toolboxes);
        Self { store: store.clone(), accounts, people: People::new(store.clone()) }
    }

    pub async fn person(&self, name: &str) -> PersonId {
        let identity = Identity::Console(name.to_lowercase());
        self.people.meet(&identity, Some(name), start()).await.unwrap().id
    }

    pub fn founding(creator: PersonId, name: &str) -> Founding {
        let profile = Profile { kind: OrgKind::Customer, company: company("Acme"), creator: details(name) };
        Founding { creator, profile, once: "found".to_owned() }
    }

    /// An account whose first contact and administrator is Ann, and on which these are active, too.
    pub async fn firm(&self, others: &[&str]) -> Firm {
        let ann = self.person("Ann").await;
        let founded = self.accounts.found(&Self::founding(ann, "Ann"), || 7, start()).await.unwrap();
        let firm = Firm { world: self.clone(), org: founded.account.organisation.id };
        for name in others {
            firm.active(name).await;
        }
        firm
    }

    /// The same under Secure, with Ann and Bo as administrators.
    pub async fn secure(&self, others: &[&str]) -> Firm {
        let firm = self.firm(&["Bo"]).await;
        for name in others {
            firm.active(name).await;
        }
        let administrators = set([firm.id("Ann").await, firm.id("Bo").await]);
        firm.by("Ann", AccountChange::ChooseModel(ModelChoice::Secure { administrators })).await.unwrap();
        firm
    }

    pub fn kept(&self) -> Kept {
        let files = Files::new(self.store.clone(), Home::Folder("/nonexistent".into()));
        Kept { store: self.store.clone(), files, key: desk_key() }
    }

    /// Records, indexes, counters and the feed fit together.
    pub async fn assert_sound(&self) {
        let checked = check(&self.kept(), &kept::tables(), start(), &mut |_| {}).await.unwrap();
        assert!(checked.is_clean(), "{:?}", checked.findings);
    }

    /// Everything that is in the store, to see that nothing changed.
    pub async fn dump(&self) -> Vec<Entry> {
        self.store.scan(&KeyRange::all(), usize::MAX, guidepost::store::Direction::Forward).await.unwrap()
    }
}

impl Firm {
    /// Puts somebody on the account and has them join, with their first name as their username.
    pub async fn active(&self, name: &str) -> ContactId {
        let change = AccountChange::AddContact(details(name));
        let contact = self.by("Ann", change).await.unwrap().added.unwrap();
        let person = self.world.person(name).await;
        let sign_in = SignIn { username: Some(Username::parse(&format!("{name}.user")).unwrap()) };
        let accounts = &self.world.accounts;
        accounts.join((self.org, contact), person, &sign_in, "join", start()).await.unwrap();
        contact
    }

    /// Who is on the account under a name.
    pub async fn contact(&self, name: &str) -> Contact {
        let account = self.world.accounts.account(self.org).await.unwrap().unwrap().account;
        account.contacts.values().find(|contact| contact.name == name).unwrap().clone()
    }

    pub async fn id(&self, name: &str) -> ContactId {
        self.contact(name).await.id
    }

    pub async fn seen(&self) -> u64 {
        self.world.accounts.account(self.org).await.unwrap().unwrap().seen
    }

    /// A change that somebody wants who sees the account as it is.
    pub async fn by(&self, name: &str, change: AccountChange) -> Result<Changed, AccountError> {
        let (by, seen) = (By::Contact(self.id(name).await), self.seen().await);
        self.wish(by, change, seen, &format!("{seen} {name}"), start()).await
    }

    pub async fn wish(
        &self,
        by: By,
        change: AccountChange,
        seen: u64,
        once: &str,
        now: DateTime<Utc>,
    ) -> Result<Changed, AccountError> {
        let ask = Ask { change, seen, once: once.to_owned() };
        self.world.accounts.change(by, self.org, &ask, now).await
    }

    pub async fn log(&self) -> Vec<Logged> {
        self.world.accounts.log(self.org, 0, 1000).await.unwrap()
    }
}
