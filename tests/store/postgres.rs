//! What happens to a store when its connections break, and what it says when there is no server.

use std::time::{Duration, Instant};

use guidepost::store::{CommitError, Key, Place, Store, StoreError, feed};
use serde_json::json;

use super::numbered;
use super::proxy::{Mode, Proxy};
use super::schema::{Schema, client, server};

/// A store behind a proxy.
async fn behind_proxy() -> Option<(Schema, Proxy, Store)> {
    let schema = Schema::fresh().await?;
    let (proxy, url) = Proxy::before(&schema.url()).await?;
    let store = Store::open(&Place::Postgres(url)).await.unwrap();
    Some((schema, proxy, store))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_answer_was_lost_is_found_to_be_kept_and_not_done_twice() {
    let Some((_schema, proxy, store)) = behind_proxy().await else { return };
    for n in 1..=3 {
        proxy.set(Mode::CutAfter);
        assert_eq!(store.commit(numbered("a")).await.unwrap().numbers, [n]);
        assert_eq!(proxy.mode(), Mode::Pass, "the connection was not cut");
    }
    assert_eq!(feed::read(&store, 0, 9).await.unwrap().len(), 3);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_that_did_not_reach_the_server_is_done_again() {
    let Some((_schema, proxy, store)) = behind_proxy().await else { return };
    for n in 1..=3 {
        proxy.set(Mode::CutBefore);
        assert_eq!(store.commit(numbered("a")).await.unwrap().numbers, [n]);
        assert_eq!(proxy.mode(), Mode::Pass, "the connection was not cut");
    }
    assert_eq!(feed::read(&store, 0, 9).await.unwrap().len(), 3);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_read_whose_connection_breaks_is_done_again() {
    let Some((_schema, proxy, store)) = behind_proxy().await else { return };
    store.commit(numbered("a")).await.unwrap();
    for _ in 0..3 {
        assert_eq!(feed::read(&store, 0, 9).await.unwrap().len(), 1);
        proxy.set(Mode::CutNext);
        assert_eq!(feed::read(&store, 0, 9).await.unwrap().len(), 1);
        assert_eq!(proxy.mode(), Mode::Pass, "the connection was not cut");
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stays_away_is_waited_for_a_while_and_not_longer() {
    let Some((_schema, proxy, store)) = behind_proxy().await else { return };
    let began = Instant::now();
    proxy.set(Mode::CutAfterAndStay);
    let doubtful = store.commit(numbered("doubtful")).await;
    assert!(matches!(doubtful, Err(CommitError::Store(StoreError::Unsure(_)))), "{doubtful:?}");
    let waited = began.elapsed();
    assert!(waited > Duration::from_secs(8) && waited < Duration::from_secs(20), "{waited:?}");

    // Whoever comes now does not wait as long again.
    let began = Instant::now();
    let refused = store.commit(numbered("refused")).await;
    assert!(matches!(refused, Err(CommitError::Store(StoreError::Unavailable(_)))), "{refused:?}");
    assert!(matches!(feed::read(&store, 0, 9).await, Err(StoreError::Unavailable(_))));
    assert!(matches!(store.trouble().await, Some(StoreError::Unavailable(_))));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());

    proxy.set(Mode::Pass);
    assert_eq!(store.trouble().await, None);
    let cases = Key::of("case");
    let kept = store.get(&cases.clone().number(1, 6)).await.unwrap().unwrap();
    assert_eq!(kept.value, json!({ "text": "doubtful" }));
    assert_eq!(store.commit(numbered("later")).await.unwrap().numbers, [2]);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn connections_that_the_server_ends_are_made_anew() {
    let Some(schema) = Schema::fresh().await else { return };
    let store = Store::open(&Place::Postgres(schema.url())).await.unwrap();
    let admin = client(&server().unwrap()).await;
    for n in 1..=20 {
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1";
        admin.query(end, &[&schema.name()]).await.unwrap();
        assert_eq!(store.commit(numbered("a")).await.unwrap().numbers, [n]);
        admin.query(end, &[&schema.name()]).await.unwrap();
        assert_eq!(feed::read(&store, 0, 99).await.unwrap().len() as u64, n);
        assert_eq!(store.trouble().await, None);
    }
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_that_the_server_refuses_is_refused_at_once_and_changes_nothing() {
    let Some(schema) = Schema::fresh().await else { return };
    let store = Store::open(&Place::Postgres(schema.url())).await.unwrap();
    let admin = client(&schema.url()).await;
    admin
        .batch_execute("ALTER TABLE guidepost_record ADD CHECK (value::text NOT LIKE '%bad%')")
        .await
        .unwrap();
    let began = Instant::now();
    let refused = store.commit(numbered("bad")).await;
    assert!(matches!(refused, Err(CommitError::Store(StoreError::Unavailable(_)))), "{refused:?}");
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(store.commit(numbered("good")).await.unwrap().numbers, [1]);
    assert_eq!(feed::read(&store, 0, 9).await.unwrap().len(), 1);
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_takes_no_changes_says_so() {
    let Some(schema) = Schema::fresh().await else { return };
    let store = Store::open(&Place::Postgres(schema.url())).await.unwrap();
    assert_eq!(store.trouble().await, None);
    assert!(store.size().await.unwrap() > 0);
    let url = schema.url().replace("search_path", "default_transaction_read_only%3Don%20-csearch_path");
    let error = Store::open(&Place::Postgres(url)).await.err().unwrap();
    assert!(error.to_string().contains("does not allow writes"), "{error}");
    store.close().await;
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_the_password() {
    let place = Place::Postgres("postgres://desk:hunter2@127.0.0.1:1/desk".to_owned());
    assert_eq!(format!("{place:?}"), r#"Postgres("127.0.0.1:1/desk")"#);
    let error = Store::open(&place).await.err().unwrap();
    let text = error.to_string();
    assert!(text.contains("PostgreSQL at 127.0.0.1:1/desk can't be used"), "{text}");
    assert!(text.contains("refused") && !text.contains("hunter2"), "{text}");
}

#[tokio::test]
async fn a_database_that_does_not_exist_is_told() {
    let Some(server) = server() else { return };
    let (address, _) = server.rsplit_once('/').unwrap();
    let error = Store::open(&Place::Postgres(format!("{address}/no_such_database"))).await.err().unwrap();
    assert!(error.to_string().contains(r#"database "no_such_database" does not exist"#), "{error}");
}

#[tokio::test]
async fn a_server_that_cannot_prove_who_it_is_is_refused_where_the_url_asks_for_proof() {
    let Some(schema) = Schema::fresh().await else { return };
    // The server of the tests has a certificate of its own making, or none.
    let error =
        Store::open(&Place::Postgres(format!("{}&sslmode=require", schema.url()))).await.err().unwrap();
    assert!(error.to_string().contains("TLS"), "{error}");
}
