//! A mail as it stands on the wire: the headers of RFC 5322, and what it says as plain text and as a page.

use chrono::{DateTime, Datelike, SecondsFormat, Utc};
use lettre::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, MultiPart, SinglePart};

use crate::domain::{Digest, JobKey, MailAddress, Mailbox};

/// The longest subject, in characters. More is not shown anywhere.
const MOST_SUBJECT: usize = 200;
/// The longest line of a body that is sent as it is (RFC 5322, 2.1.1), in bytes.
const MOST_LINE: usize = 998;

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The job that sends it. The same job always makes the same bytes.
    pub job: JobKey,
    /// Whom it is sent to.
    pub to: MailAddress,
    /// Its date: when its cause happened.
    pub date: DateTime<Utc>,
    /// What it is about, in one line.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// The same as a page.
    pub html: String,
    /// What it belongs to, with others.
    pub thread: Option<Thread>,
}

/// What several mails are about, so that readers show them together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its name: letters, digits and hyphens.
    pub name: String,
    /// Since when there is that. A desk that begins anew gives the same name to something else.
    pub since: DateTime<Utc>,
}

/// Why no mail can be made of a message; another try does not help.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoMessage {
    /// A date that mail has no form for.
    #[error("a mail has a date between the years 1970 and 9999, not {}", .0.year())]
    Date(DateTime<Utc>),
    /// The library refuses something.
    #[error("no mail can be made of it: {0}")]
    Refused(String),
}

impl Message {
    /// Its bytes, headers and body.
    pub fn bytes(&self, from: &Mailbox) -> Result<Vec<u8>, NoMessage> {
        if !(1970..=9999).contains(&self.date.year()) {
            return Err(NoMessage::Date(self.date));
        }
        // A mail that was never sent stands for the thread: readers put together what refers to the same one.
        let thread = self.thread.as_ref().map(|thread| named(&thread.name, thread.since, from));
        let mut builder = lettre::Message::builder();
        if let Some(thread) = thread {
            builder = builder.in_reply_to(thread.clone()).references(thread);
        }
        let message = builder
            .from(mailbox(from.name.as_deref(), &from.address)?)
            .to(mailbox(None, &self.to)?)
            .subject(one_line(&self.subject))
            .date(self.date.into())
            .message_id(Some(named(self.job.as_str(), self.date, from)))
            // So that no absence notice answers it (RFC 3834).
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(self.both());
        message.map(|message| message.formatted()).map_err(|error| NoMessage::Refused(error.to_string()))
    }

    /// Text and page; who shows pages takes the last one.
    fn both(&self) -> MultiPart {
        let part = |kind, text: &str| SinglePart::builder().header(kind).body(body(text));
        MultiPart::alternative()
            .boundary(self.boundary())
            .singlepart(part(ContentType::TEXT_PLAIN, &self.text))
            .singlepart(part(ContentType::TEXT_HTML, &self.html))
    }

    /// What stands between the parts: the same for the same mail, and nothing that somebody could have written into it beforehand.
    fn boundary(&self) -> String {
        format!("=_{}", Digest::of(&format!("{}\n{}\n{}", self.job, self.text, self.html)))
    }
}

/// What names it for all time, and never another one: with the date, since a desk that begins anew counts from 1 again. A mail that is sent
/// again has the same one, by which servers and readers know it.
fn named(name: &str, date: DateTime<Utc>, from: &Mailbox) -> String {
    let date = date.to_rfc3339_opts(SecondsFormat::Micros, true);
    let digits: String = date.chars().filter(char::is_ascii_digit).collect();
    format!("<{name}.{digits}@{}>", from.address.domain())
}

fn mailbox(name: Option<&str>, address: &MailAddress) -> Result<lettre::message::Mailbox, NoMessage> {
    let refused = |error: lettre::address::AddressError| NoMessage::Refused(error.to_string());
    let address = Address::new(address.local(), address.domain()).map_err(refused)?;
    Ok(lettre::message::Mailbox::new(name.map(one_line), address))
}

/// A text for a header: what would end the line is a space.
fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().take(MOST_SUBJECT).map(|c| if is_break(c) { ' ' } else { c }).collect()
}

