//! Erasing a person: nothing of them is left anywhere, nothing of others is lost, and stopped anywhere it comes to the same end.

use guidepost::app::kept;
use guidepost::domain::case::{CaseNumber, Closing, ERASED, Status, Verb, What};
use guidepost::domain::{Actor, Change, Identity};
use guidepost::services::cases::table::{CASES, DONE, OWN, TALLIES, person_key};
use guidepost::services::keeping::check;
use guidepost::services::notices::NOTICES;
use guidepost::services::privacy::{Erasure, PrivacyError};
use guidepost::services::rooms::{self, ROOMS, Room};
use guidepost::store::{Direction, feed};

use super::world::{KEPT, MARK, World, after, start, unseen, written};
use crate::store::on_each_engine;

#[test]
fn nothing_of_an_erased_person_is_left_and_all_that_others_said() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let told = world.tell().await;
        assert!(world.with(MARK).await.len() > 30, "there is nothing to erase");
        let erased = world.erase(&format!("{MARK}@example.org")).await.unwrap();
        world.assert_erased(&told).await;
        assert_eq!((erased.person, erased.cases, erased.files), (told.customer, 4, 1));
        // The opening, seven replies, a correction, a reply with a file, the closing and the rating; an opening; a reply in each of the other's cases.
        assert_eq!(erased.events, 12 + 1 + 2);

        let (own, events) = world.case(told.own).await;
        assert_eq!((own.number, own.subject.as_str(), own.opened_at), (told.own, ERASED, start()));
        assert_eq!((own.updated_at, own.files), (after(12), 1), "dates stay, and the file of the agent");
        let Status::Closed { at, how: Closing::Requester { reason }, .. } = &own.status else {
            panic!("{own:?}")
        };
        assert_eq!((*at, reason.as_deref()), (after(11), Some(ERASED)));
        let rating = own.rating.unwrap();
        assert_eq!((rating.score.number(), rating.comment.as_deref()), (2, Some(ERASED)));
        let said = |what: &What| match what {
            What::Message(written) | What::Note(written) => {
                written.text.as_ref().map(|text| text.as_str().to_owned())
            }
            _ => None,
        };
        let said: Vec<String> = events.iter().filter_map(|event| said(&event.what)).collect();
        let (by_staff, by_them): (Vec<_>, Vec<_>) = said.into_iter().partition(|text| text == KEPT);
        assert_eq!((by_staff.len(), by_them), (2, vec![ERASED.to_owned(); 8]));

        let (active, _) = world.case(told.active).await;
        assert!(
            matches!(&active.status, Status::Closed { at, how: Closing::Erased, .. } if *at == after(100))
        );
        let (followed, _) = world.case(told.followed).await;
        assert!(followed.followers.is_empty() && followed.status.is_active());
    });
}

#[test]
fn a_store_without_an_erased_person_is_as_sound_as_before() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let told = world.tell().await;
        let before = feed::read(&world.store, 0, 10_000).await.unwrap().len();
        world.erase(&told.customer.to_string()).await.unwrap();
        let tables = kept::tables();
        let checked = check(&world.kept(), &tables, after(200), &mut unseen).await.unwrap();
        assert!(checked.is_clean(), "{:?}", checked.findings);
        let changes = feed::read(&world.store, 0, 10_000).await.unwrap().split_off(before);
        let changes: Vec<Change> = changes.into_iter().filter_map(|entry| entry.entry.read().ok()).collect();
        for case in [told.own, told.active, told.followed, told.left] {
            assert!(changes.contains(&Change::Case(case)), "the index does not hear of {case}");
        }
        let own = person_key(told.customer);
        assert!(TALLIES.get(&world.store, &own).await.unwrap().is_none());
        for left in [
            NOTICES.list_under(&world.store, &own, None, 9, Direction::Forward).await.unwrap().len(),
            DONE.list_under(&world.store, &own, None, 9, Direction::Forward).await.unwrap().len(),
        ] {
            assert_eq!(left, 0);
        }
        let cases = CASES.find(&world.store, &OWN, Some(&own), 9, Direction::Forward).await.unwrap();
        assert_eq!(cases.len(), 2, "their own cases stay theirs, by number");
        // Nobody tells them anything any more, and whoever comes with their name is somebody new.
        world.act(&told.agent, told.own, Verb::Reopen, 300).await;
        world.act(&told.agent, told.own, Verb::Answer(written(KEPT)), 301).await;
        assert!(
            NOTICES.list_under(&world.store, &own, None, 9, Direction::Forward).await.unwrap().is_empty()
        );
        let again =
            world.people.meet(&Identity::Console(format!("{MARK}-user")), None, after(400)).await.unwrap();
        assert!(again.id > told.customer && again.erased.is_none());
    });
}

