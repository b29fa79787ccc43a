//! Guides: an article's steps one at a time, and the lists of guides.

use crate::chat::flow::{At, Flow, Followed, Walk};
use crate::chat::{Choice, Progress, Reply, ReplyBlock, Verb};
use crate::domain::account::Procedure;
use crate::domain::{About, Article, Block, Guide, Handle, Passage, Product, Span};

use super::accounts::buttons::do_it_here;
use super::card::card;
use super::excerpt::{Rest, head};
use super::words::{article as called, paragraph, private, quoted, sentence, shortened};
use super::{Locale, case_buttons as buttons, choices};

/// The most squares that show how far somebody is.
const MOST_SQUARES: usize = 20;
/// What is shown of a section that says what one needs.
const MOST_NEEDS: usize = 12;

/// A guide with what its article says around it.
#[derive(Debug, Clone)]
pub struct Page {
    /// What is known about the article.
    pub about: About,
    /// What one needs first.
    pub needs: Vec<Passage>,
    /// The guide.
    pub guide: Guide,
}

/// Which guides an article that is shown has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Walkable {
    /// None.
    #[default]
    No,
    /// This one; the first is 0.
    This(usize),
    /// Several.
    Some,
}

/// What can be done with an article that is shown, besides reading it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ways {
    /// Be walked through it.
    pub walkable: Walkable,
    /// Do here what it describes.
    pub here: Option<Procedure>,
}

/// How far somebody is, in one line with squares.
#[must_use]
pub fn progress(locale: Locale, progress: &Progress) -> Vec<Span> {
    let Progress { at, of, title: _ } = progress;
    let mut line = place(locale, progress);
    if (1..=MOST_SQUARES).contains(of) {
        let squares: String = (1..=*of).map(|step| if step <= *at { '▰' } else { '▱' }).collect();
        line.push(Span::Plain(format!(" · {squares}")));
    }
    line
}

/// The same for a door that draws how far it is.
#[must_use]
pub fn place(locale: Locale, progress: &Progress) -> Vec<Span> {
    let Progress { title, at, of } = progress;
    let place = match at {
        0 => steps(locale, *of),
        _ => format!("step {at} of {of}"),
    };
    vec![Span::Strong(title.clone()), Span::Plain(format!(" · {place}"))]
}

fn steps(locale: Locale, count: usize) -> String {
    let Locale::English = locale;
    if count == 1 { "1 step".to_owned() } else { format!("{count} steps") }
}

/// What is shown at a place of a guide.
pub(super) fn page(locale: Locale, walk: &Walk, page: &Page) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    let Page { about, needs, guide } = page;
    let of = guide.steps.len();
    let progress = |at| ReplyBlock::Progress(Progress { title: walk.called().to_owned(), at, of });
    match walk.at {
        At::Opening => {
            let mut blocks = vec![progress(0)];
            let mut text: Vec<Block> = Vec::new();
            for need in needs {
                text.extend(
                    need.heading.iter().map(|heading| Block::Heading(vec![Span::Plain(heading.clone())])),
                );
                text.extend(head(&need.blocks, MOST_NEEDS).blocks);
            }
            text.extend(guide.before.iter().cloned());
            blocks.push(ReplyBlock::Text(text));
            blocks
        }
        At::Step(at) => {
            let leg = guide.step(at);
            let text = leg.map(|leg| leg.lead.iter().chain(&leg.step.blocks).cloned().collect());
            vec![progress(at + 1), ReplyBlock::Text(text.unwrap_or_default())]
        }
        At::End => {
            let mut blocks = vec![progress(of)];
            if !guide.after.is_empty() {
                blocks.push(ReplyBlock::Text(guide.after.clone()));
            }
            blocks
                .push(paragraph(format!("That was the last step of {}. Did that solve it?", called(about))));
            blocks
        }
    }
}

