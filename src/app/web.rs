//! The door to the web, as the settings say.

use std::num::NonZeroU32;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use crate::clock::{self, Clock};
use crate::config::Settings;
use crate::platforms::Uploads;
use crate::platforms::news::News;
use crate::platforms::web::{Rates, Setup, Web};
use crate::replies::Locale;
use crate::services::behind_links::BehindLinks;
use crate::services::codes::Codes;
use crate::services::identity::Identities;
use crate::services::keeping::{Door, Keeper, Running};
use crate::services::sign_in::SignIns;

use super::{accounts, cases};

/// What the door is called in `status`.
const NAME: &str = "web";

/// The door, while it is open.
pub struct Opened {
    /// The address under which people reach it.
    pub address: String,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

/// Opens the door; `None` where there are no pages, or where they can't be served: then `status` says why, and so does the log.
pub async fn open(
    settings: &Settings,
    keeper: &Arc<Keeper>,
    sign_ins: SignIns,
    news: News,
    status: &watch::Sender<Running>,
) -> Option<Opened> {
    let (listen, public) = settings.web.listen.zip(settings.web.links())?;
    let door = match TcpListener::bind(listen).await {
        Ok(door) => door,
        Err(error) => {
            let why = format!("{listen} can't be listened at: {error}");
            tracing::warn!(%error, %listen, "the web pages are not served; choose another web.listen");
            show(status, Some(why));
            return None;
        }
    };
    let address = public.to_string();
    let kept = &keeper.kept;
    let accounts = accounts(settings, &kept.store);
    let codes = Codes::new(kept.key.clone());
    let identities = Identities::new(kept.store.clone(), codes.clone());
    let behind_links = BehindLinks::new(kept.store.clone(), codes, sign_ins.clone(), accounts.clone());
    let web = Web::new(Setup {
        name: settings.desk.name.clone(),
        news,
        locale: Locale::English,
        zone: settings.desk.time_zone,
        public,
        listens: listen,
        behind_proxy: settings.web.behind_proxy,
        clock: Clock::System,
        random: Arc::new(clock::random),
        fresh: clock::secret,
        sign_ins,
        behind_links,
        accounts,
        identities,
        store: kept.store.clone(),
        cases: cases(settings, &kept.store, &kept.files),
        uploads: Uploads::of(&settings.cases),
        stopping: watch::Sender::new(false),
        keeper: Arc::clone(keeper),
        rates: NonZeroU32::new(settings.web.api_per_minute)
            .map(|most| Rates::per_minute(most, Clock::System)),
        metrics_for_all: settings.web.metrics_for_all,
    });
    let (stop, stopped) = oneshot::channel::<()>();
    show(status, None);
    // A sender that is gone means the same.
    let serving = tokio::spawn(web.serve(door, async { drop(stopped.await) }));
    Some(Opened { address, stop, serving })
}

impl Opened {
    /// Closes the door, and lets what is under way end.
    pub async fn close(self) {
        drop(self.stop);
        if let Err(error) = self.serving.await {
            tracing::error!(%error, "the web pages ended in a panic");
        }
    }
}

fn show(status: &watch::Sender<Running>, trouble: Option<String>) {
    let door = Door { name: NAME.to_owned(), open: trouble.is_none(), trouble };
    status.send_modify(|running| {
        running.doors.retain(|other| other.name != door.name);
        running.doors.push(door);
    });
}
