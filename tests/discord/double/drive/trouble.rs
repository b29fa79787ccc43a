//! What goes wrong, on the API and on the gateway.

use super::super::{
    Double,
    faults::{Fault, Gate},
    sessions::Order,
};

impl Double {
    /// The next requests of a route go wrong: `POST /channels/*/messages`; `*` is any part, `**` all that follows.
    pub fn fail(&self, route: &str, times: usize, fault: Fault) {
        self.change(|state| state.faults.add(route, times, fault));
    }

    /// The next requests of a route wait until the gate is released, and are carried out then.
    pub fn hold(&self, route: &str, times: usize) -> Gate {
        let gate = Gate::default();
        self.fail(route, times, Fault::HeldBefore(gate.clone()));
        gate
    }

    /// How many of the faults were not met yet.
    pub fn faults_left(&self) -> usize {
        self.read(|state| state.faults.left())
    }

    /// Nothing goes wrong any more.
    pub fn heal(&self) {
        self.change(|state| state.faults.clear());
    }

    /// The gateway closes its connections with this code.
    pub fn close(&self, code: u16) {
        self.order(&Order::Close(code));
    }

    /// The gateway's connections break.
    pub fn cut(&self) {
        self.order(&Order::Cut);
    }

    /// The gateway asks its clients to connect anew.
    pub fn reconnect(&self) {
        self.order(&Order::Reconnect);
    }

    /// The gateway says that the session is invalid, and whether it can be resumed.
    pub fn invalidate(&self, resumable: bool) {
        self.order(&Order::Invalid(resumable));
    }

    fn order(&self, order: &Order) {
        self.change(|state| state.gateway.order(order));
    }

    /// From now on heartbeats are not answered, or are again.
    pub fn silence(&self, silent: bool) {
        self.change(|state| state.gateway.silent = silent);
    }

    /// Everything breaks, and whoever knocks is turned away. Sessions are kept.
    pub fn go_away(&self) {
        self.change(|state| {
            state.gateway.away = true;
            state.gateway.order(&Order::Cut);
        });
    }

    /// Discord is there again; `forgetting` all sessions, as after a long outage.
    pub fn come_back(&self, forgetting: bool) {
        self.change(|state| {
            state.gateway.away = false;
            if forgetting {
                state.gateway.sessions.clear();
            }
        });
    }

    /// No session can be resumed any more.
    pub fn forget_sessions(&self) {
        self.change(|state| {
            let live: Vec<String> = state
                .gateway
                .connections
                .values()
                .filter_map(|connection| connection.session.clone())
                .collect();
            state.gateway.sessions.retain(|id, _| live.contains(id));
        });
    }

    /// The next events of a kind get lost.
    pub fn lose(&self, event: &str, times: usize) {
        self.change(|state| state.gateway.drops.push((event.to_owned(), times)));
    }
}
