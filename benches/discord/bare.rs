//! The bot beside which the desk is measured: serenity and one command, in a process of its own, on a double of its own.

use std::process::{Child, Command, Stdio};

use serde_json::json;
use serenity::all::{
    ClientBuilder, Context, CreateCommand, CreateInteractionResponse, CreateInteractionResponseMessage,
    EventHandler, GatewayIntents, Interaction, Ready,
};
use serenity::async_trait;
use serenity::http::HttpBuilder;

use crate::discord::double::{Act, Double, Id, Options};
use guidepost::clock::Clock;

pub const JOB: &str = "--child-bare";

struct Bot;

#[async_trait]
impl EventHandler for Bot {
    async fn ready(&self, context: Context, _: Ready) {
        let ping = CreateCommand::new("ping").description("Answers");
        serenity::all::Command::set_global_commands(&context.http, vec![ping]).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        if let Interaction::Command(command) = interaction {
            let pong = CreateInteractionResponseMessage::new().content("pong");
            command.create_response(&context.http, CreateInteractionResponse::Message(pong)).await.unwrap();
        }
    }
}

/// Is the bot until the process is ended.
pub async fn run(url: &str, token: &str, application: &str) {
    let http = HttpBuilder::new(token).proxy(url).ratelimiter_disabled(true).build();
    http.set_application_id(application.parse::<u64>().unwrap().into());
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES;
    let mut client = ClientBuilder::new_with_http(http, intents).event_handler(Bot).await.unwrap();
    client.start().await.unwrap();
}

/// The bot's process, its Discord, and somebody who pings it.
pub struct Bare {
    pub double: Double,
    process: Child,
    channel: Id,
    people: Vec<Id>,
}

impl Bare {
    pub async fn start(people: usize) -> Self {
        let double = Double::start(Options { clock: Clock::System, ..Options::default() }).await;
        let guild = double.add_guild("Acme");
        let channel = double.add_channel(guild, "lobby");
        let people = (0..people).map(|n| double.add_member(guild, &format!("Person {n}"), &[])).collect();
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([JOB, &double.url(), &double.token(), &double.bot().to_string()]);
        let process = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        // Kept from here on: whatever happens, its end is the process's.
        let bare = Self { double, process, channel, people };
        bare.double.ready().await;
        bare.double.registered().await;
        bare
    }

    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Somebody pings.
    pub fn ping(&self, n: usize) -> Act {
        self.double.slash(self.people[n % self.people.len()], self.channel, "ping", &json!({}))
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
