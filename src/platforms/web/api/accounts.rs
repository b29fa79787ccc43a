//! `/accounts`: the organisations of the token's person, to be read. They are changed by talking, or on the pages.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Web;
use super::extract::{Bearer, Named};
use super::problem::Failed;
use crate::domain::account::{AccessModel, Contact, ContactId, Field, Licence, OrgId, StandingKind};
use crate::domain::{MailAddress, ProductId};
use crate::handlers::programs::AccountView;
use crate::replies::api::Trouble;
use crate::services::tokens::Scope;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

/// Organisations.
#[derive(Serialize, ToSchema)]
pub struct AccountList {
    /// They, by number.
    accounts: Vec<AccountHead>,
}

/// An organisation.
#[derive(Serialize, ToSchema)]
pub struct AccountHead {
    /// Its Org ID.
    #[schema(example = 10_001_000)]
    org: u32,
    /// Its name.
    company: String,
    /// Whether it sells the products, too.
    partner: bool,
    /// Whether the person is one of its administrators.
    administrator: bool,
}

/// An organisation with its contacts and licences.
#[derive(Serialize, ToSchema)]
pub struct AccountText {
    /// The organisation.
    account: AccountHead,
    /// Where it is and how it is reached.
    details: CompanyInformation,
    /// Who may use what.
    model: AccountModel,
    /// Its contacts, by number.
    contacts: Vec<AccountContact>,
    /// Its licences, by number.
    licences: Vec<AccountLicence>,
}

/// Where a company is and how it is reached.
#[derive(Serialize, ToSchema)]
pub struct CompanyInformation {
    /// Street and number.
    street: Option<String>,
    /// The city.
    city: Option<String>,
    /// The postcode.
    postcode: Option<String>,
    /// The country as people call it.
    country: Option<String>,
    /// Its telephone number.
    phone: Option<String>,
    /// Its website.
    website: Option<String>,
    /// Its number as a partner.
    partner_id: Option<String>,
}

/// Who may use what.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AccountModel {
    /// Every active contact has unrestricted access.
    Open,
    /// Administrators have unrestricted access, and decide which toolboxes the others have.
    Secure,
}

/// A contact.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, as JSON has them")]
pub struct AccountContact {
    /// Their number.
    id: u64,
    /// Their name.
    name: String,
    /// Where the organisation writes to them.
    mail: String,
    /// Whether they were invited, and have not joined yet.
    invited: bool,
    /// Whether they are an administrator.
    administrator: bool,
    /// Whether they hear of what concerns the account's security.
    security: bool,
    /// Whether it is the person for whom the token speaks.
    you: bool,
}

/// A licence.
#[derive(Serialize, ToSchema)]
pub struct AccountLicence {
    /// Its number.
    id: String,
    /// What people read.
    name: String,
    /// What it is for.
    product: ProductId,
    /// When it is to be renewed.
    renews: Option<NaiveDate>,
    /// The number of the contact who hears of that.
    renewal_contact: Option<u64>,
}

/// The organisations of which the person is a contact.
#[utoipa::path(get, path = "/accounts", operation_id = "listAccounts", tag = "accounts", security(("token" = ["accounts-read"])),
    responses((status = OK, description = "All of them", body = AccountList)))]
async fn list(State(web): State<Web>, bearer: Bearer) -> Result<Json<AccountList>, Failed> {
    bearer.needs(&web, Scope::AccountsRead)?;
    let seen = web.inner.news.desk.accounts_seen_by(bearer.person.id).await;
    let accounts = seen.map_err(|fault| Failed::fault(&web, &fault))?;
    Ok(Json(AccountList { accounts: accounts.iter().map(head).collect() }))
}

/// One of them, with contacts and licences.
#[utoipa::path(get, path = "/accounts/{org}", operation_id = "showAccount", tag = "accounts", security(("token" = ["accounts-read"])),
    params(("org" = String, Path, description = "Its Org ID", example = "10001000")),
    responses((status = OK, description = "The organisation", body = AccountText),
        (status = NOT_FOUND, description = "The person is a contact of no such organisation", body = super::Problem, content_type = super::PROBLEM)))]
async fn show(
    State(web): State<Web>,
    bearer: Bearer,
    Named(org): Named,
) -> Result<Json<AccountText>, Failed> {
    bearer.needs(&web, Scope::AccountsRead)?;
    let not_found = || Failed::new(&web, Trouble::NotFound);
    let org = OrgId::parse(&org).ok_or_else(not_found)?;
    let seen = web.inner.news.desk.account_seen_by(bearer.person.id, org).await;
    let view = seen.map_err(|fault| Failed::fault(&web, &fault))?.ok_or_else(not_found)?;
    Ok(Json(text(&view)))
}

fn head(view: &AccountView) -> AccountHead {
    let organisation = &view.account.organisation;
    AccountHead {
        org: organisation.id.into(),
        company: organisation.company.name.clone(),
        partner: organisation.kind.is_partner(),
        administrator: view.account.administrators().any(|contact| contact.id == view.me),
    }
}

fn text(view: &AccountView) -> AccountText {
    let account = &view.account;
    let field = |field: Field| account.organisation.field(field).map(str::to_owned);
    let present = account.contacts.values().filter(|contact| contact.is_present());
    AccountText {
        account: head(view),
        details: CompanyInformation {
            street: field(Field::Street),
            city: field(Field::City),
            postcode: field(Field::Postcode),
            country: field(Field::Country),
            phone: field(Field::CompanyPhone),
            website: field(Field::Website),
            partner_id: field(Field::PartnerId),
        },
        model: match account.organisation.model {
            AccessModel::Open => AccountModel::Open,
            AccessModel::Secure => AccountModel::Secure,
        },
        contacts: present.map(|contact| seen(contact, view.me)).collect(),
        licences: account.licences.values().map(licence).collect(),
    }
}

fn seen(contact: &Contact, me: ContactId) -> AccountContact {
    AccountContact {
        id: contact.id.0,
        name: contact.name.clone(),
        mail: MailAddress::to_string(&contact.mail),
        invited: contact.standing.kind() == StandingKind::Invited,
        administrator: contact.administrator,
        security: contact.security,
        you: contact.id == me,
    }
}

fn licence(licence: &Licence) -> AccountLicence {
    AccountLicence {
        id: licence.id.as_str().to_owned(),
        name: licence.name.clone(),
        product: licence.product.clone(),
        renews: licence.renews,
        renewal_contact: licence.renewal.map(|contact| contact.0),
    }
}
