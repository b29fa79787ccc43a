//! What the desk is about: articles and the prose in them. Pure values and rules; no I/O, no clock.

pub mod article;
pub mod id;
pub mod product;
pub mod prose;

pub use article::{Article, Form, Kind, Passage};
pub use id::{ArticleId, InvalidId, ProductId};
pub use product::Product;
pub use prose::{Block, Span, Step};
