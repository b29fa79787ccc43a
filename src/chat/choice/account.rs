//! The ids of choices about accounts.

use crate::domain::account::{OrgId, Procedure, RequestId};

use super::decode::number;
use super::{MAX_SKIP, Verb};

/// Stands where no account is named.
const ANY: &str = "any";

/// What a button does with an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountVerb {
    /// Shows it.
    Show,
    /// Lists its contacts, those after so many.
    Contacts(usize),
    /// Shows its log, what came before an entry; all of it where none is named.
    Log(Option<u64>),
    /// Lists the requests that wait, those after so many.
    Requests(usize),
    /// Approves a request.
    Approve(RequestId),
    /// Refuses it.
    Refuse(RequestId),
    /// Begins one of the procedures.
    Begin(Procedure),
}

pub(super) fn encode(org: Option<OrgId>, verb: AccountVerb) -> String {
    let org = org.map_or_else(|| ANY.to_owned(), |org| u32::from(org).to_string());
    let verb = match verb {
        AccountVerb::Show => "show".to_owned(),
        AccountVerb::Contacts(skip) => format!("contacts:{}", skip.min(MAX_SKIP)),
        AccountVerb::Log(None) => "log".to_owned(),
        AccountVerb::Log(Some(before)) => format!("log:{before}"),
        AccountVerb::Requests(skip) => format!("requests:{}", skip.min(MAX_SKIP)),
        AccountVerb::Approve(request) => format!("approve:{request}"),
        AccountVerb::Refuse(request) => format!("refuse:{request}"),
        AccountVerb::Begin(procedure) => format!("do:{}", procedure.name()),
    };
    format!("account:{org}:{verb}")
}

pub(super) fn decode(org: &str, verb: &[&str]) -> Option<Verb> {
    let org = match org {
        ANY => None,
        digits => {
            let number: u32 = digits.parse().ok().filter(|number: &u32| number.to_string() == digits)?;
            Some(OrgId::try_from(number).ok()?)
        }
    };
    let verb = match verb {
        ["show"] => AccountVerb::Show,
        ["contacts", skip] => AccountVerb::Contacts(number(skip)?),
        ["log"] => AccountVerb::Log(None),
        ["log", before] => AccountVerb::Log(Some(whole(before)?)),
        ["requests", skip] => AccountVerb::Requests(number(skip)?),
        ["approve", request] => AccountVerb::Approve(RequestId(whole(request)?)),
        ["refuse", request] => AccountVerb::Refuse(RequestId(whole(request)?)),
        ["do", procedure] => AccountVerb::Begin(Procedure::named(procedure)?),
        _ => return None,
    };
    Some(Verb::Account(org, verb))
}

/// A number without signs and leading zeros, so that each choice has one id only.
fn whole(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}
