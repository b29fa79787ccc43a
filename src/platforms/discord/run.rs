//! The life of the door: one desk at a time has the gateway, another takes over when it is gone.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serenity::all::{ClientBuilder, GatewayError, Guild, GuildChannel};
use serenity::http::Http;
use tokio::sync::watch;

use crate::clock::Clock;
use crate::handlers::Desk;
use crate::replies::Locale;
use crate::services::leases;
use crate::services::seen::Seen;
use crate::store::Store;

use super::connect::{Connection, NotConnected, connect, intents};
use super::door::Door;
use super::heard::Queues;
use super::parents::Parents;

/// What the lease is about.
const GATEWAY: &str = "discord.gateway";
/// How long a desk has the gateway without renewing.
const LEASE: TimeDelta = TimeDelta::seconds(15);
/// How often it renews, and how often another one looks.
const RENEW: TimeDelta = TimeDelta::seconds(4);
/// Before its lease is over a desk that can't renew it lets go.
const MARGIN: TimeDelta = TimeDelta::seconds(3);
/// The pause after something that may pass.
const PAUSE: TimeDelta = TimeDelta::seconds(3);

/// How long the end waits for what is being handled.
const ENDING: Duration = Duration::from_secs(5);

/// What the door is made of.
pub struct Setup {
    /// The desk behind it.
    pub desk: Arc<Desk>,
    /// Its store.
    pub store: Store,
    /// What this desk is called among those that share the store.
    pub name: String,
    /// The servers that it serves; all where none is named.
    pub servers: Vec<u64>,
    /// The commands to be registered.
    pub commands: Vec<serde_json::Value>,
    /// What time it is.
    pub clock: Clock,
}

/// How the door is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is on its way to Discord.
    Starting,
    /// It hears and answers.
    Open {
        /// As whom.
        name: String,
    },
    /// Another desk has the gateway.
    Waiting,
    /// Something is wrong; it tries again by itself.
    Troubled(String),
    /// Something is wrong that only a person can mend.
    Closed(String),
}

/// What hears the events of one connection.
pub struct Ear {
    /// What is done with them.
    pub door: Door,
    /// The messages among them.
    pub queues: Queues,
    until: Arc<Mutex<DateTime<Utc>>>,
    commands: Arc<[serde_json::Value]>,
    under_way: UnderWay,
}

/// How many events are being handled.
#[derive(Clone, Default)]
pub struct UnderWay(watch::Sender<usize>);

/// One that is.
pub struct Handling(watch::Sender<usize>);

impl UnderWay {
    /// From now until what it answers is dropped.
    #[must_use]
    pub fn begin(&self) -> Handling {
        self.0.send_modify(|count| *count += 1);
        Handling(self.0.clone())
    }

    /// Waits until all are handled, but not for ever.
    async fn over(&self) {
        let mut count = self.0.subscribe();
        if tokio::time::timeout(ENDING, count.wait_for(|count| *count == 0)).await.is_err() {
            tracing::warn!("some answers on Discord were not given before the end");
        }
    }
}

impl Drop for Handling {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count = count.saturating_sub(1));
    }
}

impl Ear {
    /// Something is being handled, until what this answers is dropped.
    #[must_use]
    pub fn handling(&self) -> Handling {
        self.under_way.begin()
    }

    /// Whether this desk has the gateway.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.door.now() < *self.until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection begins anew: in each channel what was missed is caught up with first, then what is heard meanwhile follows. A
    /// channel that can't be read for a while holds nothing else up.
    pub async fn begin(&self) {
        let round = self.queues.hold();
        let mended = async {
            self.door.register(&self.commands).await;
            self.door.reconcile().await;
            self.door.check_permissions().await;
        };
        tokio::join!(self.door.catch_up(&self.queues, round), mended);
    }

    /// A server is there: its help channels, and the threads in them, are read from now on, also what is written while the desk is away.
    pub async fn arrived(&self, guild: &Guild) {
        if !self.door.serves(Some(guild.id.get())) {
            return;
        }
        for channel in guild.channels.values() {
            self.appeared(channel).await;
        }
        for thread in &guild.threads {
            let parent = self.door.parents.note(thread);
            let read_to = match parent {
                Some(parent) => self.queues.read_to(parent).await,
                None => None,
            };
            // Made while the desk was away: what was asked in it since is answered.
            if read_to.is_some_and(|last| last < thread.id.get()) {
                self.begin_with_thread(thread).await;
            } else {
                self.appeared(thread).await;
            }
        }
    }

    /// There is a channel or a thread.
    pub async fn appeared(&self, channel: &GuildChannel) {
        if !self.door.serves(Some(channel.guild_id.get())) {
            return;
        }
        self.door.parents.note(channel);
        let last = channel.last_message_id.map_or(channel.id.get(), serenity::all::MessageId::get);
        self.door.begin_reading(channel.guild_id.get(), channel.id.get(), last).await;
    }

    async fn begin_with_thread(&self, thread: &GuildChannel) {
        let (server, id) = (thread.guild_id.get(), thread.id.get());
        if self.door.begin_reading(server, id, id).await {
            self.door.catch_up_in(Seen { channel: id, server: Some(server), last: id }, &self.queues).await;
        }
    }
}

