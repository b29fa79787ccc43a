//! News of cases, and how people want to hear of them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::chat::choice::CaseVerb;
use crate::chat::{Reply, ReplyBlock};
use crate::domain::case::{Case, Closing, Event, Status, What};
use crate::domain::{Notify, Person, PersonId, Span, TimeStyle};

use super::cases::{View, timeline};
use super::words::{case_span, paragraph, plain, private, quoted, sentence};
use super::{Locale, case_buttons as buttons};

/// Who reads news, when and where.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Who.
    pub reader: PersonId,
    /// When.
    pub now: DateTime<Utc>,
    /// The zone of the times within sentences.
    pub zone: Tz,
    /// The name of the desk.
    pub desk: &'a str,
}

/// What is new for somebody, the oldest first.
#[must_use]
pub fn told(
    locale: Locale,
    items: &[(Case, Event, BTreeMap<PersonId, String>)],
    reading: &Reading<'_>,
) -> Reply {
    let mut reply = private(Vec::new());
    for (case, event, names) in items {
        let Reading { reader, now, zone, desk } = *reading;
        let as_staff = !case.belongs_to(reader);
        let events = std::slice::from_ref(event);
        let view = View { case, events, names, reader, as_staff, now, zone, desk };
        let next = item(locale, &view, event);
        // Of several items about one case the last one's choices are enough.
        reply.choices.retain(|own| !next.choices.iter().any(|choice| choice.id == own.id));
        reply = reply.and(next);
    }
    reply
}

/// Somebody's password is another one.
#[must_use]
pub fn password_changed(locale: Locale, at: DateTime<Utc>) -> Reply {
    let Locale::English = locale;
    let mut spans = plain("Your password was changed ");
    spans.push(Span::Time { at, style: TimeStyle::Moment });
    spans.extend(plain(", and you were signed out everywhere. If it was you, there is nothing to do."));
    let else_ = "If it was not you, somebody else can read your mail: change the password of your mailbox first, and then this one.";
    let mut reply = private(vec![ReplyBlock::Paragraph(spans), paragraph(else_)]);
    reply.choices = vec![super::secrets::new_password(locale)];
    reply
}

fn item(locale: Locale, view: &View<'_>, event: &Event) -> Reply {
    let Locale::English = locale;
    let case = view.case;
    let (text, more) = match &event.what {
        What::Message(_) if view.as_staff => (" has a reply: ", Some(timeline_of(locale, view))),
        What::Message(_) => (" has an answer: ", Some(timeline_of(locale, view))),
        What::Reminded => (" still waits for your reply: ", None),
        What::Warned { closes_at } => (" will be closed soon: ", Some(closes(*closes_at))),
        What::Became(Status::Solved { .. }) => {
            (" is solved: ", Some(paragraph("If it is not, a reply opens it again.")))
        }
        What::Became(Status::Closed { how: Closing::Silence, .. }) => {
            let text = "I heard nothing for a while. If it is not solved, a reply opens it again.";
            (" was closed: ", Some(paragraph(text)))
        }
        What::Became(Status::Closed { .. }) => (" was closed: ", None),
        What::Opened(_) => (" was opened for you: ", Some(timeline_of(locale, view))),
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
        | What::Rated(_) => (" has news: ", Some(timeline_of(locale, view))),
    };
    let head = [vec![case_span(case.number)], plain(text), plain(quoted(case.subject.as_str()))].concat();
    let blocks = std::iter::once(ReplyBlock::Paragraph(head)).chain(more).collect();
    let mut reply = private(blocks);
    let button = |verb| buttons::case(locale, case.number, verb);
    reply.choices = if view.as_staff {
        vec![button(CaseVerb::Answer), button(CaseVerb::Show)]
    } else if case.status.is_active() {
        vec![button(CaseVerb::Reply), button(CaseVerb::Close), button(CaseVerb::Show)]
    } else {
        vec![button(CaseVerb::Rate(None)), button(CaseVerb::Reply), button(CaseVerb::Show)]
    };
    reply
}

fn timeline_of(locale: Locale, view: &View<'_>) -> ReplyBlock {
    ReplyBlock::Timeline(timeline(locale, view, 0))
}

fn closes(at: DateTime<Utc>) -> ReplyBlock {
    ReplyBlock::Paragraph(
        [
            plain("I'll close it on "),
            vec![Span::Time { at, style: TimeStyle::Moment }],
            plain(" if I hear nothing. A reply keeps it open."),
        ]
        .concat(),
    )
}

/// How somebody hears of news now, and what else is possible.
#[must_use]
pub fn settings(locale: Locale, person: &Person) -> Reply {
    let Locale::English = locale;
    let text = match (&person.mail, person.notify) {
        (None, _) => "News of your cases come to your conversations here. I have no e-mail address of yours."
            .to_owned(),
        (Some(mail), Notify::MailWhenUnseen) => format!(
            "News of your cases come to your conversations here, and to {mail} when you have not seen them after ten minutes."
        ),
        (Some(mail), Notify::MailAlways) => {
            format!("News of your cases come to your conversations here, and to {mail} at once.")
        }
        (Some(_), Notify::NoMail) => {
            "News of your cases come to your conversations here, and never by mail.".to_owned()
        }
    };
    let mut choices = Vec::new();
    if person.mail.is_some() {
        let all = [Notify::MailWhenUnseen, Notify::MailAlways, Notify::NoMail];
        let others = all.into_iter().filter(|notify| *notify != person.notify);
        choices.extend(others.map(|notify| buttons::notify(locale, notify)));
        choices.push(buttons::other_address(locale));
    } else {
        choices.push(buttons::news_by_mail(locale));
    }
    Reply { choices, ..sentence(text) }
}

/// Somebody chose how they hear of news.
#[must_use]
pub fn chosen(locale: Locale, person: &Person) -> Reply {
    settings(locale, person)
}

/// The address is proved.
#[must_use]
pub fn address_proved(locale: Locale, person: &Person) -> Reply {
    settings(locale, person)
}

/// The address is taken away.
#[must_use]
pub fn no_address(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::news_by_mail(locale)];
    Reply { choices, ..sentence("I have no address of yours any more, so no mail will come.") }
}

/// Staff are known by their address.
#[must_use]
pub fn staff_keep_address(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence(
        "You work for the desk, and it may know you by your address; an operator can change it. Nothing was changed.",
    )
}

/// It is no address.
#[must_use]
pub fn not_an_address(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::news_by_mail(locale)];
    Reply { choices, ..sentence("That is no e-mail address. They look like ada@example.org.") }
}

/// It is their address already.
#[must_use]
pub fn same_address(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("That is the address I have already. Nothing was changed.")
}

/// The address belongs to somebody else.
#[must_use]
pub fn address_taken(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence(
        "Somebody else at this desk has that address, perhaps you by another door. Nothing was changed; give another one.",
    )
}
