//! Accounts as they are shown: the contacts, the account, its log, and the requests that wait.

use chrono::{DateTime, Utc};

use crate::chat::{Choice, Reply, ReplyBlock};
use crate::domain::account::{
    AccessModel, Account, AuditEntry, Contact, ContactId, Difference, Field, Procedure, Request, Toolbox,
};
use crate::domain::{Block, Span, TimeStyle};
use crate::replies::Locale;
use crate::replies::words::{listed, paragraph, plain, private, quoted, sentence};

use super::buttons;
use super::words::{Names, bullets, capital, company_field, model_name, standing, wish};

/// How much of a list of contacts is shown at once.
const PAGE: usize = 15;
/// How many requests are shown at once: each has two buttons.
const REQUESTS: usize = 4;

/// The contacts of an account, those after so many; with what can be done with them.
#[must_use]
pub fn contacts(
    locale: Locale,
    account: &Account,
    toolboxes: &[Toolbox],
    me: ContactId,
    words: Option<&str>,
    (skip, waiting): (usize, usize),
) -> Reply {
    let Locale::English = locale;
    let org = account.organisation.id;
    let company = &account.organisation.company.name;
    let mut present: Vec<&Contact> =
        account.contacts.values().filter(|contact| contact.is_present()).collect();
    present.sort_by_cached_key(|contact| contact.name.to_lowercase());
    let all = present.len();
    if let Some(words) = words.map(str::to_lowercase) {
        present.retain(|contact| {
            contact.name.to_lowercase().contains(&words)
                || contact.mail.as_str().to_lowercase().contains(&words)
        });
    }
    let count = |count: usize| if count == 1 { "1 contact".to_owned() } else { format!("{count} contacts") };
    let head = match words {
        Some(words) if present.is_empty() => {
            format!("None of the {} of {company} has {} in name or address.", count(all), quoted(words))
        }
        Some(words) => {
            format!("{} of {company} with {} in name or address:", count(present.len()), quoted(words))
        }
        None if all > PAGE => {
            let to = (skip + PAGE).min(all);
            format!("{company} (Org ID {org}) has {}. These are {} to {to}:", count(all), (skip + 1).min(to))
        }
        None => format!("{company} (Org ID {org}) has {}:", count(all)),
    };
    let names = Names::of(account, toolboxes);
    let lines: Vec<String> =
        present.iter().skip(skip).take(PAGE).map(|contact| line(locale, contact, &names, me)).collect();
    let mut blocks = vec![paragraph(head)];
    if !lines.is_empty() {
        blocks.push(bullets(lines));
    }
    if all > PAGE && words.is_none() {
        blocks
            .push(paragraph("To find somebody, put a part of their name after the command: /contacts ada."));
    }
    let mut reply = private(blocks);
    if words.is_some() {
        reply.choices.push(buttons::contacts(locale, org, 0));
    } else if skip + PAGE < all {
        reply.choices.push(buttons::contacts(locale, org, skip + PAGE));
    }
    let is_administrator = account.administrators().any(|contact| contact.id == me);
    if is_administrator && waiting > 0 {
        let waits =
            if waiting == 1 { "1 request waits".to_owned() } else { format!("{waiting} requests wait") };
        reply.blocks.push(paragraph(format!("{waits} for an administrator.")));
        reply.choices.insert(0, buttons::requests(locale, org, 0, waiting));
    }
    let offered = [
        Procedure::AddContact,
        Procedure::Contact,
        Procedure::RemoveContact,
        Procedure::SecurityContacts,
        Procedure::Rights,
    ];
    reply.choices.extend(offered.map(|procedure| buttons::begin(locale, org, procedure)));
    reply.choices.push(buttons::account(locale, org));
    reply
}

