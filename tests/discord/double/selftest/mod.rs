//! The double, tried out with the true client.

mod acts;
mod basics;
mod bot;
mod many;
mod places;
mod sessions;
mod trouble;
