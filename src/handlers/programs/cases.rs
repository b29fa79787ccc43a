//! Cases: listed, shown, opened, written in, closed and opened again.

use std::collections::BTreeMap;

use crate::chat::secret;
use crate::domain::case::{
    Case, CaseNumber, Event, MOST_REASON, MOST_SUBJECT, MOST_TEXT, NoText, Priority, QueueId, Subject, Text,
    Tried, Verb, What, Written, remark,
};
use crate::domain::{Actor, Person, PersonId, Place, Product, ProductId};
use crate::handlers::{Desk, Fault};
use crate::services::cases::{Ask, CaseError, Draft, Listing, Opened, Seen};
use crate::store::StoreError;

/// A case to be opened, as a program writes it.
#[derive(Debug, Clone)]
pub struct NewCase {
    /// What it is about; none for the first line of the description.
    pub subject: Option<String>,
    /// All that is said.
    pub description: String,
    /// The product, by its id or name.
    pub product: Option<String>,
    /// How much it matters.
    pub priority: Priority,
    /// Where it is said.
    pub place: Place,
}

/// A case with what the people in it are called.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// It and its timeline, as far as the person may see them.
    pub seen: Seen,
    /// The names.
    pub names: BTreeMap<PersonId, String>,
}

/// Why something was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// A text can't be taken.
    #[error("{0}: {1}")]
    Text(&'static str, NoText),
    /// There is no such product.
    #[error("there is no such product")]
    Product,
    /// The same name was given to another wish before.
    #[error("the name of the wish is another one's")]
    NameReused,
    /// The cases did not allow it.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// Something of ours failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> Self {
        Self::Fault(error.into())
    }
}

impl Desk {
    /// Cases that somebody may see, the newest first, and where the list goes on.
    pub async fn cases_seen_by(
        &self,
        person: &Person,
        listing: &Listing,
        limit: usize,
    ) -> Result<(Vec<CaseView>, Option<CaseNumber>), Fault> {
        let actor = Actor::of(person);
        let (cases, next) = self.kept()?.cases.list(&actor, listing, limit).await?;
        let mut views = Vec::new();
        for case in cases {
            let names = self.names(&case, &[]).await?;
            let as_staff = actor.staff().is_some();
            views.push(CaseView { seen: Seen { case, events: Vec::new(), as_staff }, names });
        }
        Ok((views, next))
    }

    /// A case with its timeline. That a program reads it does not mean that its person has seen the news in it.
    pub async fn case_seen_by(&self, person: &Person, number: CaseNumber) -> Result<CaseView, NotDone> {
        let seen = self.kept()?.cases.show(&Actor::of(person), number).await?;
        let names = self.names(&seen.case, &seen.events).await?;
        Ok(CaseView { seen, names })
    }

    /// Opens a case for somebody. The same wish under the same name opens none.
    pub async fn open_case_for(
        &self,
        person: &Person,
        new: NewCase,
        once: Option<&str>,
    ) -> Result<Opened, NotDone> {
        let actor = Actor::of(person);
        let (product, queue) = self.product_and_queue(new.product.as_deref())?;
        let draft = Draft {
            subject: new.subject.as_deref().map(subject).transpose()?,
            description: text("description", &new.description)?,
            product,
            queue,
            priority: new.priority,
            place: new.place,
            tried: Tried::default(),
            files: Vec::new(),
            links: Vec::new(),
            on_behalf: None,
        };
        let name = once.map_or_else(|| format!("api-{:016x}", self.random()), str::to_owned);
        let cases = &self.kept()?.cases;
        let opened = cases.open(&actor, &draft, &name, self.clock.now()).await?;
        if let Opened::Already(case) = &opened {
            let (_, first) = cases.event(&actor, case.number, 1).await?;
            if !is_same(&first, &draft) {
                return Err(NotDone::NameReused);
            }
        }
        Ok(opened)
    }

