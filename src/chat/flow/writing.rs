//! The flow of writing something in a case: which case, and what.

use serde::{Deserialize, Serialize};

use crate::domain::case::{CaseNumber, MOST_REASON, NoText, Score, Text, remark};

use super::{Given, NotTaken, Pick, Step};

/// What was said so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    /// What it is to be.
    pub kind: WritingKind,
    /// In which case.
    #[serde(default)]
    pub case: Option<CaseNumber>,
    /// What.
    #[serde(default)]
    pub text: Said,
    /// What was given, in order, so that one can go back.
    #[serde(default)]
    trail: Vec<Gave>,
}

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WritingKind {
    /// A customer's reply.
    Reply,
    /// Files from a customer, with or without words.
    Files,
    /// Why a customer closes it, or nothing.
    Close,
    /// What a customer says beside their rating, or nothing.
    Rate(Score),
    /// An answer of staff.
    Answer,
    /// A note of staff.
    Note,
    /// How staff solved it, or nothing.
    Solve,
}

/// What was said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Nothing yet.
    #[default]
    Unasked,
    /// Nothing, on purpose.
    Nothing,
    /// This.
    Text(Text),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Gave {
    Case,
    Text,
}

impl WritingKind {
    /// Whether nothing may be said.
    #[must_use]
    pub const fn is_optional(self) -> bool {
        match self {
            Self::Close | Self::Rate(_) | Self::Solve => true,
            Self::Reply | Self::Files | Self::Answer | Self::Note => false,
        }
    }
}

impl Writing {
    /// Something to be written, perhaps in a case that is known, perhaps with words that are.
    pub fn new(kind: WritingKind, case: Option<CaseNumber>, text: Option<&str>) -> Result<Self, NoText> {
        let mut writing = Self { kind, case, text: Said::Unasked, trail: Vec::new() };
        if let Some(text) = text {
            writing.text = writing.parse(text)?;
        }
        Ok(writing)
    }

    /// The same with nothing said, on purpose: files speak for themselves.
    #[must_use]
    pub fn without_words(self) -> Self {
        Self { text: Said::Nothing, ..self }
    }

    /// What was said, if anything was.
    #[must_use]
    pub fn words(&self) -> Option<&Text> {
        match &self.text {
            Said::Text(text) => Some(text),
            Said::Unasked | Said::Nothing => None,
        }
    }

    fn parse(&self, text: &str) -> Result<Said, NoText> {
        match self.kind {
            WritingKind::Close | WritingKind::Rate(_) => match remark(text)? {
                Some(line) => Text::parse(&line).map(Said::Text),
                None => Ok(Said::Nothing),
            },
            WritingKind::Reply
            | WritingKind::Files
            | WritingKind::Answer
            | WritingKind::Note
            | WritingKind::Solve => Text::parse(text).map(Said::Text),
        }
    }

    /// The most characters that it takes.
    #[must_use]
    pub const fn most(&self) -> usize {
        match self.kind {
            WritingKind::Close | WritingKind::Rate(_) => MOST_REASON,
            WritingKind::Reply
            | WritingKind::Files
            | WritingKind::Answer
            | WritingKind::Note
            | WritingKind::Solve => crate::domain::case::MOST_TEXT,
        }
    }

    pub(super) fn step(&self) -> Step {
        match (self.case, &self.text, self.kind) {
            (None, _, _) => Step::WhichCase,
            (Some(_), Said::Unasked, WritingKind::Files) => Step::Files,
            (Some(_), Said::Unasked, kind) => Step::Text { optional: kind.is_optional() },
            (Some(_), Said::Nothing | Said::Text(_), _) => Step::Ready,
        }
    }

    pub(super) fn give(&mut self, given: &Given) -> Result<(), NotTaken> {
        match (self.step(), given) {
            (Step::WhichCase, Given::Pick(Pick::Case(case))) => self.is_about(*case),
            (Step::WhichCase, Given::Text(text)) => match CaseNumber::parse(text) {
                Some(case) => self.is_about(case),
                None => return Err(NotTaken::NoAnswer),
            },
            (Step::Text { .. }, Given::Text(text)) => {
                self.text = self.parse(text).map_err(NotTaken::Text)?;
                self.trail.push(Gave::Text);
            }
            (Step::Text { optional: true }, Given::Pick(Pick::Skip))
            | (Step::Text { .. } | Step::Files, Given::Files) => {
                self.text = Said::Nothing;
                self.trail.push(Gave::Text);
            }
            (
                Step::WhichCase
                | Step::Text { .. }
                | Step::Files
                | Step::Articles(_)
                | Step::Similar(_)
                | Step::Product
                | Step::Address
                | Step::Code
                | Step::Walk(_)
                | Step::Reset(_)
                | Step::Account(_)
                | Step::Ready,
                Given::Text(_) | Given::Fields(_) | Given::Pick(_) | Given::Files,
            ) => return Err(NotTaken::NoAnswer),
        }
        Ok(())
    }

    fn is_about(&mut self, case: CaseNumber) {
        self.case = Some(case);
        self.trail.push(Gave::Case);
    }

    pub(super) fn back(&mut self) -> bool {
        match self.trail.pop() {
            None => return false,
            Some(Gave::Case) => self.case = None,
            Some(Gave::Text) => self.text = Said::Unasked,
        }
        true
    }
}
