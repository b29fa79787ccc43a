//! A labelled set: documents, questions, and which documents answer which question.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use crate::domain::{About, Article, ArticleId, Block, Kind, Passage, Span};

use super::metrics::Labels;

/// Why a set could not be read: which file, which line, what is wrong.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The file itself.
    #[error("{file}: {error}")]
    File {
        /// Which one.
        file: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A line in it.
    #[error("{file}:{line}: {problem}")]
    Line {
        /// Which file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong, and what was expected.
        problem: String,
    },
}

/// Documents, questions and labels.
#[derive(Debug, Default)]
pub struct LabelledSet {
    /// The documents' own ids; the article of index `n` has the id `doc-n`.
    pub ids: Vec<String>,
    /// The documents as articles.
    pub articles: Vec<Article>,
    /// Question ids and questions.
    pub queries: Vec<(String, String)>,
    /// By question id.
    pub labels: HashMap<String, Labels>,
}

#[derive(Deserialize)]
struct Document {
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    body: String,
    /// Old article numbers, where the set has them.
    #[serde(default)]
    kb: Option<serde_json::Value>,
}

impl LabelledSet {
    /// Reads a set: documents as JSON lines (`id`, `title`, `body`), questions as `id TAB text`, labels as
    /// `question id TAB document id TAB relevance`. Files that end in `.gz` are unpacked.
    pub fn read(docs: &Path, queries: &Path, qrels: &Path) -> Result<Self, SetError> {
        let mut set = Self::default();
        for_each_line(docs, |line| {
            let document: Document = serde_json::from_str(line).map_err(|e| format!("no document: {e}"))?;
            set.articles.push(article(set.ids.len(), &document));
            set.ids.push(document.id);
            Ok(())
        })?;
        for_each_line(queries, |line| {
            let (id, text) = line.split_once('\t').ok_or("expected: question id, tab, question")?;
            set.queries.push((id.to_owned(), text.to_owned()));
            Ok(())
        })?;
        for_each_line(qrels, |line| {
            let mut fields = line.split('\t');
            let (Some(query), Some(document), Some(relevance)) =
                (fields.next(), fields.next(), fields.next())
            else {
                return Err("expected: question id, tab, document id, tab, relevance".to_owned());
            };
            let relevance =
                relevance.trim().parse().map_err(|_| format!("\"{relevance}\" is no relevance"))?;
            set.labels.entry(query.to_owned()).or_default().insert(document.to_owned(), relevance);
            Ok(())
        })?;
        Ok(set)
    }

    /// The document's own id of an article of this set.
    #[must_use]
    pub fn id_of(&self, article: &str) -> Option<&str> {
        let at: usize = article.strip_prefix("doc-")?.parse().ok()?;
        self.ids.get(at).map(String::as_str)
    }
}

/// A plain text becomes an article of one passage, a paragraph for each line.
fn article(at: usize, document: &Document) -> Article {
    let fallback = || ArticleId::slug_of("doc");
    #[expect(clippy::unwrap_used, reason = "a constant slug")]
    let id = ArticleId::slug_of(&format!("doc-{at}")).or_else(fallback).unwrap();
    let mut about = About::new(id, document.title.clone(), Kind::Support);
    about.aliases = aliases(document.kb.as_ref());
    let paragraph = |line: &str| Block::Paragraph(vec![Span::Plain(line.to_owned())]);
    let blocks = document.body.lines().filter(|line| !line.trim().is_empty()).map(paragraph).collect();
    Article { about, passages: vec![Passage { heading: None, blocks }] }
}

fn aliases(kb: Option<&serde_json::Value>) -> Vec<String> {
    let texts: Vec<String> = match kb {
        Some(serde_json::Value::String(text)) => vec![text.clone()],
        Some(serde_json::Value::Number(number)) => vec![number.to_string()],
        Some(serde_json::Value::Array(all)) => all.iter().map(|v| v.to_string().replace('"', "")).collect(),
        Some(serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Object(_)) | None => {
            vec![]
        }
    };
    let numbers = texts.iter().flat_map(|text| text.split([',', ' ', ';']));
    numbers.filter(|n| !n.is_empty()).map(|n| format!("KB{}", n.trim_start_matches("KB"))).collect()
}

fn for_each_line(file: &Path, mut take: impl FnMut(&str) -> Result<(), String>) -> Result<(), SetError> {
    let fault = |error| SetError::File { file: file.to_owned(), error };
    let raw = File::open(file).map_err(fault)?;
    let unpacked: Box<dyn Read> = match file.extension() {
        Some(gz) if gz == "gz" => Box::new(MultiGzDecoder::new(raw)),
        Some(_) | None => Box::new(raw),
    };
    for (at, line) in BufReader::new(unpacked).lines().enumerate() {
        let line = line.map_err(fault)?;
        if !line.trim().is_empty() {
            take(&line).map_err(|problem| SetError::Line { file: file.to_owned(), line: at + 1, problem })?;
        }
    }
    Ok(())
}
