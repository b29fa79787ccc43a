//! What happens while the desk is away is found when it comes, in each channel by itself.

use crate::discord::double::{Fault, Id};
use crate::discord::world::World;

use super::hands::{QUESTION, answered, assert_answered_once};

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_can_not_be_read_holds_no_other_up() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    let others: Vec<Id> = (0..20).map(|n| double.add_channel(world.guild, &format!("help-{n}"))).collect();
    let all: Vec<Id> = others.iter().copied().chain([help]).collect();
    world.choose_all("help", &all).await;
    let before: Vec<Id> = all.iter().map(|channel| double.says(alice, *channel, QUESTION)).collect();
    answered(&double, &before).await;
    world.kill();
    let ask = |channels: &[Id]| -> Vec<Id> {
        channels.iter().map(|channel| double.says(alice, *channel, &format!("{QUESTION} again"))).collect()
    };
    let (ill, well) = others.split_at(12);
    let (waiting, answerable) = (ask(ill), ask(&[well, &[help]].concat()));
    for channel in ill {
        double.fail(&format!("GET /channels/{channel}/messages"), 10_000, Fault::Status(503));
    }
    world.start().await;
    let heard: Vec<Id> = vec![double.says(alice, help, &format!("{QUESTION} now"))];
    answered(&double, &answerable).await;
    answered(&double, &heard).await;
    for message in &waiting {
        assert_eq!(super::hands::answers(&double, *message), 0);
    }
    // What is heard there waits for what was missed there.
    let later = ask(ill);
    double.heal();
    answered(&double, &waiting).await;
    answered(&double, &later).await;
    world.stop();
    assert_answered_once(&double, &[before, waiting, answerable, heard, later].concat());
    world.assert_clean();
}
