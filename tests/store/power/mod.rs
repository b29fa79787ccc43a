//! Power cuts: what a program wrote and synced is recorded, and the disk is put together as a power cut could have left it.
//!
//! strace records every write and sync of the real program while many clients commit. For many moments a folder is made that
//! holds what was synced by then, and of the rest each write wholly, in part, or not at all. The store must open there, hold
//! every commit that had been acknowledged, and no half of any other.

mod disk;
mod trace;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use guidepost::services::trial::{self, Acknowledged, Record};
use guidepost::store::{Batch, Direction, Key, KeyRange, Place, Store};

use disk::Disk;
use trace::{Trace, What};

const PROGRAM: &str = env!("CARGO_BIN_EXE_guidepost");
const CLIENTS: u32 = 6;

/// How much is done: the long form fills many segments of the log, and cleans some.
struct Form {
    commits: u64,
    bytes: usize,
    moments: usize,
}

fn form() -> Form {
    if super::is_long() {
        Form { commits: 300, bytes: 3000, moments: 1000 }
    } else {
        Form { commits: 25, bytes: 900, moments: 60 }
    }
}

#[test]
fn whatever_a_power_cut_leaves_nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let form = form();
    let Some(trace) = record(folder.path(), &form) else { return };
    let acknowledged: Vec<(usize, Acknowledged)> = trace.said(1).collect();
    assert_eq!(
        acknowledged.len() as u64,
        u64::from(CLIENTS) * form.commits,
        "all were acknowledged in the end"
    );
    let syncs = trace.syncs();
    assert!(syncs > 20, "only {syncs} syncs were recorded");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut open = 0;
    for (at, seed) in trace.moments(form.moments) {
        let place = tempfile::tempdir().unwrap();
        Disk::at(&trace, at, seed).write(folder.path(), place.path());
        let told: Vec<&Acknowledged> =
            acknowledged.iter().filter(|(said, _)| *said <= at).map(|(_, a)| a).collect();
        let failure = runtime.block_on(failure(place.path(), &told));
        assert_eq!(failure, None, "cut at event {at} of {}, seed {seed}", trace.events.len());
        open += usize::from(!told.is_empty());
    }
    assert!(open > form.moments / 4, "most cuts came before anything was acknowledged");
}

/// Runs the program under strace and reads what it recorded; `None` where that can't be.
fn record(folder: &Path, form: &Form) -> Option<Trace> {
    let told = traced(folder, form, &["-e", &format!("trace={}", trace::CALLS.join(","))])?;
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    Some(Trace::read(&std::fs::read_to_string(folder.join("trace")).unwrap(), folder))
}

/// Runs the program under strace; `None` where that can't be.
fn traced(folder: &Path, form: &Form, how: &[&str]) -> Option<Output> {
    let told = Command::new("strace")
        .args(["-f", "-qq", "-xx", "-s", "4194304", "-e", "signal=none", "-o"])
        .arg(folder.join("trace"))
        .args(how)
        .arg(PROGRAM)
        .args(["--set", &format!("store.path={}", folder.join("data/store").display())])
        .args(["store", "trial", "--json", "--clients", &CLIENTS.to_string()])
        .args(["--commits", &form.commits.to_string(), "--bytes", &form.bytes.to_string()])
        .current_dir(folder)
        .output();
    match told {
        Ok(told) if String::from_utf8_lossy(&told.stderr).contains("ptrace") => {
            println!("skipped: strace may not trace here");
            None
        }
        Ok(told) => Some(told),
        Err(error) => {
            println!("skipped: strace can't be run ({error})");
            None
        }
    }
}

