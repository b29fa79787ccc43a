//! The flow of being walked through a guide, one step at a time.

use serde::{Deserialize, Serialize};

use crate::domain::case::TriedGuide;
use crate::domain::{Article, ArticleId, Guide};

use super::super::text::fold;
use super::{Given, NotTaken, Pick, Step};

/// What is kept of a step's text, to find it again in an edited article, in characters.
const MOST_KEPT: usize = 400;

/// Where somebody is in a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Walk {
    /// The article that the guide is in.
    pub article: ArticleId,
    /// What the article is called.
    pub title: String,
    /// Which of its guides it is; the first is 0.
    #[serde(default)]
    pub guide: usize,
    /// What the guide is called within the article.
    #[serde(default)]
    pub name: Option<String>,
    /// Where they stand.
    pub at: At,
    /// Whether there is something to read before the first step.
    #[serde(default)]
    pub has_opening: bool,
    /// How many steps there are.
    pub steps: usize,
    /// What their step says, as far as it takes to find it again.
    #[serde(default)]
    pub says: String,
    /// The fingerprint of the guide when they last saw it.
    #[serde(default)]
    pub seen: String,
    /// Whether it helped, as they said at the end.
    #[serde(default)]
    pub solved: Option<bool>,
    /// Whether they have just said that they are stuck; it is answered at once and never kept.
    #[serde(skip)]
    pub stuck: bool,
}

/// A place in a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum At {
    /// Before the first step, at what one needs.
    Opening,
    /// At a step; the first is 0.
    Step(usize),
    /// Past the last step.
    End,
}

/// What became of a guide while nobody looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Nothing.
    Same,
    /// Its article was edited.
    Edited {
        /// Whether the step at which they go on says what it did.
        is_same: bool,
    },
    /// Its article has no guides any more.
    Gone,
}

impl Walk {
    /// At the beginning of a guide of an article; the first is 0. `None` where it has none of that number.
    #[must_use]
    pub fn begin(article: &Article, guide: usize) -> Option<Self> {
        let mut walk = Self {
            article: article.about.id.clone(),
            title: article.about.title.clone(),
            guide,
            name: None,
            at: At::Opening,
            has_opening: false,
            steps: 0,
            says: String::new(),
            seen: String::new(),
            solved: None,
            stuck: false,
        };
        walk.read(article, Guide::all(article).get(guide)?);
        walk.at = walk.beginning();
        Some(walk)
    }

    /// Finds its place in the article as it is now.
    pub fn follow(&mut self, article: &Article) -> Followed {
        let guides = Guide::all(article);
        let is_seen = |guide: &Guide| guide.digest().as_str() == self.seen;
        let seen = guides.get(self.guide).filter(|guide| is_seen(guide)).map(|_| self.guide);
        if let Some(index) = seen.or_else(|| guides.iter().position(is_seen)) {
            self.guide = index;
            guides.iter().skip(index).take(1).for_each(|guide| self.read(article, guide));
            return Followed::Same;
        }
        let own = (self.guide, self.name.as_deref());
        let Some(found) =
            Guide::nearest(&guides, own, self.present(), |says| self.remembers(says), &self.says)
        else {
            return Followed::Gone;
        };
        let Some(guide) = guides.get(found.guide) else { return Followed::Gone };
        self.guide = found.guide;
        self.read(article, guide);
        self.at = match self.at {
            At::Opening => self.beginning(),
            At::Step(_) => At::Step(found.at),
            At::End => At::End,
        };
        self.read(article, guide);
        Followed::Edited { is_same: found.is_same }
    }

    /// Notes what a guide says at the present place.
    fn read(&mut self, article: &Article, guide: &Guide) {
        self.name.clone_from(&guide.name);
        self.title.clone_from(&article.about.title);
        self.steps = guide.steps.len();
        self.has_opening = !guide.before.is_empty() || !Guide::needs(article).is_empty();
        guide.digest().as_str().clone_into(&mut self.seen);
        if let Some(leg) = guide.step(self.present()) {
            self.says = leg.text().chars().take(MOST_KEPT).collect();
        }
    }

    pub(super) fn step(&self) -> Step {
        if self.solved.is_some() { Step::Ready } else { Step::Walk(self.at) }
    }

