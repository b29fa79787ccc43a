//! How long a failed effect waits for its next try.

use chrono::TimeDelta;

/// The shortest wait.
pub const SHORTEST: TimeDelta = TimeDelta::seconds(1);
/// The longest wait after the first try. It doubles with every further one.
pub const FIRST: TimeDelta = TimeDelta::seconds(10);
/// The longest wait of all, so that work goes on within the hour once what failed is well again.
pub const LONGEST: TimeDelta = TimeDelta::hours(1);
/// After so many tries an effect is a dead letter. With these waits that is seven to eight hours after it was due, on average, and at
/// most fifteen and a half.
pub const MOST_TRIES: u32 = 24;

/// The wait after so many tries: anything between the shortest and the longest one of this try, chosen by a random number. With
/// waits that are random as a whole ("full jitter"), a thousand effects that failed together don't come back together.
#[must_use]
pub fn backoff(tries: u32, random: u64) -> TimeDelta {
    let (shortest, longest) = (millis(SHORTEST), millis(longest(tries)));
    let wait = shortest + random % (longest - shortest + 1);
    TimeDelta::milliseconds(i64::try_from(wait).unwrap_or(i64::MAX / 1_000_000))
}

/// The wait where only a person can mend what failed: from half of the longest wait to all of it. Who is refused for a wrong password is
/// not to knock often.
#[must_use]
pub fn slow_backoff(random: u64) -> TimeDelta {
    let shortest = millis(LONGEST / 2);
    let wait = shortest + random % (millis(LONGEST) - shortest + 1);
    TimeDelta::milliseconds(i64::try_from(wait).unwrap_or(i64::MAX / 1_000_000))
}

/// The longest wait after so many tries.
#[must_use]
pub fn longest(tries: u32) -> TimeDelta {
    // Beyond ten doublings the limit holds anyway.
    let doubled = FIRST * (1 << tries.saturating_sub(1).min(10));
    doubled.min(LONGEST)
}

fn millis(time: TimeDelta) -> u64 {
    time.num_milliseconds().unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_wait_doubles_up_to_an_hour() {
        let seconds: Vec<i64> = (0..=12).map(|tries| longest(tries).num_seconds()).collect();
        assert_eq!(seconds, [10, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600]);
        assert_eq!(longest(u32::MAX), LONGEST);
        let all: TimeDelta = (1..MOST_TRIES).map(longest).sum();
        assert_eq!(all.num_minutes(), 925, "the docs of MOST_TRIES say fifteen and a half hours");
    }

    #[test]
    fn both_limits_can_happen() {
        assert_eq!(backoff(3, 0), SHORTEST);
        assert_eq!(backoff(3, 39_000), longest(3));
        assert_eq!(backoff(3, 39_001), SHORTEST);
    }

    proptest::proptest! {
        #[test]
        fn a_wait_is_between_its_limits(tries: u32, random: u64) {
            let wait = backoff(tries, random);
            proptest::prop_assert!(wait >= SHORTEST && wait <= longest(tries));
            let slow = slow_backoff(random);
            proptest::prop_assert!(slow >= LONGEST / 2 && slow <= LONGEST);
        }
    }
}
