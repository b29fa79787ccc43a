//! The articles and questions that are measured on.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use guidepost::domain::{Article, ArticleId, Block, Span};
use guidepost::knowledge::{self, Manifest};
use guidepost::services::evaluation::LabelledSet;

/// Every so manieth word is changed in a made article, so that the vocabulary grows with the articles.
const CHANGED: usize = 7;
/// A quick run takes so many articles.
const FEW: usize = 300;

/// Articles and questions.
pub struct Corpus {
    pub articles: Vec<Article>,
    pub questions: Vec<String>,
    /// Where they come from, for people.
    pub told: String,
    /// Whether they are the real ones that the goals are set for.
    pub is_real: bool,
}

impl Corpus {
    /// The labelled set where `GUIDEPOST_EVAL_DIR` names it, else the shipped articles.
    pub fn read(quick: bool) -> Self {
        let folder = std::env::var_os("GUIDEPOST_EVAL_DIR").map(|dir| PathBuf::from(dir).join("ms_symptoms"));
        let mut corpus = match folder.filter(|folder| folder.join("docs.jsonl.gz").exists()) {
            Some(folder) => Self::labelled(&folder),
            None => Self::shipped(),
        };
        if quick {
            corpus.articles.truncate(FEW);
            corpus.questions.truncate(100);
        }
        corpus
    }

    fn labelled(folder: &Path) -> Self {
        let file = |name: &str| folder.join(name);
        let set =
            LabelledSet::read(&file("docs.jsonl.gz"), &file("queries.tsv"), &file("qrels.tsv")).unwrap();
        let told = format!("Articles and questions of {}.", folder.display());
        let questions = set.queries.into_iter().map(|(_, text)| text).collect();
        Self { articles: set.articles, questions, told, is_real: true }
    }

    fn shipped() -> Self {
        let loaded = knowledge::load(&shipped(), &Manifest::default(), &mut |_, _| {}).unwrap();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/questions.tsv");
        let text = std::fs::read_to_string(file).unwrap();
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Self {
            articles: loaded.articles.into_iter().map(|loaded| loaded.article).collect(),
            questions: lines.filter_map(|line| Some(line.split_once('\t')?.1.to_owned())).collect(),
            told:
                "GUIDEPOST_EVAL_DIR names no ms_symptoms: measured on the few shipped articles, which says \
                   nothing about the goals."
                    .to_owned(),
            is_real: false,
        }
    }

    /// `count` articles: the real ones, then copies of them with changed words.
    pub fn take(&self, count: usize) -> impl Iterator<Item = Article> + '_ {
        let real = self.articles.len();
        (0..count).map(move |at| {
            let article = &self.articles[at % real];
            if at < real { article.clone() } else { copy(article, at / real) }
        })
    }

    /// Bytes of title and text of `count` articles.
    pub fn bytes(&self, count: usize) -> usize {
        self.take(count).map(|article| text(&article).len()).sum()
    }

    /// Writes the articles as a knowledge folder, with the shipped synonyms.
    pub fn write(&self, folder: &Path) {
        for article in &self.articles {
            let about = &article.about;
            // A JSON text is a TOML text, too.
            let quoted = |text: &str| serde_json::to_string(text).unwrap();
            let (id, title) = (quoted(about.id.as_str()), quoted(&about.title));
            let mut file =
                format!("+++\nid = {id}\ntitle = {title}\nkind = \"{}\"\n+++\n", about.kind.name());
            for block in article.passages.iter().flat_map(|passage| &passage.blocks) {
                let mut paragraph = String::new();
                block.write_text(&mut paragraph);
                write!(file, "\n{}\n", paragraph.trim()).unwrap();
            }
            std::fs::write(folder.join(format!("{}.md", about.id.as_str())), file).unwrap();
        }
        std::fs::copy(shipped().join("synonyms.toml"), folder.join("synonyms.toml")).unwrap();
    }
}

/// The folder of shipped articles.
pub fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge")
}

/// Title and text: what all three indexes are built from.
pub fn text(article: &Article) -> String {
    let mut out = format!("{}\n", article.about.title);
    for passage in &article.passages {
        out.extend(passage.heading.iter().flat_map(|heading| [heading, "\n"]));
        for block in &passage.blocks {
            block.write_text(&mut out);
            out.push('\n');
        }
    }
    out
}

/// A question's words for the two peers: each once, in lower case.
pub fn words(question: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in question.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out
}

fn copy(article: &Article, number: usize) -> Article {
    let mut copy = article.clone();
    copy.about.id = ArticleId::slug_of(&format!("{}-copy-{number}", article.about.id.as_str())).unwrap();
    copy.about.title = changed(&article.about.title, number);
    copy.about.aliases.clear();
    for block in copy.passages.iter_mut().flat_map(|passage| &mut passage.blocks) {
        if let Block::Paragraph(spans) = block {
            for span in spans {
                *span = Span::Plain(changed(&span.text(), number));
            }
        }
    }
    copy
}

/// The text with every seventh word changed into one that only copies of this number have.
fn changed(text: &str, number: usize) -> String {
    let mut out = String::with_capacity(text.len() * 8 / 7);
    for (at, word) in text.split(' ').enumerate() {
        let gap = if at == 0 { "" } else { " " };
        // Copies differ in which words are changed, too.
        if (at + number).is_multiple_of(CHANGED) && word.chars().all(char::is_alphabetic) {
            write!(out, "{gap}{word}x{}", letters(number)).unwrap();
        } else {
            out.extend([gap, word]);
        }
    }
    out
}

fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}
