//! Who works for the desk, as an operator says it to a running desk.

use guidepost::domain::{MailAddress, Person, StaffRole};
use guidepost::services::keeping::{Keeper, KeepingError, Operation, Outcome, perform};
use guidepost::services::people::{NewStaff, StaffError};
use guidepost::services::privacy::PrivacyError;

use super::world::{World, start, unseen};
use crate::store::on_each_engine;

fn mail(text: &str) -> NewStaff {
    NewStaff::Mail(MailAddress::parse(text).unwrap())
}

async fn ask(world: &World, operation: Operation) -> Result<Outcome, KeepingError> {
    let keeper = Keeper { kept: world.kept(), tables: Vec::new(), index: "no-index".into(), running: None };
    perform(&operation, &keeper, start(), &mut unseen).await
}

async fn add(world: &World, who: NewStaff, name: Option<&str>) -> Person {
    let operation = Operation::AddAgent { who, name: name.map(str::to_owned) };
    match ask(world, operation).await.unwrap() {
        Outcome::Agent(agent) => *agent,
        other => panic!("{other:?}"),
    }
}

async fn agents(world: &World) -> Vec<Person> {
    match ask(world, Operation::Agents).await.unwrap() {
        Outcome::Agents(agents) => agents,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_agent_is_added_once_listed_and_removed() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        assert_eq!(agents(&world).await, []);
        let ada = add(&world, mail("Ada@Example.org"), Some("Ada")).await;
        let bo = add(&world, NewStaff::Discord(42), None).await;
        assert_eq!((ada.staff, bo.staff), (Some(StaffRole::Agent), Some(StaffRole::Agent)));
        let again = add(&world, mail("ada@example.org"), None).await;
        assert_eq!(again, ada, "the same one, with the name that she has");
        assert_eq!(agents(&world).await, [ada.clone(), bo.clone()]);

        let who = "discord:42".to_owned();
        let removed = ask(&world, Operation::RemoveAgent { who: who.clone() }).await.unwrap();
        assert!(
            matches!(removed, Outcome::AgentRemoved(gone) if gone.person.id == bo.id && gone.person.staff.is_none())
        );
        assert_eq!(agents(&world).await, [ada]);
        let again = ask(&world, Operation::RemoveAgent { who }).await;
        assert!(matches!(again, Err(KeepingError::Staff(StaffError::NoStaff(id))) if id == bo.id));
        let nobody = ask(&world, Operation::RemoveAgent { who: "nobody".to_owned() }).await;
        assert!(matches!(nobody, Err(KeepingError::Staff(StaffError::Unknown(_)))));
    });
}

#[test]
fn a_person_is_shown_handed_over_and_erased_beside_a_running_desk() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let told = world.tell().await;
        let who = told.customer.to_string();
        let shown = ask(&world, Operation::ShowPerson { who: who.clone() }).await.unwrap();
        assert!(matches!(shown, Outcome::Person(seen) if seen.person.id == told.customer));
        let exported = ask(&world, Operation::ExportPerson { who: who.clone() }).await.unwrap();
        // It goes over the socket as it is.
        let line = serde_json::to_string(&exported).unwrap();
        assert_eq!(serde_json::from_str::<Outcome>(&line).unwrap(), exported);
        let erased = ask(&world, Operation::ErasePerson { who }).await.unwrap();
        assert!(matches!(erased, Outcome::Erased(erased) if erased.cases == 4));
        let agent = told.agent.person();
        let refused = ask(&world, Operation::ErasePerson { who: agent.to_string() }).await;
        assert!(matches!(refused, Err(KeepingError::Privacy(PrivacyError::Staff(id))) if id == agent));
    });
}
