//! What came of something about an account.

use std::collections::BTreeSet;

use crate::chat::choice::AccountVerb;
use crate::chat::flow::account::AccountDraft;
use crate::chat::flow::{Flow, Outcome};
use crate::chat::{Reply, ReplyBlock};
use crate::domain::account::{
    Account, AuditEntry, Concerned, ContactId, OrgId, Organisation, Procedure, Refusal, Request, Ruling,
};
use crate::domain::{Span, TimeStyle};
use crate::replies::Locale;
use crate::replies::case_buttons::go_on;
use crate::replies::choices::help;
use crate::replies::words::{paragraph, plain, private, quoted, sentence};

use super::words::{Names, bullets, wish};
use super::{buttons, refused, shown};

/// Somebody is no contact of any account.
#[must_use]
pub fn stranger(locale: Locale) -> Reply {
    let Locale::English = locale;
    Reply {
        choices: vec![help(locale)],
        ..sentence(
            "I don't know you as a contact of any account here. If you are one, say \"link this chat\": I'll send a code to the contact's e-mail address.",
        )
    }
}

/// Somebody is a contact of several accounts, and did not say which one they mean.
#[must_use]
pub fn which_account(locale: Locale, organisations: &[&Organisation], verb: AccountVerb) -> Reply {
    let Locale::English = locale;
    let choices = organisations.iter().map(|one| buttons::this_account(one, verb)).collect();
    Reply {
        choices,
        ..sentence(
            "You are a contact of several accounts. Which one is it about? I'll remember it here; \"/account\" with an Org ID changes it.",
        )
    }
}

/// A button is about an account that the person is no contact of, or about what is not there. Nobody is told which.
#[must_use]
pub fn not_yours(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![help(locale)];
    Reply {
        choices,
        ..sentence(
            "There is nothing for you here: you are no contact of that account, or it is not there any more.",
        )
    }
}

/// They were taken off the account in the middle of it.
#[must_use]
pub fn gone_from_account(locale: Locale) -> Reply {
    let Locale::English = locale;
    Reply {
        choices: vec![help(locale)],
        ..sentence(
            "You are not on that account any more, so nothing was changed. Its administrators can add you again.",
        )
    }
}

/// Whoever creates an account proves their address first.
#[must_use]
pub fn no_address(locale: Locale) -> Reply {
    let Locale::English = locale;
    Reply {
        choices: vec![crate::replies::case_buttons::news_by_mail(locale)],
        ..sentence(
            "To create an account I need an e-mail address that is proved to be yours. Give me one with \"/mail\" and type the code that comes there; then begin again.",
        )
    }
}

/// Whom they named is not on the account.
#[must_use]
pub fn not_on_the_list(locale: Locale, typed: &str) -> Reply {
    let Locale::English = locale;
    sentence(format!("Nobody on the account is called {}.", quoted(typed)))
}

/// There is nothing to choose from.
#[must_use]
pub fn nothing_to_choose(locale: Locale, draft: &AccountDraft) -> Reply {
    let Locale::English = locale;
    let text = match draft.procedure {
        Procedure::Renewals => "The account has no licences, so there is no renewal to hear of.",
        Procedure::AddContact
        | Procedure::CreateAccount
        | Procedure::Company
        | Procedure::Contact
        | Procedure::SecurityContacts
        | Procedure::Rights
        | Procedure::Model
        | Procedure::RemoveContact => "There is nothing to choose from, so nothing was changed.",
    };
    let choices = draft.org.map(|org| buttons::account(locale, org)).into_iter().collect();
    Reply { choices, ..sentence(text) }
}

/// It is done: what holds now, and who hears of it.
#[must_use]
pub fn done(
    locale: Locale,
    draft: &AccountDraft,
    names: &Names<'_>,
    concerned: Option<&BTreeSet<Concerned>>,
) -> Reply {
    let Locale::English = locale;
    let (account, org) = (names.account, names.account.organisation.id);
    let who = draft.contact.map(|id| names.contact(locale, id));
    let who = who.or_else(|| names.added.map(|added| added.name.clone())).unwrap_or_default();
    let company = &account.organisation.company.name;
    let text = match draft.procedure {
        Procedure::AddContact => format!("Done: {who} is on the account of {company} now."),
        Procedure::CreateAccount => format!("Done: the account of {company} is there. Its Org ID is {org}."),
        Procedure::Company => format!("Done: what is known about {company} is changed."),
        Procedure::Contact => format!("Done: what is known about {who} is changed."),
        Procedure::RemoveContact => format!("Done: {who} is not on the account any more."),
        Procedure::SecurityContacts => {
            let ids: Vec<ContactId> = account.security_contacts().map(|contact| contact.id).collect();
            match ids.as_slice() {
                [] => "Done: the account has no security contact now.".to_owned(),
                [only] => format!("Done: the security contact is {} now.", names.contact(locale, *only)),
                several => format!(
                    "Done: the security contacts are {} now.",
                    names.contacts(locale, several.iter().copied())
                ),
            }
        }
        Procedure::Rights => format!("Done: what {who} may do is changed."),
        Procedure::Model => format!(
            "Done: the account has the {} model now.",
            super::words::model_name(locale, account.organisation.model)
        ),
        Procedure::Renewals => format!("Done: {who} is the contact for the renewal now."),
    };
    let mails = concerned.map(|concerned| names.mails(locale, concerned));
    let mut reply =
        private(vec![paragraph([Some(text), mails].into_iter().flatten().collect::<Vec<_>>().join(" "))]);
    reply.choices = next(locale, org, draft.procedure);
    reply
}

