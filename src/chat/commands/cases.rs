//! The commands for one's own cases.

use crate::chat::flow::WritingKind;
use crate::chat::wish::{CaseWish, Format, NewCase};
use crate::domain::case::{CaseNumber, Priority, QueueId, Score};

use super::slash::{CASE as CASE_OPTION, Kind, LONG, REASON, Slash, may, must};
use super::{Argument, Command, Needs, Spec, numbered, split};

/// Opening a case.
pub static OPEN: Spec = Spec {
    name: "open",
    aliases: &["new"],
    needs: Needs::Keeping,
    argument: Argument::Optional("WHAT IS THE MATTER"),
    about: "Open a case: people of the support answer it.",
    example: "/open the console shows error 0x80",
    phrases: &[
        "open a case",
        "open case",
        "open a ticket",
        "open ticket",
        "new case",
        "new ticket",
        "create a case",
        "create a ticket",
        "create case",
        "create ticket",
        "submit a case",
        "submit a ticket",
        "raise a case",
        "raise a ticket",
        "file a case",
        "file a ticket",
        "log a case",
        "log a ticket",
        "open a support case",
        "open a support ticket",
    ],
    slash: Some(Slash::apart(
        &["case", "open"],
        &[
            may("text", "What is the matter; leave it out to be asked.", LONG),
            may("product", "What it is about.", Kind::Product),
            may("queue", "Who is to answer.", Kind::Queue),
            may("file", "A file that shows it.", Kind::File),
        ],
        |values| {
            let queue =
                values.get("queue").map(|name| QueueId::parse(&name.to_lowercase())).transpose().ok()?;
            let (text, product) = (values.get("text"), values.get("product"));
            Some(Command::Case(CaseWish::Open(NewCase { text, product, queue, ..NewCase::default() })))
        },
    )),
    make: |text| Some(Command::Case(CaseWish::Open(NewCase { text, ..NewCase::default() }))),
};

/// Listing or finding cases.
pub static CASES: Spec = Spec {
    name: "cases",
    aliases: &["tickets"],
    needs: Needs::Keeping,
    argument: Argument::Optional("WORDS"),
    about: "List your cases, or find some: words, and fields such as status:open or created:>2026-01-01.",
    example: "/cases error 0x80 status:open",
    phrases: &[
        "cases",
        "my cases",
        "my tickets",
        "tickets",
        "list my cases",
        "list my tickets",
        "show my cases",
        "show my tickets",
        "list cases",
        "show cases",
    ],
    slash: Some(Slash::joined(
        &["case", "list"],
        &[may("words", "Words to find, and fields such as status:open.", Kind::Text { most: 400 })],
    )),
    make: |query| {
        Some(Command::Case(match query {
            Some(query) => CaseWish::Find { query },
            None => CaseWish::List { before: None },
        }))
    },
};

/// Showing a case.
pub static CASE: Spec = Spec {
    name: "case",
    aliases: &["show", "ticket", "status"],
    needs: Needs::Keeping,
    argument: Argument::Optional("NUMBER"),
    about: "Show a case. Its number alone works as well; without one: the case you have.",
    example: "/case CASE-000042",
    phrases: &[
        "status of my case",
        "status of my ticket",
        "case status",
        "ticket status",
        "how is my case",
        "how is my case going",
        "what about my case",
        "what is the status of my case",
        "what's the status of my case",
        "any news on my case",
        "any news about my case",
        "my case",
        "my ticket",
        "show my case",
        "show my ticket",
    ],
    slash: Some(Slash::joined(
        &["case", "show"],
        &[may("case", "Which one; leave it out for the only one you have.", Kind::Case)],
    )),
    make: |number| match number {
        None => Some(Command::Case(CaseWish::HowIsIt)),
        Some(text) => numbered(&text, |number, _| Some(CaseWish::Show(number))),
    },
};

/// Replying.
pub static REPLY: Spec = Spec {
    name: "reply",
    aliases: &["add"],
    needs: Needs::Keeping,
    argument: Argument::Optional("NUMBER TEXT"),
    about: "Write in one of your cases. It opens a solved one again.",
    example: "/reply 42 it happens on every machine",
    phrases: &["reply", "reply to my case", "add details", "add details to my case", "write in my case"],
    slash: Some(Slash::joined(
        &["case", "reply"],
        &[
            CASE_OPTION,
            may("text", "What to say; leave it out to be asked.", LONG),
            may("file", "A file to add.", Kind::File),
        ],
    )),
    make: |text| Some(written(WritingKind::Reply, text)),
};

