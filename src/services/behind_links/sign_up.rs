//! Signing up: an account is created behind a link that proved the address.

use chrono::{DateTime, Utc};

use crate::domain::account::{CompanyForm, ContactDetails, OrgId, OrgKind, Profile};
use crate::domain::{LinkPurpose, MailAddress, PersonId, Username};
use crate::services::accounts::{Founding, SignIn};
use crate::services::links::{Dead, LinkToken, Links};
use crate::services::sign_in::NewPassword;
use crate::store::Batch;

use super::{BehindLinks, NotDone, TRIES, busy, has_password, not_done};

/// What somebody filled in who signs up. Their address is the link's.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// What they sign in with beside their address.
    pub username: Username,
    /// Their name.
    pub name: String,
    /// Their telephone number.
    pub phone: Option<String>,
    /// Whether the company buys or sells.
    pub kind: OrgKind,
    /// The company.
    pub company: CompanyForm,
}

/// Who signed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedUp {
    /// The new organisation.
    pub org: OrgId,
    /// Its first contact and administrator.
    pub person: PersonId,
}

impl SignUp {
    fn profile(&self, mail: MailAddress) -> Profile {
        let kind = match self.kind {
            OrgKind::Customer => OrgKind::Customer,
            OrgKind::Partner { .. } => OrgKind::Partner { partner_id: self.company.partner_id.clone() },
        };
        let creator = ContactDetails { name: self.name.clone(), mail, phone: self.phone.clone() };
        Profile { kind, company: self.company.company.clone(), creator }
    }
}

impl BehindLinks {
    /// Creates an organisation with whoever has the link's address, else with somebody who becomes known by it, as its first contact and
    /// administrator, who signs in with this password.
    pub async fn sign_up(
        &self,
        token: &LinkToken,
        wish: &SignUp,
        new: &NewPassword,
        random: impl Fn() -> u64,
        now: DateTime<Utc>,
    ) -> Result<SignedUp, NotDone> {
        let mut number = None;
        for _ in 0..TRIES {
            let link = self.links.row(token, now).await??;
            if link.record.purpose != LinkPurpose::SignUp {
                return Err(Dead::Unknown.into());
            }
            let owner = self.owner(&link.record.address).await?;
            if let Some(row) = &owner
                && has_password(&self.store, row.record.id).await?
            {
                // By this very link, it may be: then the link itself says so best.
                self.links.row(token, now).await??;
                return Err(NotDone::HasAccount);
            }
            let creator = self.joiner(owner.as_ref(), &mut number).await?;
            let person = creator.person();
            let mut batch = Batch::new();
            Links::use_up(&mut batch, &link, now);
            self.sign_ins.put(&mut batch, person, new, now).await?;
            let founding = Founding {
                creator: person,
                profile: wish.profile(link.record.address.clone()),
                once: format!("link-{}", link.record.ticket),
            };
            let sign_in = SignIn { username: Some(wish.username.clone()) };
            let org = OrgId::draw(random());
            match self.accounts.found_in(batch, (org, &founding), creator, &sign_in, now).await {
                Ok(Some(changed)) if changed.again => return Err(Dead::Used.into()),
                Ok(Some(changed)) => {
                    return Ok(SignedUp { org: changed.account.organisation.id, person });
                }
                Ok(None) => {}
                Err(error) => {
                    let error = not_done(error);
                    // Where somebody used it since it was read, the link itself says so best.
                    self.links.row(token, now).await??;
                    return Err(error);
                }
            }
        }
        Err(busy())
    }
}
