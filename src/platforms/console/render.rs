//! Renders a reply as text for a terminal, with a number for everything that can be chosen.

use crate::chat::{Card, Choice, ChoiceId, CommandHelp, Form, Mention, ProductLine, Reply, ReplyBlock};
use crate::replies::{Locale, guides, terminal};

use super::prose::prose;
use super::style::{NUMBER, QUIET, STRONG, paint};
use super::view::View;
use super::wrap::{columns, hang, wrap};
use super::{inline::inline, safe, work};

/// A rendered reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Screen {
    /// The lines, styled; every one ends with a newline.
    pub text: String,
    /// What the numbers stand for, in order.
    pub presses: Vec<ChoiceId>,
}

/// The reply, with numbers from 1 on.
#[must_use]
pub fn render(reply: &Reply, view: View) -> Screen {
    render_after(reply, view, 0)
}

/// The reply, when so many numbers are taken by what was shown before and can still be chosen.
#[must_use]
pub fn render_after(reply: &Reply, view: View, taken: usize) -> Screen {
    let mut page = Page { view, width: view.width, lines: Vec::new(), presses: Vec::new(), taken };
    let (after, before): (Vec<&ReplyBlock>, Vec<&ReplyBlock>) =
        reply.blocks.iter().partition(|block| matches!(block, ReplyBlock::Also(_)));
    for block in before {
        page.block(block);
    }
    if let Some(form) = &reply.form {
        page.form(form, reply.blocks.is_empty());
    }
    if !reply.choices.is_empty() {
        page.space();
        page.choices(&reply.choices);
    } else if !after.is_empty() {
        page.space();
    }
    for block in after {
        page.block(block);
    }
    while page.lines.last().is_some_and(String::is_empty) {
        page.lines.pop();
    }
    let text = page.lines.into_iter().map(|line| line + "\n").collect();
    Screen { text, presses: page.presses }
}

pub(super) struct Page {
    pub view: View,
    pub width: usize,
    pub lines: Vec<String>,
    presses: Vec<ChoiceId>,
    taken: usize,
}

impl Page {
    pub fn space(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    /// Takes the next number for a choice.
    pub fn number(&mut self, press: &ChoiceId) -> usize {
        self.presses.push(press.clone());
        self.taken + self.presses.len()
    }

    fn block(&mut self, block: &ReplyBlock) {
        match block {
            ReplyBlock::Progress(progress) => {
                let spans = guides::progress(Locale::English, progress);
                self.lines.extend(wrap(&inline(&spans, self.view), self.width));
            }
            ReplyBlock::Paragraph(spans) => self.lines.extend(wrap(&inline(spans, self.view), self.width)),
            ReplyBlock::Text(blocks) => self.lines.extend(prose(blocks, self.view)),
            ReplyBlock::Card(card) => self.card(card),
            ReplyBlock::Articles(mentions) => mentions.iter().for_each(|mention| self.article(mention)),
            ReplyBlock::Also(mentions) => self.also(mentions),
            ReplyBlock::Products(products) => products.iter().for_each(|product| self.product(product)),
            ReplyBlock::Commands(commands) => self.commands(commands),
            ReplyBlock::Cases(cases) => work::cases(self, cases),
            ReplyBlock::Timeline(entries) => work::timeline(self, entries),
            // They are only for a server's own managers.
            ReplyBlock::Pickers(_) => {}
            ReplyBlock::File(document) => work::document(self, document),
        }
    }

    fn card(&mut self, card: &Card) {
        self.space();
        let mut title = paint(STRONG, &safe::line(&card.title));
        if card.id.is_numbered() {
            title = format!("{title} · {}", card.id);
        }
        let label = paint(QUIET, &safe::line(&card.label));
        self.lines.extend(wrap(&format!("{title} · {label}"), self.width));
        for section in &card.sections {
            self.space();
            if let Some(heading) = &section.heading {
                self.lines.extend(wrap(&paint(STRONG, &safe::line(heading)), self.width));
            }
            self.lines.extend(prose(&section.blocks, self.view));
        }
        self.space();
    }

    fn article(&mut self, mention: &Mention) {
        let label = paint(QUIET, &safe::line(&mention.label));
        self.entry(&mention.press, &format!("{} · {label}", named(mention)));
    }

    fn product(&mut self, product: &ProductLine) {
        let id = paint(QUIET, &format!("({})", product.id));
        let mark = if product.chosen { " ✓" } else { "" };
        self.entry(&product.press, &format!("{} {id}{mark}", safe::line(&product.name)));
    }

    /// A line of a list to choose from.
    fn entry(&mut self, press: &ChoiceId, text: &str) {
        let number = self.number(press);
        let mark = format!("{} ", paint(NUMBER, &format!("{number:>2}")));
        self.lines.extend(hang(text, self.width, &mark, "   "));
    }

    fn also(&mut self, mentions: &[Mention]) {
        let entries: Vec<String> = mentions
            .iter()
            .map(|mention| {
                let number = paint(NUMBER, &self.number(&mention.press).to_string());
                format!("{number} {}", named(mention))
            })
            .collect();
        self.lines.extend(hang(&format!("Also: {}", entries.join(" · ")), self.width, "", "      "));
    }

    fn choices(&mut self, choices: &[Choice]) {
        let mut line = String::new();
        for choice in choices {
            let number = paint(NUMBER, &self.number(&choice.id).to_string());
            let entry = format!("{number} {}", safe::line(&choice.label));
            if !line.is_empty() && columns(&line) + 3 + columns(&entry) > self.width {
                self.lines.extend(wrap(&std::mem::take(&mut line), self.width));
            }
            if !line.is_empty() {
                line.push_str("   ");
            }
            line.push_str(&entry);
        }
        self.lines.extend(wrap(&line, self.width));
    }

    /// What is asked for; what for only where nothing else says it. Whatever is typed next is taken for the first field, so the others
    /// are asked for when it is filled in.
    fn form(&mut self, form: &Form, is_alone: bool) {
        if is_alone {
            self.lines.extend(wrap(&paint(STRONG, &safe::line(&form.title)), self.width));
        }
        if let Some(field) = form.fields.first() {
            let asked = terminal::field(Locale::English, field);
            self.lines.extend(hang(&paint(QUIET, &safe::line(&asked)), self.width, "› ", "  "));
        }
    }

    fn commands(&mut self, commands: &[CommandHelp]) {
        self.space();
        let widest = commands.iter().map(|command| columns(&command.usage)).max().unwrap_or(0) + 2;
        for command in commands {
            let usage = paint(STRONG, &command.usage);
            // Where the terminal is narrow the explanation stands below its command.
            let (first, indent) = if self.width >= 2 * widest {
                let gap = " ".repeat(widest - columns(&command.usage));
                (usage + &gap, " ".repeat(widest))
            } else {
                self.lines.extend(wrap(&usage, self.width));
                ("  ".to_owned(), "  ".to_owned())
            };
            self.lines.extend(hang(&safe::line(&command.about), self.width, &first, &indent));
            if command.example != command.usage {
                let example = paint(QUIET, &safe::line(&command.example));
                self.lines.extend(hang(&example, self.width, &indent, &indent));
            }
        }
    }
}

/// An article in a list: its number where it has one, and its title.
fn named(mention: &Mention) -> String {
    let title = safe::line(&mention.title);
    if mention.id.is_numbered() { format!("{} {title}", mention.id) } else { title.into_owned() }
}
