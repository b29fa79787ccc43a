//! What the operator brings in: once, beside what people have changed, and with all that is wrong at once.

use guidepost::domain::account::{AccessModel, AccountChange, By, ChangeKind, OrgId, StandingKind, Toolbox};
use guidepost::services::accounts::Ask;
use guidepost::services::accounts::bring::{self, BringError, Format, Unfit, Wanted};

use super::world::{World, mail, start};
use crate::jobs::world::{jobs, mailing, outbox, work_off};
use crate::store::on_each_engine;

fn toolboxes() -> Vec<Toolbox> {
    ["cases: Support cases", "downloads: Downloads"].map(|text| Toolbox::parse(text).unwrap()).to_vec()
}

fn demo() -> Wanted {
    bring::demo(&toolboxes()).unwrap()
}

#[test]
fn all_that_is_wrong_with_a_file_is_told_at_once() {
    let file = r#"
surprise = 1
[[organisations]]
id = "123"
company = "Acme"
street = "1 Road"
country = "CH"
partner-id = "x"
model = "closed"
sign-in-url = "http://example.org"
[[organisations.contacts]]
name = "Ann"
mail = "ann"
active = "yes"
toolboxes = ["safe"]
[[organisations.contacts]]
name = "Bo"
mail = "bo@example.org"
[[organisations.contacts]]
name = "Bo"
mail = "BO@example.org"
[[organisations.licences]]
id = "L 1"
product = "citrix-cloud"
renewal = "cy@example.org"
renews = "soon"
"#;
    let faults = bring::read(file, Format::Toml, &toolboxes()).unwrap_err();
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(told.join("\n"));
    for (text, format) in
        [("x = ", Format::Toml), ("{", Format::Json), ("{}", Format::Json), ("[]", Format::Json)]
    {
        let faults = bring::read(text, format, &[]).unwrap_err();
        assert_eq!((faults.len(), faults[0].path.as_str()), (1, "the file"), "{text}: {faults:?}");
    }
    let json = serde_json::json!({"organisations": [{"id": 12_345_678, "company": "Acme", "street": "1", "city": "Bern",
        "country": "CH", "postcode": 3000, "contacts": [{"name": "Ann", "mail": "ann@example.org", "administrator": true}]}]});
    let read = bring::read(&json.to_string(), Format::Json, &[]).unwrap();
    assert_eq!(
        (read[0].id.to_string().as_str(), read[0].company.postcode.as_deref()),
        ("12345678", Some("3000"))
    );
}

#[test]
fn brought_in_again_nothing_changes_and_what_people_did_stays() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let (demo, accounts) = (demo(), &world.accounts);
        let empty = world.dump().await;
        let trial = accounts.bring(std::slice::from_ref(&demo), true, start()).await.unwrap();
        assert!(trial[0].created && trial[0].contacts.len() == 5 && world.dump().await == empty);
        let brought = accounts.bring(std::slice::from_ref(&demo), false, start()).await.unwrap();
        assert_eq!(brought, trial);
        let account = accounts.account(demo.id).await.unwrap().unwrap().account;
        assert_eq!((account.active().count(), account.administrators().count()), (4, 2));
        assert_eq!((account.organisation.model, account.licences.len()), (AccessModel::Secure, 3));
        let id = |name: &str| account.contact_at(&mail(name)).unwrap().id;
        let renewal = account.licences.values().next().unwrap().renewal;
        assert_eq!(renewal, Some(id("ada")));
        let ada = world.people.with_mail(&mail("ada")).await.unwrap().unwrap().record.id;
        assert_eq!(account.contact_of(ada).map(|contact| contact.id), Some(id("ada")));
        let log = accounts.log(demo.id, 0, 100).await.unwrap();
        assert_eq!(log[0].entry.kind, ChangeKind::Found);
        assert!(log.len() == 6 && log.iter().all(|logged| logged.entry.by == By::Operator));

        let before = world.dump().await;
        for _ in 0..2 {
            let again = accounts.bring(std::slice::from_ref(&demo), false, start()).await.unwrap();
            assert!(again[0].is_unchanged());
            assert!(accounts.bring_demo(&demo, start()).await.unwrap()[0].is_unchanged());
        }
        assert_eq!(world.dump().await, before);
        let folder = tempfile::tempdir().unwrap();
        work_off(&jobs(&world.store, mailing(&world.store, folder.path())), start()).await;
        let mails = outbox(folder.path());
        assert_eq!(mails.len(), 1, "only who is invited is written to");
        assert!(mails.values().all(|mail| mail.contains("To: eve@example.org")));

        for (n, change) in [
            AccountChange::GrantAdministrator(id("cleo")),
            AccountChange::WithdrawAdministrator(id("ben")),
            AccountChange::RemoveContact(id("dan")),
        ]
        .into_iter()
        .enumerate()
        {
            let ask = Ask { change, seen: 999, once: n.to_string() };
            accounts.change(By::Contact(id("ada")), demo.id, &ask, start()).await.unwrap();
        }
        let mut more = demo.clone();
        more.licences[0].name = "More instances".to_owned();
        more.contacts[4].details.mail = mail("flo");
        let brought = accounts.bring(&[more], false, start()).await.unwrap();
        assert_eq!(
            (brought[0].contacts.as_slice(), brought[0].licences.len()),
            ([mail("flo")].as_slice(), 1)
        );
        let account = accounts.account(demo.id).await.unwrap().unwrap().account;
        assert!(!account.contacts[&id("ben")].administrator && account.contacts[&id("cleo")].administrator);
        assert_eq!(account.contacts[&id("dan")].standing.kind(), StandingKind::Removed);
        world.assert_sound().await;
    });
}

#[test]
fn nothing_is_brought_in_where_something_does_not_fit() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let (demo, accounts) = (demo(), &world.accounts);
        accounts.bring(std::slice::from_ref(&demo), false, start()).await.unwrap();
        let before = world.dump().await;
        let mut same = demo.clone();
        same.company.name = "Another Corp".to_owned();
        let mut other = Wanted { id: OrgId::draw(5), ..demo.clone() };
        other.licences.truncate(1);
        let fine = Wanted { id: OrgId::draw(6), licences: Vec::new(), ..demo.clone() };
        let failed = accounts.bring(&[fine, same, other], false, start()).await;
        let Err(BringError::Unfit(unfit)) = failed else { panic!("{failed:?}") };
        assert!(matches!(
            unfit.0.as_slice(),
            [Unfit::OtherOrganisation { .. }, Unfit::LicenceTaken { by, .. }] if *by == demo.id
        ));
        assert_eq!(world.dump().await, before);
        // The demonstration is there, whatever it is called by now.
        let mut renamed = demo.clone();
        renamed.company.name = "Demo".to_owned();
        assert!(accounts.bring_demo(&renamed, start()).await.unwrap()[0].is_unchanged());
    });
}

#[test]
fn a_large_organisation_comes_in_pieces_that_fit_through_the_socket() {
    let mut demo = demo();
    let one = demo.contacts[0].clone();
    demo.contacts = (0..250)
        .map(|n| {
            let mut contact = one.clone();
            contact.details.mail = mail(&format!("{}{n}", "a".repeat(50)));
            contact
        })
        .collect();
    let pieces = demo.pieces();
    assert!(pieces.iter().all(|piece| serde_json::to_string(piece).unwrap().len() < 32 << 10));
    assert_eq!(pieces.iter().map(|piece| piece.contacts.len()).sum::<usize>(), 250);
    assert_eq!(pieces.iter().map(|piece| piece.licences.len()).sum::<usize>(), 3);
}
