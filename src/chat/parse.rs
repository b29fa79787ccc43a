//! Understands what a person asks for: the one way from text, buttons and commands to an [`Intent`].

use crate::domain::case::CaseNumber;
use crate::domain::mention::article_numbers;
use crate::domain::{PhoneNumber, Product};

use super::choice::{CaseVerb, Cause, FlowVerb};
use super::commands::{self, Command, Needs, Spec};
use super::courtesy::{country_to_call, wants_person, without_courtesy};
use super::flow::{Draft, Flow, Given, Step, WritingKind};
use super::text::{clean, cut, fold};
use super::wish::{CaseWish, FlowWish, NewsWish, StaffVerb, StaffWish};
use super::{ChoiceId, Country, Input, Intent, Name, Onward, Question, SmallTalk, Verb, Whole};

/// The most characters that are read of a question; Discord allows as many.
pub const MAX_QUESTION: usize = 4_000;
/// The most characters of an article's or a product's name.
const MAX_NAME: usize = 120;
/// A text that is longer is no set phrase and no command without a slash.
const MAX_PHRASE: usize = 80;

/// What the parser has to know of the desk and of where the conversation stands.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The desk's products.
    pub products: &'a [Product],
    /// The numbers that one can call.
    pub numbers: &'a [PhoneNumber],
    /// What may be asked for: commands that need more are not understood.
    pub allows: Needs,
    /// The flow that goes on here.
    pub flow: Option<&'a Flow>,
    /// Whether files came with the turn.
    pub has_files: bool,
}

/// What a person asks for. Any input is safe.
#[must_use]
pub fn parse(input: &Input, context: &Context<'_>) -> Intent {
    match input {
        Input::Text(text) if context.has_files => with_files(&clean(text), context),
        Input::Text(text) => of_text(&clean(text), context),
        Input::Press(choice) => of_press(choice),
        Input::Form { id, fields } => of_form(id, fields),
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
            | Step::Ready,
        )
        | None => of_command(commands::file(text)),
    }
}

fn of_form(id: &ChoiceId, fields: &[(String, String)]) -> Intent {
    match id.verb() {
        Some(Verb::Flow(flow, FlowVerb::Form(step))) => {
            let text = fields.iter().find(|(name, _)| *name == step).map(|(_, text)| clean(text));
            Intent::Flow(FlowWish::Fill { flow, step, text: text.unwrap_or_default() })
        }
        Some(_) | None => Intent::UnknownChoice,
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
        Verb::Vote { answer, at, solved } => Intent::Vote { answer, at, solved },
        Verb::OpenCase(cause) => Intent::Case(open(cause)),
        Verb::Cases(before) => Intent::Case(CaseWish::List { before }),
        Verb::Case(case, verb) => of_case_button(case, verb),
        Verb::Queue => Intent::Staff(StaffWish::Queue(None)),
        Verb::Mine => Intent::Staff(StaffWish::Mine),
        Verb::DeadLetters => Intent::Staff(StaffWish::DeadLetters),
        Verb::Retry(key) => Intent::Staff(StaffWish::Retry(key)),
        Verb::Notify(None) => Intent::News(NewsWish::Show),
        Verb::Notify(Some(notify)) => Intent::News(NewsWish::Set(notify)),
        Verb::Address => Intent::News(NewsWish::Address(None)),
        Verb::Flow(flow, verb) => Intent::Flow(match verb {
            FlowVerb::Pick(step, pick) => FlowWish::Pick { flow, step, pick },
            // A form's id comes back with its fields; pressed alone it shows the step.
            FlowVerb::Form(_) | FlowVerb::Continue => FlowWish::Continue(Some(flow)),
            FlowVerb::Back => FlowWish::Back(Some(flow)),
            FlowVerb::Cancel => FlowWish::Cancel(Some(flow)),
            FlowVerb::Resend => FlowWish::Resend(flow),
        }),
    }
}

