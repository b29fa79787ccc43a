//! Opening articles.

use crate::chat::{Memory, Name, Reply, Whole};
use crate::domain::{About, Article, Handle};
use crate::replies::articles;

use super::{Desk, Fault};

/// Further articles named below one.
const RELATED: usize = 2;

impl Desk {
    pub(super) async fn article(&self, name: &Name, memory: &mut Memory) -> Result<Reply, Fault> {
        let Some((article, related)) = self.open(name).await? else { return Ok(self.unknown_article(name)) };
        memory.article = Some(article.about.id.clone());
        let related: Vec<&About> = related.iter().collect();
        Ok(articles::article(self.locale, &article, &related, self.ways(&article, None).await?))
    }

    pub(super) async fn whole(&self, which: Whole, memory: &mut Memory) -> Result<Reply, Fault> {
        let name = match (which, &memory.article) {
            (Whole::Of(name), _) => name,
            (Whole::Last, Some(id)) => Name::Handle(Handle::from(id)),
            (Whole::Last, None) => return Ok(articles::none_shown(self.locale)),
        };
        let Some((article, related)) = self.open(&name).await? else {
            return Ok(self.unknown_article(&name));
        };
        memory.article = Some(article.about.id.clone());
        let related: Vec<&About> = related.iter().collect();
        Ok(articles::whole(self.locale, &article, &related, self.ways(&article, None).await?))
    }

    async fn open(&self, name: &Name) -> Result<Option<(Article, Vec<About>)>, Fault> {
        let name = name.clone();
        self.look_up(move |answers| {
            let article = match &name {
                Name::Typed(text) => answers.article(text)?,
                Name::Handle(handle) => answers.article_of(handle)?,
            };
            let Some(article) = article else { return Ok(None) };
            let related = answers.related(&article, RELATED)?;
            Ok(Some((article, related)))
        })
        .await
    }

    /// An article by its name, number, alias or button.
    pub(super) async fn find_article(&self, name: &Name) -> Result<Option<Article>, Fault> {
        let name = name.clone();
        self.look_up(move |answers| match &name {
            Name::Typed(text) => answers.article(text),
            Name::Handle(handle) => answers.article_of(handle),
        })
        .await
    }

    pub(super) fn unknown_article(&self, name: &Name) -> Reply {
        match name {
            Name::Typed(text) => articles::unknown(self.locale, text),
            Name::Handle(_) => articles::gone(self.locale),
        }
    }
}
