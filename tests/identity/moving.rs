//! A visitor's records become those of the person they turned out to be: all of them, once, and however often it is stopped.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use guidepost::app::kept;
use guidepost::chat::flow::{Address, Draft, Flow};
use guidepost::chat::{Memory, Ticket};
use guidepost::domain::case::{Event, Verb};
use guidepost::domain::{Identity, MailAddress, Person, PersonId, Place, Platform, Privacy};
use guidepost::services::cases::table::{CASES, DONE, EVENTS, OWN, TALLIES, person_key};
use guidepost::services::conversations::{
    ANSWERS, Answered, CONVERSATIONS, Conversation, FLOWS, FlowRecord, Source,
};
use guidepost::services::keeping::check;
use guidepost::services::kept_answers::KEPT_ANSWERS;
use guidepost::services::limits::{COUNTS, Counted, Limit, count};
use guidepost::services::moving::{self, MOVES};
use guidepost::services::notices::NOTICES;
use guidepost::services::people::Linked;
use guidepost::store::{Batch, Direction, KeyRange};

use crate::people::world::{KEPT, MARK, Told, World, after, start, unseen, written};
use crate::store::on_each_engine;

const LIMIT: Limit = Limit { what: "test", most: 5, within: TimeDelta::hours(24) };

fn visitor() -> Identity {
    Identity::Console(format!("{MARK}-user"))
}

fn place(name: &str) -> Place {
    Place { platform: Platform::Console, conversation: name.to_owned(), privacy: Privacy::Private }
}

/// Leaves what a conversation leaves, and counts something.
async fn talks(world: &World, person: PersonId, at: &[&str], random: u64) {
    let mut batch = Batch::new();
    for name in at {
        let place = place(name);
        let told = Some(after(i64::try_from(random).unwrap()));
        let talk = Conversation { told, at: after(1), ..Conversation::begins(person, &place) };
        CONVERSATIONS.insert(&mut batch, &talk);
    }
    for number in 0..30 {
        let id = Ticket::new(random * 1_000 + number);
        let flow = Flow::begin(id, place("here"), Draft::Address(Address::default()), after(2));
        FLOWS.insert(&mut batch, &FlowRecord { person, flow });
        let (shown, votes) = (BTreeMap::new(), BTreeMap::new());
        let text = format!("{person} asks");
        let (product, confident, source) = (None, true, Source::Question);
        ANSWERS.insert(
            &mut batch,
            &Answered { id, person, at: after(3), text, product, confident, source, shown, votes },
        );
    }
    let who = [(LIMIT, Counted::person(person))];
    count(&world.store, &mut batch, &who, after(4)).await.unwrap().unwrap();
    world.store.commit(batch).await.unwrap();
}

/// The visitor with all that one can have, and the person whom they turn out to be, who has some of the same.
async fn two(world: &World) -> (Told, PersonId) {
    let told = world.tell().await;
    world.people.set_mail(told.customer, None).await.unwrap();
    talks(world, told.customer, &["here", "there"], 1).await;
    let proven = world.customer("proven").await;
    let mail = MailAddress::parse("proven@example.org").unwrap();
    world.people.set_mail(proven.person(), Some(mail)).await.unwrap();
    world.open(&proven, "their own", Vec::new()).await;
    world.act(&told.agent, told.followed, Verb::Follow(proven.person()), 30).await;
    world.act(&told.agent, told.left, Verb::Follow(proven.person()), 30).await;
    world.act(&told.agent, told.followed, Verb::Answer(written(KEPT)), 31).await;
    talks(world, proven.person(), &["here"], 2).await;
    (told, proven.person())
}

async fn link(world: &World, to: PersonId) -> Linked {
    world.people.link(&visitor(), to, "test", |_| (), after(50)).await.unwrap()
}

/// How many records there are under two people, table by table: what both have is one.
async fn counted(world: &World, people: &[PersonId]) -> Vec<usize> {
    let mut all = Vec::new();
    let names = [NOTICES.name, DONE.name, CONVERSATIONS.name, FLOWS.name, ANSWERS.name, KEPT_ANSWERS.name];
    for table in names {
        let mut own = BTreeSet::new();
        for person in people {
            let under = guidepost::store::Key::of(table).join(&person_key(*person));
            let found =
                world.store.scan(&KeyRange::under(&under), usize::MAX, Direction::Forward).await.unwrap();
            own.extend(found.into_iter().map(|entry| entry.key.after(&under).unwrap().to_string()));
        }
        all.push(own.len());
    }
    all
}

async fn timelines(world: &World) -> Vec<Event> {
    let rows = EVENTS.list(&world.store, None, usize::MAX, Direction::Forward).await.unwrap();
    rows.into_iter().map(|row| row.record).collect()
}

async fn person(world: &World, id: PersonId) -> Person {
    world.people.get(id).await.unwrap().unwrap().record
}

/// The tallies are what the cases add up to.
async fn assert_tallies(world: &World) {
    let mut active = BTreeMap::<PersonId, u32>::new();
    for row in CASES.list(&world.store, None, usize::MAX, Direction::Forward).await.unwrap() {
        *active.entry(row.record.requester).or_default() += u32::from(row.record.status.is_active());
    }
    for row in TALLIES.list(&world.store, None, usize::MAX, Direction::Forward).await.unwrap() {
        assert_eq!(row.record.active, active.remove(&row.record.person).unwrap_or_default());
    }
    assert!(active.values().all(|count| *count == 0), "{active:?}");
}

