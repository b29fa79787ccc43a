//! Turns one at a time: the desk and the bare bot in turns, so that whatever else the machine does hits both alike.

use crate::Extent;
use crate::bare::Bare;
use crate::desk::{Desk, Done, Turn};
use crate::times::{Times, within};

/// Turns of each kind before anything is counted.
const WARM_UP: usize = 50;

pub async fn measure(extent: &Extent, desk: &Desk, bare: &Bare) {
    let (mut asks, mut presses, mut shows, mut pings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for n in 0..WARM_UP + extent.single {
        let ping = bare.ping(n);
        ping.answer().await;
        let asked = desk.ask(n);
        asked.answer().await;
        let press = desk.press(&asked);
        if let Some(press) = &press {
            press.answer().await;
        }
        let looked = desk.show(n);
        looked.answer().await;
        if n >= WARM_UP {
            pings.push(Done::Interaction(Turn::Ask, ping.id));
            asks.push(Done::Interaction(Turn::Ask, asked.id));
            presses.extend(press.map(|press| Done::Interaction(Turn::Press, press.id)));
            shows.push(Done::Interaction(Turn::Show, looked.id));
        }
    }
    let (of_desk, of_bare) = (Times::of(&desk.double), Times::of(&bare.double));
    println!("### One at a time\n");
    println!("| | turns | p50 ms | p99 ms | p50 of the bare bot's | p99 |");
    println!("| --- | ---: | ---: | ---: | ---: | ---: |");
    let (bare_half, bare_most) = row("bare serenity: `/ping`", &pings, &of_bare, None);
    for (turn, done) in [(Turn::Ask, &asks), (Turn::Press, &presses), (Turn::Show, &shows)] {
        row(turn.name(), done, &of_desk, Some((bare_half, bare_most)));
    }
}

fn row(name: &str, done: &[Done], times: &Times, bare: Option<(f64, f64)>) -> (f64, f64) {
    let mut took: Vec<f64> = done.iter().map(|done| times.took(*done).unwrap()).collect();
    let (half, most) = (within(&mut took, 50), within(&mut took, 99));
    let (of_half, of_most) = bare.unwrap_or((half, most));
    println!(
        "| {name} | {} | {half:.2} | {most:.2} | {:.2} | {:.2} |",
        took.len(),
        half / of_half,
        most / of_most
    );
    (half, most)
}
