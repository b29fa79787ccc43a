//! A reply as HTML: the same parts on the chat page, in a widget and wherever else a reply is shown.

use maud::{Markup, html};

use crate::chat::{
    Card, CaseLine, Choice, ChoiceId, CommandHelp, Document, Field, FieldKind, Form, Mention, ProductLine,
    Progress, Reply, ReplyBlock, TimelineEntry,
};
use crate::domain::{Span, TimeStyle};
use crate::replies::pages::chat as words;
use crate::replies::{guides, terminal};

use super::prose::{self, Look, article_path};

/// What a reply is shown with.
pub struct Setting<'a> {
    pub look: Look,
    /// Where what is pressed and filled in goes.
    pub action: &'a str,
    /// Where the files of this reply are: the number of one follows.
    pub files: String,
    /// Whether its form is shown: only the newest reply still waits for it.
    pub is_newest: bool,
    /// Names the parts of this reply, so that no two of a page have one name.
    pub name: String,
}

/// A reply.
pub fn reply(setting: &Setting<'_>, reply: &Reply) -> Markup {
    let (after, before): (Vec<&ReplyBlock>, Vec<&ReplyBlock>) =
        reply.blocks.iter().partition(|block| matches!(block, ReplyBlock::Also(_)));
    let mut files = 0;
    html! {
        @for shown in before { (block(setting, shown, &mut files)) }
        @if let Some(wanted) = reply.form.as_ref().filter(|_| setting.is_newest) { (form(setting, wanted)) }
        @if !reply.choices.is_empty() {
            form method="post" action=(setting.action) class="choices" {
                @for choice in &reply.choices { (button(choice)) }
            }
        }
        @for shown in after { (block(setting, shown, &mut files)) }
    }
}

fn block(setting: &Setting<'_>, block: &ReplyBlock, files: &mut usize) -> Markup {
    let look = setting.look;
    match block {
        ReplyBlock::Paragraph(spans) => html! { p { (prose::spans(look, spans)) } },
        ReplyBlock::Text(blocks) => prose::blocks(look, blocks, 2),
        ReplyBlock::Card(shown) => card(look, shown),
        ReplyBlock::Articles(mentions) => articles(setting, mentions),
        ReplyBlock::Also(mentions) => also(setting, mentions),
        ReplyBlock::Products(products) => self::products(setting, products),
        ReplyBlock::Commands(commands) => self::commands(commands),
        ReplyBlock::Cases(cases) => self::cases(setting, cases),
        ReplyBlock::Timeline(entries) => timeline(look, entries),
        ReplyBlock::File(document) => {
            let number = *files;
            *files += 1;
            file(setting, document, number)
        }
        // They are only for a server's own managers.
        ReplyBlock::Pickers(_) => html! {},
        ReplyBlock::Progress(shown) => progress(look, shown),
    }
}

fn button(choice: &Choice) -> Markup {
    html! { (press(&choice.id, &choice.label)) }
}

fn press(id: &ChoiceId, label: &str) -> Markup {
    html! { button type="submit" name="press" value=(id.as_str()) class="choice" { (label) } }
}

fn card(look: Look, card: &Card) -> Markup {
    html! {
        article class="card" {
            h2 { a href=(article_path(&card.id)) { (card.title) } }
            p class="about" {
                @if card.id.is_numbered() { (card.id) " · " }
                (card.label)
                @if let Some(updated) = card.updated { " · " (words::updated(look.locale)) " " time datetime=(updated) { (updated) } }
            }
            @for section in &card.sections {
                @if let Some(heading) = &section.heading { h3 { (heading) } }
                (prose::blocks(look, &section.blocks, if section.heading.is_some() { 4 } else { 3 }))
            }
            @if let Some(url) = card.url.as_deref().filter(|url| prose::is_web(url)) {
                p class="about" { a href=(url) rel="noreferrer" { (words::original(look.locale)) } }
            }
        }
    }
}

fn articles(setting: &Setting<'_>, mentions: &[Mention]) -> Markup {
    html! {
        form method="post" action=(setting.action) class="lines" {
            @for mention in mentions { (line(&mention.press, &named(mention), &mention.label)) }
        }
    }
}