#[test]
fn a_move_stopped_after_any_step_comes_to_the_same_end() {
    on_each_engine(&async |bench| {
        let mut stop_after = 0;
        loop {
            bench.empty().await;
            let world = World::on(bench);
            let (told, to) = two(&world).await;
            let from = told.customer;
            let (before, events) = (counted(&world, &[from, to]).await, timelines(&world).await);
            let Linked::Now { moves: Some(who), .. } = link(&world, to).await else { panic!("no visitor") };
            assert_eq!(who, from);
            let mut is_done = false;
            for _ in 0..stop_after {
                is_done = !moving::step(&world.store, from).await.unwrap();
                // Nothing is half there at any time.
                world.assert_cases_add_up().await;
                assert_tallies(&world).await;
            }
            bench.reopen().await;
            let world = World::on(bench);
            while moving::go_on(&world.store, after(51), 7).await.unwrap() > 0 {}

            assert_eq!(counted(&world, &[to]).await, before, "after {stop_after} steps");
            assert_eq!(counted(&world, &[from]).await, vec![0; before.len()]);
            let moved: Vec<Event> = events.iter().map(|event| event.with_instead(from, to)).collect();
            assert_eq!(timelines(&world).await, moved);
            world.assert_cases_add_up().await;
            assert_tallies(&world).await;
            assert!(TALLIES.get(&world.store, &person_key(from)).await.unwrap().is_none());
            let own = CASES.find(&world.store, &OWN, Some(&person_key(to)), 99, Direction::Forward).await;
            assert_eq!(own.unwrap().len(), 5, "two of the visitor's, one of their own, two that they follow");
            let place = Conversation::begins(to, &place("here")).place;
            let key = person_key(to).text(&place);
            let talk = CONVERSATIONS.get(&world.store, &key).await.unwrap().unwrap().record;
            assert_eq!((talk.told, talk.memory), (Some(after(2)), Memory::default()));
            let rows = COUNTS.list(&world.store, None, 99, Direction::Forward).await.unwrap();
            let both = rows.iter().find(|row| row.record.who == to.to_string()).unwrap();
            assert_eq!(both.record.at.len(), 2, "what is limited is counted on");
            assert!(rows.iter().all(|row| row.record.who != from.to_string()));
            let checked = check(&world.kept(), &kept::tables(), after(200), &mut unseen).await.unwrap();
            assert!(checked.is_clean(), "{:?}", checked.findings);
            if is_done {
                break;
            }
            stop_after += 5;
        }
        assert!(stop_after > 15, "{stop_after} steps are hardly all");
    });
}

#[test]
fn what_a_turn_writes_that_was_under_way_is_found_and_the_move_ends_an_hour_later() {
    on_each_engine(&async |bench| {
        let world = World::on(bench);
        let (told, to) = two(&world).await;
        let visitor = world.customer(&format!("{MARK}-user")).await;
        link(&world, to).await;
        while moving::go_on(&world.store, after(51), 100).await.unwrap() > 0 {}
        let late = world.open(&visitor, &format!("{MARK} meanwhile"), Vec::new()).await;
        while moving::go_on(&world.store, after(52), 100).await.unwrap() > 0 {}
        assert_eq!(world.case(late).await.0.requester, to);
        assert_tallies(&world).await;
        assert_eq!(MOVES.list(&world.store, None, 9, Direction::Forward).await.unwrap().len(), 1);
        moving::go_on(&world.store, after(111), 100).await.unwrap();
        assert!(MOVES.list(&world.store, None, 9, Direction::Forward).await.unwrap().is_empty());
        let left = person(&world, told.customer).await;
        assert_eq!((left.moved, left.called(), left.identities.len()), (Some(to), None, 0));
        // Whoever is named by the visitor's number is the person whom they turned out to be.
        let named = world.people.named(&told.customer.to_string()).await.unwrap().unwrap();
        assert_eq!(named.record.id, to);
    });
}

#[test]
fn whoever_is_erased_is_erased_with_what_was_on_its_way_to_them() {
    on_each_engine(&async |bench| {
        for steps in [0, 3, 12] {
            bench.empty().await;
            let world = World::on(bench);
            let (told, to) = two(&world).await;
            link(&world, to).await;
            for _ in 0..steps {
                moving::step(&world.store, told.customer).await.unwrap();
            }
            world.erase("proven@example.org").await.unwrap();
            // The mail to the address that the visitor gave up is nobody's whom the desk knows.
            let left = world.with(MARK).await;
            assert!(left.iter().all(|entry| entry.starts_with("job")), "{left:#?}");
            world.assert_cases_add_up().await;
            let checked = check(&world.kept(), &kept::tables(), after(200), &mut unseen).await.unwrap();
            assert!(checked.is_clean(), "{:?}", checked.findings);
            assert_eq!(moving::go_on(&world.store, after(300), 100).await.unwrap(), 0);
            assert!(person(&world, to).await.erased.is_some());
            assert_eq!(person(&world, told.customer).await.since, start());
        }
    });
}
