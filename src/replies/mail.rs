//! What the desk says in mails.

pub mod accounts;
pub mod identity;
pub mod links;

use chrono::{DateTime, Utc};

use crate::domain::case::{Case, Event, Status, What};

use super::Locale;
pub use super::letter::{Letter, Paragraph};

/// A code that proves an address.
#[must_use]
pub fn address_code(locale: Locale, desk: &str, code: &str) -> Letter {
    let Locale::English = locale;
    Letter {
        subject: format!("{code} is your code for {desk}"),
        paragraphs: vec![
            format!("Your code is {code}. It works for ten minutes, once, and only where you asked for it.").into(),
            format!(
                "Somebody wants news from {desk} to come to this address. If it was not you, do nothing: without the code, nothing comes."
            )
            .into(),
        ],
    }
}

/// Something happened to a case of the reader's.
#[must_use]
pub fn case_news(locale: Locale, desk: &str, case: &Case, event: &Event) -> Letter {
    let Locale::English = locale;
    let number = case.number;
    let about = format!("{number} at {desk}, \"{}\",", case.subject.as_str());
    let day = |at: &DateTime<Utc>| at.format("%-d %B %Y").to_string();
    let quoted = |text: &str| Paragraph::Quoted(text.to_owned());
    let (news, said): (String, Vec<Paragraph>) = match &event.what {
        What::Message(written) => {
            let text = written.text.as_ref().map(|text| quoted(text.as_str()));
            let files = match written.files.len() {
                0 => None,
                1 => Some("One file came with it.".into()),
                count => Some(format!("{count} files came with it.").into()),
            };
            ("has news:".to_owned(), text.into_iter().chain(files).collect())
        }
        What::Reminded => ("still waits for your reply.".to_owned(), Vec::new()),
        What::Warned { closes_at } => {
            let date = day(closes_at);
            (format!("will be closed on {date} if nothing is heard. A reply keeps it open."), Vec::new())
        }
        What::Became(Status::Solved { .. }) => {
            ("is solved. If it is not, a reply opens it again.".to_owned(), Vec::new())
        }
        What::Became(Status::Closed { reopens_until, .. }) => {
            let date = day(reopens_until);
            (format!("was closed. If it is not solved, a reply opens it again until {date}."), Vec::new())
        }
        What::Opened(opening) => {
            let text = opening.description.as_ref().map(|text| quoted(text.as_str()));
            ("was opened for you:".to_owned(), text.into_iter().collect())
        }
        What::Note(_)
        | What::Corrected(_)
        | What::Became(_)
        | What::Assigned(_)
        | What::Moved(_)
        | What::Prioritised(_)
        | What::Renamed(_)
        | What::Tagged(_)
        | What::Untagged(_)
        | What::Followed(_)
        | What::Unfollowed(_)
        | What::Linked(_)
        | What::Unlinked(_)
        | What::Rated(_) => ("has news.".to_owned(), Vec::new()),
    };
    let mut paragraphs = vec![format!("{about} {news}").into()];
    paragraphs.extend(said);
    let reply = format!(
        "Nobody reads replies to this mail. To reply, say \"reply {}\" where you opened the case. To choose which mails you get, say \"notify\" there.",
        number.0
    );
    paragraphs.push(reply.into());
    Letter { subject: format!("{number}: {}", case.subject.as_str()), paragraphs }
}

/// Somebody who runs the desk wants to see that mail arrives.
#[must_use]
pub fn test_mail(locale: Locale, desk: &str, asked_at: DateTime<Utc>) -> Letter {
    let Locale::English = locale;
    let asked_at = asked_at.format("%-d %B %Y at %H:%M UTC");
    Letter {
        subject: format!("Test mail from {desk}"),
        paragraphs: vec![
            format!(
                "This is a test mail from {desk}. Somebody who runs the desk asked for it on {asked_at}."
            )
            .into(),
            "You can read it, so mail from the desk reaches you. There is nothing for you to do.".into(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_mail_says_what_it_is_and_what_follows() {
        let asked_at = DateTime::from_timestamp(1_795_338_142, 0).unwrap();
        let letter = test_mail(Locale::English, "Guidepost", asked_at);
        insta::assert_snapshot!(format!("{}\n\n{}", letter.subject, letter.text()), @"
        Test mail from Guidepost

        This is a test mail from Guidepost. Somebody who runs the desk asked for it on 22 November 2026 at 09:02 UTC.

        You can read it, so mail from the desk reaches you. There is nothing for you to do.
        ");
    }
}
