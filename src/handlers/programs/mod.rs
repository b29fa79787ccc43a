//! What programs ask of the desk: in values where people talk. Rights, limits and what is kept are the same.

mod accounts;
mod articles;
mod cases;

pub use accounts::AccountView;
pub use cases::{CaseView, NewCase, NotDone};
