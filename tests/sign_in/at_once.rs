//! Many at once: nothing is lost, nothing counts twice, and limits hold.

use guidepost::services::sign_in::{SignInError, SignedIn};
use tokio::task::JoinHandle;

use super::world::{GOOD, OTHER, World, minutes, start};
use crate::store::on_each_engine;

/// Signs in at the same moment from so many network addresses, or all from one.
fn all(
    world: &World,
    password: &'static str,
    from: fn(u8) -> u8,
) -> Vec<JoinHandle<Result<SignedIn, SignInError>>> {
    let one = |number: u8| {
        let world = world.clone();
        tokio::spawn(async move { world.sign_in("ann.user", password, from(number), start()).await })
    };
    (0..32).map(one).collect()
}

#[test]
fn of_32_at_once_each_gets_a_session_of_its_own() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let mut ids = std::collections::BTreeSet::new();
        for one in all(&world, GOOD, |number| number) {
            let token = one.await.unwrap().unwrap().token;
            let (session, person) = world.sign_ins.session(&token, start()).await.unwrap().unwrap();
            assert_eq!(person.id, ann);
            ids.insert(session.id);
        }
        assert_eq!(ids.len(), 32);
        assert_eq!(world.sign_ins.sessions(ann, start()).await.unwrap().len(), 32);
        world.assert_sound().await;
    });
}

#[test]
fn of_32_wrong_ones_at_once_twenty_are_tried() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.with_password("ann", GOOD, start()).await;
        let before = world.sign_ins.hashed();
        let (mut wrong, mut too_often) = (0, 0);
        for one in all(&world, OTHER, |_| 7) {
            match one.await.unwrap() {
                Err(SignInError::Wrong) => wrong += 1,
                Err(SignInError::TooOften { at }) if at == minutes(15) => too_often += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!((wrong, too_often, world.sign_ins.hashed() - before), (20, 12, 20));
        world.assert_sound().await;
    });
}

#[test]
fn of_32_new_passwords_at_once_one_is_kept_and_all_sessions_end() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let before = world.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        let one = |number: u32| {
            let world = world.clone();
            tokio::spawn(async move { world.set(ann, &format!("Xq7!wTz{number}"), start()).await })
        };
        let setting: Vec<_> = (0..32).map(one).collect();
        let entering = all(&world, GOOD, |number| number + 10);
        for one in setting {
            one.await.unwrap().unwrap();
        }
        for one in entering {
            // Who got in before the password was replaced is out again; later it was wrong.
            match one.await.unwrap() {
                Ok(signed_in) => assert_eq!(world.whose(&signed_in.token, start()).await, None),
                Err(SignInError::Wrong) => {}
                Err(error) => panic!("{error:?}"),
            }
        }
        assert_eq!(world.credential(ann).await.epoch, 33);
        assert_eq!(world.whose(&before.token, start()).await, None);
        assert_eq!(world.sign_ins.sessions(ann, start()).await.unwrap(), []);
        let mut right = 0;
        for number in 0..32_u8 {
            let typed = format!("Xq7!wTz{number}");
            right += u32::from(world.sign_in("ann.user", &typed, number + 50, minutes(20)).await.is_ok());
        }
        assert_eq!(right, 1);
        world.assert_sound().await;
    });
}

#[test]
fn who_signs_out_everywhere_while_others_sign_in_ends_all_that_were_there() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let before = world.sign_in("ann.user", GOOD, 40, start()).await.unwrap();
        let entering = all(&world, GOOD, |number| number);
        let mut ending = Vec::new();
        for _ in 0..8 {
            let world = world.clone();
            ending.push(tokio::spawn(async move { world.sign_ins.end_all(ann, start()).await.unwrap() }));
        }
        let mut epochs = std::collections::BTreeMap::new();
        for one in entering {
            let token = one.await.unwrap().unwrap().token;
            let session = world.sign_ins.session(&token, start()).await.unwrap();
            epochs.entry(session.map(|(session, _)| session.epoch)).or_insert(token);
        }
        for one in ending {
            one.await.unwrap();
        }
        assert_eq!(world.credential(ann).await.epoch, 9);
        assert_eq!(world.whose(&before.token, start()).await, None);
        for session in world.sign_ins.sessions(ann, start()).await.unwrap() {
            assert_eq!(session.epoch, 9);
        }
        world.sign_ins.end_all(ann, start()).await.unwrap();
        for token in epochs.values() {
            assert_eq!(world.whose(token, start()).await, None);
        }
        world.assert_sound().await;
    });
}
