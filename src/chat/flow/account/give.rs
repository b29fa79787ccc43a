//! What the steps of a change take: what is typed, pressed, filled in.

use crate::chat::text::fold;
use crate::domain::account::{AccessModel, ContactId, Field, OrgKind, Procedure};

use super::super::{Given, NotTaken, Pick, Step, Way};
use super::list::{parts, seek};
use super::{AccountDraft, Asks, Gave, Item, Right, Sought};

/// What says that a list is complete.
const THAT_IS_ALL: [&str; 12] = [
    "done",
    "next",
    "ok",
    "okay",
    "ready",
    "that's all",
    "thats all",
    "that is all",
    "that's it",
    "that is it",
    "no more",
    "go on",
];
/// What says that something is right.
const YES: [&str; 10] =
    ["yes", "y", "confirm", "confirm it", "ok", "okay", "do it", "send it", "yes please", "that's right"];

impl AccountDraft {
    pub(in super::super) fn give(&mut self, given: &Given) -> Result<(), NotTaken> {
        let Step::Account(asks) = self.step() else { return Err(NotTaken::NoAnswer) };
        match given {
            Given::Text(text) => self.say(&asks, text),
            Given::Pick(pick) => self.press(&asks, pick),
            Given::Fields(typed) => self.hand_in(&asks, typed),
            Given::Files => Err(NotTaken::NoAnswer),
        }
    }

    fn hand_in(&mut self, asks: &Asks, typed: &[(String, String)]) -> Result<(), NotTaken> {
        let Asks::Form(_) = asks else { return Err(NotTaken::NoAnswer) };
        let own = self.fields();
        let field = |(key, text): &(String, String)| {
            Field::called(key).filter(|field| own.contains(field)).map(|field| (field, text.clone()))
        };
        let fields: Vec<(Field, String)> = typed.iter().filter_map(field).collect();
        if fields.is_empty() { Err(NotTaken::NoAnswer) } else { self.fill(&fields) }
    }

    fn say(&mut self, asks: &Asks, text: &str) -> Result<(), NotTaken> {
        let folded = fold(text);
        match asks {
            Asks::Form(fields) => {
                let Some(field) = fields.first() else { return Err(NotTaken::NoAnswer) };
                match folded.as_str() {
                    "keep" | "keep it" | "same" | "the same" | "unchanged"
                        if !self.text_of(*field).is_empty() =>
                    {
                        self.press(asks, &Pick::Keep)
                    }
                    "keep the rest" | "keep all" => self.press(asks, &Pick::KeepRest),
                    _ => self.fill(&[(*field, text.to_owned())]),
                }
            }
            Asks::Request => match folded.as_str() {
                "send it" | "send it as a request" | "request" | "yes" | "yes please" | "ask them" => {
                    self.press(asks, &Pick::Request)
                }
                _ => Err(NotTaken::NoAnswer),
            },
            Asks::Confirm(_) if YES.contains(&folded.as_str()) => self.press(asks, &Pick::Confirm),
            Asks::Confirm(_) => match folded.as_str() {
                "change" | "change something" | "change it" | "edit" if self.back() => Ok(()),
                _ => Err(NotTaken::NoAnswer),
            },
            Asks::Kind | Asks::Right | Asks::Model => {
                let way = Way::meant(&folded).ok_or(NotTaken::NoAnswer)?;
                self.press(asks, &Pick::Way(way))
            }
            Asks::Contact | Asks::Contacts | Asks::Toolboxes | Asks::Licences => self.name(asks, text),
        }
    }

