//! Numbers to call, and the ways to a person.

use crate::chat::{Choice, Country, Reply};
use crate::domain::PhoneNumber;
use crate::replies::phone::{self, Lines};

use super::Desk;

impl Desk {
    pub(super) fn list_phone_numbers(&self) -> Reply {
        self.about_lines(|lines| phone::list(self.locale, lines, self.beside_calling()))
    }

    pub(super) fn phone_number(&self, country: &Country) -> Reply {
        self.about_lines(|lines| {
            let code = match country {
                Country::Code(code) => Some(*code),
                Country::Typed(name) => PhoneNumber::country_called(lines.numbers, name),
            };
            let of_country: Vec<&PhoneNumber> =
                lines.numbers.iter().filter(|number| Some(number.country) == code).collect();
            if !of_country.is_empty() {
                return phone::country(self.locale, lines, &of_country, self.beside_calling());
            }
            match country {
                Country::Code(_) => phone::gone(self.locale, lines, self.beside_calling()),
                Country::Typed(name) => phone::unknown(self.locale, lines, name, self.beside_calling()),
            }
        })
    }

    pub(super) fn person(&self) -> Reply {
        self.about_lines(|lines| phone::person(self.locale, lines, self.beside_calling()))
    }

    fn about_lines(&self, say: impl FnOnce(Lines<'_>) -> Reply) -> Reply {
        say(Lines { numbers: &self.phone_numbers(), now: self.clock.now() })
    }

    /// What else can be done than to call.
    fn beside_calling(&self) -> Vec<Choice> {
        if self.keeps() { phone::beside(self.locale) } else { Vec::new() }
    }
}
