//! When somebody can be reached: the openings of a week on the wall clock of a place, and what they mean at a moment.

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc, Weekday,
};
use chrono_tz::{GapInfo, Tz};

/// Minutes of a day.
const DAY: u16 = 24 * 60;
/// How many days ahead openings are looked at: beyond a week in which the clock skips the only one.
const AHEAD: u64 = 15;
/// An opening with no end within so many days has none.
const ENDLESS: TimeDelta = TimeDelta::days(14);

/// The openings of a week; there is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    openings: Vec<Opening>,
}

/// From when to when somebody answers on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The day on which it begins.
    pub day: Weekday,
    /// In minutes after midnight, below 24 hours.
    pub opens: u16,
    /// In minutes after the same midnight, and so beyond 24 hours where it ends on the day after.
    pub closes: u16,
}

/// Whether somebody can be reached. Times are in the zone that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Availability {
    /// Somebody answers.
    Open {
        /// Until then; none where it is always open.
        until: Option<DateTime<Tz>>,
    },
    /// Nobody answers.
    Closed {
        /// Until then; none where no opening comes within two weeks.
        opens: Option<DateTime<Tz>>,
    },
}

impl Availability {
    /// Whether somebody answers.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// Why a text is no opening hours: it is told to whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{part}\" can't be read as opening hours: {why}")]
pub struct InvalidHours {
    part: String,
    why: &'static str,
}

impl Hours {
    /// Reads hours such as `Mon-Fri 08:00-18:00, Sat 10:00-14:00`, `Mon-Thu 08:00-12:00, 13:00-17:00`, `Fri-Sat 22:00-06:00` or
    /// `24/7`.
    pub fn parse(text: &str) -> Result<Self, InvalidHours> {
        if text.trim() == "24/7" {
            return Ok(Self { openings: week().map(|day| Opening { day, opens: 0, closes: DAY }).collect() });
        }
        let (mut openings, mut days, mut said_when) = (Vec::new(), Vec::new(), false);
        for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
            let invalid = |why| InvalidHours { part: part.chars().take(60).collect(), why };
            let times_at = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
            let (names, times) = part.split_at_checked(times_at).unwrap_or((part, ""));
            if !names.is_empty() {
                if std::mem::take(&mut said_when) {
                    days.clear();
                }
                days.extend(days_of(names).ok_or_else(|| invalid("days are written Mon or Mon-Fri"))?);
            }
            if times.is_empty() {
                continue;
            }
            let (opens, closes) = times_of(times).map_err(invalid)?;
            if days.is_empty() {
                return Err(invalid("it does not say on which days"));
            }
            openings.extend(days.iter().map(|day| Opening { day: *day, opens, closes }));
            said_when = true;
        }
        if !said_when {
            let part = text.trim().chars().take(60).collect();
            return Err(InvalidHours { part, why: "it does not say from when to when" });
        }
        openings.sort_by_key(|opening| (opening.day.num_days_from_monday(), opening.opens, opening.closes));
        openings.dedup();
        Ok(Self { openings })
    }

    /// The openings, from Monday on.
    #[must_use]
    pub fn openings(&self) -> &[Opening] {
        &self.openings
    }

    /// Whether somebody can be reached at a moment, where clocks show the time of `zone`.
    ///
    /// A time that the clock skips stands for the moment when it skips; of one that it shows twice, an opening begins with the
    /// first and ends with the last.
    #[must_use]
    pub fn at(&self, zone: Tz, now: DateTime<Utc>) -> Availability {
        let today = now.with_timezone(&zone).date_naive();
        // An opening of the days before may not be over.
        let days = (0..AHEAD + 2)
            .filter_map(|ahead| today.checked_sub_days(Days::new(2))?.checked_add_days(Days::new(ahead)));
        let mut spans: Vec<(DateTime<Tz>, DateTime<Tz>)> = days
            .flat_map(|date| self.openings.iter().filter_map(move |opening| opening.on(date, zone)))
            .collect();
        spans.sort();
        let mut next: Option<(DateTime<Tz>, DateTime<Tz>)> = None;
        for (opens, closes) in spans.into_iter().filter(|(_, closes)| *closes > now) {
            match &mut next {
                None => next = Some((opens, closes)),
                // Where one begins as another ends, nobody hangs up.
                Some((_, end)) if opens <= *end => *end = closes.max(*end),
                Some(_) => break,
            }
        }
        match next {
            Some((opens, closes)) if opens <= now => {
                let ends = closes.signed_duration_since(now) < ENDLESS;
                Availability::Open { until: ends.then_some(closes) }
            }
            next => Availability::Closed { opens: next.map(|(opens, _)| opens) },
        }
    }
}

impl Opening {
    /// From when to when it is on a day; none where it is on another day of the week, or skipped by the clock.
    fn on(self, date: NaiveDate, zone: Tz) -> Option<(DateTime<Tz>, DateTime<Tz>)> {
        if date.weekday() != self.day {
            return None;
        }
        let (first, _) = moments(date, self.opens, zone)?;
        let (_, last) = moments(date, self.closes, zone)?;
        (first < last).then_some((first, last))
    }
}

/// The first and the last moment at which the clock shows so many minutes after midnight.
fn moments(date: NaiveDate, minutes: u16, zone: Tz) -> Option<(DateTime<Tz>, DateTime<Tz>)> {
    let shown = date.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(minutes.into()))?;
    match zone.from_local_datetime(&shown) {
        MappedLocalTime::Single(at) => Some((at, at)),
        MappedLocalTime::Ambiguous(first, last) => Some((first, last)),
        MappedLocalTime::None => GapInfo::new(&shown, &zone)?.end.map(|end| (end, end)),
    }
}

fn week() -> impl Iterator<Item = Weekday> {
    std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7)
}

/// `Mon`, `Mon-Fri`, or `Fri-Mon` over the end of the week.
fn days_of(text: &str) -> Option<Vec<Weekday>> {
    let (first, last) = text.split_once(['-', '–']).unwrap_or((text, text));
    let [first, last]: [Weekday; 2] = [first.trim().parse().ok()?, last.trim().parse().ok()?];
    let length = usize::try_from(last.days_since(first)).ok()? + 1;
    Some(week().chain(week()).skip_while(|day| *day != first).take(length).collect())
}

/// `08:00-18:00`, in minutes after midnight.
fn times_of(text: &str) -> Result<(u16, u16), &'static str> {
    const WRITTEN: &str = "times are written 08:00-18:00";
    let (opens, closes) = text.split_once(['-', '–']).ok_or(WRITTEN)?;
    let (opens, closes) = (minutes(opens).ok_or(WRITTEN)?, minutes(closes).ok_or(WRITTEN)?);
    match closes {
        _ if opens == DAY => Err("24:00 is an end and no beginning"),
        _ if closes == opens => Err("it ends when it begins; a whole day is 00:00-24:00"),
        _ if closes < opens => Ok((opens, closes + DAY)),
        _ => Ok((opens, closes)),
    }
}

/// `08:00` in minutes; a day ends at `24:00`.
fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    let number =
        |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u16>().ok()).flatten();
    let all =
        number(hours)?.checked_mul(60)?.checked_add(number(minutes).filter(|minutes| *minutes < 60)?)?;
    (minutes.len() == 2 && all <= DAY).then_some(all)
}
