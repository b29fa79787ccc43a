//! Texts as HTML. Maud escapes every text, so nothing that anybody typed or wrote is markup.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use crate::domain::{ArticleId, Block, Span, Step};
use crate::replies::{Locale, times};

/// What texts are shown with.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// In which language.
    pub locale: Locale,
    /// What time it is.
    pub now: DateTime<Utc>,
    /// In which zone times are told, until a script knows the reader's.
    pub zone: Tz,
}

/// Blocks in reading order. The headings among them are of this level.
pub fn blocks(look: Look, blocks: &[Block], level: u8) -> Markup {
    html! { @for block in blocks { (one(look, block, level)) } }
}

fn one(look: Look, block: &Block, level: u8) -> Markup {
    match block {
        Block::Paragraph(spans) => html! { p { (self::spans(look, spans)) } },
        Block::Heading(spans) => heading(level, &self::spans(look, spans)),
        Block::Steps { start, steps } => html! {
            ol start=[(*start != 1).then_some(start)] { @for step in steps { (item(look, step, level)) } }
        },
        Block::Bullets(items) => html! {
            ul { @for blocks in items { li { (tight(look, blocks, level)) } } }
        },
        Block::Code(text) => html! { pre tabindex="0" { code { (text) } } },
        Block::Quote(inner) => html! { blockquote { (blocks(look, inner, level)) } },
        Block::Table(rows) => table(look, rows),
    }
}

fn item(look: Look, step: &Step, level: u8) -> Markup {
    html! { li { (tight(look, &step.blocks, level)) } }
}

/// A list of single sentences stands close; what has more to say has its paragraphs.
fn tight(look: Look, inner: &[Block], level: u8) -> Markup {
    match inner {
        [Block::Paragraph(only)] => spans(look, only),
        [Block::Paragraph(first), rest @ ..]
            if !rest.iter().any(|block| matches!(block, Block::Paragraph(_))) =>
        {
            html! { (spans(look, first)) (blocks(look, rest, level)) }
        }
        _ => blocks(look, inner, level),
    }
}

/// A heading of a level from 2 to 6.
pub fn heading(level: u8, text: &Markup) -> Markup {
    match level {
        ..=2 => html! { h2 { (text) } },
        3 => html! { h3 { (text) } },
        4 => html! { h4 { (text) } },
        5 => html! { h5 { (text) } },
        _ => html! { h6 { (text) } },
    }
}

/// A table may be wider than a phone; then it moves by itself, also by the keyboard.
fn table(look: Look, rows: &[Vec<Vec<Span>>]) -> Markup {
    let Some((head, rows)) = rows.split_first() else { return html! {} };
    html! {
        div class="wide" tabindex="0" {
            table {
                thead { tr { @for cell in head { th scope="col" { (spans(look, cell)) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (spans(look, cell)) } } } } }
            }
        }
    }
}

/// Spans in reading order.
pub fn spans(look: Look, spans: &[Span]) -> Markup {
    html! { @for span in spans { (inline(look, span)) } }
}

fn inline(look: Look, span: &Span) -> Markup {
    match span {
        Span::Plain(text) => html! { (text) },
        Span::Strong(text) => html! { strong { (text) } },
        Span::Match(text) => html! { mark { (text) } },
        Span::Code(text) => html! { code { (text) } },
        Span::Link { text, url } if is_web(url) => html! { a href=(url) rel="noreferrer" { (text) } },
        Span::Link { text, .. } => html! { (text) },
        Span::Article { text, id } => html! { a href=(article_path(id)) { (text) } },
        Span::Case(number) => html! { strong { (number) } },
        Span::Time { at, style } => html! {
            time datetime=(at.to_rfc3339()) {
                (times::moment(look.locale, *at, *style, look.now, look.zone)) " (" (look.zone.name()) ")"
            }
        },
    }
}

/// The permanent address of an article.
pub fn article_path(id: &ArticleId) -> String {
    format!("/a/{id}")
}

/// Whether a link leads to a page, and not to something that a browser would carry out.
pub fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
