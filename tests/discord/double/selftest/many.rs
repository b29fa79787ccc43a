//! Many turns, one after the other and side by side.

use serde_json::json;
use serenity::all::Interaction;

use super::{
    super::Options,
    bot::{World, pong},
};

#[tokio::test]
async fn a_thousand_turns_are_quick_and_clean() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("requests.jsonl");
    let world = World::with(Options { log: Some(file.clone()), ..Options::default() }).await;
    for n in 0..1000 {
        let act = world.double.slash(world.alice, world.channel, "ping", &json!({}));
        let Interaction::Command(command) = world.bot.interaction().await else { panic!("no command") };
        command.create_response(&world.bot.http, pong()).await.unwrap();
        assert!(act.is_answered(), "turn {n}");
    }
    assert_eq!(world.double.requests("POST /interactions/*/*/callback").len(), 1000);
    let lines = std::fs::read_to_string(file).unwrap();
    assert_eq!(lines.lines().count(), world.double.log().len(), "each request is written down");
    let last: serde_json::Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!((&last["status"], &last["interaction_type"]), (&json!(204), &json!(2)));
    world.double.assert_clean();
}
