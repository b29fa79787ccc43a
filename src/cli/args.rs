//! What can be typed after `guidepost`, and the help for it.

mod articles;
mod token;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub use articles::{Articles, Ask, Eval, Import};
pub use token::{TokenAdd, TokenCommand};

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

/// Who speaks in a terminal.
#[derive(Debug, Default, Args)]
pub struct Speaking {
    /// Speak as somebody the desk knows: an agent, or a customer on their behalf
    ///
    /// By e-mail address, discord:ID, console:USER or number (P-000017). Only who may open the store, or the socket of the desk, gets
    /// that far.
    #[arg(long = "as", value_name = "PERSON")]
    pub person: Option<String>,
}

/// The sub-commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Open every enabled door (this is what happens without a command)
    Serve(Speaking),
    /// Talk to the desk in this terminal, or through a pipe
    ///
    /// With the desk that is running here; where none is, one runs as long as the conversation.
    Chat(Speaking),
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
    /// Tell how the desk is; exit code 1 when something needs a person
    Status {
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Count the records, too, which reads the whole store
        #[arg(long)]
        count: bool,
    },
    /// Write everything the desk keeps to one file, while it goes on working
    ///
    /// In it are all records, files and the desk key, of one moment, each with its checksum; not the search index, which is
    /// built from the articles, and not the articles. A running desk writes the file, as its own user. Nothing is written over.
    Backup {
        /// The file to write, for example guidepost-2026-03-01.tar.gz
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Bring a backup back, into an empty place
    ///
    /// The whole file is checked before anything is written. It may come from the other engine. Nothing is written over: the
    /// store of the settings must be empty or not there yet, and no desk may be using it.
    Restore {
        /// A file that `guidepost backup` wrote
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Look after the store: copy it, check it, try it
    Store {
        #[command(subcommand)]
        command: StoreCommand,
    },
    /// Send a mail to see that mail arrives
    Mail {
        #[command(subcommand)]
        command: MailCommand,
    },
    /// See whether the bot at Discord may do what it has to
    Discord {
        #[command(subcommand)]
        command: DiscordCommand,
    },
    /// Say who works on cases
    Agent {
        #[command(subcommand)]
        command: AgentCommand,
    },
    /// Say which programs may speak with the desk, for whom, and about what
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// See the accounts of organisations, or bring some in
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Make an account to try things out with: Example Corp, with five contacts at example.org and three licences
    ///
    /// It is made once, and never by itself. Its contacts get no mail but the one who is invited, whose mail lands where all mail does.
    Demo {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// See what the desk holds about somebody, hand it over, or erase it
    Person {
        #[command(subcommand)]
        command: PersonCommand,
    },
    /// See what was given up after many tries, and have it tried again
    Jobs {
        #[command(subcommand)]
        command: JobsCommand,
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

/// `guidepost mail …`.
#[derive(Debug, Subcommand)]
pub enum MailCommand {
    /// Send a test mail
    Test {
        /// To whom, for example you@example.org
        #[arg(value_name = "ADDRESS")]
        to: String,
    },
}

/// `guidepost discord …`.
#[derive(Debug, Subcommand)]
pub enum DiscordCommand {
    /// Print the link that brings the bot to a server, and what is missing on each; exit code 1 when something needs a person
    ///
    /// It asks Discord with the token in `GUIDEPOST_DISCORD_TOKEN`: who the bot is, whether it may read messages, and on each server
    /// whether the channels and roles that /setup chose are there, and which permission the bot or the staff lack in them.
    /// Nothing is changed.
    Check {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// `guidepost agent …`.
#[derive(Debug, Subcommand)]
pub enum AgentCommand {
    /// Let somebody work on cases; whoever the desk does not know yet is made known
    Add {
        /// Their address, or discord: and the number of their account
        #[arg(value_name = "EMAIL|discord:ID")]
        who: String,
        /// What customers and other agents read
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
    },
    /// List those who work on cases
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Let somebody no longer work on cases; what they wrote stays
    Remove {
        /// Their number (P-000017), address, discord:ID or console:USER
        #[arg(value_name = "WHO")]
        who: String,
    },
}

/// `guidepost account …`.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// List the organisations
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one with its contacts and licences
    Show {
        /// Its number
        #[arg(value_name = "ORG")]
        org: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Add the organisations, contacts and licences of a file that are not there yet
    ///
    /// A .json file is JSON, every other one TOML: [[organisations]] with id, company, street, city, country and more, and in each
    /// [[organisations.contacts]] with name and mail, and [[organisations.licences]] with id, product and name. Licences are
    /// brought up to date; what people have changed on an account is left as it is. All that is wrong with the file is told at once, and
    /// then nothing is changed. Done again, it changes nothing. New contacts are sent an invitation unless they are active = true.
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Only tell what would be changed
        #[arg(long)]
        dry_run: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// `guidepost person …`.
#[derive(Debug, Subcommand)]
pub enum PersonCommand {
    /// Tell who somebody is to the desk
    Show {
        /// Their number (P-000017), address, discord:ID or console:USER
        #[arg(value_name = "WHO")]
        who: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Hand over everything that the desk holds about somebody, as JSON
    ///
    /// In it are their record, their cases as they may see them (no internal notes), the names and SHA-256 of the files, and every
    /// other record of theirs. The bytes of the files are not.
    Export {
        /// Their number (P-000017), address, discord:ID or console:USER
        #[arg(value_name = "WHO")]
        who: String,
        /// Write it to this file, which must not be there yet [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Erase who somebody is, everything they wrote and the files they added
    ///
    /// Their cases stay with number, dates, state and what staff wrote; those that are not over are closed. It can't be undone. When it
    /// is interrupted, run it again: it goes on where it stopped. An agent has to be removed as one first. Backups and sent mails
    /// are not touched.
    Erase {
        /// Their number (P-000017), address, discord:ID or console:USER
        #[arg(value_name = "WHO")]
        who: String,
        /// Don't ask first
        #[arg(long)]
        yes: bool,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// `guidepost jobs …`.
#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// List what was given up, the latest first
    Dead {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Have it tried again, at once
    Retry {
        /// Its key, as `guidepost jobs dead` lists it
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// Give it up for good
    Discard {
        /// Its key, as `guidepost jobs dead` lists it
        #[arg(value_name = "KEY")]
        key: String,
    },
}

/// `guidepost store …`.
#[derive(Debug, Subcommand)]
pub enum StoreCommand {
    /// Copy records, files and the desk key to another, empty place, and compare both
    ///
    /// A place is "sled" or "postgres", each as the settings have it, the folder of a sled store, or the address of a PostgreSQL
    /// server without a password in it. No desk may be using either place. To move a desk to PostgreSQL: stop it, set store.url, run `guidepost store copy --from sled --to postgres`, set
    /// store.engine to "postgres", start it.
    Copy(StoreCopy),
    /// Measure how many durable commits it makes, with records that are removed afterwards
    Trial(TrialOf),
    /// Hold records, indexes, change feed and files against each other; exit code 1 when something is wrong
    Check {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
}

/// `guidepost store copy`.
#[derive(Debug, Args)]
pub struct StoreCopy {
    /// Where it is: sled, postgres, a folder, or an address
    #[arg(long, value_name = "PLACE")]
    pub from: String,
    /// Where it is to be: sled, postgres, a folder, or an address
    #[arg(long, value_name = "PLACE")]
    pub to: String,
    /// The folder of files it has [default: as the settings have it, else "files" beside the folder]
    #[arg(long, value_name = "FOLDER")]
    pub from_files: Option<PathBuf>,
    /// The folder for the files [default: as the settings have it, else "files" beside the folder]
    #[arg(long, value_name = "FOLDER")]
    pub to_files: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
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

/// `guidepost store trial`.
#[derive(Debug, Args)]
pub struct TrialOf {
    /// Print every acknowledged commit as a line of JSON, and leave the records
    #[arg(long)]
    pub json: bool,
    /// Work on cases, which stay: only for stores of tests
    #[arg(long, hide = true, requires = "json")]
    pub cases: bool,
    /// How many commit at once
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub clients: u32,
    /// How many commits each of them makes
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub commits: u64,
    /// The length of a record's text, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 1500)]
    pub bytes: usize,
    /// Have every so manieth commit send a mail to nobody, which lands in the outbox; 0 for none
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub mail_every: u64,
}
