//! The files to check.

use std::fs;
use std::path::Path;

/// A source file: its path from the project's folder, with `/`, and its text.
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

impl SourceFile {
    /// The modules that lead to this file from the crate's root: `src/a/b.rs` and `src/a/b/mod.rs` are `[a, b]`.
    pub fn modules(&self) -> Vec<&str> {
        let path = self.path.strip_suffix(".rs").unwrap_or(&self.path);
        let mut modules: Vec<&str> = path.split('/').skip(1).collect();
        if matches!(modules.last(), Some(&("mod" | "lib"))) {
            modules.pop();
        }
        modules
    }

    /// The file without `.rs` that `mod name;` in this file means.
    pub fn child(&self, name: &str) -> String {
        let (folder, file) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
        match file.strip_suffix(".rs") {
            Some("mod" | "lib" | "main") | None => format!("{folder}/{name}"),
            Some(stem) => format!("{folder}/{stem}/{name}"),
        }
    }
}

/// All Rust files under these folders of the project, in the order of their paths.
pub fn read(folders: &[&str]) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in folders {
        collect(root, &root.join(folder), &mut files);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let parts: Vec<_> =
                path.strip_prefix(root).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
            files.push(SourceFile { path: parts.join("/"), text: fs::read_to_string(&path).unwrap() });
        }
    }
}
