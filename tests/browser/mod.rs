//! The pages in a real browser: chromium, driven by chromedriver. At a desk, on a phone, without a mouse, without scripts, and read by axe.
//!
//! `driver` starts chromedriver, `window` is what people do with a browser, `stage` sets a test up, and `pages` is the list of all pages.

mod axe;
mod driver;
mod flows;
mod keyboard;
mod links;
mod pages;
mod self_check;
mod stage;
mod window;
