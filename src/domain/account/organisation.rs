//! An organisation: the company that people are contacts of.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Field, OrgId, WebAddress};

/// A company with an account. Its Org ID is also called its account ID.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// Its number.
    pub id: OrgId,
    /// Whether it buys or sells.
    #[serde(default)]
    pub kind: OrgKind,
    /// What is known about the company.
    pub company: CompanyDetails,
    /// Who may use what.
    #[serde(default)]
    pub model: AccessModel,
    /// Where its people sign in with their company credentials, where they do. Only the operator sets it: it is where people type a
    /// password.
    #[serde(default)]
    pub sign_in_url: Option<WebAddress>,
    /// Since when it has an account.
    pub created: DateTime<Utc>,
}

/// What an organisation is to the desk. The two differ in the article that is shown and in one field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrgKind {
    /// It uses the products.
    #[default]
    Customer,
    /// It sells them.
    Partner {
        /// Its number as a partner, where it is known.
        #[serde(default)]
        partner_id: Option<String>,
    },
}

/// What is known about a company. Each text is one line that its [`Field`] accepts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyDetails {
    /// Its name.
    pub name: String,
    /// Street and number.
    #[serde(default)]
    pub street: Option<String>,
    /// The city.
    #[serde(default)]
    pub city: Option<String>,
    /// The postcode; not every country has them.
    #[serde(default)]
    pub postcode: Option<String>,
    /// The country as people call it.
    #[serde(default)]
    pub country: Option<String>,
    /// Its telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// Its website.
    #[serde(default)]
    pub website: Option<WebAddress>,
}

/// Who may use what in an account.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessModel {
    /// Every active contact has unrestricted access. What was set under the other model is kept without effect.
    #[default]
    Open,
    /// Administrators have unrestricted access, and decide which toolboxes the others have.
    Secure,
}

impl AccessModel {
    /// How many active administrators an account keeps: under Secure the two that the model asks for, and under Open one, because
    /// somebody has to be there whom the others can ask.
    #[must_use]
    pub const fn fewest_administrators(self) -> usize {
        match self {
            Self::Open => 1,
            Self::Secure => 2,
        }
    }
}

impl Organisation {
    /// What a field of the company's form holds; nothing for one that is empty, or that its form does not have.
    #[must_use]
    pub fn field(&self, field: Field) -> Option<&str> {
        match field {
            Field::CompanyName => Some(&self.company.name),
            Field::Street => self.company.street.as_deref(),
            Field::City => self.company.city.as_deref(),
            Field::Postcode => self.company.postcode.as_deref(),
            Field::Country => self.company.country.as_deref(),
            Field::CompanyPhone => self.company.phone.as_deref(),
            Field::Website => self.company.website.as_ref().map(WebAddress::as_str),
            Field::PartnerId => self.kind.partner_id(),
            Field::Name | Field::Mail | Field::Phone => None,
        }
    }
}

impl OrgKind {
    /// Its number as a partner.
    #[must_use]
    pub fn partner_id(&self) -> Option<&str> {
        match self {
            Self::Customer => None,
            Self::Partner { partner_id } => partner_id.as_deref(),
        }
    }

    /// Whether it is a partner.
    #[must_use]
    pub fn is_partner(&self) -> bool {
        match self {
            Self::Customer => false,
            Self::Partner { .. } => true,
        }
    }
}