/// Adding files.
pub static FILE: Spec = Spec {
    name: "file",
    aliases: &["files"],
    needs: Needs::Keeping,
    argument: Argument::Optional("NUMBER"),
    about: "Add files to one of your cases.",
    example: "/file 42",
    phrases: &["add a file", "add files", "add a file to my case", "attach a file", "send a file"],
    slash: Some(Slash::joined(
        &["case", "file"],
        &[
            CASE_OPTION,
            must("file", "The file.", Kind::File),
            may("file-2", "A second one.", Kind::File),
            may("file-3", "A third one.", Kind::File),
        ],
    )),
    make: |text| Some(written(WritingKind::Files, text)),
};

/// Closing.
pub static CLOSE: Spec = Spec {
    name: "close",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Optional("NUMBER REASON"),
    about: "Close a case; the reason may be left out.",
    example: "/close 42 a restart solved it",
    phrases: &["close my case", "close my ticket", "close the case", "close the ticket"],
    slash: Some(Slash::joined(
        &["case", "close"],
        &[CASE_OPTION, may("reason", "Why; leave it out to be asked.", REASON)],
    )),
    make: |text| Some(written(WritingKind::Close, text)),
};

/// Saying how much it matters.
pub static PRIORITY: Spec = Spec {
    name: "priority",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Required("NUMBER low|normal|high|urgent"),
    about: "Say how much a case matters.",
    example: "/priority 42 high",
    phrases: &[],
    slash: Some(Slash::joined(
        &["case", "priority"],
        &[
            CASE_OPTION,
            may("priority", "How much it matters.", Kind::Names(&["low", "normal", "high", "urgent"])),
        ],
    )),
    make: |text| {
        numbered(&text?, |number, rest| match rest {
            None => Some(CaseWish::Prioritise(number, None)),
            Some(name) => Priority::named(&name).map(|priority| CaseWish::Prioritise(number, Some(priority))),
        })
    },
};

/// Rating.
pub static RATE: Spec = Spec {
    name: "rate",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Required("NUMBER 1-5"),
    about: "Say how content you were with a case that is over, from 1 to 5.",
    example: "/rate 42 5",
    phrases: &[],
    slash: Some(Slash::joined(
        &["case", "rate"],
        &[CASE_OPTION, may("score", "From 1, not at all, to 5, entirely.", Kind::Score)],
    )),
    make: |text| {
        numbered(&text?, |number, rest| match rest {
            None => Some(CaseWish::Rate(number, None)),
            Some(score) => {
                let score = score.parse().ok().and_then(Score::new);
                score.map(|score| CaseWish::Rate(number, Some(score)))
            }
        })
    },
};

/// Taking the transcript.
pub static TRANSCRIPT: Spec = Spec {
    name: "transcript",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Required("NUMBER [text|html|json]"),
    about: "Take all that was said in a case with you.",
    example: "/transcript 42 html",
    phrases: &[],
    slash: Some(Slash::joined(
        &["case", "transcript"],
        &[
            CASE_OPTION,
            may(
                "format",
                "How it is written; text where nothing is chosen.",
                Kind::Names(&["text", "html", "json"]),
            ),
        ],
    )),
    make: |text| {
        numbered(&text?, |number, rest| match rest {
            None => Some(CaseWish::Transcript(number, Format::Text)),
            Some(name) => Format::named(&name).map(|format| CaseWish::Transcript(number, format)),
        })
    },
};

/// Something to be written in a case: its number first, where one is given.
pub(super) fn written(kind: WritingKind, text: Option<String>) -> Command {
    let (case, text) = match text {
        None => (None, None),
        Some(text) => {
            let (first, rest) = split(&text);
            match CaseNumber::parse(first) {
                Some(case) => (Some(case), rest),
                None => (None, Some(text)),
            }
        }
    };
    // Words beside files come with the files.
    let text = text.filter(|_| kind != WritingKind::Files);
    Command::Case(CaseWish::Write { kind, case, text })
}
