//! `guidepost store trial`: how many durable commits this store makes.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::mpsc;

use crate::clock;
use crate::config::Loaded;
use crate::services::case_trial::CaseTurn;
use crate::services::keeping::{Operation, Outcome};
use crate::services::trial::Turn;

use super::args::TrialOf;
use super::ask_desk::{Performer, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, asked: &TrialOf) -> Result<ExitCode, Failure> {
    let performer = Arc::new(Performer::find(loaded).await?);
    let started = Instant::now();
    let count = commit(&performer, asked).await;
    let seconds = started.elapsed().as_secs_f64();
    let done = match count {
        Ok(count) if !asked.json => clear(&performer, asked, count, seconds).await,
        Ok(_) => Ok(()),
        Err(failure) => Err(failure),
    };
    performer.close().await;
    done.map(|()| ExitCode::SUCCESS)
}

/// Clients commit, each its turns one after the other; every acknowledged commit is told at once. The first that fails ends it.
async fn commit(performer: &Arc<Performer>, asked: &TrialOf) -> Result<u64, Failure> {
    let (sender, mut receiver) = mpsc::channel(64);
    let run = clock::random();
    for client in 0..asked.clients {
        let (performer, sender) = (Arc::clone(performer), sender.clone());
        let (turns, bytes, mail_every) = (asked.commits, asked.bytes, asked.mail_every);
        let with_cases = asked.cases;
        tokio::spawn(async move {
            let mut case = None;
            for turn in 0..turns {
                let operation = if with_cases {
                    Operation::CaseTrial { turn: CaseTurn { run, client, turn, case } }
                } else {
                    Operation::Trial { turn: Turn { client, turn, bytes, mail_every } }
                };
                let done = performer.perform(operation, &mut |_| {}).await;
                if let Ok(Outcome::CaseTrial(acknowledged)) = &done {
                    case = acknowledged.case;
                }
                let failed = done.is_err();
                // Where nobody listens any more, nobody needs the rest.
                if sender.send(done).await.is_err() || failed {
                    break;
                }
            }
        });
    }
    drop(sender);
    let mut count = 0;
    while let Some(done) = receiver.recv().await {
        count += 1;
        match done? {
            Outcome::Trial(acknowledged) if asked.json => output::print_json_line(&acknowledged)?,
            Outcome::CaseTrial(acknowledged) if asked.json => output::print_json_line(&acknowledged)?,
            Outcome::Trial(_) | Outcome::CaseTrial(_) => {}
            Outcome::Status(_)
            | Outcome::Backup(_)
            | Outcome::Checked(_)
            | Outcome::Cleared { .. }
            | Outcome::Asked(_)
            | Outcome::Job(_)
            | Outcome::Letters(_)
            | Outcome::Person(_)
            | Outcome::Exported(_)
            | Outcome::Erased(_)
            | Outcome::Agent(_)
            | Outcome::AgentRemoved(_)
            | Outcome::Agents(_)
            | Outcome::Servers(_)
            | Outcome::Token(_)
            | Outcome::Tokens(_)
            | Outcome::TokenRemoved(_)
            | Outcome::Accounts(_)
            | Outcome::Account(_)
            | Outcome::Brought(_)
            | Outcome::Mended => return Err(unexpected()),
        }
    }
    Ok(count)
}

async fn clear(performer: &Performer, asked: &TrialOf, count: u64, seconds: f64) -> Result<(), Failure> {
    let cleared = performer.perform(Operation::ClearTrial, &mut |_| {}).await?;
    let Outcome::Cleared { records } = cleared else { return Err(unexpected()) };
    output::print(&format!(
        "{count} durable commits by {} clients in {seconds:.2} s: {:.0} a second. The {records} records of the trial were removed.",
        asked.clients,
        count as f64 / seconds.max(1e-9)
    ))?;
    Ok(())
}
