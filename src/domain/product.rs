//! A product that articles and cases can be about.

use serde::{Deserialize, Serialize};

use super::ProductId;

/// One entry of `knowledge/products.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The id that articles name.
    pub id: ProductId,
    /// The name that people read.
    pub name: String,
    /// Other names that people type.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The queue that this product's cases go to.
    pub queue: String,
}
