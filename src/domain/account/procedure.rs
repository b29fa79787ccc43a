//! The procedures of the articles that can be done here, and which articles describe them.

use serde::{Deserialize, Serialize};

use crate::domain::About;

use super::{ChangeKind, OrgKind};

/// Something that people do to an account, as the articles describe it. A kept variant is never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Procedure {
    /// Putting somebody on the account.
    AddContact,
    /// Creating an organisation, which gives it an Org ID.
    CreateAccount,
    /// Changing what is known about the company.
    Company,
    /// Changing what is known about a contact.
    Contact,
    /// Choosing the security contacts.
    SecurityContacts,
    /// Saying who is an administrator, and what the others may use.
    Rights,
    /// Choosing the access model.
    Model,
    /// Saying who hears of the renewal of licences.
    Renewals,
    /// Taking somebody off the account. No article has it.
    RemoveContact,
}

/// Which article describes what: by its id, or by a number that became an alias.
const ARTICLES: [(&str, Procedure); 10] = [
    ("CTX120355", Procedure::AddContact),
    ("add-contact-to-organization", Procedure::AddContact),
    ("CTX106671", Procedure::CreateAccount),
    ("CTX126336", Procedure::Company),
    ("CTX130452", Procedure::Company),
    ("update-company-information", Procedure::Company),
    ("CTX317965", Procedure::SecurityContacts),
    ("CTX130993", Procedure::Rights),
    ("CTX130127", Procedure::Model),
    ("CTX200160", Procedure::Renewals),
];

impl Procedure {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::AddContact,
        Self::CreateAccount,
        Self::Company,
        Self::Contact,
        Self::SecurityContacts,
        Self::Rights,
        Self::Model,
        Self::Renewals,
        Self::RemoveContact,
    ];

    /// What a button calls it: the same for good.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AddContact => "add-contact",
            Self::CreateAccount => "create-account",
            Self::Company => "company",
            Self::Contact => "contact",
            Self::SecurityContacts => "security",
            Self::Rights => "rights",
            Self::Model => "model",
            Self::Renewals => "renewals",
            Self::RemoveContact => "remove-contact",
        }
    }

    /// The procedure that a button calls so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|procedure| procedure.name() == name)
    }

    /// What an article describes, which may have been known by another id before.
    #[must_use]
    pub fn described_in(about: &About) -> Option<Self> {
        let is_it = |id: &str| about.id.as_str() == id || about.aliases.iter().any(|alias| alias == id);
        ARTICLES.into_iter().find(|(id, _)| is_it(id)).map(|(_, procedure)| procedure)
    }

    /// The article that describes it; customers and partners have one each where it is about the company and its people.
    #[must_use]
    pub fn article(self, kind: &OrgKind) -> Option<&'static str> {
        match (self, kind) {
            (Self::Company | Self::Contact, OrgKind::Customer) => Some("CTX126336"),
            (Self::Company | Self::Contact, OrgKind::Partner { .. }) => Some("CTX130452"),
            (Self::RemoveContact, _) => None,
            (
                Self::AddContact
                | Self::CreateAccount
                | Self::SecurityContacts
                | Self::Rights
                | Self::Model
                | Self::Renewals,
                _,
            ) => ARTICLES.into_iter().find(|(_, own)| *own == self).map(|(id, _)| id),
        }
    }

    /// The kind of change whose right it needs.
    #[must_use]
    pub const fn kind(self) -> ChangeKind {
        match self {
            Self::AddContact => ChangeKind::AddContact,
            Self::CreateAccount => ChangeKind::Found,
            Self::Company => ChangeKind::UpdateCompany,
            Self::Contact => ChangeKind::UpdateContact,
            Self::SecurityContacts => ChangeKind::SecurityContacts,
            Self::Rights => ChangeKind::GrantAdministrator,
            Self::Model => ChangeKind::ChooseModel,
            Self::Renewals => ChangeKind::AssignRenewals,
            Self::RemoveContact => ChangeKind::RemoveContact,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, Kind};

    fn about(id: &str, aliases: &[&str]) -> About {
        let about = About::new(ArticleId::parse(id).unwrap(), "Title".to_owned(), Kind::Support);
        About { aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(), ..about }
    }

    #[test]
    fn an_article_leads_to_its_procedure_under_any_of_its_ids() {
        for (id, procedure) in ARTICLES {
            assert_eq!(Procedure::described_in(&about(id, &[])), Some(procedure), "{id}");
            assert_eq!(Procedure::described_in(&about("new-name", &["old", id])), Some(procedure), "{id}");
        }
        assert_eq!(Procedure::described_in(&about("CTX1", &["CTX2"])), None);
    }

    #[test]
    fn a_procedure_has_one_name_and_an_article_but_for_taking_somebody_off() {
        let partner = OrgKind::Partner { partner_id: None };
        for procedure in Procedure::ALL {
            assert_eq!(Procedure::named(procedure.name()), Some(procedure));
            let has_article = procedure != Procedure::RemoveContact;
            assert_eq!(procedure.article(&OrgKind::Customer).is_some(), has_article, "{procedure:?}");
            assert_eq!(procedure.article(&partner).is_some(), has_article, "{procedure:?}");
        }
        assert_eq!(Procedure::named("found"), None);
    }
}
