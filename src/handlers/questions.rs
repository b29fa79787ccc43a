//! Answering questions: the best passage, the next best, and what else there is.

use std::collections::BTreeMap;

use crate::chat::parse::MAX_QUESTION;
use crate::chat::{Asked, Memory, Onward, Question, Reply};
use crate::domain::{About, Product};
use crate::replies::guides::Ways;
use crate::replies::{Best, Correction, Found, answers, articles, onward};
use crate::services::answers::{self as service, Answer};
use crate::services::conversations::{Answered, Source};

use super::products::{by_handle, find};
use super::{Desk, Fault, Turn};

/// Titles in one list of further results.
const LISTED: usize = 5;

impl Desk {
    pub(super) async fn question(&self, question: Question, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let Question { text, product, cut } = question;
        let product = match product {
            Some(name) => match find(&self.products(), &name) {
                Some(product) => Some(product.id.clone()),
                None => return Ok(self.unknown_product(&name)),
            },
            None => self.product_for(&text, &turn.talk.conversation.memory),
        };
        self.show(Asked { text, product, at: 0, seen: 0, answer: self.new_answer() }, cut, turn).await
    }

    /// Whether the articles answer a question well.
    pub(super) async fn answers_well(&self, question: &Question, memory: &Memory) -> Result<bool, Fault> {
        let text = question.text.clone();
        let product = self.product_for(&text, memory);
        let asked = Asked { text, product, at: 0, seen: 0, answer: None };
        Ok(self.ask(&asked, 0, self.results).await?.confident)
    }

    pub(super) async fn next_best(&self, which: &Onward, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        match self.resume_question(which, &turn.talk.conversation.memory, |last| last.at + 1) {
            Ok((asked, at)) => self.show(Asked { at, ..asked }, false, turn).await,
            Err(reply) => Ok(*reply),
        }
    }

    pub(super) async fn more(&self, which: &Onward, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let (mut asked, skip) =
            match self.resume_question(which, &turn.talk.conversation.memory, |last| last.seen) {
                Ok(resumed) => resumed,
                Err(reply) => return Ok(*reply),
            };
        let answer = self.ask(&asked, skip, LISTED).await?;
        let found: Vec<&About> = answer.results.iter().map(|found| &found.about).collect();
        asked.seen = skip + found.len();
        let reply = onward::more_results(self.locale, &asked, &found, answer.more);
        if !found.is_empty() {
            turn.talk.conversation.memory.remember(asked);
        }
        Ok(reply)
    }

    /// The question that goes on and the place from where: a button says it, else `place` tells it from how far the last
    /// question got. Or the reply that says why it can't go on.
    fn resume_question(
        &self,
        which: &Onward,
        memory: &Memory,
        place: fn(&Asked) -> usize,
    ) -> Result<(Asked, usize), Box<Reply>> {
        let (question, skip) = match which {
            Onward::Last => {
                let last = memory.last().ok_or_else(|| Box::new(onward::nothing_asked(self.locale)))?;
                return Ok((last.clone(), place(last)));
            }
            Onward::Of { question, skip } => (question, *skip),
        };
        let text =
            memory.text_of(question).ok_or_else(|| Box::new(onward::question_forgotten(self.locale)))?;
        let products = self.products();
        let product = question.product().and_then(|handle| by_handle(&products, handle));
        let product = product.map(|product| product.id.clone());
        let known = memory.recall(&text, product.as_ref()).cloned();
        Ok((known.unwrap_or(Asked { text, product, at: 0, seen: skip, answer: self.new_answer() }), skip))
    }

    async fn ask(&self, asked: &Asked, skip: usize, limit: usize) -> Result<Answer, Fault> {
        let Asked { text, product, .. } = asked.clone();
        self.look_up(move |answers| {
            answers.ask(service::Question { text, product, skip, limit, passages: false })
        })
        .await
    }

