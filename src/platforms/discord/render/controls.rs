//! What can be pressed below a reply: lists of what it names, its form, its choices, and further articles.

use std::collections::BTreeSet;

use crate::chat::choice::{AccountVerb, CaseVerb, FlowVerb, IdentityVerb};
use crate::chat::flow::Pick;
use crate::chat::{
    CaseLine, Choice, ChoiceId, Mention, Picker, PickerKind, ProductLine, Reply, ReplyBlock, ServerVerb, Verb,
};
use crate::replies::Locale;
use crate::replies::discord::{self, Listed};

use super::clean::{label, line, size};
use super::component::{
    self, Button, ButtonStyle, List, ListOption, MOST_BUTTONS, MOST_ID, MOST_LABEL, MOST_OPTION,
    MOST_OPTIONS, MOST_PLACEHOLDER, PickerOf, Row,
};
use super::inline::{bold, plain};
use super::line::TextLine;

/// The ids of lists begin so. They mean nothing: what is pressed is the value that was picked. No choice's id begins so, since
/// these begin with their version (`v1:`).
const LIST_ID: &str = "s:";
/// More choices than these are a list, so that nobody faces a wall of buttons.
const MOST_CHOICES: usize = 2 * MOST_BUTTONS;

/// A row, and what has to be said of it in the text above.
#[derive(Debug)]
pub struct Control {
    /// What has to be said: its name, where Discord hides that.
    pub caption: Option<String>,
    /// The row.
    pub row: Row,
}

/// Whether an id is that of a list, so that the value that was picked is what was pressed.
#[must_use]
pub fn is_list(custom_id: &str) -> bool {
    custom_id.starts_with(LIST_ID)
}

/// The rows of a reply, from top to bottom. What is offered twice is offered once.
pub fn controls(reply: &Reply) -> Vec<Control> {
    let mut controls = Controls::default();
    for block in &reply.blocks {
        controls.block(block);
    }
    controls.choices(reply);
    for block in &reply.blocks {
        if let ReplyBlock::Also(mentions) = block {
            let entries = mentions.iter().map(also).collect();
            controls.entries(entries, Listed::Articles);
        }
    }
    controls.rows
}

/// Something to choose, before it is known whether it will be a button or in a list.
struct Entry {
    id: String,
    /// On a button.
    short: String,
    /// In a list.
    label: String,
    about: Option<String>,
    is_chosen: bool,
    style: ButtonStyle,
}

impl Entry {
    fn new(id: &ChoiceId, text: &str) -> Self {
        Self {
            id: id.as_str().to_owned(),
            short: label(text, MOST_LABEL),
            label: label(text, MOST_OPTION),
            about: None,
            is_chosen: false,
            style: ButtonStyle::Secondary,
        }
    }

    fn about(self, about: &str) -> Self {
        let is_empty = line(about).trim().is_empty();
        Self { about: (!is_empty).then(|| label(about, MOST_OPTION)), ..self }
    }

    fn button(self) -> Button {
        let label =
            if self.is_chosen { label(&format!("✓ {}", self.short), MOST_LABEL) } else { self.short };
        Button { custom_id: self.id, label, style: self.style }
    }

    fn option(self) -> ListOption {
        ListOption { value: self.id, label: self.label, description: self.about, is_chosen: self.is_chosen }
    }
}

#[derive(Default)]
struct Controls {
    rows: Vec<Control>,
    /// The ids that are taken.
    taken: BTreeSet<String>,
    lists: usize,
    pickers: usize,
}

impl Controls {
    fn block(&mut self, block: &ReplyBlock) {
        match block {
            ReplyBlock::Articles(mentions) => {
                self.entries(mentions.iter().map(article).collect(), Listed::Articles);
            }
            ReplyBlock::Cases(cases) => self.entries(cases.iter().map(case).collect(), Listed::Cases),
            ReplyBlock::Products(products) => {
                self.entries(products.iter().map(product).collect(), Listed::Products);
            }
            ReplyBlock::Pickers(pickers) => pickers.iter().for_each(|picker| self.picker(picker)),
            // Further articles come last.
            ReplyBlock::Also(_)
            | ReplyBlock::Paragraph(_)
            | ReplyBlock::Text(_)
            | ReplyBlock::Card(_)
            | ReplyBlock::Commands(_)
            | ReplyBlock::Timeline(_)
            | ReplyBlock::File(_)
            | ReplyBlock::Progress(_) => {}
        }
    }

    /// Whether an id can be sent and was not yet.
    fn take(&mut self, id: &str) -> bool {
        (1..=MOST_ID).contains(&size(id)) && !is_list(id) && self.taken.insert(id.to_owned())
    }

