//! The telephone lines of support: where one calls, when somebody answers, in which language.

use std::fmt;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::hours::{Availability, Hours};
use super::nearest::nearest;

/// What people call a country beside its name.
const ALIASES: [(&str, &[&str]); 22] = [
    ("AE", &["uae", "emirates"]),
    ("AT", &["österreich", "oesterreich"]),
    ("BE", &["belgië", "belgique"]),
    ("BR", &["brasil"]),
    ("CH", &["schweiz", "suisse", "svizzera"]),
    ("CN", &["prc"]),
    ("CZ", &["czech republic", "czechia"]),
    ("DE", &["deutschland"]),
    ("DK", &["danmark"]),
    ("ES", &["españa", "espana"]),
    ("FI", &["suomi"]),
    ("GB", &["uk", "u.k.", "great britain", "britain", "england", "scotland", "wales", "northern ireland"]),
    ("IE", &["republic of ireland", "éire", "eire"]),
    ("IN", &["bharat"]),
    ("IT", &["italia"]),
    ("JP", &["nippon", "nihon"]),
    ("KR", &["korea", "south korea"]),
    ("NL", &["holland", "nederland"]),
    ("NO", &["norge"]),
    ("SE", &["sverige"]),
    ("TR", &["turkey", "türkiye"]),
    ("US", &["usa", "u.s.", "u.s.a.", "america", "states", "united states of america"]),
];

/// One entry of `knowledge/phone-numbers.toml`. A country may have several, for example one for each language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneNumber {
    /// Whose people call here.
    pub country: CountryCode,
    /// The country's name as people read it.
    pub name: String,
    /// In international form, with spaces where people pause.
    pub phone: String,
    /// When somebody answers.
    pub hours: Hours,
    /// Where the hours are told.
    pub time_zone: Tz,
    /// What is spoken.
    pub language: LanguageCode,
}

impl PhoneNumber {
    /// Whether somebody answers at a moment.
    #[must_use]
    pub fn availability(&self, now: DateTime<Utc>) -> Availability {
        self.hours.at(self.time_zone, now)
    }

    /// The city that the time zone is named after.
    #[must_use]
    pub fn city(&self) -> String {
        let name = self.time_zone.name();
        name.rsplit_once('/').map_or(name, |(_, city)| city).replace('_', " ")
    }

    /// All that the country is called: its code, its name, and what else people say.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let aliases = ALIASES.iter().filter(|(code, _)| *code == self.country.as_str());
        let aliases = aliases.flat_map(|(_, names)| names.iter().copied());
        [self.country.as_str(), self.name.as_str()].into_iter().chain(aliases)
    }

    /// The country that a person means; case, surrounding space and "the" do not matter.
    #[must_use]
    pub fn country_called(numbers: &[Self], name: &str) -> Option<CountryCode> {
        let name = name.trim().to_lowercase();
        let name = name.strip_prefix("the ").unwrap_or(&name).trim_start();
        let called = |number: &&Self| number.names().any(|own| own.to_lowercase() == name);
        numbers.iter().find(called).map(|number| number.country)
    }

    /// The country that was probably meant by a name that is none's.
    #[must_use]
    pub fn nearest_country(numbers: &[Self], name: &str) -> Option<CountryCode> {
        let names = numbers.iter().flat_map(Self::names);
        Self::country_called(numbers, nearest(name.trim(), names)?)
    }

    /// Whether a text is a number that can be dialled from anywhere: a plus sign and 7 to 15 digits (E.164), with spaces, hyphens,
    /// dots and brackets between them.
    #[must_use]
    pub fn is_international(text: &str) -> bool {
        let Some(rest) = text.strip_prefix('+') else { return false };
        let digits = rest.chars().filter(char::is_ascii_digit).count();
        let begins_well = rest.starts_with(|c: char| c.is_ascii_digit() && c != '0');
        let is_known = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')');
        begins_well && (7..=15).contains(&digits) && rest.chars().all(is_known)
    }
}

/// Why a text is no code: it is told to whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no code of a {what}: it has two letters")]
pub struct InvalidCode {
    text: String,
    what: &'static str,
}

