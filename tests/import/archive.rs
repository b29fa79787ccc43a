//! All 5,849 real articles of Microsoft's support, from `GUIDEPOST_EVAL_DIR`.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    time::Instant,
};

use guidepost::services::import::{Plan, Source, run};

use super::reading::{articles, compare, halves};

const ARTICLES: usize = 5_849;

#[expect(clippy::disallowed_methods, reason = "the evaluation's data is wherever the environment says")]
#[tokio::test]
async fn the_whole_archive_becomes_articles_and_loses_nothing() {
    let Some(eval) = std::env::var_os("GUIDEPOST_EVAL_DIR").map(PathBuf::from) else {
        println!("skipped: the whole archive of real articles (set GUIDEPOST_EVAL_DIR)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let archive = File::open(eval.join("ms_support/articles.tar.gz")).unwrap();
    tar::Archive::new(flate2::read::GzDecoder::new(archive)).unpack(folder.path()).unwrap();
    let to = folder.path().join("to");
    let plan = || Plan {
        sources: vec![Source::Folder(folder.path().join("articles"))],
        to: to.clone(),
        base_url: Some("https://learn.microsoft.com/troubleshoot/".parse().unwrap()),
        licence: Some("MicrosoftDocs/SupportArticles-docs, CC BY 4.0".to_owned()),
        ..Plan::default()
    };

    let start = Instant::now();
    let report = run(plan(), &mut |_| ()).await.unwrap();
    println!("{} articles in {:?}: {:?}", report.totals.imported, start.elapsed(), report.links);
    assert_eq!((report.totals.imported, report.totals.skipped), (ARTICLES, 0));

    let files = articles(&to);
    let mut faults = Vec::new();
    for entry in &report.entries {
        let id = entry.id.as_ref().unwrap().to_string();
        let source = fs::read_to_string(folder.path().join(&entry.source)).unwrap();
        compare(&entry.source, &source, &files[&id], &files, &mut faults);
    }
    faults.truncate(40);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    numbers_lead_to_their_article(&eval, &files);
    let walked = super::guides::lose_nothing(&to);
    println!("{walked:?}");
    assert!(walked.guides > 5_000, "{walked:?}");

    let start = Instant::now();
    let again = run(plan(), &mut |_| ()).await.unwrap();
    println!("again in {:?}", start.elapsed());
    assert_eq!(again.totals.unchanged, ARTICLES);
}

/// The thousand look-ups of the evaluation: each number is an alias of the article it belongs to.
fn numbers_lead_to_their_article(eval: &Path, files: &BTreeMap<String, String>) {
    let read = |name: &str| fs::read_to_string(eval.join("ms_support").join(name)).unwrap();
    let queries: BTreeMap<String, String> = read("queries_kbid.tsv")
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(id, query)| (id.to_owned(), query.trim_start_matches("KB").to_owned()))
        .collect();
    for line in read("qrels_kbid.tsv").lines() {
        let mut fields = line.split('\t');
        let (query, path) = (fields.next().unwrap(), fields.next().unwrap());
        let article = &files[&path.replace(['/', '_', '.'], "-").to_lowercase().replace("--", "-")];
        let table: toml::Table = halves(article, "+++").0.parse().unwrap();
        let number = format!("KB{}", queries[query]);
        // Six numbers belong to several articles; the first has the alias, the others the keyword.
        let names = ["aliases", "keywords"].into_iter().flat_map(|field| table[field].as_array().unwrap());
        assert!(names.into_iter().any(|name| name.as_str() == Some(&number)), "{path}");
    }
}
