//! The way to the real Discord: TLS, a proxy, and the library's own limiter of rates, with the double at its end.

mod front;

use std::path::Path;

use guidepost::clock::Clock;
use serde_json::json;

use crate::certificates;

use super::double::{Double, Entry, Fault, Options};
use super::robust::hands::{QUESTION, answered, assert_answered_once, assert_nothing_doubled, opens};
use super::world::World;
use front::{Front, Proxy};

const MESSAGES: &str = "POST /channels/*/messages";
const THREADS: &str = "POST /channels/*/threads";

/// A desk whose settings name no address: it goes to `https://discord.com`, and comes to the double. It trusts the authority in
/// `authority.pem`, and has not started yet.
async fn bare(folder: &Path) -> (World, Proxy) {
    let trusted = folder.join("authority.pem");
    let (authority, identity) = certificates::of(&["discord.com", "localhost"]);
    std::fs::write(&trusted, authority).unwrap();
    let front = Front::bind().await;
    let options = Options { clock: Clock::System, origin: Some(front.origin()), ..Options::default() };
    let mut world = World::at(options).await;
    let proxy = Proxy::to(front.stand_before(world.double.address(), identity)).await;
    // The last one counts.
    world.settings.push("discord.api_base=".to_owned());
    world.environment.extend([
        ("HTTPS_PROXY", proxy.url()),
        ("NO_PROXY", String::new()),
        ("no_proxy", String::new()),
        ("SSL_CERT_FILE", trusted.to_str().unwrap().to_owned()),
    ]);
    (world, proxy)
}

/// The same, set up.
async fn world(folder: &Path) -> (World, Proxy) {
    let (mut world, proxy) = bare(folder).await;
    world.start().await;
    world.set_up().await;
    (world, proxy)
}

/// The refused request on a route, and the same one that followed.
fn refused_and_again(double: &Double, route: &str) -> (Entry, Entry) {
    let mut all = double.requests(route).into_iter().skip_while(|one| one.status != Some(429));
    let refused = all.next().unwrap();
    let again = all.find(|one| one.path == refused.path && one.body == refused.body);
    (refused, again.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn by_tls_and_a_proxy_everything_is_as_it_is_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let (mut world, proxy) = world(folder.path()).await;
    let double = world.double.clone();
    assert!(
        double.url().starts_with("https://")
            && double.read(|state| state.gateway_url().starts_with("wss://"))
    );

    let asked = double.slash(world.alice, world.help, "ask", &json!({ "question": QUESTION }));
    assert!(asked.shown().await.words().contains("password"));
    let mut questions = vec![double.says(world.alice, world.help, QUESTION)];
    answered(&double, &questions).await;
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    let thread = world.thread(&case).await;
    world.said(thread, &format!("{case} · entry 1")).await;
    let bytes: &[u8] = b"printer 0x80\n";
    double.sends(world.alice, thread, "Here is the log", &[("printer.log", "text/plain", bytes)]);
    world.until_case_shows(world.alice, &case, "printer.log").await;

    double.cut();
    double.wait_until(|state| state.gateway.resumes == 1).await;
    questions.push(double.says(world.alice, world.help, &format!("{QUESTION} again")));
    answered(&double, &questions).await;
    world.stop();
    assert_answered_once(&double, &questions);
    assert_nothing_doubled(&world);
    assert!(world.kept_files().iter().any(|file| file == bytes), "the file is not kept");
    let asked = proxy.asked_for();
    assert!(asked.contains(&"discord.com:443".to_owned()), "{asked:?}");
    let own = double.url().replace("https://", "");
    assert!(asked.iter().all(|to| *to == "discord.com:443" || *to == own), "{asked:?}");
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_only_says_that_they_are_discord_is_told_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut world, proxy) = bare(folder.path()).await;
    let (another, _) = certificates::of(&["discord.com"]);
    std::fs::write(folder.path().join("authority.pem"), another).unwrap();
    world.spawn();
    world.status_says("Nothing answers at https://discord.com");
    world.stop();
    assert!(proxy.asked_for().contains(&"discord.com:443".to_owned()));
    assert!(world.double.log().is_empty(), "a request came through, with the token");
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_of_rates_are_waited_out_by_the_library() {
    let folder = tempfile::tempdir().unwrap();
    let (mut world, _proxy) = world(folder.path()).await;
    let double = world.double.clone();
    let mut questions = Vec::new();
    for fault in [Fault::RateLimited { seconds: 1.0 }, Fault::GloballyRateLimited { seconds: 1.0 }] {
        let before = double.log().len();
        double.fail(MESSAGES, 1, fault.clone());
        questions.push(double.says(world.alice, world.help, QUESTION));
        answered(&double, &questions).await;
        // What may not be done twice is not tried again by the desk: without the limiter there would be no thread now.
        double.fail(THREADS, 1, fault);
        let case = opens(&world, world.alice, &format!("Zorble{before} wibbles")).await;
        let thread = world.thread(&case).await;
        world.said(thread, &format!("{case} · entry 1")).await;
        assert_eq!(double.faults_left(), 0);
    }
    world.stop();
    for route in [MESSAGES, THREADS] {
        let (refused, again) = refused_and_again(&double, route);
        let waited = again.at - refused.at;
        assert!(waited.num_milliseconds() >= 1000, "{route} was asked for again after {waited}");
        let refused = double.requests(route).iter().filter(|one| one.status == Some(429)).count();
        assert_eq!(refused, 2, "{route}");
    }
    assert_answered_once(&double, &questions);
    assert_nothing_doubled(&world);
    world.assert_clean();
}
