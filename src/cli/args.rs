//! What can be typed after `guidepost`, and the help for it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

/// A support desk that lives in a chat channel.
///
/// Without a command it serves: every enabled door opens, and with a terminal in front of it, so does a chat.
#[derive(Debug, Parser)]
#[command(name = "guidepost", version, max_term_width = 100)]
pub struct Arguments {
    /// The settings file; else config.toml in this folder, else the built-in settings
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Changes one setting for this run, for example search.results=5
    #[arg(long, global = true, value_name = "SECTION.KEY=VALUE")]
    pub set: Vec<String>,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The sub-commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open every enabled door (this is what happens without a command)
    Serve,
    /// Talk to the desk in this terminal, or through a pipe
    Chat,
    /// Answer one question; exit code 0 with a confident answer, 1 without
    Ask(Ask),
    /// List the articles, or show one
    Articles(Articles),
    /// Bring in a help centre: Markdown folders, web pages, Zendesk
    Import(Box<Import>),
    /// Bring the search index up to date
    Index {
        /// Build it from nothing
        #[arg(long)]
        rebuild: bool,
    },
    /// Measure search quality and speed on a labelled set
    Eval(Eval),
    /// Look after the store
    Store {
        #[command(subcommand)]
        command: StoreCommand,
    },
    /// Show or check the settings
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
    /// Print completions for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
}

/// `guidepost config …`.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Print every setting and where its value comes from; secrets are masked
    Show {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Only check the settings
    Check,
}

/// `guidepost store …`.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Measure how many durable commits it makes, with records that are removed afterwards
    Trial(TrialOf),
}

/// `guidepost store trial`.
#[derive(Debug, Args)]
pub struct TrialOf {
    /// Print every acknowledged commit as a line of JSON, and leave the records
    #[arg(long)]
    pub json: bool,
    /// How many commit at once
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub clients: u32,
    /// How many commits each of them makes
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub commits: u64,
    /// The length of a record's text, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 1500)]
    pub bytes: usize,
}

/// `guidepost ask`.
#[derive(Debug, Args)]
pub struct Ask {
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// Only articles of this product (id, name or alias)
    #[arg(long, value_name = "PRODUCT")]
    pub product: Option<String>,
    /// The most results [default: search.results of the settings]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=100))]
    pub limit: Option<u16>,
    /// The question, in as many words as you like
    #[arg(required = true, value_name = "QUESTION")]
    pub question: Vec<String>,
}

/// `guidepost articles`.
#[derive(Debug, Args)]
pub struct Articles {
    /// As JSON
    #[arg(long)]
    pub json: bool,
    /// Only articles of this product (id, name or alias)
    #[arg(long, value_name = "PRODUCT")]
    pub product: Option<String>,
    /// Tell what is wrong in the articles; exit code 1 when something is
    #[arg(long)]
    pub check: bool,
    /// Show this article: its id, number or alias
    #[arg(value_name = "ARTICLE")]
    pub article: Option<String>,
}

/// `guidepost import`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag that is typed")]
pub struct Import {
    /// Folders of Markdown, .html files, web addresses, or a Zendesk articles .json
    #[arg(value_name = "SOURCE", required_unless_present_any = ["list", "zendesk"])]
    pub sources: Vec<String>,
    /// A file with one web address a line
    #[arg(long, value_name = "FILE")]
    pub list: Option<PathBuf>,
    /// A Zendesk help centre, for example <https://example.zendesk.com>
    #[arg(long, value_name = "ADDRESS")]
    pub zendesk: Option<String>,
    /// Where the articles go, for example knowledge/imported/acme
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
    /// The product that they are about: an id of products.toml
    #[arg(long, value_name = "PRODUCT")]
    pub product: Option<String>,
    /// support or documentation
    #[arg(long, value_name = "KIND", default_value = "support", value_parser = ["support", "documentation"])]
    pub kind: String,
    /// Where the folder is on the web: gives addresses, and targets to links that leave it
    #[arg(long, value_name = "ADDRESS")]
    pub base_url: Option<String>,
    /// Origin and licence, noted in every article
    #[arg(long, value_name = "TEXT")]
    pub licence: Option<String>,
    /// Remove articles whose source is gone
    #[arg(long)]
    pub prune: bool,
    /// Write over articles that were edited by hand
    #[arg(long)]
    pub force: bool,
    /// Only tell what would be done
    #[arg(long)]
    pub dry_run: bool,
    /// The report as JSON
    #[arg(long)]
    pub json: bool,
}

/// `guidepost eval`.
#[derive(Debug, Args)]
pub struct Eval {
    /// Documents: JSON lines with id, title and body (.gz too)
    #[arg(long, value_name = "FILE")]
    pub docs: PathBuf,
    /// Questions: id, tab, text
    #[arg(long, value_name = "FILE")]
    pub queries: PathBuf,
    /// Labels: question id, tab, document id, tab, relevance
    #[arg(long, value_name = "FILE")]
    pub qrels: PathBuf,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}
