//! A page as HTML. Maud escapes every text, so nothing that anybody typed is markup.

use maud::{DOCTYPE, Markup, html};

use super::assets;
use super::prose::{self, Look};
use crate::domain::Span;
use crate::replies::Locale;
use crate::replies::pages::{self, Field, FieldKind, Form, Page};

/// What every document has.
pub struct Frame<'a> {
    /// What the desk is called.
    pub desk: &'a str,
    /// What the document is about.
    pub title: &'a str,
    /// What more stands in its head.
    pub head: Markup,
    /// In which language it is.
    pub locale: Locale,
    /// Which of the ways in the header it is.
    pub here: &'a str,
}

/// What a document says of itself, to search engines and to whoever is sent its address.
pub struct Head<'a> {
    /// Its one address, whatever led to it; none where it is not to be listed.
    pub canonical: Option<String>,
    /// What it is about, in a sentence.
    pub about: &'a str,
    /// Whether it is an article, and not a page that leads to some.
    pub is_article: bool,
    /// Where what is new of it is told.
    pub feed: Option<&'a str>,
}

impl Head<'_> {
    /// The same as what stands in the head of a document of this title.
    pub fn markup(&self, title: &str, desk: &str) -> Markup {
        html! {
            @match &self.canonical {
                Some(address) => {
                    link rel="canonical" href=(address);
                    meta property="og:url" content=(address);
                }
                None => { meta name="robots" content="noindex"; }
            }
            meta name="description" content=(self.about);
            meta property="og:title" content=(title);
            meta property="og:description" content=(self.about);
            meta property="og:type" content=(if self.is_article { "article" } else { "website" });
            meta property="og:site_name" content=(desk);
            @if let Some(feed) = self.feed {
                link rel="alternate" type="application/rss+xml" title=(desk) href=(feed);
            }
        }
    }
}

/// The whole document.
pub fn document(frame: &Frame<'_>, main: &Markup) -> String {
    let Locale::English = frame.locale;
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (frame.title) " · " (frame.desk) }
                link rel="stylesheet" href=(assets::STYLE.path());
                link rel="icon" href="data:,";
                script src=(assets::SCRIPT.path()) defer {}
                (frame.head)
            }
            body {
                a class="skip" href="#main" { (pages::frame::skip(frame.locale)) }
                header {
                    a class="desk" href="/" { (frame.desk) }
                    nav aria-label=(pages::frame::label(frame.locale)) {
                        @for (path, text) in pages::frame::ways(frame.locale) {
                            a href=(path) aria-current=[(*path == frame.here).then_some("page")] { (text) }
                        }
                    }
                }
                main id="main" { (main) }
            }
        }
    };
    markup.into_string()
}

/// A page of words, forms and links.
pub fn plain(look: Look, page: &Page) -> Markup {
    html! { div class="page" { (inside(look, page)) } }
}

fn inside(look: Look, page: &Page) -> Markup {
    html! {
        h1 { (page.title) }
        @if page.alert && !page.paragraphs.is_empty() {
            div role="alert" class="alert" { (paragraphs(look, page.paragraphs.get(..1).unwrap_or_default())) }
            (paragraphs(look, page.paragraphs.get(1..).unwrap_or_default()))
        } @else {
            (paragraphs(look, &page.paragraphs))
        }
        @for form in &page.forms { (filled(look, form)) }
        @if !page.links.is_empty() {
            nav aria-label="Where to go from here" {
                ul { @for (path, text) in &page.links { li { a href=(path) { (text) } } } }
            }
        }
    }
}

fn paragraphs(look: Look, paragraphs: &[Vec<Span>]) -> Markup {
    html! { @for spans in paragraphs { p { (prose::spans(look, spans)) } } }
}

fn filled(look: Look, form: &Form) -> Markup {
    html! {
        @if let Some(heading) = &form.heading { h2 { (heading) } }
        (paragraphs(look, &form.about))
        form method="post" action=(form.action) {
            @for field in &form.fields { (asked(field)) }
            button type="submit" { (form.button) }
        }
    }
}

