//! `guidepost mail test`: a mail to an operator, by way of everything that a mail goes through.

use std::process::ExitCode;
use std::time::Duration;

use crate::app;
use crate::app::kept;
use crate::clock::{self, Clock};
use crate::config::Loaded;
use crate::domain::{Job, JobKey, MailAddress, State};
use crate::jobs::{Closed, carry_out_one};
use crate::platforms::socket;
use crate::services::agenda::{self, Fate};
use crate::services::keeping::{Operation, Outcome};
use crate::services::mail_test::ask_for_test_mail;

use super::ask_desk::unexpected;
use super::output::{self, Failure};

/// How often a running desk is asked how it goes.
const PACE: Duration = Duration::from_millis(200);
/// For how long: a little longer than a try may take.
const PATIENCE: Duration = Duration::from_secs(70);

/// Runs the command: exit code 1 when the mail was not sent.
pub async fn test(loaded: &Loaded, to: &str) -> Result<ExitCode, Failure> {
    let to = MailAddress::parse(to).map_err(|error| Failure::Usage(format!("{error}.")))?;
    let (key, fate) = match by_desk(loaded, &to).await? {
        Some(done) => done,
        None => here(loaded, &to).await?,
    };
    let (is_sent, told) = told(&to, &key, &fate);
    output::print(&told)?;
    Ok(if is_sent { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Has the running desk send it; `None` where none is running.
async fn by_desk(loaded: &Loaded, to: &MailAddress) -> Result<Option<(JobKey, Fate)>, Failure> {
    let socket = socket::beside(&loaded.settings.store.path);
    let asked = socket::ask(&socket, Operation::MailTest { to: to.clone() }, &mut |_| {}).await?;
    let Some(asked) = asked else { return Ok(None) };
    let Outcome::Asked(key) = asked else { return Err(unexpected()) };
    let until = tokio::time::Instant::now() + PATIENCE;
    loop {
        let seen = socket::ask(&socket, Operation::Job { key: key.clone() }, &mut |_| {}).await?;
        let Some(Outcome::Job(fate)) = seen else { return Err(unexpected()) };
        if !is_under_way(&fate) || tokio::time::Instant::now() >= until {
            return Ok(Some((key, fate)));
        }
        tokio::time::sleep(PACE).await;
    }
}

/// Sends it from here, and nothing else of what is due.
async fn here(loaded: &Loaded, to: &MailAddress) -> Result<(JobKey, Fate), Failure> {
    let kept = kept::open(loaded).await?;
    let store = kept.store.clone();
    let jobs = app::jobs(&loaded.settings, &kept, Box::new(Closed("Discord")));
    let sent = async {
        let key = ask_for_test_mail(&store, to, clock::now()).await?;
        carry_out_one(&jobs, &key, &Clock::System, clock::random).await?;
        let fate = agenda::fate(&store, &key).await?;
        Ok::<_, crate::services::keeping::KeepingError>((key, fate))
    };
    let sent = sent.await;
    store.close().await;
    Ok(sent?)
}

/// Whether its first try has not ended yet.
fn is_under_way(fate: &Fate) -> bool {
    match fate {
        Fate::Open(job) => match job.state {
            State::Waiting => job.trouble.is_none(),
            State::Leased { .. } => true,
            State::Dead { .. } => false,
        },
        Fate::Over { .. } | Fate::Unknown => false,
    }
}

/// Whether it was sent, and what is told.
fn told(to: &MailAddress, key: &JobKey, fate: &Fate) -> (bool, String) {
    match fate {
        Fate::Over { said } => {
            let said = said.as_deref().unwrap_or("nothing was said to it");
            (true, format!("The mail to {to} was sent as {key}: {said}."))
        }
        Fate::Unknown => (false, format!("Nothing is known of {key} any more; was the store replaced?")),
        Fate::Open(job) => {
            let Job { state, trouble, due, .. } = job.as_ref();
            let told = match (state, trouble) {
                (State::Dead { why, .. }, _) => {
                    format!("The mail to {to} was not sent and is not tried again: {why}.")
                }
                (State::Waiting | State::Leased { .. }, Some(trouble)) => format!(
                    "The mail to {to} was not sent: {}. It waits as {key} and is tried again at {} by a running desk.",
                    trouble.why,
                    due.format("%H:%M:%S UTC")
                ),
                (State::Waiting | State::Leased { .. }, None) => {
                    format!("The mail to {to} is on its way as {key}; look again with `guidepost status`.")
                }
            };
            (false, told)
        }
    }
}
