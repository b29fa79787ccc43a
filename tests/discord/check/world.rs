//! A Discord, a folder for a desk, and the program that looks at one for the other.

use std::collections::BTreeMap;
use std::path::Path;

use guidepost::chat::ServerSetting::{self, Cases, Help, Roles, Staff};
use guidepost::services::keeping::{Kept, KeyPlace, Places};
use guidepost::services::servers;
use guidepost::store::Place;
use serde_json::Value;
use tempfile::TempDir;

use crate::keeping::program::{program, text};

use super::super::double::{Double, Id, Options, rights};

/// A Discord, and a folder for a desk.
pub struct World {
    pub double: Double,
    pub folder: TempDir,
    /// What the environment of the program has.
    pub environment: BTreeMap<&'static str, String>,
}

/// What the program said, and how it ended.
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl World {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        let double = Double::start(options).await;
        let environment = BTreeMap::from([
            ("GUIDEPOST_DISCORD_API_BASE", double.url()),
            ("GUIDEPOST_DISCORD_TOKEN", double.token()),
        ]);
        Self { double, folder: tempfile::tempdir().unwrap(), environment }
    }

    /// A server on which all that the desk needs was chosen.
    pub async fn set_up(&self, name: &str) -> Acme {
        let guild = self.double.add_guild(name);
        let channel = |name: &str| self.double.add_channel(guild, name);
        let [help, cases, desk] = ["help", "cases", "desk"].map(channel);
        let support = self.double.add_role(guild, "Support", rights::MANAGE_THREADS);
        let kept = self.kept().await;
        for (setting, id) in [(Help, help), (Cases, cases), (Staff, desk), (Roles, support)] {
            choose(&kept, guild, setting, id).await;
        }
        kept.store.close().await;
        Acme { guild, help, cases, desk, support }
    }

    pub async fn kept(&self) -> Kept {
        places(self.folder.path()).open(|| Ok([0xab; 32])).await.unwrap()
    }

    pub fn set(&mut self, name: &'static str, value: &str) {
        self.environment.insert(name, value.to_owned());
    }

    /// Runs `guidepost discord check` with these arguments; the token is in nothing that it says.
    pub async fn check(&self, arguments: &[&str]) -> Said {
        let arguments = [&["discord", "check"], arguments].concat();
        let mut command = program(self.folder.path(), &arguments);
        command.envs(&self.environment);
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let said = Said { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) };
        if let Some(token) = self.environment.get("GUIDEPOST_DISCORD_TOKEN").filter(|token| !token.is_empty())
        {
            assert!(!said.out.contains(token) && !said.err.contains(token), "{}{}", said.out, said.err);
        }
        said
    }

    /// What it says without complaint, ending so.
    pub async fn prints(&self, code: i32) -> String {
        let Said { code: ended, out, err } = self.check(&[]).await;
        assert_eq!((ended, err.as_str()), (Some(code), ""), "{out}");
        out
    }

    pub async fn prints_json(&self, code: i32) -> Value {
        let said = self.check(&["--json"]).await;
        assert_eq!(said.code, Some(code), "{}{}", said.out, said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

/// What was chosen on a server.
pub struct Acme {
    pub guild: Id,
    pub help: Id,
    pub cases: Id,
    pub desk: Id,
    pub support: Id,
}

fn places(folder: &Path) -> Places {
    let store = folder.join("data/store");
    let key = KeyPlace::new(None, &store).unwrap();
    Places { store: Place::Folder(store), files: folder.join("data/files"), key }
}

/// Chooses one channel or role for something.
pub async fn choose(kept: &Kept, guild: Id, setting: ServerSetting, id: Id) {
    servers::choose(&kept.store, guild.0, setting, &[id.0]).await.unwrap();
}
