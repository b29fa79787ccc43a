//! The stores that are measured.

use guidepost::store::{Place, Store};
use tempfile::TempDir;

/// An open store, empty at first.
pub struct Bench {
    pub name: &'static str,
    pub store: Store,
    pub place: Place,
    pub folder: Option<TempDir>,
}

/// sled in a folder under the present one, which is on a real disk; and PostgreSQL, where there is one.
pub async fn all() -> Vec<Bench> {
    let folder = folder();
    let place = Place::Folder(folder.path().join("store"));
    let mut all =
        vec![Bench { name: "sled", store: Store::open(&place).await.unwrap(), place, folder: Some(folder) }];
    if let Ok(url) = std::env::var("GUIDEPOST_TEST_POSTGRES") {
        let schema = format!("guidepost_bench_{:016x}", guidepost::clock::random());
        let and = if url.contains('?') { '&' } else { '?' };
        on_server(&url, &format!("CREATE SCHEMA {schema}")).await;
        let place = Place::Postgres(format!("{url}{and}options=-csearch_path%3D{schema}"));
        all.push(Bench {
            name: "PostgreSQL",
            store: Store::open(&place).await.unwrap(),
            place,
            folder: None,
        });
    }
    all
}

/// Removes the schemas of this and of earlier benches.
pub async fn clear() {
    let Ok(url) = std::env::var("GUIDEPOST_TEST_POSTGRES") else { return };
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    let names = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'guidepost\\_bench\\_%'";
    for row in client.query(names, &[]).await.unwrap() {
        let name: String = row.get(0);
        client.batch_execute(&format!("DROP SCHEMA {name} CASCADE")).await.unwrap();
    }
}

async fn on_server(url: &str, statement: &str) {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.batch_execute(statement).await.unwrap();
}

pub fn folder() -> TempDir {
    tempfile::tempdir_in("target").or_else(|_| tempfile::tempdir_in(".")).unwrap()
}
