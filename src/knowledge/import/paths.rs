//! Paths inside an imported folder: always relative to it, with `/`, and never leading out of it.

use percent_encoding::percent_decode_str;

/// Where `target`, written in the file `from`, leads; `None` when it leaves the folder.
///
/// A target that begins with `/` or `~/` counts from the folder's top.
pub(super) fn join(from: &str, target: &str) -> Option<String> {
    let target = percent_decode_str(target).decode_utf8().ok()?.replace('\\', "/");
    let from_top = target.strip_prefix("~/").or_else(|| target.strip_prefix('/'));
    let mut segments: Vec<&str> = Vec::new();
    if from_top.is_none() {
        segments.extend(from.split('/'));
        segments.pop();
    }
    for segment in from_top.unwrap_or(&target).split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

/// The extension of a path, in lower case.
pub(super) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default()
}

/// Whether files of this extension become articles, and of which sort they are.
pub(super) fn is_markdown(path: &str) -> bool {
    matches!(extension(path).as_str(), "md" | "markdown" | "mdx")
}

/// Whether this is a page in HTML.
pub(super) fn is_html(path: &str) -> bool {
    matches!(extension(path).as_str(), "html" | "htm" | "xhtml")
}

/// The path without the extension of an article, and without the name of a folder's own page (`index`, `README`).
pub(super) fn page(path: &str) -> &str {
    let stem = if is_markdown(path) || is_html(path) {
        path.rsplit_once('.').map_or(path, |(stem, _)| stem)
    } else {
        path.trim_end_matches('/')
    };
    let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
    let own_page = ["index", "_index", "readme"].iter().any(|own| name.eq_ignore_ascii_case(own));
    if own_page && !folder.is_empty() { folder } else { stem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_joined_and_stay_inside() {
        for (from, target, expected) in [
            ("a/b/c.md", "d.md", Some("a/b/d.md")),
            ("a/b/c.md", "./../d.md", Some("a/d.md")),
            ("a/b.md", "/x/y", Some("x/y")),
            ("a/b.md", "~/x.md", Some("x.md")),
            ("a/b.md", r"media\x%20y.png", Some("a/media/x y.png")),
            ("a/b.md", "../../etc/passwd", None),
            ("b.md", "..%2f..%2fx", None),
        ] {
            assert_eq!(join(from, target).as_deref(), expected, "{target}");
        }
    }

    #[test]
    fn a_page_has_no_extension_and_a_folder_stands_for_its_own_page() {
        for (path, expected) in [
            ("a/b.md", "a/b"),
            ("a/index.mdx", "a"),
            ("README.md", "README"),
            ("a/v1.2", "a/v1.2"),
            ("a/b/", "a/b"),
        ] {
            assert_eq!(page(path), expected);
        }
    }
}
