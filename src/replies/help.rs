//! What is said to somebody who does not know what to say.

use crate::chat::commands::{COMMANDS, Needs, Spec};
use crate::chat::{CommandHelp, Reply, ReplyBlock};
use crate::domain::nearest::nearest;
use crate::domain::{Block, Platform, Span};

use super::words::{paragraph, quoted};
use super::{Locale, choices};

/// What this person can say here, made from the table that the parser reads.
#[must_use]
pub fn help(locale: Locale, has_products: bool, allows: Needs, platform: Platform) -> Reply {
    let Locale::English = locale;
    let text = "Ask in your own words, or name an article by its number. These commands work as well:";
    let fits = COMMANDS.into_iter().filter(|spec| spec.needs <= allows);
    let commands = fits.filter_map(|spec| {
        let (usage, example) = written(spec, platform)?;
        Some(CommandHelp { usage, about: spec.about.to_owned(), example })
    });
    let choices = has_products.then(|| choices::products(locale)).into_iter().collect();
    Reply {
        blocks: vec![paragraph(text), ReplyBlock::Commands(commands.collect())],
        choices,
        ..Reply::default()
    }
}

/// How a command is written where somebody is, with an example; `None` where it is no command but a button.
fn written(spec: &Spec, platform: Platform) -> Option<(String, String)> {
    match platform {
        Platform::Discord => spec.slash.as_ref().map(|slash| (slash.usage(), slash.usage())),
        Platform::Web | Platform::Console => Some((spec.usage(), spec.example.to_owned())),
    }
}

/// How to ask so that more is found.
#[must_use]
pub fn rephrase(locale: Locale, has_products: bool) -> Reply {
    let Locale::English = locale;
    let tips = [
        "Say what you want to do, as you would to a colleague: \"add a contact to our account\".",
        "Use the words on the screen: the name of the page, the tab or the button.",
        "Copy an error message or its code as it is.",
    ];
    let tip = |tip: &str| vec![Block::Paragraph(vec![Span::Plain(tip.to_owned())])];
    let blocks = vec![
        paragraph("Type the question again in other words. What helps:"),
        ReplyBlock::Text(vec![Block::Bullets(tips.into_iter().map(tip).collect())]),
    ];
    let choices = has_products.then(|| choices::products(locale)).into_iter().collect();
    Reply { blocks, choices, ..Reply::default() }
}

/// A command lacks what it needs.
#[must_use]
pub fn incomplete(locale: Locale, spec: &Spec, platform: Platform) -> Reply {
    let Locale::English = locale;
    let (usage, example) = written(spec, platform).unwrap_or_else(|| (spec.usage(), spec.example.to_owned()));
    let example = if example == usage { String::new() } else { format!(", for example \"{example}\"") };
    let text = format!("The command is written {usage}{example}.");
    Reply { blocks: vec![paragraph(text)], ..Reply::default() }
}

/// `/something` is no command; perhaps one was meant.
#[must_use]
pub fn unknown_command(locale: Locale, typed: &str, allows: Needs) -> Reply {
    let Locale::English = locale;
    let typed_command = quoted(&format!("/{typed}"));
    let known = COMMANDS.into_iter().filter(|spec| spec.needs <= allows);
    let text = match nearest(typed, known.map(|spec| spec.name)) {
        Some(name) => format!("{typed_command} is not a command. Did you mean /{name}?"),
        None => format!("{typed_command} is not a command. To ask a question, leave out the slash."),
    };
    Reply { blocks: vec![paragraph(text)], choices: vec![choices::help(locale)], ..Reply::default() }
}

/// A button that this desk never made.
#[must_use]
pub fn unknown_choice(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text = "I don't know what this button stands for. Type what you would like to do instead.";
    Reply { blocks: vec![paragraph(text)], choices: vec![choices::help(locale)], ..Reply::default() }
}