/// How browsers help with a field: its type, what they fill in by themselves, and the keyboard of a phone.
const fn help(kind: FieldKind) -> (&'static str, &'static str) {
    match kind {
        FieldKind::Text => ("text", "on"),
        FieldKind::Name => ("text", "name"),
        FieldKind::Mail => ("email", "email"),
        FieldKind::Telephone => ("tel", "tel"),
        FieldKind::Username | FieldKind::MailOrUsername => ("text", "username"),
        FieldKind::Password => ("password", "current-password"),
        FieldKind::NewPassword => ("password", "new-password"),
        FieldKind::Hidden => ("hidden", "off"),
    }
}

fn asked(field: &Field) -> Markup {
    let (kind, fills_in) = help(field.kind);
    if field.kind == FieldKind::Hidden {
        return html! { input type="hidden" name=(field.name) value=(field.value); };
    }
    let (id, hint_id, fault_id) =
        (format!("f-{}", field.name), format!("h-{}", field.name), format!("w-{}", field.name));
    let is_wrong = !field.faults.is_empty();
    let described: Vec<&str> = [(is_wrong, &fault_id), (field.hint.is_some(), &hint_id)]
        .into_iter()
        .filter_map(|(is_there, id)| is_there.then_some(id.as_str()))
        .collect();
    // A password is never sent back to a page.
    let is_secret = matches!(field.kind, FieldKind::Password | FieldKind::NewPassword);
    let value = Some(&field.value).filter(|value| !is_secret && !value.is_empty());
    html! {
        div class="field" {
            label for=(id) { (field.label) @if field.required { span aria-hidden="true" { " *" } } }
            @if is_wrong {
                // A list that is an alert would be no list any more.
                div id=(fault_id) role="alert" {
                    ul class="faults" { @for fault in &field.faults { li { (fault) } } }
                }
            }
            // Spaces count in passwords; a name is no word to be mended.
            input type=(kind) id=(id) name=(field.name) value=[value] autocomplete=(fills_in)
                required[field.required] maxlength=[(!is_secret).then_some(field.most)]
                autocapitalize=[(kind != "text" || fills_in == "username").then_some("none")]
                spellcheck="false"
                aria-invalid=[is_wrong.then_some("true")]
                aria-describedby=[(!described.is_empty()).then(|| described.join(" "))];
            @if let Some(hint) = &field.hint { p id=(hint_id) class="hint" { (hint) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use chrono_tz::Tz;

    use super::*;

    #[test]
    fn nothing_that_was_typed_is_markup_and_no_password_comes_back() {
        let evil = "\"><script>alert(1)</script>";
        let page = Page::of(evil, evil)
            .form(Form::new(
                "/x",
                evil,
                vec![
                    Field::new("a", evil, FieldKind::Text, 10)
                        .with(evil)
                        .hint(evil)
                        .wrong(vec![evil.to_owned()]),
                    Field::new("b", "b", FieldKind::NewPassword, 128).with("Secret-1!"),
                    Field::new("c", "c", FieldKind::Password, 128).with("Secret-1!"),
                ],
            ))
            .link("/y", evil);
        let spans = vec![Span::Link { text: "go".to_owned(), url: "javascript:alert(1)".to_owned() }];
        let page = page.wrong(spans);
        let look = Look { locale: Locale::English, now: DateTime::UNIX_EPOCH, zone: Tz::UTC };
        let frame = Frame { desk: evil, title: evil, head: html! {}, locale: Locale::English, here: evil };
        let html = document(&frame, &plain(look, &page));
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(!html.contains("javascript:"), "{html}");
        assert!(!html.contains("Secret-1!"), "{html}");
        assert!(html.contains("&lt;script&gt;"), "{html}");
    }
}
