//! What the steps of a change of an account ask.

use crate::chat::choice::FlowVerb;
use crate::chat::flow::account::{AccountDraft, Asks, Item, PAGE, Right};
use crate::chat::flow::{Flow, Way};
use crate::chat::{Choice, ChoiceId, Field as FormField, FieldKind, Form, ReplyBlock, Verb};
use crate::domain::account::{AccessModel, Field, MOST_SECURITY_CONTACTS, OrgKind, Procedure};
use crate::replies::Locale;
use crate::replies::case_buttons::{back, cancel};
use crate::replies::words::{listed, paragraph, quoted};

use super::words::{Names, bullets, label};
use super::{buttons, refused};

/// What the present step asks.
pub fn question(locale: Locale, flow: &Flow, draft: &AccountDraft) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    match draft.asks() {
        Asks::Request => vec![paragraph(may_be_requested(locale, draft))],
        Asks::Kind => vec![paragraph(
            "A new account gets an Org ID of its own, and you become its administrator. Is the company a customer or a partner?",
        )],
        Asks::Right => vec![paragraph(format!("What shall {} be?", about(locale, draft)))],
        Asks::Model => vec![paragraph(which_model(locale, draft))],
        Asks::Contact | Asks::Contacts | Asks::Toolboxes | Asks::Licences => list(locale, draft),
        Asks::Form(fields) => vec![paragraph(field_question(locale, draft, &fields))],
        Asks::Confirm(_) => confirm(locale, flow, draft),
    }
}

fn may_be_requested(locale: Locale, draft: &AccountDraft) -> String {
    let Locale::English = locale;
    let account = draft.sight.account.as_deref();
    let names = account.map(|account| Names::of(account, &draft.sight.toolboxes));
    let why = draft.lacks_right().map(|refusal| refused::refused(locale, &refusal, names.as_ref()));
    format!(
        "{} You can fill in the same form, and I send it to the administrators; they approve or refuse it.",
        why.unwrap_or_default()
    )
}

/// Whom it is about.
fn about(locale: Locale, draft: &AccountDraft) -> String {
    let Locale::English = locale;
    let contact = draft.contact.and_then(|id| draft.sight.contact(id));
    contact.map_or_else(|| "the contact".to_owned(), |contact| contact.name.clone())
}

fn which_model(locale: Locale, draft: &AccountDraft) -> String {
    let Locale::English = locale;
    let now = draft.sight.account.as_ref().map(|account| account.organisation.model);
    let now = match now {
        Some(AccessModel::Open) => {
            "The account has the Open model: every active contact has unrestricted access."
        }
        Some(AccessModel::Secure) | None => {
            "The account has the Secure model: only administrators have unrestricted access."
        }
    };
    format!(
        "{now} Open needs nothing else; for Secure you choose at least two administrators. Which shall it be?"
    )
}

fn list(locale: Locale, draft: &AccountDraft) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    let asks = draft.asks();
    let mut text = match (&asks, draft.procedure) {
        (Asks::Contact, Procedure::Contact) => "Which contact shall be changed?".to_owned(),
        (Asks::Contact, Procedure::RemoveContact) => "Who shall be taken off the account?".to_owned(),
        (Asks::Contact, Procedure::Renewals) => "Who shall hear of the renewal?".to_owned(),
        (Asks::Contact, _) => "Whom is it about?".to_owned(),
        (Asks::Contacts, Procedure::Model) => {
            "Who shall be the administrators? At least two; all others begin with no toolbox.".to_owned()
        }
        (Asks::Contacts, _) => {
            format!("Who shall be the security contacts? At most {MOST_SECURITY_CONTACTS}.")
        }
        (Asks::Toolboxes, _) => format!("Which toolboxes shall {} have?", about(locale, draft)),
        (Asks::Licences, _) => "For which licences? You can choose several.".to_owned(),
        (Asks::Request | Asks::Kind | Asks::Right | Asks::Model | Asks::Form(_) | Asks::Confirm(_), _) => {
            String::new()
        }
    };
    if asks != Asks::Contact {
        let (chosen, items) = (draft.selected(), draft.items());
        let names: Vec<String> = items
            .iter()
            .filter(|item| chosen.contains(item.key()))
            .map(|item| label_of(item, &items, &asks))
            .collect();
        let chosen = if names.is_empty() { "none".to_owned() } else { listed(locale, &names) };
        text = format!("{text} Chosen: {chosen}.");
    }
    let (all, listed) = (draft.items().len(), draft.listed().len());
    if let Some(filter) = &draft.filter {
        text = format!("{text} {listed} of {all} begin with {}.", quoted(filter));
    } else if all > PAGE {
        text = format!("{text} There are {all}; type a part of a name to see fewer.");
    }
    vec![paragraph(text)]
}

