//! Opening hours in words, on the wall clock of the place they are told for.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use crate::domain::{Availability, Hours, Opening, PhoneNumber};

use super::Locale;
use super::words::listed;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// `open until 18:00 (Berlin time)`
pub fn now_in_a_cell(locale: Locale, number: &PhoneNumber, now: DateTime<Utc>) -> String {
    let Locale::English = locale;
    match number.availability(now) {
        Availability::Open { until: None } => "always open".to_owned(),
        Availability::Open { until: Some(at) } => format!("open until {}", until(locale, number, at, now)),
        Availability::Closed { opens: None } => "closed".to_owned(),
        Availability::Closed { opens: Some(at) } => format!("opens {}", opens(locale, number, at, now)),
    }
}

/// `Closed now; opens Monday at 08:00 (Berlin time).`
pub fn now_in_a_sentence(locale: Locale, number: &PhoneNumber, now: DateTime<Utc>) -> String {
    let Locale::English = locale;
    match number.availability(now) {
        Availability::Open { until: None } => "Open now, day and night.".to_owned(),
        Availability::Open { until: Some(at) } => {
            format!("Open now, until {}.", until(locale, number, at, now))
        }
        Availability::Closed { opens: None } => "Closed now, for two weeks at least.".to_owned(),
        Availability::Closed { opens: Some(at) } => {
            format!("Closed now; opens {}.", opens(locale, number, at, now))
        }
    }
}

/// `Monday to Friday 08:00–18:00, Saturday 10:00–14:00`
pub fn hours(locale: Locale, hours: &Hours) -> String {
    let Locale::English = locale;
    let mut groups: Vec<Group> = Vec::new();
    for Opening { day, opens, closes } in hours.openings().iter().copied() {
        match groups.last_mut() {
            Some(group) if group.last == day => group.times.push((opens, closes)),
            _ => groups.push(Group { first: day, last: day, times: vec![(opens, closes)] }),
        }
    }
    groups.dedup_by(|next, group| {
        let goes_on = group.last.succ() == next.first && group.times == next.times;
        if goes_on {
            group.last = next.last;
        }
        goes_on
    });
    let said = groups.iter().map(|group| match group.times.as_slice() {
        [(0, DAY)] if group.days() == 7 => "day and night".to_owned(),
        times => format!("{} {}", days_in_words(locale, group), times_in_words(locale, times)),
    });
    said.collect::<Vec<_>>().join(", ")
}

/// Days one after the other with the same hours, each in minutes after midnight.
struct Group {
    first: Weekday,
    last: Weekday,
    times: Vec<(u16, u16)>,
}

impl Group {
    fn days(&self) -> u32 {
        self.last.days_since(self.first) + 1
    }
}

fn days_in_words(locale: Locale, group: &Group) -> String {
    let Locale::English = locale;
    let (from, to) = (weekday(locale, group.first), weekday(locale, group.last));
    match group.days() {
        1 => from.to_owned(),
        2 => format!("{from} and {to}"),
        7 => "every day".to_owned(),
        _ => format!("{from} to {to}"),
    }
}

fn times_in_words(locale: Locale, times: &[(u16, u16)]) -> String {
    let clock = |minutes: u16| {
        // What ends at midnight ends with its day; what goes on ends on the next.
        let shown = if minutes > DAY { minutes - DAY } else { minutes };
        format!("{:02}:{:02}", shown / 60, shown % 60)
    };
    let times: Vec<String> =
        times.iter().map(|(opens, closes)| format!("{}–{}", clock(*opens), clock(*closes))).collect();
    listed(locale, &times)
}

fn opens(locale: Locale, number: &PhoneNumber, at: DateTime<Tz>, now: DateTime<Utc>) -> String {
    let Locale::English = locale;
    let today = now.with_timezone(&number.time_zone).date_naive();
    let day = day(locale, at.date_naive(), today).unwrap_or_else(|| "today".to_owned());
    format!("{day} at {} ({} time)", at.format("%H:%M"), number.city())
}

fn until(locale: Locale, number: &PhoneNumber, at: DateTime<Tz>, now: DateTime<Utc>) -> String {
    let Locale::English = locale;
    let today = now.with_timezone(&number.time_zone).date_naive();
    // Midnight is the end of a day, not the beginning of the next.
    let (date, time) = match at.time() {
        NaiveTime::MIN => ((at.naive_local() - TimeDelta::days(1)).date(), "24:00".to_owned()),
        time => (at.date_naive(), time.format("%H:%M").to_string()),
    };
    let day = day(locale, date, today).map(|day| format!("{day} at ")).unwrap_or_default();
    format!("{day}{time} ({} time)", number.city())
}

/// A day as one says it today; none for today itself.
fn day(locale: Locale, date: NaiveDate, today: NaiveDate) -> Option<String> {
    let Locale::English = locale;
    match (date - today).num_days() {
        0 => None,
        1 => Some("tomorrow".to_owned()),
        2..7 => Some(weekday(locale, date.weekday()).to_owned()),
        _ => Some(date.format("%A %-d %B").to_string()),
    }
}

fn weekday(locale: Locale, day: Weekday) -> &'static str {
    let Locale::English = locale;
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(hours: &str) -> PhoneNumber {
        PhoneNumber { hours: Hours::parse(hours).unwrap(), ..PhoneNumber::example("DE", "Germany") }
    }

    #[test]
    fn hours_are_said_by_groups_of_days() {
        for (text, expected) in [
            ("Mon-Fri 08:00-18:00", "Monday to Friday 08:00–18:00"),
            (
                "Mon-Thu 08:00-12:00, 13:00-17:00, Fri 08:00-12:00",
                "Monday to Thursday 08:00–12:00 and 13:00–17:00, Friday 08:00–12:00",
            ),
            ("Mon, Wed 08:00-24:00", "Monday 08:00–24:00, Wednesday 08:00–24:00"),
            ("Sat-Sun 22:00-06:00", "Saturday and Sunday 22:00–06:00"),
            ("Mon-Sun 08:00-20:00", "every day 08:00–20:00"),
            ("24/7", "day and night"),
            ("Mon-Fri 00:00-24:00", "Monday to Friday 00:00–24:00"),
        ] {
            assert_eq!(hours(Locale::English, &Hours::parse(text).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn the_next_change_is_told_with_its_day() {
        // A Wednesday, 11:00 in Berlin.
        let now = "2026-11-25T10:00:00Z".parse().unwrap();
        for (text, expected) in [
            ("Mon-Fri 08:00-18:00", "Open now, until 18:00 (Berlin time)."),
            ("Wed 08:00-24:00", "Open now, until 24:00 (Berlin time)."),
            ("Wed 08:00-06:00", "Open now, until tomorrow at 06:00 (Berlin time)."),
            ("Mon-Fri 00:00-24:00", "Open now, until Friday at 24:00 (Berlin time)."),
            ("24/7", "Open now, day and night."),
            ("Wed 12:00-18:00", "Closed now; opens today at 12:00 (Berlin time)."),
            ("Thu 12:00-18:00", "Closed now; opens tomorrow at 12:00 (Berlin time)."),
            ("Tue 12:00-18:00", "Closed now; opens Tuesday at 12:00 (Berlin time)."),
            ("Wed 08:00-11:00", "Closed now; opens Wednesday 2 December at 08:00 (Berlin time)."),
        ] {
            assert_eq!(now_in_a_sentence(Locale::English, &number(text), now), expected, "{text}");
        }
    }
}
