//! What can be typed to make tokens, list and remove them.

use clap::{Args, Subcommand};

/// `guidepost token …`.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token and print it, this once
    ///
    /// A program shows it to the API as "Authorization: Bearer TOKEN". It may do what the person may for whom it speaks, as far as its
    /// scopes go. The desk keeps only a fingerprint of it.
    Add(Box<TokenAdd>),
    /// List the tokens, without what is secret of them
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// End a token: from now on it is worth nothing
    Remove {
        /// What it is called
        #[arg(value_name = "NAME")]
        name: String,
    },
}

/// `guidepost token add`.
#[derive(Debug, Args)]
pub struct TokenAdd {
    /// What it is called: letters, digits, hyphens, dots and underscores
    #[arg(value_name = "NAME")]
    pub name: String,
    /// For whom it speaks: their number (P-000017), address, discord:ID or console:USER [default: for itself, as somebody of its own]
    #[arg(long = "for", value_name = "WHO")]
    pub person: Option<String>,
    /// Let it work on cases as an agent does, where it speaks for itself
    #[arg(long, conflicts_with = "person")]
    pub agent: bool,
    /// What it may be used for, separated by commas: chat, cases-read, cases-write, accounts-read, metrics
    #[arg(long = "scope", value_name = "SCOPES", value_delimiter = ',', required = true)]
    pub scopes: Vec<String>,
    /// For how many days it is worth something
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=3650))]
    pub days: u16,
    /// It does not run out
    #[arg(long, conflicts_with = "days")]
    pub forever: bool,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}
