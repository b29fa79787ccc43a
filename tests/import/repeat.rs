//! The same import again and again: what changed is written, what people did stays, and nothing else moves.

use std::{fs, path::Path};

use guidepost::{
    domain::ArticleId,
    services::import::{ImportError, Plan, Source, run},
};

use super::world::{World, said};

#[tokio::test]
async fn the_second_import_touches_nothing() {
    let world = World::new(&[("a.md", "# A\n\nSee [b](b.md).\n"), ("b.md", "---\ntitle: B\n---\nText.\n")]);
    assert_eq!(world.import().await.totals.imported, 2);
    let before = world.state();
    assert_eq!(before.len(), 3, "two articles and the manifest, nothing half-written");
    assert_eq!(world.import().await.totals.unchanged, 2);
    assert_eq!(world.state(), before);
}

#[tokio::test]
async fn a_changed_source_changes_its_article_and_keeps_its_id() {
    let world = World::new(&[("a.md", "# A\n\nOld.\n"), ("b.md", "# B\n\nText.\n")]);
    world.import().await;
    let before = world.state();
    world.write("a.md", "# Another title\n\nNew.\n");
    let report = world.import().await;
    assert_eq!((report.totals.updated, report.totals.unchanged), (1, 1));
    assert!(world.article("a").contains("title = \"Another title\""));
    assert_eq!(world.state()[1], before[1], "the other article was not touched");
}

#[tokio::test]
async fn an_id_is_remembered() {
    let world = World::new(&[("a.md", "# A\n\nText. [b](b.md)\n"), ("b.md", "# B\n\nText.\n")]);
    world.import().await;
    // Somebody wants the address of `a` to be something else, and says so in the manifest.
    let manifest = fs::read_to_string(world.to().join("import.toml")).unwrap();
    fs::write(world.to().join("import.toml"), manifest.replace("id = \"b\"", "id = \"better-name\""))
        .unwrap();
    fs::remove_file(world.to().join("b.md")).unwrap();
    world.import().await;
    assert!(world.article("a").contains("[b](better-name)"));
    assert!(world.article("better-name").contains("id = \"better-name\""));
}

#[tokio::test]
async fn what_people_edited_stays_unless_forced() {
    let world = World::new(&[("a.md", "# A\n\nText.\n")]);
    world.import().await;
    let edited = world.article("a").replace("Text.", "Better text.");
    fs::write(world.to().join("a.md"), &edited).unwrap();
    world.write("a.md", "# A\n\nNew text.\n");
    for _ in 0..2 {
        assert_eq!(said(&world.import().await, "docs/a.md"), "Edited");
        assert_eq!(world.article("a"), edited);
    }
    assert_eq!(said(&world.import_as(|plan| plan.force = true).await, "docs/a.md"), "Updated");
    assert!(world.article("a").contains("New text."));
    assert_eq!(said(&world.import().await, "docs/a.md"), "Unchanged");
}

#[tokio::test]
async fn a_vanished_source_is_reported_and_pruned_on_request() {
    let world = World::new(&[
        ("a.md", "# A\n\n[b](b.md) [c](c.md)\n"),
        ("b.md", "# B\n\nText.\n"),
        ("c.md", "# C\n\nText.\n"),
    ]);
    world.import().await;
    world.remove("b.md");
    world.remove("c.md");
    fs::write(world.to().join("c.md"), world.article("c").replace("Text.", "Edited.")).unwrap();
    let report = world.import().await;
    assert_eq!((report.totals.vanished, report.totals.updated), (2, 1), "a links to neither any more");
    assert!(world.article("a").contains("\nb c\n"));
    assert!(world.to().join("b.md").exists());

    let report = world.import_as(|plan| plan.prune = true).await;
    assert_eq!((said(&report, "docs/b.md"), said(&report, "docs/c.md")), ("Pruned".into(), "Edited".into()));
    assert!(!world.to().join("b.md").exists() && world.to().join("c.md").exists());
    let report = world.import_as(|plan| (plan.prune, plan.force) = (true, true)).await;
    assert_eq!(said(&report, "docs/c.md"), "Pruned");
    assert_eq!(world.import().await.entries.len(), 1);
}

#[tokio::test]
async fn an_empty_or_missing_folder_prunes_nothing() {
    let world = World::new(&[("a.md", "# A\n\nText.\n")]);
    world.import().await;
    world.remove("a.md");
    let report = world.import_as(|plan| plan.prune = true).await;
    assert_eq!((report.totals.pruned, report.totals.skipped), (0, 1));
    fs::remove_dir(world.docs()).unwrap();
    let report = world.import_as(|plan| plan.prune = true).await;
    assert_eq!((report.totals.pruned, report.totals.skipped), (0, 1));
    assert!(world.to().join("a.md").exists());
}

