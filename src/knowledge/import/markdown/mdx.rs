//! What MDX (Docusaurus) adds to Markdown: imports, exports and components.

use std::{collections::HashMap, sync::LazyLock};

use regex::{Captures, Regex};

use super::{
    arguments::Arguments,
    escape,
    lines::{self, Fences, Line, outside_code},
    mdx_unfold,
};
use crate::knowledge::import::{
    paths,
    patterns::{group, pattern},
};

static IMPORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"^import\s+(?:(?<names>[\w{}$*,\s]+?)\s+from\s+)?["'](?<path>[^"']+)["'];?\s*$"#)
});
static EXPORT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^export\s+(?:const|let|var|function|class|default|async)\b"));
static COMMENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{/\*.*?\*/\}"));
static SELF_CLOSING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"<(?<name>[A-Z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*)(?:\s(?:[^<>]|=>)*?)?/>"));
static TAG_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?<indent>\s*)<(?<close>/?)(?<name>[A-Z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*)(?<rest>(?:\s(?:[^<>]|=>)*)?)>\s*$",
    )
});

/// The text without imports, exports and components; what stands inside components stays.
///
/// A component that is an imported part (`import X from './_x.mdx'`, `<X />`) becomes Learn's `[!INCLUDE …]`.
///
/// `components` is untrue where the flavour has none: `<Correlation />` in an article about a log is text then.
pub(super) fn convert(text: &str, components: bool) -> String {
    if !components {
        return text.to_owned();
    }
    let imports = imports(&lines::of(text));
    let names: Vec<&str> = imports.iter().flat_map(|(names, _)| names.split([',', '{', '}', ' '])).collect();
    let parts: Vec<_> = imports.iter().filter(|(_, path)| paths::is_markdown(path)).copied().collect();
    let text = &mdx_unfold::unfold(text, &names);
    let lines = lines::of(text);
    let mut out: Vec<String> = Vec::new();
    let mut exporting = false;
    let mut open: Vec<Component> = Vec::new();
    let mut known: HashMap<String, bool> = HashMap::new();
    let mut previous_blank = true;
    let mut fences = Fences::default();
    for line in &lines {
        // MDX has no indented code: inside components only fences make code.
        let inside = !open.is_empty();
        let code = if inside { fences.covers(line.text) || (line.code && !line.indented) } else { line.code };
        let line = &Line { code, ..*line };
        let starts_block = previous_blank;
        previous_blank = line.is_blank();
        exporting = if starts_block && !line.code {
            EXPORT.is_match(line.text)
        } else {
            exporting && !line.is_blank()
        };
        let import = starts_block && !line.code && IMPORT.is_match(line.text);
        if import || exporting {
            // Imports stand in a row.
            previous_blank |= import;
        } else if let Some(tag) =
            TAG_LINE.captures(line.text).filter(|tag| !line.code && is_component(tag, text, &mut known))
        {
            out.push(component(&tag, &mut open));
        } else {
            let text = dedented(line.text, &mut open);
            out.push(if line.code { text.to_owned() } else { inline(text, &parts) });
        }
    }
    out.join("\n")
}

/// A component whose content is being read.
struct Component {
    name: String,
    /// How far its content is indented; MDX has no indented code, so that may be any number of spaces.
    indent: Option<usize>,
}

/// Components stand in pairs; a lone `<ServerName>` is a word for the reader.
fn is_component(tag: &Captures<'_>, text: &str, known: &mut HashMap<String, bool>) -> bool {
    let name = group(tag, "name");
    let in_pairs = || text.contains(&format!("</{name}>")) && text.contains(&format!("<{name}"));
    *known.entry(name.to_owned()).or_insert_with(in_pairs)
}