/// The buttons at a place of a guide.
pub(super) fn buttons_of(locale: Locale, flow: &Flow, walk: &Walk) -> Vec<Choice> {
    let mut out = match walk.at {
        At::Opening => vec![buttons::next_step(locale, flow, true)],
        At::Step(_) => vec![buttons::next_step(locale, flow, false)],
        At::End => vec![buttons::worked(locale, flow), buttons::failed(locale, flow)],
    };
    if flow.can_go_back() {
        out.push(buttons::back(locale, flow));
    }
    match walk.at {
        At::Opening => {}
        At::Step(_) => out.push(buttons::stuck(locale, flow)),
        At::End => return out,
    }
    out.push(buttons::stop_here(locale, flow));
    out
}

/// Where somebody still is, after an answer to something else.
pub(super) fn still_there(locale: Locale, walk: &Walk) -> String {
    let Locale::English = locale;
    let name = quoted(walk.called());
    match walk.at {
        At::Opening => format!("You are still at the beginning of {name}."),
        At::Step(at) => format!("You are still at step {} of {} of {name}.", at + 1, walk.steps),
        At::End => format!("You are at the end of {name}. Did that solve it?"),
    }
}

/// They stop, and their place is kept.
#[must_use]
pub fn stopped(locale: Locale, flow: &Flow) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::go_on(flow, "Continue")];
    Reply { choices, ..sentence("I'll keep your place. Say \"continue\" whenever you like.") }
}

/// They began it before.
#[must_use]
pub fn went_on(locale: Locale, flow: &Flow) -> Reply {
    let Locale::English = locale;
    let choices = vec![buttons::restart(locale, flow)];
    Reply { choices, ..sentence("You began this guide before, so we go on where you stopped.") }
}

/// The article was edited since they last looked.
#[must_use]
pub fn edited(locale: Locale, walk: &Walk, followed: Followed) -> Reply {
    let Locale::English = locale;
    let place = match (walk.at, followed) {
        (At::Step(at), Followed::Edited { is_same: true }) => {
            format!(" Your step is now step {} of {}.", at + 1, walk.steps)
        }
        (At::Step(at), _) => {
            format!(" We go on at step {} of {}, which is closest to where you were.", at + 1, walk.steps)
        }
        (At::Opening | At::End, _) => String::new(),
    };
    sentence(format!("The article was edited since you were here.{place}"))
}

/// The article of a guide is gone, or has no steps any more.
#[must_use]
pub fn gone(locale: Locale, walk: &Walk) -> Reply {
    let Locale::English = locale;
    let choices = vec![choices::search_for(locale, &walk.title), choices::person(locale)];
    Reply {
        choices,
        ..sentence(format!(
            "{} has no steps any more, so I can't lead you on. Something else may have taken its place.",
            quoted(&walk.title)
        ))
    }
}

/// Somebody is stuck: what explains it, and a person.
#[must_use]
pub fn stuck(locale: Locale, flow: &Flow, walk: &Walk, explains: Option<(&About, &Passage)>) -> Reply {
    let Locale::English = locale;
    let at = walk.present() + 1;
    let mut reply = match explains {
        Some((about, passage)) => {
            let shown = head(&passage.blocks, super::excerpt::MOST_LINES);
            let section = Passage { heading: passage.heading.clone(), blocks: shown.blocks };
            let mut blocks = vec![paragraph("This may explain it:"), card(locale, about, vec![section])];
            blocks.push(paragraph(format!(
                "If it doesn't, open a case: support sees that you stopped at step {at} of {}.",
                walk.steps
            )));
            let mut reply = private(blocks);
            if shown.rest != Rest::Nothing {
                reply.choices.push(choices::whole(locale, &about.id));
            }
            reply
        }
        None => sentence(format!(
            "I found nothing more about this step. Open a case, and support sees that you stopped at step {at} of {}.",
            walk.steps
        )),
    };
    reply.choices.insert(0, buttons::go_on(flow, &format!("Back to step {at}")));
    reply.choices.extend([buttons::open_case_from_guide(locale, flow), choices::person(locale)]);
    reply
}

