//! What the desk is about: articles, the prose in them, and who asks. Pure values and rules; no I/O, no clock.

pub mod actor;
pub mod article;
pub mod digest;
pub mod handle;
pub mod id;
pub mod mention;
pub mod nearest;
pub mod product;
pub mod prose;
pub mod reference;
pub mod synonyms;

pub use actor::Actor;
pub use article::{About, Article, Form, Kind, Passage};
pub use digest::Digest;
pub use handle::Handle;
pub use id::{ArticleId, InvalidId, ProductId};
pub use product::Product;
pub use prose::{Block, Span, Step};
pub use reference::Reference;
pub use synonyms::SynonymGroups;
