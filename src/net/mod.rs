//! The network as a client sees it: the only home of `reqwest`.

mod answer;
mod fetch;
mod ranges;
mod redirects;

pub use fetch::{FetchError, Fetched, Fetcher, Limits, Wanted};
pub use ranges::Ranges;
