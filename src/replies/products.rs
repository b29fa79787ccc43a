//! What is said about products.

use crate::chat::{ProductLine, Reply, ReplyBlock};
use crate::domain::{Product, ProductId};

use super::words::{paragraph, quoted};
use super::{Locale, choices};

/// The products to choose from.
#[must_use]
pub fn list(locale: Locale, products: &[Product], chosen: Option<&ProductId>) -> Reply {
    let Locale::English = locale;
    if products.is_empty() {
        return Reply { blocks: vec![paragraph(NO_PRODUCTS)], ..Reply::default() };
    }
    let text = match chosen.and_then(|id| products.iter().find(|product| product.id == *id)) {
        Some(product) => format!("Answers are about {}. These are the products:", product.name),
        None => "Answers are about all products. Choose one to narrow them:".to_owned(),
    };
    let choices = chosen.map(|_| choices::all_products(locale)).into_iter().collect();
    Reply { blocks: vec![paragraph(text), lines(products, chosen)], choices, ..Reply::default() }
}

const NO_PRODUCTS: &str = "This desk does not tell products apart. Just ask your question.";

fn lines(products: &[Product], chosen: Option<&ProductId>) -> ReplyBlock {
    let line = |product: &Product| ProductLine {
        id: product.id.clone(),
        name: product.name.clone(),
        chosen: chosen == Some(&product.id),
        press: choices::product(product).id,
    };
    ReplyBlock::Products(products.iter().map(line).collect())
}

/// A product was chosen.
#[must_use]
pub fn chosen(locale: Locale, product: &Product) -> Reply {
    let Locale::English = locale;
    let text = format!("From now on I answer about {}. What would you like to know?", product.name);
    Reply { blocks: vec![paragraph(text)], choices: vec![choices::all_products(locale)], ..Reply::default() }
}

/// All products were chosen.
#[must_use]
pub fn all(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text = "From now on I answer about all products. What would you like to know?";
    Reply { blocks: vec![paragraph(text)], ..Reply::default() }
}

/// No product has this name; perhaps one was meant.
#[must_use]
pub fn unknown(locale: Locale, name: &str, meant: Option<&Product>, products: &[Product]) -> Reply {
    let Locale::English = locale;
    if products.is_empty() {
        return Reply { blocks: vec![paragraph(NO_PRODUCTS)], ..Reply::default() };
    }
    let name = quoted(name);
    let Some(product) = meant else {
        let text = format!("{name} is not one of the products. These are:");
        return Reply { blocks: vec![paragraph(text), lines(products, None)], ..Reply::default() };
    };
    let text = format!("{name} is not one of the products. Did you mean {}?", product.name);
    let choices = vec![choices::product(product), choices::products(locale)];
    Reply { blocks: vec![paragraph(text)], choices, ..Reply::default() }
}

/// The product that a button names is no longer on the list.
#[must_use]
pub fn gone(locale: Locale, products: &[Product]) -> Reply {
    let Locale::English = locale;
    if products.is_empty() {
        return Reply { blocks: vec![paragraph(NO_PRODUCTS)], ..Reply::default() };
    }
    let text = "That product is no longer on the list. These are:";
    Reply { blocks: vec![paragraph(text), lines(products, None)], ..Reply::default() }
}
