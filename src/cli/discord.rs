//! `guidepost discord`: whether the bot at Discord may do what it has to.

use std::process::ExitCode;

use crate::chat::ServerSetting;
use crate::config::{Loaded, SecretName};
use crate::platforms::discord::{self, Bot, Checked, Finding, Named, ServerSeen};
use crate::services::keeping::{KeepingError, Operation, Outcome};
use crate::services::servers::Server;

use super::args::DiscordCommand;
use super::ask_desk::{perform_there_or_here, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, command: &DiscordCommand) -> Result<ExitCode, Failure> {
    match command {
        DiscordCommand::Check { json } => check(loaded, *json).await,
    }
}

/// Exit code 1 when something needs a person.
async fn check(loaded: &Loaded, json: bool) -> Result<ExitCode, Failure> {
    let checked = look(loaded).await?;
    if json {
        output::print_json(&checked)?;
    } else {
        for line in lines(&checked) {
            output::print(&line)?;
        }
    }
    Ok(if checked.needing_a_person() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn look(loaded: &Loaded) -> Result<Checked, Failure> {
    let settings = &loaded.settings.discord;
    let Some(token) = loaded.secrets.get(SecretName::DiscordToken) else {
        return Ok(Checked::without_token());
    };
    let chosen = chosen(loaded).await?;
    let client = discord::client(token, settings.api_base.as_deref().unwrap_or_default());
    Ok(discord::check(client, &settings.guilds, &chosen).await)
}

/// What was chosen on servers; nothing where no desk was started yet.
async fn chosen(loaded: &Loaded) -> Result<Vec<Server>, Failure> {
    let outcome = match perform_there_or_here(loaded, Operation::Servers).await {
        Err(Failure::Keeping(KeepingError::NoStore(_))) => return Ok(Vec::new()),
        done => done?,
    };
    let Outcome::Servers(servers) = outcome else { return Err(unexpected()) };
    Ok(servers)
}

fn lines(checked: &Checked) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(checked.bot.iter().flat_map(of_bot));
    lines.extend(checked.findings.iter().flat_map(of_finding));
    lines.extend(checked.servers.iter().flat_map(of_server));
    lines.push(match checked.needing_a_person() {
        0 => "Nothing needs a person.".to_owned(),
        1 => "One finding needs a person.".to_owned(),
        count => format!("{count} findings need a person."),
    });
    lines
}

fn of_bot(bot: &Bot) -> Vec<String> {
    let reads = if bot.message_content { "on" } else { "off" };
    let mut lines = vec![
        format!("Bot     {} (application {})", bot.account.title(), bot.application),
        format!("Intent  Message Content is {reads}"),
        format!("Invite  {}", bot.invite),
        "        It asks for these permissions, and for no other (not Administrator, not Mention Everyone):"
            .to_owned(),
    ];
    lines.extend(bot.permissions.iter().map(|one| format!("        - {}: to {}", one.name, one.what_for)));
    lines
}

fn of_server(seen: &ServerSeen) -> Vec<String> {
    let ServerSeen { server, is_served, roles_count, chosen, findings } = seen;
    let named = format!("Server  {} ({})", server.title(), server.id);
    if !is_served {
        return vec![format!("{named}, which is not served: the setting discord.guilds does not name it")];
    }
    let roles = if *roles_count { "roles count" } else { "roles do not count" };
    let mut lines = vec![format!("{named}, where {roles}")];
    let chosen = chosen.iter().filter(|(_, chosen)| !chosen.is_empty()).map(|(setting, chosen)| {
        let title = if *setting == ServerSetting::Roles { Named::title } else { Named::channel };
        format!("{}: {}", setting.name(), chosen.iter().map(title).collect::<Vec<_>>().join(", "))
    });
    let chosen: Vec<String> = chosen.collect();
    if !chosen.is_empty() {
        lines.push(format!("        {}", chosen.join("; ")));
    }
    lines.extend(findings.iter().flat_map(of_finding));
    lines
}

fn of_finding(finding: &Finding) -> [String; 2] {
    let begin = if finding.needs_a_person() { "Needs a person" } else { "Note" };
    [format!("{begin}: {finding}."), format!("  {}", finding.remedy())]
}
