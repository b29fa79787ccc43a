//! What the desk hears at a place on Discord, and who said something there.

use crate::domain::case::Standing;
use crate::domain::{Channel, Identity, Place};
use crate::services::{rooms, servers};

use super::rooms::was_written_in;
use super::{Desk, Fault};

/// What the desk hears at a place without being spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hears {
    /// Nothing.
    Nothing,
    /// Questions.
    Questions,
    /// All that is said, into the timeline of a case.
    Room,
    /// All that is said: nobody else is there.
    Alone,
}

impl Desk {
    /// What it hears at a place, which may be a thread within another channel; nothing where that can't be found out.
    pub async fn hears(&self, place: &Place, within: Option<u64>) -> Hears {
        self.what_it_hears(place, within).await.unwrap_or_else(|fault| {
            tracing::error!(error = %fault, "what is heard at a place could not be found out");
            Hears::Nothing
        })
    }

    pub(super) async fn what_it_hears(&self, place: &Place, within: Option<u64>) -> Result<Hears, Fault> {
        let Some(channel) = Channel::of(place) else { return Ok(Hears::Alone) };
        let Some(server) = channel.server else { return Ok(Hears::Alone) };
        let Ok(kept) = self.kept() else { return Ok(Hears::Nothing) };
        if rooms::of_thread(&kept.store, channel.id).await?.is_some() {
            return Ok(Hears::Room);
        }
        let help = servers::of(&kept.store, server).await?.help;
        let is_help = help.contains(&channel.id) || within.is_some_and(|parent| help.contains(&parent));
        Ok(if is_help { Hears::Questions } else { Hears::Nothing })
    }

    /// Who said something in the room of a case; `None` where nothing of it was kept.
    pub async fn author_of(&self, place: &Place, of: &str) -> Option<Identity> {
        let found = async {
            let kept = self.kept()?;
            let Some(case) = rooms::case_of(&kept.store, place).await? else { return Ok(None) };
            Ok::<_, Fault>(kept.cases.said_by(case, of).await?.map(Identity::Desk))
        };
        found.await.unwrap_or_else(|fault| {
            tracing::error!(error = %fault, "who said something could not be found out");
            None
        })
    }

    /// The turns in which something was said in the room of a case that is not closed, as far as it was not taken back, the newest
    /// first, `most` at most; none where that is no room.
    pub async fn said_in_room(&self, place: &Place, most: usize) -> Vec<String> {
        let found = async {
            let kept = self.kept()?;
            let Some(number) = rooms::case_of(&kept.store, place).await? else { return Ok(Vec::new()) };
            let case = kept.cases.find(number).await?;
            if case.is_none_or(|case| case.standing() == Standing::Closed) {
                return Ok(Vec::new());
            }
            let Some(room) = rooms::of_case(&kept.store, number).await? else { return Ok(Vec::new()) };
            let mut said = kept.cases.said_in_room(number, most).await?;
            said.retain(|source| was_written_in(&room.record, source));
            Ok::<_, Fault>(said)
        };
        found.await.unwrap_or_else(|fault| {
            tracing::error!(error = %fault, "what was said in a room could not be found out");
            Vec::new()
        })
    }

    /// Whether a file of this size may be taken, so that it is worth fetching.
    #[must_use]
    pub fn takes(&self, size: u64) -> bool {
        self.kept().is_ok_and(|kept| size <= kept.cases.most_bytes())
    }
}
