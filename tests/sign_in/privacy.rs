//! What is held of somebody who signs in is handed over, and erased.

use guidepost::services::limits::COUNTS;
use guidepost::services::privacy::{erase, export};
use guidepost::services::sign_in::{CREDENTIALS, SESSIONS, SignInError};
use guidepost::store::Direction;

use super::world::{GOOD, OTHER, World, start};
use crate::store::on_each_engine;

#[test]
fn sign_ins_and_sessions_are_handed_over_and_erased() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let bo = world.with_password("bo", GOOD, start()).await;
        for name in ["ann.user", "ann@example.org", "bo.user"] {
            world.sign_in(name, OTHER, 1, start()).await.unwrap_err();
            world.sign_in(name, GOOD, 1, start()).await.unwrap();
        }
        let held = export(&world.store, &ann.to_string(), start(), &mut |_| {}).await.unwrap().records;
        assert_eq!((held["credential"].len(), held["sessions"].len()), (1, 2));
        assert_eq!(held["credential"][0]["last_sign_in"], serde_json::to_value(start()).unwrap());
        assert!(held["credential"][0]["hash"].is_null());
        assert!(held["sessions"][0]["from"].as_str().unwrap().contains("Firefox"));
        // Of each name what was tried, and what was tried from there.
        assert_eq!(held["counts"].len(), 4);

        erase(&world.store, &world.kept().files, &ann.to_string(), start(), &mut |_| {}).await.unwrap();
        let credentials = CREDENTIALS.list(&world.store, None, 10, Direction::Forward).await.unwrap();
        assert_eq!(credentials.iter().map(|row| row.record.person).collect::<Vec<_>>(), [bo]);
        let sessions = SESSIONS.list(&world.store, None, 10, Direction::Forward).await.unwrap();
        assert_eq!(sessions.iter().map(|row| row.record.person).collect::<Vec<_>>(), [bo]);
        // Left are the counts of the other name, and of the network address, which is nobody's.
        let counts = COUNTS.list(&world.store, None, 10, Direction::Forward).await.unwrap();
        assert_eq!(counts.len(), 3);
        let gone = world.sign_in("ann.user", GOOD, 1, start()).await;
        assert!(matches!(gone, Err(SignInError::Wrong)), "{gone:?}");
        world.assert_sound().await;
    });
}
