//! Keys that are asked for at the same time go to the server together: many who ask are few questions.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::super::error::StoreError;
use super::super::key::Key;
use super::super::value::Versioned;
use super::reads::Readers;

/// How many questions are under way at once. Whoever asks meanwhile waits for the next one.
const AT_ONCE: usize = 2;
/// The most keys of one question, unless somebody asks for more at once.
const MOST: usize = 256;

type Answer = Result<Vec<Option<Versioned>>, StoreError>;

/// Those who wait for the states of keys.
#[derive(Clone)]
pub struct Gets {
    readers: Readers,
    waiting: Arc<Mutex<Waiting>>,
}

#[derive(Default)]
struct Waiting {
    asked: Vec<Asked>,
    under_way: usize,
}

struct Asked {
    keys: Vec<Key>,
    answer: oneshot::Sender<Answer>,
}

impl Gets {
    /// Nobody yet.
    pub fn new(readers: Readers) -> Self {
        Self { readers, waiting: Arc::default() }
    }

    /// The present states of keys, in their order.
    pub async fn get_all(&self, keys: &[Key]) -> Answer {
        let (answer, waiting) = oneshot::channel();
        let is_free = {
            let mut all = self.waiting();
            all.asked.push(Asked { keys: keys.to_vec(), answer });
            let is_free = all.under_way < AT_ONCE;
            all.under_way += usize::from(is_free);
            is_free
        };
        if is_free {
            // Not in the place of whoever asks: they may stop waiting, and others would go without an answer.
            tokio::spawn(self.clone().run());
        }
        waiting.await.unwrap_or_else(|_| Err(StoreError::Unavailable("the desk is stopping".to_owned())))
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the server until nobody waits.
    async fn run(self) {
        loop {
            let some = self.next();
            if some.is_empty() {
                return;
            }
            let keys: Vec<Key> = some.iter().flat_map(|asked| asked.keys.iter().cloned()).collect();
            let found = self.readers.get_all(&keys).await;
            for Asked { keys, answer } in some {
                let states = found.as_ref().map(|found| keys.iter().map(|key| found.get(key).cloned()));
                // Whoever stopped waiting misses nothing.
                let _ = answer.send(states.map(Iterator::collect).map_err(Clone::clone));
            }
        }
    }

    /// Those whose keys go into the next question; none where this was the last one under way for now.
    fn next(&self) -> Vec<Asked> {
        let mut all = self.waiting();
        let mut keys = 0;
        let fits = |asked: &&Asked| {
            let is_first = keys == 0;
            keys += asked.keys.len();
            is_first || keys <= MOST
        };
        let many = all.asked.iter().take_while(fits).count();
        if many == 0 {
            all.under_way -= 1;
        }
        all.asked.drain(..many).collect()
    }
}
