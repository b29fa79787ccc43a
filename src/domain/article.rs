//! A help article: what it says, in passages, and what is known about it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ArticleId, Block, ProductId};

/// What sort of article this is. Support articles come first among answers that are good enough, then documentation.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An answer of the support team, often numbered.
    Support,
    /// A page of the product's documentation.
    Documentation,
    /// Background for designing and building.
    TechZone(Form),
}

/// The forms that tech zone articles take.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[schema(as = ArticleForm)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// How the parts of a deployment fit together.
    ReferenceArchitecture,
    /// A picture.
    Diagram,
    /// A film.
    Video,
    /// A technical paper.
    Paper,
}

/// Kinds as lists and filters tell them apart: without their forms. In the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Shelf {
    Support,
    Documentation,
    TechZone,
}

impl Kind {
    /// The word that front matter, commands and JSON use.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.shelf().name()
    }

    /// Where lists have it.
    #[must_use]
    pub fn shelf(self) -> Shelf {
        match self {
            Self::Support => Shelf::Support,
            Self::Documentation => Shelf::Documentation,
            Self::TechZone(_) => Shelf::TechZone,
        }
    }
}

impl Shelf {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Support, Self::Documentation, Self::TechZone];

    /// The word that front matter, commands and addresses use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Support => "support",
            Self::Documentation => "documentation",
            Self::TechZone => "tech-zone",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shelf| shelf.name() == name)
    }
}

/// A help article as it was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// What is known about it.
    pub about: About,
    /// In reading order; the first one has no heading when the article opens with an introduction.
    pub passages: Vec<Passage>,
}

/// What is known about an article, its text aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its permanent name.
    pub id: ArticleId,
    /// What it is about, in one line.
    pub title: String,
    /// What sort of article it is.
    pub kind: Kind,
    /// The product it is about; none when it is general.
    pub product: Option<ProductId>,
    /// For whom it is written.
    pub audience: Option<String>,
    /// Words that people use and the text does not.
    pub keywords: Vec<String>,
    /// Old ids and numbers; they are searchable and lead here.
    pub aliases: Vec<String>,
    /// The page where the original or the thing itself is.
    pub url: Option<String>,
    /// When its content last changed.
    pub updated: Option<NaiveDate>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// When somebody should read it again.
    pub review_by: Option<NaiveDate>,
    /// A BCP 47 tag, `en` unless given.
    pub language: String,
    /// Origin and licence.
    pub source: Option<String>,
}

impl About {
    /// What is known when only the title is; the loader and the evaluation fill in the rest.
    #[must_use]
    pub fn new(id: ArticleId, title: String, kind: Kind) -> Self {
        Self {
            id,
            title,
            kind,
            product: None,
            audience: None,
            keywords: Vec::new(),
            aliases: Vec::new(),
            url: None,
            updated: None,
            owner: None,
            review_by: None,
            language: "en".to_owned(),
            source: None,
        }
    }
}

/// A section of an article: the unit that answers a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Passage {
    /// The section's heading; none for the introduction.
    pub heading: Option<String>,
    /// What the section says.
    pub blocks: Vec<Block>,
}

impl Passage {
    /// What is read, heading excluded.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.blocks.iter().for_each(|block| block.write_text(&mut out));
        out
    }

    /// The procedure of this passage: its first numbered list.
    #[must_use]
    pub fn procedure(&self) -> Option<&[super::Step]> {
        self.blocks.iter().find_map(|block| match block {
            Block::Steps { steps, .. } => Some(steps.as_slice()),
            Block::Paragraph(_)
            | Block::Heading(_)
            | Block::Bullets(_)
            | Block::Code(_)
            | Block::Quote(_)
            | Block::Table(_) => None,
        })
    }
}
