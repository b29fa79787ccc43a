//! Times as people write them into a search: days, months, so long ago, and spans of these.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};

/// From when, and until before when; an end that was not named is open. Days are those of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// From this time on.
    pub from: Option<DateTime<Utc>>,
    /// Until before this time.
    pub until: Option<DateTime<Utc>>,
}

impl Span {
    /// Reads `2026-01-01`, `2026-01`, `today`, `yesterday`, `7d` (the last seven days; also `h`, `w`), each also with `>`, `>=`, `<` or
    /// `<=` before it, and `2026-01-01..2026-01-31` with both days included, or one of them left out.
    #[must_use]
    pub fn parse(text: &str, now: DateTime<Utc>) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if let Some((first, last)) = text.split_once("..") {
            let end = |text: &str| match text {
                "" => Some(None),
                _ => Self::unit(text, now).map(Some),
            };
            let (first, last) = (end(first)?, end(last)?);
            if first.is_none() && last.is_none() {
                return None;
            }
            return Some(Self { from: first.and_then(|s| s.from), until: last.and_then(|s| s.until) });
        }
        if let Some(rest) = text.strip_prefix(">=") {
            return Self::unit(rest, now).map(|unit| Self { from: unit.from, until: None });
        }
        if let Some(rest) = text.strip_prefix("<=") {
            return Self::unit(rest, now).map(|unit| Self { from: None, until: unit.until });
        }
        if let Some(rest) = text.strip_prefix('>') {
            // After a day is from the next one on; after "7d" is since then.
            let ago = since(rest, now).is_some();
            return Self::unit(rest, now)
                .map(|unit| Self { from: if ago { unit.from } else { unit.until }, until: None });
        }
        if let Some(rest) = text.strip_prefix('<') {
            return Self::unit(rest, now).map(|unit| Self { from: None, until: unit.from });
        }
        Self::unit(&text, now)
    }

    /// One day, one month, or the time since so long ago.
    fn unit(text: &str, now: DateTime<Utc>) -> Option<Self> {
        let text = text.trim();
        let today = now.date_naive();
        let day = |day: NaiveDate| Self::days(day, day.checked_add_days(Days::new(1))?);
        match text {
            "today" => return day(today),
            "yesterday" => return day(today.pred_opt()?),
            _ => {}
        }
        if let Some(since) = since(text, now) {
            return Some(Self { from: Some(since), until: None });
        }
        // chrono takes "26" for a year, too; people who leave the century out mean another one.
        let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        let mut parts = text.split('-');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(y), Some(m), Some(d), None) if digits(y, 4) && !m.is_empty() && !d.is_empty() => {
                let short =
                    |part: &str| (digits(part, 1) || digits(part, 2)).then(|| part.parse().ok()).flatten();
                day(NaiveDate::from_ymd_opt(y.parse().ok()?, short(m)?, short(d)?)?)
            }
            (Some(y), Some(m), None, None) if digits(y, 4) && digits(m, 2) => {
                let first = NaiveDate::from_ymd_opt(y.parse().ok()?, m.parse().ok()?, 1)?;
                Self::days(first, first.checked_add_months(Months::new(1))?)
            }
            _ => None,
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "its callers hand it on as it is")]
    fn days(from: NaiveDate, until: NaiveDate) -> Option<Self> {
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
        Some(Self { from: Some(midnight(from)), until: Some(midnight(until)) })
    }
}

/// When it was so long ago: `7d`, `12h`, `2w`.
fn since(text: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: i64 =
        if number.bytes().all(|b| b.is_ascii_digit()) { number.parse().ok()? } else { return None };
    let ago = match unit {
        "h" => TimeDelta::try_hours(number)?,
        "d" => TimeDelta::try_days(number)?,
        "w" => TimeDelta::try_weeks(number)?,
        _ => return None,
    };
    now.checked_sub_signed(ago)
}
