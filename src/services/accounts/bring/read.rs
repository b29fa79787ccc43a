//! Reads a file of organisations: all that is wrong with it at once, each with its place in the file.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use crate::domain::account::form;
use crate::domain::account::{
    AccessModel, CompanyForm, Field, LicenceId, MOST_SECURITY_CONTACTS, OrgId, OrgKind, Toolbox, ToolboxId,
    WebAddress,
};
use crate::domain::{MailAddress, ProductId, display_name};

use super::reader::{Reader, join};
use super::{Wanted, WantedContact, WantedLicence};

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML.
    Toml,
    /// JSON.
    Json,
}

/// Something in the file that can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {why}")]
pub struct FileFault {
    /// Where: `organisations[0].contacts[2].mail`, counted from 0; or the file.
    pub path: String,
    /// What is wrong there.
    pub why: String,
}

/// The keys of an organisation besides the fields of the form about a company.
const ORGANISATION: [&str; 6] = ["id", "kind", "model", "sign-in-url", "contacts", "licences"];
/// The keys of a contact besides the fields of the form about one.
const CONTACT: [&str; 4] = ["active", "administrator", "security", "toolboxes"];
const LICENCE: [&str; 5] = ["id", "product", "name", "renewal", "renews"];

/// Reads organisations with their contacts and licences, `organisations = [{ id, company, …, contacts, licences }]`, by the rules of the
/// forms and of accounts. The answer is all of it, or all that is wrong.
pub fn read(text: &str, format: Format, toolboxes: &[Toolbox]) -> Result<Vec<Wanted>, Vec<FileFault>> {
    let root = match format {
        Format::Toml => toml::from_str(text).map(of_toml).map_err(|error| error.to_string()),
        Format::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
    };
    let root =
        root.map_err(|why| vec![FileFault { path: "the file".to_owned(), why: why.trim_end().to_owned() }])?;
    let mut reader = Reader { toolboxes, faults: Vec::new() };
    let mut all = Vec::new();
    if let Some(root) = reader.object(&root, "the file", &["organisations"], &[]) {
        for (path, one) in reader.list(root, "", "organisations") {
            all.extend(reader.organisation(&one, &path));
        }
    }
    reader.no_two(all.iter().map(|one| one.id.to_string()), "the file", "organisations");
    let licences = all.iter().flat_map(|one| &one.licences).map(|licence| licence.id.to_string());
    reader.no_two(licences, "the file", "licences");
    if all.is_empty() && reader.faults.is_empty() {
        reader.fault::<()>("the file", "there is no organisation in it");
    }
    if reader.faults.is_empty() { Ok(all) } else { Err(reader.faults) }
}

/// The same as JSON; a date is the text that it is written as.
fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(on) => on.into(),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(all) => all.into_iter().map(of_toml).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect())
        }
    }
}

