//! What a platform says of whoever speaks: what they are called, and whether a role makes them staff.

use guidepost::domain::{Actor, Identity, Person, StaffRole};
use guidepost::services::people::{NewStaff, People, StaffError};

use super::world::{after, start};
use crate::store::on_each_engine;

/// A name, where one is said.
type Called = Option<&'static str>;

async fn meet(people: &People, discord: u64, name: Option<&str>) -> Person {
    people.meet(&Identity::Discord(discord), name, after(1)).await.unwrap()
}

#[test]
fn a_platforms_name_is_taken_once_and_never_overwrites() {
    on_each_engine(&async |bench| {
        let people = People::new(bench.store.clone());
        // (what the operator says, what the platform says one time after the other, what they are called each time)
        let named: [(Called, &[Called], &[Called]); 4] = [
            (None, &[Some("Ada"), Some("Bo"), None], &[Some("Ada"); 3]),
            (
                None,
                &[None, Some("\u{200B} \u{202E}"), Some(" Ada\n"), Some("Bo")],
                &[None, None, Some("Ada"), Some("Ada")],
            ),
            (Some("Cy"), &[Some("Ada"), None], &[Some("Cy"); 2]),
            (None, &[None, None], &[None; 2]),
        ];
        for (id, (operators, platforms, expected)) in (1..).zip(named) {
            if operators.is_some() {
                people.add_staff(&NewStaff::Discord(id), operators, start()).await.unwrap();
            }
            for (said, called) in platforms.iter().zip(expected) {
                let person = meet(&people, id, *said).await;
                assert_eq!(person.name.as_deref(), *called, "{id} {said:?}");
                assert_eq!(people.get(person.id).await.unwrap().unwrap().record, person, "not kept");
            }
        }
        // Somebody whom the operator named by nothing but their account is somebody whose name is not known yet.
        people.add_staff(&NewStaff::Discord(9), None, start()).await.unwrap();
        assert_eq!(meet(&people, 9, Some("Di")).await.called(), Some("Di"));
    });
}

#[test]
fn two_who_meet_somebody_at_once_agree() {
    on_each_engine(&async |bench| {
        let people = People::new(bench.store.clone());
        meet(&people, 1, None).await;
        for id in [1, 2] {
            let (one, other) = tokio::join!(meet(&people, id, Some("Ada")), meet(&people, id, Some("Bo")));
            assert_eq!(one.id, other.id);
            let kept = people.get(one.id).await.unwrap().unwrap().record;
            assert!(kept == one || kept == other);
            assert_eq!(meet(&people, id, Some("Cy")).await, kept);
        }
    });
}

#[test]
fn a_role_comes_and_goes_and_the_operators_word_stays() {
    on_each_engine(&async |bench| {
        let people = People::new(bench.store.clone());
        let ada = meet(&people, 1, Some("Ada")).await;
        let by_role = people.work_by_role(ada.id, 7, true).await.unwrap();
        assert_eq!((by_role.staff, by_role.role_on), (Some(StaffRole::Agent), Some(7)));
        assert!(Actor::of(&by_role).staff().is_some());
        assert_eq!(people.staff().await.unwrap(), std::slice::from_ref(&by_role));
        let others = people.work_by_role(ada.id, 8, false).await.unwrap();
        assert_eq!(others, by_role, "another server takes nothing back");
        let gone = people.work_by_role(ada.id, 7, false).await.unwrap();
        assert_eq!((&gone, people.staff().await.unwrap()), (&ada, Vec::new()));

        // Removed by the operator, and made one again by the role.
        people.work_by_role(ada.id, 7, true).await.unwrap();
        let removed = people.remove_staff("discord:1").await.unwrap();
        assert_eq!((&removed.person, removed.role_on), (&ada, Some(7)));
        assert!(matches!(people.remove_staff("discord:1").await, Err(StaffError::NoStaff(_))));
        assert_eq!(people.work_by_role(ada.id, 7, true).await.unwrap(), by_role);

        // Added by the operator, the role no longer matters.
        let added = people.add_staff(&NewStaff::Discord(1), None, start()).await.unwrap();
        assert_eq!((added.staff, added.role_on), (Some(StaffRole::Agent), None));
        for has_role in [true, false] {
            assert_eq!(people.work_by_role(ada.id, 7, has_role).await.unwrap(), added);
        }
        assert_eq!(people.remove_staff("discord:1").await.unwrap().role_on, None);
    });
}

#[test]
fn an_operator_and_a_role_at_once_leave_the_operators_word() {
    on_each_engine(&async |bench| {
        let people = People::new(bench.store.clone());
        for id in 1..8 {
            let person = meet(&people, id, None).await;
            let discord = NewStaff::Discord(id);
            let (given, again, added, taken) = tokio::join!(
                people.work_by_role(person.id, 7, true),
                people.work_by_role(person.id, 8, true),
                people.add_staff(&discord, Some("Bo"), start()),
                people.work_by_role(person.id, 7, false),
            );
            assert!(given.is_ok() && again.is_ok() && added.is_ok() && taken.is_ok());
            let kept = people.get(person.id).await.unwrap().unwrap().record;
            assert_eq!((kept.staff, kept.role_on), (Some(StaffRole::Agent), None));
            assert_eq!(kept.name.as_deref(), Some("Bo"));
        }
        assert_eq!(people.staff().await.unwrap().len(), 7);
    });
}

#[test]
fn a_role_on_a_server_that_is_named_no_longer_makes_nobody_staff() {
    on_each_engine(&async |bench| {
        let people = People::new(bench.store.clone());
        for (id, server) in [(1, 7), (2, 8), (3, 8)] {
            let person = meet(&people, id, None).await;
            people.work_by_role(person.id, server, true).await.unwrap();
        }
        people.add_staff(&NewStaff::Discord(4), None, start()).await.unwrap();
        assert_eq!(people.keep_roles_of(&[7, 8].into()).await.unwrap(), 0);
        assert_eq!(people.keep_roles_of(&[7].into()).await.unwrap(), 2);
        assert_eq!(people.keep_roles_of(&[7].into()).await.unwrap(), 0);
        let staff = async |id| meet(&people, id, None).await.staff;
        assert_eq!([staff(1).await, staff(4).await], [Some(StaffRole::Agent); 2]);
        assert_eq!([staff(2).await, staff(3).await], [None; 2]);
        // Who is by role is so again when the server is named again and they speak there.
        let person = meet(&people, 2, None).await;
        assert_eq!(people.work_by_role(person.id, 8, true).await.unwrap().staff, Some(StaffRole::Agent));
    });
}
