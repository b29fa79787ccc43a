//! Walks through the values of a file, and notes every fault with its place.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::domain::account::form::{Faults, Typed, Wrong};
use crate::domain::account::{Field, Toolbox};

use super::read::FileFault;

/// A file that is being read: every fault is noted, and only then is there an end.
pub(super) struct Reader<'a> {
    pub toolboxes: &'a [Toolbox],
    pub faults: Vec<FileFault>,
}

impl Reader<'_> {
    pub fn fault<T>(&mut self, path: &str, why: impl Into<String>) -> Option<T> {
        self.faults.push(FileFault { path: path.to_owned(), why: why.into() });
        None
    }

    pub fn object<'v>(
        &mut self,
        value: &'v Value,
        path: &str,
        keys: &[&str],
        fields: &[Field],
    ) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else { return self.fault(path, "this is no table") };
        let is_known = |key: &&String| {
            keys.contains(&key.as_str()) || fields.iter().any(|field| field.key() == key.as_str())
        };
        let unknown: Vec<String> = object.keys().filter(|key| !is_known(key)).cloned().collect();
        for key in unknown {
            self.fault::<()>(&join(path, &key), "there is no such key here");
        }
        Some(object)
    }

    /// What a list holds, with the places; nothing where there is none.
    pub fn list(&mut self, object: &Map<String, Value>, path: &str, key: &str) -> Vec<(String, Value)> {
        let path = join(path, key);
        match object.get(key) {
            Some(Value::Array(all)) => {
                all.iter().enumerate().map(|(at, one)| (format!("{path}[{at}]"), one.clone())).collect()
            }
            Some(_) => {
                self.fault::<()>(&path, "this is no list");
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// A text, or a number as it is written.
    pub fn text(&mut self, object: &Map<String, Value>, path: &str, key: &str) -> Option<String> {
        match object.get(key)? {
            Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                self.fault(&join(path, key), "this is no text")
            }
        }
    }

    /// A text that something is read from; `None` where it is not there, or is none.
    pub fn parsed<T, E: ToString>(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        key: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(object, path, key)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(why) => self.fault(&join(path, key), why.to_string()),
        }
    }

    /// The same where it has to be there.
    pub fn required<T, E: ToString>(
        &mut self,
        object: &Map<String, Value>,
        path: &str,
        key: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        if !object.contains_key(key) {
            return self.fault(&join(path, key), "this is missing");
        }
        let faults = self.faults.len();
        let read = self.parsed(object, path, key, parse);
        if read.is_none() && faults == self.faults.len() {
            return self.fault(&join(path, key), "this is empty");
        }
        read
    }

    pub fn flag(&mut self, object: &Map<String, Value>, path: &str, key: &str) -> bool {
        match object.get(key) {
            None => false,
            Some(Value::Bool(on)) => *on,
            Some(_) => self.fault::<bool>(&join(path, key), "this is neither true nor false").is_some(),
        }
    }

    /// The fields of a form as if they had been typed.
    pub fn typed(&mut self, object: &Map<String, Value>, path: &str, fields: &[Field]) -> Typed {
        let key = |field: &Field| field.key();
        let read = fields.iter().map(key).map(|key| (key.to_owned(), self.text(object, path, key)));
        read.collect::<Vec<_>>().into_iter().filter_map(|(key, text)| Some((key, text?))).collect()
    }

    pub fn formed<T>(&mut self, path: &str, read: Result<T, Faults>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(Faults(faults)) => {
                for fault in faults {
                    self.fault::<()>(&join(path, fault.field.key()), wrong(fault.why));
                }
                None
            }
        }
    }

    pub fn no_two(&mut self, names: impl Iterator<Item = String>, path: &str, what: &str) {
        let (mut seen, mut twice) = (BTreeSet::new(), BTreeSet::new());
        for name in names {
            if !seen.insert(name.clone()) {
                twice.insert(name);
            }
        }
        for name in twice {
            self.fault::<()>(path, format!("there are two {what} {name}"));
        }
    }
}

pub(super) fn join(path: &str, key: &str) -> String {
    match path {
        "" | "the file" => key.to_owned(),
        path => format!("{path}.{key}"),
    }
}

fn wrong(why: Wrong) -> String {
    match why {
        Wrong::Missing => "this is missing".to_owned(),
        Wrong::TooLong { most } => format!("this has more than {most} characters"),
        Wrong::NoMailAddress => "this is no e-mail address".to_owned(),
        Wrong::NoPhoneNumber => "this is no telephone number".to_owned(),
        Wrong::NoWebAddress => "this is no address of a website".to_owned(),
        Wrong::NoPartnerId => "a partner number has letters, digits and hyphens".to_owned(),
    }
}
