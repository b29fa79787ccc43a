//! The commands for those who work for the desk.

use crate::chat::flow::WritingKind;
use crate::chat::wish::{StaffVerb, StaffWish};
use crate::domain::case::{CaseNumber, MOST_SUBJECT, QueueId, Subject, Tag};

use super::cases::written;
use super::slash::{CASE as CASE_OPTION, Kind, LONG, REASON, Slash, SlashOption, may, must};
use super::{Argument, Command, Needs, Spec, split};

/// Another case.
const OTHER_CASE: SlashOption = must("other", "The number of the other case.", Kind::Case);
/// A tag.
const TAG_OPTION: SlashOption = must("tag", "The tag.", Kind::Text { most: 40 });
/// A customer.
const WHO: SlashOption = must("who", "Who it is.", Kind::Member);

/// What waits.
pub static QUEUE: Spec = Spec {
    name: "queue",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Optional("QUEUE"),
    about: "List the cases that wait for staff, the most urgent first.",
    example: "/queue technical-support",
    phrases: &[],
    slash: Some(Slash::joined(&["queue"], &[may("queue", "Only this one.", Kind::Queue)])),
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
    slash: Some(Slash::joined(&["mine"], &[])),
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
    slash: Some(Slash::joined(&["take"], &[CASE_OPTION])),
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
    slash: Some(Slash::joined(
        &["answer"],
        &[CASE_OPTION, may("text", "What the requester reads; leave it out to be asked.", LONG)],
    )),
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
    slash: Some(Slash::joined(
        &["note"],
        &[CASE_OPTION, may("text", "What only staff read; leave it out to be asked.", LONG)],
    )),
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
    slash: Some(Slash::joined(
        &["solve"],
        &[CASE_OPTION, may("text", "A last answer; leave it out to be asked.", LONG)],
    )),
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
    slash: Some(Slash::joined(
        &["assign"],
        &[CASE_OPTION, must("who", "An agent, \"me\" or \"nobody\".", Kind::Agent)],
    )),
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
    slash: Some(Slash::joined(&["manage", "wait"], &[CASE_OPTION, may("for", "For whom.", REASON)])),
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
    slash: Some(Slash::joined(&["manage", "reopen"], &[CASE_OPTION])),
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
    slash: Some(Slash::joined(
        &["manage", "move"],
        &[CASE_OPTION, must("queue", "Which queue.", Kind::Queue)],
    )),
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
    slash: Some(Slash::joined(
        &["manage", "rename"],
        &[CASE_OPTION, must("title", "What it is about.", Kind::Text { most: MOST_SUBJECT })],
    )),
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
    slash: Some(Slash::joined(&["manage", "tag"], &[CASE_OPTION, TAG_OPTION])),
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
    slash: Some(Slash::joined(&["manage", "untag"], &[CASE_OPTION, TAG_OPTION])),
    make: |text| done(text, |rest| Tag::parse(&rest?).ok().map(StaffVerb::Untag)),
};

/// Linking.
pub static LINK: Spec = Spec {
    // `/link` with a case's number means it, too.
    name: "relate",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER NUMBER"),
    about: "Note that two cases have to do with each other.",
    example: "/relate 42 17",
    phrases: &[],
    slash: Some(Slash::joined(&["manage", "link"], &[CASE_OPTION, OTHER_CASE])),
    make: |text| done(text, |rest| CaseNumber::parse(&rest?).map(StaffVerb::Link)),
};

/// Taking that back.
pub static UNLINK: Spec = Spec {
    name: "unrelate",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("NUMBER NUMBER"),
    about: "Take a link between cases back.",
    example: "/unrelate 42 17",
    phrases: &[],
    slash: Some(Slash::joined(&["manage", "unlink"], &[CASE_OPTION, OTHER_CASE])),
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
    slash: Some(Slash::joined(&["manage", "follow"], &[CASE_OPTION, WHO])),
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
    slash: Some(Slash::joined(&["manage", "unfollow"], &[CASE_OPTION, WHO])),
    make: |text| done(text, |rest| rest.map(StaffVerb::Unfollow)),
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
