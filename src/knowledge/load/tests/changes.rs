//! Reading only what has changed.

use proptest::prelude::*;

use super::*;

#[test]
fn only_what_changed_is_read_again() {
    let mut folder = Folder::new();
    for id in ["a", "b", "c"] {
        folder.article(&format!("{id}.md"), id, "", "[to c](c) [dead](dead)");
    }
    let first = folder.load(&Manifest::default());
    let json = serde_json::to_string(&first.manifest).unwrap();
    let kept: Manifest = serde_json::from_str(&json).unwrap();
    assert_eq!(kept, first.manifest);
    folder.article("b.md", "b", "", "Another text");
    folder.remove("c.md");
    let mut progress = Vec::new();
    let second = load(&folder.path(), &kept, &mut |done, total| progress.push((done, total))).unwrap();
    assert_eq!((ids(&second), &second.removed), (vec!["b"], &vec![ArticleId::parse("c").unwrap()]));
    assert_eq!(progress, [(1, 1)]);
    insta::assert_snapshot!(folder.faults(&second), @r#"
    knowledge/a.md:7: error: the link leads to "c", and there is no such article; write that article, or link to another one
    knowledge/a.md:7: error: the link leads to "dead", and there is no such article; write that article, or link to another one
    "#);
    let third = folder.load(&second.manifest);
    assert_eq!((third.articles.len(), third.removed.len()), (0, 0));
    assert_eq!(third.faults, second.faults, "faults of unchanged files are remembered");
}

#[test]
fn a_manifest_of_another_version_is_not_used() {
    let json = serde_json::to_string(&Manifest::default()).unwrap();
    assert_eq!(serde_json::from_str::<Manifest>(&json).unwrap(), Manifest::default());
    assert!(serde_json::from_str::<Manifest>(&json.replace("\"version\":", "\"version\":9")).is_err());
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_for_a_while_is_not_forgotten() {
    use std::os::unix::fs::PermissionsExt;

    let mut folder = Folder::new();
    folder.article("docs/a.md", "a", "", "Text");
    let first = folder.load(&Manifest::default());
    let allow =
        |mode| fs::set_permissions(folder.path().join("docs"), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o000);
    // Root reads everything.
    if fs::read_dir(folder.path().join("docs")).is_err() {
        let second = folder.load(&first.manifest);
        assert_eq!((second.removed.len(), second.faults.len()), (0, 1));
    }
    allow(0o755);
}

/// What can happen to a file.
#[derive(Debug, Clone)]
enum Edit {
    Write { file: u8, id: u8, alias: u8, link: u8 },
    Break { file: u8 },
    Remove { file: u8 },
}

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let edit = prop_oneof![
        4 => (0..5u8, 0..4u8, 0..6u8, 0..6u8).prop_map(|(file, id, alias, link)| Edit::Write { file, id, alias, link }),
        1 => (0..5u8).prop_map(|file| Edit::Break { file }),
        2 => (0..5u8).prop_map(|file| Edit::Remove { file }),
    ];
    prop::collection::vec(prop::collection::vec(edit, 1..4), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn reading_changes_ends_where_reading_everything_does(rounds in edits()) {
        let mut folder = Folder::new();
        fs::create_dir(folder.path()).unwrap();
        let mut manifest = Manifest::default();
        let mut index: BTreeMap<ArticleId, LoadedArticle> = BTreeMap::new();
        for round in rounds {
            for edit in round {
                match edit {
                    Edit::Write { file, id, alias, link } => folder.article(
                        &format!("{file}.md"),
                        &format!("id-{id}"),
                        &format!("aliases = [\"id-{alias}\"]"),
                        &format!("[link](id-{link})"),
                    ),
                    Edit::Break { file } => folder.write(&format!("{file}.md"), "broken"),
                    Edit::Remove { file } => {
                        let _ = fs::remove_file(folder.path().join(format!("{file}.md")));
                    }
                }
            }
            let changed = folder.load(&manifest);
            for id in &changed.removed {
                prop_assert!(index.remove(id).is_some(), "{id} was not there");
            }
            index.extend(changed.articles.into_iter().map(|loaded| (loaded.article.about.id.clone(), loaded)));
            manifest = changed.manifest;
            let whole = folder.load(&Manifest::default());
            prop_assert_eq!(&manifest, &whole.manifest);
            prop_assert_eq!(changed.faults, whole.faults);
            let expected: BTreeMap<ArticleId, LoadedArticle> =
                whole.articles.into_iter().map(|loaded| (loaded.article.about.id.clone(), loaded)).collect();
            prop_assert_eq!(&index, &expected);
        }
    }
}
