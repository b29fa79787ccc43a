//! Moments in words, on the wall clock of the reader.

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;

use crate::domain::TimeStyle;

use super::Locale;

/// `today at 14:10`, `yesterday at 09:00`, `22 November at 14:10`; with the year where it is another one than now.
#[must_use]
pub fn moment(locale: Locale, at: DateTime<Utc>, style: TimeStyle, now: DateTime<Utc>, zone: Tz) -> String {
    let Locale::English = locale;
    let (at, now) = (at.with_timezone(&zone), now.with_timezone(&zone));
    let day = match (at.date_naive() - now.date_naive()).num_days() {
        0 => "today".to_owned(),
        -1 => "yesterday".to_owned(),
        1 => "tomorrow".to_owned(),
        _ if at.year() == now.year() => at.format("%-d %B").to_string(),
        _ => at.format("%-d %B %Y").to_string(),
    };
    match style {
        TimeStyle::Moment => format!("{day} at {}", at.format("%H:%M")),
        TimeStyle::Day => day,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_with_as_much_of_its_day_as_is_needed() {
        let utc = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = utc("2026-11-22T23:30:00Z");
        for (at, zone, expected) in [
            ("2026-11-22T14:10:00Z", Tz::UTC, "today at 14:10"),
            ("2026-11-21T09:00:00Z", Tz::UTC, "yesterday at 09:00"),
            ("2026-11-23T09:00:00Z", Tz::UTC, "tomorrow at 09:00"),
            ("2026-11-20T14:10:00Z", Tz::UTC, "20 November at 14:10"),
            ("2025-12-31T14:10:00Z", Tz::UTC, "31 December 2025 at 14:10"),
            // Half past midnight in Berlin: there it is the next day already.
            ("2026-11-22T14:10:00Z", Tz::Europe__Berlin, "yesterday at 15:10"),
            ("2026-07-01T14:10:00Z", Tz::Europe__Berlin, "1 July at 16:10"),
            ("2026-12-31T23:10:00Z", Tz::Europe__Berlin, "1 January 2027 at 00:10"),
        ] {
            assert_eq!(moment(Locale::English, utc(at), TimeStyle::Moment, now, zone), expected);
        }
        assert_eq!(moment(Locale::English, now, TimeStyle::Day, now, Tz::UTC), "today");
    }
}
