//! `guidepost mail test`: a mail to an operator, by way of everything that a mail goes through.

use std::process::ExitCode;

use crate::config::Loaded;
use crate::domain::MailAddress;
use crate::services::keeping::{Operation, Outcome};

use super::ask_desk::{perform_there_or_here, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn test(loaded: &Loaded, to: &str) -> Result<ExitCode, Failure> {
    let to = MailAddress::parse(to).map_err(|error| Failure::Usage(format!("{error}.")))?;
    let done = perform_there_or_here(loaded, Operation::MailTest { to: to.clone() }).await?;
    let Outcome::Asked(key) = done else { return Err(unexpected()) };
    output::print(&format!(
        "A mail to {to} is on its way as {key}. A running desk writes it to {} at once; otherwise the next one that starts does.",
        loaded.settings.mail.outbox.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
