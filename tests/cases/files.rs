//! Files in cases: kept as they are, each once, and gone when nobody names them.

use guidepost::domain::case::{CaseNumber, Verb, What};
use guidepost::services::cases::{Ask, CaseError, FileRefused, Opened};
use guidepost::services::keeping::{DeskKey, Kept, Operation, Outcome, perform};
use guidepost::store::files::FileId;
use guidepost::{app, config};

use super::world::{Desk, draft, file, hours, once, reply, start, words};
use crate::store::on_each_engine;

fn with(verb: Verb, files: Vec<guidepost::domain::Upload>) -> Ask {
    Ask { files, ..verb.into() }
}

#[test]
fn the_bytes_of_a_file_are_kept_under_a_harmless_name() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let mut draft = draft("it hangs");
        draft.files = vec![file("../../trace\u{202E}.log", b"0x80 at line 7")];
        let case = desk.cases.open(&ann, &draft, "once", start()).await.unwrap().case().number;
        let nothing = guidepost::domain::case::Written::new(None);
        let again = with(Verb::Reply(nothing), vec![file("b.log", b"bb"), file("c.log", b"bb")]);
        let case_after = desk.cases.act(&ann, case, &again, start()).await.unwrap().case;
        assert_eq!(case_after.files, 3);
        let inside = with(Verb::Note(words("see")), vec![file("notes.txt", b"secret")]);
        desk.cases.act(&eve, case, &inside, start()).await.unwrap();

        // After two days nothing that is named is taken for loose.
        desk.files.collect(start() + hours(48), 100).await.unwrap();
        let seen = desk.cases.show(&ann, case).await.unwrap();
        let mut found = Vec::new();
        for attachment in seen.events.iter().flat_map(|event| event.what.files()) {
            let bytes = desk.cases.bytes(attachment).await.unwrap().unwrap();
            assert_eq!(attachment.size, bytes.len() as u64);
            found.push((attachment.name.clone(), bytes));
        }
        let expected: [(&str, &[u8]); 3] =
            [("trace.log", b"0x80 at line 7"), ("b.log", b"bb"), ("c.log", b"bb")];
        assert_eq!(found, expected.map(|(name, bytes)| (name.to_owned(), bytes.to_vec())));
        let attached = desk.kept(case).await.1;
        let note = attached.iter().find(|event| matches!(event.what, What::Note(_))).unwrap();
        assert_eq!(desk.cases.bytes(&note.what.files()[0]).await.unwrap().unwrap(), b"secret");
    });
}

#[test]
fn cases_with_the_same_bytes_do_not_get_into_each_others_way() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let mut people = Vec::new();
        for n in 0..12 {
            people.push(desk.customer(&format!("person-{n}")).await);
        }
        let opening: Vec<_> = people
            .iter()
            .copied()
            .map(|person| {
                let cases = desk.cases.clone();
                let mut draft = draft("it hangs");
                draft.files = vec![file("trace.log", b"the same for everybody")];
                tokio::spawn(async move { cases.open(&person, &draft, "once", start()).await })
            })
            .collect();
        let mut attachments = Vec::new();
        for opened in opening {
            let Opened::New(case) = opened.await.unwrap().unwrap() else { panic!() };
            attachments.extend(desk.kept(case.number).await.1[0].what.files().to_vec());
        }
        assert_eq!(attachments.len(), 12);
        desk.files.collect(start() + hours(48), 100).await.unwrap();
        for attachment in attachments {
            assert_eq!(desk.cases.bytes(&attachment).await.unwrap().unwrap(), b"the same for everybody");
        }
        desk.assert_true().await;
    });
}

