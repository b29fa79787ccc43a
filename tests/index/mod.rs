//! The index on disk: built, kept in step, damaged, shared.

use std::fs;
use std::path::{Path, PathBuf};

use guidepost::domain::{ProductId, Shelf};
use guidepost::knowledge::shipped;
use guidepost::search::{Request, SearchError, Shown, Writer};
use guidepost::services::library::{Did, Library, LibraryError, Places};
use proptest::prelude::*;

/// A folder with the shipped articles and room for an index.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        shipped::write_out(&folder.path().join("knowledge")).unwrap();
        Self(folder)
    }

    fn knowledge(&self) -> PathBuf {
        self.0.path().join("knowledge")
    }

    fn index(&self) -> PathBuf {
        self.0.path().join("articles")
    }

    fn open(&self) -> Library {
        self.try_open(false).unwrap()
    }

    fn try_open(&self, rebuild: bool) -> Result<Library, LibraryError> {
        let places = Places { knowledge: self.knowledge(), index: self.index(), memory: 50_000_000 };
        Library::open(places, rebuild, &mut |_| {})
    }

    /// The files of the index in use.
    fn files(&self) -> Vec<PathBuf> {
        let current = fs::read_to_string(self.index().join("current")).unwrap();
        let folder = self.index().join(current.trim());
        let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        files
    }
}

type Damage = fn(&Path);

fn first(library: &Library, question: &str) -> String {
    let engine = library.answers().engine();
    let results = engine.search(&Request { question, product: None, limit: 1, shown: Shown::Every }).unwrap();
    results.found.first().map(|found| found.about.id.to_string()).unwrap_or_default()
}

#[test]
fn an_index_that_is_up_to_date_is_only_opened() {
    let folder = Folder::new();
    assert!(matches!(folder.open().did(), Did::Built(_, 18)));
    let library = folder.open();
    assert_eq!(*library.did(), Did::Nothing);
    assert_eq!(first(&library, "reset my password"), "change-password");
}

#[test]
fn a_saved_edit_is_found_and_a_removed_article_is_not() {
    let folder = Folder::new();
    let mut library = folder.open();
    let file = folder.knowledge().join("docs/snooze.md");
    fs::write(
        &file,
        "+++\nid = \"snooze\"\ntitle = \"Snooze alarms\"\nkind = \"documentation\"\n+++\n\nPress the bell.\n",
    )
    .unwrap();
    assert_eq!(*library.refresh().unwrap(), Did::Updated(1, 0));
    assert_eq!(first(&library, "snooze an alarm"), "snooze");
    drop(library);
    // The next start sees it, too, and sees it go.
    let mut library = folder.open();
    assert_eq!(*library.did(), Did::Nothing);
    fs::remove_file(&file).unwrap();
    assert_eq!(*library.refresh().unwrap(), Did::Updated(0, 1));
    assert_ne!(first(&library, "snooze an alarm"), "snooze");
}

#[test]
fn a_saved_phone_number_is_known_and_a_bad_one_costs_no_other() {
    let folder = Folder::new();
    let mut library = folder.open();
    let shipped = library.phone_numbers().len();
    let file = folder.knowledge().join("phone-numbers.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        text.replace("+49 30 23125 142", "+49 30 23125 777").replace("country = \"SE\"", "country = 7"),
    )
    .unwrap();
    assert_eq!(*library.refresh().unwrap(), Did::Nothing);
    let numbers = library.phone_numbers();
    assert_eq!(numbers.len(), shipped - 1);
    assert!(numbers.iter().any(|number| number.phone == "+49 30 23125 777"));
    let faults: Vec<String> = library.faults().iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(
        faults[0].ends_with("error: country should be a text, and here is a number; write country = \"…\"")
    );
}

#[test]
fn a_damaged_index_is_built_again() {
    let folder = Folder::new();
    drop(folder.open());
    let damages: [(&str, Damage); 3] = [
        ("gone", |file| fs::remove_file(file).unwrap()),
        ("cut short", |file| {
            let bytes = fs::read(file).unwrap();
            fs::write(file, &bytes[..bytes.len() / 2]).unwrap();
        }),
        ("changed", |file| {
            let mut bytes = fs::read(file).unwrap();
            let middle = bytes.len() / 2;
            if let Some(byte) = bytes.get_mut(middle) {
                *byte ^= 0xff;
            }
            fs::write(file, bytes).unwrap();
        }),
    ];
    for (what, damage) in damages {
        for at in 0..folder.files().len() {
            let file = folder.files()[at].clone();
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with('.') {
                // Locks and the list of files to collect: not read.
                continue;
            }
            damage(&file);
            let library = folder.open();
            assert!(matches!(library.did(), Did::Built(_, 18)), "{name} {what}: {:?}", library.did());
            assert_eq!(first(&library, "reset my password"), "change-password");
        }
    }
    fs::write(folder.index().join("current"), "../../etc").unwrap();
    assert!(matches!(folder.open().did(), Did::Built(_, 18)));
}

