//! A door that does not open says why, and nothing secret; two desks share one.

use guidepost::clock::Clock;
use serde_json::json;

use crate::discord::double::{Fault, Options};
use crate::discord::world::World;
use crate::store::Cluster;

use super::hands::{QUESTION, answered, assert_answered_once, opens};

#[tokio::test(flavor = "multi_thread")]
async fn a_door_that_can_not_be_opened_says_why_and_the_desk_goes_on() {
    let without = Options { clock: Clock::System, intents: 0, ..Options::default() };
    for (options, token, why) in [
        (
            Options { clock: Clock::System, ..Options::default() },
            "MTAw.another.token",
            "GUIDEPOST_DISCORD_TOKEN",
        ),
        (without, "MTAw.double.token", "Message Content Intent"),
    ] {
        let mut world = World::at(options).await;
        world.environment.push(("GUIDEPOST_DISCORD_TOKEN", token.to_owned()));
        world.spawn();
        world.status_says(why);
        assert!(world.run(&["ask", QUESTION]).status.success());
        world.stop();
        let said = world.said_by_program();
        assert!(said.contains(why), "{said}");
        assert!(!said.contains(token), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_the_log_however_much_is_logged() {
    let mut world = World::bare().await;
    world.settings.push("log.level=trace".to_owned());
    world.start().await;
    world.set_up().await;
    let double = world.double.clone();
    for fault in [Fault::Status(500), Fault::CutBefore, Fault::RateLimited { seconds: 0.1 }] {
        double.fail("POST /interactions/**", 4, fault.clone());
        double.fail("* /webhooks/**", 4, fault);
        double.slash(world.alice, world.help, "case list", &json!({}));
        double.wait_until(|state| state.faults.left() <= 4).await;
        double.heal();
    }
    opens(&world, world.alice, "Zorble wibbles").await;
    let question = double.says(world.alice, world.help, QUESTION);
    answered(&double, &[question]).await;
    world.stop();
    assert!(world.said_by_program().contains("TRACE"));
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn another_desk_takes_over_when_the_first_is_gone() {
    let Some(cluster) = Cluster::start() else { return };
    let mut first = World::bare().await;
    first.settings.push("store.engine=postgres".to_owned());
    first.environment.push(("GUIDEPOST_STORE_URL", cluster.url()));
    first.environment.push(("GUIDEPOST_SECRET_KEY", "ab".repeat(32)));
    first.start().await;
    first.set_up().await;
    let double = first.double.clone();
    let mut second = first.beside();
    second.spawn();
    second.status_says("discord");
    let mut questions = vec![double.says(first.alice, first.help, QUESTION)];
    answered(&double, &questions).await;
    assert_eq!(double.identifies().len(), 1, "one desk has the gateway");

    first.kill();
    let killed = Clock::System.now();
    questions.push(double.says(first.alice, first.help, &format!("{QUESTION} now")));
    answered(&double, &questions).await;
    let took = Clock::System.now() - killed;
    println!("taken over {} s after the first desk was killed", took.num_seconds());
    assert!(took.num_seconds() < 30, "{took}");

    first.spawn();
    first.status_says("discord");
    second.stop();
    let stopped = Clock::System.now();
    questions.push(double.says(first.alice, first.help, &format!("{QUESTION} again")));
    answered(&double, &questions).await;
    let took = Clock::System.now() - stopped;
    println!("handed over {} s after the second desk was stopped", took.num_seconds());
    assert!(took.num_seconds() < 10, "{took}");
    first.stop();
    assert_answered_once(&double, &questions);
    first.assert_clean();
    second.assert_clean();
}
