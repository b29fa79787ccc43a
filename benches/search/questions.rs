//! Asks the three indexes the same questions in turn, so that whatever else the machine does hits all alike.

use std::sync::Arc;

use guidepost::chat::{Input, Reply, Request as Turn};
use guidepost::clock::Clock;
use guidepost::config::{self, Options};
use guidepost::domain::{Article, Identity, Place, Platform, Privacy};
use guidepost::handlers::Desk;
use guidepost::search::{CANDIDATES, Engine, Request, Shown};
use guidepost::services::answers::Answers;

use crate::peers::{Built, TOP};
use crate::times::Times;

/// FTS5 is asked every so manieth question: it would take most of the time.
pub const STEP: usize = 6;
/// So much of a title is typed.
const TYPED: [usize; 4] = [3, 8, 15, 25];
/// What Discord shows at most.
const OFFERED: usize = 25;

/// The times of all ways to ask.
#[derive(Default)]
pub struct Asked {
    /// From a person's text to the finished reply, through the desk that all doors share.
    pub reply: Times,
    /// The search alone: the ten best passages, marked.
    pub search: Times,
    /// Of that: the question understood, candidates found and measured.
    pub measure: Times,
    pub bare: Times,
    pub fts: Times,
}

/// The desk over an index.
pub fn desk(engine: &Arc<Engine>) -> Desk {
    let settings = config::load(&Options::default(), []).unwrap().settings;
    let answers = Answers::new(Arc::clone(engine));
    Desk::new(answers, Vec::new(), Vec::new(), &settings, Clock::System, Box::new(|| 0))
}

/// Asks every question in every way.
pub fn ask(built: &Built, desk: &Desk, questions: &[&str]) -> Asked {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut times = Asked::default();
    // Whatever is made at the first question is not what is measured; two dozen questions make it all.
    for (warm, questions) in [(true, questions.get(..24).unwrap_or(questions)), (false, questions)] {
        let mut found = [0_usize; 3];
        for (at, question) in questions.iter().enumerate() {
            let request = Request { question, product: None, limit: TOP.into(), shown: Shown::Every };
            found[0] += times.search.take(|| built.ours.search(&request).unwrap()).found.len();
            found[1] += times.bare.take(|| built.bare.ask(question)).len();
            let turn = turn(question);
            let reply = times.reply.take(|| runtime.block_on(desk.handle(&turn)));
            assert_ne!(reply, Reply::default(), "no reply to {question}");
            if at % STEP == 0 {
                found[2] += times.fts.take(|| built.fts.ask(question)).len();
            }
            times.measure.take(|| built.ours.measure(question, CANDIDATES).unwrap());
        }
        assert!(found.iter().all(|found| *found > 0), "an index finds nothing");
        if warm {
            times = Asked::default();
        }
    }
    times
}

/// A question as it comes in.
pub fn turn(question: &str) -> Turn {
    let place =
        Place { platform: Platform::Console, conversation: "bench".to_owned(), privacy: Privacy::Private };
    Turn::new(Identity::Console("bench".to_owned()), place, Input::Text(question.to_owned()))
}

/// Types the beginnings of the titles.
pub fn type_ahead(engine: &Engine, articles: &[Article]) -> (Times, Times) {
    let (mut first, mut others) = (Times::default(), Times::default());
    first.take(|| engine.suggest("a", OFFERED));
    for article in articles {
        for length in TYPED {
            let typed: String = article.about.title.chars().take(length).collect();
            others.take(|| engine.suggest(&typed, OFFERED));
        }
    }
    (first, others)
}