/// A country's ISO 3166-1 code: two capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryCode([u8; 2]);

/// A language's ISO 639-1 code: two small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageCode([u8; 2]);

impl CountryCode {
    /// Accepts two letters of any case.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        letters(text, "country").map(|code| Self(code.map(|b| b.to_ascii_uppercase())))
    }

    /// Two capitals.
    #[must_use]
    pub fn as_str(&self) -> &str {
        text_of(&self.0)
    }
}

impl LanguageCode {
    /// Accepts two letters of any case.
    pub fn parse(text: &str) -> Result<Self, InvalidCode> {
        letters(text, "language").map(|code| Self(code.map(|b| b.to_ascii_lowercase())))
    }

    /// Two small letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        text_of(&self.0)
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn letters(text: &str, what: &'static str) -> Result<[u8; 2], InvalidCode> {
    let code: Option<[u8; 2]> = text.as_bytes().try_into().ok();
    code.filter(|code| code.iter().all(u8::is_ascii_alphabetic))
        .ok_or_else(|| InvalidCode { text: text.chars().take(60).collect(), what })
}

/// Both are letters, so it never fails.
fn text_of(code: &[u8; 2]) -> &str {
    std::str::from_utf8(code).unwrap_or_default()
}

#[cfg(test)]
impl PhoneNumber {
    /// A line in Berlin that is always open.
    pub(crate) fn example(country: &str, name: &str) -> Self {
        Self {
            country: CountryCode::parse(country).unwrap(),
            name: name.to_owned(),
            phone: "+1 202 555 0142".to_owned(),
            hours: Hours::parse("24/7").unwrap(),
            time_zone: Tz::Europe__Berlin,
            language: LanguageCode::parse("EN").unwrap(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_found_by_whatever_people_call_it() {
        let all = [
            PhoneNumber { time_zone: Tz::America__New_York, ..PhoneNumber::example("us", "United States") },
            PhoneNumber::example("GB", "United Kingdom"),
            PhoneNumber { time_zone: Tz::UTC, ..PhoneNumber::example("DE", "Germany") },
        ];
        let code = |code: Option<CountryCode>| code.map(|code| code.to_string()).unwrap_or_default();
        for (typed, expected) in [
            ("US", "US"),
            (" the United  States", ""),
            (" the united states ", "US"),
            ("America", "US"),
            ("uk", "GB"),
            ("England", "GB"),
            ("DEUTSCHLAND", "DE"),
            ("france", ""),
            ("the", ""),
            ("", ""),
        ] {
            assert_eq!(code(PhoneNumber::country_called(&all, typed)), expected, "{typed}");
        }
        for (typed, expected) in [("germny", "DE"), ("united kingdon", "GB"), ("atlantis", ""), ("", "")] {
            assert_eq!(code(PhoneNumber::nearest_country(&all, typed)), expected, "{typed}");
        }
        assert_eq!(all.map(|number| number.city()), ["New York", "Berlin", "UTC"]);
    }

    #[test]
    fn every_alias_means_one_country() {
        let mut all = std::collections::BTreeSet::new();
        for (code, names) in ALIASES {
            assert_eq!(CountryCode::parse(code).unwrap().as_str(), code);
            for name in names {
                assert_eq!(*name, name.to_lowercase());
                assert!(all.insert(*name), "{name}");
            }
        }
    }

    #[test]
    fn numbers_and_codes_are_checked() {
        for (text, expected) in [
            ("+1 202 555 0142", true),
            ("+49 (30) 23125-142", true),
            ("0800 123 456", false),
            ("+0 202 555 0142", false),
            ("+1 202", false),
            ("+1234567890123456", false),
            ("+1 202 555 0142 ext. 5", false),
            ("+", false),
            ("", false),
        ] {
            assert_eq!(PhoneNumber::is_international(text), expected, "{text}");
        }
        for text in ["", "D", "DEU", "é", "D3", "d e"] {
            assert!(CountryCode::parse(text).is_err() && LanguageCode::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            CountryCode::parse("uk!").unwrap_err().to_string(),
            "\"uk!\" is no code of a country: it has two letters"
        );
    }
}
