//! What fits while somebody types an option of a command.

use crate::chat::commands::slash::Kind;
use crate::domain::case::{Case, CaseNumber, QueueId};
use crate::domain::{Actor, Identity};
use crate::replies::offers;
use crate::search::Suggestion;

use super::{Desk, Fault};

/// The most that is offered at once.
const OFFERED: usize = 25;
/// How much is read of what is typed.
const MOST_TYPED: usize = 100;
/// How many of somebody's newest cases are looked through.
const LOOKED_AT: usize = 50;

/// Something that fits what is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What is shown, of at most 100 characters.
    pub label: String,
    /// What is taken in place of what is typed, of at most 100 characters.
    pub value: String,
}

impl Completion {
    fn new(label: String, value: impl Into<String>) -> Self {
        Self { label, value: value.into() }
    }

    /// Whether platforms take it.
    fn fits(&self) -> bool {
        let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= offers::MOST;
        fits(&self.label) && fits(&self.value)
    }
}

impl Desk {
    /// What fits what somebody has typed so far, 25 at most: nothing that they may not see, and nothing where the desk has trouble. It
    /// makes nobody known.
    pub async fn complete(&self, who: &Identity, kind: Kind, typed: &str) -> Vec<Completion> {
        let typed: String = typed.chars().filter(|c| !c.is_control()).take(MOST_TYPED).collect();
        let mut found = match self.offers(who, kind, typed.trim_start()).await {
            Ok(found) => found,
            Err(fault) => {
                tracing::warn!(error = %fault, "nothing could be offered to somebody who types");
                return Vec::new();
            }
        };
        found.retain(Completion::fits);
        found.truncate(OFFERED);
        found
    }

    async fn offers(&self, who: &Identity, kind: Kind, typed: &str) -> Result<Vec<Completion>, Fault> {
        let locale = self.locale;
        Ok(match kind {
            Kind::Question => {
                let titles = self.suggestions(typed).await?.into_iter();
                titles
                    .map(|article| {
                        let title = offers::title(locale, &article.title);
                        Completion::new(title.clone(), title)
                    })
                    .collect()
            }
            Kind::Article => {
                let articles = self.suggestions(typed).await?.into_iter();
                articles
                    .map(|article| {
                        let label = offers::article(locale, &article.id, &article.title);
                        Completion::new(label, article.id.as_str())
                    })
                    .collect()
            }
            Kind::Product => self.fitting_products(typed),
            Kind::Country => self.fitting_countries(typed),
            Kind::Queue => self.fitting_queues(typed),
            Kind::Case => self.fitting_cases(who, typed).await?,
            Kind::Contact => self.fitting_contacts(who, typed).await?,
            Kind::Agent => self.fitting_agents(who, typed).await?,
            Kind::Text { .. } | Kind::Member | Kind::Names(_) | Kind::Score | Kind::File => Vec::new(),
        })
    }

    async fn suggestions(&self, typed: &str) -> Result<Vec<Suggestion>, Fault> {
        let typed = typed.to_owned();
        self.look_up(move |answers| Ok(answers.suggest(&typed, OFFERED))).await
    }

    fn fitting_products(&self, typed: &str) -> Vec<Completion> {
        let products = self.products();
        let fits = products.iter().filter(|product| any_begins(product.names(), typed));
        fits.map(|product| Completion::new(offers::product(self.locale, product), product.id.as_str()))
            .collect()
    }

    fn fitting_countries(&self, typed: &str) -> Vec<Completion> {
        let numbers = self.phone_numbers();
        let fits = numbers.iter().filter(|number| any_begins(number.names(), typed));
        let mut offers: Vec<Completion> = fits
            .map(|number| Completion::new(offers::country(self.locale, &number.name), number.name.as_str()))
            .collect();
        // A country may have several numbers.
        offers.dedup();
        offers
    }

    fn fitting_queues(&self, typed: &str) -> Vec<Completion> {
        let fits =
            self.queues().iter().map(QueueId::as_str).filter(|queue| any_begins([*queue].into_iter(), typed));
        fits.map(|queue| Completion::new(queue.to_owned(), queue)).collect()
    }

    /// The case that is named; then those that somebody has, and for staff what waits.
    async fn fitting_cases(&self, who: &Identity, typed: &str) -> Result<Vec<Completion>, Fault> {
        let Some(actor) = self.known(who).await? else { return Ok(Vec::new()) };
        let service = &self.kept()?.cases;
        let mut cases: Vec<Case> = Vec::new();
        if let Some(number) = CaseNumber::parse(typed) {
            // Who may not see it, or if it is not there: it is no error, it is not offered.
            cases.extend(service.case(&actor, number).await.ok());
        }
        if let Some(staff) = actor.staff() {
            cases.extend(service.assigned(&staff, LOOKED_AT).await?);
            cases.extend(service.work(&staff, None, LOOKED_AT).await?);
        }
        cases.extend(service.own(actor.person(), None, LOOKED_AT).await?);
        let mut offers: Vec<Completion> = Vec::new();
        for case in cases.iter().filter(|case| is_meant(case, typed)) {
            let offer = Completion::new(offers::case(self.locale, case), case.number.to_string());
            if !offers.contains(&offer) {
                offers.push(offer);
            }
        }
        Ok(offers)
    }

    /// Those who work for the desk, for staff only.
    async fn fitting_agents(&self, who: &Identity, typed: &str) -> Result<Vec<Completion>, Fault> {
        if self.known(who).await?.and_then(|actor| actor.staff()).is_none() {
            return Ok(Vec::new());
        }
        let agents = self.kept()?.people.staff().await?;
        let offers = agents.iter().map(|person| {
            let label = offers::agent(self.locale, person);
            Completion::new(label, person.id.to_string())
        });
        Ok(offers.filter(|offer| contains(&offer.label, typed)).collect())
    }

    /// Those on the accounts that somebody is a contact of, for contacts only.
    async fn fitting_contacts(&self, who: &Identity, typed: &str) -> Result<Vec<Completion>, Fault> {
        let Some(actor) = self.known(who).await? else { return Ok(Vec::new()) };
        let accounts = self.accounts_of(actor.person()).await?;
        let contacts = accounts.iter().flat_map(|(known, _)| known.account.contacts.values());
        let offers = contacts
            .filter(|contact| contact.is_present())
            .map(|contact| Completion::new(offers::contact(self.locale, contact), contact.mail.as_str()));
        Ok(offers.filter(|offer| contains(&offer.label, typed)).collect())
    }

    /// Who somebody is, where the desk has met them.
    async fn known(&self, who: &Identity) -> Result<Option<Actor>, Fault> {
        Ok(self.kept()?.people.known(who).await?.map(|row| Actor::of(&row.record)))
    }
}

/// Whether a case is meant by a part of its number or subject.
fn is_meant(case: &Case, typed: &str) -> bool {
    let number = CaseNumber::parse(typed);
    number == Some(case.number)
        || contains(&case.number.to_string(), typed.trim_start_matches('#'))
        || contains(case.subject.as_str(), typed)
}

fn contains(text: &str, typed: &str) -> bool {
    text.to_lowercase().contains(&typed.trim().to_lowercase())
}

fn any_begins<'a>(mut names: impl Iterator<Item = &'a str>, typed: &str) -> bool {
    let typed = typed.to_lowercase();
    names.any(|name| {
        let name = name.to_lowercase();
        name.starts_with(&typed) || name.split(' ').any(|word| word.starts_with(&typed))
    })
}
