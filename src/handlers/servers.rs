//! Servers: what their managers choose, and whom a role of theirs makes staff.

use crate::chat::{Input, Member, Reply, Request, ServerSetting, ServerWish};
use crate::domain::{Channel, Person};
use crate::replies::servers::{self as replies, Setup};
use crate::services::servers::{self, Server};

use super::{Desk, Fault, Turn};

impl Desk {
    /// The server that a turn takes place on, where something depends on what was chosen for it.
    pub(super) async fn server_of(&self, request: &Request) -> Result<Option<Server>, Fault> {
        let is_needed = request.member.is_some() || matches!(request.input, Input::Overheard(_));
        let server = Channel::of(&request.place).and_then(|channel| channel.server);
        let (Ok(kept), Some(id), true) = (self.kept(), server, is_needed) else { return Ok(None) };
        Ok(Some(servers::of(&kept.store, id).await?))
    }

    /// Somebody after it was seen which roles they have on a server. Only a server that the operator named gives any right.
    pub(super) async fn by_role(
        &self,
        person: Person,
        member: Option<&Member>,
        server: Option<&Server>,
    ) -> Result<Person, Fault> {
        let (Some(member), Some(server)) = (member, server) else { return Ok(person) };
        let has_role = self.trusts(server) && server.has_role_of_staff(&member.roles);
        if person.after_role(server.id, has_role) == person {
            return Ok(person);
        }
        Ok(self.kept()?.people.work_by_role(person.id, server.id, has_role).await?)
    }

    /// Whether the operator named this server, so that its roles make staff.
    fn trusts(&self, server: &Server) -> bool {
        self.trusted.contains(&server.id)
    }

    pub(super) async fn server(&self, wish: ServerWish, turn: &Turn<'_>) -> Result<Reply, Fault> {
        let locale = self.locale;
        if Channel::of(turn.place).and_then(|channel| channel.server).is_none() {
            return Ok(replies::only_on_a_server(locale));
        }
        if !turn.member.is_some_and(|member| member.manages) {
            return Ok(replies::only_managers(locale));
        }
        let (kept, server) = (self.kept()?, turn.server.ok_or(Fault::KeepsNothing)?);
        match wish {
            ServerWish::Show => Ok(self.setup(server)),
            ServerWish::Set(setting, picked) => {
                let usable = setting.usable(server.id, &picked);
                if usable.is_empty() && !picked.is_empty() {
                    return Ok(replies::nothing_usable(locale).and(self.setup(server)));
                }
                let server = servers::choose(&kept.store, server.id, setting, &usable).await?;
                let chosen = replies::chosen(locale, setting, usable.len(), self.trusts(&server));
                Ok(chosen.and(self.setup(&server)))
            }
            ServerWish::Panel => Ok(replies::panel(locale, self.name())),
        }
    }

    fn setup(&self, server: &Server) -> Reply {
        let chosen = ServerSetting::ALL.map(|setting| (setting, server.chosen(setting)));
        let setup = Setup { server: server.id, chosen: &chosen, is_trusted: self.trusts(server) };
        replies::setup(self.locale, &setup)
    }
}