    fn push(&mut self, row: Row) {
        self.rows.push(Control { caption: None, row });
    }

    /// A few things to choose from as buttons, more as a list.
    fn entries(&mut self, entries: Vec<Entry>, what: Listed) {
        let entries = self.new_ones(entries);
        if entries.len() <= MOST_BUTTONS {
            self.buttons(entries);
        } else {
            self.list(entries, what);
        }
    }

    fn new_ones(&mut self, entries: Vec<Entry>) -> Vec<Entry> {
        entries.into_iter().filter(|entry| self.take(&entry.id)).collect()
    }

    fn buttons(&mut self, entries: Vec<Entry>) {
        let mut buttons = entries.into_iter().map(Entry::button).peekable();
        while buttons.peek().is_some() {
            let row = buttons.by_ref().take(MOST_BUTTONS).collect();
            self.push(Row::Buttons(row));
        }
    }

    fn list(&mut self, entries: Vec<Entry>, what: Listed) {
        let of = entries.len().div_ceil(MOST_OPTIONS);
        let mut options = entries.into_iter().map(Entry::option).peekable();
        let mut place = 0;
        while options.peek().is_some() {
            place += 1;
            self.lists += 1;
            let mut options: Vec<ListOption> = options.by_ref().take(MOST_OPTIONS).collect();
            // Only one of them can be what holds now.
            let chosen = options.iter().position(|option| option.is_chosen);
            for (at, option) in options.iter_mut().enumerate() {
                option.is_chosen = chosen == Some(at);
            }
            self.push(Row::List(List {
                custom_id: format!("{LIST_ID}{}", self.lists),
                placeholder: label(&discord::choose(Locale::English, what, place, of), MOST_PLACEHOLDER),
                options,
            }));
        }
    }

    fn choices(&mut self, reply: &Reply) {
        let mut entries = Vec::new();
        if let Some(form) = &reply.form {
            entries.push(Entry { style: ButtonStyle::Primary, ..Entry::new(&form.id, &form.title) });
        }
        let mut may_lead = reply.form.is_none();
        let of = |choice: &Choice| {
            let leads = may_lead && choice.id.verb().is_some_and(|verb| leads_on(&verb));
            may_lead &= !leads;
            let style = if leads { ButtonStyle::Primary } else { ButtonStyle::Secondary };
            (
                Entry { style, ..Entry::new(&choice.id, &choice.label) },
                choice.id.verb().is_some_and(|verb| is_one_of(&verb)),
            )
        };
        let (mut alike, mut others) = (Vec::new(), entries);
        let all: Vec<(Entry, bool)> = reply.choices.iter().map(of).collect();
        let is_long = all.iter().filter(|(_, is_one_of)| *is_one_of).count() > MOST_BUTTONS;
        for (entry, is_one_of) in all {
            if is_one_of && is_long { alike.push(entry) } else { others.push(entry) }
        }
        self.entries(alike, Listed::Choices);
        let others = self.new_ones(others);
        if others.len() <= MOST_CHOICES {
            self.buttons(others);
        } else {
            self.list(others, Listed::Choices);
        }
    }

    fn picker(&mut self, picker: &Picker) {
        let Picker { id, label: name, about, kind, chosen, most } = picker;
        if !self.take(id.as_str()) {
            return;
        }
        self.pickers += 1;
        let most = (*most).clamp(1, MOST_OPTIONS as u8);
        let mut unique: Vec<u64> = Vec::new();
        for number in chosen {
            if *number > 0 && !unique.contains(number) && unique.len() < usize::from(most) {
                unique.push(*number);
            }
        }
        let about = if about.is_empty() { String::new() } else { format!(": {about}") };
        let atoms = [bold(&label(name, MOST_OPTION)), plain(&label(&about, MOST_OPTION))].concat();
        let caption = TextLine { lead: format!("{}. ", self.pickers), ..TextLine::of(atoms) };
        let row = Row::Picker(component::Picker {
            custom_id: id.as_str().to_owned(),
            placeholder: label(discord::pick(Locale::English, *kind, most), MOST_PLACEHOLDER),
            of: match kind {
                PickerKind::TextChannels => PickerOf::TextChannels,
                PickerKind::ChannelsWithThreads => PickerOf::ChannelsWithThreads,
                PickerKind::ForumChannels => PickerOf::ForumChannels,
                PickerKind::Roles => PickerOf::Roles,
            },
            chosen: unique,
            most,
        });
        // What is picked hides the name of the list, so that is told above.
        self.rows.push(Control { caption: Some(caption.markdown()), row });
    }
}

fn named(mention: &Mention) -> String {
    if mention.id.is_numbered() { format!("{} {}", mention.id, mention.title) } else { mention.title.clone() }
}

