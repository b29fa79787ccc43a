//! Runs a test on every engine, each time on an empty store of its own.

use guidepost::store::{Place, Store};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::schema::Schema;

/// A store for one test, and what opens it again.
pub struct Bench {
    /// The store, open.
    pub store: Store,
    /// Where it is.
    pub place: Place,
    ground: Ground,
}

/// What a store stands on; goes with the test.
enum Ground {
    Folder(TempDir),
    Schema(Schema),
}

impl Bench {
    /// Closes the store and opens it again.
    pub async fn reopen(&mut self) {
        self.store.close().await;
        self.store = Store::open(&self.place).await.unwrap();
    }

    /// Begins anew with an empty store.
    pub async fn empty(&mut self) {
        self.clear().await;
        self.store = Store::open(&self.place).await.unwrap();
    }

    /// Closes the store and leaves nothing where it was.
    pub async fn clear(&self) {
        self.store.close().await;
        match &self.ground {
            Ground::Folder(folder) => std::fs::remove_dir_all(folder.path().join("store")).unwrap(),
            Ground::Schema(schema) => schema.empty().await,
        }
    }

    async fn on(ground: Ground) -> Self {
        let place = match &ground {
            Ground::Folder(folder) => Place::Folder(folder.path().join("store")),
            Ground::Schema(schema) => Place::Postgres(schema.url()),
        };
        Self { store: Store::open(&place).await.unwrap(), place, ground }
    }
}

/// Runs a test on sled, and on PostgreSQL where `GUIDEPOST_TEST_POSTGRES` says where there is one.
pub fn on_each_engine(test: &impl AsyncFn(&mut Bench)) {
    with_each_engine(&|runtime, bench| runtime.block_on(test(bench)));
}

/// The same for a test that is not itself asynchronous.
pub fn with_each_engine(test: &impl Fn(&Runtime, &mut Bench)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = Ground::Folder(tempfile::tempdir().unwrap());
    let schema = runtime.block_on(Schema::fresh()).map(Ground::Schema);
    for ground in std::iter::once(folder).chain(schema) {
        let mut bench = runtime.block_on(Bench::on(ground));
        test(&runtime, &mut bench);
        runtime.block_on(bench.store.close());
    }
}
