//! `guidepost token`: which programs speak with the desk.

use std::collections::BTreeSet;
use std::process::ExitCode;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;

use crate::clock;
use crate::config::Loaded;
use crate::services::keeping::{Operation, Outcome};
use crate::services::tokens::{NewToken, Scope, Speaks, TokenId, TokenName, TokenSecret, TokenSeen};

use super::agent::described;
use super::args::{TokenAdd, TokenCommand};
use super::ask_desk::{Performer, perform_there_or_here, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, command: &TokenCommand) -> Result<ExitCode, Failure> {
    match command {
        TokenCommand::Add(add) => make(loaded, add).await,
        TokenCommand::List { json } => list(loaded, *json).await,
        TokenCommand::Remove { name } => remove(loaded, name).await,
    }
}

async fn make(loaded: &Loaded, add: &TokenAdd) -> Result<ExitCode, Failure> {
    let name = name(&add.name)?;
    let scopes = scopes(&add.scopes)?;
    let speaks = match &add.person {
        Some(who) => Speaks::For(who.clone()),
        None => Speaks::Itself { is_agent: add.agent },
    };
    let until = (!add.forever).then(|| clock::now() + TimeDelta::days(i64::from(add.days)));
    // Made here, so that nobody else ever has it: the desk gets the fingerprint.
    let secret = TokenSecret::new(clock::secret()?);
    let new = NewToken { id: TokenId::of(&secret), name, speaks, scopes, until };
    // Tokens can be made before the desk starts for the first time, so the store may be made here.
    let performer = Performer::find(loaded).await?;
    let done = performer.perform(Operation::AddToken { new }, &mut |_| {}).await;
    performer.close().await;
    let Outcome::Token(made) = done? else { return Err(unexpected()) };
    if add.json {
        output::print_json(&json!({ "token": *secret.expose(), "made": *made }))?;
    } else {
        output::say(&format!("{}. Keep this token: nobody can show it again.", told(&made)));
        output::print(&secret.expose())?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(loaded: &Loaded, json: bool) -> Result<ExitCode, Failure> {
    let Outcome::Tokens(tokens) = perform_there_or_here(loaded, Operation::Tokens).await? else {
        return Err(unexpected());
    };
    if json {
        output::print_json(&tokens)?;
    } else if tokens.is_empty() {
        output::print("There are no tokens. Make one with `guidepost token add NAME --scope chat`.")?;
    } else {
        let now = clock::now();
        for seen in &tokens {
            let used = match seen.token.used {
                Some(used) => format!("last used {}", day(used)),
                None => "never used".to_owned(),
            };
            let over = if seen.token.has_run_out(now) { "; it has run out" } else { "" };
            output::print(&format!("{}; {used}{over}", told(seen)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn remove(loaded: &Loaded, name: &str) -> Result<ExitCode, Failure> {
    let operation = Operation::RemoveToken { name: self::name(name)? };
    let Outcome::TokenRemoved(removed) = perform_there_or_here(loaded, operation).await? else {
        return Err(unexpected());
    };
    output::print(&format!("The token {} is worth nothing any more.", removed.name))?;
    Ok(ExitCode::SUCCESS)
}

fn name(typed: &str) -> Result<TokenName, Failure> {
    TokenName::parse(typed).ok_or_else(|| {
        Failure::Usage(
            "A token's name is at most 60 letters, digits, hyphens, dots and underscores, such as crm-sync."
                .to_owned(),
        )
    })
}

fn scopes(typed: &[String]) -> Result<BTreeSet<Scope>, Failure> {
    let scope = |typed: &String| {
        Scope::called(typed.trim()).ok_or_else(|| {
            let all = Scope::ALL.map(Scope::name).join(", ");
            Failure::Usage(format!("\"{}\" is no scope; there are {all}.", typed.trim()))
        })
    };
    typed.iter().map(scope).collect()
}

/// A token in a line: name, for whom, what for, and until when.
fn told(seen: &TokenSeen) -> String {
    let token = &seen.token;
    let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.name()).collect();
    let until = token.until.map_or_else(|| "for good".to_owned(), |until| format!("until {}", day(until)));
    format!("{} speaks for {} ({}), {until}", token.name, described(&seen.person), scopes.join(", "))
}

fn day(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d").to_string()
}
