//! Every request and its answer, in order; as JSON lines too, when asked.

use std::{fs::File, io::Write, path::Path};

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

/// A request and what became of it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Entry {
    /// When all of it had come in.
    #[serde(skip)]
    pub at: DateTime<Utc>,
    pub method: String,
    /// Without the query.
    pub path: String,
    pub query: String,
    /// The JSON, also where it came beside files.
    pub body: Value,
    /// The names of the files.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// None where there was no answer.
    pub status: Option<u16>,
    pub response: Value,
    /// The kind of the interaction that was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interaction_type: Option<u8>,
    /// What was made to go wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

impl Entry {
    /// The path below the API's version.
    pub fn route(&self) -> &str {
        self.path.strip_prefix("/api/v10").unwrap_or(&self.path)
    }

    /// Whether it was carried out, whatever was answered.
    pub fn succeeded(&self) -> bool {
        self.status.is_some_and(|status| status < 300)
    }
}

/// All entries.
#[derive(Debug, Default)]
pub struct Log {
    pub entries: Vec<Entry>,
    file: Option<File>,
}

impl Log {
    pub fn new(file: Option<&Path>) -> Self {
        Self { entries: Vec::new(), file: file.map(|path| File::create(path).unwrap()) }
    }

    pub fn push(&mut self, entry: Entry) {
        if let Some(file) = &mut self.file {
            writeln!(file, "{}", json!(entry)).unwrap();
        }
        self.entries.push(entry);
    }

    /// The last entries, a line each, for a test that failed.
    pub fn tail(&self, most: usize) -> String {
        let from = self.entries.len().saturating_sub(most);
        let lines = self.entries[from..].iter().map(|entry| {
            let status = entry.status.map_or("no answer".to_owned(), |status| status.to_string());
            let mut line = format!("{} {} → {status} {}", entry.method, entry.path, entry.body);
            if !entry.succeeded() {
                line = format!("{line} ← {}", entry.response);
            }
            line
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
