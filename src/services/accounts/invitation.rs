//! Where an invited contact makes their sign-in.

use crate::domain::account::ContactId;
use crate::services::codes::Codes;

/// The path of the page on which an invited contact makes their sign-in, below `[web] public_url`. It is derived from the desk key, the
/// contact and the entry of the log that invited them, each time the mail is rendered, and never kept; a later invitation has another.
///
/// This is the one place where the path is made. Until there are pages for signing in there is none, and the mail says so in words.
#[must_use]
pub fn invitation_path(_codes: &Codes, _contact: ContactId, _generation: u64) -> Option<String> {
    None
}
