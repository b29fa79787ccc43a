//! The `+++` lines at the top of an article: what is known about it.

use crate::domain::{About, ArticleId, Form, Kind, ProductId};

use super::{
    fault::Remark,
    fields::{self, Fields},
    lines::Lines,
    suggest::{Suggestions, did_you_mean},
    text::one_line,
};

const FENCE: &str = "+++";

/// All that front matter may say.
const FIELDS: [&str; 14] = [
    "id",
    "title",
    "kind",
    "form",
    "product",
    "audience",
    "keywords",
    "aliases",
    "url",
    "updated",
    "owner",
    "review_by",
    "language",
    "source",
];

const KINDS: [&str; 3] = ["support", "documentation", "tech-zone"];

const FORMS: [(&str, Form); 4] = [
    ("reference-architecture", Form::ReferenceArchitecture),
    ("diagram", Form::Diagram),
    ("video", Form::Video),
    ("paper", Form::Paper),
];

/// What is known about an article, and where it says so: other files may contradict it.
#[derive(Debug)]
pub(super) struct FrontMatter {
    pub about: About,
    pub id_line: usize,
    /// The aliases with their lines.
    pub aliases: Vec<(usize, String)>,
    /// The product as it is written, even where that is no id.
    pub product: Option<(usize, String)>,
}

/// An article's file in its two parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'t> {
    /// What is between the `+++` lines; it begins on line 2.
    pub front: &'t str,
    /// What follows them.
    pub body: &'t str,
    /// The number of the body's first line.
    pub body_line: usize,
}

/// Separates the front matter from the body.
pub(super) fn split(text: &str) -> Result<Parts<'_>, Remark> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if first.trim_end() != FENCE {
        let remedy = "begin the file with a line +++, then id, title and kind, then another line +++";
        return Err(Remark::error(1, "the article has no front matter", remedy));
    }
    let (begin, mut end) = (first.len(), first.len());
    for (index, line) in lines.enumerate() {
        if line.trim_end() == FENCE {
            let front = text.get(begin..end).unwrap_or_default();
            let body = text.get(end + line.len()..).unwrap_or_default();
            return Ok(Parts { front, body, body_line: index + 3 });
        }
        end += line.len();
    }
    Err(Remark::error(1, "the front matter has no end", "add a line +++ between it and the text"))
}

/// Reads what is between the `+++` lines. None where it lacks what no article can do without; any other mistake costs
/// only the field that it is in.
pub(super) fn read(front: &str, remarks: &mut Vec<Remark>) -> Option<FrontMatter> {
    let lines = Lines::of(front, 2);
    let table = fields::parse(front, &lines, remarks)?;
    let fields = Fields::new(&table, &lines, 1);
    fields.refuse_unknown(&FIELDS, "field", remarks);
    // Every field is read before the first one that lacks ends this, so that all mistakes are told at once.
    let id = id(fields, remarks);
    let title = fields.required("title", "title = \"…\"", remarks);
    let kind = kind(fields, remarks);
    let product = fields.text("product", remarks).map(|(line, text)| (line, one_line(text)));
    let audience = fields.phrase("audience", remarks);
    let keywords = fields.texts("keywords", remarks);
    let aliases = fields.texts("aliases", remarks);
    let url = url(fields, remarks);
    let updated = fields.date("updated", remarks);
    let owner = fields.phrase("owner", remarks);
    let review_by = fields.date("review_by", remarks);
    let language = language(fields, remarks);
    let source = fields.phrase("source", remarks);
    let ((id_line, id), (_, title)) = (id?, title?);
    let plain = About::new(id, one_line(title), kind?);
    let about = About {
        product: product.as_ref().and_then(|(_, text)| ProductId::parse(text).ok()),
        audience,
        keywords: keywords.into_iter().map(|(_, text)| text).collect(),
        aliases: aliases.iter().map(|(_, text)| text.clone()).collect(),
        url,
        updated,
        owner,
        review_by,
        language: language.unwrap_or_else(|| plain.language.clone()),
        source,
        ..plain
    };
    Some(FrontMatter { about, id_line, aliases, product })
}

fn id(fields: Fields<'_>, remarks: &mut Vec<Remark>) -> Option<(usize, ArticleId)> {
    let (line, text) = fields.required("id", "id = \"CTX120355\" or id = \"change-password\"", remarks)?;
    match ArticleId::parse(text) {
        Ok(id) => Some((line, id)),
        Err(error) => {
            let valid = ArticleId::slug_of(text);
            let valid = valid.as_ref().map_or("change-password", ArticleId::as_str);
            remarks.push(Remark::error(
                line,
                error.to_string(),
                format!("write for example id = \"{valid}\""),
            ));
            None
        }
    }
}

fn kind(fields: Fields<'_>, remarks: &mut Vec<Remark>) -> Option<Kind> {
    let found = fields.required("kind", "kind = \"support\", \"documentation\" or \"tech-zone\"", remarks);
    let kind = match found? {
        (_, "support") => Kind::Support,
        (_, "documentation") => Kind::Documentation,
        (line, "tech-zone") => return form(fields, line, remarks).map(Kind::TechZone),
        (line, other) => {
            remarks.push(no_such(line, "kind", other, &KINDS));
            return None;
        }
    };
    if let Some(line) = fields.line_of("form") {
        let remedy = "leave it out, or write kind = \"tech-zone\"";
        remarks.push(Remark::error(line, "only tech zone articles have a form", remedy));
    }
    Some(kind)
}

fn form(fields: Fields<'_>, kind_line: usize, remarks: &mut Vec<Remark>) -> Option<Form> {
    let names = FORMS.map(|(name, _)| name);
    if fields.line_of("form").is_none() {
        let remedy = format!("add form with one of: {}", names.join(", "));
        remarks.push(Remark::error(kind_line, "a tech zone article needs a form", remedy));
        return None;
    }
    let (line, text) = fields.text("form", remarks)?;
    let found = FORMS.iter().find(|(name, _)| *name == text).map(|(_, form)| *form);
    if found.is_none() {
        remarks.push(no_such(line, "form", text, &names));
    }
    found
}

fn no_such(line: usize, what: &str, found: &str, known: &[&str]) -> Remark {
    let suggestion = Suggestions::new(known.iter().copied()).nearest(found);
    let remedy = did_you_mean(suggestion, format!("use one of: {}", known.join(", ")));
    Remark::error(line, format!("\"{found}\" is no {what}"), remedy)
}

/// Whatever is shown as a link has to be one: no `javascript:` may come in here.
fn url(fields: Fields<'_>, remarks: &mut Vec<Remark>) -> Option<String> {
    let (line, text) = fields.text("url", remarks)?;
    if super::markdown::is_web_address(text) {
        return Some(text.to_owned());
    }
    let remedy = "write a full address that begins with https://";
    remarks.push(Remark::error(line, format!("\"{text}\" is no web address"), remedy));
    None
}

/// A tag such as `en` or `pt-BR`.
fn language(fields: Fields<'_>, remarks: &mut Vec<Remark>) -> Option<String> {
    let (line, text) = fields.text("language", remarks)?;
    let mut parts = text.split('-');
    let main = parts.next().unwrap_or_default();
    let fits = (2..=3).contains(&main.len())
        && main.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !fits {
        let remedy = "write a tag such as \"en\" or \"pt-BR\"";
        remarks.push(Remark::error(line, format!("\"{text}\" is no language tag"), remedy));
    }
    fits.then(|| text.to_owned())
}

#[cfg(test)]
mod tests;
