//! Addresses that may be followed: only those of pages, and never one behind the text of another.

use unicode_normalization::UnicodeNormalization;
use url::{Host, Url};

use super::clean::{line, size};
use super::escape::mentions_all;

/// The longest address that is a link; what is longer stays text.
const MOST: usize = 512;

/// How a link is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Only its address: there is no other text.
    Alone(String),
    /// Behind the text.
    Behind(String),
    /// After the text, which looks like an address itself.
    After(String),
    /// As text, after the text: it leads nowhere that Discord should lead to.
    NotFollowed,
}

/// How a link with this text and this address is shown.
pub fn shown(text: &str, url: &str) -> Shown {
    let Some(safe) = safe(url) else { return Shown::NotFollowed };
    let text = text.trim();
    let bare = |text: &str| {
        let text = text.trim_end_matches('/');
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        rest.strip_prefix("www.").unwrap_or(rest).to_lowercase()
    };
    if text.is_empty() || bare(text) == bare(&line(url)) || bare(text) == bare(&safe) {
        Shown::Alone(safe)
    } else if names_another(text, &safe) {
        Shown::After(safe)
    } else {
        Shown::Behind(safe)
    }
}

/// The address of a page, without anything that ends or opens markup. It is read as a browser reads it, so what is shown
/// is where it leads.
pub fn safe(url: &str) -> Option<String> {
    let url = of_a_page(url)?;
    let mut out = String::with_capacity(url.as_str().len());
    let mut rest = url.as_str().chars();
    while let Some(c) = rest.next() {
        let opens = c == '@' && mentions_all(rest.as_str());
        if opens || matches!(c, '(' | ')' | '<' | '>' | '[' | ']' | '"' | '\'' | '`' | '\\' | '|' | '*' | ' ')
        {
            out.extend(['%', hex(u32::from(c) >> 4), hex(u32::from(c))]);
        } else {
            out.push(c);
        }
    }
    (size(&out) <= MOST).then_some(out)
}

/// The last four bits of a number as a capital digit.
fn hex(number: u32) -> char {
    char::from_digit(number & 15, 16).unwrap_or('0').to_ascii_uppercase()
}

/// The address that a text begins with, as it is written, where it can be a link by itself.
pub fn bare(text: &str) -> Option<&str> {
    let begins =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
    if !begins("http://") && !begins("https://") {
        return None;
    }
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>')).unwrap_or(text.len());
    let url = without_end(text.get(..end)?);
    let is_plain =
        |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '`' | '\\' | '|' | '^' | '{' | '}' | '*');
    let fits = url.len() <= MOST && url.chars().all(is_plain) && of_a_page(url).is_some();
    let mentions = url.split('@').skip(1).any(mentions_all);
    (fits && !mentions).then_some(url)
}

/// An address at the end of a sentence or in brackets, without what belongs to these.
fn without_end(mut url: &str) -> &str {
    loop {
        let shorter =
            url.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '"', '*', '_', '~', '`', '|', '}']);
        let shorter = match shorter.strip_suffix([')', ']']) {
            Some(inner) if !inner.contains(['(', '[']) => inner,
            Some(_) | None => shorter,
        };
        if shorter.len() == url.len() {
            return url;
        }
        url = shorter;
    }
}

/// Only http and https, at a host with a name or an IPv4 address, and without a user: `https://bank.example@evil.example`
/// does not lead to the bank.
fn of_a_page(url: &str) -> Option<Url> {
    let url = Url::parse(url).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let is_named = matches!(url.host(), Some(Host::Domain(_) | Host::Ipv4(_)));
    (is_web && is_named && url.username().is_empty() && url.password().is_none()).then_some(url)
}

/// Whether a text names another host than that of the address.
fn names_another(text: &str, url: &str) -> bool {
    let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    // Letters of full width and an ideographic full stop read like the common ones.
    let text: String =
        text.nfkc().flat_map(char::to_lowercase).map(|c| if c == '。' { '.' } else { c }).collect();
    let hosts =
        text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).filter(|word| is_host(word));
    let mut others =
        hosts.map(|word| word.trim_matches('.')).map(|word| word.strip_prefix("www.").unwrap_or(word));
    text.contains("://") && !text.contains(host) || others.any(|other| other != host)
}

/// Whether a word could be the name of a host: two parts at least, and the last one of letters.
fn is_host(word: &str) -> bool {
    let word = word.trim_matches('.');
    word.rsplit_once('.').is_some_and(|(first, last)| {
        !first.is_empty() && last.chars().count() >= 2 && last.chars().all(char::is_alphabetic)
    })
}
