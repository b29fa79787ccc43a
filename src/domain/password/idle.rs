//! Whether somebody signed in so long ago that their password is to be made anew.

use chrono::{DateTime, Months, Utc};

/// After so many calendar months without a sign-in a password is made anew.
const MONTHS: Months = Months::new(6);

/// Whether the last sign-in was more than six calendar months ago. Where a month has no such day, its last one counts: six months after
/// 31 August is the last of February.
#[must_use]
pub fn is_long_since(last_sign_in: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    last_sign_in.checked_add_months(MONTHS).is_some_and(|end| now > end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_months_are_calendar_months() {
        for (last, now, expected) in [
            ("2026-01-15T10:00:00Z", "2026-07-15T10:00:00Z", false),
            ("2026-01-15T10:00:00Z", "2026-07-15T10:00:01Z", true),
            ("2025-08-31T10:00:00Z", "2026-02-28T10:00:00Z", false),
            ("2025-08-31T10:00:00Z", "2026-02-28T10:00:01Z", true),
            ("2027-08-31T10:00:00Z", "2028-02-29T10:00:00Z", false),
            ("2027-08-31T10:00:00Z", "2028-03-01T00:00:00Z", true),
            ("2026-03-31T23:59:59Z", "2026-09-30T23:59:59Z", false),
            ("2026-03-31T23:59:59Z", "2026-10-01T00:00:00Z", true),
            // A clock that went back is no reason.
            ("2026-07-15T10:00:00Z", "2026-01-01T00:00:00Z", false),
        ] {
            let time = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
            assert_eq!(is_long_since(time(last), time(now)), expected, "{last} {now}");
        }
        assert!(!is_long_since(DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MAX_UTC), "there is no later time");
    }
}