/// A text as a body. Plain words are sent as they are, which the library would do only with lines of up to 76 bytes: so links stay
/// whole for whoever reads the file itself, and readers wrap lines as they like.
fn body(text: &str) -> Body {
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    if text.is_ascii() && text.lines().all(|line| line.len() <= MOST_LINE) {
        let lines = text.replace('\n', "\r\n").into_bytes();
        Body::dangerous_pre_encoded(lines, ContentTransferEncoding::SevenBit)
    } else {
        Body::new(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(subject: &str, text: &str) -> Message {
        Message {
            job: JobKey::of("mail-test", &[1]),
            to: MailAddress::parse("ann@example.org").unwrap(),
            date: DateTime::from_timestamp(1_795_338_142, 0).unwrap(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: format!("<p>{text}</p>\n"),
            thread: None,
        }
    }

    fn bytes(message: &Message, from: &str) -> String {
        let from = Mailbox::parse(from).unwrap();
        String::from_utf8(message.bytes(&from).unwrap()).unwrap()
    }

    #[test]
    fn a_mail_of_plain_words_can_be_read_as_it_is() {
        let link = format!("https://desk.example.org/reset?token={}", "x".repeat(60));
        let mail = bytes(&message("Test mail", &format!("One.\n\n{link}\n")), "Guidepost <desk@localhost>");
        insta::assert_snapshot!(mail.replace('\r', ""), @r#"
        From: Guidepost <desk@localhost>
        To: ann@example.org
        Subject: Test mail
        Date: Sun, 22 Nov 2026 09:02:22 +0000
        Message-ID: <mail-test-000001.20261122090222000000@localhost>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_vBe7DqDuKfKiZrgX"

        --=_vBe7DqDuKfKiZrgX
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        One.

        https://desk.example.org/reset?token=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx

        --=_vBe7DqDuKfKiZrgX
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 7bit

        <p>One.

        https://desk.example.org/reset?token=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
        </p>

        --=_vBe7DqDuKfKiZrgX--
        "#);
    }

    #[test]
    fn other_letters_are_encoded() {
        let mail =
            bytes(&message("Grüße – 日本", "Größe: 日本\n"), "\"Hilfe, für Sie\" <desk@müller.example>");
        insta::assert_snapshot!(mail.replace('\r', ""), @r#"
        From: =?utf-8?b?SGlsZmUsIGbDvHIgU2ll?= <desk@xn--mller-kva.example>
        To: ann@example.org
        Subject: =?utf-8?b?R3LDvMOfZSDigJMg5pel5pys?=
        Date: Sun, 22 Nov 2026 09:02:22 +0000
        Message-ID: <mail-test-000001.20261122090222000000@xn--mller-kva.example>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_svmWu6N056Zj1w4u"

        --=_svmWu6N056Zj1w4u
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: base64

        R3LDtsOfZTog5pel5pysDQo=
        --=_svmWu6N056Zj1w4u
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: base64

        PHA+R3LDtsOfZTog5pel5pysDQo8L3A+DQo=
        --=_svmWu6N056Zj1w4u--
        "#);
    }

    #[test]
    fn a_date_that_mail_has_no_form_for_is_refused() {
        let date = DateTime::from_timestamp(-1, 0).unwrap();
        let from = Mailbox::parse("desk@localhost").unwrap();
        assert_eq!(Message { date, ..message("a", "b") }.bytes(&from), Err(NoMessage::Date(date)));
    }

    /// The names of the headers, in their order; lines that begin with a space go on with the one before.
    fn headers(mail: &str) -> Vec<&str> {
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        lines.map(|line| line.split_once(':').map_or(line, |(name, _)| name)).collect()
    }

    /// Text that would like to be a header.
    fn hostile() -> impl Strategy<Value = String> {
        prop_oneof![
            "(.|\r|\n|\r\nBcc: eve@evil\\.example\r\n|\u{2028}| ){0,40}",
            "[a-zA-Z,\"<>@:;()\\\\ \r\n\t\u{0}\u{85}é=?]{0,400}",
            "[a-z\r]{900,1100}",
        ]
    }

    proptest! {
        #[test]
        fn no_text_adds_a_header(subject in hostile(), name in hostile(), text in hostile()) {
            let plain = message("a", "b");
            let from = |name: Option<String>| Mailbox { name, ..Mailbox::parse("desk@example.org").unwrap() };
            let expected = plain.bytes(&from(None)).unwrap();
            let expected = String::from_utf8(expected).unwrap();
            let mail = message(&subject, &text).bytes(&from(Some(name))).unwrap();
            let mail = String::from_utf8(mail).unwrap();
            prop_assert_eq!(headers(&mail), headers(&expected));
            // Neither half of a line's end stands alone, and no line is too long for a server.
            prop_assert!(!mail.replace("\r\n", "").contains(['\r', '\n', '\0']));
            prop_assert!(mail.split("\r\n").all(|line| line.len() <= 998));
            // Nor does a text begin or end a part.
            prop_assert_eq!(mail.matches("\r\n--=_").count(), 3);
        }

        #[test]
        fn every_address_that_was_parsed_can_be_written_to(
            local in "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}",
            domain in "[a-zA-Z0-9é]{1,9}(\\.[a-z0-9-]{1,63}){0,3}",
        ) {
            let Ok(to) = MailAddress::parse(&format!("{local}@{domain}")) else {
                return Err(TestCaseError::reject("no address"));
            };
            let mail = bytes(&Message { to: to.clone(), ..message("a", "b") }, to.as_str());
            let expected = format!("\r\nTo: {to}\r\n");
            prop_assert!(mail.replace("\r\n ", " ").contains(&expected), "{}", mail);
        }
    }
}
