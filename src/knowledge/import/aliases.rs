//! Old names of articles, each of which may lead to one article only.

use std::collections::{BTreeSet, HashMap};

use crate::domain::ArticleId;

/// Which article has which old name. The first one that asks keeps it.
#[derive(Debug)]
pub struct Aliases<'a> {
    owners: HashMap<String, &'a ArticleId>,
    elsewhere: &'a BTreeSet<ArticleId>,
}

/// Why an article can't have an old name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Taken<'a> {
    /// It is another article's name today.
    ById,
    /// It is another article's old name too.
    ByAlias(&'a ArticleId),
}

impl<'a> Aliases<'a> {
    /// Names that nobody has yet, but for those of articles `elsewhere`.
    #[must_use]
    pub fn new(elsewhere: &'a BTreeSet<ArticleId>) -> Self {
        Self { owners: HashMap::new(), elsewhere }
    }

    /// Gives an old name to an article.
    pub(super) fn claim(&mut self, alias: &str, id: &'a ArticleId) -> Result<(), Taken<'a>> {
        if ArticleId::parse(alias).is_ok_and(|id| self.elsewhere.contains(&id)) {
            return Err(Taken::ById);
        }
        match *self.owners.entry(alias.to_lowercase()).or_insert(id) {
            owner if owner == id => Ok(()),
            owner => Err(Taken::ByAlias(owner)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_keeps_an_old_name() {
        let [one, other, third] = ["one", "other", "third"].map(|id| ArticleId::parse(id).unwrap());
        let elsewhere = [third].into();
        let mut aliases = Aliases::new(&elsewhere);
        assert_eq!(aliases.claim("KB12345", &one), Ok(()));
        assert_eq!(aliases.claim("kb12345", &one), Ok(()));
        assert_eq!(aliases.claim("KB12345", &other), Err(Taken::ByAlias(&one)));
        assert_eq!(aliases.claim("third", &other), Err(Taken::ById));
    }
}
