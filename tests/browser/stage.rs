//! Sets a test up: a desk whose pages are served, and a window for it. Afterwards the browser must have had nothing to complain of.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use guidepost::chat::{Input, Request};
use guidepost::domain::{Identity, Place, Platform, Privacy};
use guidepost::platforms::console;
use guidepost::store::{self, Store};
use tempfile::TempDir;

use super::driver;
use super::window::{Kind, Window};
use crate::jobs::world::start;
use crate::web::world::World;

/// A desk with a store of its own.
pub struct Desk {
    pub world: World,
    folder: TempDir,
}

impl Desk {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&store::Place::Folder(folder.path().join("store"))).await.unwrap();
        Self { world: World::on(&store).await, folder }
    }

    pub fn origin(&self) -> String {
        format!("http://{}", self.world.at)
    }

    /// Somebody says something at the terminal of a tablet; what is answered.
    pub async fn says(&self, text: &str) -> String {
        let place = Place {
            platform: Platform::Console,
            conversation: "tablet".to_owned(),
            privacy: Privacy::Private,
        };
        let said = Request::new(Identity::Console("tablet".to_owned()), place, Input::Text(text.to_owned()));
        let reply = self.world.desk.handle(&said).await;
        let view = console::View { width: 1_000, now: start(), zone: chrono_tz::UTC };
        anstream::adapter::strip_str(&console::render(&reply, view).text).to_string()
    }

    /// Has somebody at that terminal ask for the page that links it; its path.
    pub async fn asks_to_link(&self) -> String {
        let told = self.says("/link").await;
        let (_, rest) = told.split_once("/link/").unwrap_or_else(|| panic!("{told}"));
        let token = rest.split(|c: char| !(c.is_ascii_alphanumeric() || "-_.".contains(c))).next().unwrap();
        format!("/link/{}", token.trim_end_matches('.'))
    }

    async fn close(self) {
        self.world.links.store.close().await;
        drop(self.folder);
    }
}

/// Runs a test in a window of each of these kinds, each time with a new desk. Where there is no browser, it is skipped.
pub fn in_windows(kinds: &[Kind], test: &impl AsyncFn(&Desk, &mut Window)) {
    let Some(driver) = driver::url() else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for kind in kinds {
        let desk = runtime.block_on(Desk::new());
        let mut window = runtime.block_on(Window::new(driver, &desk.origin(), *kind));
        let ran = catch_unwind(AssertUnwindSafe(|| {
            runtime.block_on(test(&desk, &mut window));
            let complaints = runtime.block_on(window.complaints());
            assert!(complaints.is_empty(), "{complaints:#?}");
        }));
        if ran.is_err() {
            let picture = runtime.block_on(window.picture());
            let shown =
                keep(&format!("failed-{}", std::thread::current().name().unwrap_or("test")), &picture);
            println!("{kind:?}: what was seen last is in {shown}");
        }
        runtime.block_on(window.close());
        runtime.block_on(desk.close());
        if let Err(panic) = ran {
            resume_unwind(panic);
        }
    }
}

/// Keeps a picture of a page for whoever wants to look at it, and tells where.
pub fn keep(name: &str, picture: &[u8]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{}.png", name.replace("::", "-")));
    fs::write(&file, picture).unwrap();
    file.display().to_string()
}
