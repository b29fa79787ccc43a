//! Measures the desk on Discord: the real program against the double of the tests, beside a bare serenity bot on another such double.
//!
//! `cargo bench --bench discord` prints the tables of `BENCHMARKS.md`; `GUIDEPOST_BENCH=quick` only tries that everything runs;
//! `cargo bench --bench discord -- 600` keeps the steady load up for 600 seconds.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench prints, ends at the first fault, and is told by its environment what to measure"
)]

mod bare;
mod desk;
mod discord;
mod load;
mod single;
mod times;

use bare::Bare;
use desk::Desk;
use times::memory;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// People on the server.
    pub people: usize,
    /// Those among them with a case.
    pub customers: usize,
    /// Turns of each kind, one at a time.
    pub single: usize,
    /// How long 100 turns a second go on.
    pub seconds: usize,
    /// Interactions at once.
    pub burst: usize,
}

fn extent() -> Extent {
    let is_test = !std::env::args().any(|arg| arg == "--bench");
    if is_test || std::env::var("GUIDEPOST_BENCH").as_deref() == Ok("quick") {
        return Extent { people: 20, customers: 2, single: 20, seconds: 2, burst: 100 };
    }
    let seconds = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    Extent { people: 500, customers: 20, single: 1000, seconds: seconds.unwrap_or(60), burst: 2000 }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if let [job, url, token, application] = args.as_slice()
        && job == bare::JOB
    {
        runtime.block_on(bare::run(url, token, application));
        return;
    }
    runtime.block_on(measure(extent()));
}

async fn measure(extent: Extent) {
    let bare = Bare::start(extent.people).await;
    let mut desk = Desk::start(extent.people).await;
    let idle = [memory(desk.world.process().unwrap(), "VmRSS"), memory(bare.id(), "VmRSS")];
    desk.set_up(extent.customers).await;

    single::measure(&extent, &desk, &bare).await;
    load::steady(&extent, &desk).await;
    load::burst(&extent, &desk, &bare).await;

    println!("\n| | MB when it has just started | MB after all of this |");
    println!("| --- | ---: | ---: |");
    let rest = [memory(desk.world.process().unwrap(), "VmRSS"), memory(bare.id(), "VmRSS")];
    for (name, (idle, rest)) in ["the desk", "bare serenity"].into_iter().zip(idle.into_iter().zip(rest)) {
        println!("| {name} | {idle:.0} | {rest:.0} |");
    }
    desk.world.stop();
    desk.world.assert_clean();
    println!("\nEverything that the desk sent is as Discord describes it.");
}
