//! What is said about calling, and about the ways to a person.

use chrono::{DateTime, Utc};

use crate::chat::{Choice, Reply, ReplyBlock};
use crate::domain::{Block, PhoneNumber, Span};

use super::opening_hours::{hours, now_in_a_cell, now_in_a_sentence};
use super::words::{language, paragraph, quoted};
use super::{Locale, choices};

/// The most countries that are offered as buttons; Discord shows 25, and other choices stand beside them.
const MOST_BUTTONS: usize = 20;

/// The lines that can be called, and the present moment.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// In the order of their file.
    pub numbers: &'a [PhoneNumber],
    /// Whether they are open is said for this moment.
    pub now: DateTime<Utc>,
}

/// All numbers. `beside` are further choices.
#[must_use]
pub fn list(locale: Locale, lines: Lines<'_>, beside: Vec<Choice>) -> Reply {
    let Locale::English = locale;
    match lines.numbers {
        [only] => country(locale, lines, &[only], beside),
        _ => listed(locale, lines, "These are the phone numbers of support, by country:", beside),
    }
}

/// The numbers of one country.
#[must_use]
pub fn country(locale: Locale, lines: Lines<'_>, of_country: &[&PhoneNumber], beside: Vec<Choice>) -> Reply {
    let mut choices = Vec::new();
    if of_country.len() < lines.numbers.len() {
        choices.push(choices::phones(locale));
    }
    choices.extend(beside);
    Reply { blocks: numbers(locale, of_country, lines.now), choices, ..Reply::default() }
}

/// No country that has a number is called so; perhaps one was meant.
#[must_use]
pub fn unknown(locale: Locale, lines: Lines<'_>, typed: &str, beside: Vec<Choice>) -> Reply {
    let Locale::English = locale;
    let typed_country = quoted(typed);
    let meant = PhoneNumber::nearest_country(lines.numbers, typed);
    let Some(meant) = lines.numbers.iter().find(|number| Some(number.country) == meant) else {
        return listed(
            locale,
            lines,
            format!("I have no phone number for {typed_country}. These are all:"),
            beside,
        );
    };
    let text = format!("I have no phone number for {typed_country}. Did you mean {}?", meant.name);
    let choices = [choices::phone(meant), choices::phones(locale)].into_iter().chain(beside).collect();
    Reply { blocks: vec![paragraph(text)], choices, ..Reply::default() }
}

/// The country that a button names has no number any more.
#[must_use]
pub fn gone(locale: Locale, lines: Lines<'_>, beside: Vec<Choice>) -> Reply {
    let Locale::English = locale;
    listed(locale, lines, "There is no phone number for that country any more. These are all:", beside)
}

/// How to reach a person. `beside` are the ways other than by phone.
#[must_use]
pub fn person(locale: Locale, lines: Lines<'_>, beside: Vec<Choice>) -> Reply {
    let Locale::English = locale;
    let of_support: Vec<&PhoneNumber> = lines.numbers.iter().collect();
    let mut blocks = match of_support.as_slice() {
        [] => return none(locale, beside),
        [_] => vec![paragraph("You can call support.")],
        all => {
            let open = all.iter().filter(|number| number.availability(lines.now).is_open()).count();
            let now = match open {
                0 => "All lines are closed now; the list says when they open.".to_owned(),
                1 => format!("Of {} lines, one is open now.", all.len()),
                _ => format!("Of {} lines, {open} are open now.", all.len()),
            };
            let text = format!("You can call support in your country. {now}");
            let choices = std::iter::once(choices::phones(locale)).chain(beside).collect();
            return Reply { blocks: vec![paragraph(text)], choices, ..Reply::default() };
        }
    };
    blocks.extend(numbers(locale, &of_support, lines.now));
    Reply { blocks, choices: beside, ..Reply::default() }
}

/// There is nobody to call.
fn none(locale: Locale, beside: Vec<Choice>) -> Reply {
    let Locale::English = locale;
    let text = "This desk has no phone number yet. Type your question here, and I look for an answer.";
    Reply { blocks: vec![paragraph(text)], choices: beside, ..Reply::default() }
}

fn listed(locale: Locale, lines: Lines<'_>, text: impl Into<String>, beside: Vec<Choice>) -> Reply {
    let Locale::English = locale;
    if lines.numbers.is_empty() {
        return none(locale, beside);
    }
    let row = |cells: [String; 3]| cells.map(|cell| vec![Span::Plain(cell)]).to_vec();
    let head = row(["Country", "Phone", "Now"].map(str::to_owned));
    let rows = lines.numbers.iter().map(|number| {
        row([
            name_in_list(locale, number, lines.numbers),
            number.phone.clone(),
            now_in_a_cell(locale, number, lines.now),
        ])
    });
    let table = Block::Table(std::iter::once(head).chain(rows).collect());
    let mut choices: Vec<Choice> = Vec::new();
    for choice in lines.numbers.iter().map(choices::phone) {
        // A country may have several numbers.
        if choices.len() < MOST_BUTTONS && !choices.iter().any(|known| known.id == choice.id) {
            choices.push(choice);
        }
    }
    choices.extend(beside);
    Reply { blocks: vec![paragraph(text), ReplyBlock::Text(vec![table])], choices, ..Reply::default() }
}

/// A country's name; of one with several numbers, with the language of each.
fn name_in_list(locale: Locale, number: &PhoneNumber, all: &[PhoneNumber]) -> String {
    let Locale::English = locale;
    let is_only = all.iter().filter(|other| other.country == number.country).nth(1).is_none();
    let name = &number.name;
    if is_only { name.clone() } else { format!("{name} ({})", language(locale, number.language)) }
}

/// Numbers with all that is to be known before one calls.
fn numbers(locale: Locale, numbers: &[&PhoneNumber], now: DateTime<Utc>) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    let lines = |number: &PhoneNumber| {
        let about = format!(
            "Hours: {}. Language: {}.",
            hours(locale, &number.hours),
            language(locale, number.language)
        );
        [
            Span::Strong(format!("{}: {}", number.name, number.phone)),
            Span::Plain(now_in_a_sentence(locale, number, now)),
            Span::Plain(about),
        ]
        .map(|span| vec![span])
    };
    if let [number] = numbers {
        return lines(number).map(ReplyBlock::Paragraph).to_vec();
    }
    let items = numbers.iter().map(|number| lines(number).map(Block::Paragraph).to_vec());
    vec![ReplyBlock::Text(vec![Block::Bullets(items.collect())])]
}

/// What else can be done than to call.
#[must_use]
pub fn beside(locale: Locale) -> Vec<Choice> {
    vec![super::case_buttons::open_case(locale)]
}
