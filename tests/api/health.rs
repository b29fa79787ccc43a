//! Whether the desk lives and can do its work, as machines ask it.

use guidepost::store::{Place, Store};
use reqwest::header::{CACHE_CONTROL, HOST};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::store::{Mode, Proxy, Schema, on_each_engine};
use crate::web::world::World;

async fn ask(world: &World, path: &str) -> (StatusCode, Value) {
    let answer = Client::new().get(format!("http://{}{path}", world.at)).send().await.unwrap();
    assert_eq!(answer.headers()[CACHE_CONTROL], "no-store");
    (answer.status(), answer.json().await.unwrap())
}

/// An index of articles as a desk keeps it.
fn build_index(world: &World) {
    let folder = world.folder.path();
    let program = std::process::Command::new(env!("CARGO_BIN_EXE_guidepost"))
        .args(["index"])
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap();
    assert!(program.status.success(), "{}", String::from_utf8_lossy(&program.stderr));
}

#[test]
fn a_desk_is_ready_when_it_has_a_store_and_an_index() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        assert_eq!(ask(&world, "/healthz").await, (StatusCode::OK, json!({ "status": "alive" })));
        let lacking = json!({ "status": "not-ready", "lacks": ["index"] });
        assert_eq!(ask(&world, "/readyz").await, (StatusCode::SERVICE_UNAVAILABLE, lacking));
        build_index(&world);
        assert_eq!(ask(&world, "/readyz").await, (StatusCode::OK, json!({ "status": "ready" })));
        // Whoever looks after machines knows them by other names.
        let by_address = Client::new().get(format!("http://{}/readyz", world.at)).header(HOST, "10.1.2.3");
        assert_eq!(by_address.send().await.unwrap().status(), StatusCode::OK);
    });
}

#[tokio::test]
async fn a_desk_whose_store_is_away_lives_and_is_not_ready() {
    let Some(schema) = Schema::fresh().await else { return };
    let Some((proxy, url)) = Proxy::before(&schema.url()).await else { return };
    let store = Store::open(&Place::Postgres(url)).await.unwrap();
    let world = World::on(&store).await;
    build_index(&world);
    assert_eq!(ask(&world, "/readyz").await.0, StatusCode::OK);
    proxy.set(Mode::Away);
    let lacking = json!({ "status": "not-ready", "lacks": ["store"] });
    assert_eq!(ask(&world, "/readyz").await, (StatusCode::SERVICE_UNAVAILABLE, lacking));
    assert_eq!(ask(&world, "/healthz").await.0, StatusCode::OK);
    proxy.set(Mode::Pass);
    assert_eq!(ask(&world, "/readyz").await.0, StatusCode::OK);
    store.close().await;
}
