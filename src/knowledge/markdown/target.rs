//! Where a link leads: to another article, out of the desk, or nowhere that may be shown.

use pulldown_cmark::LinkType;

use crate::domain::ArticleId;

/// What the target of a link is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Another article of the desk.
    Article(ArticleId),
    /// A web page or mail address.
    Outside(String),
    /// A relative path, a script, or whatever else no reader can follow.
    Nowhere,
}

impl Target {
    /// Reads the target of a link.
    pub fn of_link(link_type: LinkType, target: &str) -> Self {
        match link_type {
            LinkType::Email => Self::of(&format!("mailto:{target}")),
            LinkType::Inline
            | LinkType::Reference
            | LinkType::ReferenceUnknown
            | LinkType::Collapsed
            | LinkType::CollapsedUnknown
            | LinkType::Shortcut
            | LinkType::ShortcutUnknown
            | LinkType::Autolink
            | LinkType::WikiLink { .. } => Self::of(target),
        }
    }

    /// Reads a target as an author writes it. A section after `#` is dropped: a link leads to an article.
    fn of(target: &str) -> Self {
        let target = target.trim();
        if is_web_address(target) || is_mail_address(target) {
            return Self::Outside(target.to_owned());
        }
        let article = target.split_once('#').map_or(target, |(article, _)| article);
        ArticleId::parse(article).map_or(Self::Nowhere, Self::Article)
    }
}

/// Whether a text is a full web address, safe to show as a link.
pub(in crate::knowledge) fn is_web_address(text: &str) -> bool {
    let after = |scheme| strip_scheme(text, scheme).is_some_and(|rest| !rest.is_empty());
    (after("https://") || after("http://")) && is_one_word(text)
}

fn is_mail_address(text: &str) -> bool {
    strip_scheme(text, "mailto:").is_some_and(|rest| rest.contains('@')) && is_one_word(text)
}

fn strip_scheme<'t>(text: &'t str, scheme: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(scheme.len())?;
    start.eq_ignore_ascii_case(scheme).then_some(rest)
}

fn is_one_word(text: &str) -> bool {
    !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_an_article_a_web_page_or_nothing_to_follow() {
        let article = |id| Target::Article(ArticleId::parse(id).unwrap());
        let outside = |url: &str| Target::Outside(url.to_owned());
        for (target, expected) in [
            ("CTX120355", article("CTX120355")),
            ("ctx120355", article("CTX120355")),
            ("change-password", article("change-password")),
            ("change-password#steps", article("change-password")),
            ("https://www.example.com/a?b#c", outside("https://www.example.com/a?b#c")),
            ("HTTP://EXAMPLE.COM", outside("HTTP://EXAMPLE.COM")),
            ("mailto:a@example.com", outside("mailto:a@example.com")),
            ("https://", Target::Nowhere),
            ("https://a b", Target::Nowhere),
            ("javascript:alert(1)", Target::Nowhere),
            ("JaVaScRiPt:alert(1)", Target::Nowhere),
            ("data:text/html,x", Target::Nowhere),
            ("../change-password", Target::Nowhere),
            ("change-password.md", Target::Nowhere),
            ("/change-password", Target::Nowhere),
            ("//example.com", Target::Nowhere),
            ("#steps", Target::Nowhere),
            ("", Target::Nowhere),
        ] {
            assert_eq!(Target::of(target), expected, "{target}");
        }
    }
}
