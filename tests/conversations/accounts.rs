//! The procedures of the articles, done in the conversation: with the demonstration account, by those who may and by those who may not.

use std::collections::BTreeSet;

use guidepost::domain::Article;
use guidepost::domain::account::{AccessModel, By, ChangeKind, ContactId, OrgId};
use guidepost::knowledge::{self, Manifest};
use guidepost::services::accounts::Founding;
use insta::assert_snapshot;

use super::World;

pub fn org() -> OrgId {
    OrgId::parse("10001000").unwrap()
}

/// The articles that come with the program.
fn shipped() -> Vec<Article> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let loaded = knowledge::load(&folder, &Manifest::default(), &mut |_, _| ()).unwrap();
    loaded.articles.into_iter().map(|loaded| loaded.article).collect()
}

pub async fn world() -> World {
    let mut world = World::with(shipped(), &[]).await;
    world.demo(&["ada", "ben", "cleo", "dan"]).await;
    world.tick().await;
    world
}

impl World {
    pub async fn contact(&self, name: &str) -> ContactId {
        let account = self.accounts().account(org()).await.unwrap().unwrap().account;
        account.contacts.values().find(|contact| contact.name.starts_with(name)).unwrap().id
    }

    /// The last entry of the log says who did what, when, and what it was before and is now; and these get a mail.
    pub async fn assert_done(&mut self, by: &str, kind: ChangeKind, mailed: &[&str]) {
        let last = self.account_log().await.pop().unwrap().entry;
        assert_eq!((last.by, last.kind), (By::Contact(self.contact(by).await), kind));
        assert_eq!(last.at, self.clock.now());
        assert!(!last.differences.is_empty());
        self.assert_mailed(mailed).await;
    }

    pub async fn assert_mailed(&mut self, whom: &[&str]) {
        let before = self.recipients();
        self.tick().await;
        let mut new = self.recipients();
        for one in before {
            let at = new.iter().position(|own| *own == one).unwrap();
            new.remove(at);
        }
        let new: BTreeSet<&str> = new.iter().map(String::as_str).collect();
        let expected: BTreeSet<&str> = whom.iter().copied().collect();
        assert_eq!(new, expected, "{}", self.transcript());
    }

    fn recipients(&self) -> Vec<String> {
        let mails = self.mails();
        let to = |mail: &String| {
            let line = mail.lines().find_map(|line| line.strip_prefix("To: ")).unwrap();
            line.trim().trim_matches(['<', '>']).split('@').next().unwrap().to_owned()
        };
        mails.iter().map(to).collect()
    }
}

#[tokio::test]
async fn contacts_are_added_changed_and_taken_off() {
    let mut world = world().await;
    world.say("/contacts").await;
    world.press("Add a contact").await;
    world.say("Zoe Zimmer").await;
    world.say("zoe at example").await;
    world.say("ben@example.org").await;
    world.press("Leave it empty").await;
    assert!(world.said("Ben Boss has that e-mail address"), "{}", world.transcript());
    world.say("zoe@example.net").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::AddContact, &["zoe"]).await;
    world.wait(chrono::TimeDelta::minutes(5));
    world.say("/contacts edit zoe").await;
    world.press("Keep it").await;
    world.say("zoe.zimmer@example.net").await;
    world.say("+1 555 010 0099").await;
    world.press("Change something").await;
    world.say("+1 555 010 0077").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::UpdateContact, &["zoe.zimmer"]).await;
    world.say("remove zoe from our account").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::RemoveContact, &[]).await;
    world.say("remove ada from our account").await;
    world.say("/contacts zimmer").await;
    world.say("/account log").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn security_contacts_are_at_most_three() {
    let mut world = world().await;
    world.say("change the security contacts").await;
    world.say("ben, dan").await;
    world.say("eve").await;
    world.press("That's all").await;
    assert!(
        world.said("at most 3 security contacts, and you chose 4. Take 1 away."),
        "{}",
        world.transcript()
    );
    world.press("✓ Ada Admin").await;
    world.say("done").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::SecurityContacts, &["ben", "dan"]).await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn rights_are_given_and_taken_and_two_administrators_stay() {
    let mut world = world().await;
    world.say("/contacts restrict ben").await;
    world.press("No administrator any more").await;
    assert!(world.said("must keep 2 administrators"), "{}", world.transcript());
    world.say("cancel").await;
    world.say("make dan an administrator").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::GrantAdministrator, &["dan"]).await;
    world.press("Administrators and restrictions").await;
    world.press("Ben Boss").await;
    world.press("Only some toolboxes").await;
    world.say("support cases, licensing").await;
    world.press("That's all").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::RestrictToolboxes, &["ben"]).await;
    world.say("/contacts").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn the_access_model_is_open_at_once_and_secure_with_two_administrators() {
    let mut world = world().await;
    world.say("how do I change the access model").await;
    world.press("Do it here").await;
    world.press("Open").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::ChooseModel, &["ben", "cleo", "dan"]).await;
    world.say("/contacts restrict dan").await;
    world.press("Only some toolboxes").await;
    world.say("done").await;
    assert!(world.said("under the Secure model only"), "{}", world.transcript());
    world.say("cancel").await;
    world.say("change the access model").await;
    world.say("secure").await;
    world.press("✓ Ben Boss").await;
    world.press("That's all").await;
    assert!(world.said("at least two administrators, and you chose only 1"), "{}", world.transcript());
    world.say("dan").await;
    world.say("that's all").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::ChooseModel, &["ben", "cleo", "dan"]).await;
    let account = world.accounts().account(org()).await.unwrap().unwrap().account;
    assert_eq!(account.organisation.model, AccessModel::Secure);
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn several_licences_get_one_contact_for_their_renewal() {
    let mut world = world().await;
    world.say("/account").await;
    world.press("Renewal contacts").await;
    world.press("That's all").await;
    world.say("ada").await;
    assert!(world.said("No licence is chosen"), "{}", world.transcript());
    world.say("demo-0002 and demo-0003").await;
    world.press("That's all").await;
    world.say("cleo").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::AssignRenewals, &["ben", "cleo"]).await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn company_information_is_changed_and_another_account_created() {
    let mut world = world().await;
    world.say("/account company").await;
    world.say("-").await;
    assert!(world.said("\"Company\" must be filled in."), "{}", world.transcript());
    world.say("Example AG").await;
    world.say("keep").await;
    world.say("Shelbyville").await;
    world.press("Keep the rest").await;
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::UpdateCompany, &["ben"]).await;
    world.say("/account create").await;
    world.press("Partner").await;
    for said in ["Resale AG", "2 Road", "Bern", "3000", "Switzerland"] {
        world.say(said).await;
    }
    world.press("Leave it empty").await;
    world.say("resale").await;
    world.say("https://resale.example").await;
    world.say("P-17").await;
    world.press("Keep the rest").await;
    world.press("Confirm").await;
    world.say("/account").await;
    assert!(world.said("Resale AG"), "the new account is the one that is spoken of: {}", world.transcript());
    world.say("/account 10001000").await;
    world.say("/contacts").await;
    assert!(world.said("Example AG"), "{}", world.transcript());
    assert_snapshot!(world.transcript().replace(&new_org(&world).await.to_string(), "ORG ID"));
}

