//! What a reply looks like on Discord: [`messages`] with text, boxes, buttons and files, and [`Modal`]s for forms.
//!
//! Pure: a reply in, Discord's own JSON out ([`Message::body`], [`Modal::body`]). Every limit of Discord's is kept here, and nothing
//! that people or articles say is markup, mentions somebody or opens a preview.
//!
//! What comes back when something is pressed, as `custom_id`:
//! - a choice's id (`v1:…`): that is pressed. A form's button has the form's id, and shows its modal.
//! - a list's ([`is_list`]): the value that was picked is what is pressed.
//! - a picker's, which is a choice's id: its values are the numbers that were picked.
//! - a modal's or the button's between two of its pages: [`Modal::page_of`] tells the form and the page.

mod assemble;
mod blocks;
mod clean;
mod component;
mod controls;
mod escape;
mod inline;
mod line;
mod link;
mod message;
mod modal;
mod pages;
mod prose;
mod table;

#[cfg(test)]
mod tests;

pub use assemble::messages;

pub use controls::is_list;
pub use message::{File, Message};
pub use modal::Modal;

/// Where a reply is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether boxes are shown here. Where the bot may not embed links, Discord leaves them out without a word, so all is text.
    pub may_embed: bool,
}
