//! The true client, which does nothing by itself: tests read its events and answer with its own calls.

use std::{sync::Arc, time::Duration};

use serde_json::json;
use serenity::{
    all::{
        Context, CreateAllowedMentions, CreateCommand, CreateCommandOption, CreateInteractionResponse,
        CreateInteractionResponseMessage, Event, GatewayIntents, Http, HttpBuilder, Interaction,
        RawEventHandler,
    },
    async_trait,
    client::ClientBuilder,
};
use tokio::{
    sync::{
        Mutex,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    task::JoinHandle,
};

use super::super::{Double, Id, Options};

/// Far beyond anything that a test waits for.
pub const GIVEN_UP: Duration = Duration::from_mins(1);

/// A client that is logged in.
pub struct Bot {
    pub http: Arc<Http>,
    events: Mutex<UnboundedReceiver<Event>>,
    pub client: JoinHandle<serenity::Result<()>>,
}

struct Handler(UnboundedSender<Event>);

#[async_trait]
impl RawEventHandler for Handler {
    async fn raw_event(&self, _: Context, event: Event) {
        let _ = self.0.send(event);
    }
}

impl Drop for Bot {
    fn drop(&mut self) {
        self.client.abort();
    }
}

/// What the client is made with; the library's own waits for limits are off, as they are for any proxy.
pub fn http(double: &Double) -> Http {
    HttpBuilder::new(double.token()).proxy(double.url()).ratelimiter_disabled(true).build()
}

impl Bot {
    pub async fn start(double: &Double) -> Self {
        Self::with(double, http(double), GatewayIntents::all()).await
    }

    pub async fn with(double: &Double, http: Http, intents: GatewayIntents) -> Self {
        let (sender, events) = unbounded_channel();
        http.set_application_id(double.bot().0.into());
        let builder = ClientBuilder::new_with_http(http, intents).raw_event_handler(Handler(sender));
        let mut client = builder.await.unwrap();
        let http = Arc::clone(&client.http);
        let client = tokio::spawn(async move { client.start().await });
        Self { http, events: Mutex::new(events), client }
    }

    /// The next event that is meant. An unknown one is a field that the double left out.
    pub async fn next<T>(&self, meant: impl Fn(Event) -> Option<T>) -> T {
        loop {
            let event = async { self.events.lock().await.recv().await };
            let event = tokio::time::timeout(GIVEN_UP, event).await.expect("the event does not come");
            let event = event.expect("the client has ended");
            assert!(!matches!(event, Event::Unknown(_)), "serenity does not know {event:?}");
            if let Some(found) = meant(event) {
                return found;
            }
        }
    }

    pub async fn interaction(&self) -> Interaction {
        self.next(|event| match event {
            Event::InteractionCreate(event) => Some(event.interaction),
            _ => None,
        })
        .await
    }

    /// Reads all events up to the next login.
    pub async fn logged_in(&self) {
        self.next(|event| matches!(event, Event::Ready(_)).then_some(())).await;
    }

    /// Reads all events up to the next resumption.
    pub async fn resumed(&self) {
        self.next(|event| matches!(event, Event::Resumed(_)).then_some(())).await;
    }

    /// The text of the next message.
    pub async fn message(&self) -> String {
        self.next(|event| match event {
            Event::MessageCreate(event) => Some(event.message.content),
            _ => None,
        })
        .await
    }
}

/// One server with a channel, a customer, a client that is logged in, and its commands.
pub struct World {
    pub double: Double,
    pub bot: Bot,
    pub guild: Id,
    pub channel: Id,
    pub alice: Id,
}

impl World {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        let double = Double::start(options).await;
        let guild = double.add_guild("Acme");
        let channel = double.add_channel(guild, "help");
        let alice = double.add_member(guild, "Alice", &[]);
        let bot = Bot::start(&double).await;
        bot.logged_in().await;
        bot.http.create_global_commands(&commands()).await.unwrap();
        Self { double, bot, guild, channel, alice }
    }

    /// Alice pings, and the client has heard of it.
    pub async fn ping(&self) -> (super::super::Act, serenity::all::CommandInteraction) {
        let act = self.double.slash(self.alice, self.channel, "ping", &json!({}));
        let Interaction::Command(command) = self.bot.interaction().await else { panic!("no command") };
        (act, command)
    }
}

fn commands() -> Vec<CreateCommand> {
    use serenity::all::{CommandOptionType, CommandType};
    let question = CreateCommandOption::new(CommandOptionType::String, "question", "What is asked")
        .required(true)
        .set_autocomplete(true);
    let subject = CreateCommandOption::new(CommandOptionType::String, "subject", "What it is about");
    let file = CreateCommandOption::new(CommandOptionType::Attachment, "file", "What goes with it");
    let open = CreateCommandOption::new(CommandOptionType::SubCommand, "open", "Opens a case")
        .add_sub_option(subject)
        .add_sub_option(file);
    vec![
        CreateCommand::new("ping").description("Answers"),
        CreateCommand::new("ask").description("Answers a question").add_option(question),
        CreateCommand::new("case").description("Does something with a case").add_option(open),
        CreateCommand::new("Open a case from this").kind(CommandType::Message),
        CreateCommand::new("Open a case for them").kind(CommandType::User),
    ]
}

/// A message that pings nobody.
pub fn says(text: &str) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(text).allowed_mentions(CreateAllowedMentions::new())
}

pub fn pong() -> CreateInteractionResponse {
    CreateInteractionResponse::Message(says("pong"))
}