fn open(cause: Cause) -> CaseWish {
    let (answer, follows) = match cause {
        Cause::Wish => (None, None),
        Cause::Answer(ticket) => (Some(ticket), None),
        Cause::Follows(number) => (None, Some(number)),
    };
    CaseWish::Open { text: None, answer, follows }
}

fn of_case_button(case: CaseNumber, verb: CaseVerb) -> Intent {
    let write = |kind| Intent::Case(CaseWish::Write { kind, case: Some(case), text: None });
    match verb {
        CaseVerb::Show => Intent::Case(CaseWish::Show(case)),
        CaseVerb::Reply => write(WritingKind::Reply),
        CaseVerb::AddFile => write(WritingKind::Files),
        CaseVerb::Close => write(WritingKind::Close),
        CaseVerb::Rate(score) => Intent::Case(CaseWish::Rate(case, score)),
        CaseVerb::Priority(priority) => Intent::Case(CaseWish::Prioritise(case, priority)),
        CaseVerb::Transcript(format) => Intent::Case(CaseWish::Transcript(case, format)),
        CaseVerb::Take => Intent::Staff(StaffWish::Do(case, StaffVerb::Take)),
        CaseVerb::Reopen => Intent::Staff(StaffWish::Do(case, StaffVerb::Reopen)),
        CaseVerb::Answer => write(WritingKind::Answer),
        CaseVerb::Note => write(WritingKind::Note),
        CaseVerb::Solve => write(WritingKind::Solve),
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
        Command::NoCase(typed) => Intent::NoCase(typed),
    }
}

fn of_text(text: &str, context: &Context<'_>) -> Intent {
    if text.is_empty() {
        return Intent::Nothing;
    }
    if let Some(intent) = with_slash(text, context) {
        return intent;
    }
    if let Some(intent) = for_the_flow(text, context) {
        return intent;
    }
    if text.chars().all(|c| c == '?') {
        return Intent::Help;
    }
    if context.allows != Needs::Nothing
        && let Some(intent) = about_cases(text)
    {
        return intent;
    }
    if text.chars().nth(MAX_PHRASE).is_none()
        && let Some(intent) = short_text(text, context)
    {
        return intent;
    }
    of_question(text.to_owned(), None)
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
fn for_the_flow(text: &str, context: &Context<'_>) -> Option<Intent> {
    let flow = context.flow.filter(|flow| flow.is_going())?;
    let folded = if text.chars().nth(MAX_PHRASE).is_none() { fold(text) } else { String::new() };
    if let Some(steering) = commands::steering(&folded) {
        return steering.command("").map(of_command);
    }
    let given = Given::Text(text.to_owned());
    let is_taken = flow.step().takes_any_text() || flow.clone().give(&given, context.products).is_ok();
    is_taken.then(|| Intent::Flow(FlowWish::Say(text.to_owned())))
}

/// A case's number, and the wish to open a case with what is the matter in the same sentence.
fn about_cases(text: &str) -> Option<Intent> {
    if !article_numbers(text).is_empty() {
        return None;
    }
    if let Some(text) = commands::opening(text) {
        return Some(Intent::Case(CaseWish::Open { text: Some(text), answer: None, follows: None }));
    }
    match CaseNumber::named_in(text).as_slice() {
        [only] => Some(Intent::Case(CaseWish::Show(*only))),
        [] | [_, ..] => None,
    }
}

/// What is too short to be told as a question: a set phrase, a command without its slash, a country to call.
fn short_text(text: &str, context: &Context<'_>) -> Option<Intent> {
    let folded = fold(text);
    let plain = without_courtesy(&folded);
    phrase(&folded, context)
        .or_else(|| meant_by(plain, context)?.command("").map(of_command))
        .or_else(|| wants_person(plain).then_some(Intent::Person))
        .or_else(|| {
            country_to_call(plain, context.numbers)
                .map(|country| Intent::PhoneNumber(Country::Typed(country)))
        })
        .or_else(|| without_slash(text, context))
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
