//! Guides: which there are, being walked through one, and what helps whoever is stuck.

use crate::chat::flow::{Draft, Flow, Followed, Outcome, Walk};
use crate::chat::wish::GuideWish;
use crate::chat::{Name, Question, Reply, Ticket};
use crate::domain::case::TriedGuide;
use crate::domain::{About, Article, Guide, Handle, Passage};
use crate::replies::guides::{self, Page, Walkable, Ways};
use crate::services::answers::Question as Asked;

use super::products::find;
use super::{Desk, Fault, Turn};

/// Guides in one list.
const LISTED: usize = 10;
/// How many results are looked at for something that explains a step.
const LOOKED_AT: usize = 4;

impl Desk {
    pub(super) async fn guide(&self, wish: GuideWish, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        match wish {
            GuideWish::List { product, skip } => self.list_guides(product, skip).await,
            GuideWish::Start { article, guide } => match self.find_article(&article).await? {
                Some(article) => self.start_guide(&article, guide, turn).await,
                None => Ok(self.unknown_article(&article)),
            },
            GuideWish::Through(words) => self.guide_through(words, turn).await,
        }
    }

    async fn list_guides(&self, product: Option<Name>, skip: usize) -> Result<Reply, Fault> {
        let products = self.products();
        let product = match &product {
            None => None,
            Some(name) => match find(&products, name) {
                Some(product) => Some(product),
                None => return Ok(self.unknown_product(name)),
            },
        };
        let id = product.map(|product| product.id.clone());
        let (found, more) = self.look_up(move |answers| answers.guides(id.as_ref(), skip, LISTED)).await?;
        Ok(guides::list(self.locale, product, &found, skip, more))
    }

    /// Words may name an article or a product, or be a question that an article with steps answers.
    async fn guide_through(&self, words: String, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let name = Name::Typed(words.clone());
        if let Some(article) = self.find_article(&name).await? {
            return self.start_guide(&article, None, turn).await;
        }
        if find(&self.products(), &name).is_some() {
            return self.list_guides(Some(name), 0).await;
        }
        let product = self.product_for(&words, &turn.talk.conversation.memory);
        let asked = Asked { text: words.clone(), product, skip: 0, limit: 1, passages: false };
        let answer = self.look_up(move |answers| answers.ask(asked)).await?;
        let first = answer.results.first().filter(|_| answer.confident);
        if let (Some(article), Some(first)) = (&answer.article, first) {
            match self.walkable(article, Some(first.passage_at)) {
                Walkable::This(guide) => return self.start_guide(article, Some(guide), turn).await,
                Walkable::Some => return self.start_guide(article, None, turn).await,
                Walkable::No => {}
            }
        }
        // Nothing to walk through answers it: what there is says so better than a refusal.
        self.question(Question { text: words, product: None, cut: false }, turn).await
    }

    /// Which guides an article has that is shown from this passage on.
    pub(super) fn walkable(&self, article: &Article, passage: Option<usize>) -> Walkable {
        if !self.keeps() {
            return Walkable::No;
        }
        let within = passage.map(|at| Guide::within(article, at)).unwrap_or_default();
        match (Guide::all(article).len(), within.len()) {
            (0, _) => Walkable::No,
            (1, _) => Walkable::This(0),
            (_, 1) => Walkable::This(within.start),
            (_, _) => Walkable::Some,
        }
    }

    /// What can be done with an article that is shown from this passage on.
    pub(super) async fn ways(&self, article: &Article, passage: Option<usize>) -> Result<Ways, Fault> {
        let here = self.done_here(&article.about).await?;
        Ok(Ways { walkable: self.walkable(article, passage), here })
    }

    async fn start_guide(
        &self,
        article: &Article,
        guide: Option<usize>,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        turn.talk.conversation.memory.article = Some(article.about.id.clone());
        let all = Guide::all(article);
        let chosen = guide.filter(|guide| *guide < all.len()).or((all.len() == 1).then_some(0));
        let Some(chosen) = chosen else {
            return Ok(match all.as_slice() {
                [] => guides::no_steps(self.locale, &article.about),
                several => guides::which(self.locale, article, several),
            });
        };
        let Some(walk) = Walk::begin(article, chosen) else {
            return Ok(guides::no_steps(self.locale, &article.about));
        };
        let going = self.kept()?.conversations.going(turn.talk.person()).await?;
        let is_same = |flow: &&Flow| match &flow.draft {
            Draft::Walk(other) => other.article == walk.article && other.guide == walk.guide,
            Draft::OpenCase(_)
            | Draft::Writing(_)
            | Draft::Address(_)
            | Draft::Reset(_)
            | Draft::Link(_)
            | Draft::Account(_)
            | Draft::RefuseRequest(_) => false,
        };
        match going.iter().find(is_same) {
            Some(before) => {
                let Some(flow) = self.find_flow(Some(before.id), turn).await? else {
                    return self.begin_flow(Draft::Walk(walk), turn).await;
                };
                let notice = guides::went_on(self.locale, &flow);
                let is_at_the_beginning = !flow.can_go_back();
                let reply = self.go_on(flow, turn).await?;
                Ok(if is_at_the_beginning { reply } else { notice.and(reply) })
            }
            None => self.begin_flow(Draft::Walk(walk), turn).await,
        }
    }