fn line(locale: Locale, contact: &Contact, names: &Names<'_>, me: ContactId) -> String {
    let Locale::English = locale;
    let mut parts = vec![standing(locale, contact.standing.kind()).to_owned()];
    if contact.administrator {
        parts.push("administrator".to_owned());
    } else if names.account.organisation.model == AccessModel::Secure && contact.is_active() {
        parts.push(if contact.toolboxes.is_empty() {
            "restricted: no toolbox".to_owned()
        } else {
            format!("restricted to {}", names.toolboxes(locale, &contact.toolboxes))
        });
    }
    if contact.security {
        parts.push("security contact".to_owned());
    }
    let you = if contact.id == me { " (you)" } else { "" };
    format!("{}{you} · {} · {}", contact.name, contact.mail, parts.join(", "))
}

/// All that is known of an account but its people.
#[must_use]
pub fn account(locale: Locale, account: &Account, me: ContactId, waiting: usize) -> Reply {
    let Locale::English = locale;
    let organisation = &account.organisation;
    let kind = if organisation.kind.is_partner() { "partner" } else { "customer" };
    let head = vec![
        Span::Strong(organisation.company.name.clone()),
        Span::Plain(format!(" · Org ID {} · {kind}", organisation.id)),
    ];
    let field = |field: &Field| {
        let value = organisation.field(*field)?;
        Some(format!("{}: {value}", capital(company_field(*field)?)))
    };
    let fields = Field::of_company(&organisation.kind).iter().filter(|field| **field != Field::CompanyName);
    let mut lines: Vec<String> = fields.filter_map(field).collect();
    let names = |all: Vec<&Contact>| -> String {
        let all: Vec<String> = all.into_iter().map(|contact| contact.name.clone()).collect();
        if all.is_empty() { "none".to_owned() } else { listed(locale, &all) }
    };
    let model = match organisation.model {
        AccessModel::Open => "every active contact has unrestricted access",
        AccessModel::Secure => "only administrators have unrestricted access",
    };
    lines.push(format!("Access model: {}, {model}", model_name(locale, organisation.model)));
    lines.push(format!("Administrators: {}", names(account.administrators().collect())));
    lines.push(format!("Security contacts: {}", names(account.security_contacts().collect())));
    lines.extend(account.licences.values().map(|licence| {
        let contact = licence.renewal.and_then(|id| account.contacts.get(&id));
        let contact = contact.map_or_else(
            || "no renewal contact".to_owned(),
            |contact| format!("renewal contact {}", contact.name),
        );
        let day = licence.renews.map(|day| format!(", renews on {}", day.format("%-d %B %Y")));
        let (id, name) = (&licence.id, &licence.name);
        format!("Licence {id}: {name}{}, {contact}", day.unwrap_or_default())
    }));
    let mut reply = private(vec![ReplyBlock::Paragraph(head), bullets(lines)]);
    let org = organisation.id;
    if waiting > 0 && account.administrators().any(|contact| contact.id == me) {
        reply.choices.push(buttons::requests(locale, org, 0, waiting));
    }
    let offered = [Procedure::Company, Procedure::Model, Procedure::Rights];
    reply.choices.extend(offered.map(|procedure| buttons::begin(locale, org, procedure)));
    if !account.licences.is_empty() {
        reply.choices.push(buttons::begin(locale, org, Procedure::Renewals));
    }
    reply.choices.extend([buttons::contacts(locale, org, 0), buttons::log(locale, org, None)]);
    reply
}

/// An entry of the log with its number.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The number.
    pub number: u64,
    /// The entry.
    pub entry: &'a AuditEntry,
}

