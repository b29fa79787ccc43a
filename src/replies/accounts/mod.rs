//! What is said about accounts: what there is to see of them, the steps of a change, and what came of it.

pub(super) mod asked;
pub(super) mod buttons;
mod refused;
mod shown;
mod told;
pub mod words;

pub use refused::{nobody, refused};
pub use shown::{Entry, Waiting, account, contacts, log, requests};
pub use told::{
    approved, cancelled, decided, done, founded, gone_from_account, no_address, not_decided, not_on_the_list,
    not_possible, not_yours, nothing_to_choose, over, overtaken, refused_request, request_overtaken, sent,
    stranger, too_many_requests, which_account, you_may,
};