/// What stands on the button of one of a list: more than its name where another has the same.
fn label_of(item: &Item, all: &[Item], asks: &Asks) -> String {
    let is_double = all.iter().filter(|other| other.name == item.name).count() > 1;
    match asks {
        Asks::Licences => format!("{} · {}", item.about, item.name),
        Asks::Contact
        | Asks::Contacts
        | Asks::Toolboxes
        | Asks::Request
        | Asks::Kind
        | Asks::Right
        | Asks::Model
        | Asks::Form(_)
        | Asks::Confirm(_) => {
            if is_double {
                format!("{} · {}", item.name, item.about)
            } else {
                item.name.clone()
            }
        }
    }
}

fn field_question(locale: Locale, draft: &AccountDraft, fields: &[Field]) -> String {
    let Locale::English = locale;
    let Some(field) = fields.first().copied() else { return String::new() };
    let own = draft.procedure == Procedure::CreateAccount;
    let asked = match field {
        Field::Name if own => "What is your own name, as others on the account shall read it?".to_owned(),
        Field::Phone if own => "What is your own telephone number?".to_owned(),
        Field::Name => "What is their name?".to_owned(),
        Field::Mail => "What is their e-mail address?".to_owned(),
        Field::Phone => "What is their telephone number?".to_owned(),
        Field::CompanyName => "What is the company called?".to_owned(),
        Field::Street => "In which street is it, at which number?".to_owned(),
        Field::City => "In which city?".to_owned(),
        Field::Postcode => "Which postcode has it?".to_owned(),
        Field::Country => "In which country?".to_owned(),
        Field::CompanyPhone => "What is its telephone number?".to_owned(),
        Field::Website => "What is its website?".to_owned(),
        Field::PartnerId => "What is its partner number?".to_owned(),
    };
    let text = draft.text_of(field);
    let now = if text.is_empty() { String::new() } else { format!(" It says {} now.", quoted(&text)) };
    let optional = if field.is_required() { "" } else { " It may stay empty." };
    format!("{asked}{now}{optional}")
}

fn confirm(locale: Locale, flow: &Flow, draft: &AccountDraft) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    let Some(Ok(decision)) = draft.decision(flow.begun) else { return Vec::new() };
    let founded;
    let account = match draft.sight.account.as_deref() {
        Some(account) => account,
        None => match &decision.organisation {
            Some(organisation) => {
                founded = crate::domain::account::Account::new(organisation.clone(), [], []);
                &founded
            }
            None => return Vec::new(),
        },
    };
    let names = Names { account, added: decision.added.as_ref(), toolboxes: &draft.sight.toolboxes };
    let lines = names.lines(locale, &decision.entry.differences);
    let company = &account.organisation.company.name;
    let what = match (draft.as_request, draft.procedure) {
        (true, _) => format!("This is what the administrators of {company} are asked for:"),
        (false, Procedure::CreateAccount) => "This is the account to be created:".to_owned(),
        (false, Procedure::AddContact) => format!("This contact comes on the account of {company}:"),
        (false, _) => format!("This changes on the account of {company}:"),
    };
    let mails = if draft.as_request {
        "If one of them approves it, it holds at once.".to_owned()
    } else if draft.procedure == Procedure::CreateAccount {
        "You become its administrator; it has the Open model.".to_owned()
    } else {
        names.mails(locale, &decision.concerned)
    };
    vec![paragraph(what), bullets(lines), paragraph(mails)]
}

