//! `phone-numbers.toml`: where people can call.

use std::{collections::HashMap, fmt, path::Path};

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::domain::{CountryCode, Hours, LanguageCode, PhoneNumber};

use super::{
    fault::{Fault, Remark},
    fields::Fields,
    suggest::{Suggestions, did_you_mean},
    text::one_line,
    toml_file,
};

/// The file's name.
const FILE: &str = "phone-numbers.toml";

/// Reads the folder's list, in the order of the file; without one there are no numbers.
pub(super) fn read(folder: &Path, faults: &mut Vec<Fault>) -> Vec<PhoneNumber> {
    toml_file::read(folder, FILE, faults, parse)
}

fn parse(document: Fields<'_>, remarks: &mut Vec<Remark>) -> Vec<PhoneNumber> {
    document.refuse_unknown(&["number"], "section", remarks);
    let (mut numbers, mut lines) = (Vec::new(), HashMap::new());
    for fields in document.tables("number", remarks) {
        let Some(number) = number(fields, remarks) else { continue };
        if let Some(first) = lines.insert((number.country, number.phone.clone()), fields.line()) {
            let what = format!("{} of {} is in line {first} already", number.phone, number.country);
            remarks.push(Remark::warning(
                fields.line(),
                what,
                "leave one of them out, as only the first is used",
            ));
            continue;
        }
        numbers.push(number);
    }
    numbers
}

/// One number; none where something in it would mislead whoever calls.
fn number(fields: Fields<'_>, remarks: &mut Vec<Remark>) -> Option<PhoneNumber> {
    let known = ["country", "name", "phone", "hours", "time_zone", "language"];
    fields.refuse_unknown(&known, "field of a number", remarks);
    // All are looked at, so that all that is wrong is told at once.
    let country = field(fields, "country", "country = \"DE\"", CountryCode::parse, remarks);
    let name = fields.required("name", "name = \"Germany\"", remarks);
    let phone = field(fields, "phone", "phone = \"+49 30 23125 142\"", phone, remarks);
    let hours = field(fields, "hours", "hours = \"Mon-Fri 08:00-18:00\"", Hours::parse, remarks);
    let time_zone = time_zone(fields, remarks);
    let language = field(fields, "language", "language = \"de\"", LanguageCode::parse, remarks);
    let (_, name) = name?;
    Some(PhoneNumber {
        country: country?,
        name: one_line(name),
        phone: phone?,
        hours: hours?,
        time_zone: time_zone?,
        language: language?,
    })
}

/// A field that has to be there and be readable; `example` shows how.
fn field<T, E: fmt::Display>(
    fields: Fields<'_>,
    key: &str,
    example: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
    remarks: &mut Vec<Remark>,
) -> Option<T> {
    let (line, text) = fields.required(key, example, remarks)?;
    match parse(text) {
        Ok(value) => Some(value),
        Err(error) => {
            remarks.push(Remark::error(line, error.to_string(), format!("write for example {example}")));
            None
        }
    }
}

fn phone(text: &str) -> Result<String, String> {
    let phone = one_line(text);
    if PhoneNumber::is_international(&phone) {
        return Ok(phone);
    }
    Err(format!("\"{phone}\" is no international number: it begins with + and has 7 to 15 digits"))
}

fn time_zone(fields: Fields<'_>, remarks: &mut Vec<Remark>) -> Option<Tz> {
    const EXAMPLE: &str = "time_zone = \"Europe/Berlin\"";
    let (line, text) = fields.required("time_zone", EXAMPLE, remarks)?;
    let zone = text.parse().ok();
    if zone.is_none() {
        let meant = Suggestions::new(TZ_VARIANTS.iter().map(|zone| zone.name())).nearest(text);
        let remedy = did_you_mean(meant, format!("write for example {EXAMPLE}"));
        remarks.push(Remark::error(line, format!("\"{text}\" is no time zone of the IANA list"), remedy));
    }
    zone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::fault::told;

    const GERMANY: &str = "[[number]]\ncountry = \"de\"\nname = \"Germany\"\nphone = \"+49 30  23125 142\"\nhours = \"Mon-Fri 08:00-17:00\"\ntime_zone = \"Europe/Berlin\"\nlanguage = \"de\"\n";

    #[test]
    fn faults_name_their_line_and_cost_only_their_number() {
        let wrong = "
[[number]]
country = \"DEU\"
name = \"Germany\"
phone = \"030 23125 142\"
hours = \"Mon-Fry 08:00-17:00\"
time_zone = \"Europe/Berln\"
language = \"german\"

[[number]]
country = \"SE\"
nmae = 1
hours = 8

[[number]]
country = \"SE\"
name = \"Sweden\"
phone = \"+46 8 465 004 42\"
hours = \"24/7\"
time_zone = \"Nowhere\"
language = \"sv\"

[[numbers]]
";
        let again = GERMANY.replace("de\"\nname", "DE\"\nname");
        let last = GERMANY.replace("\"de\"\nname", "\"AT\"\nname");
        let text = format!("{GERMANY}{wrong}\n{again}\n{last}");
        let mut remarks = Vec::new();
        let numbers = toml_file::parse_text(&text, &mut remarks, parse).unwrap();
        let read: Vec<String> =
            numbers.iter().map(|n| format!("{} {} {}", n.country, n.name, n.phone)).collect();
        assert_eq!(read, ["DE Germany +49 30 23125 142", "AT Germany +49 30 23125 142"]);
        insta::assert_snapshot!(told(remarks, FILE), @r#"
        phone-numbers.toml:10: error: "DEU" is no code of a country: it has two letters; write for example country = "DE"
        phone-numbers.toml:12: error: "030 23125 142" is no international number: it begins with + and has 7 to 15 digits; write for example phone = "+49 30 23125 142"
        phone-numbers.toml:13: error: "Mon-Fry 08:00-17:00" can't be read as opening hours: days are written Mon or Mon-Fri; write for example hours = "Mon-Fri 08:00-18:00"
        phone-numbers.toml:14: error: "Europe/Berln" is no time zone of the IANA list; did you mean "Europe/Berlin"?
        phone-numbers.toml:15: error: "german" is no code of a language: it has two letters; write for example language = "de"
        phone-numbers.toml:17: error: name is missing; add name = "Germany"
        phone-numbers.toml:17: error: phone is missing; add phone = "+49 30 23125 142"
        phone-numbers.toml:17: error: time_zone is missing; add time_zone = "Europe/Berlin"
        phone-numbers.toml:17: error: language is missing; add language = "de"
        phone-numbers.toml:19: warning: "nmae" is no known field of a number; did you mean "name"?
        phone-numbers.toml:20: error: hours should be a text, and here is a number; write hours = "…"
        phone-numbers.toml:27: error: "Nowhere" is no time zone of the IANA list; write for example time_zone = "Europe/Berlin"
        phone-numbers.toml:30: warning: "numbers" is no known section; did you mean "number"?
        phone-numbers.toml:32: warning: +49 30 23125 142 of DE is in line 1 already; leave one of them out, as only the first is used
        "#);
    }

    #[test]
    fn a_file_that_is_not_there_lists_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut faults = Vec::new();
        assert_eq!(read(folder.path(), &mut faults), []);
        assert_eq!(faults, []);
    }
}
