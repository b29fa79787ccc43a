//! Conversations over the socket: turns with their files, and news for those who listen.

use tokio::io::{AsyncReadExt, BufReader};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::chat::Request;
use crate::domain::Upload;
use crate::platforms::news::{News, Speaker};
use crate::services::people::People;

use super::Inside;
use super::protocol::{Coming, Line, NoLine, PATIENCE, REQUEST, TURN, read_bytes, write_line};
use crate::platforms::Uploads;

/// The most who listen at the same time.
const LISTENERS: usize = 64;

/// What answers turns and tells news.
pub struct Conversing {
    news: News,
    people: People,
    uploads: Uploads,
    /// Held by whoever says much, so that only one of them takes room at a time.
    much: Semaphore,
    listeners: Semaphore,
}

impl Conversing {
    pub fn new(inside: &Inside) -> Self {
        Self {
            news: inside.news.clone(),
            people: People::new(inside.keeper.kept.store.clone()),
            uploads: inside.uploads,
            much: Semaphore::new(1),
            listeners: Semaphore::new(LISTENERS),
        }
    }

    /// Answers a turn; nothing where it does not come.
    pub async fn turn(&self, coming: Coming, from: &mut BufReader<OwnedReadHalf>) -> Option<Line> {
        if let Err(why) = self.fits(&coming) {
            return Some(Line::Failed(why));
        }
        let bytes = coming.files.iter().fold(coming.bytes, |sum, file| sum.saturating_add(file.bytes));
        // Never closed, so there is always one in the end.
        let _much = if bytes > REQUEST { Some(self.much.acquire().await.ok()?) } else { None };
        let request = match timeout(PATIENCE, read_turn(coming, from)).await.ok()? {
            Ok(request) => request,
            Err(why) => return Some(Line::Failed(format!("that is no turn of a conversation: {why}"))),
        };
        Some(Line::Reply(self.news.desk.handle(&request).await))
    }

    fn fits(&self, coming: &Coming) -> Result<(), String> {
        let Uploads { most, bytes } = self.uploads;
        if coming.bytes > TURN {
            return Err(format!("a turn may have {TURN} bytes without its files"));
        }
        if coming.files.len() > most {
            return Err(format!("a turn may bring {most} files"));
        }
        if coming.files.iter().any(|file| file.bytes > bytes) {
            return Err(format!("a file may have {bytes} bytes"));
        }
        Ok(())
    }

    /// What is new now.
    pub async fn news(&self, of: &Speaker) -> Line {
        Line::News(self.news.now(of).await)
    }

    /// By which identity somebody can be spoken for.
    pub async fn who(&self, name: &str) -> Line {
        match self.people.spoken_for(name).await {
            Ok(identity) => Line::Who(identity),
            Err(error) => Line::Failed(error.to_string()),
        }
    }

    /// Tells what is new for as long as somebody listens.
    pub async fn listen(
        &self,
        of: &Speaker,
        from: &mut BufReader<OwnedReadHalf>,
        to: &mut OwnedWriteHalf,
    ) -> Option<Line> {
        let Ok(_place) = self.listeners.try_acquire() else {
            return Some(Line::Failed(format!("{LISTENERS} terminals listen already")));
        };
        let mut next = None;
        let mut news = self.news.clone();
        loop {
            timeout(PATIENCE, write_line(to, &Line::News(next))).await.ok()?.ok()?;
            let mut more = [0];
            next = tokio::select! {
                biased;
                // Who listens says nothing more: they hung up, and what is new is kept for them.
                _ = from.read(&mut more) => return None,
                reply = news.next(of) => Some(reply),
            };
        }
    }
}

async fn read_turn(coming: Coming, from: &mut BufReader<OwnedReadHalf>) -> Result<Request, NoTurn> {
    let said = read_bytes(from, coming.bytes).await?;
    let mut request: Request = serde_json::from_slice(&said)?;
    for file in coming.files {
        request.files.push(Upload { name: file.name, bytes: read_bytes(from, file.bytes).await? });
    }
    Ok(request)
}

/// Why a turn can't be read.
#[derive(Debug, thiserror::Error)]
enum NoTurn {
    #[error(transparent)]
    Missing(#[from] NoLine),
    #[error("{0}")]
    Nonsense(#[from] serde_json::Error),
}
