//! Why a server did not take a mail, and what follows from it: another try, none, or that somebody has to mend something.

use std::error::Error as _;
use std::io;

use lettre::transport::smtp::Error;

use crate::domain::MailServer;
use crate::mail::NotSent;

/// How much of what a server says is told, in characters.
const MOST_WORDS: usize = 160;

/// How far it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Connecting, and greeting each other.
    Reach,
    /// Making what is said unreadable to others.
    Encrypt,
    /// Saying who we are.
    SignIn,
    /// Saying whom the mail is from.
    Sender,
    /// Saying whom it is to.
    Recipient,
    /// The mail itself.
    Content,
}

/// Why a mail was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    stage: Stage,
    cause: Cause,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Cause {
    /// The server said no.
    Said { code: u16, words: String },
    /// It did not answer in time.
    Silent,
    /// The connection could not be made or broke, or something came that is no answer.
    Broken(String),
    /// What it or we can do is not enough.
    Unable(String),
}

impl Failure {
    /// What the library says.
    pub fn of(stage: Stage, error: &Error) -> Self {
        let cause = if let Some(code) = error.status() {
            let words = error.source().map(ToString::to_string).unwrap_or_default();
            Cause::Said { code: code.into(), words }
        } else if let Some(why) = broken(error) {
            Cause::Broken(why)
        } else if error.is_response() {
            Cause::Broken("it ended the connection, or answered something that is not SMTP".to_owned())
        } else {
            Cause::Unable(innermost(error))
        };
        // With TLS from the first byte, encrypting is a part of connecting.
        let stage = match (stage, &cause) {
            (Stage::Reach, Cause::Unable(_)) => Stage::Encrypt,
            (stage, _) => stage,
        };
        Self { stage, cause }
    }

    /// There was no answer in time.
    pub fn silent(stage: Stage) -> Self {
        Self { stage, cause: Cause::Silent }
    }

    /// There was an answer to something else.
    pub fn out_of_step(stage: Stage) -> Self {
        Self { stage, cause: Cause::Broken("it answered something else than was asked".to_owned()) }
    }

    /// What follows, with a sentence for staff and the log.
    pub fn told(self, server: &MailServer) -> NotSent {
        let Self { stage, cause } = self;
        match cause {
            Cause::Said { code, words } => said(stage, code, &words, server),
            Cause::Silent => {
                NotSent::NotNow(format!("the mail server {server} did not answer in time{}", doubt(stage)))
            }
            Cause::Broken(why) => NotSent::NotNow(match stage {
                Stage::Reach => format!("the mail server {server} can't be reached: {why}"),
                Stage::Encrypt | Stage::SignIn | Stage::Sender | Stage::Recipient | Stage::Content => {
                    format!("the connection to the mail server {server} broke: {why}{}", doubt(stage))
                }
            }),
            Cause::Unable(why) => NotSent::Mend(format!(
                "mail to {server} fails at {}: {why}; see mail.smtp in the settings, then start the desk again",
                what(stage)
            )),
        }
    }
}

fn said(stage: Stage, code: u16, words: &str, server: &MailServer) -> NotSent {
    let words = match stage {
        // It may repeat what the mail says.
        Stage::Content => status(code, words),
        Stage::Reach | Stage::Encrypt | Stage::SignIn | Stage::Sender | Stage::Recipient => {
            format!("{code} {}", scrubbed(words))
        }
    };
    let what = what(stage);
    match (code, stage) {
        // These are about who we are, wherever they are said (RFC 4954).
        (530 | 534 | 535 | 538, _)
        | (500..=599, Stage::Reach | Stage::Encrypt | Stage::SignIn | Stage::Sender) => {
            NotSent::Mend(format!(
                "the mail server {server} refuses {what} ({words}); see mail.smtp and mail.from in the settings and the account there, then start the desk again"
            ))
        }
        (500..=599, Stage::Recipient | Stage::Content) => {
            NotSent::Refused(format!("the mail server {server} refuses {what} for good ({words})"))
        }
        _ => NotSent::NotNow(format!("the mail server {server} does not take {what} at present ({words})")),
    }
}

