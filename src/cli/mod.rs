//! The command line: one file for each sub-command.

mod account;
mod agent;
mod args;
mod articles;
mod ask;
mod ask_desk;
mod backup;
mod chat;
mod completions;
mod config;
mod desk;
mod discord;
mod eval;
mod import;
mod index;
mod jobs;
mod mail;
mod open;
mod output;
mod person;
mod restore;
mod serve;
mod status;
mod store;
mod token;
mod trial;

use std::process::ExitCode;

use clap::Parser;

use crate::config::{self as settings, Loaded, Options};

use args::{Arguments, Command, MailCommand};
pub use output::Failure;

/// Runs the program with these arguments (the first one is its name).
pub async fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // clap knows which stream and which exit code a help text or a mistake takes.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    match dispatch(arguments).await {
        Ok(code) => code,
        Err(failure) => output::fail(&failure),
    }
}

async fn dispatch(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments { config: file, set, command } = arguments;
    let command = command.unwrap_or(Command::Serve(args::Speaking::default()));
    if let Command::Completions { shell } = command {
        return completions::run(shell);
    }
    let loaded = settings::load(&Options { file, set }, settings::environment())?;
    crate::telemetry::start(&loaded.settings.log);
    route(command, &loaded).await
}

async fn route(command: Command, loaded: &Loaded) -> Result<ExitCode, Failure> {
    let settings = &loaded.settings;
    match command {
        Command::Serve(speaking) => serve::run(loaded, &speaking).await,
        Command::Chat(speaking) => chat::run(loaded, &speaking).await,
        Command::Ask(ask) => ask::run(settings, &ask).await,
        Command::Articles(list) => articles::run(settings, &list),
        Command::Import(import) => import::run(settings, *import).await,
        Command::Index { rebuild } => index::run(loaded, rebuild).await,
        Command::Eval(eval) => eval::run(settings, &eval),
        Command::Status { json, count } => status::run(loaded, count, json).await,
        Command::Backup { file, json } => backup::run(loaded, &file, json).await,
        Command::Restore { file, json } => restore::run(loaded, &file, json).await,
        Command::Mail { command: MailCommand::Test { to } } => mail::test(loaded, &to).await,
        Command::Discord { command } => discord::run(loaded, &command).await,
        Command::Account { command } => account::run(loaded, &command).await,
        Command::Demo { json } => account::demo(loaded, json).await,
        Command::Agent { command } => agent::run(loaded, &command).await,
        Command::Token { command } => token::run(loaded, &command).await,
        Command::Person { command } => person::run(loaded, &command).await,
        Command::Jobs { command } => jobs::run(loaded, &command).await,
        Command::Store { command } => store::run(loaded, &command).await,
        Command::Config { command } => config::run(loaded, &command),
        Command::Completions { shell } => completions::run(shell),
    }
}
