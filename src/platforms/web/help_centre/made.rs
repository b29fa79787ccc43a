//! Pages of results that were made already. Many people search for the same, and what is the same for everybody is made once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::Product;
use crate::services::answers::State;

use super::Asked;

/// How many pages are kept before the older half goes: some 20 kB each.
const HALF: usize = 128;
/// The longest question that is kept; nobody else asks a longer one in the same words.
const MOST_ASKED: usize = 200;

/// What pages are made of. They are made anew when any of it is another.
#[derive(Clone)]
pub struct Of {
    /// The articles.
    pub state: State,
    /// The products to choose from.
    pub products: Arc<[Product]>,
}

impl PartialEq for Of {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state && Arc::ptr_eq(&self.products, &other.products)
    }
}

/// The pages of one state of the articles.
#[derive(Default)]
pub struct Made {
    pages: Mutex<Pages>,
}

#[derive(Default)]
struct Pages {
    of: Option<Of>,
    /// Those that were asked for lately, and those before them.
    late: HashMap<Asked, Arc<str>>,
    early: HashMap<Asked, Arc<str>>,
}

impl Made {
    /// A page that was made of the same.
    pub(super) fn find(&self, of: &Of, asked: &Asked) -> Option<Arc<str>> {
        let mut pages = self.lock();
        if pages.of.as_ref() != Some(of) {
            *pages = Pages { of: Some(of.clone()), ..Pages::default() };
        }
        if let Some(page) = pages.late.get(asked) {
            return Some(Arc::clone(page));
        }
        let page = pages.early.remove(asked)?;
        pages.keep(asked.clone(), Arc::clone(&page));
        Some(page)
    }

    /// Keeps a page, unless it was made of what is over meanwhile.
    pub(super) fn keep(&self, of: &Of, asked: Asked, page: Arc<str>) {
        let mut pages = self.lock();
        if asked.length() <= MOST_ASKED && pages.of.as_ref() == Some(of) {
            pages.keep(asked, page);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    fn keep(&mut self, asked: Asked, page: Arc<str>) {
        if self.late.len() >= HALF {
            self.early = std::mem::take(&mut self.late);
        }
        self.late.insert(asked, page);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{Engine, Synonyms};
    use crate::services::answers::Answers;

    fn asked(query: &str) -> Asked {
        Asked { query: query.to_owned(), ..Asked::default() }
    }

    fn engine() -> Engine {
        Engine::in_memory([], Synonyms::default()).unwrap()
    }

    #[test]
    fn a_page_is_kept_until_what_it_is_made_of_changes() {
        let answers = Answers::new(engine());
        let products: Arc<[Product]> = Arc::from([]);
        let of = || Of { state: answers.state(), products: Arc::clone(&products) };
        let (made, before) = (Made::default(), of());
        assert!(made.find(&before, &asked("a")).is_none());
        made.keep(&before, asked("a"), "page".into());
        assert_eq!(made.find(&of(), &asked("a")).as_deref(), Some("page"));
        assert!(made.find(&of(), &asked("b")).is_none());
        let others = Of { products: Arc::from([]), ..of() };
        assert!(made.find(&others, &asked("a")).is_none(), "other products");
        made.keep(&before, asked("a"), "page".into());
        assert!(made.find(&others, &asked("a")).is_none(), "it was made of what is over");
        made.keep(&others, asked("a"), "page".into());
        answers.swap(answers.engine().with_synonyms(Synonyms::default()));
        assert!(made.find(&of(), &asked("a")).is_none(), "other synonyms");
        made.keep(&of(), asked("a"), "page".into());
        answers.swap(engine());
        assert!(made.find(&of(), &asked("a")).is_none(), "other articles");
    }

    #[test]
    fn what_is_asked_again_stays_and_the_rest_goes() {
        let answers = Answers::new(engine());
        let of = Of { state: answers.state(), products: Arc::from([]) };
        let made = Made::default();
        assert!(made.find(&of, &asked("often")).is_none());
        made.keep(&of, asked("often"), "page".into());
        made.keep(&of, asked("once"), "page".into());
        for number in 0..1_000 {
            made.keep(&of, asked(&number.to_string()), "page".into());
            assert!(made.find(&of, &asked("often")).is_some(), "{number}");
        }
        assert!(made.find(&of, &asked("once")).is_none());
        made.keep(&of, asked(&"x".repeat(201)), "page".into());
        assert!(made.find(&of, &asked(&"x".repeat(201))).is_none());
        let kept = made.lock();
        assert!(kept.late.len() + kept.early.len() <= 2 * HALF);
    }
}
