//! Articles as replies show them.

use crate::chat::{Card, Mention, ReplyBlock};
use crate::domain::{About, Passage};

use super::excerpt::Rest;
use super::words::{kind, paragraph};
use super::{Locale, choices};

/// A card that shows these sections.
pub fn card(locale: Locale, about: &About, sections: Vec<Passage>) -> ReplyBlock {
    ReplyBlock::Card(Card {
        id: about.id.clone(),
        title: about.title.clone(),
        kind: about.kind,
        label: kind(locale, about.kind).to_owned(),
        sections,
        updated: about.updated,
        url: about.url.clone(),
    })
}

/// Says where an article goes on that was cut; nothing when it was not.
pub fn rest(locale: Locale, rest: &Rest) -> Option<ReplyBlock> {
    let Locale::English = locale;
    match rest {
        Rest::Nothing => None,
        Rest::Text => Some(paragraph("There is more of this in the whole article.")),
        Rest::Steps { from, to } if from == to => {
            Some(paragraph(format!("Step {from} is in the whole article.")))
        }
        Rest::Steps { from, to } => {
            Some(paragraph(format!("Steps {from} to {to} are in the whole article.")))
        }
    }
}

/// Articles that can be opened.
pub fn mentions<'a>(locale: Locale, articles: impl IntoIterator<Item = &'a About>) -> Vec<Mention> {
    let mention = |about: &About| Mention {
        id: about.id.clone(),
        title: about.title.clone(),
        label: kind(locale, about.kind).to_owned(),
        press: choices::read(locale, about).id,
    };
    articles.into_iter().map(mention).collect()
}

/// "Also: …"; nothing when there are none.
pub fn also<'a>(locale: Locale, articles: impl IntoIterator<Item = &'a About>) -> Option<ReplyBlock> {
    let mentions = mentions(locale, articles);
    (!mentions.is_empty()).then_some(ReplyBlock::Also(mentions))
}
