//! Forty real articles of Microsoft's support, which are always there.

use std::{fs, path::Path};

use guidepost::services::import::{Plan, Source, run};

use super::reading::{articles, compare};

#[tokio::test]
async fn real_articles_lose_nothing() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ms_support");
    let to = tempfile::tempdir().unwrap();
    let plan = Plan {
        sources: vec![Source::Folder(data.join("articles"))],
        to: to.path().to_owned(),
        licence: Some("MicrosoftDocs/SupportArticles-docs, CC BY 4.0".to_owned()),
        ..Plan::default()
    };
    let report = run(plan, &mut |_| ()).await.unwrap();
    assert_eq!((report.totals.imported, report.totals.skipped), (40, 0));

    let files = articles(to.path());
    let mut faults = Vec::new();
    for entry in &report.entries {
        let source = fs::read_to_string(data.join(&entry.source)).unwrap();
        compare(&entry.source, &source, &files[entry.id.as_ref().unwrap().as_str()], &files, &mut faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    insta::assert_debug_snapshot!(super::guides::lose_nothing(to.path()));
    insta::assert_debug_snapshot!((report.totals, report.links));
    for id in [
        "azure-virtual-machines-vm-stuck-in-failed-state",
        "dynamics-365-sales-troubleshoot-lead-qualification-issues-for-system-admin",
        "windows-client-performance-windows-startup-issues-troubleshooting",
        "dynamics-gp-example-of-patimesheetstype-xml-schema-in-econnect",
    ] {
        insta::assert_snapshot!(id, files[id]);
    }
    for id in [
        "azure-virtual-machines-vm-stuck-in-failed-state",
        "dynamics-365-sales-troubleshoot-lead-qualification-issues-for-system-admin",
        "windows-client-performance-windows-startup-issues-troubleshooting",
    ] {
        insta::assert_snapshot!(format!("guides-of-{id}"), super::guides::told(to.path(), id));
    }
}
