//! What the desk is about: articles and the prose in them, people and their cases. Pure values and rules; no I/O, no clock.

pub mod account;
pub mod actor;
pub mod article;
pub mod backoff;
pub mod case;
pub mod case_query;
pub mod change;
pub mod channel;
pub mod digest;
pub mod display_name;
pub mod effect;
pub mod handle;
pub mod hours;
#[cfg(test)]
mod hours_tests;
pub mod id;
pub mod job;
pub mod job_key;
#[cfg(test)]
mod job_tests;
pub mod mail_address;
pub mod mention;
pub mod nearest;
pub mod password;
pub mod person;
pub mod phone;
pub mod place;
pub mod product;
pub mod prose;
pub mod reference;
pub mod synonyms;
pub mod timer;
pub mod upload;

pub use actor::{Actor, Staff};
pub use article::{About, Article, Form, Kind, Passage};
pub use change::Change;
pub use channel::Channel;
pub use digest::Digest;
pub use display_name::display_name;
pub use effect::{Effect, Mail, Post};
pub use handle::Handle;
pub use hours::{Availability, Hours, InvalidHours, Opening};
pub use id::{ArticleId, InvalidId, ProductId};
pub use job::{Job, State, Work};
pub use job_key::JobKey;
pub use mail_address::{MailAddress, Mailbox, NoMailAddress};
pub use password::Password;
pub use person::{Identity, Notify, Person, PersonId, StaffRole};
pub use phone::{CountryCode, InvalidCode, LanguageCode, PhoneNumber};
pub use place::{Place, Platform, Privacy};
pub use product::Product;
pub use prose::{Block, Span, Step, TimeStyle};
pub use reference::Reference;
pub use synonyms::SynonymGroups;
pub use timer::Timer;
pub use upload::{Missing, Upload};
