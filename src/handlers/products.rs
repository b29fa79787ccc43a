//! Choosing what questions are about.

use crate::chat::{Memory, Name, Reply, Scope};
use crate::domain::{Handle, Product, ProductId};
use crate::replies::products;

use super::Desk;

impl Desk {
    pub(super) fn list_products(&self, memory: &Memory) -> Reply {
        products::list(self.locale, &self.products(), self.chosen(memory).as_ref())
    }

    pub(super) fn choose_product(&self, name: &Name, memory: &mut Memory) -> Reply {
        let all = self.products();
        let Some(product) = find(&all, name) else { return self.unknown_product(name) };
        memory.scope = Scope::Only(product.id.clone());
        products::chosen(self.locale, product)
    }

    pub(super) fn choose_all_products(&self, memory: &mut Memory) -> Reply {
        memory.scope = Scope::All;
        products::all(self.locale)
    }

    pub(super) fn unknown_product(&self, name: &Name) -> Reply {
        let all = self.products();
        match name {
            Name::Typed(text) => products::unknown(self.locale, text, Product::nearest(&all, text), &all),
            Name::Handle(_) => products::gone(self.locale, &all),
        }
    }

    /// The product that a question is about: the one that it names, else the conversation's, else the desk's.
    pub(super) fn product_for(&self, text: &str, memory: &Memory) -> Option<ProductId> {
        let chosen = self.chosen(memory)?;
        let all = self.products();
        let named = Product::named_in(&all, text).map(|product| product.id.clone());
        Some(named.unwrap_or(chosen))
    }

    /// The product of the conversation, or the desk's. One that is not on the list is as good as none.
    fn chosen(&self, memory: &Memory) -> Option<ProductId> {
        let id = match &memory.scope {
            Scope::Usual => self.product.as_ref()?,
            Scope::All => return None,
            Scope::Only(id) => id,
        };
        self.products().iter().find(|product| product.id == *id).map(|product| product.id.clone())
    }
}

/// The product that was named.
pub(super) fn find<'a>(products: &'a [Product], name: &Name) -> Option<&'a Product> {
    match name {
        Name::Typed(text) => Product::find(products, text),
        Name::Handle(handle) => by_handle(products, handle),
    }
}

/// The product that a button names.
pub(super) fn by_handle<'a>(products: &'a [Product], handle: &Handle) -> Option<&'a Product> {
    products.iter().find(|product| handle.names(product.id.as_str()))
}
