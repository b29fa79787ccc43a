//! What a check can find, and what to do about each.

use serde::{Deserialize, Serialize};

use crate::store::{Key, Version};

/// Something that is not as it should be. None of this comes from ordinary use, a crash or a power cut: it is a fault of the disk,
/// of a program that wrote past the desk, or of Guidepost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "finding", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the messages say what each is")]
pub enum Finding {
    #[error("{record} can't be read: {why}")]
    Unreadable { record: Key, why: String },
    #[error("{record} says that its key is {own}")]
    Misplaced { record: Key, own: Key },
    #[error("{record} has {found} of its {parts} parts")]
    PartsMissing { record: Key, found: u64, parts: u64 },
    #[error("{part} is a part of no record")]
    PartLeft { part: Key },
    #[error("{record} is not in the index as {entry}")]
    NotIndexed { record: Key, entry: Key },
    #[error("{entry} is in the index for {record}, which does not say so")]
    WronglyIndexed { entry: Key, record: String },
    #[error("the change feed goes from {before} to {after}")]
    FeedGap { before: u64, after: u64 },
    #[error("the change feed ends at {last}, and its counter stands at {counter}")]
    FeedEnd { last: u64, counter: u64 },
    #[error("{follower} has read the change feed up to {read}, and its counter stands at {counter}")]
    FollowerAhead { follower: String, read: u64, counter: u64 },
    #[error("the counter {counter} stands at {stands}, and {record} has a higher number")]
    CounterBehind { counter: String, stands: u64, record: Key },
    #[error("{entry} makes no sense: {why}")]
    Senseless { entry: Key, why: String },
    #[error("{entry} has version {version}, and the last that was given out is {clock}", version = version.0, clock = clock.0)]
    VersionAhead { entry: Key, version: Version, clock: Version },
    #[error("the data does not say that it is of version {known}")]
    DataVersion { known: u64 },
    #[error("the bytes of file {file} are missing")]
    FileMissing { file: String },
    #[error("the bytes of file {file} are not what they were")]
    FileDamaged { file: String },
    #[error("file {file} is kept for {record}, which is not there")]
    FileOfNone { file: String, record: String },
}

impl Finding {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } | Self::Misplaced { .. } | Self::PartsMissing { .. } => {
                "This record is lost as it stands: restore a backup in which it is whole, or report this line."
            }
            Self::PartLeft { .. } | Self::WronglyIndexed { .. } | Self::FileOfNone { .. } => {
                "No record is lost: it only takes room, or shows in a list what is not there. Report this line."
            }
            Self::NotIndexed { .. } => {
                "The record is there but may not be found: restore a backup that checks clean, or report this line."
            }
            Self::FeedGap { .. } | Self::FeedEnd { .. } | Self::FollowerAhead { .. } => {
                "A change may have gone unnoticed: run `guidepost index --rebuild`, and report this line."
            }
            Self::CounterBehind { .. } | Self::VersionAhead { .. } => {
                "A number could be given out twice: stop the desk, and restore a backup that checks clean."
            }
            Self::Senseless { .. } | Self::DataVersion { .. } => {
                "Something other than the desk wrote here: restore a backup that checks clean, or report this line."
            }
            Self::FileMissing { .. } | Self::FileDamaged { .. } => {
                "Put it back from a backup: it is in there as files/ and its name; else ask who sent it to send it again."
            }
        }
    }
}
