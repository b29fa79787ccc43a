//! Cases and threads, held against each other when the desk comes: each case has its thread, and no thread is without its case.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::case::{CaseNumber, Standing};
use crate::services::rooms;
use crate::services::servers::{self, Server};

use super::api::number;
use super::door::Door;
use super::trouble::Trouble;

impl Door {
    /// Mends whatever came apart while the desk was away.
    pub async fn reconcile(&self) {
        match servers::all(&self.store).await {
            Ok(servers) => {
                for server in servers.into_iter().filter(|server| self.serves(Some(server.id))) {
                    if let Err(trouble) = self.reconcile_server(&server).await {
                        tracing::warn!(%trouble, server = server.id, "cases and threads could not be compared");
                    }
                }
            }
            Err(error) => tracing::warn!(%error, "cases and threads could not be compared"),
        }
        let roomless = rooms::roomless(&self.store).await.unwrap_or_default();
        for one in roomless {
            self.refresh(one.case).await;
        }
    }

    async fn reconcile_server(&self, server: &Server) -> Result<(), Trouble> {
        let active = self.api.active_threads(server.id).await?;
        let ids: BTreeSet<u64> = active.iter().filter_map(|thread| number(thread, "id").ok()).collect();
        for row in rooms::open_on(&self.store, server.id).await.unwrap_or_default() {
            let room = &row.record;
            if !ids.contains(&room.thread) {
                match self.api.channel(room.thread).await {
                    Err(trouble) if Self::is_gone(&trouble) => self.lost_thread(room.thread).await,
                    // Discord archives what is silent; the next word takes it up again.
                    Ok(_) | Err(_) => {}
                }
            }
            // Brings it up to date, and archives it where its case was closed meanwhile.
            if self.desk.is_behind(room).await.unwrap_or(true) {
                self.refresh(room.case).await;
            }
        }
        for thread in active.iter().filter(|thread| self.may_be_ours(thread, server)) {
            self.adopt(thread).await;
        }
        Ok(())
    }

    fn may_be_ours(&self, thread: &Value, server: &Server) -> bool {
        number(thread, "owner_id").ok() == Some(self.me)
            && number(thread, "parent_id").ok().is_some_and(|parent| server.cases == Some(parent))
    }

    /// A thread that is no case's: the case that it is named after takes it where it has none; a second one is archived.
    async fn adopt(&self, thread: &Value) {
        let Ok(id) = number(thread, "id") else { return };
        let name = thread.get("name").and_then(Value::as_str).unwrap_or_default();
        let Some(case) = name.split_whitespace().next().and_then(CaseNumber::parse) else { return };
        match rooms::of_case(&self.store, case).await {
            Ok(Some(row)) if row.record.thread == id => {
                // Somebody took it up by hand while its case is over; a word in it would open the case again.
                if row.record.archived
                    && let Err(trouble) = self.api.set_archived(id, true).await
                {
                    tracing::warn!(%trouble, %case, "the thread of a closed case could not be archived");
                }
            }
            Ok(None) if self.is_going(case).await => self.refresh(case).await,
            Ok(_) => {
                tracing::warn!(%case, thread = id, "a thread of no case is archived");
                if let Err(trouble) = self.api.set_archived(id, true).await {
                    tracing::warn!(%trouble, thread = id, "a thread of no case could not be archived");
                }
            }
            Err(error) => tracing::warn!(%error, "whose thread it is could not be read"),
        }
    }

    async fn is_going(&self, case: CaseNumber) -> bool {
        let view = self.desk.room_view(case).await.ok().flatten();
        view.is_some_and(|view| view.case.standing() != Standing::Closed)
    }

    async fn refresh(&self, case: CaseNumber) {
        if let Err(error) = rooms::refresh(&self.store, case, self.now()).await {
            tracing::warn!(%error, %case, "a room could not be put on the agenda");
        }
    }
}
