//! Two kinds of load: as fast as answers come, and at a steady rate whatever the answers do.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::client::Connection;

/// How long answers took, and how large they were.
#[derive(Default)]
pub struct Times {
    millis: Vec<f64>,
    sizes: Vec<usize>,
}

impl Times {
    pub fn count(&self) -> usize {
        self.millis.len()
    }

    /// The time within which so many of a hundred were answered.
    pub fn within(&mut self, of: usize) -> f64 {
        self.millis.sort_unstable_by(f64::total_cmp);
        self.millis.get(self.millis.len().saturating_sub(1) * of / 100).copied().unwrap_or(f64::NAN)
    }

    /// The bytes of an answer: the mean and the most.
    pub fn bytes(&self) -> (f64, usize) {
        let sum: usize = self.sizes.iter().sum();
        (sum as f64 / self.sizes.len() as f64, self.sizes.iter().copied().max().unwrap_or(0))
    }

    fn took(&mut self, time: Duration, bytes: usize) {
        self.millis.push(time.as_secs_f64() * 1e3);
        self.sizes.push(bytes);
    }
}

/// Each connection asks again as soon as it was answered.
pub async fn together(at: SocketAddr, paths: &[String], connections: usize, length: Duration) -> Times {
    let paths: Arc<[String]> = paths.into();
    let next = Arc::new(AtomicUsize::new(0));
    let mut all = JoinSet::new();
    let end = Instant::now() + length;
    for _ in 0..connections {
        let (paths, next) = (Arc::clone(&paths), Arc::clone(&next));
        all.spawn(async move {
            let mut connection = Connection::open(at).await;
            let mut times = Times::default();
            while Instant::now() < end {
                let path = &paths[next.fetch_add(1, Ordering::Relaxed) % paths.len()];
                let since = Instant::now();
                let bytes = connection.get(path).await;
                times.took(since.elapsed(), bytes);
            }
            times
        });
    }
    let mut out = Times::default();
    while let Some(times) = all.join_next().await {
        let times = times.unwrap();
        out.millis.extend(times.millis);
        out.sizes.extend(times.sizes);
    }
    out
}

/// So many requests a second, each begun when it is due and measured from then on, however many are not answered yet.
pub async fn steady(at: SocketAddr, paths: &[String], rate: usize, length: Duration) -> Times {
    let idle: Arc<Mutex<Vec<Connection>>> = Arc::default();
    let mut all = JoinSet::new();
    let begin = Instant::now();
    let count = rate * length.as_secs() as usize;
    for number in 0..count {
        let due = begin + Duration::from_secs_f64(number as f64 / rate as f64);
        tokio::time::sleep_until(due.into()).await;
        let path = paths[number % paths.len()].clone();
        let idle = Arc::clone(&idle);
        all.spawn(async move {
            let kept = idle.lock().await.pop();
            let mut connection = match kept {
                Some(connection) => connection,
                None => Connection::open(at).await,
            };
            let bytes = connection.get(&path).await;
            let took = due.elapsed();
            idle.lock().await.push(connection);
            (took, bytes)
        });
    }
    let mut times = Times::default();
    while let Some(done) = all.join_next().await {
        let (took, bytes) = done.unwrap();
        times.took(took, bytes);
    }
    times
}