/// Runs the door until `stop` ends. `client` makes the library's client; `state` tells how the door is.
pub async fn run(
    setup: Setup,
    client: impl Fn() -> Http,
    state: watch::Sender<State>,
    opened: watch::Sender<Option<Door>>,
    stop: impl Future<Output = ()>,
) {
    tokio::pin!(stop);
    let until = Arc::new(Mutex::new(DateTime::<Utc>::MIN_UTC));
    let under_way = UnderWay::default();
    loop {
        let next = tokio::select! {
            () = &mut stop => break,
            next = life(&setup, &client, &state, &opened, &until, &under_way) => next,
        };
        match next {
            Next::Again => {}
            Next::Never => {
                (&mut stop).await;
                break;
            }
        }
        tokio::select! {
            () = &mut stop => break,
            () = setup.clock.sleep_until(setup.clock.now() + PAUSE) => {}
        }
    }
    *until.lock().unwrap_or_else(PoisonError::into_inner) = DateTime::<Utc>::MIN_UTC;
    under_way.over().await;
    if let Err(error) = leases::give_up(&setup.store, GATEWAY, &setup.name).await {
        tracing::warn!(%error, "the gateway of Discord could not be given up; another desk has it soon");
    }
}

enum Next {
    Again,
    Never,
}

/// One connection, from getting there to losing it.
async fn life(
    setup: &Setup,
    client: &impl Fn() -> Http,
    state: &watch::Sender<State>,
    opened: &watch::Sender<Option<Door>>,
    until: &Arc<Mutex<DateTime<Utc>>>,
    under_way: &UnderWay,
) -> Next {
    let connection = match connect(client()).await {
        Ok(connection) => connection,
        Err(error) => return told(state, &error),
    };
    let door = door(setup, &connection);
    // Effects can be carried out by any desk, whoever has the gateway.
    opened.send_replace(Some(door.clone()));
    while !take(setup, until).await {
        tell(state, State::Waiting);
        setup.clock.sleep_until(setup.clock.now() + RENEW).await;
    }
    let queues = Queues::new(door.clone(), under_way.clone());
    let ear = Ear {
        queues: queues.clone(),
        door,
        under_way: under_way.clone(),
        until: Arc::clone(until),
        commands: setup.commands.clone().into(),
    };
    tell(state, State::Open { name: connection.name.clone() });
    let ended = tokio::select! {
        ended = listen(client(), &connection.gateway, ear) => Some(ended),
        () = renew(setup, until) => None,
    };
    queues.close();
    match ended {
        Some(Ok(())) => Next::Again,
        Some(Err(error)) => told(state, &error),
        None => {
            tracing::warn!("another desk takes over the gateway of Discord");
            Next::Again
        }
    }
}

fn door(setup: &Setup, connection: &Connection) -> Door {
    Door {
        desk: Arc::clone(&setup.desk),
        store: setup.store.clone(),
        api: connection.api.clone(),
        me: connection.me,
        servers: setup.servers.clone().into(),
        parents: Parents::default(),
        locale: Locale::English,
        clock: setup.clock.clone(),
    }
}

fn tell(state: &watch::Sender<State>, now: State) {
    state.send_if_modified(|before| {
        let is_new = *before != now;
        *before = now;
        is_new
    });
}

fn told(state: &watch::Sender<State>, error: &NotConnected) -> Next {
    if error.is_final() {
        tracing::error!(%error, "the desk is not on Discord");
        tell(state, State::Closed(error.to_string()));
        Next::Never
    } else {
        tracing::warn!(%error, "the desk is not on Discord; it tries again");
        tell(state, State::Troubled(error.to_string()));
        Next::Again
    }
}

/// Takes or renews the lease; `false` where another desk has it, or the store does not say.
async fn take(setup: &Setup, until: &Mutex<DateTime<Utc>>) -> bool {
    let now = setup.clock.now();
    match leases::take(&setup.store, GATEWAY, &setup.name, LEASE, now).await {
        Ok(is_ours) => {
            let end = if is_ours { now + LEASE - MARGIN } else { DateTime::<Utc>::MIN_UTC };
            *until.lock().unwrap_or_else(PoisonError::into_inner) = end;
            is_ours
        }
        Err(error) => {
            tracing::warn!(%error, "whether this desk has the gateway of Discord could not be asked");
            false
        }
    }
}

/// Renews the lease for as long as that goes.
async fn renew(setup: &Setup, until: &Mutex<DateTime<Utc>>) {
    loop {
        setup.clock.sleep_until(setup.clock.now() + RENEW).await;
        let end = *until.lock().unwrap_or_else(PoisonError::into_inner);
        if !take(setup, until).await && setup.clock.now() + RENEW >= end {
            return;
        }
    }
}

/// Hears what Discord tells until the connection is over for good.
async fn listen(http: Http, gateway: &str, ear: Ear) -> Result<(), NotConnected> {
    let built = ClientBuilder::new_with_http(http, intents()).raw_event_handler(ear).await;
    let mut client = match built {
        Ok(client) => client,
        Err(error) => return Err(NotConnected::Trouble(error.into())),
    };
    // As it was asked for: the library would keep Discord's own where its question failed.
    gateway.clone_into(&mut *client.ws_url.lock().await);
    let shards = Arc::clone(&client.shard_manager);
    let _closes = Closes(shards);
    match client.start_autosharded().await {
        Ok(()) => Ok(()),
        Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => Err(NotConnected::BadToken),
        Err(serenity::Error::Gateway(
            GatewayError::DisallowedGatewayIntents | GatewayError::InvalidGatewayIntents,
        )) => Err(NotConnected::NoIntent),
        Err(error) => Err(NotConnected::Trouble(error.into())),
    }
}

/// Closes the connection when nobody listens any more.
struct Closes(Arc<serenity::all::ShardManager>);

impl Drop for Closes {
    fn drop(&mut self) {
        let shards = Arc::clone(&self.0);
        tokio::spawn(async move { shards.shutdown_all().await });
    }
}
