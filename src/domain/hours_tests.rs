//! Hours as people write them, and what they mean around midnight and when clocks are changed.

use chrono::{DateTime, Datelike, MappedLocalTime, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::hours::{Availability, Hours};

fn written(text: &str) -> String {
    match Hours::parse(text) {
        Err(error) => error.to_string(),
        Ok(hours) => {
            let time = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
            let each = hours.openings().iter();
            let each = each.map(|o| format!("{} {}-{}", o.day, time(o.opens), time(o.closes)));
            each.collect::<Vec<_>>().join(", ")
        }
    }
}

#[test]
fn hours_are_read_as_people_write_them() {
    let all: Vec<String> = [
        "Mon-Tue 08:00-18:00",
        "monday 8:00 – 18:30; SAT 10:00-14:00",
        "Mon, Wed 08:00-12:00, 13:00-17:00, Fri 08:00-12:00",
        "Sun-Mon 00:00-24:00",
        "Fri 22:00-06:00, Sat 22:00-00:00,",
        "24/7",
        "Mon 08:00-18:00, Mon 08:00-18:00",
        "",
        "Mon-Fri",
        "08:00-18:00",
        "Mon-Fry 08:00-18:00",
        "Mon 8-18",
        "Mon 08:00",
        "Mon 08:60-18:00",
        "Mon 08:5-18:00",
        "Mon 24:00-25:00",
        "Mon 24:00-08:00",
        "Mon 08:00-08:00",
        "Mon 08:00-18:00-20:00",
        "Mon +8:00-18:00",
        "Mon 99999999999:00-18:00",
    ]
    .into_iter()
    .map(|text| format!("{text} = {}", written(text)))
    .collect();
    insta::assert_snapshot!(all.join("\n"), @r#"
    Mon-Tue 08:00-18:00 = Mon 08:00-18:00, Tue 08:00-18:00
    monday 8:00 – 18:30; SAT 10:00-14:00 = Mon 08:00-18:30, Sat 10:00-14:00
    Mon, Wed 08:00-12:00, 13:00-17:00, Fri 08:00-12:00 = Mon 08:00-12:00, Mon 13:00-17:00, Wed 08:00-12:00, Wed 13:00-17:00, Fri 08:00-12:00
    Sun-Mon 00:00-24:00 = Mon 00:00-24:00, Sun 00:00-24:00
    Fri 22:00-06:00, Sat 22:00-00:00, = Fri 22:00-30:00, Sat 22:00-24:00
    24/7 = Mon 00:00-24:00, Tue 00:00-24:00, Wed 00:00-24:00, Thu 00:00-24:00, Fri 00:00-24:00, Sat 00:00-24:00, Sun 00:00-24:00
    Mon 08:00-18:00, Mon 08:00-18:00 = Mon 08:00-18:00
     = "" can't be read as opening hours: it does not say from when to when
    Mon-Fri = "Mon-Fri" can't be read as opening hours: it does not say from when to when
    08:00-18:00 = "08:00-18:00" can't be read as opening hours: it does not say on which days
    Mon-Fry 08:00-18:00 = "Mon-Fry 08:00-18:00" can't be read as opening hours: days are written Mon or Mon-Fri
    Mon 8-18 = "Mon 8-18" can't be read as opening hours: times are written 08:00-18:00
    Mon 08:00 = "Mon 08:00" can't be read as opening hours: times are written 08:00-18:00
    Mon 08:60-18:00 = "Mon 08:60-18:00" can't be read as opening hours: times are written 08:00-18:00
    Mon 08:5-18:00 = "Mon 08:5-18:00" can't be read as opening hours: times are written 08:00-18:00
    Mon 24:00-25:00 = "Mon 24:00-25:00" can't be read as opening hours: times are written 08:00-18:00
    Mon 24:00-08:00 = "Mon 24:00-08:00" can't be read as opening hours: 24:00 is an end and no beginning
    Mon 08:00-08:00 = "Mon 08:00-08:00" can't be read as opening hours: it ends when it begins; a whole day is 00:00-24:00
    Mon 08:00-18:00-20:00 = "Mon 08:00-18:00-20:00" can't be read as opening hours: times are written 08:00-18:00
    Mon +8:00-18:00 = "Mon +8:00-18:00" can't be read as opening hours: days are written Mon or Mon-Fri
    Mon 99999999999:00-18:00 = "Mon 99999999999:00-18:00" can't be read as opening hours: times are written 08:00-18:00
    "#);
}

/// What is said at a moment, in the zone's own time.
fn said(hours: &str, zone: &str, now: &str) -> String {
    let zone: Tz = zone.parse().unwrap();
    let now: DateTime<Utc> = now.parse().unwrap();
    let shown = |at: Option<DateTime<Tz>>| {
        at.map_or("never".to_owned(), |at| at.format("%a %d %H:%M %z").to_string())
    };
    match Hours::parse(hours).unwrap().at(zone, now) {
        Availability::Open { until } => format!("open until {}", shown(until)),
        Availability::Closed { opens } => format!("closed until {}", shown(opens)),
    }
}

#[test]
fn a_moment_is_judged_by_the_wall_clock_of_the_place() {
    const OFFICE: &str = "Mon-Fri 08:00-18:00";
    for (hours, zone, now, expected) in [
        // 25 November 2026 is a Wednesday.
        (OFFICE, "Europe/Berlin", "2026-11-25T06:59:59Z", "closed until Wed 25 08:00 +0100"),
        (OFFICE, "Europe/Berlin", "2026-11-25T07:00:00Z", "open until Wed 25 18:00 +0100"),
        (OFFICE, "Europe/Berlin", "2026-11-25T16:59:59Z", "open until Wed 25 18:00 +0100"),
        (OFFICE, "Europe/Berlin", "2026-11-25T17:00:00Z", "closed until Thu 26 08:00 +0100"),
        (OFFICE, "Europe/Berlin", "2026-11-27T17:00:00Z", "closed until Mon 30 08:00 +0100"),
        (OFFICE, "Asia/Tokyo", "2026-11-24T23:30:00Z", "open until Wed 25 18:00 +0900"),
        ("24/7", "Asia/Kolkata", "2026-11-25T12:00:00Z", "open until never"),
        ("Mon-Sun 00:00-24:00", "America/New_York", "2026-10-31T12:00:00Z", "open until never"),
        ("Mon-Fri 00:00-24:00", "UTC", "2026-11-25T12:00:00Z", "open until Sat 28 00:00 +0000"),
        ("Mon 08:00-12:00, 12:00-17:00", "UTC", "2026-11-23T09:00:00Z", "open until Mon 23 17:00 +0000"),
        ("Mon 08:00-12:00", "UTC", "2026-11-23T12:00:00Z", "closed until Mon 30 08:00 +0000"),
        // Over midnight, and over the end of the week.
        ("Sun 22:00-06:00", "UTC", "2026-11-23T05:59:00Z", "open until Mon 23 06:00 +0000"),
        ("Sun 22:00-06:00", "UTC", "2026-11-23T06:00:00Z", "closed until Sun 29 22:00 +0000"),
        // Berlin's clocks skip 02:00 to 03:00 on 29 March 2026, and show it twice on 25 October.
        (OFFICE, "Europe/Berlin", "2026-03-28T12:00:00Z", "closed until Mon 30 08:00 +0200"),
        ("Sun 02:30-05:00", "Europe/Berlin", "2026-03-29T00:59:00Z", "closed until Sun 29 03:00 +0200"),
        ("Sun 01:00-02:30", "Europe/Berlin", "2026-03-29T00:59:00Z", "open until Sun 29 03:00 +0200"),
        ("Sun 02:15-02:45", "Europe/Berlin", "2026-03-29T00:59:00Z", "closed until Sun 05 02:15 +0200"),
        ("Sun 02:30-05:00", "Europe/Berlin", "2026-10-25T00:29:00Z", "closed until Sun 25 02:30 +0200"),
        ("Sun 01:00-02:30", "Europe/Berlin", "2026-10-25T00:45:00Z", "open until Sun 25 02:30 +0100"),
        ("Sat 22:00-06:00", "Europe/Berlin", "2026-10-25T01:15:00Z", "open until Sun 25 06:00 +0100"),
        // Samoa had no 30 December 2011, a Friday.
        ("Fri 08:00-18:00", "Pacific/Apia", "2011-12-30T06:00:00Z", "closed until Fri 06 08:00 +1400"),
        ("Fri 22:00-06:00", "Pacific/Apia", "2011-12-30T12:00:00Z", "open until Sat 31 06:00 +1400"),
    ] {
        assert_eq!(said(hours, zone, now), expected, "{hours} in {zone} at {now}");
    }
}

fn hours() -> impl Strategy<Value = String> {
    let day = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
    let days = prop_oneof![day.boxed(), (day, day).prop_map(|(a, b)| format!("{a}-{b}")).boxed()];
    let time = || (0..24 * 4_u16).prop_map(|quarter| format!("{:02}:{:02}", quarter / 4, quarter % 4 * 15));
    let part = (days, time(), time()).prop_map(|(days, from, to)| format!("{days} {from}-{to}"));
    proptest::collection::vec(part, 1..4)
        .prop_map(|parts| parts.join(", "))
        .prop_filter("an opening lasts", |text| Hours::parse(text).is_ok())
}

fn zones() -> impl Strategy<Value = Tz> {
    // Lord Howe changes by half an hour, Dublin's winter time is the exception, Apia left out a day, Nepal is off by quarters.
    let names = [
        "UTC",
        "Europe/Berlin",
        "Europe/Dublin",
        "America/New_York",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Africa/Casablanca",
        "Pacific/Apia",
    ];
    proptest::sample::select(names.to_vec()).prop_map(|name| name.parse().unwrap())
}

fn moments() -> impl Strategy<Value = DateTime<Utc>> {
    // From 2010 to 2035, by the second.
    (1_262_304_000_i64..2_051_222_400).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

/// Whether a clock that shows this is within an opening: the rule as a person applies it.
fn is_within(hours: &Hours, day: Weekday, minute: u16) -> bool {
    hours.openings().iter().any(|opening| {
        (opening.day == day && (opening.opens..opening.closes).contains(&minute))
            || (opening.day == day.pred() && minute + 24 * 60 < opening.closes)
    })
}

proptest! {
    #[test]
    fn open_is_what_the_wall_clock_says(text in hours(), zone in zones(), now in moments()) {
        let hours = Hours::parse(&text).unwrap();
        let local = now.with_timezone(&zone);
        // What a clock shows twice tells no two moments apart.
        prop_assume!(matches!(zone.from_local_datetime(&local.naive_local()), MappedLocalTime::Single(_)));
        let minute = (local.hour() * 60 + local.minute()) as u16;
        let is_open = hours.at(zone, now).is_open();
        prop_assert_eq!(is_open, is_within(&hours, local.weekday(), minute), "{} in {} at {}", text, zone, local);
    }

    #[test]
    fn nothing_changes_before_the_moment_that_is_told_and_then_it_does(
        text in hours(), zone in zones(), now in moments(), share in 0.0..1.0
    ) {
        let hours = Hours::parse(&text).unwrap();
        let told = hours.at(zone, now);
        let (Availability::Open { until: change } | Availability::Closed { opens: change }) = &told;
        let Some(change) = change.map(|at| at.with_timezone(&Utc)) else {
            // Only who never closes has no change to tell of.
            prop_assert!(told.is_open());
            prop_assert_eq!(hours.at(zone, now + TimeDelta::days(3)), Availability::Open { until: None });
            return Ok(());
        };
        prop_assert!(change > now);
        let between = now + TimeDelta::seconds(((change - now).num_seconds() as f64 * share) as i64);
        for before in [between, change - TimeDelta::seconds(1)] {
            prop_assert_eq!(&hours.at(zone, before), &told, "{} in {} at {}", text, zone, before);
        }
        prop_assert_eq!(hours.at(zone, change).is_open(), !told.is_open());
    }

    #[test]
    fn any_text_is_safe(text in prop_oneof![any::<String>(), "[MonFriSat0-9:, -]{0,30}"]) {
        let _ = Hours::parse(&text);
    }
}
