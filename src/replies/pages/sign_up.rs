//! Pages for making an account: the address first, all else behind the link that is sent there.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::account::form::{Fault, Typed, Wrong};
use crate::domain::account::{Field as Asked, OrgId, OrgKind};
use crate::domain::case::CaseNumber;
use crate::domain::password::Unmet;
use crate::domain::{MailAddress, Reference, Span, TimeStyle};
use crate::replies::Locale;
use crate::replies::words::{case_span, plain};

use super::{Field, FieldKind, Form, Page, SIGN_IN, SIGN_UP, password};

/// The path of the page behind the link.
pub const FINISH: &str = "/sign-up/finish";
/// The path that opens a case about a sign-up that failed.
pub const CASE: &str = "/sign-up/case";
/// The field that says that it is to be a partner's account.
pub const PARTNER: &str = "partner";

/// Asks for the address.
#[must_use]
pub fn sign_up(locale: Locale, typed: &str, faults: Vec<String>) -> Page {
    let Locale::English = locale;
    let mail = Field::new("mail", "E-mail address", FieldKind::Mail, 254).with(typed).wrong(faults);
    Page::of("Create an account", "We send a link to your address first, so that nobody else uses it. The account gets an Org ID of its own, and you are its administrator.")
        .says("Is your company here already? Then ask an administrator of its account to add you as a contact.")
        .form(Form::new(SIGN_UP, "Continue", vec![mail]))
        .link(SIGN_IN, "Sign in")
}

/// The same answer for every address.
#[must_use]
pub fn on_its_way(locale: Locale, until: DateTime<Utc>) -> Page {
    let Locale::English = locale;
    let mut spans = plain("A mail is on its way to that address. Its link works once, until ");
    spans.push(Span::Time { at: until, style: TimeStyle::Moment });
    spans.extend(plain("."));
    let page = Page { title: "Look into your mailbox".to_owned(), ..Page::default() };
    Page { paragraphs: vec![spans], ..page }.link(SIGN_UP, "Send it again, or to another address")
}

/// What was typed into the form behind the link, with what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Typing {
    /// By the fields' keys.
    pub typed: Typed,
    /// Whether it is a partner's account.
    pub partner: bool,
    /// The username.
    pub username: String,
    /// What is wrong with it.
    pub username_faults: Vec<String>,
    /// What is wrong with the other fields.
    pub faults: Vec<Fault>,
    /// What the password does not meet.
    pub unmet: BTreeSet<Unmet>,
}

/// Asks for everything else.
#[must_use]
pub fn finish(locale: Locale, address: &str, typing: &Typing) -> Page {
    let Locale::English = locale;
    let own = [Asked::Name, Asked::Phone];
    let mut fields: Vec<Field> = own.iter().map(|field| of_profile(locale, *field, typing)).collect();
    let kind = OrgKind::Partner { partner_id: None };
    let company = Asked::of_company(if typing.partner { &kind } else { &OrgKind::Customer });
    fields.extend(company.iter().map(|field| of_profile(locale, *field, typing)));
    fields.push(password::username(locale, &typing.username, typing.username_faults.clone()));
    fields.push(password::new_password(locale, &typing.unmet));
    let page = Page::of(
        "Complete your profile",
        &format!("{address} is yours. Fields with an asterisk (*) must be filled in."),
    );
    if typing.partner {
        fields.push(Field::new(PARTNER, "", FieldKind::Hidden, 10).with("yes"));
        let form = Form::new(FINISH, "Create the account", fields);
        return page.form(form).link(FINISH, "Create a customer account instead");
    }
    page.form(Form::new(FINISH, "Create the account", fields))
        .link(&format!("{FINISH}?{PARTNER}"), "Create a partner account instead")
}

fn of_profile(locale: Locale, field: Asked, typing: &Typing) -> Field {
    let kind = match field {
        Asked::Name => FieldKind::Name,
        Asked::Mail => FieldKind::Mail,
        Asked::Phone | Asked::CompanyPhone => FieldKind::Telephone,
        Asked::CompanyName
        | Asked::Street
        | Asked::City
        | Asked::Postcode
        | Asked::Country
        | Asked::Website
        | Asked::PartnerId => FieldKind::Text,
    };
    let faults = typing.faults.iter().filter(|fault| fault.field == field);
    let faults = faults.map(|fault| wrong(locale, fault.why)).collect();
    let typed = typing.typed.get(field.key()).map(String::as_str).unwrap_or_default();
    let asked = Field::new(field.key(), label(locale, field), kind, field.most()).with(typed).wrong(faults);
    if field.is_required() { asked } else { asked.optional() }
}

