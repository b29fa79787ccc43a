//! The arguments of tags in templates, components and directives: `name="value"`, `name=value` or bare values.

use std::sync::LazyLock;

use regex::Regex;

use crate::knowledge::import::patterns::{group, pattern};

static ARGUMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?s)(?:(?<name>[A-Za-z_:][\w:.-]*)\s*=\s*)?(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|\{`?(?<brace>[^{}`]*)`?\}|(?<bare>[^\s"'{}]+))"#,
    )
});

/// What a tag was given.
#[derive(Debug, Default)]
pub(super) struct Arguments<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Arguments<'a> {
    /// Reads the inside of a tag, its name excluded.
    pub(super) fn parse(text: &'a str) -> Self {
        let read = |captures: regex::Captures<'a>| {
            let value = ["double", "single", "brace", "bare"]
                .into_iter()
                .find_map(|kind| captures.name(kind))
                .map_or("", |found| found.as_str());
            (group(&captures, "name"), value.trim())
        };
        Self(ARGUMENT.captures_iter(text).map(read).collect())
    }

    /// The first of these names that has a value.
    pub(super) fn first(&self, names: &[&str]) -> Option<&'a str> {
        names.iter().find_map(|wanted| {
            let same = |(name, value): &&(&str, &str)| name.eq_ignore_ascii_case(wanted) && !value.is_empty();
            self.0.iter().find(same).map(|(_, value)| *value)
        })
    }

    /// The first value that stands without a name.
    pub(super) fn positional(&self) -> Option<&'a str> {
        self.0.iter().find(|(name, value)| name.is_empty() && !value.is_empty()).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_read_in_every_spelling() {
        let found =
            Arguments::parse(r#" type="content" alt-text='A "b" c' width=3 {4} label={`x`} "bare one""#);
        assert_eq!(found.first(&["alt-text"]), Some(r#"A "b" c"#));
        assert_eq!(found.first(&["missing", "WIDTH"]), Some("3"));
        assert_eq!(found.first(&["label"]), Some("x"));
        assert_eq!(found.positional(), Some("4"));
    }
}
