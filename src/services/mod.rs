//! What the desk does for people and operators: one use case each.

pub mod accounts;
pub mod addresses;
pub mod agenda;
pub mod answers;
pub mod case_search;
pub mod case_trial;
pub mod cases;
pub mod codes;
pub mod conversations;
pub mod evaluation;
mod forgetting;
pub mod import;
pub mod keeping;
pub mod kept_answers;
pub mod leases;
pub mod library;
pub mod mail_test;
pub mod notices;
pub mod people;
pub mod privacy;
pub mod registered;
pub mod rooms;
pub mod seen;
pub mod servers;
pub mod trial;