    fn product_and_queue(
        &self,
        named: Option<&str>,
    ) -> Result<(Option<ProductId>, Option<QueueId>), NotDone> {
        let Some(name) = named else { return Ok((None, None)) };
        let products = self.products();
        let product = Product::find(&products, name).ok_or(NotDone::Product)?;
        Ok((Some(product.id.clone()), QueueId::parse(&product.queue).ok()))
    }

    /// Writes in a case: to the other side, or among staff.
    pub async fn write_in_case(
        &self,
        person: &Person,
        number: CaseNumber,
        words: &str,
        internal: bool,
        once: Option<&str>,
    ) -> Result<CaseView, NotDone> {
        let actor = Actor::of(person);
        let cases = &self.kept()?.cases;
        let case = cases.case(&actor, number).await?;
        let words = text("text", words)?;
        let written = Written::new(Some(words.clone()));
        let verb = match internal {
            true => Verb::Note(written),
            false if case.belongs_to(person.id) => Verb::Reply(written),
            false => Verb::Answer(written),
        };
        let ask = Ask { once: once.map(str::to_owned), ..verb.into() };
        let acted = cases.act(&actor, number, &ask, self.clock.now()).await?;
        let view = self.case_seen_by(person, number).await?;
        let is_theirs = |event: &Event| {
            event.by.person() == Some(person.id) && event.what.text() == Some(&words) && !is_opening(event)
        };
        if acted.events.is_empty() && !view.seen.events.iter().any(is_theirs) {
            return Err(NotDone::NameReused);
        }
        Ok(view)
    }

    /// Closes a case.
    pub async fn close_case(
        &self,
        person: &Person,
        number: CaseNumber,
        why: Option<&str>,
    ) -> Result<CaseView, NotDone> {
        let reason = why.map(reason).transpose()?.flatten();
        self.act_on(person, number, Verb::Close { reason }).await
    }

    /// Opens a case again.
    pub async fn reopen_case(&self, person: &Person, number: CaseNumber) -> Result<CaseView, NotDone> {
        self.act_on(person, number, Verb::Reopen).await
    }

    async fn act_on(&self, person: &Person, number: CaseNumber, verb: Verb) -> Result<CaseView, NotDone> {
        self.kept()?.cases.act(&Actor::of(person), number, &verb.into(), self.clock.now()).await?;
        self.case_seen_by(person, number).await
    }
}

/// A text without what its writer calls a password. A program is told of each character too many, also of one that is not kept.
fn taken(field: &'static str, typed: &str, most: usize) -> Result<String, NotDone> {
    let length = typed.chars().count();
    if length > most {
        return Err(NotDone::Text(field, NoText::TooLong { length, most }));
    }
    Ok(secret::masked(typed).unwrap_or_else(|| typed.to_owned()))
}

fn text(field: &'static str, typed: &str) -> Result<Text, NotDone> {
    let typed = taken(field, typed, MOST_TEXT)?;
    Text::parse(&typed).map_err(|why| NotDone::Text(field, why))
}

fn subject(typed: &str) -> Result<Subject, NotDone> {
    let typed = taken("subject", typed, MOST_SUBJECT)?;
    Subject::parse(&typed).map_err(|why| NotDone::Text("subject", why))
}

fn reason(typed: &str) -> Result<Option<String>, NotDone> {
    let typed = taken("reason", typed, MOST_REASON)?;
    remark(&typed).map_err(|why| NotDone::Text("reason", why))
}

fn is_opening(event: &Event) -> bool {
    matches!(event.what, What::Opened(_))
}

/// Whether a case was opened by the same wish.
fn is_same(first: &Event, draft: &Draft) -> bool {
    let What::Opened(opening) = &first.what else { return false };
    let subject = draft.subject.clone().unwrap_or_else(|| Subject::of(&draft.description));
    opening.description.as_ref() == Some(&draft.description)
        && opening.subject == subject
        && opening.product == draft.product
        && opening.priority == draft.priority
}

impl CaseView {
    /// The case.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.seen.case
    }
}
