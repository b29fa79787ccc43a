//! Understands what a person asks for: the one way from text, buttons and commands to an [`Intent`].

use crate::domain::mention::article_numbers;
use crate::domain::{PhoneNumber, Product};

use super::commands::{self, Command};
use super::courtesy::{country_to_call, wants_person, without_courtesy};
use super::text::{clean, cut, fold};
use super::{ChoiceId, Country, Input, Intent, Name, Onward, Question, SmallTalk, Verb, Whole};

/// The most characters that are read of a question; Discord allows as many.
pub const MAX_QUESTION: usize = 4_000;
/// The most characters of an article's or a product's name.
const MAX_NAME: usize = 120;
/// A text that is longer is no set phrase and no command without a slash.
const MAX_PHRASE: usize = 80;

/// What a person asks for. Any input is safe.
#[must_use]
pub fn parse(input: &Input, products: &[Product], numbers: &[PhoneNumber]) -> Intent {
    match input {
        Input::Text(text) => of_text(&clean(text), products, numbers),
        Input::Press(choice) => of_press(choice),
        Input::Command(command) => of_command(command.clone()),
        Input::Form { .. } => Intent::UnknownChoice,
    }
}

fn of_press(choice: &ChoiceId) -> Intent {
    let Some(verb) = choice.verb() else { return Intent::UnknownChoice };
    match verb {
        Verb::Article(handle) => Intent::Article(Name::Handle(handle)),
        Verb::Whole(handle) => Intent::Whole(Whole::Of(Name::Handle(handle))),
        Verb::Next { question, skip } => Intent::NextBest(Onward::Of { question, skip }),
        Verb::More { question, skip } => Intent::More(Onward::Of { question, skip }),
        Verb::Product(handle) => Intent::ChooseProduct(Name::Handle(handle)),
        Verb::AllProducts => Intent::AllProducts,
        Verb::Products => Intent::Products,
        Verb::Phones => Intent::PhoneNumbers,
        Verb::Phone(country) => Intent::PhoneNumber(Country::Code(country)),
        Verb::Person => Intent::Person,
        Verb::Help => Intent::Help,
        Verb::Rephrase => Intent::Rephrase,
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
    }
}

fn of_text(text: &str, products: &[Product], numbers: &[PhoneNumber]) -> Intent {
    if text.is_empty() {
        return Intent::Nothing;
    }
    if text.chars().all(|c| c == '?') {
        return Intent::Help;
    }
    if let Some(intent) = with_slash(text) {
        return intent;
    }
    if text.chars().nth(MAX_PHRASE).is_none()
        && let Some(intent) = short_text(text, products, numbers)
    {
        return intent;
    }
    of_question(text.to_owned(), None)
}

/// `/word …`. A path such as `/etc/hosts` is no command.
fn with_slash(text: &str) -> Option<Intent> {
    let rest = text.strip_prefix('/')?;
    let (word, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    if let Some(spec) = commands::named(word) {
        return Some(spec.command(argument).map_or(Intent::Incomplete(spec), of_command));
    }
    if word.is_empty() && argument.is_empty() {
        return Some(Intent::Help);
    }
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-');
    is_word.then(|| Intent::UnknownCommand { typed: cut(word.to_owned(), MAX_PHRASE).0 })
}

/// What is too short to be told as a question: a set phrase, a command without its slash, a country to call.
fn short_text(text: &str, products: &[Product], numbers: &[PhoneNumber]) -> Option<Intent> {
    let folded = fold(text);
    let plain = without_courtesy(&folded);
    phrase(&folded)
        .or_else(|| commands::meant_by(plain)?.command("").map(of_command))
        .or_else(|| wants_person(plain).then_some(Intent::Person))
        .or_else(|| {
            country_to_call(plain, numbers).map(|country| Intent::PhoneNumber(Country::Typed(country)))
        })
        .or_else(|| without_slash(text, products))
}

/// What has one meaning when nothing else is said.
fn phrase(folded: &str) -> Option<Intent> {
    if let Some(spec) = commands::meant_by(folded) {
        return spec.command("").map(of_command);
    }
    Some(match folded {
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
        | "thanks that helped"
        | "that helped"
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
fn without_slash(text: &str, products: &[Product]) -> Option<Intent> {
    let (word, argument) = text.split_once(' ')?;
    let spec = commands::named(word).filter(|spec| spec.name.eq_ignore_ascii_case(word))?;
    let argument = argument.trim();
    let is_one_word = !argument.contains(char::is_whitespace);
    let is_id = is_one_word && argument.contains(|c: char| c == '-' || c.is_ascii_digit());
    let is_product = || means_all(argument) || Product::find(products, argument).is_some();
    let is_meant = if *spec == commands::ARTICLE || *spec == commands::WHOLE {
        is_id
    } else if *spec == commands::PRODUCT {
        is_id || is_product()
    } else {
        *spec == commands::HELP && commands::named(argument.trim_start_matches('/')).is_some()
    };
    is_meant.then(|| spec.command(argument).map(of_command)).flatten()
}

/// A question, unless it names one article by its number: that wins.
fn of_question(text: String, product: Option<Name>) -> Intent {
    let numbers = article_numbers(&text);
    if let [number] = numbers.as_slice() {
        return Intent::Article(Name::Typed(number.clone()));
    }
    let (text, cut) = cut(text, MAX_QUESTION);
    Intent::Question(Question { text, product, cut })
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
