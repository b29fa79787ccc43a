//! Opening a store with many cases and listing some, in a process of its own: memory is a process's.

use std::process::Command;

use guidepost::domain::PersonId;
use guidepost::store::{Place, Store};

use crate::desk::cases;
use crate::{Bench, timed};

pub const LIST: &str = "--child-list";
/// Whose cases are listed.
const PEOPLE: u64 = 50;

/// Opens, lists, and prints the time to open and the memory at rest.
pub async fn list(place: &str) {
    let place =
        if place.contains("://") { Place::Postgres(place.to_owned()) } else { Place::Folder(place.into()) };
    let (store, opened) = timed(Store::open(&place)).await;
    let store = store.unwrap();
    let (before, mut listed) = (status("VmRSS"), 0);
    for person in 1..=PEOPLE {
        listed += cases(&store).own(PersonId(person), None, 20).await.unwrap().len();
    }
    println!("{} {before} {} {listed}", opened.as_secs_f64() * 1e3, status("VmRSS"));
    store.close().await;
}

pub fn measure(all: &[Bench]) {
    println!("\n| in a process of its own | opened in ms | MB then | MB after {PEOPLE} lists |");
    println!("| --- | ---: | ---: | ---: |");
    for bench in all {
        let folder = bench.folder.as_ref().map(|folder| folder.path().join("store"));
        let place = match (folder, &bench.place) {
            (Some(folder), _) => folder.to_str().unwrap().to_owned(),
            (None, Place::Folder(folder)) => folder.to_str().unwrap().to_owned(),
            (None, Place::Postgres(url)) => url.clone(),
        };
        let own = std::env::current_exe().unwrap();
        let done = Command::new(own).args([LIST, &place]).output().unwrap();
        let told = String::from_utf8_lossy(&done.stdout);
        let numbers: Vec<f64> = told.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let [opened, before, after, listed] = numbers.as_slice() else {
            panic!("{told}{}", String::from_utf8_lossy(&done.stderr))
        };
        assert!(*listed > 0.0);
        println!("| {} | {opened:.0} | {before:.0} | {after:.0} |", bench.name);
    }
}

/// Megabytes that the system counts for this process.
fn status(key: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'));
    line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok())
        .map_or(f64::NAN, |kilobytes: f64| kilobytes * 1024.0 / 1e6)
}