/// Who changed what and when, the newest first.
#[must_use]
pub fn log(locale: Locale, names: &Names<'_>, entries: &[Entry<'_>], has_more: bool) -> Reply {
    let Locale::English = locale;
    let org = names.account.organisation.id;
    let company = &names.account.organisation.company.name;
    if entries.is_empty() {
        let choices = vec![buttons::account(locale, org)];
        return Reply { choices, ..sentence(format!("The log of {company} has no older entries.")) };
    }
    let mut blocks = vec![paragraph(format!("The log of {company}, the newest first:"))];
    for Entry { entry, .. } in entries {
        blocks.push(ReplyBlock::Paragraph(head(locale, names, entry)));
        blocks.push(bullets(names.lines(locale, &entry.differences)));
    }
    let last = entries.last().map(|entry| entry.number);
    let mut choices: Vec<Choice> =
        last.filter(|_| has_more).map(|last| buttons::log(locale, org, Some(last))).into_iter().collect();
    choices.extend([buttons::account(locale, org), buttons::contacts(locale, org, 0)]);
    Reply { choices, ..private(blocks) }
}

/// Who did what, and when.
pub(super) fn head(locale: Locale, names: &Names<'_>, entry: &AuditEntry) -> Vec<Span> {
    let Locale::English = locale;
    let who = names.by(locale, entry.by);
    let asked = entry.asked_by.map(|by| format!(", asked by {}", names.contact(locale, by)));
    let mut spans = vec![Span::Time { at: entry.at, style: TimeStyle::Moment }];
    spans.push(Span::Plain(format!(" · {who}{} · {}", asked.unwrap_or_default(), wish(locale, entry.kind))));
    spans
}

/// A request that waits, with what it comes to now.
#[derive(Debug, Clone)]
pub struct Waiting<'a> {
    /// It.
    pub request: &'a Request,
    /// What would be different; or, in words, why it can't be made as it is.
    pub comes_to: Result<Vec<Difference>, String>,
    /// The contact that it would put on the account.
    pub added: Option<Contact>,
}

/// The requests that wait, those after so many; whoever is no administrator sees their own.
#[must_use]
pub fn requests(
    locale: Locale,
    names: &Names<'_>,
    all: &[Waiting<'_>],
    skip: usize,
    is_administrator: bool,
) -> Reply {
    let Locale::English = locale;
    let org = names.account.organisation.id;
    if all.is_empty() {
        let text = if is_administrator {
            "No request waits for an administrator."
        } else {
            "None of your requests waits. Those of others are for the administrators to see."
        };
        return Reply { choices: vec![buttons::contacts(locale, org, 0)], ..sentence(text) };
    }
    let count =
        if all.len() == 1 { "1 request waits".to_owned() } else { format!("{} requests wait", all.len()) };
    let mut blocks = vec![paragraph(format!(
        "{count} for an administrator of {}:",
        names.account.organisation.company.name
    ))];
    let mut choices = Vec::new();
    for Waiting { request, comes_to, added } in all.iter().skip(skip).take(REQUESTS) {
        let names = Names { added: added.as_ref(), ..*names };
        blocks.push(ReplyBlock::Paragraph(asks(locale, &names, request)));
        match comes_to {
            Ok(differences) => blocks.push(bullets(names.lines(locale, differences))),
            Err(why) => blocks.push(ReplyBlock::Text(vec![Block::Quote(vec![Block::Paragraph(plain(
                format!("As it is, it can't be done: {why}"),
            ))])])),
        }
        if is_administrator {
            let is_alone = all.len() == 1;
            choices.extend([
                buttons::approve(locale, org, request.id, is_alone),
                buttons::refuse(locale, org, request.id, is_alone),
            ]);
        }
    }
    if skip + REQUESTS < all.len() {
        choices.push(buttons::requests(locale, org, skip + REQUESTS, all.len()));
    }
    choices.push(buttons::contacts(locale, org, 0));
    Reply { choices, ..private(blocks) }
}

/// Who asks for what, and since when.
fn asks(locale: Locale, names: &Names<'_>, request: &Request) -> Vec<Span> {
    let Locale::English = locale;
    let at: DateTime<Utc> = request.at;
    vec![
        Span::Strong(format!("Request {}", request.id)),
        Span::Plain(format!(
            " · {} asks to {} · ",
            names.contact(locale, request.by),
            wish(locale, request.kind)
        )),
        Span::Time { at, style: TimeStyle::Moment },
    ]
}
