//! What the handlers work with: the services, the lists and the settings that answering needs.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use crate::chat::Reply;
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::{PhoneNumber, Product, ProductId, Reference};
use crate::replies::{Locale, fault, talk};
use crate::search::{SearchError, Suggestion};
use crate::services::answers::Answers;

use super::Fault;

/// Where random numbers come from. Tests count; the program takes the system's.
pub type Random = Box<dyn Fn() -> u64 + Send + Sync>;

/// The support desk as every door sees it.
pub struct Desk {
    pub(super) answers: Answers,
    pub(super) locale: Locale,
    /// The product that questions are about unless a conversation chooses another.
    pub(super) product: Option<ProductId>,
    /// Articles shown for a question, the one that answers included.
    pub(super) results: usize,
    name: String,
    products: RwLock<Arc<[Product]>>,
    phone_numbers: RwLock<Arc<[PhoneNumber]>>,
    pub(super) clock: Clock,
    random: Random,
}

impl Desk {
    /// A desk that answers from these articles about these products, and names these numbers to call.
    #[must_use]
    pub fn new(
        answers: Answers,
        products: Vec<Product>,
        phone_numbers: Vec<PhoneNumber>,
        settings: &Settings,
        clock: Clock,
        random: Random,
    ) -> Self {
        Self {
            answers,
            locale: Locale::English,
            product: settings.desk.product.clone(),
            results: settings.search.results,
            name: settings.desk.name.clone(),
            products: RwLock::new(products.into()),
            phone_numbers: RwLock::new(phone_numbers.into()),
            clock,
            random,
        }
    }

    /// The products, in the order of their file.
    #[must_use]
    pub fn products(&self) -> Arc<[Product]> {
        Arc::clone(&self.products.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Knows these products from now on.
    pub fn set_products(&self, products: Vec<Product>) {
        *self.products.write().unwrap_or_else(PoisonError::into_inner) = products.into();
    }

    /// The numbers that people can call, in the order of their file.
    #[must_use]
    pub fn phone_numbers(&self) -> Arc<[PhoneNumber]> {
        Arc::clone(&self.phone_numbers.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Knows these numbers from now on.
    pub fn set_phone_numbers(&self, numbers: Vec<PhoneNumber>) {
        *self.phone_numbers.write().unwrap_or_else(PoisonError::into_inner) = numbers.into();
    }

    pub(super) fn has_products(&self) -> bool {
        !self.products().is_empty()
    }

    /// Articles to offer while somebody types.
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        self.answers.suggest(typed, limit)
    }

    /// What is said before anything is asked.
    #[must_use]
    pub fn greeting(&self) -> Reply {
        talk::greeting(self.locale, &self.name)
    }

    /// What is said when a number was typed to press a choice, but none has this number.
    #[must_use]
    pub fn no_such_choice(&self, typed: usize, last: usize) -> Reply {
        talk::no_such_choice(self.locale, typed, last)
    }

    /// Asks the articles away from the threads that serve people: an index on disk may have to wait for it.
    pub(super) async fn look_up<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Answers) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, Fault> {
        let answers = self.answers.clone();
        Ok(tokio::task::spawn_blocking(move || work(&answers)).await??)
    }

    /// Logs a fault, once, and says that it was ours.
    pub(super) fn apologise(&self, fault: &Fault) -> Reply {
        let reference = Reference::new((self.random)());
        tracing::error!(%reference, error = %fault, "a turn could not be answered");
        fault::ours(self.locale, reference)
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Options, load};
    use crate::search::{Engine, Synonyms};

    #[tokio::test]
    async fn a_fault_is_answered_with_a_fixed_sentence_and_its_reference() {
        let settings = load(&Options::default(), []).unwrap().settings;
        let answers = Answers::new(Engine::in_memory([], Synonyms::default()).unwrap());
        let desk =
            Desk::new(answers, Vec::new(), Vec::new(), &settings, Clock::System, Box::new(|| 0x1234_5678));
        let damaged = |_: &Answers| Err::<(), _>(serde_json::from_str::<u8>("?").unwrap_err().into());
        let fault = desk.look_up(damaged).await.unwrap_err();
        assert!(matches!(fault, Fault::Search(_)));
        let reply = serde_json::to_string(&desk.apologise(&fault)).unwrap();
        assert!(reply.contains("Something on our side failed (id 938N-KR). Nothing was changed."), "{reply}");
        assert!(reply.contains("v1:person"), "{reply}");
        let ended = desk.look_up(|_| -> Result<(), SearchError> { panic!("a bug") }).await.unwrap_err();
        assert!(matches!(ended, Fault::Ended(_)));
    }
}
