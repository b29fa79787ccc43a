//! Handing over what the desk holds about a person.

use guidepost::domain::case::What;
use guidepost::services::privacy::{Export, Holding, PrivacyError, Role, export, seen};

use super::world::{KEPT, MARK, World, after, unseen};
use crate::store::on_each_engine;

async fn export_of(world: &World, who: &str) -> Result<Export, PrivacyError> {
    export(&world.store, who, after(50), &mut unseen).await
}

#[test]
fn an_export_has_everything_of_a_person_and_nothing_internal() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let told = world.tell().await;
        let export = export_of(&world, &format!("console:{MARK}-user")).await.unwrap();
        assert_eq!((export.schema, export.exported_at, export.person.id), (1, after(50), told.customer));
        let cases: Vec<_> = export.cases.iter().map(|case| (case.number, case.role)).collect();
        let expected =
            [(told.own, Role::Requester), (told.active, Role::Requester), (told.followed, Role::Follower)];
        assert_eq!(cases, expected);
        assert!(export.cases.iter().all(|case| !case.events.iter().any(|event| event.what.is_internal())));
        let is_note = |what: &What| matches!(what, What::Note(_));
        assert!(!export.cases.iter().any(|case| case.events.iter().any(|event| is_note(&event.what))));
        let files: Vec<_> =
            export.files.iter().map(|file| (file.name.as_str(), file.sha256.as_str())).collect();
        let (own, shared) = (told.file.as_str(), told.shared.as_str());
        let (name, other) = (format!("{MARK}.txt"), format!("{MARK} too.txt"));
        let agents = format!("{KEPT}.txt");
        assert_eq!(
            files,
            [(name.as_str(), own), (&other, shared), (&agents, shared), (&name, own)],
            "all files in the cases"
        );
        let count = |holding: Holding| export.records[holding.name()].len();
        // Nine wishes under keys of their own, the two cases and seven replies; four mails of news wait, and a test.
        assert_eq!(
            Holding::ALL.map(count),
            [
                count(Holding::Notices),
                9,
                0,
                0,
                0,
                0,
                1,
                1 + count(Holding::Notices),
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0
            ]
        );
        assert!(count(Holding::Notices) >= 3);
        let json = serde_json::to_string(&export).unwrap();
        assert_eq!(serde_json::from_str::<Export>(&json).unwrap(), export);
    });
}

#[test]
fn of_an_erased_person_there_is_only_what_stays() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let told = world.tell().await;
        let before = seen(&world.store, &told.customer.to_string()).await.unwrap();
        assert_eq!((before.cases, before.active), (3, 1));
        world.erase(&told.customer.to_string()).await.unwrap();
        let export = export_of(&world, &told.customer.to_string()).await.unwrap();
        assert!(export.person.erased.is_some() && export.records.values().all(Vec::is_empty));
        assert!(!serde_json::to_string(&export).unwrap().contains(MARK));
        let after = seen(&world.store, &told.customer.to_string()).await.unwrap();
        assert_eq!((after.cases, after.active), (2, 0));
        assert!(matches!(export_of(&world, "nobody@example.org").await, Err(PrivacyError::Unknown(_))));
    });
}
