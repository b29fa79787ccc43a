//! Understands what a person asks for: the one way from text, buttons and commands to an [`Intent`].

use crate::domain::case::CaseNumber;
use crate::domain::mention::article_numbers;
use crate::domain::{PhoneNumber, Product};

use super::commands::{self, Command, Needs, Spec};
use super::courtesy::{country_to_call, wants_person, without_courtesy};
use super::flow::{Draft, Flow, Given, NotTaken, Step};
use super::forgotten::wants_reset;
use super::markup::Said;
use super::text::{clean, cut, fold};
use super::wish::{AccountWish, CaseWish, FlowWish, GuideWish, NewCase};
use super::{Country, Input, Intent, Name, Onward, Question, SmallTalk, Whole, overheard, pressed};

/// The most characters that are read of a question; Discord allows as many.
pub const MAX_QUESTION: usize = 4_000;
/// The most characters of an article's or a product's name.
const MAX_NAME: usize = 120;
/// A text that is longer is no set phrase and no command without a slash.
const MAX_PHRASE: usize = 80;

/// What one says who wants to be led through something, in folded text.
const WALKING: [&str; 9] = [
    "walk me through",
    "guide me through",
    "take me through",
    "lead me through",
    "talk me through",
    "guide me",
    "guide for",
    "step by step",
    "show me step by step",
];

/// What the parser has to know of the desk and of where the conversation stands.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The desk's products.
    pub products: &'a [Product],
    /// The numbers that one can call.
    pub numbers: &'a [PhoneNumber],
    /// What may be asked for: commands that need more are not understood.
    pub allows: Needs,
    /// The flow that goes on here; none where others read along.
    pub flow: Option<&'a Flow>,
    /// The case whose room this is.
    pub room: Option<CaseNumber>,
    /// Whether files came with the turn.
    pub has_files: bool,
    /// Whether code and quotes are marked in texts: they are no commands.
    pub markup: bool,
}

/// What a person asks for. Any input is safe.
#[must_use]
pub fn parse(input: &Input, context: &Context<'_>) -> Intent {
    match input {
        Input::Text(text) | Input::Overheard(text) if let Some(case) = context.room => {
            Intent::InRoom { case, text: clean(text) }
        }
        Input::Text(text) if context.has_files => with_files(&clean(text), context),
        Input::Text(text) => of_text(&clean(text), context),
        Input::Overheard(text) => overheard::worth_answering(of_text(&clean(text), context)),
        Input::Corrected { of, text } => Intent::Correct { of: of.clone(), text: text.as_deref().map(clean) },
        Input::Press(choice) => pressed::of_press(choice),
        Input::Form { id, fields } => pressed::of_form(id, fields),
        Input::Command(command) => of_command(command.clone()),
    }
}

/// Files go to the flow that takes them, else into a case, whose number may stand before the words.
fn with_files(text: &str, context: &Context<'_>) -> Intent {
    if let Some(Flow { draft: Draft::OpenCase(_), .. }) = context.flow.filter(|flow| flow.is_going()) {
        return Intent::Flow(FlowWish::Files);
    }
    match context.flow.map(Flow::step) {
        Some(Step::Files | Step::Text { .. }) if text.is_empty() => Intent::Flow(FlowWish::Files),
        Some(Step::Text { .. }) => Intent::Flow(FlowWish::Say(text.to_owned())),
        Some(
            Step::Files
            | Step::WhichCase
            | Step::Articles(_)
            | Step::Similar(_)
            | Step::Product
            | Step::Address
            | Step::Code
            | Step::Walk(_)
            | Step::Reset(_)
            | Step::Account(_)
            | Step::Ready,
        )
        | None => of_command(commands::file(text)),
    }
}

fn of_command(command: Command) -> Intent {
    match command {
        Command::Ask { question, product } => match clean(&question) {
            text if text.is_empty() => Intent::Incomplete(&commands::ASK),
            text => of_question(text, product.and_then(|product| name(&product))),
        },
        Command::Article { name } => match article_name(&name) {
            Some(name) => Intent::Article(name),
            None => Intent::Incomplete(&commands::ARTICLE),
        },
        Command::Whole { name } => {
            Intent::Whole(name.as_deref().and_then(article_name).map_or(Whole::Last, Whole::Of))
        }
        Command::Next => Intent::NextBest(Onward::Last),
        Command::More => Intent::More(Onward::Last),
        Command::Product { name: asked } => match asked.as_deref().and_then(name) {
            None => Intent::Products,
            Some(Name::Typed(text)) if means_all(&text) => Intent::AllProducts,
            Some(name) => Intent::ChooseProduct(name),
        },
        Command::Phone { country } => match country.as_deref().and_then(short) {
            None => Intent::PhoneNumbers,
            Some(country) => Intent::PhoneNumber(Country::Typed(country)),
        },
        Command::Person => Intent::Person,
        Command::Help => Intent::Help,
        Command::Case(wish) => Intent::Case(wish),
        Command::Staff(wish) => Intent::Staff(wish),
        Command::Flow(wish) => Intent::Flow(wish),
        Command::News(wish) => Intent::News(wish),
        Command::Password { address } => Intent::Password { address: address.as_deref().and_then(short) },
        Command::Identity(wish) => Intent::Identity(wish),
        Command::Guide(wish) => Intent::Guide(wish),
        Command::Account(wish) => Intent::Account(wish),
        Command::Server(wish) => Intent::Server(wish),
        Command::NoCase(typed) => Intent::NoCase(typed),
        Command::Incomplete(spec) => Intent::Incomplete(spec),
        Command::Unknown(typed) => Intent::UnknownCommand { typed: clean(&typed) },
    }
}

