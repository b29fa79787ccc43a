//! From what somebody typed into a form to what a rule is decided on, with all that is wrong with it at once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::display_name::one_seen_line;
use crate::domain::{MailAddress, NoMailAddress};

use super::{CompanyDetails, ContactDetails, Field, OrgKind, WebAddress};

/// What was typed, by the fields' keys. What no form asks for is not looked at.
pub type Typed = BTreeMap<String, String>;

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub why: Wrong,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wrong {
    /// It must be filled in.
    Missing,
    /// It is too long.
    TooLong {
        /// How many characters it may have.
        most: usize,
    },
    /// It is no e-mail address.
    NoMailAddress,
    /// It is no telephone number.
    NoPhoneNumber,
    /// It is no address of a website.
    NoWebAddress,
    /// It is no partner number: letters, digits and hyphens.
    NoPartnerId,
}

/// All that is wrong with a form, in the order of its fields; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} fields can't be taken", .0.len())]
pub struct Faults(pub Vec<Fault>);

/// What a form about a company holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyForm {
    /// The company.
    pub company: CompanyDetails,
    /// Its number as a partner; only partners are asked for it.
    #[serde(default)]
    pub partner_id: Option<String>,
}

/// What is asked of somebody who creates an organisation: about the company, and about themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Whether it buys or sells.
    #[serde(default)]
    pub kind: OrgKind,
    /// The company.
    pub company: CompanyDetails,
    /// Whoever creates it.
    pub creator: ContactDetails,
}

/// Reads a form about a contact.
pub fn contact(typed: &Typed) -> Result<ContactDetails, Faults> {
    let mut form = Reading::new(typed);
    let details = form.contact();
    form.end(details)
}

/// Reads a form about a company of this kind.
pub fn company(kind: &OrgKind, typed: &Typed) -> Result<CompanyForm, Faults> {
    let mut form = Reading::new(typed);
    let company = form.company(kind);
    form.end(company)
}

/// Reads the form with which an organisation is created. The partner number that was typed takes the place of the one in `kind`.
pub fn profile(kind: &OrgKind, typed: &Typed) -> Result<Profile, Faults> {
    let mut form = Reading::new(typed);
    let (creator, company) = (form.contact(), form.company(kind));
    let profile = creator.zip(company).map(|(creator, CompanyForm { company, partner_id })| Profile {
        kind: match kind {
            OrgKind::Customer => OrgKind::Customer,
            OrgKind::Partner { .. } => OrgKind::Partner { partner_id },
        },
        company,
        creator,
    });
    form.end(profile)
}

/// A form that is being read: every fault is noted, and only then is there an end.
struct Reading<'a> {
    typed: &'a Typed,
    faults: Vec<Fault>,
}

impl<'a> Reading<'a> {
    fn new(typed: &'a Typed) -> Self {
        Self { typed, faults: Vec::new() }
    }

    fn end<T>(self, read: Option<T>) -> Result<T, Faults> {
        match read {
            Some(read) if self.faults.is_empty() => Ok(read),
            Some(_) | None => Err(Faults(self.faults)),
        }
    }

    /// One line of what is seen; nothing where a field is empty, and a fault where it may not be.
    fn line(&mut self, field: Field) -> Option<String> {
        let typed = self.typed.get(field.key()).and_then(|text| one_seen_line(text));
        match typed {
            None if field.is_required() => self.fault(field, Wrong::Missing),
            None => None,
            Some(line) if line.chars().count() > field.most() => {
                self.fault(field, Wrong::TooLong { most: field.most() })
            }
            Some(line) => Some(line),
        }
    }

    fn fault<T>(&mut self, field: Field, why: Wrong) -> Option<T> {
        self.faults.push(Fault { field, why });
        None
    }

    fn checked(&mut self, field: Field, is_fine: fn(&str) -> bool, why: Wrong) -> Option<String> {
        let line = self.line(field)?;
        if is_fine(&line) { Some(line) } else { self.fault(field, why) }
    }

    fn contact(&mut self) -> Option<ContactDetails> {
        let name = self.line(Field::Name);
        let mail = self.mail();
        let phone = self.checked(Field::Phone, is_phone, Wrong::NoPhoneNumber);
        Some(ContactDetails { name: name?, mail: mail?, phone })
    }

    fn mail(&mut self) -> Option<MailAddress> {
        let line = self.line(Field::Mail)?;
        match MailAddress::parse(&line) {
            Ok(mail) => Some(mail),
            Err(NoMailAddress::TooLong) => {
                self.fault(Field::Mail, Wrong::TooLong { most: Field::Mail.most() })
            }
            Err(NoMailAddress::At | NoMailAddress::Local | NoMailAddress::Domain | NoMailAddress::Name) => {
                self.fault(Field::Mail, Wrong::NoMailAddress)
            }
        }
    }

    fn company(&mut self, kind: &OrgKind) -> Option<CompanyForm> {
        let name = self.line(Field::CompanyName);
        let [street, city, postcode, country] =
            [Field::Street, Field::City, Field::Postcode, Field::Country].map(|field| self.line(field));
        let phone = self.checked(Field::CompanyPhone, is_phone, Wrong::NoPhoneNumber);
        let website = match self.line(Field::Website).map(|line| WebAddress::parse(&line)) {
            Some(Ok(address)) => Some(address),
            Some(Err(_)) => self.fault(Field::Website, Wrong::NoWebAddress),
            None => None,
        };
        let partner_id = match kind {
            OrgKind::Customer => None,
            OrgKind::Partner { .. } => self.checked(Field::PartnerId, is_partner_id, Wrong::NoPartnerId),
        };
        let company = CompanyDetails { name: name?, street, city, postcode, country, phone, website };
        Some(CompanyForm { company, partner_id })
    }
}

/// What people write as a telephone number: 5 to 20 digits with signs between them, and perhaps an extension. Stricter would refuse what
/// their own telephones dial.
fn is_phone(text: &str) -> bool {
    let lower = text.to_lowercase();
    let (number, extension) = match lower.split_once(['e', 'x']) {
        Some((number, rest)) => (number, rest.trim_start_matches(|c: char| "ext. ".contains(c))),
        None => (lower.as_str(), "0"),
    };
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let is_sign =
        |(at, c): (usize, char)| c.is_ascii_digit() || " -./()".contains(c) || (c == '+' && at == 0);
    (5..=20).contains(&digits)
        && number.char_indices().all(is_sign)
        && (1..=8).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_digit())
}

fn is_partner_id(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