fn article(mention: &Mention) -> Entry {
    Entry::new(&mention.press, &named(mention)).about(&mention.label)
}

fn also(mention: &Mention) -> Entry {
    Entry::new(&mention.press, &discord::also(Locale::English, &named(mention))).about(&mention.label)
}

fn case(case: &CaseLine) -> Entry {
    let number = case.number.to_string();
    let label = label(&format!("{number} · {}", line(&case.subject).trim()), MOST_OPTION);
    Entry { label, ..Entry::new(&case.press, &number) }.about(&case.about)
}

fn product(product: &ProductLine) -> Entry {
    Entry { is_chosen: product.chosen, ..Entry::new(&product.press, &product.name) }
        .about(product.id.as_str())
}

/// Whether this is one of many answers of a kind: where there are more than a few they are a list.
fn is_one_of(verb: &Verb) -> bool {
    match verb {
        Verb::Article(_)
        | Verb::Product(_)
        | Verb::Phone(_)
        | Verb::Retry(_)
        | Verb::Identity(IdentityVerb::Unlink(_))
        | Verb::Flow(_, FlowVerb::Continue) => true,
        Verb::Case(_, verb) => matches!(verb, CaseVerb::Rate(Some(_)) | CaseVerb::Priority(Some(_))),
        Verb::Flow(_, FlowVerb::Pick(_, pick)) => {
            matches!(
                pick,
                Pick::Solved(_) | Pick::Product(_) | Pick::Case(_) | Pick::With(_) | Pick::Without(_)
            )
        }
        Verb::Flow(_, FlowVerb::Form(_) | FlowVerb::Back | FlowVerb::Cancel | FlowVerb::Resend)
        | Verb::Whole(_)
        | Verb::Next { .. }
        | Verb::More { .. }
        | Verb::AllProducts
        | Verb::Products
        | Verb::Phones
        | Verb::Person
        | Verb::Help
        | Verb::Rephrase
        | Verb::Vote { .. }
        | Verb::OpenCase(_)
        | Verb::Cases(_)
        | Verb::Queue
        | Verb::Mine
        | Verb::DeadLetters
        | Verb::Notify(_)
        | Verb::Address
        | Verb::Password
        | Verb::Identity(IdentityVerb::Link | IdentityVerb::List | IdentityVerb::SignOut { .. })
        | Verb::Guide(..)
        | Verb::Guides { .. }
        | Verb::Ask
        | Verb::InPrivate(_)
        | Verb::Kept(_)
        | Verb::Account(..)
        | Verb::Server(_) => false,
    }
}

/// Whether a choice leads on from where the person is. One of several answers does not stand out, nor does what ends something.
fn leads_on(verb: &Verb) -> bool {
    match verb {
        Verb::Article(_)
        | Verb::Whole(_)
        | Verb::Rephrase
        | Verb::OpenCase(_)
        | Verb::Address
        | Verb::Password
        | Verb::Identity(IdentityVerb::Link)
        | Verb::Guide(..)
        | Verb::Ask
        | Verb::InPrivate(_)
        | Verb::Kept(_)
        | Verb::Server(ServerVerb::Show) => true,
        Verb::Vote { solved, .. } => *solved,
        Verb::Account(_, verb) => match verb {
            AccountVerb::Approve(_) | AccountVerb::Requests(_) => true,
            AccountVerb::Show
            | AccountVerb::Contacts(_)
            | AccountVerb::Log(_)
            | AccountVerb::Refuse(_)
            | AccountVerb::Begin(_) => false,
        },
        Verb::Case(_, verb) => matches!(
            verb,
            CaseVerb::Show | CaseVerb::Reply | CaseVerb::Take | CaseVerb::Answer | CaseVerb::Reopen
        ),
        Verb::Flow(_, verb) => {
            matches!(
                verb,
                FlowVerb::Form(_)
                    | FlowVerb::Continue
                    | FlowVerb::Pick(_, Pick::Same | Pick::Next | Pick::Confirm | Pick::Request)
            )
        }
        Verb::Next { .. }
        | Verb::More { .. }
        | Verb::Product(_)
        | Verb::AllProducts
        | Verb::Products
        | Verb::Phones
        | Verb::Phone(_)
        | Verb::Person
        | Verb::Help
        | Verb::Cases(_)
        | Verb::Queue
        | Verb::Mine
        | Verb::DeadLetters
        | Verb::Retry(_)
        | Verb::Notify(_)
        | Verb::Guides { .. }
        | Verb::Identity(IdentityVerb::List | IdentityVerb::Unlink(_) | IdentityVerb::SignOut { .. })
        | Verb::Server(ServerVerb::Pick(_) | ServerVerb::Panel) => false,
    }
}
