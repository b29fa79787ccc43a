//! The two servers: a desk with its pages, and one that says hello.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use guidepost::clock::{self, Clock};
use guidepost::config;
use guidepost::domain::{Article, PublicUrl};
use guidepost::handlers::{self, Desk};
use guidepost::platforms::Uploads;
use guidepost::platforms::news::News;
use guidepost::platforms::web::{Setup, Web};
use guidepost::replies::Locale;
use guidepost::search::{Engine, Synonyms};
use guidepost::services::answers::Answers;
use guidepost::services::behind_links::BehindLinks;
use guidepost::services::codes::Codes;
use guidepost::services::identity::Identities;
use guidepost::services::keeping::{Keeper, KeyPlace, Places};
use guidepost::store::Place;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A server that says hello.
pub async fn hello() -> SocketAddr {
    let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = door.local_addr().unwrap();
    let pages = Router::new().route("/", get(async || "hello"));
    tokio::spawn(async move { axum::serve(door, pages).await.unwrap() });
    at
}

/// A desk with these articles, and the folder where it keeps the rest.
pub async fn start(articles: &[Article]) -> (SocketAddr, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let (store, files) = (folder.path().join("store"), folder.path().join("files"));
    let settings = config::load(&config::Options::default(), []).unwrap().settings;
    let key = KeyPlace::new(None, &store).unwrap();
    let places = Places { store: Place::Folder(store), files, key };
    let kept = places.open(|| Ok([7; 32])).await.unwrap();
    let accounts = guidepost::app::accounts(&settings, &kept.store);
    let sign_ins = guidepost::app::sign_ins(&settings, &kept.store).unwrap();
    let cases = guidepost::app::cases(&settings, &kept.store, &kept.files);
    let answers = Answers::new(Engine::in_memory(articles.to_vec(), Synonyms::default()).unwrap());
    let random = || Box::new(clock::random);
    let desk = Desk::new(answers, Vec::new(), Vec::new(), &settings, Clock::System, random());
    let keeping = handlers::Kept::new(&kept, cases.clone(), accounts.clone(), sign_ins.clone(), None);
    let desk = Arc::new(desk.keeping(keeping));
    let codes = Codes::new(kept.key.clone());
    let index = folder.path().join("index");
    let keeper = Keeper { kept: kept.clone(), tables: guidepost::app::kept::tables(), index, running: None };
    let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = door.local_addr().unwrap();
    let web = Web::new(Setup {
        name: settings.desk.name.clone(),
        news: News { desk, commits: kept.store.watch(), clock: Clock::System },
        locale: Locale::English,
        zone: settings.desk.time_zone,
        public: PublicUrl::parse(&format!("http://{at}")).unwrap(),
        listens: at,
        behind_proxy: false,
        clock: Clock::System,
        random: Arc::new(clock::random),
        fresh: clock::secret,
        behind_links: BehindLinks::new(kept.store.clone(), codes.clone(), sign_ins.clone(), accounts.clone()),
        identities: Identities::new(kept.store.clone(), codes),
        sign_ins,
        accounts,
        store: kept.store.clone(),
        cases,
        uploads: Uploads::of(&settings.cases),
        stopping: watch::Sender::new(false),
        keeper: Arc::new(keeper),
        rates: None,
        metrics_for_all: false,
    });
    tokio::spawn(web.serve(door, std::future::pending()));
    (at, folder)
}