#[test]
fn a_sync_that_fails_is_never_acknowledged() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // All syncs from the tenth on; and only the tenth, after which the store is opened again and goes on.
    for (when, ends) in [("10+", false), ("10", true)] {
        let folder = tempfile::tempdir().unwrap();
        let inject = format!("inject=fdatasync:error=EIO:when={when}");
        let form = Form { commits: 25, bytes: 900, moments: 0 };
        let Some(told) = traced(folder.path(), &form, &["-e", "trace=fdatasync", "-e", &inject]) else {
            return;
        };
        let said = String::from_utf8_lossy(&told.stderr);
        assert_eq!(told.status.success(), ends, "{said}");
        if !ends {
            // Whoever was in the round that failed can't know; whoever came after it does.
            let is_told =
                ["may or may not be kept", "nothing of this was kept"].iter().any(|it| said.contains(it));
            assert!(said.contains("Input/output error") && is_told, "{said}");
        }
        let lines = String::from_utf8_lossy(&told.stdout);
        let acknowledged: Vec<Acknowledged> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let all = u64::from(CLIENTS) * form.commits;
        assert_eq!(acknowledged.len() as u64 == all, ends, "{} of {all}", acknowledged.len());
        assert!(!acknowledged.is_empty(), "some were acknowledged before");
        let told: Vec<&Acknowledged> = acknowledged.iter().collect();
        assert_eq!(runtime.block_on(failure(folder.path(), &told)), None);
    }
}

/// What is wrong with the store in a folder, given what had been acknowledged.
async fn failure(folder: &Path, told: &[&Acknowledged]) -> Option<String> {
    let place = Place::Folder(folder.join("data/store"));
    let store = match Store::open(&place).await {
        Ok(store) => store,
        Err(error) => return Some(error.to_string()),
    };
    let left = match trial::left(&store).await {
        Ok(left) => left,
        Err(error) => return Some(error.to_string()),
    };
    if left.first != left.second {
        return Some("half of a commit is there".to_owned());
    }
    let there: BTreeMap<u64, Record> = left.first.into_iter().collect();
    for a in told {
        let found = there.get(&a.number).map(|record| (record.client, record.turn));
        if found != Some((a.client, a.turn)) {
            return Some(format!("{a:?} was acknowledged, and {found:?} is there"));
        }
    }
    let count = there.len() as u64;
    if there.keys().last().is_some_and(|last| *last != count) {
        return Some("a number was given out and its record is not there".to_owned());
    }
    let feed = store.scan(&KeyRange::under(&Key::of("feed")), usize::MAX, Direction::Forward).await.unwrap();
    if !feed.iter().map(|entry| entry.key.last_number().unwrap()).eq(1..=count) {
        return Some("the feed has gaps".to_owned());
    }
    let mut batch = Batch::new();
    batch.numbered("trial", |n, writes| writes.put(Key::of("after").number(n, 6), &n));
    match store.commit(batch).await {
        Ok(done) if done.numbers == [count + 1] => {}
        other => return Some(format!("the next commit gives {other:?}")),
    }
    store.close().await;
    None
}

#[test]
fn a_program_that_does_not_sync_is_found_out() {
    // What a store that forgets its syncs would record: a write, its acknowledgement, and no sync.
    let text = "1 openat(AT_FDCWD, \"\\x61\", O_RDWR|O_CREAT, 0666) = 3\n\
                1 pwrite64(3, \"\\x68\\x69\", 2, 0 <unfinished ...>\n\
                2 write(1, \"\\x6f\\x6b\", 2) = 2\n\
                1 <... pwrite64 resumed>) = 2\n\
                1 fdatasync(3) = 0\n";
    let trace = Trace::read(text, Path::new("/"));
    assert_eq!(trace.events.len(), 4);
    assert!(matches!(trace.events[1].what, What::Write { at: 0, .. }));
    let whole = |at: usize, seed| Disk::at(&trace, at, seed).files().get(Path::new("/a")).cloned();
    // Before the sync it depends on luck; after it, it does not.
    let before: std::collections::BTreeSet<_> = (0..50).map(|seed| whole(2, seed)).collect();
    assert!(before.len() > 1, "{before:?}");
    let after: std::collections::BTreeSet<_> = (0..50).map(|seed| whole(4, seed)).collect();
    assert!(after.iter().all(|found| found.as_deref().is_none_or(|bytes| bytes == b"hi")), "{after:?}");
}
