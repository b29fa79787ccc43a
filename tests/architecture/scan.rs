//! What a file says of other modules: the paths it names, and which of its modules are tests.

use super::tokens::{Token, tokens};

/// A path as it is written, with groups taken apart: `use a::{b, c::d}` is `a::b` and `a::c::d`.
#[derive(Debug)]
pub struct Named {
    pub line: usize,
    pub segments: Vec<String>,
    /// How many modules within the file are around it.
    pub within: usize,
    /// Whether one of these is a test module.
    pub in_test: bool,
}

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Scanned {
    pub paths: Vec<Named>,
    /// `#[cfg(test)] mod name;`
    pub test_files: Vec<String>,
    /// The lines that say `async`.
    pub asyncs: Vec<usize>,
    /// Whether every brace found its other half; if not, this reader has misread the file.
    pub balanced: bool,
}

/// Reads a source text.
pub fn scan(text: &str) -> Scanned {
    let mut scanner =
        Scanner { tokens: tokens(text), found: Scanned::default(), open: Vec::new(), braces: 0 };
    scanner.run();
    scanner.found.balanced = scanner.braces == 0 && scanner.open.is_empty();
    scanner.found
}

/// A module or a test function that is not at its end yet.
struct Open {
    /// How many braces are around it.
    braces: usize,
    is_module: bool,
    is_test: bool,
}

/// What says that the next item is for tests only.
const FOR_TESTS: &[&[&str]] = &[
    &["#", "[", "cfg", "(", "test", ")", "]"],
    &["#", "[", "test", "]"],
    &["#", "[", "tokio", "::", "test"],
];

struct Scanner {
    tokens: Vec<Token>,
    found: Scanned,
    /// The modules and the test functions around.
    open: Vec<Open>,
    braces: usize,
}

impl Scanner {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    fn sees(&self, at: usize, texts: &[&str]) -> bool {
        texts.iter().enumerate().all(|(ahead, text)| self.text(at + ahead) == *text)
    }

    fn in_test(&self) -> bool {
        self.open.iter().any(|open| open.is_test)
    }

    fn run(&mut self) {
        let (mut at, mut for_tests) = (0, false);
        while at < self.tokens.len() {
            let token = self.tokens[at].clone();
            match token.text.as_str() {
                "#" => {
                    for_tests |= FOR_TESTS.iter().any(|attribute| self.sees(at, attribute));
                    at += 1;
                }
                "mod" if self.text(at + 2) == "{" => {
                    self.open.push(Open { braces: self.braces, is_module: true, is_test: for_tests });
                    for_tests = false;
                    self.braces += 1;
                    at += 3;
                }
                "mod" if self.text(at + 2) == ";" => {
                    if for_tests {
                        self.found.test_files.push(self.text(at + 1).to_owned());
                    }
                    for_tests = false;
                    at += 3;
                }
                "{" | "}" | ";" => {
                    if token.text == "{" && for_tests {
                        self.open.push(Open { braces: self.braces, is_module: false, is_test: true });
                    }
                    self.brace(&token.text);
                    for_tests = false;
                    at += 1;
                }
                _ if token.is_word() => at = self.path(at),
                _ => at += 1,
            }
        }
    }

    fn brace(&mut self, text: &str) {
        match text {
            "{" => self.braces += 1,
            "}" => {
                self.braces = self.braces.saturating_sub(1);
                self.open.pop_if(|open| open.braces == self.braces);
            }
            _ => {}
        }
    }

    /// Reads the path that begins at this word; answers where it ends.
    fn path(&mut self, at: usize) -> usize {
        if self.text(at) == "async" {
            self.found.asyncs.push(self.tokens[at].line);
        }
        let imported = at > 0 && self.text(at - 1) == "use";
        let from = self.found.paths.len();
        let end = self.rest(at, &mut Vec::new());
        if !imported {
            // One word alone names something that was imported elsewhere, or is no path at all.
            let several = |path: &Named| path.segments.len() > 1;
            let mut place = 0;
            self.found.paths.retain(|path| {
                place += 1;
                place <= from || several(path)
            });
        }
        end
    }

    fn rest(&mut self, at: usize, before: &mut Vec<String>) -> usize {
        let depth = before.len();
        let line = self.tokens[at].line;
        before.push(self.text(at).to_owned());
        let mut at = at + 1;
        while self.text(at) == "::" {
            match self.text(at + 1) {
                "{" => {
                    at = self.group(at + 2, before);
                    before.truncate(depth);
                    return at;
                }
                "*" => {
                    before.push("*".to_owned());
                    at += 2;
                }
                _ if self.tokens.get(at + 1).is_some_and(Token::is_word) => {
                    before.push(self.text(at + 1).to_owned());
                    at += 2;
                }
                _ => break,
            }
        }
        let within = self.open.iter().filter(|open| open.is_module).count();
        let in_test = self.in_test();
        self.found.paths.push(Named { line, segments: before.clone(), within, in_test });
        before.truncate(depth);
        at
    }

    fn group(&mut self, mut at: usize, before: &mut Vec<String>) -> usize {
        while at < self.tokens.len() && self.text(at) != "}" {
            // `as name` says nothing of other modules.
            let renamed = self.text(at) == "as";
            at = match self.tokens.get(at) {
                _ if renamed => at + 2,
                Some(token) if token.is_word() => self.rest(at, before),
                _ => at + 1,
            };
        }
        at + 1
    }
}
