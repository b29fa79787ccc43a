//! `products.toml`: the only list of products.

use std::{collections::HashMap, path::Path};

use crate::domain::{Product, ProductId};

use super::{
    fault::{Fault, Remark},
    fields::Fields,
    text::one_line,
    toml_file,
};

/// The products of the desk, in the order of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Products {
    list: Vec<Product>,
}

impl Products {
    /// The file's name.
    pub const FILE: &str = "products.toml";

    /// Reads the folder's list; without one there are no products.
    pub fn read(folder: &Path, faults: &mut Vec<Fault>) -> Self {
        toml_file::read(folder, Self::FILE, faults, parse)
    }

    /// The product with this id.
    #[must_use]
    pub fn get(&self, id: &ProductId) -> Option<&Product> {
        self.find(id.as_str()).filter(|product| product.id == *id)
    }

    /// The product that a person calls by its id, name or alias; case does not matter.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Product> {
        Product::find(&self.list, name)
    }

    /// The id of the product that was probably meant by a text that is no id.
    #[must_use]
    pub fn suggest(&self, name: &str) -> Option<&str> {
        let product = self.find(name).or_else(|| Product::nearest(&self.list, name));
        product.map(|product| product.id.as_str())
    }

    /// All products, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Product> {
        self.list.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether a text is a product's id, to the letter.
    pub(super) fn has_id(&self, text: &str) -> bool {
        self.find(text).is_some_and(|product| product.id.as_str() == text)
    }
}

fn parse(document: Fields<'_>, remarks: &mut Vec<Remark>) -> Products {
    document.refuse_unknown(&["product"], "section", remarks);
    let mut products = Products::default();
    // The place of the product that a name means, and the line of the name.
    let (mut owners, mut lines) = (HashMap::new(), HashMap::<String, usize>::new());
    for fields in document.tables("product", remarks) {
        let Some((product, names)) = product(fields, remarks) else { continue };
        let place = products.list.len();
        let id = key(product.id.as_str());
        if let Some(first) = lines.get(&id) {
            let what = format!("\"{}\" is a product's name in line {first} already", product.id);
            let remedy = "give one of them another id, as only the first is used";
            remarks.push(Remark::error(names.first().map_or(fields.line(), |(line, _)| *line), what, remedy));
            continue;
        }
        for (line, name) in names {
            let owner = *owners.entry(key(&name)).or_insert(place);
            let first = *lines.entry(key(&name)).or_insert(line);
            // A product may well repeat itself: its name may be its id in other letters.
            if owner != place {
                let what = format!("\"{name}\" is a product's name in line {first} already");
                remarks.push(Remark::error(
                    line,
                    what,
                    "take it away here or there, as it means the first product",
                ));
            }
        }
        products.list.push(product);
    }
    products
}

/// A product and all that it is called, with lines.
fn product(fields: Fields<'_>, remarks: &mut Vec<Remark>) -> Option<(Product, Vec<(usize, String)>)> {
    fields.refuse_unknown(&["id", "name", "aliases", "queue"], "field of a product", remarks);
    let id = fields.required("id", "id = \"…\"", remarks);
    let name = fields.required("name", "name = \"…\"", remarks);
    let aliases = fields.texts("aliases", remarks);
    let queue = fields.required("queue", "queue = \"technical-support\"", remarks);
    let ((id_line, id), (name_line, name), (_, queue)) = (id?, name?, queue?);
    let name = one_line(name);
    let id = match ProductId::parse(id) {
        Ok(id) => id,
        Err(error) => {
            remarks.push(Remark::error(id_line, error.to_string(), "write for example id = \"my-product\""));
            return None;
        }
    };
    let mut names = vec![(id_line, id.to_string()), (name_line, name.clone())];
    names.extend(aliases.iter().cloned());
    let aliases = aliases.into_iter().map(|(_, alias)| alias).collect();
    Some((Product { id, name, aliases, queue: one_line(queue) }, names))
}

/// The form in which names are compared.
fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fault::told;

    fn read(text: &str) -> (Products, String) {
        let mut remarks = Vec::new();
        let products = toml_file::parse_text(text, &mut remarks, parse).unwrap_or_default();
        (products, told(remarks, "products.toml"))
    }

    const CLOUD: &str = "[[product]]\nid = \"citrix-cloud\"\nname = \"Citrix Cloud\"\naliases = [\"Cloud console\"]\nqueue = \"technical-support\"\n";

    #[test]
    fn a_product_is_found_by_whatever_people_call_it() {
        let (products, faults) = read(CLOUD);
        assert_eq!(faults, "");
        for name in ["citrix-cloud", "Citrix Cloud", "CITRIX CLOUD ", "cloud Console"] {
            assert_eq!(
                products.find(name).map(|product| product.name.as_str()),
                Some("Citrix Cloud"),
                "{name}"
            );
        }
        assert!(products.find("cloud").is_none());
        for (typed, expected) in
            [("Citrix Cloud", Some("citrix-cloud")), ("citrix-clod", Some("citrix-cloud")), ("abc", None)]
        {
            assert_eq!(products.suggest(typed), expected, "{typed}");
        }
        assert!(products.get(&ProductId::parse("citrix-cloud").unwrap()).is_some());
    }

    #[test]
    fn faults_name_their_line_and_cost_only_their_product() {
        let wrong = "\n[[product]]\nid = \"Bad Id\"\nname = \"x\"\nqueue = \"q\"\n\n[[product]]\nid = \"no-queue\"\nname = \"x\"\nnmae = 1\n\n[[product]]\nid = \"other\"\nname = \"citrix cloud\"\nqueue = \"q\"\n\n[[product]]\nid = \"citrix-cloud\"\nname = \"x\"\nqueue = \"q\"\n\n[[produkt]]\nid = 1\n";
        let (products, faults) = read(&format!("{CLOUD}{wrong}"));
        assert_eq!(
            products.iter().map(|product| product.id.as_str()).collect::<Vec<_>>(),
            ["citrix-cloud", "other"]
        );
        insta::assert_snapshot!(faults, @r#"
        products.toml:8: error: "Bad Id" is no product id: use lower-case letters, digits and single hyphens; write for example id = "my-product"
        products.toml:12: error: queue is missing; add queue = "technical-support"
        products.toml:15: warning: "nmae" is no known field of a product; did you mean "name"?
        products.toml:19: error: "citrix cloud" is a product's name in line 3 already; take it away here or there, as it means the first product
        products.toml:23: error: "citrix-cloud" is a product's name in line 2 already; give one of them another id, as only the first is used
        products.toml:27: warning: "produkt" is no known section; did you mean "product"?
        "#);
    }

    #[test]
    fn a_file_that_is_not_there_lists_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut faults = Vec::new();
        assert!(Products::read(folder.path(), &mut faults).is_empty());
        assert_eq!(faults, []);
    }
}