impl Reader<'_> {
    fn organisation(&mut self, value: &Value, path: &str) -> Option<Wanted> {
        let kinds = |text: &str| match text {
            "customer" => Ok(OrgKind::Customer),
            "partner" => Ok(OrgKind::Partner { partner_id: None }),
            _ => Err("this is customer or partner"),
        };
        let models = |text: &str| match text {
            "open" => Ok(AccessModel::Open),
            "secure" => Ok(AccessModel::Secure),
            _ => Err("this is open or secure"),
        };
        let number = |text: &str| OrgId::parse(text).ok_or(crate::domain::account::NoOrgId);
        let kind = value.as_object().and_then(|object| self.parsed(object, path, "kind", kinds));
        let kind = kind.unwrap_or_default();
        let fields = Field::of_company(&kind);
        let object = self.object(value, path, &ORGANISATION, fields)?;
        let id = self.required(object, path, "id", number);
        let model = self.parsed(object, path, "model", models).unwrap_or_default();
        let sign_in_url = self.parsed(object, path, "sign-in-url", https);
        let typed = self.typed(object, path, fields);
        let company = self.formed(path, form::company(&kind, &typed));
        let contacts: Vec<WantedContact> = self
            .list(object, path, "contacts")
            .into_iter()
            .filter_map(|(path, one)| self.contact(&one, &path))
            .collect();
        let licences: Vec<WantedLicence> = self
            .list(object, path, "licences")
            .into_iter()
            .filter_map(|(path, one)| self.licence(&one, &path, &contacts))
            .collect();
        self.fits(path, model, &contacts);
        let CompanyForm { company, partner_id } = company?;
        let kind = match kind {
            OrgKind::Customer => OrgKind::Customer,
            OrgKind::Partner { .. } => OrgKind::Partner { partner_id },
        };
        Some(Wanted { id: id?, kind, company, model, sign_in_url, contacts, licences })
    }

    fn contact(&mut self, value: &Value, path: &str) -> Option<WantedContact> {
        let object = self.object(value, path, &CONTACT, Field::of_contact())?;
        let typed = self.typed(object, path, Field::of_contact());
        let details = self.formed(path, form::contact(&typed));
        let mut toolboxes = BTreeSet::new();
        for (path, one) in self.list(object, path, "toolboxes") {
            let id = one.as_str().and_then(|text| ToolboxId::parse(text).ok());
            match id.filter(|id| self.toolboxes.iter().any(|toolbox| toolbox.id == *id)) {
                Some(id) => {
                    toolboxes.insert(id);
                }
                None => {
                    self.fault::<()>(&path, "the settings list no such toolbox");
                }
            }
        }
        let [active, administrator, security] =
            ["active", "administrator", "security"].map(|key| self.flag(object, path, key));
        Some(WantedContact { details: details?, active, administrator, security, toolboxes })
    }

    fn licence(&mut self, value: &Value, path: &str, contacts: &[WantedContact]) -> Option<WantedLicence> {
        let object = self.object(value, path, &LICENCE, &[])?;
        let date = |text: &str| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "a date is written 2027-01-31")
        };
        let number = |text: &str| {
            LicenceId::parse(text).map_err(|_| "a licence's number has letters, digits and single hyphens")
        };
        let id = self.required(object, path, "id", number);
        let product = self.required(object, path, "product", ProductId::parse);
        let name = self.required(object, path, "name", |text| display_name(text).ok_or("this is empty"));
        let renews = self.parsed(object, path, "renews", date);
        let known = |text: &str| {
            let mail = MailAddress::parse(text).map_err(|error| error.to_string())?;
            let is_same =
                |one: &&WantedContact| one.details.mail.as_str().eq_ignore_ascii_case(mail.as_str());
            contacts
                .iter()
                .find(is_same)
                .map(|one| one.details.mail.clone())
                .ok_or_else(|| "this is the address of no contact of the organisation".to_owned())
        };
        let renewal = self.parsed(object, path, "renewal", known);
        Some(WantedLicence { id: id?, product: product?, name: name?, renewal, renews })
    }

    /// What holds for every account.
    fn fits(&mut self, path: &str, model: AccessModel, contacts: &[WantedContact]) {
        let secure = contacts.iter().filter(|contact| contact.security).count();
        if secure > MOST_SECURITY_CONTACTS {
            let why = format!("{secure} are security contacts, and {MOST_SECURITY_CONTACTS} is the most");
            self.fault::<()>(&join(path, "contacts"), why);
        }
        let have = contacts.iter().filter(|contact| contact.administrator).count();
        let fewest = model.fewest_administrators();
        if have < fewest {
            let why = format!("{have} are administrators, and {fewest} is the fewest under this model");
            self.fault::<()>(&join(path, "contacts"), why);
        }
        let mails = contacts.iter().map(|contact| contact.details.mail.as_str().to_lowercase());
        self.no_two(mails, &join(path, "contacts"), "contacts");
    }
}

/// People type a password there, so it has to be kept from others on the way.
fn https(text: &str) -> Result<WebAddress, String> {
    let address = WebAddress::parse(text).map_err(|error| error.to_string())?;
    if address.is_https() {
        Ok(address)
    } else {
        Err("people sign in there, so it begins with https://".to_owned())
    }
}
