//! How many requests one network address may make in a while. Kept in memory only: it holds nobody to account, and slows down whoever
//! asks without end.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use governor::clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;

/// After so many requests those are forgotten who have not asked for a while.
const FORGET: u32 = 10_000;

/// The rate of each network address. Whoever serves something that asks for much work asks this first.
pub struct Rates {
    limiter: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, Ticking, NoOpMiddleware<Nanos>>,
    clock: Clock,
    asked: AtomicU32,
}

/// The desk's clock as the limiter reads it.
#[derive(Debug, Clone)]
struct Ticking(Clock);

impl clock::Clock for Ticking {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        // A clock before 1970 stands still here, as one that was set back does.
        Nanos::new(self.0.now().timestamp_nanos_opt().and_then(|at| u64::try_from(at).ok()).unwrap_or(0))
    }
}

impl Rates {
    /// So many requests a minute, all at once if need be.
    #[must_use]
    pub fn per_minute(most: NonZeroU32, clock: Clock) -> Self {
        let state = DashMapStateStore::default();
        let limiter = RateLimiter::new(Quota::per_minute(most), state, Ticking(clock.clone()));
        Self { limiter, clock, asked: AtomicU32::new(0) }
    }

    /// Counts a request; where there were too many, says when the next one is taken.
    pub fn count(&self, network: IpAddr) -> Result<(), DateTime<Utc>> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % FORGET == FORGET - 1 {
            self.limiter.retain_recent();
        }
        self.limiter.check_key(&counted(network)).map_err(|until| {
            let now = self.clock.now();
            let wait = until.wait_time_from(clock::Clock::now(&Ticking(self.clock.clone())));
            now + TimeDelta::from_std(wait).unwrap_or(TimeDelta::zero())
        })
    }
}

/// Of an IPv6 address the half that names a network: whoever has one has all of it.
fn counted(network: IpAddr) -> IpAddr {
    match network.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::ManualClock;

    #[test]
    fn whoever_asks_too_often_is_told_when_they_may_again_and_nobody_else_is() {
        let clock = ManualClock::at(DateTime::from_timestamp(1_795_338_142, 0).unwrap());
        let rates = Rates::per_minute(NonZeroU32::new(60).unwrap(), clock.clock());
        let (one, other): (IpAddr, IpAddr) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for _ in 0..60 {
            assert_eq!(rates.count(one), Ok(()));
        }
        let again = rates.count(one).unwrap_err();
        assert!(again > clock.now() && again <= clock.now() + TimeDelta::seconds(1), "{again}");
        assert_eq!(rates.count("::ffff:192.0.2.1".parse().unwrap()), Err(again), "the same by another name");
        assert_eq!(rates.count(other), Ok(()));
        clock.advance(TimeDelta::seconds(1));
        assert_eq!(rates.count(one), Ok(()));
        assert!(rates.count(one).is_err());
    }

    #[test]
    fn of_an_address_with_many_neighbours_the_network_counts() {
        let clock = ManualClock::at(DateTime::UNIX_EPOCH + TimeDelta::days(1));
        let rates = Rates::per_minute(NonZeroU32::new(1).unwrap(), clock.clock());
        assert_eq!(rates.count("2001:db8:1:2::1".parse().unwrap()), Ok(()));
        assert!(rates.count("2001:db8:1:2:ffff::9".parse().unwrap()).is_err());
        assert_eq!(rates.count("2001:db8:1:3::1".parse().unwrap()), Ok(()));
    }
}