    pub(super) fn give(&mut self, given: &Given) -> Result<(), NotTaken> {
        if self.solved.is_some() {
            return Err(NotTaken::NoAnswer);
        }
        let pick = match given {
            Given::Pick(pick) => pick.clone(),
            Given::Text(text) => said(text, self.at).ok_or(NotTaken::NoAnswer)?,
            Given::Fields(_) | Given::Files => return Err(NotTaken::NoAnswer),
        };
        match (pick, self.at) {
            (Pick::Next, At::Opening) => self.at = At::Step(0),
            (Pick::Next, At::Step(at)) => self.at = self.after(at),
            (Pick::Stuck, At::Opening | At::Step(_)) => self.stuck = true,
            (Pick::Restart, _) => self.at = self.beginning(),
            (Pick::Worked, At::End) => self.solved = Some(true),
            (Pick::Failed, At::End) => self.solved = Some(false),
            (
                Pick::Next
                | Pick::Stuck
                | Pick::Worked
                | Pick::Failed
                | Pick::Skip
                | Pick::Neither
                | Pick::Solved(_)
                | Pick::Same
                | Pick::Another
                | Pick::Product(_)
                | Pick::NoProduct
                | Pick::Case(_)
                | Pick::Company
                | Pick::With(_)
                | Pick::Without(_)
                | Pick::Way(_)
                | Pick::From(_)
                | Pick::All
                | Pick::Keep
                | Pick::KeepRest
                | Pick::Empty
                | Pick::Request
                | Pick::Confirm,
                At::Opening | At::Step(_) | At::End,
            ) => return Err(NotTaken::NoAnswer),
        }
        Ok(())
    }

    pub(super) fn back(&mut self) -> bool {
        let before = match self.at {
            At::Step(0) if self.has_opening => At::Opening,
            At::Opening | At::Step(0) => return false,
            At::Step(at) => At::Step(at - 1),
            At::End => At::Step(self.steps.saturating_sub(1)),
        };
        self.at = before;
        true
    }

    /// Where the guide begins.
    #[must_use]
    pub fn beginning(&self) -> At {
        if self.has_opening { At::Opening } else { At::Step(0) }
    }

    fn after(&self, at: usize) -> At {
        if at + 1 < self.steps { At::Step(at + 1) } else { At::End }
    }

    /// The step that they are at or were at last; the first is 0.
    #[must_use]
    pub fn present(&self) -> usize {
        match self.at {
            At::Opening => 0,
            At::Step(at) => at,
            At::End => self.steps.saturating_sub(1),
        }
    }

    /// What the guide is called: like its section, where it has a name, else like the article.
    #[must_use]
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.title)
    }

    /// Whether a step says what the remembered one did.
    fn remembers(&self, says: &str) -> bool {
        says.chars().take(MOST_KEPT).eq(self.says.chars())
    }

    /// Where they stopped, as a case tells it.
    #[must_use]
    pub fn stopped(&self) -> TriedGuide {
        TriedGuide {
            article: self.article.clone(),
            name: self.called().to_owned(),
            step: self.present() as u64 + 1,
            of: self.steps as u64,
        }
    }
}

/// What is said instead of pressing a button.
fn said(text: &str, at: At) -> Option<Pick> {
    let folded = fold(text);
    Some(match (folded.as_str(), at) {
        (
            "next" | "next step" | "next one" | "done" | "done that" | "i did it" | "i did that" | "did it"
            | "did that" | "ok" | "okay" | "ok done" | "ready" | "go on" | "continue" | "start" | "begin"
            | "let's go" | "lets go" | "yes" | "and now" | "what now" | "what next" | "then",
            At::Opening | At::Step(_),
        ) => Pick::Next,
        (
            "stuck" | "i'm stuck" | "im stuck" | "i am stuck" | "i got stuck" | "it does not work"
            | "it doesn't work" | "that does not work" | "that doesn't work" | "it didn't work"
            | "that didn't work" | "doesn't work" | "does not work" | "i can't" | "i can't do that"
            | "i don't see it" | "i can't find it",
            At::Opening | At::Step(_),
        ) => Pick::Stuck,
        ("start over" | "from the beginning" | "restart" | "begin again" | "start again", _) => Pick::Restart,
        (
            "yes" | "yes it did" | "it worked" | "it works" | "it works now" | "that worked" | "solved"
            | "that solved it" | "that helped" | "it did" | "done",
            At::End,
        ) => Pick::Worked,
        (
            "no" | "no it did not" | "no it didn't" | "it does not work" | "it doesn't work"
            | "it didn't work" | "it did not work" | "that did not help" | "that didn't help" | "still not"
            | "not solved" | "i'm stuck" | "stuck",
            At::End,
        ) => Pick::Failed,
        (_, At::Opening | At::Step(_) | At::End) => return None,
    })
}
