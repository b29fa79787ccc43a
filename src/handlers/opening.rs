//! Opening a case: what may settle it first, then the case with all that was tried.

use crate::chat::flow::{Draft, Flow, Found, OpenCase, Outcome, ProductAnswer, SimilarAnswer, WritingKind};
use crate::chat::wish::{CaseWish, NewCase};
use crate::chat::{Reply, Ticket};
use crate::domain::case::{Attachment, NoText, QueueId, Text, Tried, TriedQuestion, Verb, Written};
use crate::domain::{ArticleId, Product, Upload};
use crate::replies::{cases, staff};
use crate::services::answers::Question;
use crate::services::cases::{Ask, Draft as CaseDraft, OnBehalf, Opened};
use crate::services::conversations::{Answered, Source, Vote};

use super::{Desk, Fault, Turn};

/// Articles that are offered before a case is opened.
const OFFERED: usize = 2;
/// How many results are looked at for them.
const LOOKED_AT: usize = 6;

impl Desk {
    pub(super) async fn open_case(&self, wish: NewCase, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        if wish == NewCase::default()
            && turn.files.is_empty()
            && let Some(flow) = turn.talk.active().cloned()
            && matches!(&flow.draft, Draft::OpenCase(draft) if draft.description.is_none())
        {
            // Said twice, it is meant once.
            return self.go_on(flow, turn).await;
        }
        let NewCase { text, answer, follows, product, queue, guide } = wish;
        let guide = self.stopped_at(guide, turn).await?;
        if let Some(queue) = &queue
            && !self.kept()?.cases.queues().contains(queue)
        {
            return Ok(cases::unknown_queue(self.locale, queue.as_str(), self.kept()?.cases.queues()));
        }
        let text = match (text, answer) {
            (Some(text), _) => Some(text),
            (None, Some(id)) => {
                self.kept()?.conversations.fetch_answer(&mut turn.talk, id).await?;
                turn.talk.answer(id).map(|answer| answer.text.clone())
            }
            (None, None) => None,
        };
        let mut draft = match self.draft_about(text.as_deref()) {
            Ok(draft) => draft,
            Err(error) => return self.refused(error.into(), turn),
        };
        draft.follows = follows;
        draft.queue = queue;
        draft.files = match self.kept()?.cases.put_aside(turn.files, turn.now).await {
            Ok(files) => files,
            Err(error) => return self.refused(error, turn),
        };
        let product = product.or_else(|| guide.as_ref().and_then(|(_, product)| product.clone()));
        draft.guide = guide.map(|(stopped, _)| stopped);
        let described = draft.description.as_ref().map(|text| text.as_str().to_owned()).unwrap_or_default();
        let memory = &turn.talk.conversation.memory;
        let products = self.products();
        let known = match &product {
            // One that is not on the list is asked for again, so that nothing that was said is lost.
            Some(name) => Product::find(&products, name).map(|product| product.id.clone()),
            None => Product::named_in(&products, &described)
                .map(|product| product.id.clone())
                .or_else(|| self.product_for(&described, memory)),
        };
        if let Some(product) = known {
            draft.product = ProductAnswer::Is(product);
        }
        self.begin_flow(Draft::OpenCase(draft), turn).await
    }

    /// A case to open about this text; no text is a case about which nothing was said yet.
    pub(super) fn draft_about(&self, text: Option<&str>) -> Result<OpenCase, NoText> {
        let mut draft = match OpenCase::about(text) {
            Ok(draft) => draft,
            Err(NoText::Empty) => OpenCase::default(),
            Err(error @ NoText::TooLong { .. }) => return Err(error),
        };
        draft.has_products = self.has_products();
        Ok(draft)
    }

