//! Pages, lists and help centres, from a server that behaves well, badly and not at all.

use std::{fs, path::Path, time::Duration};

use guidepost::{
    knowledge::import::{Outcome, Reason, Report},
    net::Limits,
    services::import::{Plan, Progress, Source, run},
};

use super::server::{Response, Server, json, page};

const LONG: &str = "<p>You can do this at any time, from any place, as often as you like, and nobody has to help you \
                    with it, because every step is on this page, one after the other, in the order in which it is done.</p>";

fn plan(to: &Path, sources: Vec<Source>) -> Plan {
    let limits = Limits {
        page: 20_000,
        listing: 20_000,
        timeout: Duration::from_secs(5),
        tries: 3,
        pause: Duration::from_millis(1),
        longest_pause: Duration::from_millis(50),
        redirects: 3,
    };
    Plan { sources, to: to.to_owned(), limits, ..Plan::default() }
}

async fn import(plan: Plan) -> Report {
    run(plan, &mut |_| ()).await.unwrap()
}

fn outcome<'a>(report: &'a Report, source: &str) -> &'a Outcome {
    &report
        .entries
        .iter()
        .find(|entry| entry.source == source)
        .unwrap_or_else(|| panic!("{report:#?}"))
        .outcome
}

fn reason(report: &Report, source: &str) -> String {
    let Outcome::Skipped(reason) = outcome(report, source) else { panic!("{report:#?}") };
    reason.to_string()
}

#[tokio::test]
async fn pages_become_articles_that_link_to_each_other() {
    let (server, to) = (Server::start().await, tempfile::tempdir().unwrap());
    let text = format!(
        "{LONG}<p>Then <a href='/help/sign-in.html'>sign in</a> or <a href='/other'>read on</a>.</p>"
    );
    server.on("/help/reset.html", [page("Reset it", &text)]);
    server.on("/help/sign-in.html", [page("Sign in", LONG)]);
    let list = to.path().join("list.txt");
    let lines = [
        "# help pages".to_owned(),
        server.url("/help/reset.html"),
        String::new(),
        format!("{} # the other", server.url("/help/sign-in.html")),
        "ftp://example.com/x".to_owned(),
        server.url("/help/reset.html"),
    ];
    fs::write(&list, lines.join("\n")).unwrap();
    let mut seen = Vec::new();
    let target = to.path().join("to");
    let report =
        run(plan(&target, vec![Source::List(list)]), &mut |progress| seen.push(progress)).await.unwrap();

    assert_eq!((report.totals.imported, report.totals.skipped), (2, 1));
    assert_eq!(
        reason(&report, "list.txt: ftp://example.com/x"),
        "it cannot be understood: line 5 is no http or https address"
    );
    let article = fs::read_to_string(target.join("help-reset.md")).unwrap();
    assert!(article.contains("[sign in](help-sign-in)"), "{article}");
    assert!(article.contains(&format!("[read on]({})", server.url("/other"))), "{article}");
    assert!(seen.contains(&Progress::Fetching { address: server.url("/help/sign-in.html"), found: 1 }));
    assert!(seen.contains(&Progress::Writing { done: 2, total: 2 }));
}

#[tokio::test]
async fn a_busy_server_is_asked_again() {
    let (server, to) = (Server::start().await, tempfile::tempdir().unwrap());
    let busy = || Response::new("429 Too Many Requests").header("retry-after", "0");
    server.on("/patient", [busy(), Response::new("500 Oops"), page("Patient", LONG)]);
    server.on("/broken", [Response::new("503 Down")]);
    server.on("/for-hours", [Response::new("429 Busy").header("retry-after", "3600")]);
    server.on("/forbidden", [Response::new("403 Forbidden")]);
    let sources =
        ["/patient", "/broken", "/for-hours", "/forbidden"].map(|path| Source::Page(server.url(path)));
    let report = import(plan(to.path(), sources.to_vec())).await;

    assert_eq!(*outcome(&report, &server.url("/patient")), Outcome::Imported);
    assert_eq!(server.asked("/patient"), 3);
    assert_eq!(reason(&report, &server.url("/broken")), "it cannot be fetched: the server answered 503");
    assert_eq!(server.asked("/broken"), 3);
    let wait = "it cannot be fetched: the server is busy and asks to wait 3600 seconds";
    assert_eq!(reason(&report, &server.url("/for-hours")), wait);
    assert_eq!((server.asked("/for-hours"), server.asked("/forbidden")), (1, 1));
}

