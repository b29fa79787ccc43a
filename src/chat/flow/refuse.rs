//! The flow of refusing what somebody asked the administrators of an account for: why, where they want to say it.

use serde::{Deserialize, Serialize};

use crate::domain::account::{OrgId, RequestId};
use crate::domain::case::{NoText, remark};

use super::{Given, NotTaken, Pick, Step};

/// A request that is to be refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefuseRequest {
    /// The account.
    pub org: OrgId,
    /// The request.
    pub request: RequestId,
    /// Why, in one line; none where they did not say.
    #[serde(default)]
    pub reason: Option<String>,
    /// Whether they were asked.
    #[serde(default)]
    pub is_said: bool,
}

impl RefuseRequest {
    /// A request about which nothing was said yet.
    #[must_use]
    pub const fn new(org: OrgId, request: RequestId) -> Self {
        Self { org, request, reason: None, is_said: false }
    }

    pub(super) fn step(&self) -> Step {
        if self.is_said { Step::Ready } else { Step::Text { optional: true } }
    }

    pub(super) fn give(&mut self, given: &Given) -> Result<(), NotTaken> {
        if self.is_said {
            return Err(NotTaken::NoAnswer);
        }
        self.reason = match given {
            Given::Text(text) => match remark(text) {
                Ok(Some(reason)) => Some(reason),
                Ok(None) => return Err(NotTaken::Text(NoText::Empty)),
                Err(error) => return Err(NotTaken::Text(error)),
            },
            Given::Pick(Pick::Skip) => None,
            Given::Pick(_) | Given::Files | Given::Fields(_) => return Err(NotTaken::NoAnswer),
        };
        self.is_said = true;
        Ok(())
    }

    pub(super) fn back(&mut self) -> bool {
        std::mem::take(&mut self.is_said)
    }
}
