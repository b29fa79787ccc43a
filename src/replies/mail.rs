//! What the desk says in mails.

use chrono::{DateTime, Utc};

use crate::domain::case::{Case, Event, What};

use super::Locale;

/// The words of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub paragraphs: Vec<String>,
}

impl Letter {
    /// What it says, as plain text: an empty line between paragraphs.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n", self.paragraphs.join("\n\n"))
    }
}

/// Something happened to a case of the reader's.
#[must_use]
pub fn case_news(locale: Locale, desk: &str, case: &Case, event: &Event) -> Letter {
    let Locale::English = locale;
    let number = case.number;
    let subject = format!("{number}: {}", case.subject.as_str());
    let said = match &event.what {
        What::Message(written) => written.text.as_ref().map(|text| text.as_str().to_owned()),
        What::Opened(_)
        | What::Note(_)
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
        | What::Reminded
        | What::Warned { .. }
        | What::Rated(_) => None,
    };
    let mut paragraphs = vec![format!("There is news of {number} at {desk}.")];
    paragraphs.extend(said);
    Letter { subject, paragraphs }
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
            ),
            "You can read it, so mail from the desk reaches you. There is nothing for you to do.".to_owned(),
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
