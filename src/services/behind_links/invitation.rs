//! An invitation accepted: an invited contact makes their sign-in.

use chrono::{DateTime, Utc};

use crate::domain::account::OrgId;
use crate::domain::{PersonId, Username};
use crate::services::accounts::{Invitation, InvitationToken, Joining, SignIn};
use crate::services::links::Dead;
use crate::services::sign_in::NewPassword;
use crate::store::{Batch, StoreError};

use super::{BehindLinks, NotDone, TRIES, busy, not_done};

/// Who joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// The organisation.
    pub org: OrgId,
    /// Who.
    pub person: PersonId,
}

impl BehindLinks {
    /// What somebody was invited to who has this link, with the username that they have already, or why it can't be accepted. Looking
    /// uses nothing up.
    pub async fn invitation(
        &self,
        token: &InvitationToken,
        now: DateTime<Utc>,
    ) -> Result<Result<(Invitation, Option<Username>), Dead>, StoreError> {
        match self.accounts.invitation(&self.codes, token, now).await? {
            Ok(invitation) => {
                let owner = self.owner(&invitation.contact.mail).await?;
                Ok(Ok((invitation, owner.and_then(|row| row.record.username))))
            }
            Err(dead) => Ok(Err(dead)),
        }
    }

    /// The invited contact becomes active as whoever has the address that the invitation went to, else as somebody who becomes known by it,
    /// and signs in with this password. A username is needed from whoever has none. All their sessions end.
    pub async fn accept_invitation(
        &self,
        token: &InvitationToken,
        username: Option<&Username>,
        new: &NewPassword,
        now: DateTime<Utc>,
    ) -> Result<Accepted, NotDone> {
        let mut number = None;
        for _ in 0..TRIES {
            let invitation = self.accounts.invitation(&self.codes, token, now).await??;
            let owner = self.owner(&invitation.contact.mail).await?;
            let own = owner.as_ref().and_then(|row| row.record.username.as_ref());
            if username.or(own).is_none() {
                return Err(NotDone::NoUsername);
            }
            let joiner = self.joiner(owner.as_ref(), &mut number).await?;
            let (org, contact) = token.whose();
            let sign_in = SignIn { username: username.cloned() };
            let joining = Joining { contact, joiner, sign_in: &sign_in, invitation: Some(invitation.entry) };
            let mut batch = Batch::new();
            self.sign_ins.put(&mut batch, joiner.person(), new, now).await?;
            let once = format!("invitation-{}", invitation.entry);
            match self.accounts.join_in(batch, org, joining, &once, now).await {
                Ok(Some(changed)) if changed.again => return Err(Dead::Used.into()),
                Ok(Some(_)) => return Ok(Accepted { org, person: joiner.person() }),
                Ok(None) => {}
                Err(error) => {
                    let error = not_done(error);
                    // Where somebody joined or was invited anew since it was read, the link itself says so best.
                    self.accounts.invitation(&self.codes, token, now).await??;
                    return Err(error);
                }
            }
        }
        Err(busy())
    }
}
