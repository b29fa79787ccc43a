//! The index after whatever may happen to it: a restart, a feed that was trimmed, damage, another desk, a store that was set back.

use std::fs;
use std::path::PathBuf;

use guidepost::domain::case::{CaseNumber, Verb};
use guidepost::domain::{Change, Identity, PersonId};
use guidepost::services::case_search::{CaseSearch, CaughtUp};
use guidepost::services::people::PEOPLE;
use guidepost::store::{Batch, Place, Store, feed};

use super::world::{MEMORY, World, written};
use crate::store::{Bench, on_each_engine};

fn world_on(bench: &Bench) -> World {
    World::on(bench.store.clone(), tempfile::tempdir().unwrap())
}

/// The folder of the generation in use.
fn generation(world: &World) -> PathBuf {
    let current = fs::read_to_string(world.index().join("current")).unwrap();
    world.index().join(current.trim())
}

#[test]
fn the_index_goes_on_where_it_was_after_a_restart() {
    on_each_engine(&async |bench| {
        let mut world = world_on(bench);
        let ada = world.customer("ada").await;
        world.open(&ada, "The zeppelin is late").await;
        assert!(matches!(world.search.catch_up().await.unwrap(), CaughtUp::Built(..)), "there was none");
        assert_eq!(world.search.catch_up().await.unwrap(), CaughtUp::Read(0));
        world.open(&ada, "The zeppelin is early").await;
        let mut world = world.restarted();
        assert_eq!(
            world.search.catch_up().await.unwrap(),
            CaughtUp::Read(1),
            "only what was not read before"
        );
        assert_eq!(world.numbers(&ada, "zeppelin").await, [2, 1]);
        world.act(&ada, CaseNumber(1), Verb::Reply(written("A balloon, to be exact"))).await;
        assert_eq!(world.numbers(&ada, "balloon").await, [1]);
        assert_eq!(world.search.len(), 2, "a case is in it once");
    });
}

#[test]
fn a_feed_that_was_trimmed_too_far_has_the_index_built_again() {
    on_each_engine(&async |bench| {
        let mut world = world_on(bench);
        let ada = world.customer("ada").await;
        world.open(&ada, "The zeppelin is late").await;
        world.search.catch_up().await.unwrap();
        for _ in 0..3 {
            world.open(&ada, "The zeppelin is early").await;
        }
        // So far that the last entry that was read is gone.
        feed::trim(&world.store, 1, 100).await.unwrap();
        let why = "the change feed no longer tells what happened since".to_owned();
        assert_eq!(world.search.catch_up().await.unwrap(), CaughtUp::Built(why, 4));
        assert_eq!(world.numbers(&ada, "zeppelin").await, [4, 3, 2, 1]);
        assert_eq!(world.search.catch_up().await.unwrap(), CaughtUp::Read(0));
    });
}

#[test]
fn the_index_of_another_store_is_not_taken_for_this_ones() {
    on_each_engine(&async |bench| {
        let mut world = world_on(bench);
        let ada = world.customer("ada").await;
        world.open(&ada, "The zeppelin is late").await;
        world.search.catch_up().await.unwrap();
        let World { search, folder, .. } = world;
        drop(search);
        bench.empty().await;
        let mut world = World::on(bench.store.clone(), folder);
        let (bob, ada) = (world.customer("bob").await, world.customer("ada").await);
        world.open(&bob, "Something else").await;
        world.open(&ada, "And again").await;
        assert!(matches!(world.search.catch_up().await.unwrap(), CaughtUp::Built(_, 2)));
        assert_eq!(world.numbers(&bob, "zeppelin").await, Vec::<u64>::new());
        assert_eq!(world.numbers(&bob, "something").await, [1]);
    });
}

