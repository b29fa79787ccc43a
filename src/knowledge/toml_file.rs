//! Reads one of the folder's TOML files; one that is not there says nothing.

use std::{io, path::Path};

use super::{
    fault::{Fault, Remark},
    fields::{self, Fields},
    lines::Lines,
    text,
};

/// What `parse` makes of a file of the folder. Its faults go to `faults`.
pub(super) fn read<T: Default>(
    folder: &Path,
    name: &str,
    faults: &mut Vec<Fault>,
    parse: impl FnOnce(Fields<'_>, &mut Vec<Remark>) -> T,
) -> T {
    let file = folder.join(name);
    let mut remarks = Vec::new();
    let text = text::read(&file, &mut remarks).unwrap_or_else(|error| {
        if error.kind() != io::ErrorKind::NotFound {
            remarks.push(text::unreadable(&error));
        }
        None
    });
    let value = text.and_then(|text| parse_text(&text, &mut remarks, parse)).unwrap_or_default();
    remarks.sort_by_key(|remark| remark.line);
    faults.extend(remarks.into_iter().map(|remark| remark.in_file(&file)));
    value
}

/// What `parse` makes of a text; none where it is no TOML.
pub(super) fn parse_text<T>(
    text: &str,
    remarks: &mut Vec<Remark>,
    parse: impl FnOnce(Fields<'_>, &mut Vec<Remark>) -> T,
) -> Option<T> {
    let lines = Lines::of(text, 1);
    let table = fields::parse(text, &lines, remarks)?;
    Some(parse(Fields::new(&table, &lines, 1), remarks))
}
