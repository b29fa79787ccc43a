//! Puts the tags of components on lines of their own, each on one: `<TabItem …>text</TabItem>`, and tags over many lines.

use std::sync::LazyLock;

use regex::Regex;

use super::lines::{self, Line};
use crate::knowledge::import::patterns::{group, pattern};

/// A tag, its content and its end in one line.
static PAIR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?<indent>\s*)(?<tag><(?<name>[A-Z][A-Za-z0-9.]*)(?:\s(?:[^<>]|=>)*)?>)(?<said>.+)</(?<end>[A-Z][A-Za-z0-9.]*)>\s*$",
    )
});
/// A tag that begins here and ends on a later line.
static BEGINNING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?<indent>\s*)<(?<name>[A-Z][A-Za-z0-9.]*)(?:\s[^<>]*)?$"));

/// Components that need no import: sites bring them along.
const USUAL: [&str; 9] =
    ["Tabs", "TabItem", "Tab", "Steps", "Step", "Accordion", "Admonition", "Details", "Card"];

/// No tag is longer, in lines.
const LONGEST: usize = 40;

/// The text with such tags unfolded. `imported` are the names of this file's own components.
pub(super) fn unfold(text: &str, imported: &[&str]) -> String {
    let lines = lines::of(text);
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        at += 1;
        let is_component = |name: &str| USUAL.contains(&name) || imported.contains(&name);
        // Indentation makes no code in MDX.
        let may_hold_tags = !line.code || line.indented;
        let pair =
            PAIR.captures(line.text).filter(|found| may_hold_tags && is_component(group(found, "name")));
        let begins =
            BEGINNING.captures(line.text).filter(|found| may_hold_tags && is_component(group(found, "name")));
        if let Some(pair) = pair.filter(|pair| group(pair, "name") == group(pair, "end")) {
            let (indent, name) = (group(&pair, "indent"), group(&pair, "name"));
            out.push(format!("{indent}{}", group(&pair, "tag")));
            out.push(String::new());
            out.push(format!("{indent}{}", group(&pair, "said").trim()));
            out.push(String::new());
            out.push(format!("{indent}</{name}>"));
        } else if let Some((joined, used)) = begins.and_then(|_| joined(line, lines.get(at..)?)) {
            out.push(joined);
            at += used;
        } else {
            out.push(line.text.to_owned());
        }
    }
    out.join("\n")
}

/// A tag's lines as one, and how many were joined to the first.
fn joined(first: &Line<'_>, rest: &[Line<'_>]) -> Option<(String, usize)> {
    let mut joined = first.text.trim_end().to_owned();
    for (used, line) in rest.iter().take(LONGEST).take_while(|line| !line.is_blank()).enumerate() {
        joined.push(' ');
        joined.push_str(line.text.trim());
        if line.text.trim_end().ends_with('>') && !line.text.trim_end().ends_with("=>") {
            return Some((joined, used + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::unfold;

    #[test]
    fn tags_stand_on_lines_of_their_own() {
        for (text, expected) in [
            (
                "<Tabs>\n  <TabItem value=\"a\">One *two*</TabItem>\n</Tabs>",
                "<Tabs>\n  <TabItem value=\"a\">\n\n  One *two*\n\n  </TabItem>\n</Tabs>",
            ),
            ("<Tabs\n  a={[\n    {b: 1},\n  ]}>\nx", "<Tabs a={[ {b: 1}, ]}>\nx"),
            ("<Chart\n  data={x}\n/>\ny", "<Chart data={x} />\ny"),
            ("<EventID>142</EventID>", "<EventID>142</EventID>"),
            ("```\n<TabItem>x</TabItem>\n```", "```\n<TabItem>x</TabItem>\n```"),
        ] {
            assert_eq!(unfold(text, &["Chart"]), expected, "{text}");
        }
    }
}