/// What else makes sense.
fn next(locale: Locale, org: OrgId, procedure: Procedure) -> Vec<crate::chat::Choice> {
    let begin = |procedure| buttons::begin(locale, org, procedure);
    let (contacts, account) = (buttons::contacts(locale, org, 0), buttons::account(locale, org));
    match procedure {
        Procedure::AddContact => vec![begin(Procedure::AddContact), begin(Procedure::Rights), contacts],
        Procedure::CreateAccount => vec![begin(Procedure::AddContact), begin(Procedure::Model), account],
        Procedure::Company | Procedure::Renewals => vec![account, buttons::log(locale, org, None)],
        Procedure::Contact | Procedure::SecurityContacts | Procedure::RemoveContact => {
            vec![contacts, buttons::log(locale, org, None)]
        }
        Procedure::Rights => vec![contacts, begin(Procedure::Rights)],
        Procedure::Model => vec![begin(Procedure::Rights), contacts, account],
    }
}

/// An account was created.
#[must_use]
pub fn founded(locale: Locale, draft: &AccountDraft, account: &Account) -> Reply {
    let Locale::English = locale;
    done(locale, draft, &Names::of(account, &[]), None).and(sentence(
        "You are its administrator. It has the Open model: every contact who joins has unrestricted access.",
    ))
}

/// Others changed the same meanwhile.
#[must_use]
pub fn overtaken(locale: Locale, names: &Names<'_>, meanwhile: &[&AuditEntry]) -> Reply {
    let Locale::English = locale;
    let mut blocks = vec![paragraph("Nothing was changed yet, because somebody changed the same meanwhile:")];
    for entry in meanwhile {
        blocks.push(ReplyBlock::Paragraph(shown::head(locale, names, entry)));
        blocks.push(bullets(names.lines(locale, &entry.differences)));
    }
    blocks.push(paragraph("What you said is kept. Look at it against what holds now:"));
    private(blocks)
}

/// The request is on its way.
#[must_use]
pub fn sent(locale: Locale, request: &Request, administrators: usize) -> Reply {
    let Locale::English = locale;
    let who = match administrators {
        1 => "The administrator of the account gets a mail".to_owned(),
        count => format!("The {count} administrators of the account get a mail"),
    };
    let choices =
        vec![buttons::requests(locale, request.org, 0, 1), buttons::contacts(locale, request.org, 0)];
    Reply {
        choices,
        ..sentence(format!(
            "Request {} is sent. {who}, and you get one when somebody has decided. Nothing is changed until then.",
            request.id
        ))
    }
}

/// So many requests wait that no other one is taken.
#[must_use]
pub fn too_many_requests(locale: Locale, flow: &Flow, most: usize, own: bool) -> Reply {
    let Locale::English = locale;
    let text = if own {
        format!(
            "{most} of your requests wait already. When one of them is decided, say \"continue\", and this one goes out."
        )
    } else {
        format!(
            "{most} requests of this account wait already. Say \"continue\" when one of them is decided, and this one goes out."
        )
    };
    Reply { choices: vec![go_on(flow, "Try again")], ..sentence(text) }
}

/// Nobody has to be asked.
#[must_use]
pub fn you_may(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("Nobody has to be asked any more: you have the right to do it yourself now.")
}

/// A request was approved, and the change made.
#[must_use]
pub fn approved(
    locale: Locale,
    names: &Names<'_>,
    request: &Request,
    entry: Option<(&AuditEntry, &BTreeSet<Concerned>)>,
) -> Reply {
    let Locale::English = locale;
    let asker = names.contact(locale, request.by);
    let mut reply = private(vec![paragraph(format!(
        "Request {} is approved, and it is done. {asker} gets a mail about it.",
        request.id
    ))]);
    if let Some((entry, concerned)) = entry {
        reply.blocks.push(bullets(names.lines(locale, &entry.differences)));
        let others: BTreeSet<Concerned> =
            concerned.iter().filter(|one| one.contact != request.by).cloned().collect();
        if !others.is_empty() {
            reply.blocks.push(paragraph(names.mails(locale, &others)));
        }
    }
    reply.choices = vec![buttons::contacts(locale, request.org, 0), buttons::log(locale, request.org, None)];
    reply
}

/// A request was refused.
#[must_use]
pub fn refused_request(locale: Locale, names: &Names<'_>, request: &Request) -> Reply {
    let Locale::English = locale;
    let asker = names.contact(locale, request.by);
    let choices = vec![buttons::contacts(locale, request.org, 0)];
    Reply {
        choices,
        ..sentence(format!(
            "Request {} is refused, and nothing was changed. {asker} gets a mail about it.",
            request.id
        ))
    }
}