#[tokio::test]
async fn what_is_no_page_is_refused() {
    let (server, to) = (Server::start().await, tempfile::tempdir().unwrap());
    server.on("/large", [page("Large", &LONG.repeat(1_000))]);
    let endless = format!("{:x}\r\n{}\r\n", 15_000, "a".repeat(15_000)).repeat(2);
    let chunked =
        Response::new("200 OK").header("transfer-encoding", "chunked").header("content-type", "text/html");
    server.on("/endless", [chunked.body(endless)]);
    server.on("/picture", [Response::new("200 OK").header("content-type", "image/png").body("x")]);
    server.on("/round", [Response::new("302 Found").header("location", "/round")]);
    server.on("/inside", [Response::new("302 Found").header("location", "http://169.254.169.254/latest")]);
    server.on("/file", [Response::new("302 Found").header("location", "file:///etc/passwd")]);
    let paths = ["/large", "/endless", "/picture", "/round", "/inside", "/file"];
    let report = import(plan(to.path(), paths.map(|path| Source::Page(server.url(path))).to_vec())).await;

    assert_eq!(report.totals.skipped, paths.len());
    for (path, said) in [
        ("/large", "larger than 20000 bytes"),
        ("/endless", "larger than 20000 bytes"),
        ("/picture", "it is \"image/png\", not a page in HTML"),
        ("/round", "too many redirects"),
        ("/inside", "private network"),
        ("/file", "it cannot be fetched"),
    ] {
        let reason = reason(&report, &server.url(path));
        assert!(reason.contains(said), "{path}: {reason}");
        assert!(!reason.contains("169.254"), "{reason}");
    }
    assert_eq!(server.asked("/large"), 1);
}

#[tokio::test]
async fn a_page_is_known_by_its_canonical_address() {
    let (server, to) = (Server::start().await, tempfile::tempdir().unwrap());
    let canonical = "<html><head><link rel=canonical href='/en/thing'><title>T</title></head><body><main>";
    let html = format!("{canonical}{LONG}</main></body></html>");
    let response = || Response::new("200 OK").header("content-type", "text/html").body(html.clone());
    server.on("/moved", [Response::new("301 Moved").header("location", "/thing?utm_source=x")]);
    server.on("/thing?utm_source=x", [response()]).on("/thing?print=1", [response()]);
    let sources = ["/moved", "/thing?print=1"].map(|path| Source::Page(server.url(path)));
    let report = import(plan(to.path(), sources.to_vec())).await;

    let article = fs::read_to_string(to.path().join("en-thing.md")).unwrap();
    assert!(article.contains(&format!("url = \"{}\"", server.url("/en/thing"))), "{article}");
    let clash = format!("\"en-thing\" is the id of {} already", server.url("/moved"));
    assert_eq!(reason(&report, &server.url("/thing?print=1")), clash);
}

#[tokio::test]
async fn old_pages_are_read_in_their_own_encoding() {
    let (server, to) = (Server::start().await, tempfile::tempdir().unwrap());
    let html = format!(
        "<html><head><meta charset=windows-1252><title>T</title></head><main>Caf\u{e9} {LONG}</main></html>"
    );
    let bytes: Vec<u8> = html.chars().map(|c| c as u8).collect();
    server.on("/old", [Response::new("200 OK").header("content-type", "text/html").body(bytes)]);
    import(plan(to.path(), vec![Source::Page(server.url("/old"))])).await;
    assert!(fs::read_to_string(to.path().join("old.md")).unwrap().contains("Café"));
}

