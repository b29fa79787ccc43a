//! What Tab offers: commands, products, the titles of articles, and files to attach.

use std::sync::Arc;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

use crate::chat::commands::{self, COMMANDS, Needs, Spec};
use crate::config;
use crate::handlers::Desk;

use super::{attach, safe};

/// The most articles that are offered at once.
const MOST: usize = 8;

/// Completes what is typed from what the desk knows.
pub struct Offers {
    desk: Arc<Desk>,
}

impl Offers {
    pub fn new(desk: Arc<Desk>) -> Self {
        Self { desk }
    }

    /// What may stand from a byte of the line on, instead of what stands there.
    pub fn offers(&self, typed: &str) -> (usize, Vec<Pair>) {
        if let Some(files) = files(typed) {
            return files;
        }
        let Some(command) = typed.strip_prefix('/') else { return (0, self.titles(typed)) };
        let Some((name, argument)) = command.split_once(' ') else { return (0, names(command)) };
        let from = typed.len() - argument.len();
        let offers = match commands::named(name) {
            Some(spec) if *spec == commands::ASK => self.titles(argument),
            Some(spec) if *spec == commands::ARTICLE || *spec == commands::WHOLE => self.ids(argument),
            Some(spec) if *spec == commands::PRODUCT => self.products(argument),
            Some(spec) if *spec == commands::PHONE => self.countries(argument),
            Some(_) | None => Vec::new(),
        };
        (from, offers)
    }

    fn titles(&self, typed: &str) -> Vec<Pair> {
        let suggestions = self.desk.suggest(typed, MOST).into_iter();
        suggestions.map(|article| pair(&article.title, &article.title)).collect()
    }

    fn ids(&self, typed: &str) -> Vec<Pair> {
        let suggestions = self.desk.suggest(typed, MOST).into_iter();
        suggestions
            .map(|article| pair(&format!("{} {}", article.id, article.title), article.id.as_str()))
            .collect()
    }

    fn products(&self, typed: &str) -> Vec<Pair> {
        let typed = typed.to_lowercase();
        let products = self.desk.products();
        let fits = products.iter().filter(|p| p.names().any(|name| name.to_lowercase().starts_with(&typed)));
        fits.map(|product| pair(&format!("{} ({})", product.id, product.name), product.id.as_str())).collect()
    }

    fn countries(&self, typed: &str) -> Vec<Pair> {
        let typed = typed.to_lowercase();
        let numbers = self.desk.phone_numbers();
        let fits = numbers.iter().filter(|n| n.names().any(|name| name.to_lowercase().starts_with(&typed)));
        let mut offers: Vec<Pair> = fits.map(|number| pair(&number.name, &number.name)).collect();
        // A country may have several numbers.
        offers.dedup_by(|next, first| next.display == first.display);
        offers
    }
}

fn names(typed: &str) -> Vec<Pair> {
    let typeable = COMMANDS.into_iter().filter(|spec| spec.needs != Needs::Managing);
    let fits = typeable.filter(|spec| spec.name.starts_with(typed));
    let mut offers: Vec<Pair> =
        fits.map(|spec: &Spec| pair(&spec.usage(), &format!("/{} ", spec.name))).collect();
    if attach::WORD.starts_with(typed) {
        offers.push(pair(&format!("/{} PATH", attach::WORD), &format!("/{} ", attach::WORD)));
    }
    offers
}

/// The files that can be attached; `None` where something else is typed.
fn files(typed: &str) -> Option<(usize, Vec<Pair>)> {
    let word = typed.strip_prefix('/').unwrap_or(typed);
    let argument = word.strip_prefix(attach::WORD)?.strip_prefix(' ')?;
    let from = typed.len() - argument.len();
    // What stands for the home folder is written out, so that what is offered can be looked at.
    let home = config::home().filter(|_| argument.starts_with("~/"));
    let (written, is_same) = match (home, argument.strip_prefix('~')) {
        (Some(home), Some(rest)) => (format!("{}{rest}", home.display()), false),
        (None, _) | (_, None) => (argument.to_owned(), true),
    };
    let (at, offers) = FilenameCompleter::new().complete_path(&written, written.len()).ok()?;
    if at > 0 && !is_same {
        // Its place in what was typed is another one.
        return Some((from, Vec::new()));
    }
    Some((from + at, offers.iter().map(|file| pair(&file.display, &file.replacement)).collect()))
}

/// Both are printed on the terminal as they are.
fn pair(display: &str, replacement: &str) -> Pair {
    Pair { display: safe::line(display).into_owned(), replacement: safe::line(replacement).into_owned() }
}

impl Completer for Offers {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(self.offers(line.get(..at).unwrap_or(line)))
    }
}

impl Hinter for Offers {
    type Hint = String;
}
impl Highlighter for Offers {}
impl Validator for Offers {
    fn validate(&self, typed: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let goes_on = typed.input().ends_with('\\');
        Ok(if goes_on { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}
impl Helper for Offers {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::config::{Options, load};
    use crate::domain::{PhoneNumber, Product, ProductId};
    use crate::search::{Engine, Synonyms};
    use crate::services::answers::Answers;

    fn offered(typed: &str) -> String {
        let settings = load(&Options::default(), []).unwrap().settings;
        let product = Product {
            id: ProductId::parse("citrix-cloud").unwrap(),
            name: "Citrix\u{1b}[2J Cloud".to_owned(),
            aliases: vec!["Cloud console".to_owned()],
            queue: "technical-support".to_owned(),
        };
        let answers = Answers::new(Engine::in_memory([], Synonyms::default()).unwrap());
        let numbers = vec![PhoneNumber::example("DE", "Germany"); 2];
        let desk =
            Arc::new(Desk::new(answers, vec![product], numbers, &settings, Clock::System, Box::new(|| 0)));
        let (from, offers) = Offers::new(desk).offers(typed);
        let offers: Vec<String> =
            offers.iter().map(|pair| format!("{} = {}", pair.display, pair.replacement)).collect();
        format!("{from}: {}", offers.join(", "))
    }

    #[test]
    fn tab_offers_what_fits() {
        for (typed, expected) in [
            ("/pr", "0: /product [NAME] = /product "),
            ("/p", "0: /product [NAME] = /product , /phone [COUNTRY] = /phone "),
            ("/", "0: /ask QUESTION = /ask "),
            ("/product cloud c", "9: citrix-cloud (Citrix\u{fffd}[2J Cloud) = citrix-cloud"),
            ("/product x", "9: "),
            ("/phone deu", "7: Germany = Germany"),
            ("/phone x", "7: "),
            ("/unknown é", "9: "),
            ("/help ", "6: "),
            ("", "0: "),
        ] {
            assert!(offered(typed).starts_with(expected), "{typed}: {}", offered(typed));
        }
    }

    #[test]
    #[cfg(unix)]
    fn tab_offers_files_to_attach() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("my trace.log"), "").unwrap();
        let path = folder.path().display();
        assert_eq!(offered(&format!("attach {path}/my")), format!("7: my trace.log = {path}/my\\ trace.log"));
        assert_eq!(offered(&format!("/attach {path}/x")), "8: ");
        assert_eq!(offered("/att"), "0: /attach PATH = /attach ");
    }
}