/// The buttons of the present step.
pub fn choices(locale: Locale, flow: &Flow, draft: &AccountDraft) -> Vec<Choice> {
    let mut out = Vec::new();
    let is_confirmed = match draft.asks() {
        Asks::Request => {
            out.push(buttons::request(locale, flow));
            let kind = draft.sight.account.as_ref().map(|account| &account.organisation.kind);
            let article = draft.procedure.article(kind.unwrap_or(&OrgKind::Customer));
            out.extend(article.and_then(|article| buttons::guide(locale, article)));
            false
        }
        Asks::Kind => {
            out.extend([Way::Customer, Way::Partner].map(|way| buttons::way(locale, flow, way)));
            false
        }
        Asks::Right => {
            out.extend(rights(draft).into_iter().map(|way| buttons::way(locale, flow, way)));
            false
        }
        Asks::Model => {
            out.extend([Way::Open, Way::Secure].map(|way| buttons::way(locale, flow, way)));
            false
        }
        asks @ (Asks::Contact | Asks::Contacts | Asks::Toolboxes | Asks::Licences) => {
            out.extend(items(locale, flow, draft, &asks));
            false
        }
        Asks::Form(fields) => {
            out.extend(field_choices(locale, flow, draft, &fields));
            false
        }
        Asks::Confirm(_) => {
            out.push(buttons::confirm(locale, flow, draft));
            true
        }
    };
    if flow.can_go_back() {
        out.push(if is_confirmed { buttons::change_something(locale, flow) } else { back(locale, flow) });
    }
    out.push(cancel(locale, flow));
    out
}

/// What a contact can become who is what they are.
fn rights(draft: &AccountDraft) -> Vec<Way> {
    let contact = draft.contact.and_then(|id| draft.sight.contact(id));
    let is_administrator = contact.is_some_and(|contact| contact.administrator);
    let mut ways =
        vec![if is_administrator { Way::NoAdministrator } else { Way::Administrator }, Way::Toolboxes];
    if draft.sight.toolboxes.is_empty() {
        ways.retain(|way| *way != Way::Toolboxes);
    }
    ways
}

fn items(locale: Locale, flow: &Flow, draft: &AccountDraft, asks: &Asks) -> Vec<Choice> {
    let (all, listed, chosen) = (draft.items(), draft.listed(), draft.selected());
    let from = if draft.from < listed.len() { draft.from } else { 0 };
    let is_several = *asks != Asks::Contact;
    let mut out: Vec<Choice> = listed
        .iter()
        .skip(from)
        .take(PAGE)
        .map(|item| {
            let is_chosen = is_several && chosen.contains(item.key());
            buttons::item(flow, item, &label_of(item, &all, asks), is_chosen)
        })
        .collect();
    if is_several {
        out.push(buttons::that_is_all(locale, flow));
    }
    if from + PAGE < listed.len() {
        out.push(buttons::from(locale, flow, from + PAGE));
    } else if from > 0 {
        out.push(buttons::from(locale, flow, 0));
    }
    if draft.filter.is_some() {
        out.push(buttons::all(locale, flow));
    }
    out
}

fn field_choices(locale: Locale, flow: &Flow, draft: &AccountDraft, fields: &[Field]) -> Vec<Choice> {
    let Some(field) = fields.first().copied() else { return Vec::new() };
    let mut out = Vec::new();
    if draft.can_stay(field) {
        out.push(buttons::keep(locale, flow));
    }
    let is_fine =
        |field: &Field| draft.can_stay(*field) || (!field.is_required() && draft.text_of(*field).is_empty());
    let is_complete = fields.iter().all(is_fine);
    if fields.len() > 1 && is_complete {
        out.push(buttons::keep_rest(locale, flow));
    }
    if !field.is_required() {
        out.push(buttons::leave_empty(locale, flow));
    }
    out
}

/// The form of the present step; none where only buttons answer it.
pub fn form(locale: Locale, flow: &Flow, draft: &AccountDraft) -> Option<Form> {
    let Locale::English = locale;
    let Asks::Form(fields) = draft.asks() else { return None };
    let field = |field: Field| FormField {
        name: field.key().to_owned(),
        // As forms mark what must be filled in.
        label: format!("{}{}", label(locale, field), if field.is_required() { " *" } else { "" }),
        kind: FieldKind::Line,
        optional: !field.is_required(),
        most: field.most(),
        value: Some(draft.text_of(field)).filter(|text| !text.is_empty()),
    };
    Some(Form {
        id: ChoiceId::of(&Verb::Flow(flow.id, FlowVerb::Form(flow.step().name().into_owned()))),
        title: title(locale, draft),
        // In the middle of it, what was not taken or is left to do has to be read first.
        at_once: !draft.has_begun(),
        fields: fields.into_iter().map(field).collect(),
    })
}

/// What it is called in a list.
#[must_use]
pub fn title(locale: Locale, draft: &AccountDraft) -> String {
    let Locale::English = locale;
    let what = buttons::procedure(locale, draft.procedure);
    match (draft.right, draft.as_request) {
        (Some(Right::Toolboxes), false) => "Restrict a contact".to_owned(),
        (_, true) => format!("{what} (request)"),
        (_, false) => what.to_owned(),
    }
}
