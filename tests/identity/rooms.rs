//! A Discord account that is unlinked leaves the rooms of the person's cases, and no others.

use guidepost::domain::case::CaseNumber;
use guidepost::domain::{Identity, MailAddress};
use guidepost::services::codes::Codes;
use guidepost::services::identity::Identities;
use guidepost::services::people::Unlinked;
use guidepost::services::rooms::{self, ROOMS, Room};
use guidepost::store::Direction;

use crate::people::world::{World, after, start};
use crate::store::on_each_engine;

#[test]
fn an_unlinked_account_leaves_the_rooms_of_the_persons_cases() {
    on_each_engine(&async |bench| {
        const ACCOUNT: u64 = 313_373;
        let world = World::on(bench);
        let ada = world.customer("ada").await;
        world.people.meet(&Identity::Discord(ACCOUNT), None, start()).await.unwrap();
        let mail = MailAddress::parse("ada@example.net").unwrap();
        world.people.set_mail(ada.person(), Some(mail)).await.unwrap();
        world.people.link(&Identity::Discord(ACCOUNT), ada.person(), "flow", |_| (), after(1)).await.unwrap();
        let own = world.open(&ada, "It smokes", Vec::new()).await;
        for case in [own, CaseNumber(own.0 + 1)] {
            let members = [5, ACCOUNT].into();
            let room = Room {
                case,
                server: 1,
                parent: 2,
                thread: 1_000 + case.0,
                shown: 0,
                members,
                archived: false,
            };
            rooms::add(&world.store, &room).await.unwrap();
        }
        let identities = Identities::new(world.store.clone(), Codes::new(world.kept().key));
        let unlinked = identities.unlink(ada.person(), &Identity::Discord(ACCOUNT), after(2)).await.unwrap();
        assert!(matches!(unlinked, Unlinked::Now(_)));
        let rows = ROOMS.list(&world.store, None, 9, Direction::Forward).await.unwrap();
        let members: Vec<_> = rows.into_iter().map(|row| row.record.members).collect();
        assert_eq!(members, [[5].into(), [5, ACCOUNT].into()]);
        let leaves = world.with("discord-leave").await;
        assert!(leaves.iter().any(|record| record.contains(&ACCOUNT.to_string())), "{leaves:#?}");
    });
}
