//! What staff do for others: opening a case on their behalf, and letting them follow one.

use crate::chat::Reply;
use crate::chat::flow::Draft;
use crate::chat::wish::NewCase;
use crate::domain::{Identity, PersonId, Staff};
use crate::replies::staff;

use super::{Desk, Fault, Turn};

impl Desk {
    /// Who is to follow a case. Whoever was picked among the members of a server is there, also where the desk has not met them.
    pub(super) async fn follower(&self, name: &str, turn: &Turn<'_>) -> Result<Option<PersonId>, Fault> {
        let people = &self.kept()?.people;
        if let Some(row) = people.named(name).await? {
            return Ok(Some(row.record.id));
        }
        let account = name.strip_prefix("discord:").and_then(|id| id.parse().ok());
        match account.filter(|_| turn.server.is_some()) {
            Some(account) => Ok(Some(people.meet(&Identity::Discord(account), None, turn.now).await?.id)),
            None => Ok(None),
        }
    }

    /// Begins to open a case for somebody, whom the desk may not have met before.
    pub(super) async fn open_for(
        &self,
        of: &Identity,
        called: Option<&str>,
        text: Option<String>,
        by: &Staff,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let person = self.kept()?.people.meet(of, called, turn.now).await?;
        if person.erased.is_some() {
            return Ok(staff::unknown_person(self.locale, &of.to_string()));
        }
        if person.id == by.person() {
            return self.open_case(NewCase { text, ..NewCase::default() }, turn).await;
        }
        match self.draft_about(text.as_deref()) {
            Ok(mut draft) => {
                draft.on_behalf = Some(person.id);
                self.begin_flow(Draft::OpenCase(draft), turn).await
            }
            Err(error) => self.refused(error.into(), turn),
        }
    }
}