    /// Takes what somebody calls one or several of a list.
    fn name(&mut self, asks: &Asks, text: &str) -> Result<(), NotTaken> {
        let (items, folded) = (self.items_of(asks), fold(text));
        let is_several = *asks != Asks::Contact;
        if is_several && THAT_IS_ALL.contains(&folded.as_str()) {
            return self.press(asks, &Pick::Next);
        }
        match folded.as_str() {
            "show all" => return self.press(asks, &Pick::All),
            "all" | "all of them" if is_several => {
                for item in &items {
                    self.put(item.key(), true);
                }
                return Ok(());
            }
            "none" | "nobody" | "none of them" if is_several => {
                for key in self.selected() {
                    self.put(&key, false);
                }
                return Ok(());
            }
            _ => {}
        }
        match seek(&items, text) {
            Sought::One(item) => return self.take(asks, &item),
            Sought::Several => {
                self.filter = Some(text.to_owned());
                self.from = 0;
                return Ok(());
            }
            Sought::Nothing => {}
        }
        let named: Vec<Sought> = parts(text).into_iter().map(|part| seek(&items, part)).collect();
        let one = |sought: &Sought| match sought {
            Sought::One(item) => Some(item.clone()),
            Sought::Several | Sought::Nothing => None,
        };
        let found: Option<Vec<Item>> = named.iter().map(one).collect();
        match found.filter(|found| is_several && found.len() > 1) {
            Some(found) => found.iter().try_for_each(|item| self.take(asks, item)),
            // What looks like an address is nobody's question.
            None if text.contains('@') && !text.contains(' ') => Err(NotTaken::Nobody(text.to_owned())),
            None => Err(NotTaken::NoAnswer),
        }
    }

    /// Takes one of a list: alone, or to what is chosen; typed again, it is taken away.
    fn take(&mut self, asks: &Asks, item: &Item) -> Result<(), NotTaken> {
        let is_in = self.selected().contains(item.key());
        let pick = if is_in && *asks != Asks::Contact {
            Pick::Without(item.handle.clone())
        } else {
            Pick::With(item.handle.clone())
        };
        self.press(asks, &pick)
    }

    fn put(&mut self, key: &str, with: bool) {
        if self.selected().contains(key) != with {
            self.select(key, with);
            let key = key.to_owned();
            self.trail.push(if with { Gave::With(key) } else { Gave::Without(key) });
        }
        (self.filter, self.from) = (None, 0);
    }

    fn press(&mut self, asks: &Asks, pick: &Pick) -> Result<(), NotTaken> {
        match (asks, pick) {
            (Asks::Request, Pick::Request) => {
                self.as_request = true;
                self.trail.push(Gave::Request);
            }
            (Asks::Kind, Pick::Way(way @ (Way::Customer | Way::Partner))) => {
                let is_partner = *way == Way::Partner;
                let partner = OrgKind::Partner { partner_id: None };
                self.kind = Some(if is_partner { partner } else { OrgKind::Customer });
                self.trail.push(Gave::Kind);
            }
            (Asks::Model, Pick::Way(way @ (Way::Open | Way::Secure))) => {
                let is_open = *way == Way::Open;
                self.model = Some(if is_open { AccessModel::Open } else { AccessModel::Secure });
                self.trail.push(Gave::Model);
            }
            (Asks::Right, Pick::Way(way)) => {
                self.right = Some(way.right().ok_or(NotTaken::NoAnswer)?);
                self.trail.push(Gave::Right);
            }
            (Asks::Contact, Pick::With(handle)) => {
                let item = self.items_of(asks).into_iter().find(|item| item.handle == *handle);
                let id = item.and_then(|item| item.key().parse().ok());
                self.contact = Some(ContactId(id.ok_or(NotTaken::NoAnswer)?));
                (self.filter, self.from) = (None, 0);
                self.trail.push(Gave::Contact);
            }
            (Asks::Contacts | Asks::Toolboxes | Asks::Licences, Pick::With(handle)) => {
                if !self.items_of(asks).iter().any(|item| item.handle == *handle) {
                    return Err(NotTaken::NoAnswer);
                }
                self.put(handle.as_str(), true);
            }
            (Asks::Contacts | Asks::Toolboxes | Asks::Licences, Pick::Without(handle)) => {
                self.put(handle.as_str(), false);
            }
            (Asks::Contacts | Asks::Toolboxes | Asks::Licences, Pick::Next) => {
                // What was chosen stays what was seen, whatever others do meanwhile.
                self.chosen = Some(self.selected());
                self.is_chosen = true;
                (self.filter, self.from) = (None, 0);
                self.trail.push(Gave::Chosen);
            }
            (Asks::Contact | Asks::Contacts | Asks::Toolboxes | Asks::Licences, Pick::From(from)) => {
                self.from = *from;
            }
            (Asks::Contact | Asks::Contacts | Asks::Toolboxes | Asks::Licences, Pick::All) => {
                (self.filter, self.from) = (None, 0);
            }
            (Asks::Form(fields), _) => return self.press_in_form(fields, pick),
            (Asks::Confirm(_), Pick::Confirm) => self.confirmed = true,
            (
                Asks::Request
                | Asks::Kind
                | Asks::Contact
                | Asks::Contacts
                | Asks::Right
                | Asks::Toolboxes
                | Asks::Model
                | Asks::Licences
                | Asks::Confirm(_),
                _,
            ) => return Err(NotTaken::NoAnswer),
        }
        Ok(())
    }

