//! The largest changes there can be fit into one batch of the store.

use guidepost::domain::account::{AccountChange, By, LicenceId, ModelChoice, Toolbox};
use guidepost::services::accounts::bring::{self, MOST_LICENCES, Wanted};
use guidepost::services::accounts::{Accounts, Ask};

use super::world::{World, mail, set, start};
use crate::store::on_each_engine;

/// As many toolboxes as the settings take, each with the longest id.
fn toolboxes() -> Vec<Toolbox> {
    (0..20).map(|n| Toolbox::parse(&format!("{}{n:02}: Box", "x".repeat(38))).unwrap()).collect()
}

/// An account under Open with all contacts and licences that there can be, every contact with every toolbox, and one of them with all
/// renewals.
fn largest() -> Wanted {
    let mut largest = bring::demo(&[]).unwrap();
    largest.model = guidepost::domain::account::AccessModel::Open;
    let (one, licence) = (largest.contacts[0].clone(), largest.licences[0].clone());
    largest.contacts = (0..250)
        .map(|n| {
            let mut contact = one.clone();
            contact.details.mail = mail(&format!("c{n}"));
            contact.security = n < 3;
            contact.toolboxes = toolboxes().into_iter().map(|toolbox| toolbox.id).collect();
            contact
        })
        .collect();
    largest.licences = (0..MOST_LICENCES)
        .map(|n| {
            let id = LicenceId::parse(&format!("{}-{n}", "L".repeat(60))).unwrap();
            bring::WantedLicence { id, renewal: Some(mail("c9")), ..licence.clone() }
        })
        .collect();
    largest
}

#[test]
fn the_largest_changes_are_one_batch() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let accounts = Accounts::new(world.store.clone(), toolboxes());
        let largest = largest();
        accounts.bring(std::slice::from_ref(&largest), false, start()).await.unwrap();
        let account = accounts.account(largest.id).await.unwrap().unwrap().account;
        let id = |name: &str| account.contact_at(&mail(name)).unwrap().id;
        assert_eq!((account.active().count(), account.licences.len()), (250, MOST_LICENCES));
        let ids: Vec<LicenceId> = account.licences.keys().cloned().collect();
        for (n, change) in [
            AccountChange::ChooseModel(ModelChoice::Secure { administrators: set([id("c0"), id("c1")]) }),
            AccountChange::RemoveContact(id("c9")),
            AccountChange::AssignRenewals { licences: set(ids), contact: id("c8") },
            AccountChange::ChooseModel(ModelChoice::Open),
        ]
        .into_iter()
        .enumerate()
        {
            let ask = Ask { change, seen: u64::MAX, once: n.to_string() };
            let changed = accounts.change(By::Contact(id("c0")), largest.id, &ask, start()).await;
            assert!(changed.is_ok(), "{n}: {changed:?}");
        }
        let account = accounts.account(largest.id).await.unwrap().unwrap().account;
        assert!(account.contacts.values().all(|contact| contact.toolboxes.is_empty()));
        assert!(account.licences.values().all(|licence| licence.renewal == Some(id("c8"))));
        let longest = accounts.log(largest.id, 0, 1000).await.unwrap();
        assert!(longest.iter().any(|logged| logged.entry.differences.len() > 250));
        world.assert_sound().await;
    });
}