fn what(stage: Stage) -> &'static str {
    match stage {
        Stage::Reach => "the connection",
        Stage::Encrypt => "encryption",
        Stage::SignIn => "the name and password",
        Stage::Sender => "the sender",
        Stage::Recipient => "the recipient",
        Stage::Content => "the mail",
    }
}

/// Once the mail was handed over, nobody but the server knows whether it has it.
fn doubt(stage: Stage) -> &'static str {
    match stage {
        Stage::Content => "; it may have the mail, which is sent again under the same Message-ID",
        Stage::Reach | Stage::Encrypt | Stage::SignIn | Stage::Sender | Stage::Recipient => "",
    }
}

/// What the system says of a connection, where it is that.
fn broken(error: &Error) -> Option<String> {
    let mut source = error.source();
    while let Some(error) = source {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return Some(error.to_string());
        }
        source = error.source();
    }
    None
}

/// The last of a chain of errors: what those before it say again.
fn innermost(error: &Error) -> String {
    let mut last = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        last = error.to_string();
        source = error.source();
    }
    last
}

/// A server's words without the addresses in them, short and in one line.
pub(super) fn scrubbed(words: &str) -> String {
    let word =
        |word: &str| if word.contains('@') { "…".to_owned() } else { word.replace(char::is_control, "") };
    let words: Vec<String> = words.split_whitespace().map(word).collect();
    words.join(" ").chars().take(MOST_WORDS).collect()
}

/// The code, and the server's finer one where it has one (RFC 3463).
fn status(code: u16, words: &str) -> String {
    let first = words.split_whitespace().next().unwrap_or_default();
    let is_finer = first.len() <= 9
        && first.split('.').count() == 3
        && first.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if is_finer { format!("{code} {first}") } else { code.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(stage: Stage, code: u16, words: &str) -> (char, String) {
        let server = MailServer::parse("smtps://desk:hunter2@mail.example.org").unwrap();
        let failure = Failure { stage, cause: Cause::Said { code, words: words.to_owned() } };
        match failure.told(&server) {
            NotSent::NotNow(why) => ('n', why),
            NotSent::Refused(why) => ('r', why),
            NotSent::Mend(why) => ('m', why),
            other @ (NotSent::Impossible(_) | NotSent::Unwritten { .. }) => panic!("{other}"),
        }
    }

    #[test]
    fn what_follows_is_decided_by_code_and_stage() {
        for (stage, code, follows) in [
            (Stage::Reach, 421, 'n'),
            (Stage::Reach, 554, 'm'),
            (Stage::Encrypt, 454, 'n'),
            (Stage::SignIn, 454, 'n'),
            (Stage::SignIn, 535, 'm'),
            (Stage::Sender, 451, 'n'),
            (Stage::Sender, 550, 'm'),
            (Stage::Recipient, 450, 'n'),
            (Stage::Recipient, 550, 'r'),
            (Stage::Recipient, 530, 'm'),
            (Stage::Content, 452, 'n'),
            (Stage::Content, 554, 'r'),
            (Stage::Content, 250, 'n'),
        ] {
            assert_eq!(told(stage, code, "no").0, follows, "{stage:?} {code}");
        }
    }

    #[test]
    fn what_is_told_names_no_person_and_repeats_no_mail() {
        let (_, why) =
            told(Stage::Recipient, 550, "5.1.1 <ann@example.org>: no\r\nsuch user, ann@example.org");
        assert_eq!(
            why,
            "the mail server mail.example.org:465 refuses the recipient for good (550 5.1.1 … no such user, …)"
        );
        let (_, why) = told(Stage::Content, 554, "5.7.1 \"482913 is your code\" is spam");
        assert_eq!(why, "the mail server mail.example.org:465 refuses the mail for good (554 5.7.1)");
        assert!(told(Stage::Content, 554, "482913 is your code").1.ends_with("(554)"));
        let (_, why) = told(Stage::SignIn, 535, "5.7.8 Authentication credentials invalid");
        insta::assert_snapshot!(why, @"the mail server mail.example.org:465 refuses the name and password (535 5.7.8 Authentication credentials invalid); see mail.smtp and mail.from in the settings and the account there, then start the desk again");
    }
}
