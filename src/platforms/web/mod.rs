//! The web pages: plain, and whole without JavaScript. A page translates what was sent into a call of a service, and what came of it into
//! the words of `replies::pages`.

mod account;
pub mod api;
mod assets;
mod chat;
mod compressed;
mod cookies;
mod guard;
mod health;
mod help_centre;
mod invitation;
mod layout;
mod link;
mod metrics;
mod password;
mod prose;
mod rate;
mod render;
mod sign_in;
mod sign_up;
mod visitor;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use chrono_tz::Tz;
use maud::{Markup, html};
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::domain::{PublicUrl, Reference};
use crate::platforms::Uploads;
use crate::platforms::news::News;
use crate::replies::Locale;
use crate::replies::pages::{self, Page};
use crate::services::accounts::Accounts;
use crate::services::behind_links::BehindLinks;
use crate::services::cases::Cases;
use crate::services::identity::Identities;
use crate::services::keeping::Keeper;
use crate::services::sign_in::{Fresh, SignIns};
use crate::services::tokens::Tokens;
use crate::store::Store;

use prose::Look;
pub use rate::Rates;

/// The largest form, in bytes: every field at its longest fits several times over.
const MOST_BYTES: usize = 64 * 1024;

/// Where random numbers come from that name mishaps.
pub type Random = Arc<dyn Fn() -> u64 + Send + Sync>;

/// What the pages are made with. Cheap to clone.
#[derive(Clone)]
pub struct Web {
    inner: Arc<Setup>,
    made: Arc<help_centre::Made>,
    metrics: metrics::Metrics,
}

/// The same, as it is put together.
pub struct Setup {
    /// What the desk is called.
    pub name: String,
    /// The desk itself, with what is new for whoever is there.
    pub news: News,
    /// The language of the pages.
    pub locale: Locale,
    /// The zone of the times on them.
    pub zone: Tz,
    /// Under which address people reach them.
    pub public: PublicUrl,
    /// Where they are served.
    pub listens: SocketAddr,
    /// Whether everybody comes through one proxy.
    pub behind_proxy: bool,
    /// What time it is.
    pub clock: Clock,
    /// Random numbers.
    pub random: Random,
    /// Secret random bytes.
    pub fresh: Fresh,
    /// Signing in.
    pub sign_ins: SignIns,
    /// What is done behind links that were sent by mail.
    pub behind_links: BehindLinks,
    /// Organisations and their contacts.
    pub accounts: Accounts,
    /// Whose chats are whose.
    pub identities: Identities,
    /// The store.
    pub store: Store,
    /// Cases.
    pub cases: Cases,
    /// The files that a turn may bring.
    pub uploads: Uploads,
    /// Becomes true when the desk stops: what goes on without end then ends.
    pub stopping: watch::Sender<bool>,
    /// What tells how the desk is.
    pub keeper: Arc<Keeper>,
    /// How often one network address may ask the API; none where that is not limited.
    pub rates: Option<Rates>,
    /// Whether everybody may see how the desk fares in numbers.
    pub metrics_for_all: bool,
}

/// What was filled in.
type Sent = BTreeMap<String, String>;
/// A form that was sent; a body that is none is turned away by the page itself.
type Filled = Result<Form<Sent>, FormRejection>;

impl Setup {
    /// The tokens by which programs speak for somebody.
    fn tokens(&self) -> Tokens {
        Tokens::new(self.store.clone())
    }

    /// The names under which the desk is reached: the public one, and on this machine the one where it listens.
    fn hosts(&self) -> Vec<String> {
        let local = self.listens.ip().is_loopback().then(|| format!("localhost:{}", self.listens.port()));
        [self.public.host().to_owned(), self.listens.to_string()].into_iter().chain(local).collect()
    }

    /// The most bytes of one turn in the chat: all files at their longest, and the text.
    fn most_sent(&self) -> usize {
        let files = self.uploads.bytes.saturating_mul(self.uploads.most as u64);
        usize::try_from(files).unwrap_or(usize::MAX).saturating_add(1024 * 1024)
    }

    /// The same as browsers name the site of a form.
    fn origins(&self) -> Vec<String> {
        let local = self.hosts().into_iter().skip(1).map(|host| format!("http://{host}"));
        [self.public.origin().to_owned()].into_iter().chain(local).collect()
    }
}

impl Web {
    /// The pages of a desk.
    #[must_use]
    pub fn new(setup: Setup) -> Self {
        Self { inner: Arc::new(setup), made: Arc::default(), metrics: metrics::Metrics::default() }
    }

