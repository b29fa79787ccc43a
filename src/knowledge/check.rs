//! What is wrong between files: names that two of them claim, links that lead nowhere, products nobody knows.

use std::{collections::HashMap, path::Path};

use crate::domain::ArticleId;

use super::{
    fault::{Fault, Remark},
    manifest::{Known, Manifest},
    names::{Claim, Names, key},
    products::Products,
    suggest::{Suggestions, did_you_mean},
};

/// So many dead links are told what they may have meant. A folder with more of them came from elsewhere, with links to
/// what was not brought along; looking for names like theirs would only hold up the start.
const MOST_SUGGESTIONS: usize = 200;

/// All faults of a folder's articles, those within each file included.
pub(super) fn check(folder: &Path, manifest: &Manifest, products: &Products) -> Vec<Fault> {
    let names = manifest.names();
    let mut meant = Meant { names: &names, suggestions: None, known: HashMap::new() };
    let mut faults = Vec::new();
    let mut naming = 0;
    for (path, entry) in manifest.files() {
        let mut remarks = entry.remarks.clone();
        if let Some(known) = &entry.article {
            let taken = |claim: Claim<'_>| format!("{}:{}", folder.join(claim.path).display(), claim.line);
            if let Some(claim) = names.id(known.id.as_str()).filter(|claim| claim.path != path) {
                // Nothing else in an article that is not loaded reaches a reader.
                let (id, other) = (&known.id, taken(claim));
                let what =
                    format!("the id \"{id}\" is that of {other} already, so this article is not loaded");
                remarks.push(Remark::error(known.id_line, what, "give one of them another id"));
            } else {
                check_aliases(known, path, &names, taken, &mut remarks);
                check_links(known, &mut meant, &mut remarks);
                check_product(known, products, &mut remarks);
                naming += usize::from(known.product.is_some());
            }
        }
        let file = folder.join(path);
        faults.extend(remarks.into_iter().map(|remark| remark.in_file(&file)));
    }
    if products.is_empty() && naming > 0 {
        let what = format!("no product is listed here, yet {naming} articles name one");
        let remedy = "add a [[product]] for each, or take `product` out of the articles";
        faults.push(Remark::whole_file(what, remedy).in_file(&folder.join(Products::FILE)));
    }
    faults
}

fn check_aliases(
    known: &Known,
    path: &str,
    names: &Names<'_>,
    taken: impl Fn(Claim<'_>) -> String,
    remarks: &mut Vec<Remark>,
) {
    for (line, alias) in &known.aliases {
        let elsewhere = |claim: &Claim<'_>| claim.path != path;
        if let Some(claim) = names.id(&key(alias)).filter(elsewhere) {
            let what = format!("the alias \"{alias}\" is the id of {}", taken(claim));
            remarks.push(Remark::error(*line, what, "take the alias away, as it leads to the other article"));
        } else if let Some(claim) = names.alias(alias).filter(elsewhere) {
            let what = format!("the alias \"{alias}\" is that of {} already", taken(claim));
            remarks.push(Remark::error(
                *line,
                what,
                "take it away here or there, as it leads to the other article",
            ));
        }
    }
}

/// Ids that dead links may have meant.
struct Meant<'n> {
    names: &'n Names<'n>,
    suggestions: Option<Suggestions<'n>>,
    known: HashMap<&'n ArticleId, Option<&'n str>>,
}

impl<'n> Meant<'n> {
    fn by(&mut self, id: &'n ArticleId) -> Option<&'n str> {
        if let Some(known) = self.known.get(id) {
            return *known;
        }
        if self.known.len() >= MOST_SUGGESTIONS {
            return None;
        }
        let names = self.names;
        let suggestions = self.suggestions.get_or_insert_with(|| Suggestions::new(names.all()));
        let found = suggestions.nearest(id.as_str());
        self.known.insert(id, found);
        found
    }
}

fn check_links<'n>(known: &'n Known, meant: &mut Meant<'n>, remarks: &mut Vec<Remark>) {
    for (line, id) in known.links.iter().filter(|(_, id)| meant.names.resolve(id.as_str()).is_none()) {
        let what = format!("the link leads to \"{id}\", and there is no such article");
        let remedy = did_you_mean(meant.by(id), "write that article, or link to another one");
        remarks.push(Remark::error(*line, what, remedy));
    }
}

fn check_product(known: &Known, products: &Products, remarks: &mut Vec<Remark>) {
    let Some((line, product)) = &known.product else { return };
    // Without a list every article would be wrong, which is one fault and not thousands.
    if products.is_empty() || products.has_id(product) {
        return;
    }
    let remedy = did_you_mean(products.suggest(product), format!("add it to {}", Products::FILE));
    remarks.push(Remark::error(*line, format!("there is no product \"{product}\""), remedy));
}