    fn press_in_form(&mut self, fields: &[Field], pick: &Pick) -> Result<(), NotTaken> {
        let Some(field) = fields.first().copied() else { return Err(NotTaken::NoAnswer) };
        let present = |field: Field| (field, self.text_of(field));
        match pick {
            Pick::Keep | Pick::Skip => self.fill(&[present(field)]),
            Pick::KeepRest => self.fill(&fields.iter().copied().map(present).collect::<Vec<_>>()),
            Pick::Empty => self.fill(&[(field, String::new())]),
            Pick::Neither
            | Pick::Solved(_)
            | Pick::Same
            | Pick::Another
            | Pick::Product(_)
            | Pick::NoProduct
            | Pick::Case(_)
            | Pick::Next
            | Pick::Stuck
            | Pick::Restart
            | Pick::Worked
            | Pick::Failed
            | Pick::Company
            | Pick::With(_)
            | Pick::Without(_)
            | Pick::Way(_)
            | Pick::From(_)
            | Pick::All
            | Pick::Request
            | Pick::Confirm => Err(NotTaken::NoAnswer),
        }
    }

    /// What a contact is to be, as it was said with the wish.
    pub fn begins_as(&mut self, way: Option<Way>) {
        if self.procedure == Procedure::Rights {
            self.right = way.and_then(Way::right);
        }
    }

    /// Whom it is about, as they were named with the wish; nothing is said of whoever can't be told.
    pub fn begins_about(&mut self, typed: &str) -> Sought {
        let takes_one = match self.procedure {
            Procedure::Contact | Procedure::RemoveContact | Procedure::Rights => true,
            Procedure::AddContact
            | Procedure::CreateAccount
            | Procedure::Company
            | Procedure::SecurityContacts
            | Procedure::Model
            | Procedure::Renewals => false,
        };
        if !takes_one {
            return Sought::Several;
        }
        let sought = seek(&self.items_of(&Asks::Contact), typed);
        match &sought {
            Sought::One(item) => self.contact = item.key().parse().ok().map(ContactId),
            Sought::Several => self.filter = Some(typed.to_owned()),
            Sought::Nothing => {}
        }
        sought
    }
}

impl Way {
    /// What a contact is to be who goes this way.
    const fn right(self) -> Option<Right> {
        match self {
            Self::Administrator => Some(Right::Administrator),
            Self::NoAdministrator => Some(Right::NoAdministrator),
            Self::Toolboxes => Some(Right::Toolboxes),
            Self::Customer | Self::Partner | Self::Open | Self::Secure => None,
        }
    }

    /// What somebody means who types it.
    fn meant(folded: &str) -> Option<Self> {
        Some(match folded {
            "customer" | "a customer" => Self::Customer,
            "partner" | "a partner" => Self::Partner,
            "open" | "the open model" | "open model" => Self::Open,
            "secure" | "the secure model" | "secure model" => Self::Secure,
            "administrator" | "admin" | "an administrator" | "make them an administrator" => {
                Self::Administrator
            }
            "no administrator" | "not an administrator" | "no administrator any more" => {
                Self::NoAdministrator
            }
            "toolboxes" | "some toolboxes" | "only some toolboxes" | "restrict" | "restricted" => {
                Self::Toolboxes
            }
            _ => return None,
        })
    }
}
