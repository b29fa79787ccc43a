//! Mails about accounts: an invitation, what was changed, and what became of requests.

use chrono::{DateTime, Utc};

use crate::domain::MailAddress;
use crate::domain::account::{
    AccessModel, AuditEntry, Contact, ContactFact, ContactId, Difference, OrgId, Pair, Request, Ruling,
    StandingKind,
};
use crate::replies::Locale;
use crate::replies::accounts::words;

use super::links::time;
use super::{Letter, Paragraph};

/// What every mail about an account begins with.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The desk.
    pub desk: &'a str,
    /// The organisation's number.
    pub org: OrgId,
    /// What it is called.
    pub company: &'a str,
    /// Who did it, as others on the account call them; none for those who run the desk.
    pub by: Option<&'a str>,
}

impl About<'_> {
    fn by(&self) -> String {
        self.by.map_or_else(|| format!("the people who run {}", self.desk), str::to_owned)
    }

    fn account(&self) -> String {
        format!("the account of {} (Org ID {}) at {}", self.company, self.org, self.desk)
    }
}

/// Somebody was put on an account, and makes their sign-in. `link` is where, and until when; none where the desk has no pages.
#[must_use]
pub fn invitation(
    locale: Locale,
    about: &About<'_>,
    contact: &Contact,
    link: Option<(&str, DateTime<Utc>)>,
) -> Letter {
    let Locale::English = locale;
    let mut paragraphs = vec![
        format!("Hello {},", contact.name).into(),
        format!("{} added you to {}.", capital(&about.by()), about.account()).into(),
    ];
    paragraphs.extend(how_to_join(about, link));
    paragraphs.push(
        "If you do not know what this is about, do nothing: without you, nobody signs in as you.".into(),
    );
    let subject = format!("You were added to the account of {} at {}", about.company, about.desk);
    Letter { subject, paragraphs }
}

/// Somebody who was put on an account, and has no sign-in yet, asked for a new password.
#[must_use]
pub fn invitation_again(
    locale: Locale,
    about: &About<'_>,
    contact: &Contact,
    link: Option<(&str, DateTime<Utc>)>,
) -> Letter {
    let Locale::English = locale;
    let asked = format!(
        "Somebody asked {} for a new password with this address. You have none yet: you were added to {}, and have not joined it.",
        about.desk,
        about.account()
    );
    let mut paragraphs = vec![format!("Hello {},", contact.name).into(), asked.into()];
    paragraphs.extend(how_to_join(about, link));
    paragraphs.push("If it was not you who asked, do nothing: without you, nobody signs in as you.".into());
    Letter {
        subject: format!("Your invitation to the account of {} at {}", about.company, about.desk),
        paragraphs,
    }
}

fn how_to_join(about: &About<'_>, link: Option<(&str, DateTime<Utc>)>) -> Vec<Paragraph> {
    match link {
        Some((link, until)) => {
            let label = "Choose a username and a password here:".to_owned();
            let until = format!("The link works once, until {}.", time(until));
            vec![Paragraph::Link { label, url: link.to_owned() }, until.into()]
        }
        None => vec![format!("{} can tell you how to sign in.", capital(&about.by())).into()],
    }
}

/// Something was changed that concerns the reader.
#[must_use]
pub fn changed(locale: Locale, about: &About<'_>, reader: &Contact, entry: &AuditEntry) -> Letter {
    let Locale::English = locale;
    let mut said: Vec<String> = Vec::new();
    let fields: Vec<&str> = entry.differences.iter().filter_map(company_field).collect();
    if !fields.is_empty() {
        said.push(format!("What is known about the company is different: {}.", fields.join(", ")));
    }
    said.extend(entry.differences.iter().filter_map(|difference| sentence(difference, reader.id)));
    let wrong = "If that is not right, tell an administrator of the account.";
    Letter {
        subject: format!("The account of {} at {} was changed", about.company, about.desk),
        paragraphs: vec![
            format!("Hello {},", reader.name).into(),
            format!("{} changed {}.", capital(&about.by()), about.account()).into(),
            said.join("\n").into(),
            wrong.into(),
        ],
    }
}

/// The address that the reader had is another one now. The new one is not named: should it not have been them, it is somebody else's.
#[must_use]
pub fn old_address(locale: Locale, about: &About<'_>) -> Letter {
    let Locale::English = locale;
    Letter {
        subject: format!("Your address on the account of {} at {} was changed", about.company, about.desk),
        paragraphs: vec![
            "Hello,".into(),
            format!(
                "{} gave you another e-mail address on {}. This is the old one, and the last mail about the account that comes here.",
                capital(&about.by()),
                about.account()
            ).into(),
            "If that was not your wish, tell an administrator of the account at once.".into(),
        ],
    }
}

