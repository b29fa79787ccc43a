//! The door to Discord, as the settings say.

use std::sync::Arc;

use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::config::{Loaded, SecretName};
use crate::domain::Post;
use crate::handlers::Desk;
use crate::jobs::{Closed, Executor};
use crate::platforms::discord::{self, Door, Setup, State, Threads};
use crate::services::keeping::{Door as Doorway, Running};
use crate::store::Store;

/// The door to Discord: what it is made of, and what posts through it.
pub struct Discord {
    door: watch::Sender<Option<Door>>,
    is_enabled: bool,
}

/// The door, while it is run.
pub struct Opened {
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Discord {
    /// The door that the settings name; closed where there is no token.
    #[must_use]
    pub fn of(loaded: &Loaded) -> Self {
        let is_enabled = loaded.secrets.get(SecretName::DiscordToken).is_some();
        Self { door: watch::Sender::new(None), is_enabled }
    }

    /// What posts through it.
    #[must_use]
    pub fn executor(&self) -> Box<dyn Executor<Post>> {
        if self.is_enabled {
            Box::new(Threads::new(self.door.subscribe()))
        } else {
            Box::new(Closed("Discord"))
        }
    }

    /// Opens it; `None` where it is not enabled. How it is becomes known in `status`.
    #[must_use]
    pub fn open(
        self,
        loaded: &Loaded,
        desk: Arc<Desk>,
        store: Store,
        status: watch::Sender<Running>,
    ) -> Option<Opened> {
        let token = loaded.secrets.get(SecretName::DiscordToken)?.clone();
        let settings = &loaded.settings;
        let base = settings.discord.api_base.clone().unwrap_or_default();
        let setup = Setup {
            commands: discord::commands::registration(desk.queues()),
            desk,
            store,
            name: super::name_of_this_desk(settings),
            servers: settings.discord.guilds.iter().copied().collect(),
            clock: Clock::System,
        };
        let (state, mut changes) = watch::channel(State::Starting);
        show(&status, &State::Starting);
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            // A sender that is gone means the same.
            let told = async { drop(stopped.await) };
            let follow = async {
                while changes.changed().await.is_ok() {
                    let now = changes.borrow_and_update().clone();
                    show(&status, &now);
                }
            };
            let door = discord::run(setup, || discord::client(&token, &base), state, self.door, told);
            tokio::join!(door, follow);
        });
        Some(Opened { stop, running })
    }
}

impl Opened {
    /// Closes the door, and lets what is under way end.
    pub async fn close(self) {
        drop(self.stop);
        if let Err(error) = self.running.await {
            tracing::error!(%error, "the door to Discord ended in a panic");
        }
    }
}

fn show(status: &watch::Sender<Running>, state: &State) {
    let (open, trouble) = match state {
        State::Open { .. } => (true, None),
        State::Starting | State::Waiting => (false, None),
        State::Troubled(why) | State::Closed(why) => (false, Some(why.clone())),
    };
    let door = Doorway { name: "discord".to_owned(), open, trouble };
    status.send_modify(|running| {
        running.doors.retain(|other| other.name != door.name);
        running.doors.push(door);
    });
}
