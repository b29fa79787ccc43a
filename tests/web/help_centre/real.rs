//! Real articles: pages of Microsoft's support, a sample of the 5,849 in `GUIDEPOST_EVAL_DIR`.

use std::fs::File;
use std::path::{Path, PathBuf};

use guidepost::domain::{Article, ProductId};
use guidepost::knowledge::{self, Manifest};
use guidepost::services::import::{Plan, Source, run};

use super::{Desk, attributes};

/// Every so manieth article is read: in a second or two they tell as much as all.
const EVERY: usize = 80;
/// The most bytes of a page on their way, compressed.
const MOST_BYTES: usize = 60_000;

#[expect(clippy::disallowed_methods, reason = "the evaluation's data is wherever the environment says")]
fn eval() -> Option<PathBuf> {
    std::env::var_os("GUIDEPOST_EVAL_DIR").map(PathBuf::from)
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_real_articles_are_whole_and_small() {
    let Some(eval) = eval() else {
        println!("skipped: pages of real articles (set GUIDEPOST_EVAL_DIR)");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let articles = sample(&eval, folder.path()).await;
    assert!(articles.len() > 50, "{}", articles.len());
    let desk = Desk::with(&articles).await;
    for article in &articles {
        let about = &article.about;
        let page = desk.open(&format!("/a/{}", about.id)).await;
        assert_eq!(
            (page.status, page.title()),
            (200, about.title.split_whitespace().collect::<Vec<_>>().join(" "))
        );
        let mut ids = attributes(&page, "[id]", "id");
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{}", about.id);
        assert!(!page.html.contains("href=\"javascript:"), "{}", about.id);
        let text = page.text();
        for passage in &article.passages {
            let said = passage.text();
            // Nothing of an article is lost on its page.
            for word in
                said.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)).take(50)
            {
                assert!(text.contains(word), "{}: {word}", about.id);
            }
        }
    }
    for path in
        ["/articles", "/articles?page=2", "/search?q=cannot+connect+to+the+virtual+machine", "/feed.xml"]
    {
        let answer = desk.get(path).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(answer.headers()["content-encoding"], "gzip", "{path}");
        let bytes = answer.bytes().await.unwrap().len();
        println!("{path}: {bytes} bytes");
        assert!(bytes < MOST_BYTES, "{path}: {bytes}");
    }
}

/// Every so manieth article of the archive, imported as an operator does.
async fn sample(eval: &Path, folder: &Path) -> Vec<Article> {
    let archive = File::open(eval.join("ms_support/articles.tar.gz")).unwrap();
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(archive));
    let markdown = archive
        .entries()
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| entry.path().unwrap().extension().is_some_and(|extension| extension == "md"));
    for mut entry in markdown.step_by(EVERY) {
        entry.unpack_in(folder).unwrap();
    }
    let to = folder.join("to");
    let plan =
        Plan { sources: vec![Source::Folder(folder.join("articles"))], to: to.clone(), ..Plan::default() };
    run(plan, &mut |_| ()).await.unwrap();
    let loaded = knowledge::load(&to, &Manifest::default(), &mut |_, _| {}).unwrap();
    let mut articles: Vec<Article> = loaded.articles.into_iter().map(|loaded| loaded.article).collect();
    for article in &mut articles {
        article.about.product = ProductId::parse("citrix-cloud").ok();
    }
    articles
}
