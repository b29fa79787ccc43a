//! The commands for one's own cases, for what was begun, and for news.

use crate::chat::flow::WritingKind;
use crate::chat::wish::{CaseWish, FlowWish, Format, NewsWish};
use crate::domain::Notify;
use crate::domain::case::{CaseNumber, Priority, Score};

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
    make: |text| Some(Command::Case(CaseWish::Open { text, answer: None, follows: None })),
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
    make: |text| {
        numbered(&text?, |number, rest| match rest {
            None => Some(CaseWish::Transcript(number, Format::Text)),
            Some(name) => Format::named(&name).map(|format| CaseWish::Transcript(number, format)),
        })
    },
};

/// How one hears of news.
pub static NOTIFY: Spec = Spec {
    name: "notify",
    aliases: &["notifications"],
    needs: Needs::Keeping,
    argument: Argument::Optional("unseen|always|never"),
    about: "Choose whether news of your cases also come by mail: when unseen, always, or never.",
    example: "/notify unseen",
    phrases: &["notifications", "notification settings", "how do you notify me"],
    make: |text| {
        let wish = match text.as_deref().map(str::to_lowercase).as_deref() {
            None => NewsWish::Show,
            Some("unseen" | "mail") => NewsWish::Set(Notify::MailWhenUnseen),
            Some("always") => NewsWish::Set(Notify::MailAlways),
            Some("never" | "off" | "no") => NewsWish::Set(Notify::NoMail),
            Some(_) => return None,
        };
        Some(Command::News(wish))
    },
};

/// One's address.
pub static MAIL: Spec = Spec {
    name: "mail",
    aliases: &["email", "e-mail"],
    needs: Needs::Keeping,
    argument: Argument::Optional("ADDRESS|none"),
    about: "Give the address that news of your cases go to, or take it away with \"none\".",
    example: "/mail ada@example.org",
    phrases: &["set my e-mail address", "set my email address", "change my notification address"],
    make: |text| {
        Some(Command::News(match text {
            Some(text) if text.eq_ignore_ascii_case("none") => NewsWish::NoAddress,
            address => NewsWish::Address(address),
        }))
    },
};

/// Going on with what was begun.
pub static CONTINUE: Spec = Spec {
    name: "continue",
    aliases: &["resume"],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Go on with what you began and left.",
    example: "/continue",
    phrases: &["continue", "go on", "resume", "where was i", "where were we"],
    make: |_| Some(Command::Flow(FlowWish::Continue(None))),
};

/// Going back a step.
pub static BACK: Spec = Spec {
    name: "back",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Go back one step in what you are doing.",
    example: "/back",
    phrases: &["back", "go back", "one step back", "step back"],
    make: |_| Some(Command::Flow(FlowWish::Back(None))),
};

/// Giving up.
pub static CANCEL: Spec = Spec {
    name: "cancel",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Give up what you are doing.",
    example: "/cancel",
    phrases: &["cancel", "cancel it", "cancel this", "never mind", "nevermind", "forget it", "abort"],
    make: |_| Some(Command::Flow(FlowWish::Cancel(None))),
};

/// Leaving out what may be left out.
pub static SKIP: Spec = Spec {
    name: "skip",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Leave out what may be left out.",
    example: "/skip",
    phrases: &["skip", "skip it", "skip this"],
    make: |_| Some(Command::Flow(FlowWish::Skip)),
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
