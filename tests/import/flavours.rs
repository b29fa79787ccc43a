//! One small help centre of each flavour, and the articles it becomes.

use std::{
    fmt::Write,
    fs,
    path::{Path, PathBuf},
};

use guidepost::{
    domain::{Kind, ProductId},
    services::import::{Plan, Source, run},
};

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import").join(name)
}

/// The report and the files of an import, as one text.
async fn imported(plan: Plan) -> String {
    let folder = tempfile::tempdir().unwrap();
    let report = run(Plan { to: folder.path().to_owned(), ..plan }, &mut |_| ()).await.unwrap();
    let mut out = serde_json::to_string_pretty(&report).unwrap();
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")) {
        let name = file.file_name().unwrap().to_string_lossy();
        write!(out, "\n═══ {name} ═══\n{}", fs::read_to_string(file).unwrap()).unwrap();
    }
    // The manifest's form is a promise to later releases; one hash is enough to see it.
    let manifest = fs::read_to_string(folder.path().join("import.toml")).unwrap();
    write!(out, "\n═══ import.toml ═══\n{}", manifest.lines().take(9).collect::<Vec<_>>().join("\n"))
        .unwrap();
    out
}

fn from(source: Source) -> Plan {
    Plan { sources: vec![source], ..Plan::default() }
}

#[tokio::test]
async fn microsoft_learn() {
    insta::assert_snapshot!(imported(from(Source::Folder(data("learn")))).await);
}

#[tokio::test]
async fn microsoft_learn_with_its_address() {
    let base_url = Some("https://learn.example.com/troubleshoot".parse().unwrap());
    let plan = Plan {
        base_url,
        kind: Some(Kind::Documentation),
        product: Some(ProductId::parse("citrix-cloud").unwrap()),
        licence: Some("Example, \"CC BY 4.0\"".to_owned()),
        ..from(Source::Folder(data("learn")))
    };
    insta::assert_snapshot!(imported(plan).await);
}

#[tokio::test]
async fn docusaurus() {
    insta::assert_snapshot!(imported(from(Source::Folder(data("docusaurus/docs")))).await);
}

#[tokio::test]
async fn jekyll() {
    insta::assert_snapshot!(imported(from(Source::Folder(data("jekyll")))).await);
}

#[tokio::test]
async fn hugo() {
    insta::assert_snapshot!(imported(from(Source::Folder(data("hugo/content")))).await);
}

#[tokio::test]
async fn a_saved_page() {
    let out = imported(from(Source::PageFile(data("pages/reset.html")))).await;
    // Its source is named as it was given, and here that is where this machine keeps it.
    insta::assert_snapshot!(out.replace(data("").to_str().unwrap(), "DATA/"));
}

#[tokio::test]
async fn an_export_of_a_help_centre() {
    insta::assert_snapshot!(imported(from(Source::HelpCentreFile(data("pages/help-centre.json")))).await);
}