#[test]
fn a_second_writer_is_told_and_readers_go_on() {
    let folder = Folder::new();
    let keeper = folder.open();
    let Err(SearchError::Locked { holder, .. }) = Writer::lock(&folder.index(), 50_000_000) else {
        panic!("a second writer got in");
    };
    assert_eq!(holder, Some(std::process::id()));
    assert!(matches!(folder.try_open(true), Err(LibraryError::Search(SearchError::Locked { .. }))));
    let reader = folder.open();
    assert!(matches!(reader.did(), Did::OnlyRead(_)));
    assert_eq!(first(&reader, "reset my password"), "change-password");
    drop(keeper);
    assert_eq!(*folder.open().did(), Did::Nothing);
}

#[test]
fn a_bad_article_never_takes_the_others_down() {
    let folder = Folder::new();
    fs::write(folder.knowledge().join("docs/bad.md"), "+++\nid = 7\n").unwrap();
    let library = folder.open();
    assert!(library.faults().iter().any(|fault| fault.to_string().contains("bad.md")));
    assert_eq!(first(&library, "reset my password"), "change-password");
}

#[test]
fn any_question_is_safe() {
    let engine = Folder::new().open().answers().engine();
    let huge = "password reset ".repeat(7_000);
    for question in [
        "",
        " ",
        "\"",
        "+-&&||!(){}[]^\"~*?:\\/",
        "🙂🙂",
        "مرحبا كيف",
        "\u{202e}drow",
        "title:a AND *",
        &huge,
    ] {
        engine.search(&Request { question, product: None, limit: 3, shown: Shown::Every }).unwrap();
        assert!(engine.suggest(question, 5).len() <= 5);
    }
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(200));
    let texts = prop_oneof![".*", "[a-z ]{0,80}", "(add|contact|passwrod|CTX ?1[0-9]{0,6}|[^a-z]| ){0,20}"];
    runner
        .run(&texts, |question| {
            let results = engine
                .search(&Request { question: &question, product: None, limit: 3, shown: Shown::Every })
                .unwrap();
            prop_assert!(results.found.len() <= 3);
            for found in results.found {
                // What is marked is what stood there: not a letter is lost.
                let whole = engine.article(found.about.id.as_str()).unwrap().unwrap();
                prop_assert_eq!(
                    whole.passages[found.passage_at].text(),
                    found.passage.as_ref().unwrap().text()
                );
            }
            prop_assert!(engine.suggest(&question, 5).len() <= 5);
            Ok(())
        })
        .unwrap();
}

#[test]
fn what_is_typed_so_far_offers_articles() {
    let engine = Folder::new().open().answers().engine();
    let titles =
        |typed: &str| engine.suggest(typed, 3).into_iter().map(|s| s.id.to_string()).collect::<Vec<_>>();
    assert_eq!(titles("how do i add con").first().map(String::as_str), Some("CTX120355"));
    assert_eq!(titles("CTX1309").first().map(String::as_str), Some("CTX130993"));
    assert_eq!(titles("chnage password").first().map(String::as_str), Some("change-password"));
    assert_eq!(titles(""), Vec::<String>::new());
}

#[test]
fn only_words_that_no_article_has_are_read_as_others() {
    let engine = Folder::new().open().answers().engine();
    let read = |question: &str| {
        let results =
            engine.search(&Request { question, product: None, limit: 1, shown: Shown::Every }).unwrap();
        results.corrections.into_iter().map(|c| format!("{}→{}", c.typed, c.read)).collect::<Vec<_>>()
    };
    assert_eq!(read("reset my pasword"), ["pasword→password"]);
    assert_eq!(read("reset my password"), Vec::<String>::new());
    assert_eq!(read("error 0x8007 CTX120356"), Vec::<String>::new());
}

#[test]
fn a_search_is_limited_to_kinds_and_products_and_a_number_is_found_wherever_it_is() {
    let folder = Folder::new();
    let library = folder.open();
    let engine = library.answers().engine();
    let all = engine.catalogue().unwrap();
    assert_eq!(all.len() as u64, engine.len());
    assert!(all.is_sorted_by_key(|about| about.title.to_lowercase()));
    let question = "change my password or contacts of the account";
    for shelf in Shelf::ALL {
        for product in all.iter().map(|about| about.product.as_ref()) {
            let request = Request { question, product, limit: 100, shown: Shown::Nothing };
            let found = engine.search_on(&request, Some(shelf)).unwrap().found;
            let on_shelf = |kind: guidepost::domain::Kind| kind.shelf() == shelf;
            assert!(found.iter().all(|found| on_shelf(found.about.kind)));
            assert!(found.iter().all(|found| product.is_none() || found.about.product.as_ref() == product));
            // Nothing is lost, either: it is what is left of a search over all.
            let over_all = engine.search(&request).unwrap().found;
            let left = over_all.iter().filter(|found| on_shelf(found.about.kind)).count();
            assert_eq!(found.len(), left, "{shelf:?} {product:?}");
        }
    }
    let other = ProductId::parse("no-such-product").unwrap();
    let request = Request { question: "CTX120355", product: Some(&other), limit: 5, shown: Shown::Nothing };
    let found = engine.search_on(&request, Some(Shelf::TechZone)).unwrap().found;
    assert_eq!(found.first().map(|found| found.about.id.as_str()), Some("CTX120355"));
}