    /// Follows the article to what it says today, and answers whoever is stuck.
    pub(super) async fn walk_on(
        &self,
        flow: &mut Flow,
        mut walk: Walk,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let article = self.find_article(&Name::Handle(Handle::from(&walk.article))).await?;
        let followed = article.as_ref().map_or(Followed::Gone, |article| walk.follow(article));
        let is_stuck = std::mem::take(&mut walk.stuck);
        flow.draft = Draft::Walk(walk.clone());
        let Some(article) = article.filter(|_| followed != Followed::Gone) else {
            turn.cancel(flow.clone());
            return Ok(Some(guides::gone(self.locale, &walk)));
        };
        if is_stuck {
            turn.talk.put_flow(flow.clone());
            let explains = self.explains(&walk, &article).await?;
            let explains = explains.as_ref().map(|(about, passage)| (about, passage));
            return Ok(Some(guides::stuck(self.locale, flow, &walk, explains)));
        }
        match followed {
            Followed::Edited { .. } => {
                turn.talk.put_flow(flow.clone());
                let notice = guides::edited(self.locale, &walk, followed);
                Ok(Some(notice.and(self.prompt(flow, turn).await?)))
            }
            Followed::Same | Followed::Gone => Ok(None),
        }
    }

    /// The passage that explains a step best, other than the guide itself.
    async fn explains(&self, walk: &Walk, article: &Article) -> Result<Option<(About, Passage)>, Fault> {
        let (id, guide) = (article.about.id.clone(), walk.guide);
        let own = (0..article.passages.len()).find(|at| Guide::within(article, *at).contains(&guide));
        let text = walk.says.clone();
        let asked =
            Asked { text, product: article.about.product.clone(), skip: 0, limit: LOOKED_AT, passages: true };
        let answer = self.look_up(move |answers| answers.ask(asked)).await?;
        let other = answer.results.into_iter().find(|found| {
            let is_own = found.about.id == id && own == Some(found.passage_at);
            !is_own && found.passage.is_some()
        });
        Ok(other.and_then(|found| Some((found.about, found.passage?))))
    }

    /// The guide of a flow with what stands around it.
    pub(super) async fn page(&self, flow: &Flow) -> Result<Option<Page>, Fault> {
        let Draft::Walk(walk) = &flow.draft else { return Ok(None) };
        let Some(article) = self.find_article(&Name::Handle(Handle::from(&walk.article))).await? else {
            return Ok(None);
        };
        let needs = Guide::needs(&article).into_iter().cloned().collect();
        let guide = Guide::all(&article).into_iter().nth(walk.guide);
        Ok(guide.map(|guide| Page { about: article.about, needs, guide }))
    }

    /// They stop, and their place is kept.
    pub(super) fn stop_here(&self, flow: Flow, turn: &mut Turn<'_>) -> Reply {
        let reply = guides::stopped(self.locale, &flow);
        turn.leave(flow);
        reply
    }

    pub(super) fn finish_walk(&self, flow: Flow, walk: &Walk, turn: &mut Turn<'_>) -> Reply {
        let solved = walk.solved == Some(true);
        let reply = guides::over(self.locale, &flow, walk, solved);
        turn.done(flow, Outcome::Walked { solved });
        reply
    }

    /// Where they stopped in a guide, in the one that is named or the one that goes on here, with the product that it is about.
    pub(super) async fn stopped_at(
        &self,
        guide: Option<Ticket>,
        turn: &mut Turn<'_>,
    ) -> Result<Option<(TriedGuide, Option<String>)>, Fault> {
        let flow = match guide {
            Some(id) => self.find_flow(Some(id), turn).await?,
            None => turn.talk.active().cloned(),
        };
        let Some(Flow { draft: Draft::Walk(walk), .. }) = flow else { return Ok(None) };
        let article = self.find_article(&Name::Handle(Handle::from(&walk.article))).await?;
        let product = article.and_then(|article| article.about.product);
        Ok(Some((walk.stopped(), product.map(|product| product.as_str().to_owned()))))
    }
}
