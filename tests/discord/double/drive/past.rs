//! What another life or version of the program left behind.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::{
    Double,
    id::Id,
    model::Message,
    routes::{Answer, Call, dispatch},
};

impl Double {
    /// A message that the bot sent long ago, with another version of the program: the body of `POST …/messages`.
    pub fn sent_long_ago(&self, channel: Id, body: &Value) -> Id {
        self.change(|state| {
            let message: Message = state.compose(channel, body, &[], 0);
            let id = message.id;
            state.channel_mut(channel).messages.insert(id, message);
            id
        })
    }

    /// Commands as another version of the program left them.
    pub fn registered_long_ago(&self, guild: Option<Id>, commands: Value) {
        let Value::Array(commands) = commands else { panic!("commands come in a list") };
        self.change(|state| state.commands.insert(guild, commands));
    }

    /// A private thread that the bot made, by the one request that makes it.
    pub fn made_long_ago(&self, parent: Id, name: &str) -> Id {
        let body = json!({ "name": name, "type": 12, "invitable": false, "auto_archive_duration": 10080 });
        let call = Call {
            method: "POST".to_owned(),
            path: format!("/channels/{parent}/threads"),
            query: BTreeMap::new(),
            body,
            uploads: Vec::new(),
            authorized: true,
        };
        match self.change(|state| dispatch(state, &call)) {
            Ok(Answer::Created(thread)) => Id::of(&thread["id"]).unwrap(),
            other => panic!("no thread was made: {other:?}"),
        }
    }
}
