//! The commands for those who work for the desk.

use crate::chat::flow::WritingKind;
use crate::chat::wish::{StaffVerb, StaffWish};
use crate::domain::JobKey;
use crate::domain::case::{CaseNumber, QueueId, Subject, Tag};

use super::cases::written;
use super::{Argument, Command, Needs, Spec, split};

/// What waits.
pub static QUEUE: Spec = Spec {
    name: "queue",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Optional("QUEUE"),
    about: "List the cases that wait for staff, the most urgent first.",
    example: "/queue technical-support",
    phrases: &[],
    make: |name| {
        let queue = name.map(|name| QueueId::parse(&name.to_lowercase())).transpose().ok()?;
        Some(Command::Staff(StaffWish::Queue(queue)))
    },
};

/// What one has.
pub static MINE: Spec = Spec {
    name: "mine",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::None,
    about: "List the cases that you work on.",
    example: "/mine",
    phrases: &[],
    make: |_| Some(Command::Staff(StaffWish::Mine)),
};

/// Taking a case.
pub static TAKE: Spec = Spec {
    name: "take",
    aliases: &["claim"],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER"),
    about: "Take a case.",
    example: "/take 42",
    phrases: &[],
    make: |text| done(text, |rest| rest.is_none().then_some(StaffVerb::Take)),
};

/// Answering.
pub static ANSWER: Spec = Spec {
    name: "answer",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER TEXT"),
    about: "Answer the requester, and wait for them.",
    example: "/answer 42 please restart the connector",
    phrases: &[],
    make: |text| on_a_case(WritingKind::Answer, text),
};

/// Noting something.
pub static NOTE: Spec = Spec {
    name: "note",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER TEXT"),
    about: "Write a note that only staff can read.",
    example: "/note 42 the same as CASE-000017",
    phrases: &[],
    make: |text| on_a_case(WritingKind::Note, text),
};

/// Solving.
pub static SOLVE: Spec = Spec {
    name: "solve",
    aliases: &["solved"],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER [TEXT]"),
    about: "Hold a case for solved, with a last answer or without.",
    example: "/solve 42 fixed in today's update",
    phrases: &[],
    make: |text| on_a_case(WritingKind::Solve, text),
};

/// Giving a case to somebody.
pub static ASSIGN: Spec = Spec {
    name: "assign",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER WHO"),
    about: "Give a case to an agent: their address or number, \"me\" or \"nobody\".",
    example: "/assign 42 bo@example.org",
    phrases: &[],
    make: |text| done(text, |rest| rest.map(StaffVerb::Assign)),
};

/// Waiting for somebody else.
pub static WAIT: Spec = Spec {
    name: "wait",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER [FOR WHOM]"),
    about: "Wait for a third party before a case goes on.",
    example: "/wait 42 the network team",
    phrases: &[],
    make: |text| done(text, |rest| Some(StaffVerb::WaitForThirdParty(rest))),
};

/// Going on.
pub static REOPEN: Spec = Spec {
    name: "reopen",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER"),
    about: "Go on with a case that waits, is solved or closed.",
    example: "/reopen 42",
    phrases: &[],
    make: |text| done(text, |rest| rest.is_none().then_some(StaffVerb::Reopen)),
};

/// Moving.
pub static MOVE: Spec = Spec {
    name: "move",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER QUEUE"),
    about: "Put a case into another queue.",
    example: "/move 42 customer-service",
    phrases: &[],
    make: |text| done(text, |rest| QueueId::parse(&rest?.to_lowercase()).ok().map(StaffVerb::Move)),
};

/// Renaming.
pub static RENAME: Spec = Spec {
    name: "rename",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER TITLE"),
    about: "Say better what a case is about.",
    example: "/rename 42 Console shows error 0x80 after the update",
    phrases: &[],
    make: |text| done(text, |rest| Subject::parse(&rest?).ok().map(StaffVerb::Rename)),
};

/// Tagging.
pub static TAG: Spec = Spec {
    name: "tag",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER TAG"),
    about: "File a case under a tag.",
    example: "/tag 42 billing",
    phrases: &[],
    make: |text| done(text, |rest| Tag::parse(&rest?).ok().map(StaffVerb::Tag)),
};

/// Taking a tag away.
pub static UNTAG: Spec = Spec {
    name: "untag",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER TAG"),
    about: "Take a tag away from a case.",
    example: "/untag 42 billing",
    phrases: &[],
    make: |text| done(text, |rest| Tag::parse(&rest?).ok().map(StaffVerb::Untag)),
};

/// Linking.
pub static LINK: Spec = Spec {
    name: "link",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER NUMBER"),
    about: "Note that two cases have to do with each other.",
    example: "/link 42 17",
    phrases: &[],
    make: |text| done(text, |rest| CaseNumber::parse(&rest?).map(StaffVerb::Link)),
};

/// Taking that back.
pub static UNLINK: Spec = Spec {
    name: "unlink",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER NUMBER"),
    about: "Take a link between cases back.",
    example: "/unlink 42 17",
    phrases: &[],
    make: |text| done(text, |rest| CaseNumber::parse(&rest?).map(StaffVerb::Unlink)),
};

/// Having somebody hear of a case.
pub static FOLLOW: Spec = Spec {
    name: "follow",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER WHO"),
    about: "Let another customer see a case and hear of its news.",
    example: "/follow 42 P-000017",
    phrases: &[],
    make: |text| done(text, |rest| rest.map(StaffVerb::Follow)),
};

/// No longer.
pub static UNFOLLOW: Spec = Spec {
    name: "unfollow",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER WHO"),
    about: "Take somebody off a case again.",
    example: "/unfollow 42 P-000017",
    phrases: &[],
    make: |text| done(text, |rest| rest.map(StaffVerb::Unfollow)),
};

/// What was given up.
pub static DEAD: Spec = Spec {
    name: "dead",
    aliases: &["dead-letters"],
    needs: Needs::Staff,
    argument: Argument::None,
    about: "List what the desk gave up after many tries, such as mail.",
    example: "/dead",
    phrases: &["dead letters"],
    make: |_| Some(Command::Staff(StaffWish::DeadLetters)),
};

/// Trying it again.
pub static RETRY: Spec = Spec {
    name: "retry",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("KEY"),
    about: "Have something that was given up tried again.",
    example: "/retry mail-test-000001",
    phrases: &[],
    make: |key| JobKey::parse(key?.trim()).ok().map(|key| Command::Staff(StaffWish::Retry(key))),
};

/// Giving it up for good.
pub static DISCARD: Spec = Spec {
    name: "discard",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("KEY"),
    about: "Give something up for good.",
    example: "/discard mail-test-000001",
    phrases: &[],
    make: |key| JobKey::parse(key?.trim()).ok().map(|key| Command::Staff(StaffWish::Discard(key))),
};

/// A verb for the case whose number comes first.
fn done(text: Option<String>, verb: impl Fn(Option<String>) -> Option<StaffVerb>) -> Option<Command> {
    let text = text?;
    let (first, rest) = split(&text);
    match CaseNumber::parse(first) {
        Some(case) => verb(rest).map(|verb| Command::Staff(StaffWish::Do(case, verb))),
        None => Some(Command::NoCase(first.to_owned())),
    }
}

/// Something to be written in the case whose number comes first; staff always say which.
fn on_a_case(kind: WritingKind, text: Option<String>) -> Option<Command> {
    let text = text?;
    let (first, _) = split(&text);
    match CaseNumber::parse(first) {
        Some(_) => Some(written(kind, Some(text))),
        None => Some(Command::NoCase(first.to_owned())),
    }
}
