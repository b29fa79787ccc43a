//! "Was this helpful?": what readers of an article's page say of it.

use crate::chat::secret;
use crate::chat::text::{clean, cut};
use crate::domain::{About, PersonId};
use crate::replies::pages::help_centre::article::MOST_REASON;
use crate::services::limits::TooOften;
use crate::services::opinions::{self, By, Opinion};
use crate::services::sign_in::Caller;

use super::{Desk, Fault};

/// What somebody says of an article.
#[derive(Debug, Clone)]
pub struct Said {
    /// The article, by any of its names.
    pub article: String,
    /// Who says it, where they are signed in.
    pub person: Option<PersonId>,
    /// From where.
    pub caller: Caller,
    /// Whether it helped.
    pub helpful: bool,
    /// Why, as it was typed.
    pub reason: String,
}

/// What became of it.
#[derive(Debug, Clone)]
pub enum Heard {
    /// It is kept.
    Kept {
        /// The article.
        about: Box<About>,
        /// Whether a password was taken out.
        is_masked: bool,
    },
    /// Too much was said from there.
    TooOften(Box<About>, TooOften),
    /// There is no such article.
    NoArticle,
}

impl Desk {
    /// Keeps what somebody says of an article, once for each of them, without what they call a password.
    pub async fn hear_opinion(&self, said: Said) -> Result<Heard, Fault> {
        let kept = self.kept()?;
        let name = said.article.clone();
        let Some(article) = self.look_up(move |answers| answers.article(&name)).await? else {
            return Ok(Heard::NoArticle);
        };
        let about = Box::new(article.about);
        let reason = clean(&said.reason);
        // Before anything is cut: half a sentence may no longer say that it holds a password.
        let masked = secret::masked(&reason);
        let is_masked = masked.is_some();
        let (reason, _) = cut(masked.unwrap_or(reason), MOST_REASON);
        let by = match said.person {
            Some(person) => By::Person(person),
            None => By::Unknown(said.caller.fingerprint(about.id.as_str()).to_string()),
        };
        let opinion = Opinion {
            by,
            article: about.id.clone(),
            helpful: said.helpful,
            reason: Some(reason).filter(|reason| !reason.is_empty()),
            at: self.clock.now(),
        };
        match opinions::say(&kept.store, &opinion, &said.caller.counted()).await? {
            Ok(()) => Ok(Heard::Kept { about, is_masked }),
            Err(too_often) => Ok(Heard::TooOften(about, too_often)),
        }
    }
}
