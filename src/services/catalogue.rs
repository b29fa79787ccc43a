//! All articles in order: by product, by kind, by title; limited to some of them, one page at a time.

use std::collections::HashMap;

use crate::domain::{About, Product, ProductId, Shelf};

/// Articles on one page: a list that is looked through, and not a download.
pub const ON_A_PAGE: usize = 100;

/// Which articles are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Only of this product.
    pub product: Option<ProductId>,
    /// Only of these kinds.
    pub shelf: Option<Shelf>,
    /// Which page; the first is 1. A page after the last is the last.
    pub page: usize,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet<'a> {
    /// What is on this page, in order.
    pub groups: Vec<Group<'a>>,
    /// How many articles there are on all pages.
    pub total: usize,
    /// Which page this is.
    pub page: usize,
    /// How many there are; at least one.
    pub pages: usize,
    /// How many articles of the same kinds each product has; those without any are not there.
    pub products: Vec<(&'a Product, usize)>,
    /// How many articles of the same product are of each kind.
    pub shelves: Vec<(Shelf, usize)>,
}

/// Articles of one product and kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// Their product; none where they are about none that is listed.
    pub product: Option<&'a Product>,
    /// Their kind.
    pub shelf: Shelf,
    /// By title.
    pub articles: Vec<&'a About>,
}

/// A page of these articles, which come by title.
#[must_use]
pub fn sheet<'a>(articles: &'a [About], products: &'a [Product], wanted: &Wanted) -> Sheet<'a> {
    let places: HashMap<&ProductId, usize> =
        products.iter().enumerate().map(|(at, product)| (&product.id, at)).collect();
    let place = |about: &About| about.product.as_ref().and_then(|id| places.get(id)).copied();
    let is_product = |about: &About| wanted.product.is_none() || about.product == wanted.product;
    let is_shelf = |about: &About| wanted.shelf.is_none_or(|shelf| about.kind.shelf() == shelf);

    let mut of_product: Vec<usize> = vec![0; products.len()];
    let mut of_shelf: HashMap<Shelf, usize> = HashMap::new();
    let mut shown: Vec<(Option<usize>, Shelf, &About)> = Vec::new();
    for about in articles {
        let (at, shelf) = (place(about), about.kind.shelf());
        if is_shelf(about)
            && let Some(count) = at.and_then(|at| of_product.get_mut(at))
        {
            *count += 1;
        }
        if is_product(about) {
            *of_shelf.entry(shelf).or_default() += 1;
        }
        if is_product(about) && is_shelf(about) {
            shown.push((at, shelf, about));
        }
    }
    // Stable: within a group they stay by title. What is about no product comes last.
    shown.sort_by_key(|(at, shelf, _)| (at.unwrap_or(usize::MAX), *shelf));
    let pages = shown.len().div_ceil(ON_A_PAGE).max(1);
    let page = wanted.page.clamp(1, pages);
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (at, shelf, about) in shown.iter().skip((page - 1) * ON_A_PAGE).take(ON_A_PAGE) {
        let product = at.and_then(|at| products.get(at));
        match groups.last_mut().filter(|group| (group.product, group.shelf) == (product, *shelf)) {
            Some(group) => group.articles.push(about),
            None => groups.push(Group { product, shelf: *shelf, articles: vec![about] }),
        }
    }
    let with_any = products.iter().zip(of_product).filter(|(_, count)| *count > 0);
    let shelves = Shelf::ALL.into_iter().filter_map(|shelf| Some((shelf, *of_shelf.get(&shelf)?)));
    Sheet {
        groups,
        total: shown.len(),
        page,
        pages,
        products: with_any.collect(),
        shelves: shelves.collect(),
    }
}

/// The articles that changed last, the latest first; those that say no day are not there.
#[must_use]
pub fn latest(articles: &[About], most: usize) -> Vec<&About> {
    let mut dated: Vec<&About> = articles.iter().filter(|about| about.updated.is_some()).collect();
    dated.sort_by(|a, b| b.updated.cmp(&a.updated).then_with(|| a.id.cmp(&b.id)));
    dated.truncate(most);
    dated
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ArticleId, Kind};

    fn product(id: &str) -> Product {
        let queue = "technical-support".to_owned();
        Product { id: ProductId::parse(id).unwrap(), name: id.to_uppercase(), aliases: Vec::new(), queue }
    }

    fn article(id: &str, product: Option<&str>, kind: Kind) -> About {
        let about = About::new(ArticleId::parse(id).unwrap(), id.to_owned(), kind);
        About { product: product.map(|id| ProductId::parse(id).unwrap()), ..about }
    }

    #[test]
    fn products_come_in_the_order_of_their_list_and_support_articles_first() {
        let products = [product("zebra"), product("ant"), product("none-of-it")];
        let articles = [
            article("a", Some("ant"), Kind::Documentation),
            article("b", None, Kind::Support),
            article("c", Some("zebra"), Kind::Documentation),
            article("d", Some("zebra"), Kind::Support),
            article("e", Some("zebra"), Kind::Documentation),
            article("f", Some("unlisted"), Kind::Support),
        ];
        let told = |wanted: &Wanted| {
            let sheet = sheet(&articles, &products, wanted);
            let groups: Vec<String> = sheet
                .groups
                .iter()
                .map(|group| {
                    let ids: Vec<&str> = group.articles.iter().map(|about| about.id.as_str()).collect();
                    let product = group.product.map_or("-", |product| product.id.as_str());
                    format!("{product} {}: {}", group.shelf.name(), ids.join(" "))
                })
                .collect();
            let counts: Vec<String> =
                sheet.products.iter().map(|(product, count)| format!("{} {count}", product.id)).collect();
            (groups, sheet.total, counts.join(", "), sheet.shelves)
        };
        assert_eq!(
            told(&Wanted::default()),
            (
                vec![
                    "zebra support: d".to_owned(),
                    "zebra documentation: c e".to_owned(),
                    "ant documentation: a".to_owned(),
                    "- support: b f".to_owned(),
                ],
                6,
                "zebra 3, ant 1".to_owned(),
                vec![(Shelf::Support, 3), (Shelf::Documentation, 3)],
            )
        );
        let zebra =
            Wanted { product: Some(products[0].id.clone()), shelf: Some(Shelf::Documentation), page: 7 };
        assert_eq!(
            told(&zebra),
            (
                vec!["zebra documentation: c e".to_owned()],
                2,
                "zebra 2, ant 1".to_owned(),
                vec![(Shelf::Support, 1), (Shelf::Documentation, 2)],
            )
        );
    }

    #[test]
    fn every_article_is_on_exactly_one_page() {
        let articles: Vec<About> =
            (0..=3 * ON_A_PAGE).map(|at| article(&format!("n{at:05}"), None, Kind::Support)).collect();
        let mut seen = Vec::new();
        for page in 1..=4 {
            let sheet = sheet(&articles, &[], &Wanted { page, ..Wanted::default() });
            assert_eq!((sheet.page, sheet.pages, sheet.total), (page, 4, articles.len()));
            seen.extend(sheet.groups.iter().flat_map(|group| &group.articles).map(|about| about.id.clone()));
        }
        assert_eq!(seen, articles.iter().map(|about| about.id.clone()).collect::<Vec<_>>());
        let empty = sheet(&[], &[], &Wanted::default());
        assert_eq!((empty.page, empty.pages, empty.total), (1, 1, 0));
    }
}
