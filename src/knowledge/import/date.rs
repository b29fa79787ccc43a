//! Dates as help centres spell them.

use chrono::NaiveDate;

/// The formats that a date may begin with, tried in order; a time of day may follow.
const FORMATS: [&str; 14] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m-%d-%Y",
    "%d-%m-%Y",
    "%d.%m.%Y",
    "%B %d, %Y",
    "%B %d %Y",
    "%d %B %Y",
    "%d-%B-%Y",
    "%Y%m%d",
    "%d. %B %Y",
];

/// Reads a date in ISO's spelling, in America's (`03/22/2022`; the other order where the first number is no month), or
/// with the month's English name.
pub(super) fn parse(text: &str) -> Option<NaiveDate> {
    let text = text.trim().trim_matches(['"', '\'']);
    let first = text.split(['T', ' ']).next().unwrap_or_default();
    [first, text].into_iter().find_map(|text| {
        FORMATS.iter().find_map(|format| {
            let (date, rest) = NaiveDate::parse_and_remainder(text, format).ok()?;
            // A number cut in two is no number: `22/03/2022` is not the year 22.
            if rest.starts_with(|c: char| c.is_ascii_digit()) { None } else { plausible(date) }
        })
    })
}

/// `22` is 2022; what is far from any help article is a misreading.
fn plausible(date: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    let date = if (0..100).contains(&date.year()) { date.with_year(date.year() + 2000)? } else { date };
    (1980..=2200).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_many_spellings() {
        let expected = NaiveDate::from_ymd_opt(2022, 3, 22);
        for text in [
            "2022-03-22",
            "2022-3-22",
            "03/22/2022",
            "3/22/2022",
            "22/03/2022",
            "3/22/22",
            "03-22-2022",
            "22.03.2022",
            "2022-03-22T10:00:00Z",
            "2022-03-22 10:00:00 +0200",
            "March 22, 2022",
            "Mar 22, 2022",
            "22 March 2022",
            "22 Mar 2022",
            "2022/03/22",
            " '2022-03-22' ",
        ] {
            assert_eq!(parse(text), expected, "{text}");
        }
        for text in ["", "soon", "13/32/2022", "1/1/1700", "2022", "2022-03"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
