//! Who speaks in a chat: whoever is signed in, else a visitor whom only a random cookie names.

use axum::http::HeaderMap;

use crate::domain::{Digest, Identity, Place, Platform, Privacy};
use crate::platforms::news::Speaker;
use crate::platforms::web::Web;
use crate::platforms::web::cookies::Jar;
use crate::platforms::web::visitor::Visitor;
use crate::services::sign_in::SessionToken;
use crate::store::StoreError;

/// For how long a browser keeps who its visitor is.
const FOR_HALF_A_YEAR: i64 = 180 * 24 * 60 * 60;

/// Who looks at the page; nobody yet, where they never said anything.
pub async fn of(web: &Web, visitor: &Visitor) -> Result<Option<Speaker>, StoreError> {
    if let Some((_, person)) = visitor.signed_in(web).await? {
        return Ok(Some(speaking(Identity::Desk(person.id))));
    }
    Ok(self::visitor(visitor).map(speaking))
}

/// Whom the cookie of a visitor names, whoever is signed in.
pub fn visitor(visitor: &Visitor) -> Option<Identity> {
    // Only what we gave out ourselves can be one: who guesses another's has guessed 256 bits.
    visitor.cookie(Jar::Visitor).and_then(|value| SessionToken::parse(&value)).map(|token| named(&token))
}

/// Somebody new, whom the browser will know again.
pub fn new(web: &Web, headers: &mut HeaderMap) -> Result<Speaker, std::io::Error> {
    let token = SessionToken::new((web.inner.fresh)()?);
    Jar::Visitor.keep(headers, &token.expose(), Some(FOR_HALF_A_YEAR), web.is_https());
    Ok(speaking(named(&token)))
}

/// The store has only a fingerprint of the cookie: whoever reads it can't speak as somebody else.
fn named(token: &SessionToken) -> Identity {
    Identity::Web(Digest::of(&token.expose()).as_str().to_owned())
}

/// Everybody has one chat, on all pages that they have open.
fn speaking(who: Identity) -> Speaker {
    let place = Place { platform: Platform::Web, conversation: "chat".to_owned(), privacy: Privacy::Private };
    Speaker { who, place }
}