/// An administrator is asked for a change.
#[must_use]
pub fn request_arrived(locale: Locale, about: &About<'_>, reader: &Contact, request: &Request) -> Letter {
    let Locale::English = locale;
    let wish = words::wish(locale, request.kind);
    Letter {
        subject: format!("{} asks for a change on the account of {}", capital(&about.by()), about.company),
        paragraphs: vec![
            format!("Hello {},", reader.name).into(),
            format!(
                "{} asks the administrators of {} to {wish}. This is request {}.",
                capital(&about.by()),
                about.account(),
                request.id
            )
            .into(),
            format!(
                "To approve or refuse it, say \"/contacts requests\" where you talk with {}. One administrator is enough.",
                about.desk
            )
            .into(),
        ],
    }
}

/// Whoever asked hears what an administrator said.
#[must_use]
pub fn request_decided(locale: Locale, about: &About<'_>, reader: &Contact, request: &Request) -> Letter {
    let Locale::English = locale;
    let (by, wish) = (about.by(), words::wish(locale, request.kind));
    let ruling = request.verdict.as_ref().map(|verdict| &verdict.ruling);
    let (word, said) = match ruling {
        Some(Ruling::Approved) => ("approved", vec!["It is done.".into()]),
        Some(Ruling::Refused { reason: Some(reason) }) => {
            let said = Paragraph::Quoted(reason.clone());
            ("refused", vec!["Nothing was changed. They said:".into(), said])
        }
        Some(Ruling::Refused { reason: None }) | None => ("refused", vec!["Nothing was changed.".into()]),
    };
    Letter {
        subject: format!("Your request on the account of {} was {word}", about.company),
        paragraphs: [
            vec![
                format!("Hello {},", reader.name).into(),
                format!(
                    "You asked the administrators of {} to {wish}. {} {word} it.",
                    about.account(),
                    capital(&by)
                )
                .into(),
            ],
            said,
        ]
        .concat(),
    }
}

fn company_field(difference: &Difference) -> Option<&'static str> {
    match difference {
        Difference::Company { field, .. } => words::company_field(*field),
        Difference::Model(_) | Difference::Contact { .. } | Difference::Renewal { .. } => None,
    }
}

/// What a difference is to its reader; nothing where it is not about them.
fn sentence(difference: &Difference, reader: ContactId) -> Option<String> {
    match difference {
        Difference::Model(Pair { after: Some(AccessModel::Open), .. }) => {
            Some("Every contact has unrestricted access now: the account has the Open model.".to_owned())
        }
        Difference::Model(Pair { after: Some(AccessModel::Secure), .. }) => Some(
            "Only administrators have unrestricted access now, and decide what the others can use: the account has the Secure model."
                .to_owned(),
        ),
        Difference::Contact { contact, fact } => (*contact == reader).then(|| own(fact)),
        Difference::Renewal { licence, contact } if contact.after == Some(reader) => {
            Some(format!("You are the contact for the renewal of licence {licence} now."))
        }
        Difference::Renewal { licence, contact } if contact.before == Some(reader) => {
            Some(format!("You are not the contact for the renewal of licence {licence} any more."))
        }
        // What is known about the company is told in one sentence of its own.
        Difference::Company { .. }
        | Difference::Model(Pair { after: None, .. })
        | Difference::Renewal { .. } => None,
    }
}

fn own(fact: &ContactFact) -> String {
    let is = |what: &str, now: Option<&str>| match now {
        Some(now) => format!("Your {what} is {now} now."),
        None => format!("Your {what} was taken out."),
    };
    match fact {
        ContactFact::Name(name) => is("name", name.after.as_deref()),
        ContactFact::Mail(mail) => is("e-mail address", mail.after.as_ref().map(MailAddress::as_str)),
        ContactFact::Phone(phone) => is("telephone number", phone.after.as_deref()),
        ContactFact::Administrator(Pair { after: true, .. }) => {
            "You are an administrator of the account now: you can change its contacts and what they may do."
                .to_owned()
        }
        ContactFact::Administrator(Pair { after: false, .. }) => {
            "You are no administrator of the account any more.".to_owned()
        }
        ContactFact::Toolboxes(_) => "Which toolboxes you can use is different.".to_owned(),
        ContactFact::Security(Pair { after: true, .. }) => {
            "You are a security contact now: you hear of what concerns the account's security.".to_owned()
        }
        ContactFact::Security(Pair { after: false, .. }) => {
            "You are no security contact any more.".to_owned()
        }
        ContactFact::Standing(Pair { after: Some(StandingKind::Removed), .. }) => {
            "You were taken off the account.".to_owned()
        }
        ContactFact::Standing(_) => "You can use the account now.".to_owned(),
    }
}

/// A sentence begins with a capital letter, also where it begins with "the people who run …"; a name is left as its owner writes it.
fn capital(text: &str) -> String {
    match text.strip_prefix("the people who run ") {
        Some(desk) => format!("The people who run {desk}"),
        None => text.to_owned(),
    }
}
