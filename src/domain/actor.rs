//! Who asks for something. What somebody may do follows from this and from nothing else.

use super::{Person, PersonId, StaffRole};

/// Somebody who asks for something, as `services::people` found them. Made of a person's record only, so no door can give a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Actor {
    person: PersonId,
    staff: Option<StaffRole>,
}

/// Proof that somebody works for the desk. What only staff may do asks for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Staff {
    person: PersonId,
}

impl Actor {
    /// What the record of a person makes of them.
    #[must_use]
    pub fn of(person: &Person) -> Self {
        Self { person: person.id, staff: person.staff.filter(|_| person.erased.is_none()) }
    }

    /// Somebody who looks as a customer, whatever else they may do.
    #[must_use]
    pub fn as_customer(person: &Person) -> Self {
        Self { person: person.id, staff: None }
    }

    /// Who it is.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// Proof that they work for the desk; `None` for everybody else.
    #[must_use]
    pub fn staff(&self) -> Option<Staff> {
        self.staff.map(|_: StaffRole| Staff { person: self.person })
    }
}

impl Staff {
    /// Who it is.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.person
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn only_a_living_record_of_staff_gives_rights() {
        let person = Person::new(PersonId(1), DateTime::UNIX_EPOCH);
        assert_eq!(Actor::of(&person).staff(), None);
        let agent = Person { staff: Some(StaffRole::Agent), ..person };
        assert_eq!(Actor::of(&agent).staff().map(|staff| staff.person()), Some(PersonId(1)));
        let erased = Person { erased: Some(DateTime::UNIX_EPOCH), ..agent };
        assert_eq!(Actor::of(&erased).staff(), None);
    }
}
