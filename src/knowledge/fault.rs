//! What is wrong in the knowledge folder: where, and what to do about it.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something does not reach the reader: an article, a field, a link.
    Error,
    /// Everything reaches the reader, yet the author probably meant something else.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A fault as the readers of a text see it, who do not know which file it came from.
///
/// The manifest keeps these, so that an unchanged file's faults are reported without reading it again, wherever the
/// folder is by then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// How bad it is.
    pub severity: Severity,
    /// The line in the file, from 1; none where the file as a whole is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Remark {
    /// An error in a line.
    pub fn error(line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Error, line: Some(line), what: what.into(), remedy: remedy.into() }
    }

    /// A warning about a line.
    pub fn warning(line: usize, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(line, what, remedy) }
    }

    /// An error of the file as a whole.
    pub fn whole_file(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { line: None, ..Self::error(0, what, remedy) }
    }

    /// The fault that this is in a file.
    #[must_use]
    pub fn in_file(self, file: &Path) -> Fault {
        let Self { severity, line, what, remedy } = self;
        Fault { severity, file: file.to_owned(), line, what, remedy }
    }
}

/// Something that an author or operator should put right; nothing else is held up by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// How bad it is.
    pub severity: Severity,
    /// The file, or the folder, as the operator names it.
    pub file: PathBuf,
    /// The line in the file, from 1; none where the file as a whole is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Fault {
    /// `knowledge/support/x.md:12: error: what is wrong; what to do about it`, which editors can jump to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}: {}; {}", self.severity, self.what, self.remedy)
    }
}

/// Remarks as they are told of a file, one a line.
#[cfg(test)]
pub(super) fn told(mut remarks: Vec<Remark>, file: &str) -> String {
    remarks.sort_by_key(|remark| remark.line);
    let faults = remarks.into_iter().map(|remark| remark.in_file(Path::new(file)).to_string());
    faults.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_reads_as_a_place_and_a_remedy() {
        let file = Path::new("knowledge/support/x.md");
        let fault = Remark::error(12, "the title is empty", "write title = \"…\"").in_file(file);
        assert_eq!(
            fault.to_string(),
            "knowledge/support/x.md:12: error: the title is empty; write title = \"…\""
        );
        let fault = Remark::whole_file("the file is not UTF-8", "save it as UTF-8").in_file(file);
        assert_eq!(
            fault.to_string(),
            "knowledge/support/x.md: error: the file is not UTF-8; save it as UTF-8"
        );
    }
}
