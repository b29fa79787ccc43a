//! The fields of the forms about accounts: which there are, which must be filled in, how long each may be.

use serde::{Deserialize, Serialize};

use super::OrgKind;

/// A field of a form about an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// A contact's name.
    Name,
    /// A contact's e-mail address.
    Mail,
    /// A contact's telephone number.
    Phone,
    /// The company's name.
    CompanyName,
    /// Its street and number.
    Street,
    /// Its city.
    City,
    /// Its postcode.
    Postcode,
    /// Its country.
    Country,
    /// Its telephone number.
    CompanyPhone,
    /// Its website.
    Website,
    /// Its number as a partner.
    PartnerId,
}

impl Field {
    /// All of them, in the order of the forms.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Mail,
        Self::Phone,
        Self::CompanyName,
        Self::Street,
        Self::City,
        Self::Postcode,
        Self::Country,
        Self::CompanyPhone,
        Self::Website,
        Self::PartnerId,
    ];

    /// What a form calls it: the same for good.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::CompanyName => "company",
            Self::Street => "street",
            Self::City => "city",
            Self::Postcode => "postcode",
            Self::Country => "country",
            Self::CompanyPhone => "company-phone",
            Self::Website => "website",
            Self::PartnerId => "partner-id",
        }
    }

    /// The field that a form calls so.
    #[must_use]
    pub fn called(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.key() == key)
    }

    /// Whether it must be filled in; forms mark it with an asterisk. Telephone, postcode, website and partner number are what not
    /// everybody has.
    #[must_use]
    pub const fn is_required(self) -> bool {
        match self {
            Self::Name | Self::Mail | Self::CompanyName | Self::Street | Self::City | Self::Country => true,
            Self::Phone | Self::Postcode | Self::CompanyPhone | Self::Website | Self::PartnerId => false,
        }
    }

    /// The most characters of it.
    #[must_use]
    pub const fn most(self) -> usize {
        match self {
            // As everywhere a person's name is read; see `display_name`.
            Self::Name => crate::domain::display_name::MOST_NAME,
            Self::Mail => 254,
            Self::Phone | Self::CompanyPhone | Self::PartnerId => 40,
            Self::CompanyName | Self::Street => 120,
            Self::City | Self::Country => 80,
            Self::Postcode => 20,
            Self::Website => 300,
        }
    }

    /// What is asked about a contact.
    #[must_use]
    pub const fn of_contact() -> &'static [Self] {
        &[Self::Name, Self::Mail, Self::Phone]
    }

    /// What is asked about a company. Only partners have a partner number.
    #[must_use]
    pub fn of_company(kind: &OrgKind) -> &'static [Self] {
        const PARTNER: &[Field] = &[
            Field::CompanyName,
            Field::Street,
            Field::City,
            Field::Postcode,
            Field::Country,
            Field::CompanyPhone,
            Field::Website,
            Field::PartnerId,
        ];
        match (kind, PARTNER) {
            (OrgKind::Customer, [customer @ .., _]) => customer,
            (OrgKind::Customer | OrgKind::Partner { .. }, all) => all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_key_of_its_own_and_belongs_to_a_form() {
        let partner = Field::of_company(&OrgKind::Partner { partner_id: None });
        for field in Field::ALL {
            assert_eq!(Field::called(field.key()), Some(field));
            assert!(Field::of_contact().contains(&field) || partner.contains(&field), "{field:?}");
        }
        assert!(!Field::of_company(&OrgKind::Customer).contains(&Field::PartnerId));
        assert_eq!(Field::of_company(&OrgKind::Customer).len() + 1, partner.len());
    }
}