#[tokio::test]
async fn a_damaged_index_is_built_again() {
    let mut world = World::new().await;
    let ada = world.customer("ada").await;
    world.open(&ada, "The zeppelin is late").await;
    world.search.catch_up().await.unwrap();
    for damage in 0..4 {
        let folder = generation(&world);
        match damage {
            0 => fs::write(world.index().join("current"), "0-7").unwrap(),
            1 => fs::write(folder.join("meta.json"), "{").unwrap(),
            2 => {
                let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
                let terms = files.filter(|path| path.extension().is_some_and(|end| end == "term"));
                for file in terms {
                    let mut bytes = fs::read(&file).unwrap();
                    bytes[0] ^= 0xFF;
                    fs::write(&file, bytes).unwrap();
                }
            }
            _ => fs::remove_dir_all(&folder).unwrap(),
        }
        world = world.restarted();
        // Until it is built nothing is found, and nothing fails.
        assert_eq!(world.search.search(&ada, "zeppelin", 20, world.now).await.unwrap().total, 0, "{damage}");
        assert!(matches!(world.search.catch_up().await.unwrap(), CaughtUp::Built(_, 1)), "{damage}");
        assert_eq!(world.numbers(&ada, "zeppelin").await, [1], "{damage}");
    }
    let folders =
        fs::read_dir(world.index()).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(folders.count(), 1, "old generations are removed");
}

#[tokio::test]
async fn building_again_tells_how_far_it_is_and_keeps_what_changed_meanwhile() {
    let mut world = World::new().await;
    let ada = world.customer("ada").await;
    for at in 0..450 {
        world.open(&ada, &format!("The zeppelin number {at} is late")).await;
    }
    world.search.catch_up().await.unwrap();
    let mut told = Vec::new();
    assert_eq!(world.search.rebuild(&mut |done| told.push(done)).await.unwrap(), 450);
    assert_eq!(told, [200, 400, 450]);
    assert_eq!(world.find(&ada, "zeppelin").await.total, 450);
    world.open(&ada, "The zeppelin landed").await;
    assert_eq!(world.numbers(&ada, "zeppelin landed").await, [451]);
    let world = world.restarted();
    assert_eq!(world.search.catch_up().await.unwrap(), CaughtUp::Read(0));
    assert_eq!(world.numbers(&ada, "landed").await, [451]);
}

#[test]
fn a_second_process_reads_the_index_that_the_first_one_keeps() {
    on_each_engine(&async |bench| {
        let mut world = world_on(bench);
        let ada = world.customer("ada").await;
        let second = CaseSearch::open(world.store.clone(), &world.index(), MEMORY).unwrap();
        assert_eq!(second.catch_up().await.unwrap(), CaughtUp::Seen);
        assert_eq!(second.search(&ada, "", 20, world.now).await.unwrap().total, 0);
        world.open(&ada, "The zeppelin is late").await;
        world.search.catch_up().await.unwrap();
        second.catch_up().await.unwrap();
        assert_eq!(second.search(&ada, "zeppelin", 20, world.now).await.unwrap().total, 1);
        // The first builds a new generation: the second goes over to it.
        world.search.rebuild(&mut |_| {}).await.unwrap();
        world.open(&ada, "The zeppelin is early").await;
        world.search.catch_up().await.unwrap();
        second.catch_up().await.unwrap();
        assert_eq!(second.search(&ada, "zeppelin", 20, world.now).await.unwrap().total, 2);
        assert_eq!(second.rebuild(&mut |_| {}).await.unwrap(), 0, "that is the first one's work");
    });
}

#[test]
fn what_another_desk_on_the_same_server_wrote_is_found() {
    on_each_engine(&async |bench| {
        let Place::Postgres(_) = &bench.place else { return };
        let other = Store::open(&bench.place).await.unwrap();
        let (mut here, mut there) = (world_on(bench), World::on(other.clone(), tempfile::tempdir().unwrap()));
        let ada = here.customer("ada").await;
        here.open(&ada, "The zeppelin is late").await;
        assert_eq!(there.numbers(&ada, "zeppelin").await, [1]);
        there.now += chrono::TimeDelta::hours(1);
        there.open(&ada, "The zeppelin is early").await;
        assert_eq!(here.numbers(&ada, "zeppelin").await, [2, 1]);
        other.close().await;
    });
}

