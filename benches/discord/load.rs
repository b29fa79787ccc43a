//! Many turns: 100 a second for a while, and 2,000 at once.

use std::cell::Cell;
use std::time::{Duration, Instant};

use tokio::time::{MissedTickBehavior, interval};

use crate::Extent;
use crate::bare::Bare;
use crate::desk::{Desk, Done, Turn};
use crate::discord::double::{Act, Double};
use crate::times::{Times, memory, within};

/// Turns in a second.
const RATE: usize = 100;
/// How many asks pass before the button under an answer is pressed.
const LATER: usize = 40;
/// Every so many seconds the memory is looked at.
const LOOK: usize = 10;

pub async fn steady(extent: &Extent, desk: &Desk) {
    let process = desk.world.process().unwrap();
    let (mut all, mut asked) = (Vec::new(), Vec::new());
    let mut memories = vec![(0, memory(process, "VmRSS"))];
    let mut clock = interval(Duration::from_secs(1) / RATE as u32);
    // The pace is kept whatever the desk does; who waits for a slow answer does not ask less.
    clock.set_missed_tick_behavior(MissedTickBehavior::Burst);
    for n in 0..extent.seconds * RATE {
        clock.tick().await;
        all.push(turn(desk, Turn::MIX[n % Turn::MIX.len()], n, &mut asked));
        if (n + 1).is_multiple_of(LOOK * RATE) {
            memories.push(((n + 1) / RATE, memory(process, "VmRSS")));
        }
    }
    answered(&desk.double, &all).await;
    desk.heard().await;
    print(extent, desk, &all, &memories);
}

fn turn(desk: &Desk, turn: Turn, n: usize, asked: &mut Vec<Act>) -> Done {
    match turn {
        Turn::Ask => ask(desk, n, asked),
        Turn::Press => {
            let before = asked.len().checked_sub(LATER).map(|at| asked[at].clone());
            match before.and_then(|before| desk.press(&before)) {
                Some(act) => Done::Interaction(turn, act.id),
                None => ask(desk, n, asked),
            }
        }
        Turn::Show => Done::Interaction(turn, desk.show(n).id),
        Turn::Question | Turn::Chatter | Turn::Thread => Done::Message(turn, desk.message(turn, n)),
    }
}

fn ask(desk: &Desk, n: usize, asked: &mut Vec<Act>) -> Done {
    let act = desk.ask(n);
    asked.push(act.clone());
    Done::Interaction(Turn::Ask, act.id)
}

fn print(extent: &Extent, desk: &Desk, all: &[Done], memories: &[(usize, f64)]) {
    let times = Times::of(&desk.double);
    println!("\n### {RATE} turns a second for {} seconds\n", extent.seconds);
    println!("| | turns | answered | p50 ms | p99 ms | slowest ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let of = |done: &Done| match done {
        Done::Interaction(turn, _) | Done::Message(turn, _) => *turn,
    };
    for turn in Turn::ALL {
        let done: Vec<Done> = all.iter().filter(|done| of(done) == turn).copied().collect();
        print_row(turn.name(), &done, &times);
    }
    print_row("all", all, &times);
    println!("\n| seconds | MB |");
    println!("| ---: | ---: |");
    for (seconds, megabytes) in memories {
        println!("| {seconds} | {megabytes:.1} |");
    }
}

fn print_row(name: &str, done: &[Done], times: &Times) {
    let mut took: Vec<f64> = done.iter().filter_map(|done| times.took(*done)).collect();
    println!(
        "| {name} | {} | {} | {:.2} | {:.2} | {:.2} |",
        done.len(),
        took.len(),
        within(&mut took, 50),
        within(&mut took, 99),
        within(&mut took, 100)
    );
}

pub async fn burst(extent: &Extent, desk: &Desk, bare: &Bare) {
    println!("\n### {} interactions at once\n", extent.burst);
    println!("| | answered | put off | sent within ms | p50 ms | slowest ms |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    one_burst("bare serenity: `/ping`", extent, &bare.double, |n| bare.ping(n)).await;
    one_burst("the desk: `/ask`", extent, &desk.double, |n| desk.ask(n)).await;
}

async fn one_burst(name: &str, extent: &Extent, double: &Double, act: impl Fn(usize) -> Act) {
    let before = Times::of(double).put_off;
    let started = Instant::now();
    let all: Vec<Done> = (0..extent.burst).map(|n| Done::Interaction(Turn::Ask, act(n).id)).collect();
    let sent = started.elapsed().as_secs_f64() * 1e3;
    answered(double, &all).await;
    let times = Times::of(double);
    let mut took: Vec<f64> = all.iter().filter_map(|done| times.took(*done)).collect();
    println!(
        "| {name} | {} | {} | {sent:.0} | {:.0} | {:.0} |",
        took.len(),
        times.put_off - before,
        within(&mut took, 50),
        within(&mut took, 100)
    );
}

/// Waits until all of these were answered that can't be left without an answer.
async fn answered(double: &Double, all: &[Done]) {
    let left = Cell::new(all);
    double
        .wait_until(|state| {
            let is_answered = |done: &Done| match done {
                Done::Interaction(_, id) => state.interactions[id].answered.is_some(),
                Done::Message(..) => true,
            };
            // Those at the front that are answered need not be looked at again.
            let open = left.get().iter().position(|done| !is_answered(done));
            left.set(open.map_or(&[], |at| &left.get()[at..]));
            left.get().is_empty()
        })
        .await;
}