#[test]
fn a_file_that_is_refused_leaves_nothing_behind() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        let case = desk.open(&ann, "it hangs").await.number;
        let before = desk.dump().await;
        let good = || file("good.txt", b"good");
        let large = file("large.log", &vec![b'x'; 20_000_000]);
        for (files, expected) in [
            (
                vec![good(), large],
                FileRefused::TooLarge { name: "large.log".to_owned(), size: 20_000_000, most: 10_000_000 },
            ),
            (vec![good(), file("empty.txt", b"")], FileRefused::Empty { name: "empty.txt".to_owned() }),
            (vec![good(); 11], FileRefused::TooMany { count: 11, most: 10 }),
        ] {
            let mut draft = draft("more");
            draft.files.clone_from(&files);
            let opened = desk.cases.open(&ann, &draft, "once", start()).await;
            assert!(matches!(opened, Err(CaseError::File(refused)) if refused == expected));
            let replied = desk.cases.act(&ann, case, &with(reply("see"), files), start()).await;
            assert!(matches!(replied, Err(CaseError::File(refused)) if refused == expected));
        }
        assert_eq!(desk.dump().await, before);
        assert!(desk.bytes_on_disk().is_empty());
    });
}

#[test]
fn bytes_of_a_change_that_was_refused_go_after_a_day() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        let case = desk.open(&ann, "it hangs").await.number;
        let kept = desk
            .cases
            .act(&ann, case, &with(reply("see"), vec![file("a.log", b"kept")]), start())
            .await
            .unwrap();
        // The bytes of a put that never got its record: a process that died in between.
        let loose = desk.files.put(b"loose".to_vec(), start()).await.unwrap();
        desk.files.collect(start() + hours(23), 100).await.unwrap();
        assert!(desk.files.get(&loose.id).await.unwrap().is_some());
        desk.files.collect(start() + hours(24), 100).await.unwrap();
        assert_eq!(desk.files.get(&loose.id).await.unwrap(), None);
        assert_eq!(desk.cases.bytes(&kept.events[0].what.files()[0]).await.unwrap().unwrap(), b"kept");
    });
}

#[test]
fn a_forged_attachment_names_nothing() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, mallory) = (desk.customer("ann").await, desk.customer("mallory").await);
        let mut secret = draft("it hangs");
        secret.files = vec![file("secret.txt", b"of ann")];
        desk.cases.open(&ann, &secret, "once", start()).await.unwrap();
        // Who knows the hash of a file does not get at it by naming it.
        let mut written = words("mine");
        written.files = desk.kept(CaseNumber(1)).await.1[0].what.files().to_vec();
        assert_eq!(written.files[0].file, FileId::of(b"of ann").as_str());
        let case = desk.open(&mallory, "it hangs").await.number;
        let acted = desk.cases.act(&mallory, case, &once(Verb::Reply(written), "r"), start()).await.unwrap();
        assert!(acted.events[0].what.files().is_empty());
    });
}

#[test]
fn the_check_of_the_store_finds_nothing_to_complain_of() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let mut draft = draft(&"a long text with ümlauts. ".repeat(380));
        draft.files = vec![file("a.log", b"aa"), file("b.log", b"bb")];
        let case = desk.cases.open(&ann, &draft, "once", start()).await.unwrap().case().number;
        desk.cases
            .act(&eve, case, &with(Verb::Solve(None), vec![file("patch.txt", b"pk")]), start())
            .await
            .unwrap();
        desk.cases.act(&ann, case, &once(reply("no"), "r"), start()).await.unwrap();
        desk.cases.tend(start() + hours(1000), 10).await.unwrap();
        let key = DeskKey::parse(&"ab".repeat(32)).unwrap();
        let kept = Kept { store: desk.store.clone(), files: desk.files.clone(), key };
        let loaded = config::load(&config::Options { file: None, set: Vec::new() }, []).unwrap();
        let keeper = app::kept::keeper(&loaded, kept, None);
        let checked = perform(&Operation::Check, &keeper, start() + hours(24), &mut |_| {}).await.unwrap();
        let Outcome::Checked(checked) = checked else { panic!("{checked:?}") };
        assert!(checked.is_clean() && checked.files == 3, "{checked:?}");
    });
}
