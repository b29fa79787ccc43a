//! How long a writer goes on trying.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::fault::{Fault, Kind};

/// How long a round waits for a server that has gone away.
const RETURN: Duration = Duration::from_secs(10);
/// The first pause between two tries, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(1));
/// How often a round is tried again that others were in the way of.
const CONTENTIONS: u32 = 8;

/// What is left of the patience for one round.
pub struct Patience {
    /// Until when a server that is away is waited for; it counts from the first time that it was.
    until: Option<Instant>,
    pause: Duration,
    contentions: u32,
}

impl Patience {
    /// For a new round. Where the server was away all the time during the one before, nobody waits as long again.
    pub fn new(is_away: bool) -> Self {
        Self { until: is_away.then(Instant::now), pause: PAUSES.0, contentions: 0 }
    }

    /// Waits a little and answers whether to try again after this fault.
    pub async fn again(&mut self, fault: &Fault) -> bool {
        let now = Instant::now();
        let goes_on = match fault.kind {
            Kind::Refused | Kind::Damaged => false,
            Kind::Away => now < *self.until.get_or_insert(now + RETURN),
            Kind::Contention => {
                self.contentions += 1;
                self.contentions <= CONTENTIONS
            }
        };
        if goes_on {
            sleep(self.pause).await;
            self.pause = (self.pause * 2).min(PAUSES.1);
        }
        goes_on
    }
}