#[test]
fn an_erasure_that_is_stopped_anywhere_is_finished_by_the_next() {
    on_each_engine(&async |bench| {
        let mut stop_after = 0;
        loop {
            bench.empty().await;
            let world = World::on(bench);
            let told = world.tell().await;
            let mail = format!("{MARK}@example.org");
            let mut erasure = Erasure::begin(&world.store, &world.files, &mail, after(100)).await.unwrap();
            let mut is_done = false;
            for _ in 0..stop_after {
                is_done = !erasure.step(&mut unseen).await.unwrap();
            }
            drop(erasure);
            world.assert_cases_add_up().await;
            // Until their names are gone, the same name finds them; then only the number does.
            let by_mail = world.erase(&mail).await;
            let again = match by_mail {
                Err(PrivacyError::Unknown(_)) => world.erase(&told.customer.to_string()).await.unwrap(),
                other => other.unwrap(),
            };
            world.assert_erased(&told).await;
            if is_done {
                assert_eq!((again.cases, again.events, again.files, again.records), (0, 0, 0, 0));
                break;
            }
            stop_after += 1;
        }
        assert!(stop_after > 15, "{stop_after} steps are hardly all");
    });
}

#[test]
fn what_they_do_while_they_are_erased_is_erased_too() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let told = world.tell().await;
        let customer = Actor::of(&world.people.get(told.customer).await.unwrap().unwrap().record);
        let who = told.customer.to_string();
        let mut erasure = Erasure::begin(&world.store, &world.files, &who, after(100)).await.unwrap();
        // Beyond the cases, and not yet at the names.
        while erasure.erased().records == 0 {
            erasure.step(&mut unseen).await.unwrap();
        }
        world.open(&customer, &format!("{MARK} meanwhile"), Vec::new()).await;
        while erasure.step(&mut unseen).await.unwrap() {}
        world.assert_erased(&told).await;
    });
}

#[test]
fn whoever_works_for_the_desk_and_whoever_is_unknown_is_not_erased() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let told = world.tell().await;
        let before = world.with("").await;
        let agent = told.agent.person();
        assert!(matches!(world.erase("bo@example.org").await, Err(PrivacyError::Staff(id)) if id == agent));
        for nobody in ["", "P-999999", "nobody@example.org", "discord:1", "\u{0}", "🦘"] {
            assert!(matches!(world.erase(nobody).await, Err(PrivacyError::Unknown(_))), "{nobody:?}");
        }
        assert_eq!(world.with("").await, before, "something changed");
        // Once they no longer work here, they can be; what they wrote for the desk stays.
        world.people.remove_staff("bo@example.org").await.unwrap();
        world.erase("bo@example.org").await.unwrap();
        assert!(world.with(KEPT).await.len() >= 8);
        assert!(world.with("bo@example").await.is_empty());
    });
}

#[test]
fn an_erased_account_is_in_no_room_and_leaves_the_threads() {
    on_each_engine(&async |bench| {
        const ACCOUNT: u64 = 313_373_133_731;
        let world = World::on(bench);
        world.people.meet(&Identity::Discord(ACCOUNT), None, start()).await.unwrap();
        for number in 1..=250 {
            let members = if number % 2 == 0 { [5, ACCOUNT].into() } else { [5].into() };
            let (case, thread) = (CaseNumber(number), 1_000 + number);
            let room = Room { case, server: 1, parent: 2, thread, shown: 0, members, archived: false };
            rooms::add(&world.store, &room).await.unwrap();
        }
        world.erase(&format!("discord:{ACCOUNT}")).await.unwrap();
        let rooms = ROOMS.list(&world.store, None, 1_000, Direction::Forward).await.unwrap();
        assert_eq!(rooms.len(), 250);
        assert!(rooms.iter().all(|row| row.record.members == [5].into()));
        // Where they leave, they are named until they have left.
        let left = world.with(&ACCOUNT.to_string()).await;
        assert_eq!(left.len(), 125, "{left:#?}");
        assert!(
            left.iter().all(|record| record.starts_with("job/") && record.contains("leave")),
            "{left:#?}"
        );
    });
}
