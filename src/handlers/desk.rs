//! What the handlers work with: the services, the lists and the settings that answering needs.

use std::collections::BTreeSet;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

use chrono_tz::Tz;
use tokio::sync::{Mutex, MutexGuard};

use crate::chat::{Reply, Ticket};
use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::case::QueueId;
use crate::domain::{Identity, PhoneNumber, Place, Product, ProductId, PublicUrl, Reference};
use crate::replies::{Locale, fault, talk};
use crate::search::{SearchError, Suggestion};
use crate::services::accounts::Accounts;
use crate::services::answers::Answers;
use crate::services::case_search::CaseSearch;
use crate::services::cases::Cases;
use crate::services::codes::Codes;
use crate::services::conversations::Conversations;
use crate::services::identity::Identities;
use crate::services::keeping;
use crate::services::links::Links;
use crate::services::people::People;
use crate::services::sign_in::SignIns;
use crate::store::Store;

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
    /// The zone of the times within sentences.
    pub(super) zone: Tz,
    /// The servers on Discord that the operator named: only there do roles make somebody staff.
    pub(super) trusted: BTreeSet<u64>,
    /// Where people reach the pages; none where there are none.
    pub(super) pages: Option<PublicUrl>,
    name: String,
    products: RwLock<Arc<[Product]>>,
    phone_numbers: RwLock<Arc<[PhoneNumber]>>,
    pub(super) clock: Clock,
    random: Random,
    kept: Option<Kept>,
    /// One turn after the other at each place of each person: what they do at once is done in order.
    turns: [Mutex<()>; 64],
}

/// What the desk keeps, for everything but answering.
pub struct Kept {
    /// The store.
    pub store: Store,
    /// People.
    pub people: People,
    /// Cases.
    pub cases: Cases,
    /// Conversations.
    pub conversations: Conversations,
    /// Accounts.
    pub accounts: Accounts,
    /// One-time codes.
    pub codes: Codes,
    /// Single-use links.
    pub links: Links,
    /// By which doors people come.
    pub identities: Identities,
    /// Who is signed in on the web.
    pub sign_ins: SignIns,
    /// Finds cases; none where their index can't be opened.
    pub search: Option<CaseSearch>,
}

impl Kept {
    /// What the desk keeps, over an open store.
    #[must_use]
    pub fn new(
        kept: &keeping::Kept,
        cases: Cases,
        accounts: Accounts,
        sign_ins: SignIns,
        search: Option<CaseSearch>,
    ) -> Self {
        Self {
            people: People::new(kept.store.clone()),
            cases,
            accounts,
            conversations: Conversations::new(kept.store.clone()),
            identities: Identities::new(kept.store.clone(), Codes::new(kept.key.clone())),
            sign_ins,
            codes: Codes::new(kept.key.clone()),
            links: Links::new(kept.store.clone(), Codes::new(kept.key.clone())),
            search,
            store: kept.store.clone(),
        }
    }
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
            zone: settings.desk.time_zone,
            trusted: settings.discord.guilds.clone(),
            pages: settings.web.links(),
            name: settings.desk.name.clone(),
            products: RwLock::new(products.into()),
            phone_numbers: RwLock::new(phone_numbers.into()),
            clock,
            random,
            kept: None,
            turns: std::array::from_fn(|_| Mutex::new(())),
        }
    }

    /// The same desk, which from now on keeps what is said to it. Without, it only answers questions.
    #[must_use]
    pub fn keeping(self, kept: Kept) -> Self {
        Self { kept: Some(kept), ..self }
    }

    /// What the desk keeps; a fault where it only answers questions.
    pub(super) fn kept(&self) -> Result<&Kept, Fault> {
        self.kept.as_ref().ok_or(Fault::KeepsNothing)
    }

    /// Whether anything is kept.
    pub(super) fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    /// What the desk is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// A random number.
    pub(super) fn random(&self) -> u64 {
        (self.random)()
    }

    /// The name of an answer that is about to be given; none where it is not kept.
    pub(super) fn new_answer(&self) -> Option<Ticket> {
        self.keeps().then(|| Ticket::new(self.random()))
    }

    /// Waits until the turns before at this place are over.
    pub(super) async fn in_order(&self, who: &Identity, place: &Place) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        // A press and a message in one channel differ in who reads along, and are of one conversation.
        (who, place.platform, &place.conversation).hash(&mut hasher);
        let at = (hasher.finish() % self.turns.len() as u64) as usize;
        // There are as many as the remainder can be, so the first is never taken for another.
        match self.turns.get(at).or(self.turns.first()) {
            Some(turn) => turn.lock().await,
            None => std::future::pending().await,
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

    /// The queues of cases; none where nothing is kept.
    #[must_use]
    pub fn queues(&self) -> &[QueueId] {
        self.kept.as_ref().map(|kept| kept.cases.queues()).unwrap_or_default()
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
