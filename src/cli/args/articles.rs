//! What can be typed to ask the articles, list them, bring them in and measure how well they are found.

use std::path::PathBuf;

use clap::Args;

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