#[tokio::test]
async fn a_desk_that_follows_finds_what_was_just_written() {
    let mut world = World::new().await;
    let ada = world.customer("ada").await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let search = world.search.clone();
    let clock = guidepost::clock::Clock::System;
    let following = tokio::spawn(async move {
        search.follow(&clock, async { stopped.await.unwrap_or_default() }).await;
    });
    world.open(&ada, "The zeppelin is late").await;
    // It is a matter of moments; a follower that does nothing never ends this.
    while world.search.search(&ada, "zeppelin", 20, world.now).await.unwrap().total == 0 {
        tokio::task::yield_now().await;
    }
    stop.send(()).unwrap();
    following.await.unwrap();
}

/// In how many documents of the files in use a word stands, those that were replaced included.
fn in_files(world: &World, field: &str, term: &str) -> u64 {
    let index = tantivy::Index::open_in_dir(generation(world)).unwrap();
    let field = index.schema().get_field(field).unwrap();
    let searcher = index.reader().unwrap().searcher();
    searcher.doc_freq(&tantivy::Term::from_field_text(field, term)).unwrap()
}

/// The files of segments that are no longer in use.
fn forgotten_files(world: &World) -> Vec<String> {
    let folder = generation(world);
    let metas = tantivy::Index::open_in_dir(&folder).unwrap().load_metas().unwrap();
    let used: Vec<String> = metas.segments.iter().map(|segment| segment.id().uuid_string()).collect();
    let files = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let is_segments = |file: &String| file.split('.').next().is_some_and(|name| name.len() == 32);
    files.filter(|file| is_segments(file) && !used.iter().any(|id| file.starts_with(id))).collect()
}

#[tokio::test]
async fn what_was_erased_is_in_no_file_of_the_index() {
    let mut world = World::new().await;
    let (ada, agent) = (world.customer("ada").await, world.agent().await);
    for text in ["The zeppelin is late", "Something else", "And another thing"] {
        world.open(&ada, text).await;
    }
    world.act(&agent, CaseNumber(2), Verb::Note(written("Mentions a zeppelin, too"))).await;
    world.search.catch_up().await.unwrap();
    // The subject is masked, as erasing does it; and the feed tells of the person.
    let rename = guidepost::domain::case::Subject::parse("erased").unwrap();
    world.act(&agent, CaseNumber(1), Verb::Rename(rename)).await;
    mask_first_event(&world, CaseNumber(1)).await;
    world.search.catch_up().await.unwrap();
    assert_eq!(world.numbers(&ada, "zeppelin").await, Vec::<u64>::new());
    assert_eq!(in_files(&world, "said_exact", "zeppelin"), 1, "it is only marked as replaced");
    erase(&world, ada.person()).await;
    world.search.catch_up().await.unwrap();
    assert_eq!(in_files(&world, "said_exact", "zeppelin"), 0);
    assert_eq!(in_files(&world, "noted_exact", "zeppelin"), 1, "what was not erased stays");
    assert_eq!(forgotten_files(&world), Vec::<String>::new());
    let world = world.restarted();
    assert_eq!(world.search.catch_up().await.unwrap(), CaughtUp::Read(0));
    assert_eq!(world.numbers(&agent, "zeppelin").await, [2]);
}

/// Takes the words out of how a case began.
async fn mask_first_event(world: &World, case: CaseNumber) {
    use guidepost::domain::case::What;
    use guidepost::services::cases::table::{EVENTS, event_key};
    let row = EVENTS.get(&world.store, &event_key(case, 1)).await.unwrap().unwrap();
    let mut event = row.record.clone();
    if let What::Opened(opening) = &mut event.what {
        opening.description = None;
    }
    let mut batch = Batch::new();
    EVENTS.update(&mut batch, &row, &event);
    batch.tell(&Change::Case(case));
    world.store.commit(batch).await.unwrap();
}

/// Marks a person as erased.
async fn erase(world: &World, person: PersonId) {
    let row = world.people.known(&Identity::Console("ada".to_owned())).await.unwrap().unwrap();
    let mut batch = Batch::new();
    let erased = guidepost::domain::Person { erased: Some(world.now), ..row.record.clone() };
    PEOPLE.update(&mut batch, &row, &erased);
    batch.tell(&Change::Person(person));
    world.store.commit(batch).await.unwrap();
}