fn also(setting: &Setting<'_>, mentions: &[Mention]) -> Markup {
    html! {
        form method="post" action=(setting.action) class="also" {
            span { (words::also(setting.look.locale)) }
            @for mention in mentions {
                button type="submit" name="press" value=(mention.press.as_str()) class="quiet" { (named(mention)) }
            }
        }
    }
}

fn named(mention: &Mention) -> String {
    if mention.id.is_numbered() { format!("{} {}", mention.id, mention.title) } else { mention.title.clone() }
}

/// A line of a list to choose from.
fn line(id: &ChoiceId, title: &str, about: &str) -> Markup {
    html! {
        button type="submit" name="press" value=(id.as_str()) class="line" {
            span class="title" { (title) } " " span class="about" { (about) }
        }
    }
}

fn products(setting: &Setting<'_>, products: &[ProductLine]) -> Markup {
    html! {
        form method="post" action=(setting.action) class="lines" {
            @for product in products {
                @let about = if product.chosen { words::chosen(setting.look.locale) } else { "" };
                (line(&product.press, &product.name, about))
            }
        }
    }
}

fn commands(commands: &[CommandHelp]) -> Markup {
    html! {
        dl class="commands" {
            @for command in commands {
                dt { code { (command.usage) } }
                dd { (command.about) @if !command.example.is_empty() { " " code { (command.example) } } }
            }
        }
    }
}

fn cases(setting: &Setting<'_>, cases: &[CaseLine]) -> Markup {
    html! {
        form method="post" action=(setting.action) class="lines" {
            @for case in cases {
                button type="submit" name="press" value=(case.press.as_str()) class="line" {
                    span class="title" { (case.number) " " (case.subject) } " "
                    span class="about" { (case.about) " · " (moment(setting.look, case.updated)) }
                }
            }
        }
    }
}

fn moment(look: Look, at: chrono::DateTime<chrono::Utc>) -> Markup {
    prose::spans(look, &[Span::Time { at, style: TimeStyle::Moment }])
}

fn timeline(look: Look, entries: &[TimelineEntry]) -> Markup {
    html! {
        ol class="timeline" {
            @for entry in entries {
                li {
                    p class="about" {
                        (moment(look, entry.at)) " · " (entry.title)
                        @if entry.internal { " · " strong { (terminal::internal(look.locale)) } }
                    }
                    @if let Some(text) = &entry.text { p class="typed" { (text) } }
                    @if !entry.files.is_empty() {
                        ul { @for file in &entry.files { li { (file) } } }
                    }
                }
            }
        }
    }
}

fn file(setting: &Setting<'_>, document: &Document, number: usize) -> Markup {
    let path = format!("{}/{number}", setting.files);
    html! { p { (terminal::file(setting.look.locale)) " " a href=(path) download=(document.name) { (document.name) } } }
}

fn progress(look: Look, shown: &Progress) -> Markup {
    html! {
        div class="progress" {
            p { (prose::spans(look, &guides::place(look.locale, shown))) }
            progress max=(shown.of) value=(shown.at) aria-label=(shown.title) {}
        }
    }
}

fn form(setting: &Setting<'_>, form: &Form) -> Markup {
    html! {
        form method="post" action=(setting.action) class="asked" {
            h2 { (form.title) }
            input type="hidden" name="form" value=(form.id.as_str());
            @for wanted in &form.fields { (field(setting, wanted)) }
            button type="submit" { (words::send(setting.look.locale)) }
        }
    }
}

fn field(setting: &Setting<'_>, field: &Field) -> Markup {
    let id = format!("{}-{}", setting.name, field.name);
    let name = format!("field.{}", field.name);
    html! {
        div class="field" {
            label for=(id) {
                (field.label)
                @if field.optional { span class="hint" { " " (words::optional(setting.look.locale)) } }
            }
            @match field.kind {
                FieldKind::Line => {
                    input type="text" id=(id) name=(name) value=[field.value.as_deref()] maxlength=(field.most)
                        required[!field.optional] autocomplete="off";
                }
                FieldKind::Paragraphs => {
                    textarea id=(id) name=(name) maxlength=(field.most) rows="5" required[!field.optional] {
                        (field.value.as_deref().unwrap_or_default())
                    }
                }
            }
        }
    }
}