    /// Shows the next result of an answer that was given.
    pub(super) async fn show_next(&self, asked: Asked, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        self.show(asked, false, turn).await
    }

    /// Shows the result at the place `asked.at`.
    async fn show(&self, mut asked: Asked, cut: bool, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let answer = self.ask(&asked, asked.at, self.results).await?;
        let is_first = asked.at == 0;
        let is_given = answer.confident || !is_first;
        // Where nothing answers well, only the closest article is named.
        asked.seen = asked.at + if is_given { answer.results.len() } else { 1 };
        // Who names articles by number wants these, and not what else has words in common with the numbers.
        let by_number = is_first && answer.results.first().is_some_and(|first| first.by_number);
        let further = answer.results.iter().skip(1).filter(|found| found.by_number || !by_number);
        let further: Vec<&About> = further.map(|found| &found.about).collect();
        let reply = match &answer.article {
            Some(article) if by_number => {
                let ways = self.ways(article, None).await?;
                articles::article(self.locale, article, &further, ways)
            }
            Some(_) | None => {
                let ways = match (&answer.article, answer.results.first()) {
                    (Some(article), Some(first)) => self.ways(article, Some(first.passage_at)).await?,
                    (Some(_) | None, _) => Ways::default(),
                };
                self.reply(&asked, &answer, &further, (cut, ways))
            }
        };
        self.note_answer(&asked, &answer, is_given, turn).await?;
        if let Some(first) = answer.results.first() {
            let memory = &mut turn.talk.conversation.memory;
            if is_given {
                memory.article = Some(first.about.id.clone());
            }
            memory.remember(asked);
        }
        Ok(reply)
    }

    /// Keeps what was asked and what was shown: votes are about it, a case carries it, and what was not found is to be written.
    async fn note_answer(
        &self,
        asked: &Asked,
        answer: &Answer,
        is_given: bool,
        turn: &mut Turn<'_>,
    ) -> Result<(), Fault> {
        let (Some(id), Ok(kept)) = (asked.answer, self.kept()) else { return Ok(()) };
        kept.conversations.fetch_answer(&mut turn.talk, id).await?;
        let mut noted = turn.talk.answer(id).cloned().unwrap_or_else(|| Answered {
            id,
            person: turn.talk.person(),
            at: turn.now,
            text: asked.text.clone(),
            product: asked.product.clone(),
            confident: answer.confident,
            source: Source::Question,
            shown: BTreeMap::new(),
            votes: BTreeMap::new(),
        });
        if let Some(first) = answer.results.first().filter(|_| is_given) {
            noted.shown.insert(asked.at, first.about.id.clone());
        }
        turn.talk.put_answer(noted);
        Ok(())
    }

    fn reply(&self, asked: &Asked, answer: &Answer, further: &[&About], (cut, ways): (bool, Ways)) -> Reply {
        let products = self.products();
        let product = asked.product.as_ref().and_then(|id| products.iter().find(|p: &&Product| p.id == *id));
        let corrections: Vec<Correction<'_>> =
            answer.corrections.iter().map(|c| Correction { typed: &c.typed, read: &c.read }).collect();
        let passages = answer.article.as_ref().map(|article| article.passages.as_slice()).unwrap_or_default();
        let best = answer.results.first().and_then(|first| {
            Some(Best {
                about: &first.about,
                passage: first.passage.as_ref()?,
                block_at: first.block_at,
                after: passages.get(first.passage_at + 1..).unwrap_or_default(),
                longer: passages.len() > 1,
                ways,
            })
        });
        let cut_at = cut.then_some(MAX_QUESTION);
        let more = answer.more;
        let found = Found { asked, best, further, more, corrections: &corrections, product, cut_at };
        if asked.at > 0 {
            onward::next_best(self.locale, &found)
        } else if answer.confident {
            answers::answer(self.locale, &found)
        } else {
            answers::no_good_answer(self.locale, &found)
        }
    }
}