fn label(locale: Locale, field: Asked) -> &'static str {
    let Locale::English = locale;
    match field {
        Asked::Name => "Your name",
        Asked::Mail => "Your e-mail address",
        Asked::Phone => "Your telephone number",
        Asked::CompanyName => "Company",
        Asked::Street => "Street and number",
        Asked::City => "City",
        Asked::Postcode => "Postcode",
        Asked::Country => "Country",
        Asked::CompanyPhone => "Telephone number of the company",
        Asked::Website => "Website",
        Asked::PartnerId => "Partner number",
    }
}

fn wrong(locale: Locale, why: Wrong) -> String {
    let Locale::English = locale;
    match why {
        Wrong::Missing => "This must be filled in.".to_owned(),
        Wrong::TooLong { most } => format!("At most {most} characters are possible."),
        Wrong::NoMailAddress => password::no_address(locale),
        Wrong::NoPhoneNumber => "That is no telephone number. They look like +41 44 668 18 00.".to_owned(),
        Wrong::NoWebAddress => {
            "That is no address of a website. They look like https://example.org.".to_owned()
        }
        Wrong::NoPartnerId => "A partner number has letters, digits and hyphens.".to_owned(),
    }
}

/// The account is there.
#[must_use]
pub fn done(locale: Locale, org: OrgId, company: &str) -> Page {
    let Locale::English = locale;
    Page::of(
        "Your account is there",
        &format!("{company} has the Org ID {org}. You are its administrator, and every contact that you add has unrestricted access until you choose otherwise."),
    )
    .link(SIGN_IN, "Sign in")
}

/// It failed, and not by what was typed: support can help, without a sign-in.
#[must_use]
pub fn failed(locale: Locale, reference: Reference, address: &str) -> Page {
    let Locale::English = locale;
    let text = format!(
        "Something on our side failed (id {reference}). No account was made. Try again in a minute; if it fails again, Technical Support looks into it."
    );
    let page = Page { alert: true, ..Page::of("Signing up did not work", &text) };
    page.form(about_case(locale, &reference.to_string(), address, Vec::new())).link(SIGN_UP, "Try again")
}

/// The form of such a case once more, with what is wrong with the address.
#[must_use]
pub fn ask_for_case(locale: Locale, reference: &str, address: &str, faults: Vec<String>) -> Page {
    let Locale::English = locale;
    Page { title: "Open a case about signing up".to_owned(), ..Page::default() }
        .form(about_case(locale, reference, address, faults))
        .link(SIGN_UP, "Try again to sign up")
}

fn about_case(locale: Locale, reference: &str, address: &str, faults: Vec<String>) -> Form {
    let Locale::English = locale;
    let fields = vec![
        Field::new("reference", "Error id", FieldKind::Hidden, 20).with(reference),
        Field::new("mail", "E-mail address for the answer", FieldKind::Mail, 254).with(address).wrong(faults),
        Field::new("text", "What did you see?", FieldKind::Text, 1_000).optional(),
    ];
    Form::new(CASE, "Open a case", fields)
}

/// What staff read in it. All that came from outside is cut to a line.
#[must_use]
pub fn case_text(locale: Locale, reference: &str, address: &MailAddress, typed: &str) -> String {
    let Locale::English = locale;
    let line =
        |text: &str, most: usize| -> String { text.chars().filter(|c| !c.is_control()).take(most).collect() };
    let mut text = format!(
        "Signing up failed\n\nThe error id is {}. They want the answer at {address}; nobody proved that this address is theirs.",
        line(reference, 20)
    );
    let typed = line(typed, 1_000);
    if !typed.trim().is_empty() {
        text = format!("{text}\n\nThey wrote: {}", typed.trim());
    }
    text
}

/// The link to finish a sign-up does not work.
#[must_use]
pub fn dead(locale: Locale, why: password::DeadLink) -> Page {
    let Locale::English = locale;
    let page = password::dead(locale, why);
    Page { links: Vec::new(), ..page }.link(SIGN_UP, "Send me a new link").link(SIGN_IN, "Sign in")
}

/// There is an account with this address meanwhile.
#[must_use]
pub fn has_account(locale: Locale) -> Page {
    let Locale::English = locale;
    let text = "Somebody with this address has an account already. Sign in, or choose a new password if you forgot yours. No other account was made.";
    Page { alert: true, ..Page::of("You have an account", text) }
        .link(SIGN_IN, "Sign in")
        .link(super::FORGOTTEN, "Forgot your username or password?")
}

/// The case about it is open.
#[must_use]
pub fn case_opened(locale: Locale, case: CaseNumber) -> Page {
    let Locale::English = locale;
    let mut page = Page { title: "Your case is open".to_owned(), ..Page::default() };
    let mut spans = vec![case_span(case)];
    spans.extend(plain(
        " is with Technical Support, with the error id. They write to the address that you gave.",
    ));
    page.paragraphs.push(spans);
    page.link(SIGN_UP, "Try again to sign up")
}
