//! A schema of its own in the PostgreSQL of the tests, dropped afterwards.

use std::sync::Once;

use tokio_postgres::{Client, NoTls};

/// The URL in `GUIDEPOST_TEST_POSTGRES`; without it one line says that PostgreSQL was skipped.
#[expect(clippy::disallowed_methods, reason = "the server of the tests is wherever the environment says")]
pub fn server() -> Option<String> {
    static SAID: Once = Once::new();
    let url = std::env::var("GUIDEPOST_TEST_POSTGRES").ok().filter(|url| !url.is_empty());
    if url.is_none() {
        SAID.call_once(|| println!("skipped: the store on PostgreSQL (set GUIDEPOST_TEST_POSTGRES)"));
    }
    url
}

/// A connection of the test's own.
pub async fn client(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A fresh schema.
pub struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// Makes one on the server of the tests, where there is one.
    pub async fn fresh() -> Option<Self> {
        Some(Self::on(&server()?).await)
    }

    /// Makes one on this server.
    pub async fn on(server: &str) -> Self {
        let name = format!("guidepost_test_{:016x}", guidepost::clock::random());
        client(server).await.batch_execute(&format!("CREATE SCHEMA {name}")).await.unwrap();
        Self { server: server.to_owned(), name }
    }

    /// Its name, which is also that of the connections made with [`Self::url`].
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The URL of the server and of this schema.
    pub fn url(&self) -> String {
        let and = if self.server.contains('?') { '&' } else { '?' };
        let name = &self.name;
        format!("{}{and}options=-csearch_path%3D{name}&application_name={name}", self.server)
    }

    /// Empties the tables: much quicker than a new schema.
    pub async fn empty(&self) {
        let statements = "DELETE FROM guidepost_record; DELETE FROM guidepost_file; UPDATE guidepost_clock SET version = 0";
        client(&self.url()).await.batch_execute(statements).await.unwrap();
    }
}

impl Drop for Schema {
    /// Also after a failed test; so on a thread and runtime of its own.
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let statements = format!("SET lock_timeout = '10s'; DROP SCHEMA {name} CASCADE");
                client(&server).await.batch_execute(&statements).await.unwrap();
            });
        });
        if dropping.join().is_err() {
            println!("the schema {} was not dropped", self.name);
        }
    }
}
