//! Discord is away for as long as it takes to give up on it: nothing is lost, and nothing done twice.

use chrono::TimeDelta;
use guidepost::clock::Clock;
use serde_json::json;

use crate::discord::double::{Act, Id};
use crate::discord::world::World;

use super::hands::QUESTION;
use super::talk::Talk;

/// How long Discord is away, by the system's clock: connections are made and given up again in that time. Shorter absences are in
/// `gateway`.
const AWAY: TimeDelta = TimeDelta::seconds(30);
/// How often people write meanwhile, five messages each time.
const TIMES: i32 = 4;

/// Somebody new, with an answer that has a button.
async fn answer_to(world: &World, name: &str) -> (Id, Id) {
    let who = world.double.add_member(world.guild, name, &[]);
    let asked = world.double.slash(who, world.lobby, "ask", &json!({ "question": QUESTION }));
    (who, asked.shown().await.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn after_half_a_minute_without_discord_everything_is_handled_once() {
    if !crate::store::is_long() {
        println!("skipped: half a minute without Discord (set GUIDEPOST_TEST_LONG)");
        return;
    }
    let mut talk = Talk::begin().await;
    let double = talk.world.double.clone();
    for forgetting in [false, true] {
        let mut answers = Vec::new();
        for n in 0..TIMES {
            answers.push(answer_to(&talk.world, &format!("Visitor {n}, {forgetting}")).await);
        }
        // The desk hears this, and can't answer any more.
        talk.write(&format!("just before, {forgetting}"));
        let before = talk.written();
        let left = Clock::System.now();
        double.go_away();
        let mut pressed: Vec<Act> = Vec::new();
        for (n, (who, answer)) in (1..).zip(&answers) {
            talk.write(&format!("while Discord is away, {forgetting}, {n}"));
            pressed.push(double.press_labelled(*who, *answer, "Not what I need"));
            Clock::System.sleep_until(left + AWAY * n / TIMES).await;
        }
        assert_eq!(talk.written() - before, 20);
        double.come_back(forgetting);
        let back = Clock::System.now();
        talk.write(&format!("just after it came, {forgetting}"));
        talk.handled().await;
        println!(
            "away for {} s, forgetting sessions: {forgetting}; all was answered {} ms later",
            (back - left).num_seconds(),
            (Clock::System.now() - back).num_milliseconds()
        );
        for (act, (who, answer)) in pressed.iter().zip(&answers) {
            // Its three seconds are over; the button is still good.
            assert!(!act.is_answered());
            double.press_labelled(*who, *answer, "Not what I need").shown().await;
        }
    }
    talk.end().await;
}
