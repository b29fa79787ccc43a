//! The form of a change: which fields it has, what stands in them, and what is still to be asked for.

use crate::domain::MailAddress;
use crate::domain::account::form::{self, Typed};
use crate::domain::account::{Faults, Field, Procedure};

use super::super::NotTaken;
use super::{AccountDraft, Answer, Gave};

/// Stands for an empty field where somebody types one after the other.
const NOTHING: &str = "-";

impl AccountDraft {
    /// All fields of the form, in order; none where there is no form.
    #[must_use]
    pub fn fields(&self) -> Vec<Field> {
        match self.procedure {
            Procedure::AddContact | Procedure::Contact => Field::of_contact().to_vec(),
            Procedure::Company => {
                let kind = self.sight.account.as_ref().map(|account| &account.organisation.kind);
                kind.map(|kind| Field::of_company(kind).to_vec()).unwrap_or_default()
            }
            Procedure::CreateAccount => {
                let company = self.kind.as_ref().map(Field::of_company).unwrap_or_default();
                [company, &[Field::Name, Field::Phone]].concat()
            }
            Procedure::SecurityContacts
            | Procedure::Rights
            | Procedure::Model
            | Procedure::Renewals
            | Procedure::RemoveContact => Vec::new(),
        }
    }

    /// Whether some of the form is filled in already.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        !self.answered.is_empty() || !self.form.is_empty()
    }

    /// What the account has in a field.
    #[must_use]
    pub fn current(&self, field: Field) -> Option<String> {
        match self.procedure {
            Procedure::Contact => {
                let contact = self.sight.contact(self.contact?)?;
                match field {
                    Field::Name => Some(contact.name.clone()),
                    Field::Mail => Some(contact.mail.as_str().to_owned()),
                    Field::Phone => contact.phone.clone(),
                    Field::CompanyName
                    | Field::Street
                    | Field::City
                    | Field::Postcode
                    | Field::Country
                    | Field::CompanyPhone
                    | Field::Website
                    | Field::PartnerId => None,
                }
            }
            Procedure::Company => self.sight.account.as_ref()?.organisation.field(field).map(str::to_owned),
            Procedure::CreateAccount if field == Field::Name => self.sight.creator.as_ref()?.name.clone(),
            Procedure::CreateAccount
            | Procedure::AddContact
            | Procedure::SecurityContacts
            | Procedure::Rights
            | Procedure::Model
            | Procedure::Renewals
            | Procedure::RemoveContact => None,
        }
    }

    /// What stands in a field now; empty where nothing does.
    #[must_use]
    pub fn text_of(&self, field: Field) -> String {
        match self.form.get(&field) {
            Some(Answer::Is(text)) => text.clone(),
            Some(Answer::Kept) | None => self.current(field).unwrap_or_default(),
        }
    }

    /// The form as it would be handed in.
    pub(super) fn typed(&self) -> Typed {
        let field = |field: Field| (field.key().to_owned(), self.text_of(field));
        let mut typed: Typed = self.fields().into_iter().map(field).collect();
        if let Some(creator) = self.sight.creator.as_ref().filter(|_| self.org.is_none()) {
            typed.insert(Field::Mail.key().to_owned(), creator.mail.as_str().to_owned());
        }
        typed
    }

    fn faults(&self) -> Faults {
        let typed = self.typed();
        let read = match self.procedure {
            Procedure::AddContact | Procedure::Contact => form::contact(&typed).map(drop),
            Procedure::Company => match self.sight.account.as_deref() {
                Some(account) => form::company(&account.organisation.kind, &typed).map(drop),
                None => Ok(()),
            },
            Procedure::CreateAccount => match &self.kind {
                Some(kind) => form::profile(kind, &typed).map(drop),
                None => Ok(()),
            },
            Procedure::SecurityContacts
            | Procedure::Rights
            | Procedure::Model
            | Procedure::Renewals
            | Procedure::RemoveContact => Ok(()),
        };
        read.err().unwrap_or(Faults(Vec::new()))
    }

    /// Whether what stands in a field can stay: there is something, and it can be taken.
    #[must_use]
    pub fn can_stay(&self, field: Field) -> bool {
        let text = self.text_of(field);
        let account = self.sight.account.as_deref();
        let owner = match field {
            Field::Mail => account.zip(MailAddress::parse(&text).ok()),
            Field::Name
            | Field::Phone
            | Field::CompanyName
            | Field::Street
            | Field::City
            | Field::Postcode
            | Field::Country
            | Field::CompanyPhone
            | Field::Website
            | Field::PartnerId => None,
        };
        let owner = owner.and_then(|(account, mail)| account.contact_at(&mail));
        let is_taken = owner.is_some_and(|owner| Some(owner.id) != self.contact);
        !text.is_empty() && !is_taken && !self.faults().0.iter().any(|fault| fault.field == field)
    }

    /// The fields that are still to be asked for: those that nobody answered, then those that can't be taken as they are.
    pub(super) fn remaining(&self) -> Vec<Field> {
        let fields = self.fields();
        let open: Vec<Field> =
            fields.iter().copied().filter(|field| !self.answered.contains(field)).collect();
        if !open.is_empty() {
            return open;
        }
        let faults = self.faults().0;
        fields.into_iter().filter(|field| faults.iter().any(|fault| fault.field == *field)).collect()
    }

    /// Takes what was filled in. What can't be taken stands in its field and is asked for again, all of it named at once.
    pub(super) fn fill(&mut self, fields: &[(Field, String)]) -> Result<(), NotTaken> {
        for (field, text) in fields {
            let text = if text.trim() == NOTHING { "" } else { text.as_str() };
            let is_kept = self.current(*field).unwrap_or_default() == text;
            self.form.insert(*field, if is_kept { Answer::Kept } else { Answer::Is(text.to_owned()) });
        }
        let faults: Vec<_> = self.faults().0;
        let is_given = |field: Field| fields.iter().any(|(own, _)| *own == field);
        let faults: Vec<_> = faults.into_iter().filter(|fault| is_given(fault.field)).collect();
        let is_fine = |field: &Field| !faults.iter().any(|fault| fault.field == *field);
        let fine: Vec<Field> = fields.iter().map(|(field, _)| *field).filter(is_fine).collect();
        self.answered.extend(fine.iter().copied());
        for fault in &faults {
            self.answered.remove(&fault.field);
        }
        if !fine.is_empty() {
            self.trail.push(Gave::Fields(fine));
        }
        if faults.is_empty() { Ok(()) } else { Err(NotTaken::Form(Faults(faults))) }
    }
}