/// What a reader sees of a component's tag.
fn component(tag: &Captures<'_>, open: &mut Vec<Component>) -> String {
    let name = group(tag, "name");
    let closes = group(tag, "close") == "/";
    if !closes {
        open.push(Component { name: name.to_owned(), indent: None });
    } else if let Some(opened) = open.iter().rposition(|component| component.name == name) {
        open.truncate(opened);
    }
    let arguments = Arguments::parse(group(tag, "rest"));
    match name {
        "Admonition" if closes => "\n:::\n".to_owned(),
        "Admonition" => {
            let kind = arguments.first(&["type"]).unwrap_or("note");
            format!("\n:::{kind} {}\n", arguments.first(&["title"]).unwrap_or_default())
        }
        "TabItem" | "Tab" | "Step" | "Accordion" if !closes => {
            let title = arguments.first(&["label", "title", "value"]).map(escape::inline);
            title.map(|title| format!("\n### {title}\n")).unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The line without the indentation that the components around it gave it.
fn dedented<'a>(line: &'a str, open: &mut [Component]) -> &'a str {
    let spaces = line.len() - line.trim_start_matches(' ').len();
    let Some(innermost) = open.last_mut() else { return line };
    if innermost.indent.is_none() && !line.trim().is_empty() {
        innermost.indent = Some(spaces);
    }
    line.get(innermost.indent.unwrap_or(0).min(spaces)..).unwrap_or(line)
}

/// What is imported, and from where.
fn imports<'a>(lines: &[Line<'a>]) -> Vec<(&'a str, &'a str)> {
    let import = |line: &Line<'a>| {
        let import = IMPORT.captures(line.text)?;
        Some((group(&import, "names").trim(), group(&import, "path")))
    };
    lines.iter().filter(|line| !line.code).filter_map(import).collect()
}

fn inline(line: &str, parts: &[(&str, &str)]) -> String {
    if !line.contains(['<', '{']) {
        return line.to_owned();
    }
    outside_code(line, |text| {
        let text = COMMENT.replace_all(text, "");
        SELF_CLOSING
            .replace_all(&text, |tag: &Captures<'_>| {
                let start = tag.get(0).map_or(0, |all| all.start());
                if text.get(..start).is_some_and(|before| before.ends_with('\\')) {
                    return tag.get(0).map_or_else(String::new, |all| all.as_str().to_owned());
                }
                let part = parts.iter().find(|(name, _)| *name == group(tag, "name"));
                part.map(|(name, path)| format!("[!INCLUDE [{name}]({path})]")).unwrap_or_default()
            })
            .into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn imports_exports_and_components_go() {
        for (text, expected) in [
            ("import A from '@site/a';\nimport {B} from \"b\"\n\nText", "\nText"),
            ("export const x = {\n  a: 1,\n};\n\nText", "\nText"),
            ("To import a certificate from 'X', do this.", "To import a certificate from 'X', do this."),
            ("a <Badge text=\"new\" /> b {/* hidden */}", "a  b "),
            ("`<Badge />` <ServerName>", "`<Badge />` <ServerName>"),
            ("<ServerName>", "<ServerName>"),
            (r"\<Correlation />", r"\<Correlation />"),
            ("import P from './_p.mdx';\n\n<P />", "\n[!INCLUDE [P](./_p.mdx)]"),
            ("```js\nimport a from 'b';\n```", "```js\nimport a from 'b';\n```"),
        ] {
            assert_eq!(convert(text, true), expected, "{text}");
        }
    }

    #[test]
    fn what_components_hold_stays_and_loses_their_indentation() {
        let text = "<Tabs>\n  <TabItem value=\"a\" label=\"Linux\">\n\n    1. One\n\n       ```sh\n       ls\n       ```\n\n  </TabItem>\n</Tabs>\nAfter";
        let after_a_gap = "<Tabs>\n\n    <TabItem value=\"a\">\n\n    ```sh\n    <X />\n    ```\n\n    </TabItem>\n\n</Tabs>";
        assert_eq!(convert(after_a_gap, true), "\n\n\n### a\n\n\n```sh\n<X />\n```\n\n\n\n");
        assert_eq!(convert(text, true), "\n\n### Linux\n\n\n1. One\n\n   ```sh\n   ls\n   ```\n\n\n\nAfter");
    }
}