    /// Serves the pages until it is told to stop; what is under way then ends.
    pub async fn serve(self, door: TcpListener, told: impl Future<Output = ()> + Send + 'static) {
        let stopping = self.inner.stopping.clone();
        let told = async move {
            told.await;
            stopping.send_replace(true);
        };
        let served = axum::serve(door, self.routes().into_make_service_with_connect_info::<SocketAddr>());
        if let Err(error) = served.with_graceful_shutdown(told).await {
            tracing::error!(%error, "the pages are no longer served");
        }
    }

    fn routes(self) -> Router {
        let most_sent = self.inner.most_sent();
        help_centre::routes(assets::routes(Router::new()))
            .route(pages::CHAT, get(chat::show).post(chat::say).layer(DefaultBodyLimit::max(most_sent)))
            .route(chat::EVENTS, get(chat::events))
            .route(chat::SUGGEST, get(chat::suggest))
            .route(&format!("{}/{{turn}}/{{number}}", chat::FILES), get(chat::file))
            .route(pages::SIGN_IN, get(sign_in::show).post(sign_in::sign_in))
            .route(pages::SIGN_OUT, post(sign_in::sign_out))
            .route(pages::FORGOTTEN, get(password::forgotten).post(password::send))
            .route(pages::password::NEW, get(password::choose).post(password::set))
            .route("/password/{token}", get(password::arrive))
            .route(pages::password::INVITATION, get(invitation::show).post(invitation::accept))
            .route("/invitation/{token}", get(invitation::arrive))
            .route(pages::SIGN_UP, get(sign_up::show).post(sign_up::send))
            .route(pages::sign_up::FINISH, get(sign_up::profile).post(sign_up::finish))
            .route(pages::sign_up::CASE, post(sign_up::open_case))
            .route("/sign-up/{token}", get(sign_up::arrive))
            .route(pages::link::LINK, get(link::show).post(link::claim))
            .route("/link/{token}", get(link::arrive))
            .route(pages::ACCOUNT, get(account::show))
            .route(pages::account::END, post(account::end))
            .route(pages::account::END_ALL, post(account::end_all))
            .fallback(not_found)
            .layer(DefaultBodyLimit::max(MOST_BYTES))
            .merge(api::routes(&self))
            .layer(middleware::from_fn_with_state(self.clone(), guard::guard))
            .layer(compressed::layer())
            .merge(health::routes())
            .merge(metrics::routes())
            .layer(middleware::from_fn_with_state(self.clone(), metrics::count))
            .with_state(self)
    }

    fn is_https(&self) -> bool {
        self.inner.public.is_https()
    }

    /// A page as an answer.
    fn show(&self, status: StatusCode, page: &Page) -> Response {
        let markup = layout::plain(self.look(), page);
        self.document(status, &page.title, "", html! {}, &markup)
    }

    /// A whole document as an answer: its title, the way in the header that leads to it, what else its head has, and what it shows.
    fn document(&self, status: StatusCode, title: &str, here: &str, head: Markup, main: &Markup) -> Response {
        (status, Html(self.html(title, here, head, main))).into_response()
    }

    /// The same as text.
    fn html(&self, title: &str, here: &str, head: Markup, main: &Markup) -> String {
        let frame = layout::Frame { desk: &self.inner.name, title, head, locale: self.inner.locale, here };
        layout::document(&frame, main)
    }

    /// What texts are shown with.
    fn look(&self) -> Look {
        let setup = &self.inner;
        Look { locale: setup.locale, now: setup.clock.now(), zone: setup.zone }
    }

    /// What was sent is no form of ours.
    fn not_taken(&self) -> Response {
        self.show(StatusCode::BAD_REQUEST, &pages::not_taken(self.inner.locale))
    }

    /// The same, where something of ours failed: the log and the reader know it by one reference.
    fn fault(&self, error: &dyn std::error::Error) -> Response {
        self.show(StatusCode::INTERNAL_SERVER_ERROR, &pages::fault(self.inner.locale, self.reference(error)))
    }

    /// Logs a fault, once.
    fn reference(&self, error: &dyn std::error::Error) -> Reference {
        let reference = Reference::new((self.inner.random)());
        tracing::error!(%reference, %error, "a page could not be answered");
        reference
    }
}

/// Another page, to be fetched with `GET`.
fn see(path: &str, mut headers: HeaderMap) -> Response {
    if let Ok(path) = HeaderValue::from_str(path) {
        headers.insert(LOCATION, path);
    }
    (StatusCode::SEE_OTHER, headers).into_response()
}

/// What a field holds; nothing where it was not sent.
fn sent<'a>(form: &'a Sent, field: &str) -> &'a str {
    form.get(field).map(String::as_str).unwrap_or_default()
}

async fn not_found(State(web): State<Web>) -> Response {
    web.show(StatusCode::NOT_FOUND, &pages::not_found(web.inner.locale))
}
