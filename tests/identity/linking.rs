//! Who gets an identity, who keeps their records, and that it happens once.

use guidepost::app::kept;
use guidepost::domain::{Effect, Identity, Job, Mail, MailAddress, PersonId, Work};
use guidepost::services::agenda::{JOBS, Record};
use guidepost::services::keeping::check;
use guidepost::services::people::{LinkError, Linked, MOST_IDENTITIES, NewStaff, Unlinked};
use guidepost::store::Direction;

use crate::people::world::{World, after, start, unseen};
use crate::store::on_each_engine;

fn terminal(user: &str) -> Identity {
    Identity::Console(user.to_owned())
}

async fn proven(world: &World, user: &str) -> PersonId {
    let person = world.customer(user).await.person();
    let mail = MailAddress::parse(&format!("{user}@example.net")).unwrap();
    world.people.set_mail(person, Some(mail)).await.unwrap();
    person
}

/// Whether a chat was linked or unlinked, of the mails that wait.
async fn told(world: &World) -> Vec<bool> {
    let rows = JOBS.list(&world.store, None, 99, Direction::Forward).await.unwrap();
    let linked = |row: guidepost::store::Row<Record>| match row.record {
        Record::Open(Job { work: Work::Effect(Effect::Mail(Mail::Linked { linked, .. })), .. }) => {
            Some(linked)
        }
        Record::Open(_) | Record::Over { .. } => None,
    };
    rows.into_iter().filter_map(linked).collect()
}

#[test]
fn of_32_at_once_one_links_and_it_is_told_once() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let to = proven(&world, "ada").await;
        let visitor = world.customer("tablet").await.person();
        let tasks: Vec<_> = (0..32)
            .map(|_| {
                let people = world.people.clone();
                tokio::spawn(async move {
                    people.link(&terminal("tablet"), to, "flow", |_| (), after(1)).await.unwrap()
                })
            })
            .collect();
        let mut moves = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Linked::Now { moves: who, .. } => moves.push(who),
                Linked::Already(person) => assert_eq!(person.id, to),
            }
        }
        assert_eq!(moves, [Some(visitor)]);
        assert_eq!(told(&world).await, [true]);
        let ada = world.people.known(&terminal("tablet")).await.unwrap().unwrap().record;
        assert_eq!((ada.id, ada.identities.len()), (to, 2));
        let checked = check(&world.kept(), &kept::tables(), after(200), &mut unseen).await.unwrap();
        assert!(checked.is_clean(), "{:?}", checked.findings);
    });
}

#[test]
fn only_a_mere_visitor_is_moved_and_staff_stay_where_they_are() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let (to, other) = (proven(&world, "ada").await, proven(&world, "eve").await);
        let link = async |user: &str, to| {
            world.people.link(&terminal(user), to, &format!("{user}-{to}"), |_| (), after(1)).await
        };
        // Somebody with an address keeps what is theirs.
        let linked = link("eve", to).await.unwrap();
        assert!(matches!(linked, Linked::Now { moves: None, .. }), "{linked:?}");
        let eve = world.people.get(other).await.unwrap().unwrap().record;
        assert!(eve.is_here() && eve.identities.is_empty() && eve.mail.is_some());
        // Nobody who is gone gets anything.
        let visitor = world.customer("tablet").await.person();
        assert!(matches!(link("tablet", PersonId(99)).await, Err(LinkError::Gone)));
        assert!(matches!(link("nobody", to).await, Err(LinkError::Gone)));
        world.erase("eve@example.net").await.unwrap();
        assert!(matches!(link("tablet", other).await, Err(LinkError::Gone)));
        let linked = link("tablet", to).await.unwrap();
        assert!(matches!(linked, Linked::Now { moves: Some(who), .. } if who == visitor), "{linked:?}");
        assert!(matches!(link("ada", visitor).await, Err(LinkError::Gone)), "who moved is nobody any more");
        // Staff whom the desk knows by their account would lose it.
        world.people.add_staff(&NewStaff::Discord(5), Some("bo"), start()).await.unwrap();
        let staff = world.people.link(&Identity::Discord(5), to, "bo", |_| (), after(1)).await;
        assert!(matches!(staff, Err(LinkError::Staff)), "{staff:?}");
        for number in 100..100 + MOST_IDENTITIES as u64 {
            world.people.meet(&Identity::Discord(number), None, start()).await.unwrap();
            let linked = world
                .people
                .link(&Identity::Discord(number), to, &number.to_string(), |_| (), after(1))
                .await;
            let has_room = number < 97 + MOST_IDENTITIES as u64;
            assert_eq!(matches!(linked, Err(LinkError::TooMany)), !has_room, "{number} {linked:?}");
        }
    });
}

#[test]
fn what_is_unlinked_stays_and_whoever_comes_by_it_next_is_somebody_new() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let to = proven(&world, "ada").await;
        world.customer("tablet").await;
        world.people.link(&terminal("tablet"), to, "flow", |_| (), after(1)).await.unwrap();
        let unlinked = world.people.unlink(to, &terminal("tablet"), after(2)).await.unwrap();
        assert!(matches!(unlinked, Unlinked::Now(ada) if ada.identities == [terminal("ada")]));
        assert_eq!(world.people.unlink(to, &terminal("tablet"), after(3)).await.unwrap(), Unlinked::WasNot);
        assert_eq!(told(&world).await.len(), 2);
        let next = world.customer("tablet").await.person();
        assert!(next != to && next.0 > to.0);
        // Without an address there is no way back to what is theirs.
        let visitor = world.people.unlink(next, &terminal("tablet"), after(4)).await.unwrap();
        assert_eq!(visitor, Unlinked::OnlyWay);
        assert!(world.people.known(&terminal("tablet")).await.unwrap().is_some());
        let checked = check(&world.kept(), &kept::tables(), after(200), &mut unseen).await.unwrap();
        assert!(checked.is_clean(), "{:?}", checked.findings);
    });
}
