//! Which article each id and alias leads to, where several claim one.

use std::collections::HashMap;

use crate::domain::ArticleId;

use super::manifest::Known;

/// A claim to a name: the file, the line in it, and the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim<'m> {
    pub path: &'m str,
    pub line: usize,
    pub id: &'m ArticleId,
}

/// Ids and aliases. The first file in the order of paths has a name, and an id comes before an alias.
#[derive(Debug, Default)]
pub struct Names<'m> {
    ids: HashMap<&'m str, Claim<'m>>,
    aliases: HashMap<String, Claim<'m>>,
}

impl<'m> Names<'m> {
    /// Gives out the names of articles that come in the order of their paths.
    pub(super) fn of(articles: impl Iterator<Item = (&'m str, &'m Known)>) -> Self {
        let mut names = Self::default();
        for (path, known) in articles {
            let claim = |line| Claim { path, line, id: &known.id };
            let winner = *names.ids.entry(known.id.as_str()).or_insert_with(|| claim(known.id_line));
            // An article that is not loaded lends its aliases to nobody.
            for (line, alias) in known.aliases.iter().filter(|_| winner.path == path) {
                names.aliases.entry(key(alias)).or_insert_with(|| claim(*line));
            }
        }
        names
    }

    /// The article that an id or alias leads to.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Option<&'m ArticleId> {
        let key = key(name);
        self.ids.get(key.as_str()).or_else(|| self.aliases.get(&key)).map(|claim| claim.id)
    }

    /// Who has this id.
    pub(super) fn id(&self, id: &str) -> Option<Claim<'m>> {
        self.ids.get(id).copied()
    }

    /// Who has this alias.
    pub(super) fn alias(&self, alias: &str) -> Option<Claim<'m>> {
        self.aliases.get(&key(alias)).copied()
    }

    /// The path of every article that is loaded, by id.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&'m ArticleId, &'m str)> {
        self.ids.values().map(|claim| (claim.id, claim.path))
    }

    /// All names, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().copied().chain(self.aliases.keys().map(String::as_str))
    }
}

/// The form in which names are compared.
pub(super) fn key(name: &str) -> String {
    let name = name.trim();
    ArticleId::parse(name).map_or_else(|_| name.to_lowercase(), String::from)
}