async fn new_org(world: &World) -> OrgId {
    let all = world.accounts().organisations(None, 9).await.unwrap();
    all.into_iter().map(|one| one.id).find(|id| *id != org()).unwrap()
}

#[tokio::test]
async fn whoever_is_on_several_accounts_chooses_once() {
    let mut world = world().await;
    let ada = world.person("ada").await;
    let profile = {
        let account = world.accounts().account(org()).await.unwrap().unwrap().account;
        let creator = account.contact_of(ada).unwrap();
        guidepost::domain::account::Profile {
            kind: guidepost::domain::account::OrgKind::Customer,
            company: guidepost::domain::account::CompanyDetails {
                name: "Second Corp".to_owned(),
                ..Default::default()
            },
            creator: guidepost::domain::account::ContactDetails {
                name: creator.name.clone(),
                mail: creator.mail.clone(),
                phone: None,
            },
        }
    };
    let founding = Founding { creator: ada, profile, once: "second".to_owned() };
    world.accounts().found(&founding, || 77, world.clock.now()).await.unwrap();
    world.say("/contacts").await;
    assert!(world.said("You are a contact of several accounts."), "{}", world.transcript());
    let second = format!("Second Corp ({})", OrgId::draw(77));
    world.press(&second).await;
    world.say("/account").await;
    assert!(world.said("Second Corp"), "{}", world.transcript());
    world.moves_to("elsewhere");
    world.say("/account renewals").await;
    world.press(&second).await;
    assert!(world.said("no licences"), "{}", world.transcript());
}

#[tokio::test]
async fn do_it_here_stands_beside_each_of_the_articles() {
    let mut world = world().await;
    for id in [
        "CTX120355",
        "add-contact-to-organization",
        "CTX106671",
        "CTX126336",
        "CTX130452",
        "CTX317965",
        "CTX130993",
        "CTX130127",
        "CTX200160",
    ] {
        world.say(&format!("/article {id}")).await;
        world.button("Walk me through it");
        world.press("Do it here").await;
        world.say("cancel").await;
        assert!(world.said("Nothing was changed."), "{id}: {}", world.transcript());
    }
    world.say("how do i add a contact").await;
    world.button("Do it here");
    let mut without = World::with(shipped(), &[]).await;
    without.say("how do i add a contact").await;
    assert!(!without.reply.choices.iter().any(|choice| choice.label == "Do it here"));
}

#[tokio::test]
async fn a_long_list_is_paged_and_narrowed() {
    let mut world = World::new().await;
    world.demo(&["ada"]).await;
    let accounts = world.accounts();
    for n in 0..60 {
        let details = guidepost::domain::account::ContactDetails {
            name: format!("Person {n:02}"),
            mail: guidepost::domain::MailAddress::parse(&format!("p{n}@example.org")).unwrap(),
            phone: None,
        };
        let seen = accounts.account(org()).await.unwrap().unwrap().seen;
        let change = guidepost::domain::account::AccountChange::AddContact(details);
        let ask = guidepost::services::accounts::Ask { change, seen, once: format!("p{n}") };
        accounts.change(By::Operator, org(), &ask, world.clock.now()).await.unwrap();
    }
    world.say("/contacts").await;
    world.press("More contacts").await;
    assert!(world.said("These are 16 to 30"), "{}", world.transcript());
    world.say("/contacts remove").await;
    assert_eq!(world.reply.choices.iter().filter(|choice| choice.label.starts_with("Person")).count(), 15);
    world.press("Show more").await;
    world.say("person 5").await;
    assert!(world.said("10 of 65 begin with \"person 5\""), "{}", world.transcript());
    world.press("Person 51").await;
    world.press("Confirm").await;
    assert!(world.said("Done: Person 51"), "{}", world.transcript());
}
