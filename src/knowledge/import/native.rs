//! The desk's own form of an article: TOML between `+++`, then Markdown.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use toml::value::{Date, Datetime};

use crate::domain::{ArticleId, Form, Kind, ProductId};

/// What every article of an import has in common.
#[derive(Debug, Clone, Default)]
pub struct Stamp {
    /// What sort of articles they are; support articles unless given.
    pub kind: Option<Kind>,
    /// The product they are about.
    pub product: Option<ProductId>,
    /// Origin and licence.
    pub source: Option<String>,
}

/// The fields in the order in which they are written.
#[derive(Debug, Serialize)]
pub(super) struct Front<'a> {
    pub id: &'a ArticleId,
    pub title: &'a str,
    pub kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<Form>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<&'a ProductId>,
    pub keywords: Vec<String>,
    pub aliases: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Datetime>,
    pub language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<&'a str>,
}

/// The name and form of a kind.
pub(super) fn kind(kind: Option<Kind>) -> (&'static str, Option<Form>) {
    let kind = kind.unwrap_or(Kind::Support);
    let form = match kind {
        Kind::TechZone(form) => Some(form),
        Kind::Support | Kind::Documentation => None,
    };
    (kind.name(), form)
}

/// A date as TOML writes it.
pub(super) fn date(date: NaiveDate) -> Option<Datetime> {
    let date = Date {
        year: date.year().try_into().ok()?,
        month: date.month().try_into().ok()?,
        day: date.day().try_into().ok()?,
    };
    Some(Datetime { date: Some(date), time: None, offset: None })
}

/// The file of an article.
pub(super) fn write(front: &Front<'_>, body: &str) -> Result<String, toml::ser::Error> {
    Ok(format!("+++\n{}+++\n\n{}\n", toml::to_string(front)?, body.trim_end()))
}