fn of_text(text: &str, context: &Context<'_>) -> Intent {
    if text.is_empty() {
        return Intent::Nothing;
    }
    let said = if context.markup { Said::marked(text) } else { Said::plain(text) };
    if let Some(intent) = with_slash(said.rest, context) {
        return intent;
    }
    if let Some(intent) = for_the_flow(text, &said.own, context) {
        return intent;
    }
    if said.own.is_empty() {
        return if said.whole.is_empty() {
            Intent::Nothing
        } else {
            of_question(said.whole.into_owned(), None)
        };
    }
    if said.own.chars().all(|c| c == '?') {
        return Intent::Help;
    }
    if context.allows != Needs::Nothing
        && let Some(intent) = about_cases(&said)
    {
        return intent;
    }
    if context.allows != Needs::Nothing && wants_reset(&said.own) {
        return Intent::Password { address: None };
    }
    if said.own.chars().nth(MAX_PHRASE).is_none()
        && let Some(intent) = short_text(&said, context)
    {
        return match intent.account() {
            Ok(wish) => Intent::Account(AccountWish { said: Some(said.whole.into_owned()), ..wish }),
            Err(intent) => *intent,
        };
    }
    question_naming(&article_numbers(&said.own), said.whole.into_owned(), None)
}

/// `/word …`. A path such as `/etc/hosts` is no command.
fn with_slash(text: &str, context: &Context<'_>) -> Option<Intent> {
    let rest = text.strip_prefix('/')?;
    let (word, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if let Some(spec) = commands::named(word).filter(|spec| spec.needs <= context.allows) {
        return Some(spec.command(argument).map_or(Intent::Incomplete(spec), of_command));
    }
    if word.is_empty() && argument.is_empty() {
        return Some(Intent::Help);
    }
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    is_word.then(|| Intent::UnknownCommand { typed: cut(word.to_owned(), MAX_PHRASE).0 })
}

/// What is said to the flow that goes on here: words to steer it, else whatever its step takes.
fn for_the_flow(text: &str, own: &str, context: &Context<'_>) -> Option<Intent> {
    let flow = context.flow.filter(|flow| flow.is_going())?;
    let folded = if own.chars().nth(MAX_PHRASE).is_none() { fold(own) } else { String::new() };
    if let Some(steering) = commands::steering(&folded) {
        return steering.command("").map(of_command);
    }
    let given = Given::Text(text.to_owned());
    let is_taken = flow.step().takes_any_text()
        || flow.clone().give(&given, context.products) != Err(NotTaken::NoAnswer);
    is_taken.then(|| Intent::Flow(FlowWish::Say(text.to_owned())))
}

/// A case's number, and the wish to open a case with what is the matter in the same sentence.
fn about_cases(said: &Said<'_>) -> Option<Intent> {
    if !article_numbers(&said.own).is_empty() {
        return None;
    }
    if let Some(text) = commands::opening(said.rest) {
        return Some(Intent::Case(CaseWish::Open(NewCase { text: Some(text), ..NewCase::default() })));
    }
    match CaseNumber::named_in(&said.own).as_slice() {
        [only] => Some(Intent::Case(CaseWish::Show(*only))),
        [] | [_, ..] => None,
    }
}

/// What is too short to be told as a question: a set phrase, a command without its slash, a country to call.
fn short_text(said: &Said<'_>, context: &Context<'_>) -> Option<Intent> {
    let folded = fold(&said.own);
    let plain = without_courtesy(&folded);
    phrase(&folded, context)
        .or_else(|| guide_through(plain).filter(|_| context.allows != Needs::Nothing))
        .or_else(|| meant_by(plain, context)?.command("").map(of_command))
        .or_else(|| {
            commands::about_somebody(plain).filter(|_| context.allows != Needs::Nothing).map(of_command)
        })
        .or_else(|| wants_person(plain).then_some(Intent::Person))
        .or_else(|| {
            country_to_call(plain, context.numbers)
                .map(|country| Intent::PhoneNumber(Country::Typed(country)))
        })
        .or_else(|| without_slash(said.rest, context))
}

/// The command that a phrase means, where it is one for this person.
fn meant_by(phrase: &str, context: &Context<'_>) -> Option<&'static Spec> {
    commands::meant_by(phrase).filter(|spec| spec.needs <= context.allows)
}

/// What has one meaning when nothing else is said.
fn phrase(folded: &str, context: &Context<'_>) -> Option<Intent> {
    if let Some(spec) = meant_by(folded, context) {
        return spec.command("").map(of_command);
    }
    Some(match folded {
        "that solved it"
        | "that helped"
        | "solved"
        | "it works"
        | "it works now"
        | "that worked"
        | "thanks that helped"
        | "thanks that solved it"
        | "that did it" => Intent::VoteLast { solved: true },
        "not what i need"
        | "not what i needed"
        | "that's not what i need"
        | "that is not what i need"
        | "that's not it"
        | "that is not it"
        | "not it"
        | "not helpful"
        | "that did not help"
        | "that didn't help"
        | "it did not help"
        | "it didn't help" => Intent::VoteLast { solved: false },
        "ask in other words" | "other words" => Intent::Rephrase,
        "all products" | "search all products" | "any product" => Intent::AllProducts,
        "hi" | "hello" | "hey" | "hi there" | "hello there" | "good morning" | "good afternoon"
        | "good evening" | "good day" => Intent::SmallTalk(SmallTalk::Greeting),
        "thanks"
        | "thank you"
        | "thx"
        | "ty"
        | "thanks a lot"
        | "thank you very much"
        | "many thanks"
        | "great thanks"
        | "ok thanks"
        | "perfect thanks"
        | "cheers"
        | "👍"
        | "🙏" => Intent::SmallTalk(SmallTalk::Thanks),
        // Said in passing; an answer would only be in the way.
        "ok" | "okay" | "k" | "alright" | "fine" | "i see" => Intent::Nothing,
        "bye" | "goodbye" | "good bye" | "see you" | "bye bye" | "good night" => {
            Intent::SmallTalk(SmallTalk::Farewell)
        }
        _ => return None,
    })
}

/// `word …` without the slash, where it can't be meant as a question: "article change-password" is a command, "article
/// about passwords" is not.
fn without_slash(text: &str, context: &Context<'_>) -> Option<Intent> {
    if text.chars().nth(MAX_PHRASE).is_some() {
        return None;
    }
    let (word, argument) = text.split_once(' ')?;
    let spec = commands::named(word)
        .filter(|spec| spec.name.eq_ignore_ascii_case(word) && spec.needs <= context.allows)?;
    let argument = argument.trim();
    let is_one_word = !argument.contains(char::is_whitespace);
    let is_id = is_one_word && argument.contains(|c: char| c == '-' || c.is_ascii_digit());
    let is_product = || means_all(argument) || Product::find(context.products, argument).is_some();
    let is_meant = if *spec == commands::ARTICLE || *spec == commands::WHOLE {
        is_id
    } else if *spec == commands::PRODUCT {
        is_id || is_product()
    } else if spec.needs != Needs::Nothing {
        // "reply 42 …" and "close case 42" can mean nothing else; "open" and "cases" without a number may be questions.
        commands::begins_with_case(argument) || (*spec == commands::NOTIFY && is_one_word)
    } else {
        *spec == commands::HELP && commands::named(argument.trim_start_matches('/')).is_some()
    };
    is_meant.then(|| spec.command(argument).map(of_command)).flatten()
}

/// A question, unless it names one article by its number: that wins.
pub(super) fn of_question(text: String, product: Option<Name>) -> Intent {
    question_naming(&article_numbers(&text), text, product)
}

fn question_naming(numbers: &[String], text: String, product: Option<Name>) -> Intent {
    if let [number] = numbers {
        return Intent::Article(Name::Typed(number.clone()));
    }
    let (text, cut) = cut(text, MAX_QUESTION);
    Intent::Question(Question { text, product, cut })
}

/// "Walk me through adding a contact".
fn guide_through(plain: &str) -> Option<Intent> {
    let asked = WALKING.iter().find_map(|words| plain.strip_prefix(words)?.strip_prefix(' '))?.trim();
    (!asked.is_empty()).then(|| Intent::Guide(GuideWish::Through(asked.to_owned())))
}

fn article_name(text: &str) -> Option<Name> {
    let numbers = article_numbers(text);
    numbers.into_iter().next().map(Name::Typed).or_else(|| name(text))
}

fn name(text: &str) -> Option<Name> {
    short(text).map(Name::Typed)
}

/// What can be a name; none where there is nothing to read.
fn short(text: &str) -> Option<String> {
    let (text, _) = cut(clean(text), MAX_NAME);
    (!text.is_empty()).then_some(text)
}

fn means_all(text: &str) -> bool {
    ["all", "any", "every", "none", "all products"].iter().any(|word| text.eq_ignore_ascii_case(word))
}
