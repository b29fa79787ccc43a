//! `guidepost ask`: one question, one answer, for people and for scripts.

use std::process::ExitCode;
use std::time::Instant;

use serde::Serialize;

use crate::app::{App, at_this_terminal};
use crate::chat::{Command, Input, Request};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::{ArticleId, Passage, Place, Platform, Privacy, Product, ProductId};
use crate::platforms::console::{self, Manner};
use crate::search::Correction;
use crate::services::answers::{Answer, Question};

use super::args::Ask;
use super::open;
use super::output::{self, Failure};

#[derive(Serialize)]
struct Answered<'a> {
    question: &'a str,
    results: Vec<ResultOf<'a>>,
    confident: bool,
    corrections: &'a [Correction],
    took_ms: f64,
}

#[derive(Serialize)]
struct ResultOf<'a> {
    id: &'a ArticleId,
    kind: &'static str,
    title: &'a str,
    section: Option<&'a str>,
    passage: String,
    score: Option<f32>,
}

/// Runs the command.
pub async fn run(settings: &Settings, ask: &Ask) -> Result<ExitCode, Failure> {
    let library = open::library(settings, false)?;
    let product = match &ask.product {
        Some(name) => Some(product(library.products(), name)?),
        None => settings.desk.product.clone(),
    };
    let limit = ask.limit.map_or(settings.search.results, usize::from);
    let question = Question { text: ask.question.join(" "), product, skip: 0, limit, passages: ask.json };
    let started = Instant::now();
    let answer = library.answers().ask(question)?;
    let took_ms = started.elapsed().as_secs_f64() * 1e3;
    if ask.json {
        output::print_json(&answered(&answer, took_ms))?;
    } else {
        let desk = App::open(library, settings, None).desk();
        let command = Command::Ask { question: ask.question.join(" "), product: ask.product.clone() };
        let reply = desk.handle(&at_terminal(Input::Command(command))).await;
        console::print(reply, &Manner::of(settings, Clock::System))?;
    }
    Ok(if answer.confident { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn answered(answer: &Answer, took_ms: f64) -> Answered<'_> {
    let results = answer.results.iter().map(|found| ResultOf {
        id: &found.about.id,
        kind: found.about.kind.name(),
        title: &found.about.title,
        section: found.passage.as_ref().and_then(|passage| passage.heading.as_deref()),
        passage: found.passage.as_ref().map(Passage::text).unwrap_or_default(),
        // An article that was named by its number has no score: it is the one that was meant.
        score: (!found.by_number).then_some(found.score),
    });
    Answered {
        question: &answer.question.text,
        results: results.collect(),
        confident: answer.confident,
        corrections: &answer.corrections,
        took_ms,
    }
}

/// A turn of whoever typed the command.
pub fn at_terminal(input: Input) -> Request {
    let place =
        Place { platform: Platform::Console, conversation: "command".to_owned(), privacy: Privacy::Private };
    Request::new(at_this_terminal(None), place, input)
}

/// The product that somebody names, or which ones there are.
pub fn product(products: &[Product], name: &str) -> Result<ProductId, Failure> {
    if let Some(product) = Product::find(products, name) {
        return Ok(product.id.clone());
    }
    let known: Vec<&str> = products.iter().map(|p| p.id.as_str()).collect();
    Err(Failure::Usage(format!("\"{name}\" is no product of products.toml; there are: {}", known.join(", "))))
}
