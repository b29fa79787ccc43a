//! Building and opening an index on disk, each in a process of its own: memory is a process's.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use guidepost::services::library::{Did, Library, Places};

use crate::corpus::{Corpus, shipped};

const BUILD: &str = "--child-build";
const OPEN: &str = "--child-open";
/// Memory for building, in bytes: the default of `config.toml`.
const MEMORY: usize = 100_000_000;
/// The index is opened so often; the middle time is told.
const OPENED: usize = 5;

/// Does a child's job and prints seconds and memory; false where the arguments name none.
pub fn run(job: &str, knowledge: &str, index: &str) -> bool {
    if job != BUILD && job != OPEN {
        return false;
    }
    let places = Places { knowledge: knowledge.into(), index: index.into(), memory: MEMORY };
    let started = Instant::now();
    let library = Library::open(places, false, &mut |_| {}).unwrap();
    let seconds = started.elapsed().as_secs_f64();
    match (job, library.did()) {
        (OPEN, Did::Nothing) | (BUILD, Did::Built(..)) => {}
        (job, did) => panic!("{job}: {did:?}"),
    }
    let (peak, rest, own) = (status("VmHWM"), status("VmRSS"), status("RssAnon"));
    println!("{seconds} {peak} {rest} {own} {}", library.answers().engine().len());
    true
}

/// Megabytes that the system counts for this process.
fn status(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok())
        .map_or(f64::NAN, |kilobytes: f64| kilobytes * 1024.0 / 1e6)
}

/// Builds the index of a folder of Markdown once and opens it some times.
pub fn measure(corpus: &Corpus) {
    let temporary = tempfile::tempdir().unwrap();
    let (mut knowledge, index) = (temporary.path().join("knowledge"), temporary.path().join("index"));
    if corpus.is_real {
        std::fs::create_dir(&knowledge).unwrap();
        corpus.write(&knowledge);
    } else {
        knowledge = shipped();
    }
    let built = spawn(BUILD, &knowledge, &index);
    let mut opened: Vec<[f64; 5]> = (0..OPENED).map(|_| spawn(OPEN, &knowledge, &index)).collect();
    opened.sort_by(|a, b| a[0].total_cmp(&b[0]));
    println!("\n| on disk, each in a process of its own | ms | peak MB | MB at rest | of which its own |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    let rows = [
        ("a folder of Markdown read, and its index built", built),
        ("the index opened, folder checked: ready", opened[OPENED / 2]),
    ];
    for (name, [seconds, peak, rest, own, articles]) in rows {
        assert!((articles - corpus.articles.len() as f64).abs() < 0.5, "{articles} articles");
        println!("| {name} | {:.0} | {peak:.0} | {rest:.0} | {own:.0} |", seconds * 1e3);
    }
}

fn spawn(job: &str, knowledge: &Path, index: &Path) -> [f64; 5] {
    let own = std::env::current_exe().unwrap();
    let done = Command::new(own).arg(job).args([knowledge, index]).output().unwrap();
    let text = String::from_utf8_lossy(&done.stdout);
    let numbers: Vec<f64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
    numbers.try_into().unwrap_or_else(|_| panic!("{job}: {text}{}", String::from_utf8_lossy(&done.stderr)))
}
