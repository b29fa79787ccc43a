//! How far some work has come, for a progress bar here or at the other end of the socket.

use serde::{Deserialize, Serialize};

/// How far some work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// At what.
    pub step: Step,
    /// So many are done.
    pub done: u64,
    /// Of so many, where that is known.
    pub of: Option<u64>,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A backup is being checked, in bytes.
    Verifying,
    /// Records are read or written.
    Records,
    /// Files are read or written.
    Files,
    /// Two stores are compared, in records.
    Comparing,
    /// Records are held against each other.
    Checking,
}

/// Who is told of it. What is told may be shown late or not at all.
pub type Told<'a> = &'a mut (dyn FnMut(Progress) + Send);