    /// Looks, once for each description, for articles and for a case that settle it.
    pub(super) async fn look_before_opening(
        &self,
        id: Ticket,
        mut draft: OpenCase,
        turn: &mut Turn<'_>,
    ) -> Result<OpenCase, Fault> {
        let Some(text) = draft.needs_look().cloned() else {
            return self.still_similar(draft, turn).await;
        };
        if draft.product == ProductAnswer::Unasked
            && let Some(product) = Product::named_in(&self.products(), text.as_str())
        {
            draft.product = ProductAnswer::Is(product.id.clone());
        }
        if draft.on_behalf.is_some() {
            // Staff who open a case have looked already.
            draft.found = Some(Found::default());
            return Ok(draft);
        }
        let (articles, confident) = self.articles_about(&draft, &text, turn).await?;
        let person = turn.talk.person();
        let similar = self.kept()?.cases.similar(person, text.as_str()).await?;
        if !articles.is_empty() {
            // Of an earlier description of the same flow there may be one already.
            self.kept()?.conversations.fetch_answer(&mut turn.talk, id).await?;
            turn.talk.put_answer(Answered {
                id,
                person,
                at: turn.now,
                text: text.as_str().to_owned(),
                product: None,
                confident,
                source: Source::Case,
                shown: articles.iter().cloned().enumerate().collect(),
                votes: std::collections::BTreeMap::new(),
            });
        }
        draft.found = Some(Found { articles, similar: similar.map(|case| case.number) });
        Ok(draft)
    }

    /// A similar case that is over by now is offered no longer.
    async fn still_similar(&self, mut draft: OpenCase, turn: &Turn<'_>) -> Result<OpenCase, Fault> {
        let asked = draft.similar == SimilarAnswer::Unasked;
        let similar = draft.found.as_ref().and_then(|found| found.similar).filter(|_| asked);
        if let Some(number) = similar {
            let case = self.kept()?.cases.case(&turn.actor()?, number).await;
            let is_over = case.is_ok_and(|case| !case.status.is_active());
            if let Some(found) = draft.found.as_mut().filter(|_| is_over) {
                found.similar = None;
            }
        }
        Ok(draft)
    }

    /// Articles that may solve it and that the person has not been shown in this conversation.
    async fn articles_about(
        &self,
        draft: &OpenCase,
        text: &Text,
        turn: &mut Turn<'_>,
    ) -> Result<(Vec<ArticleId>, bool), Fault> {
        let product = match &draft.product {
            ProductAnswer::Is(product) => Some(product.clone()),
            ProductAnswer::None | ProductAnswer::Unasked => None,
        };
        let question =
            Question { text: text.as_str().to_owned(), product, skip: 0, limit: LOOKED_AT, passages: false };
        let answer = self.look_up(move |answers| answers.ask(question)).await?;
        if !answer.confident {
            return Ok((Vec::new(), false));
        }
        let tried = self.tried(turn).await?;
        let shown: Vec<ArticleId> = tried.questions.into_iter().flat_map(|question| question.shown).collect();
        let ids = answer.results.into_iter().map(|found| found.about.id).filter(|id| !shown.contains(id));
        Ok((ids.take(OFFERED).collect(), true))
    }

    /// What the person tried in this conversation before: questions and the articles shown for them.
    async fn tried(&self, turn: &mut Turn<'_>) -> Result<Tried, Fault> {
        let asked: Vec<Ticket> = turn.talk.conversation.memory.answers().collect();
        let mut questions = Vec::new();
        for id in asked {
            self.kept()?.conversations.fetch_answer(&mut turn.talk, id).await?;
            let Some(answer) = turn.talk.answer(id) else { continue };
            let did_not_help = answer.votes.iter().filter(|(_, vote)| !vote.solved);
            questions.push(TriedQuestion {
                text: answer.text.clone(),
                at: answer.at,
                shown: answer.shown.values().cloned().collect(),
                did_not_help: did_not_help.map(|(article, _)| article.clone()).collect(),
            });
        }
        Ok(Tried { questions, guides: Vec::new() })
    }