#[tokio::test]
async fn clashes_are_reported_and_not_guessed() {
    let world = World::new(&[
        ("a/b.md", "# One\n\nText. [x](../known.md)\n"),
        ("a-b.md", "# Two\n\nText.\n"),
        ("known.md", "# Three\n\nText.\n"),
        ("mine.md", "# Four\n\nText.\n"),
    ]);
    fs::create_dir(world.to()).unwrap();
    fs::write(world.to().join("mine.md"), "written by hand").unwrap();
    let known = |plan: &mut Plan| plan.known_ids = [ArticleId::parse("known").unwrap()].into();
    let report = world.import_as(known).await;
    assert_eq!(said(&report, "docs/a-b.md"), "Imported");
    assert_eq!(said(&report, "docs/a/b.md"), "\"a-b\" is the id of docs/a-b.md already");
    assert_eq!(
        said(&report, "docs/known.md"),
        "\"known\" is an article elsewhere in the knowledge folder already"
    );
    assert_eq!(said(&report, "docs/mine.md"), "the folder has a file \"mine.md\" that no import wrote");
    assert_eq!(fs::read_to_string(world.to().join("mine.md")).unwrap(), "written by hand");
    // Whoever has an id keeps it, also against sources that come first by their name.
    world.write("a b.md", "# Five\n\nText.\n");
    assert_eq!(
        said(&world.import_as(known).await, "docs/a b.md"),
        "\"a-b\" is the id of docs/a-b.md already"
    );
}

#[tokio::test]
async fn one_bad_file_leaves_the_others() {
    let world = World::new(&[
        ("good.md", "# Good\n\n[empty](empty.md), [binary](binary.md)\n"),
        ("empty.md", "# Only a title\n"),
        ("draft.md", "---\ntitle: D\ndraft: true\n---\nText.\n"),
    ]);
    fs::write(world.docs().join("binary.md"), [0xff, 0xfe, 0x00]).unwrap();
    fs::write(world.docs().join("large.md"), "a".repeat(5 << 20)).unwrap();
    let report = world.import().await;
    assert_eq!((report.totals.imported, report.totals.skipped), (1, 4));
    assert_eq!(said(&report, "docs/empty.md"), "there is nothing in it");
    assert_eq!(said(&report, "docs/binary.md"), "it is not UTF-8");
    assert_eq!(said(&report, "docs/draft.md"), "it is a draft");
    assert!(said(&report, "docs/large.md").contains("5242880 bytes"));
    assert!(world.article("good").contains("\nempty, binary\n"), "nothing links to what is not there");
}

#[tokio::test]
async fn a_source_that_cannot_be_read_now_keeps_its_article() {
    let world = World::new(&[("a.md", "# A\n\nText.\n"), ("b.md", "# B\n\nText.\n")]);
    world.import().await;
    fs::write(world.docs().join("a.md"), [0xff]).unwrap();
    let report = world.import_as(|plan| plan.prune = true).await;
    assert_eq!((report.totals.pruned, report.totals.skipped), (0, 1));
    assert!(world.to().join("a.md").exists());
}

#[tokio::test]
async fn a_rehearsal_writes_nothing() {
    let world = World::new(&[("a.md", "# A\n\nText.\n")]);
    let report = world.import_as(|plan| plan.dry_run = true).await;
    assert!(report.dry_run && report.totals.imported == 1 && !world.to().exists());
    world.import().await;
    let before = world.state();
    world.write("a.md", "# A\n\nNew.\n");
    let report = world.import_as(|plan| (plan.dry_run, plan.prune) = (true, true)).await;
    assert_eq!(report.totals.updated, 1);
    assert_eq!(world.state(), before);
}

#[tokio::test]
async fn two_sources_share_a_folder() {
    let world = World::new(&[("a.md", "# A\n\nText.\n")]);
    let other = world.docs().with_file_name("more");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("z.md"), "# Z\n\nText.\n").unwrap();
    world.import().await;
    let report = world
        .import_as(|plan| (plan.sources, plan.prune) = (vec![Source::Folder(other.clone())], true))
        .await;
    assert_eq!(
        (report.totals.imported, report.totals.pruned),
        (1, 0),
        "the first source was not part of this run"
    );
    let file = world.import_as(|plan| plan.sources = vec![Source::Folder(other.join("z.md"))]).await;
    assert_eq!(said(&file, "z.md"), "\"z\" is the id of more/z.md already");
}

#[tokio::test]
async fn a_damaged_manifest_stops_the_import() {
    let world = World::new(&[("a.md", "# A\n\nText.\n")]);
    world.import().await;
    fs::write(world.to().join("import.toml"), "version = 1\narticles = 5\n").unwrap();
    assert!(matches!(run(world.plan(), &mut |_| ()).await, Err(ImportError::Manifest(_))));
    assert!(matches!(run(Plan::default(), &mut |_| ()).await, Err(ImportError::NothingToImport)));
}

#[cfg(unix)]
#[tokio::test]
async fn articles_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new(&[("a.md", "# A\n\nText.\n")]);
    world.import().await;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&world.to().join("a.md")), mode(&world.docs().join("a.md")));
}
