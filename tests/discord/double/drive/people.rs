//! People who write, edit and delete.

use serde_json::json;

use super::super::{
    Double,
    id::Id,
    model::{Attachment, ChannelKind},
    multipart::Upload,
    routes::Saying,
    state::State,
};

impl Double {
    /// Somebody writes something.
    pub fn says(&self, user: Id, channel: Id, text: &str) -> Id {
        self.say(user, channel, Saying { text: text.to_owned(), ..Saying::default() })
    }

    /// Somebody writes something that begins with the bot's name.
    pub fn says_to_bot(&self, user: Id, channel: Id, text: &str) -> Id {
        self.says(user, channel, &format!("<@{}> {text}", self.bot()))
    }

    /// Somebody answers a message.
    pub fn replies(&self, user: Id, channel: Id, to: Id, text: &str) -> Id {
        self.say(user, channel, Saying { text: text.to_owned(), reply_to: Some(to), ..Saying::default() })
    }

    /// Somebody sends files, with some words or none: `(name, kind, bytes)`.
    pub fn sends(&self, user: Id, channel: Id, text: &str, files: &[(&str, &str, &[u8])]) -> Id {
        let files = files.iter().map(|file| self.upload(channel, file)).collect();
        self.say(user, channel, Saying { text: text.to_owned(), files, ..Saying::default() })
    }

    /// A file that somebody gives with a command: its id is the option's value.
    pub fn gives(&self, channel: Id, file: &(&str, &str, &[u8])) -> Id {
        let upload = self.upload(channel, file);
        let id = upload.id;
        self.change(|state| state.uploads.insert(id, upload));
        id
    }

    fn upload(&self, channel: Id, (name, kind, bytes): &(&str, &str, &[u8])) -> Attachment {
        let upload = Upload { name: (*name).to_owned(), kind: (*kind).to_owned(), bytes: bytes.to_vec() };
        self.change(|state| state.keep(channel, &[upload]).remove(0))
    }

    /// Whatever can be said at once.
    pub fn say(&self, user: Id, channel: Id, saying: Saying) -> Id {
        self.change(|state| {
            let there = state.channel(channel);
            assert!(state.may_send(user, there), "{} can't write in {}", state.user(user).name, there.name);
            state.open_for_sending(channel, user).unwrap_or_else(|failure| panic!("{failure:?}"));
            let message = state.written_by(user, channel, saying);
            let id = message.id;
            state.post(message);
            id
        })
    }

    /// Its author changes a message.
    pub fn edits(&self, message: Id, text: &str) {
        self.change(|state| {
            let mut message = state.message(message).unwrap().clone();
            text.clone_into(&mut message.content);
            message.edited = Some(state.now());
            state.repost(message);
        });
    }

    /// Its author, or a moderator, deletes a message.
    pub fn deletes(&self, message: Id) {
        self.change(|state| {
            let channel = state.message(message).unwrap().channel;
            state.unpost(channel, message);
        });
    }

    /// Somebody's conversation with the bot, opened by them if there is none.
    pub fn dm(&self, user: Id) -> Id {
        self.change(|state| state.dm(user))
    }

    /// Somebody makes a thread that everybody sees who sees the channel.
    pub fn starts_thread(&self, user: Id, parent: Id, name: &str) -> Id {
        let body = json!({ "name": name });
        self.change(|state| {
            let told = state.begin_thread(user, parent, ChannelKind::PublicThread, None, &body);
            Id::of(&told["id"]).unwrap()
        })
    }

    /// Somebody adds somebody to a thread; the same one joins.
    pub fn adds_to_thread(&self, by: Id, thread: Id, user: Id) {
        self.change(|state| state.move_member(by, thread, user, true));
    }

    /// Somebody takes somebody out of a thread; the same one leaves.
    pub fn removes_from_thread(&self, by: Id, thread: Id, user: Id) {
        self.change(|state| state.move_member(by, thread, user, false));
    }

    /// A moderator, or Discord after some days, archives a thread.
    pub fn archives(&self, thread: Id) {
        let now = self.read(State::now);
        self.change_channel(thread, |channel| {
            let thread = channel.thread.as_mut().unwrap();
            thread.archived = true;
            thread.archive_changed = now;
        });
    }

    /// Whether somebody has a right in a channel.
    pub fn may(&self, user: Id, channel: Id, right: u64) -> bool {
        self.read(|state| state.permissions(user, state.channel(channel)) & right == right)
    }
}