/// The guide is over.
#[must_use]
pub fn over(locale: Locale, flow: &Flow, walk: &Walk, solved: bool) -> Reply {
    let Locale::English = locale;
    if solved {
        return sentence("Good to hear; I noted it. I'm here when something else comes up.");
    }
    let choices = vec![
        buttons::open_case_from_guide(locale, flow),
        choices::search_for(locale, walk.called()),
        choices::person(locale),
    ];
    Reply {
        choices,
        ..sentence(
            "I noted that. A case is the next step: support sees which guide you followed and how far you came.",
        )
    }
}

/// Leads to the guides of an article, and to doing it here.
pub(super) fn ways(locale: Locale, about: &About, ways: Ways) -> Vec<Choice> {
    let here = ways.here.map(|procedure| do_it_here(locale, procedure));
    walk_me(locale, about, ways.walkable).into_iter().chain(here).collect()
}

fn walk_me(locale: Locale, about: &About, walkable: Walkable) -> Option<Choice> {
    let Locale::English = locale;
    let guide = match walkable {
        Walkable::No => return None,
        Walkable::This(guide) => Some(guide),
        Walkable::Some => None,
    };
    Some(Choice::new(&Verb::Guide(Handle::from(&about.id), guide), "Walk me through it"))
}

/// An article has several guides.
#[must_use]
pub fn which(locale: Locale, article: &Article, guides: &[Guide]) -> Reply {
    let Locale::English = locale;
    let handle = Handle::from(&article.about.id);
    let name = |(at, guide): (usize, &Guide)| match &guide.name {
        Some(name) => format!("{name} ({})", steps(locale, guide.steps.len())),
        None => format!("Part {} ({})", at + 1, steps(locale, guide.steps.len())),
    };
    let choice = |(at, guide): (usize, &Guide)| {
        Choice::new(&Verb::Guide(handle.clone(), Some(at)), shortened(&name((at, guide)), choices::MOST))
    };
    let choices = guides.iter().enumerate().map(choice).collect();
    Reply {
        choices,
        ..sentence(format!("{} has several ways. Which one shall we go?", called(&article.about)))
    }
}

/// An article has no steps.
#[must_use]
pub fn no_steps(locale: Locale, about: &About) -> Reply {
    let Locale::English = locale;
    let choices = vec![choices::read(locale, about), guides_button(locale, None, 0, "Show the guides")];
    Reply {
        choices,
        ..sentence(format!("{} has no steps to walk through, but you can read it.", called(about)))
    }
}

/// The guides of a product, or of all.
#[must_use]
pub fn list(locale: Locale, product: Option<&Product>, guides: &[About], skip: usize, more: bool) -> Reply {
    let Locale::English = locale;
    let of = product.map(|product| format!(" for {}", product.name)).unwrap_or_default();
    if guides.is_empty() {
        let choices = vec![choices::help(locale)];
        return Reply {
            choices,
            ..sentence(format!("There are no guides{of}{}.", if skip > 0 { " after these" } else { "" }))
        };
    }
    let mention = |about: &About| crate::chat::Mention {
        press: crate::chat::ChoiceId::of(&Verb::Guide(Handle::from(&about.id), None)),
        id: about.id.clone(),
        title: about.title.clone(),
        label: super::words::kind(locale, about.kind).to_owned(),
    };
    let text = format!("I can walk you through these{of}. Choose one, and we take it step by step.");
    let mut blocks = vec![paragraph(text)];
    blocks.push(ReplyBlock::Articles(guides.iter().map(mention).collect()));
    let next = skip + guides.len();
    let more = more.then(|| guides_button(locale, product, next, "More guides"));
    Reply { blocks, choices: more.into_iter().collect(), ..Reply::default() }
}

fn guides_button(locale: Locale, product: Option<&Product>, skip: usize, label: &str) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Guides { product: product.map(|product| Handle::from(&product.id)), skip }, label)
}
