//! Holds the sources against the tables.

use std::collections::BTreeSet;
use std::fmt;

use super::rules::{HOMES, IMPURE, LAYERS, LONG_FILES, Layer, MOST_LINES, PURE, SLEEPS};
use super::scan::{Named, Scanned, scan};
use super::tree::SourceFile;

/// A rule that was broken, and where.
#[derive(Debug)]
pub struct Violation {
    pub file: String,
    pub line: usize,
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// All violations in these files, in the order of files and lines.
pub fn check(files: &[SourceFile]) -> Vec<Violation> {
    let scanned: Vec<Scanned> = files.iter().map(|file| scan(&file.text)).collect();
    let tests: BTreeSet<String> = files
        .iter()
        .zip(&scanned)
        .flat_map(|(file, scanned)| scanned.test_files.iter().map(|name| file.child(name)))
        .collect();
    let mut violations = Vec::new();
    for (file, scanned) in files.iter().zip(&scanned) {
        let mut checker = Checker { file, is_test: is_test(&file.path, &tests), violations: Vec::new() };
        checker.check(scanned);
        checker.violations.sort_by_key(|violation| violation.line);
        violations.append(&mut checker.violations);
    }
    violations
}

/// Whether a file belongs to `tests/` or to a module that was declared for tests only.
fn is_test(path: &str, tests: &BTreeSet<String>) -> bool {
    let module = path.strip_suffix(".rs").unwrap_or(path);
    path.starts_with("tests/")
        || tests.iter().any(|test| {
            module.strip_prefix(test).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
}

struct Checker<'a> {
    file: &'a SourceFile,
    is_test: bool,
    violations: Vec<Violation>,
}

impl Checker<'_> {
    fn say(&mut self, line: usize, what: String) {
        self.violations.push(Violation { file: self.file.path.clone(), line, what });
    }

    fn check(&mut self, scanned: &Scanned) {
        if !scanned.balanced {
            self.say(
                1,
                "its braces don't match, as this checker reads it: mend tests/architecture/tokens.rs"
                    .to_owned(),
            );
        }
        for path in &scanned.paths {
            if self.is_test || path.in_test {
                self.sleeps(path);
            }
        }
        let Some(inside) = self.file.path.strip_prefix("src/") else { return };
        self.shape();
        for path in &scanned.paths {
            self.homes(inside, path);
        }
        if inside == "lib.rs" {
            return;
        }
        let name = inside.split('/').next().unwrap_or(inside);
        let name = name.strip_suffix(".rs").unwrap_or(name);
        let Some(layer) = LAYERS.iter().find(|layer| layer.name == name) else {
            self.say(1, format!("{name} has no line in tests/architecture/rules.rs: decide what it may use"));
            return;
        };
        for path in &scanned.paths {
            self.layers(layer, path);
        }
        if PURE.contains(&layer.name) {
            self.purity(layer, scanned);
        }
    }

    /// Length and opening.
    fn shape(&mut self) {
        if !self.file.text.starts_with("//! ") {
            self.say(1, "a file opens with its purpose: `//! …`".to_owned());
        }
        let lines = self.file.text.lines().count();
        if lines > MOST_LINES && !LONG_FILES.iter().any(|long| long.path == self.file.path) {
            self.say(lines, format!("{lines} lines; at most {MOST_LINES}, or a reason in LONG_FILES"));
        }
    }

    fn sleeps(&mut self, path: &Named) {
        if SLEEPS.iter().any(|end| path.segments.ends_with(&owned(end))) {
            self.say(path.line, format!("a test does not sleep: {}", path.segments.join("::")));
        }
    }

    fn homes(&mut self, inside: &str, path: &Named) {
        for (library, home) in HOMES {
            let at_home = inside.starts_with(&format!("{home}/")) || inside == format!("{home}.rs");
            if path.segments[0] == *library && !at_home {
                self.say(path.line, format!("{library} is known only to src/{home}"));
            }
        }
    }

    fn layers(&mut self, layer: &Layer, path: &Named) {
        let Some(used) = self.top_level(path).filter(|used| *used != layer.name) else { return };
        let place = |name: &str| LAYERS.iter().position(|layer| layer.name == name);
        let below = place(used).is_some_and(|at| Some(at) < place(layer.name));
        let allowed = if self.is_test || path.in_test { below } else { layer.uses.contains(&used) };
        if !allowed {
            let what = format!("{} may not use {used}: {}", layer.name, path.segments.join("::"));
            self.say(path.line, what);
        }
    }

    /// The top-level module that a path leads to, where it leaves through the crate's root.
    fn top_level<'p>(&self, path: &'p Named) -> Option<&'p str> {
        let segments = &path.segments;
        let ups = match segments[0].as_str() {
            "crate" | "guidepost" => return segments.get(1).map(String::as_str),
            "self" => return None,
            _ => segments.iter().take_while(|segment| *segment == "super").count(),
        };
        let depth = self.file.modules().len() + path.within;
        if ups == 0 || ups < depth { None } else { segments.get(ups).map(String::as_str) }
    }

    fn purity(&mut self, layer: &Layer, scanned: &Scanned) {
        for path in &scanned.paths {
            if IMPURE.iter().any(|begin| path.segments.starts_with(&owned(begin))) {
                self.say(path.line, format!("{} is pure: {}", layer.name, path.segments.join("::")));
            }
        }
        for line in &scanned.asyncs {
            self.say(*line, format!("{} is pure: async", layer.name));
        }
    }
}

fn owned(segments: &[&str]) -> Vec<String> {
    segments.iter().map(|segment| (*segment).to_owned()).collect()
}