#[tokio::test]
async fn a_page_that_is_gone_takes_its_article_along_only_when_pruned() {
    let (server, to) = (Server::start().await, tempfile::tempdir().unwrap());
    let sources = || vec![Source::Page(server.url("/page"))];
    server.on("/page", [page("Page", LONG)]);
    import(plan(to.path(), sources())).await;
    server.on("/page", [Response::new("500 Down")]);
    let down = import(Plan { prune: true, ..plan(to.path(), sources()) }).await;
    assert_eq!((down.totals.pruned, down.totals.vanished), (0, 0));
    server.on("/page", [Response::new("410 Gone")]);
    assert_eq!(import(plan(to.path(), sources())).await.totals.vanished, 1);
    assert!(to.path().join("page.md").exists());
    assert_eq!(import(Plan { prune: true, ..plan(to.path(), sources()) }).await.totals.pruned, 1);
    assert!(!to.path().join("page.md").exists());
}

fn article(id: u32) -> String {
    format!(
        r#"{{"id": {id}, "title": "Article {id}", "body": "<p>Text {id}.</p>", "draft": false, "label_names": []}}"#
    )
}

const FIRST: &str = "/api/v2/help_center/articles.json?page%5Bsize%5D=100";

#[tokio::test]
async fn a_help_centre_is_read_page_by_page() {
    let (server, to) = (Server::start().await, tempfile::tempdir().unwrap());
    let next = server.url("/api/v2/help_center/articles.json?page[after]=x");
    let first = format!(
        r#"{{"articles": [{}], "links": {{"next": "{next}"}}, "meta": {{"has_more": true}}}}"#,
        article(1)
    );
    let busy = Response::new("429 Busy").header("retry-after", "0");
    server.on(FIRST, [busy, json(first)]);
    let last = format!(r#"{{"articles": [{}, {{"id": "x"}}], "next_page": null}}"#, article(2));
    server.on("/api/v2/help_center/articles.json?page[after]=x", [json(last)]);
    let source = || vec![Source::HelpCentre(server.url("/"))];
    let report = import(plan(to.path(), source())).await;
    assert_eq!((report.totals.imported, report.totals.skipped), (2, 1));
    assert!(fs::read_to_string(to.path().join("zendesk-2.md")).unwrap().contains("Text 2."));

    // The second page fails: nobody knows whether article 2 is still there, and it stays.
    server.on("/api/v2/help_center/articles.json?page[after]=x", [Response::new("500 Oops")]);
    let broken = import(Plan { prune: true, ..plan(to.path(), source()) }).await;
    assert_eq!((broken.totals.unchanged, broken.totals.pruned, broken.totals.vanished), (1, 0, 0));
    assert_eq!(reason(&broken, "zendesk:127.0.0.1"), "it cannot be fetched: the server answered 500");

    // Article 2 is a draft now.
    let draft = article(2).replace("\"draft\": false", "\"draft\": true");
    server.on(FIRST, [json(format!("[{}, {draft}]", article(1)))]);
    let pruned = import(Plan { prune: true, ..plan(to.path(), source()) }).await;
    assert_eq!((pruned.totals.unchanged, pruned.totals.pruned), (1, 1));
    assert!(!to.path().join("zendesk-2.md").exists());
}

#[tokio::test]
async fn a_help_centre_cannot_send_us_elsewhere_or_in_circles() {
    let (server, to) = (Server::start().await, tempfile::tempdir().unwrap());
    for next in ["http://example.com/api", &server.url(FIRST)] {
        server.on(FIRST, [json(format!(r#"{{"articles": [{}], "next_page": "{next}"}}"#, article(1)))]);
        let report = import(plan(to.path(), vec![Source::HelpCentre(server.url(""))])).await;
        assert!(
            reason(&report, "zendesk:127.0.0.1").contains("leads elsewhere or in a circle"),
            "{report:?}"
        );
    }
}

#[tokio::test]
async fn only_http_is_spoken() {
    let to = tempfile::tempdir().unwrap();
    let report = import(plan(to.path(), vec![Source::Page("ftp://example.com/a".to_owned())])).await;
    let scheme = "only http and https addresses can be fetched".to_owned();
    assert_eq!(*outcome(&report, "ftp://example.com/a"), Outcome::Skipped(Reason::Unfetched(scheme)));
}
