//! A source text as words and signs, without comments, strings and numbers.

/// A word, `::`, or one other sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Counted from 1.
    pub line: usize,
    pub text: String,
}

impl Token {
    pub fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// Splits a source text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { chars: text.chars().collect(), at: 0, line: 1, tokens: Vec::new() };
    while lexer.peek(0).is_some() {
        lexer.step();
    }
    lexer.tokens
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
}

impl Lexer {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn sees(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, c)| self.peek(ahead) == Some(c))
    }

    fn skip(&mut self, count: usize) {
        for _ in 0..count {
            if self.peek(0) == Some('\n') {
                self.line += 1;
            }
            self.at += 1;
        }
    }

    /// Up to and with `end`.
    fn skip_past(&mut self, end: &str) {
        while self.peek(0).is_some() && !self.sees(end) {
            self.skip(1);
        }
        self.skip(end.chars().count());
    }

    fn take_word(&mut self) -> String {
        let from = self.at;
        while self.peek(0).is_some_and(|c| c.is_alphanumeric() || c == '_') {
            self.at += 1;
        }
        self.chars[from..self.at].iter().collect()
    }

    fn push(&mut self, text: String) {
        self.tokens.push(Token { line: self.line, text });
    }

    fn step(&mut self) {
        match self.peek(0) {
            Some('/') if self.sees("//") => self.skip_past("\n"),
            Some('/') if self.sees("/*") => self.skip_block_comment(),
            Some('"') => self.skip_string(),
            Some('\'') => self.skip_quote(),
            Some(c) if c.is_numeric() => self.skip_number(),
            Some(c) if c.is_alphabetic() || c == '_' => self.word(),
            Some(':') if self.sees("::") => {
                self.push("::".to_owned());
                self.skip(2);
            }
            Some(c) => {
                if !c.is_whitespace() {
                    self.push(c.to_string());
                }
                self.skip(1);
            }
            None => {}
        }
    }

    fn skip_block_comment(&mut self) {
        let mut open = 0;
        while self.peek(0).is_some() {
            if self.sees("/*") {
                open += 1;
                self.skip(2);
            } else if self.sees("*/") {
                open -= 1;
                self.skip(2);
                if open == 0 {
                    return;
                }
            } else {
                self.skip(1);
            }
        }
    }

    fn skip_string(&mut self) {
        self.skip(1);
        while let Some(c) = self.peek(0) {
            self.skip(if c == '\\' { 2 } else { 1 });
            if c == '"' {
                return;
            }
        }
    }

    /// A character, or a lifetime or label.
    fn skip_quote(&mut self) {
        if self.peek(1) == Some('\\') {
            self.skip(3);
            self.skip_past("'");
        } else if self.peek(2) == Some('\'') {
            self.skip(3);
        } else {
            self.skip(1);
            self.take_word();
        }
    }

    fn skip_number(&mut self) {
        self.take_word();
        if self.peek(0) == Some('.') && self.peek(1).is_some_and(char::is_numeric) {
            self.skip(1);
            self.take_word();
        }
    }

    /// A word, a raw string (`r#"…"#`), or a raw word (`r#type`).
    fn word(&mut self) {
        let word = self.take_word();
        if matches!(word.as_str(), "r" | "br" | "cr") {
            let hashes = self.chars[self.at..].iter().take_while(|c| **c == '#').count();
            if self.peek(hashes) == Some('"') {
                self.skip(hashes + 1);
                return self.skip_past(&format!("\"{}", "#".repeat(hashes)));
            }
            if hashes == 1 {
                self.skip(1);
                let raw = self.take_word();
                return self.push(raw);
            }
        }
        self.push(word);
    }
}
