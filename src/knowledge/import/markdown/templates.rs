//! The tags of Jekyll (`{% … %}`, `{: .class}`) and Hugo (`{{< … >}}`): what they say to readers stays, the rest goes.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{
    arguments::Arguments,
    escape,
    include::Includes,
    lines::{self, outside_code},
};
use crate::knowledge::import::patterns::{group, pattern};

static LIQUID: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{%-?\s*(?<name>[\w-]*)\s*(?<rest>.*?)-?%\}"));
static EXPRESSION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"\{\{\s*(?:(?:site|page|layout|include)\.[^}]*|["'](?<path>[^"'}]*)["']\s*\|\s*(?:relative|absolute)_url[^}]*)\}\}"#,
    )
});
static SHORTCODE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\{\{[<%]\s*(?<close>/?)\s*(?<name>[\w./-]+)(?<rest>.*?)/?\s*[>%]\}\}"));
static CLASSES: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{::?\s*[.#\w/][^{}\n]*\}"));
static HEADING_ID: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?<text>\s*#{1,6}\s.*?)\s*\{#[^{}]*\}\s*$"));
static CONTENTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^\s*(?:[-*+]|1\.)\s+toc\s*$"));

/// The text without the tags of templates. Tags that include a part become Learn's `[!INCLUDE …]`.
pub(super) fn convert(text: &str, includes: &Includes<'_>) -> String {
    if !text.contains(['{', '}']) {
        return text.to_owned();
    }
    let mut out: Vec<String> = Vec::new();
    let mut state = State::Text;
    for line in lines::of(text) {
        let ended = match state {
            State::Text => false,
            State::Comment => line.text.contains("endcomment"),
            State::Highlight => {
                ["endhighlight", "/highlight", "/ highlight"].iter().any(|end| line.text.contains(end))
            }
        };
        if ended {
            if matches!(state, State::Highlight) {
                out.push("```".to_owned());
            }
            state = State::Text;
        } else if matches!(state, State::Highlight) || (line.code && matches!(state, State::Text)) {
            out.push(line.text.to_owned());
        } else if matches!(state, State::Text) {
            state = text_line(line.text, includes, &mut out);
        }
    }
    out.join("\n")
}

/// What the lines up to the next closing tag are.
enum State {
    Text,
    Comment,
    Highlight,
}

fn text_line(line: &str, includes: &Includes<'_>, out: &mut Vec<String>) -> State {
    if let Some((state, opening)) = opens(line) {
        out.extend(opening);
        return state;
    }
    let line = HEADING_ID.replace(line, "$text");
    let replaced = outside_code(&line, |text| {
        let text = EXPRESSION.replace_all(text, "$path");
        // Hugo's tags first: `{{% x %}}` looks like one of Jekyll's inside.
        let text = SHORTCODE.replace_all(&text, |tag: &Captures<'_>| shortcode(tag, includes));
        let text = LIQUID.replace_all(&text, |tag: &Captures<'_>| liquid(tag, includes));
        CLASSES.replace_all(&text, "").into_owned()
    });
    // A line of classes belongs to the block before it, and leaves no gap: it must not end a list.
    if replaced.trim().is_empty() && CLASSES.is_match(&line) && !LIQUID.is_match(&line) {
        if out.last().is_some_and(|previous| CONTENTS.is_match(previous)) {
            out.pop();
            remove_heading(out);
        }
    } else {
        out.extend(replaced.split('\n').map(str::to_owned));
    }
    State::Text
}

/// A table of contents goes with the heading above it, which has nothing else to say.
fn remove_heading(out: &mut Vec<String>) {
    let last = out.iter().rposition(|line| !line.trim().is_empty());
    if let Some(at) = last.filter(|at| out.get(*at).is_some_and(|line| line.starts_with("##"))) {
        out.truncate(at);
    }
}

/// Whether the line opens a comment or a listing, and what stands in its place.
fn opens(line: &str) -> Option<(State, Option<String>)> {
    let tag = SHORTCODE.captures(line).or_else(|| LIQUID.captures(line))?;
    let closed_at_once =
        line.contains("endcomment") || line.contains("endhighlight") || line.contains("/highlight");
    match group(&tag, "name") {
        _ if closed_at_once || tag.name("close").is_some_and(|close| !close.is_empty()) => None,
        "comment" => Some((State::Comment, None)),
        "highlight" => {
            let language = Arguments::parse(group(&tag, "rest")).positional().unwrap_or_default();
            Some((State::Highlight, Some(format!("```{language}"))))
        }
        _ => None,
    }
}

fn liquid(tag: &Captures<'_>, includes: &Includes<'_>) -> String {
    let rest = group(tag, "rest").trim();
    match group(tag, "name") {
        "link" => format!("/{}", rest.trim_start_matches('/')),
        "post_url" => format!("/_posts/{rest}"),
        "include" | "include_relative" | "include_cached" => {
            let arguments = Arguments::parse(rest);
            let file = arguments.positional().unwrap_or_default();
            included(&[&format!("/_includes/{file}"), file], includes).unwrap_or_else(|| {
                // What is handed to a part is Markdown as a rule.
                let said = arguments.first(&["content", "message", "text", "title", "caption"]);
                let alt = arguments.first(&["alt"]).map(escape::inline);
                said.map(str::to_owned).or(alt).unwrap_or_default()
            })
        }
        _ => String::new(),
    }
}

fn shortcode(tag: &Captures<'_>, includes: &Includes<'_>) -> String {
    let arguments = Arguments::parse(group(tag, "rest"));
    let closes = group(tag, "close") == "/";
    match group(tag, "name") {
        "ref" | "relref" => {
            arguments.first(&["path"]).or(arguments.positional()).unwrap_or_default().to_owned()
        }
        "figure" | "img" | "image" => {
            arguments.first(&["alt", "caption", "title"]).map(escape::inline).unwrap_or_default()
        }
        "include" | "readfile" | "snippet" => {
            let file = arguments.first(&["file", "path"]).or(arguments.positional()).unwrap_or_default();
            // Where it is not to be found, a later step notes that.
            included(&[file], includes).unwrap_or_else(|| format!("[!INCLUDE []({file})]"))
        }
        "tab" | "tabpanel" if !closes => {
            let name = arguments.first(&["name", "header", "title", "label"]).or(arguments.positional());
            name.map(|name| format!("### {}\n", escape::inline(name))).unwrap_or_default()
        }
        "details" | "expand" if !closes => {
            let title = arguments.first(&["title", "summary"]).or(arguments.positional());
            title.map(|title| format!("**{}**\n", escape::inline(title))).unwrap_or_default()
        }
        "youtube" => {
            let video = arguments.first(&["id"]).or(arguments.positional()).unwrap_or_default();
            format!("[Video](https://www.youtube.com/watch?v={video})")
        }
        "heading" => arguments.positional().map(escape::inline).unwrap_or_default(),
        // A term with an explanation is a word of its sentence; what else is handed over speaks to the site.
        name => callout(name, closes, &arguments)
            .or_else(|| arguments.first(&["text", "label", "content"]).map(escape::inline))
            .unwrap_or_default(),
    }
}

/// Notes and warnings take the form that Docusaurus gives them; a later step makes quotes of both.
fn callout(name: &str, closes: bool, arguments: &Arguments<'_>) -> Option<String> {
    let generic = ["alert", "notice", "callout", "hint", "admonition", "admonitions"].contains(&name);
    if !generic && !super::containers::is_admonition(name) {
        return None;
    }
    if closes {
        return Some("\n:::\n".to_owned());
    }
    let kind = arguments.first(&["type", "level", "context", "color"]).or(arguments.positional());
    let kind = if generic {
        kind.filter(|kind| super::containers::is_admonition(kind)).unwrap_or("note")
    } else {
        name
    };
    let title = arguments.first(&["title", "heading"]).unwrap_or_default();
    Some(format!("\n:::{kind} {title}\n"))
}

fn included(candidates: &[&str], includes: &Includes<'_>) -> Option<String> {
    let file = candidates.iter().find(|file| includes.has(file))?;
    Some(format!("[!INCLUDE [{file}]({file})]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str) -> String {
        convert(text, &Includes::none())
    }

    #[test]
    fn jekyll_tags_go_and_what_they_say_stays() {
        for (text, expected) in [
            ("{% if x %}a{% endif %} b", "a b"),
            ("[a]({{ site.baseurl }}{% link _docs/b.md %})", "[a](/_docs/b.md)"),
            (r#"[a]({{ "/b/" | relative_url }})"#, "[a](/b/)"),
            (r#"{% include note.html content="Mind *this*." %}"#, "Mind *this*."),
            ("1. a\n{: .x}\n2. b", "1. a\n2. b"),
            ("* TOC\n{:toc}\n\nb", "\nb"),
            ("a\n\n## Contents\n{: .x }\n\n1. TOC\n{:toc}\n\nb", "a\n\n\nb"),
            ("a{:target=\"_blank\"} b", "a b"),
            ("## A {#the-a}", "## A"),
            ("{% comment %}\nx\n{% endcomment %}\nb", "b"),
            ("{% highlight ruby %}\n{{ site.x }}\n{% endhighlight %}", "```ruby\n{{ site.x }}\n```"),
            ("`{% raw %}` and {{ mustache }}", "`{% raw %}` and {{ mustache }}"),
            ("```\n{% x %}\n```", "```\n{% x %}\n```"),
        ] {
            assert_eq!(converted(text), expected, "{text}");
        }
    }

    #[test]
    fn hugo_shortcodes_keep_what_readers_see() {
        for (text, expected) in [
            (r#"[a]({{< ref "b.md" >}})"#, "[a](b.md)"),
            (r#"{{< figure src="a.png" alt="A window" >}}"#, "A window"),
            ("{{% notice warning %}}\na\n{{% /notice %}}", "\n:::warning \n\na\n\n:::\n"),
            (r#"{{< tab name="Linux" >}}"#, "### Linux\n"),
            ("{{< highlight go >}}\na {{< x >}}\n{{< /highlight >}}", "```go\na {{< x >}}\n```"),
            ("{{< unknown 1 >}}a", "a"),
            (r#"A {{< term text="Pod" id="pod" >}} runs."#, "A Pod runs."),
            (r#"## {{% heading "prerequisites" %}}"#, "## prerequisites"),
        ] {
            assert_eq!(converted(text), expected, "{text}");
        }
    }
}
