//! A product that articles and cases can be about.

use serde::{Deserialize, Serialize};

use super::ProductId;
use super::nearest::nearest;

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

impl Product {
    /// All that the product is called: its id, its name, its aliases.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.id.as_str(), self.name.as_str()].into_iter().chain(self.aliases.iter().map(String::as_str))
    }

    /// The product that a person calls by its id, name or alias; case and surrounding space do not matter.
    #[must_use]
    pub fn find<'a>(products: &'a [Self], name: &str) -> Option<&'a Self> {
        let name = name.trim().to_lowercase();
        products.iter().find(|product| product.names().any(|own| own.to_lowercase() == name))
    }

    /// The product that was probably meant by a name that is nobody's.
    #[must_use]
    pub fn nearest<'a>(products: &'a [Self], name: &str) -> Option<&'a Self> {
        let names = products.iter().flat_map(Self::names);
        Self::find(products, nearest(name.trim(), names)?)
    }

    /// The product that a text speaks of: the one with the longest name that stands in it as whole words.
    #[must_use]
    pub fn named_in<'a>(products: &'a [Self], text: &str) -> Option<&'a Self> {
        let text = words(text);
        let named =
            products.iter().flat_map(|product| product.names().map(move |name| (words(name), product)));
        named
            .filter(|(name, _)| text.contains(name.as_str()))
            .max_by_key(|(name, _)| name.len())
            .map(|(_, product)| product)
    }
}

/// Lower-case words with one space around each, so that names are found as whole words.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(" ".to_owned(), |out, word| out + word + " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn products() -> Vec<Product> {
        let product = |id: &str, name: &str, alias: &str| Product {
            id: ProductId::parse(id).unwrap(),
            name: name.to_owned(),
            aliases: vec![alias.to_owned()],
            queue: "technical-support".to_owned(),
        };
        vec![
            product("citrix-cloud", "Citrix Cloud", "Cloud console"),
            product("virtual-apps-and-desktops", "Virtual Apps and Desktops", "CVAD"),
        ]
    }

    #[test]
    fn a_product_is_found_by_whatever_people_call_it() {
        let products = products();
        let id = |product: Option<&Product>| product.map(|p| p.id.to_string()).unwrap_or_default();
        for name in ["citrix-cloud", "Citrix Cloud", "CITRIX CLOUD ", "cloud Console"] {
            assert_eq!(id(Product::find(&products, name)), "citrix-cloud", "{name}");
        }
        assert_eq!(id(Product::find(&products, "cloud")), "");
        for (typed, expected) in
            [("citrix-clod", "citrix-cloud"), ("cvda", "virtual-apps-and-desktops"), ("abc", "")]
        {
            assert_eq!(id(Product::nearest(&products, typed)), expected, "{typed}");
        }
        for (text, expected) in [
            ("how do I sign in to the cloud-console?", "citrix-cloud"),
            ("CVAD black screen", "virtual-apps-and-desktops"),
            ("cvads", ""),
            ("", ""),
        ] {
            assert_eq!(id(Product::named_in(&products, text)), expected, "{text}");
        }
    }
}