/// Somebody decided about a request before.
#[must_use]
pub fn decided(locale: Locale, names: &Names<'_>, request: &Request, me: ContactId) -> Reply {
    let Locale::English = locale;
    let Some(verdict) = &request.verdict else { return not_yours(locale) };
    let who = if verdict.by == me { "You".to_owned() } else { names.contact(locale, verdict.by) };
    let what = match &verdict.ruling {
        Ruling::Approved => "approved".to_owned(),
        Ruling::Refused { reason: None } => "refused".to_owned(),
        Ruling::Refused { reason: Some(reason) } => format!("refused ({})", quoted(reason)),
    };
    let mut spans = plain(format!("{who} {what} request {} already, ", request.id));
    spans.push(Span::Time { at: verdict.at, style: TimeStyle::Moment });
    spans.push(Span::Plain(format!(
        ": {} asked to {}.",
        names.contact(locale, request.by),
        wish(locale, request.kind)
    )));
    let choices = vec![buttons::contacts(locale, request.org, 0), buttons::log(locale, request.org, None)];
    Reply { choices, ..private(vec![ReplyBlock::Paragraph(spans)]) }
}

/// A request can't be approved as it is.
#[must_use]
pub fn not_decided(locale: Locale, names: &Names<'_>, request: Option<&Request>, refusal: &Refusal) -> Reply {
    let Locale::English = locale;
    let org = names.account.organisation.id;
    let why = refused::refused(locale, refusal, Some(names));
    let Some(request) = request else { return sentence(why) };
    let choices = vec![buttons::refuse(locale, org, request.id, true), buttons::contacts(locale, org, 0)];
    Reply { choices, ..sentence(format!("Request {} can't be approved as it is. {why}", request.id)) }
}

/// A request can't be approved, because what whoever asked had seen is different by now.
#[must_use]
pub fn request_overtaken(
    locale: Locale,
    names: &Names<'_>,
    request: Option<&Request>,
    meanwhile: &[&AuditEntry],
) -> Reply {
    let Locale::English = locale;
    let mut blocks = vec![paragraph(
        "That can't be approved any more: somebody changed the same since it was asked for. Refuse it, and whoever asked can ask anew.",
    )];
    for entry in meanwhile {
        blocks.push(ReplyBlock::Paragraph(shown::head(locale, names, entry)));
        blocks.push(bullets(names.lines(locale, &entry.differences)));
    }
    let org = names.account.organisation.id;
    let refuse = request.map(|request| buttons::refuse(locale, org, request.id, true));
    let choices = refuse.into_iter().chain([buttons::contacts(locale, org, 0)]).collect();
    Reply { choices, ..private(blocks) }
}

/// It can't be done as it is: why, and where that is another procedure's matter, a way there.
#[must_use]
pub fn not_possible(
    locale: Locale,
    refusal: &Refusal,
    names: Option<&Names<'_>>,
    org: Option<OrgId>,
) -> Reply {
    let way = match refusal {
        Refusal::NeedsSecureModel => Some(Procedure::Model),
        Refusal::LastAdministrators { .. } => Some(Procedure::Rights),
        Refusal::LastContact => Some(Procedure::AddContact),
        Refusal::Full { .. } => Some(Procedure::RemoveContact),
        Refusal::Form(_)
        | Refusal::NotAllowed { .. }
        | Refusal::UnknownContact(_)
        | Refusal::NotActive(_)
        | Refusal::Joined(_)
        | Refusal::PersonTaken(_)
        | Refusal::MailTaken(_)
        | Refusal::UsernameTaken
        | Refusal::TooManySecurityContacts { .. }
        | Refusal::NeedsTwoAdministrators { .. }
        | Refusal::UnknownToolboxes(_)
        | Refusal::UnknownLicences(_)
        | Refusal::NoLicences
        | Refusal::NothingChanges => None,
    };
    let choices = org.zip(way).map(|(org, way)| buttons::begin(locale, org, way)).into_iter().collect();
    Reply { choices, ..sentence(refused::refused(locale, refusal, names)) }
}

/// It was given up.
#[must_use]
pub fn cancelled(locale: Locale, org: Option<OrgId>) -> Reply {
    let Locale::English = locale;
    let choices = org.map(|org| buttons::contacts(locale, org, 0)).into_iter().collect();
    Reply { choices, ..sentence("Nothing was changed.") }
}

/// A button of something that is over: how it ended.
#[must_use]
pub fn over(locale: Locale, outcome: &Outcome) -> Option<Reply> {
    let Locale::English = locale;
    let (text, org) = match outcome {
        Outcome::Account(org) => ("That is done.".to_owned(), *org),
        Outcome::Request(org, request) => (format!("That is done: it was about request {request}."), *org),
        Outcome::Case(_)
        | Outcome::Solved(_)
        | Outcome::Address(_)
        | Outcome::Linked
        | Outcome::Reset
        | Outcome::Walked { .. } => return None,
    };
    let choices = vec![buttons::contacts(locale, org, 0), buttons::account(locale, org)];
    Some(Reply { choices, ..sentence(text) })
}
