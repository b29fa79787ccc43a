//! A Discord on loopback, for tests with the real client.
//!
//! ```ignore
//! let double = Double::start(Options::default()).await;
//! let guild = double.add_guild("Acme");
//! let help = double.add_channel(guild, "help");
//! let alice = double.add_member(guild, "Alice", &[]);
//! // … start the bot with double.url() and double.token() …
//! double.ready().await;
//! let asked = double.slash(alice, help, "ask", &json!({ "question": "How do I add a contact?" }));
//! let answer = asked.shown().await;
//! let pressed = double.press(alice, answer.id, &answer.button("No").unwrap());
//! double.assert_clean();
//! ```
//!
//! **The world** (`drive::world`) is set up by calls that do at once what they say: servers, channels, roles, members, rights. The
//! bot is a member of each server, with a role of its own. **People** (`drive::people`, `drive::acts`) write, edit, delete, press,
//! choose, fill in and command; what a person's client would not let them do panics: a button that is not there or not
//! theirs to see, a command that is not registered, an input left empty.
//!
//! **Waiting** is always for something: `wait_until(|state| …)`, `find(|state| …)`, or one of an [`drive::Act`]'s questions
//! (`answer`, `shown`, `followup`). What never comes fails the test with the end of the log. There are no pauses.
//!
//! **Time** is the double's [`Clock`]: by hand unless `Options::clock` says otherwise, and shared with the desk when both get the
//! same. The 3 seconds and 15 minutes of interactions, nonces, renames, ids and times follow it.
//!
//! **What goes wrong** is scripted: `fail(route, times, fault)` and `hold(route, times)` on the API; `close`, `cut`, `reconnect`,
//! `invalidate`, `silence`, `go_away`, `come_back`, `lose` on the gateway; `closes_dms`, `deny`, `most_threads` in the world.
//!
//! **What was right** is asked at the end: `assert_clean()` validates all requests, all answers and all events by Discord's
//! description and the rules beside it (`oracle`).
//!
//! Inside: `http` takes requests, `routes` carries them out on the one `state`, `gateway` tells clients what `sessions` keeps
//! for them, `render` writes everything as Discord does.

#![allow(dead_code, unused_imports, reason = "a toolbox: each test takes what it needs")]

mod compose;
mod drive;
mod failure;
mod faults;
mod gateway;
mod http;
mod id;
mod interaction;
mod log;
mod model;
mod multipart;
mod render;
mod render_message;
pub mod rights;
mod routes;
mod selftest;
mod sessions;
mod state;
mod typed;
mod wire;

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use guidepost::clock::{Clock, ManualClock};
use tokio::{net::TcpListener, task::JoinHandle};

pub use drive::{Act, Callback};
pub use faults::{Fault, Gate};
pub use id::Id;
pub use log::Entry;
pub use model::{Attachment, Channel, ChannelKind, Message, Ping, Thread};
pub use routes::Saying;
pub use sessions::{Identify, MESSAGE_CONTENT, PRIVILEGED};
pub use state::State;

/// How a double begins.
pub struct Options {
    /// By hand, at nine in the morning, unless said otherwise.
    pub clock: Clock,
    pub token: String,
    /// Between heartbeats, in milliseconds.
    pub heartbeat: u64,
    /// The privileged intents that are switched on.
    pub intents: u64,
    /// Where to write each request as a line of JSON.
    pub log: Option<PathBuf>,
    /// Where clients find it, if something stands before its own port.
    pub origin: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            clock: ManualClock::at("2026-11-22T09:00:00Z".parse().unwrap()).clock(),
            token: "MTAw.double.token".to_owned(),
            heartbeat: 41_250,
            intents: PRIVILEGED,
            log: None,
            origin: None,
        }
    }
}

/// A Discord. Clones are the same one.
#[derive(Clone)]
pub struct Double(Arc<Inner>);

struct Inner {
    shared: Arc<state::Shared>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Double {
    /// Opens a port and answers there.
    pub async fn start(options: Options) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let origin = options.origin.unwrap_or_else(|| format!("http://{address}"));
        let gateway = sessions::Gateway::new(options.heartbeat, options.intents);
        let log = log::Log::new(options.log.as_deref());
        let shared =
            Arc::new(state::Shared::new(State::new(options.clock, origin, options.token, gateway, log)));
        let door = wire::Door { listener, shared: Arc::clone(&shared) };
        Self(Arc::new(Inner { shared, address, server: tokio::spawn(http::serve(door)) }))
    }

    /// Its own port, whatever stands before it.
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Looks at the state.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        self.0.shared.read(look)
    }

    fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        self.0.shared.change(change)
    }
}
