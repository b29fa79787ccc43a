//! Desks that are killed: nothing acknowledged is lost, no number is given twice, no batch is there by half, and every effect
//! is carried out once.
//!
//! The real program serves; many clients commit through its socket and note what was acknowledged; SIGKILL comes in the middle. Then
//! the same again, on what is there. At the end the desks are left alone until all effects are carried out, and everything is
//! compared.

mod cases;
mod desk;
mod rounds;

use guidepost::services::case_trial::CaseAcknowledged;
use guidepost::services::trial::Acknowledged;
use rounds::Rounds;

use crate::store::{Cluster, Schema, is_long};

/// How often a desk is killed.
fn often() -> usize {
    if is_long() { 50 } else { 8 }
}

#[test]
fn a_desk_on_sled_is_killed_again_and_again() {
    let mut rounds = Rounds::<Acknowledged>::on_sled();
    for _ in 0..often() {
        rounds.kill();
    }
    rounds.compare();
}

#[test]
fn one_of_two_desks_on_postgresql_is_killed_again_and_again() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(schema) = runtime.block_on(Schema::fresh()) else { return };
    let url = schema.url();
    let mut rounds = Rounds::<Acknowledged>::on_postgresql(&url, Some(schema), 2);
    for _ in 0..often() {
        rounds.kill();
    }
    rounds.compare();
}

#[test]
fn the_server_of_two_desks_crashes_again_and_again() {
    let Some(cluster) = Cluster::start() else { return };
    let mut rounds = Rounds::<Acknowledged>::on_postgresql(&cluster.url(), None, 2);
    for _ in 0..often().div_ceil(5) {
        rounds.disturb(|| cluster.crash());
    }
    rounds.compare();
}

#[test]
fn a_desk_with_cases_on_sled_is_killed_again_and_again() {
    let mut rounds = Rounds::<CaseAcknowledged>::on_sled();
    for _ in 0..often() {
        rounds.kill();
    }
    rounds.compare();
}

#[test]
fn one_of_two_desks_with_cases_on_postgresql_is_killed_again_and_again() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let Some(schema) = runtime.block_on(Schema::fresh()) else { return };
    let url = schema.url();
    let mut rounds = Rounds::<CaseAcknowledged>::on_postgresql(&url, Some(schema), 2);
    for _ in 0..often() {
        rounds.kill();
    }
    rounds.compare();
}