    pub(super) async fn finish_opening(
        &self,
        flow: Flow,
        draft: OpenCase,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        self.note_votes(flow.id, &draft, turn).await?;
        if let Some(article) = draft.solved_by {
            turn.done(flow, Outcome::Solved(article));
            return Ok(cases::solved_before_opening(self.locale));
        }
        let Some(description) = draft.description else { return self.prompt(&flow, turn).await };
        let (kept, actor) = (self.kept()?, turn.actor()?);
        let on_behalf = match (draft.on_behalf, actor.staff()) {
            (Some(of), Some(by)) => Some(OnBehalf { of, by }),
            (Some(_), None) => {
                turn.cancel(flow);
                return Ok(cases::only_staff(self.locale));
            }
            (None, _) => None,
        };
        let once = format!("flow-{}", flow.id);
        let (files, gone) = self.put_aside_before(&draft.files).await?;
        let gone = cases::files_gone(self.locale, &gone);
        let same = draft.found.as_ref().and_then(|found| found.similar);
        if let (SimilarAnswer::Same, Some(number)) = (draft.similar, same) {
            let written = Written::new(Some(description));
            let ask = Ask { once: Some(once), files, ..Ask::from(Verb::Reply(written)) };
            return match kept.cases.act(&actor, number, &ask, turn.now).await {
                Ok(acted) => {
                    turn.done(flow, Outcome::Case(number));
                    Ok(cases::written(self.locale, WritingKind::Reply, &acted.case, &acted.events).and(gone))
                }
                Err(error) => self.refused(error, turn),
            };
        }
        let product = match draft.product {
            ProductAnswer::Is(product) => Some(product),
            ProductAnswer::None | ProductAnswer::Unasked => None,
        };
        let queue = product.as_ref().and_then(|id| {
            let products = self.products();
            products.iter().find(|known| known.id == *id).and_then(|known| QueueId::parse(&known.queue).ok())
        });
        let mut tried = if on_behalf.is_some() { Tried::default() } else { self.tried(turn).await? };
        tried.guides.extend(draft.guide);
        let wanted = CaseDraft {
            subject: None,
            description,
            product,
            queue: draft.queue.or(queue),
            priority: draft.priority,
            place: turn.place.clone(),
            tried,
            files,
            links: draft.follows.into_iter().collect(),
            on_behalf,
        };
        match kept.cases.open(&actor, &wanted, &once, turn.now).await {
            Ok(opened) => {
                let number = opened.case().number;
                turn.done(flow, Outcome::Case(number));
                turn.talk.conversation.memory.case = Some(number);
                let has_mail = turn.who.as_ref().is_some_and(|person| person.mail.is_some());
                Ok(match &opened {
                    Opened::New(case) if on_behalf.is_some() => {
                        staff::opened_for(self.locale, case, &self.names(case, &[]).await?)
                    }
                    Opened::New(case) => cases::opened(self.locale, case, &wanted.tried, has_mail).and(gone),
                    Opened::Already(case) => cases::already_open(self.locale, case),
                })
            }
            // What was written stays: "continue" tries again.
            Err(error) => {
                turn.talk.put_flow(flow);
                self.refused(error, turn)
            }
        }
    }

    /// Files that were put aside when the wish was told, and the names of those that waited too long.
    async fn put_aside_before(&self, files: &[Attachment]) -> Result<(Vec<Upload>, Vec<String>), Fault> {
        let (mut found, mut gone) = (Vec::new(), Vec::new());
        for file in files {
            let name = file.name.clone();
            match self.kept()?.cases.bytes(file).await? {
                Some(bytes) => found.push(Upload { name, bytes }),
                None => gone.push(name),
            }
        }
        Ok((found, gone))
    }

    /// What the person said of the articles that were offered.
    async fn note_votes(&self, id: Ticket, draft: &OpenCase, turn: &mut Turn<'_>) -> Result<(), Fault> {
        self.kept()?.conversations.fetch_answer(&mut turn.talk, id).await?;
        let Some(mut answer) = turn.talk.answer(id).cloned() else { return Ok(()) };
        for article in answer.shown.values() {
            let solved = draft.solved_by.as_ref() == Some(article);
            if solved || draft.articles_declined {
                answer.votes.entry(article.clone()).or_insert(Vote { solved, at: turn.now });
            }
        }
        turn.talk.put_answer(answer);
        Ok(())
    }

    pub(super) async fn case_wish(&self, wish: CaseWish, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        match wish {
            CaseWish::Open(wish) => self.open_case(wish, turn).await,
            CaseWish::List { before } => self.own_cases(before, turn).await,
            CaseWish::Find { query } => self.find_cases(&query, turn).await,
            CaseWish::Show(number) => self.show_case(number, turn).await,
            CaseWish::HowIsIt => self.how_is_my_case(turn).await,
            CaseWish::Write { kind, case, text } => self.write(kind, case, text.as_deref(), turn).await,
            CaseWish::Prioritise(number, priority) => self.prioritise(number, priority, turn).await,
            CaseWish::Rate(number, score) => self.rate(number, score, turn).await,
            CaseWish::Transcript(number, format) => self.transcript(number, format, turn).await,
        }
    }
}
