//! The commands for an account as a whole.

use crate::chat::wish::{AccountAsk, AccountWish};
use crate::domain::account::{OrgId, Procedure};

use super::contacts::{begin, of};
use super::slash::{Kind, Slash, may};
use super::{Argument, Command, Needs, Spec};

/// Showing the account, or choosing which one is meant; what the others do follows as a word.
pub static ACCOUNT: Spec = Spec {
    name: "account",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Optional("ORG ID|company|model|renewals|create|log"),
    about: "Show your company's account. With an Org ID: speak of that one from now on.",
    example: "/account",
    phrases: &["my account", "our account", "show my account", "show our account", "account"],
    slash: Some(Slash::joined(
        &["account", "show"],
        &[may("org-id", "Which one, if you are a contact of several.", Kind::Text { most: 40 })],
    )),
    make: |text| {
        let Some(text) = text else { return of(AccountAsk::Show) };
        match text.to_lowercase().as_str() {
            "show" => of(AccountAsk::Show),
            "company" => begin(Procedure::Company, None),
            "model" => begin(Procedure::Model, None),
            "renewals" => begin(Procedure::Renewals, None),
            "create" => begin(Procedure::CreateAccount, None),
            "log" => of(AccountAsk::Log { before: None }),
            named => {
                let org = Some(OrgId::parse(named.strip_prefix("show ").unwrap_or(named))?);
                Some(Command::Account(AccountWish { org, what: AccountAsk::Show, said: None }))
            }
        }
    },
};

/// Changing what is known about the company.
pub static COMPANY: Spec = Spec {
    name: "company",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Change what is known about your company: name, address, telephone number, website.",
    example: "/company",
    phrases: &[
        "change company information",
        "update company information",
        "update our company information",
        "change our company information",
        "change our address",
        "change the company address",
    ],
    slash: Some(Slash::joined(&["account", "company"], &[])),
    make: |_| begin(Procedure::Company, None),
};

/// Choosing the access model.
pub static MODEL: Spec = Spec {
    name: "model",
    aliases: &["access-model"],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Choose the access model of your company's account: Open or Secure.",
    example: "/model",
    phrases: &[
        "change the access model",
        "change our access model",
        "change access model",
        "choose the access model",
        "change the security access model",
    ],
    slash: Some(Slash::joined(&["account", "model"], &[])),
    make: |_| begin(Procedure::Model, None),
};

/// Saying who hears of renewals.
pub static RENEWALS: Spec = Spec {
    name: "renewals",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Choose the contact for the renewal of one or more licences.",
    example: "/renewals",
    phrases: &[
        "change the renewal contact",
        "change the renewal contacts",
        "change renewal contacts",
        "assign renewal contacts",
        "assign a renewal contact",
    ],
    slash: Some(Slash::joined(&["account", "renewals"], &[])),
    make: |_| begin(Procedure::Renewals, None),
};

/// Creating an organisation.
pub static CREATE: Spec = Spec {
    name: "create-account",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Create a new account for your company, with an Org ID of its own.",
    example: "/create-account",
    phrases: &["create an account id", "create a new account id", "create an org id", "create a new org id"],
    slash: Some(Slash::joined(&["account", "create"], &[])),
    make: |_| begin(Procedure::CreateAccount, None),
};

/// Who changed what and when.
pub static LOG: Spec = Spec {
    name: "account-log",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Show who changed what on your company's account, and when.",
    example: "/account-log",
    phrases: &["show the account log", "account log"],
    slash: Some(Slash::joined(&["account", "log"], &[])),
    make: |_| of(AccountAsk::Log { before: None }),
};
