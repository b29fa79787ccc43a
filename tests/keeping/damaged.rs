//! Damaged and hostile backups: each is refused, says why, and nothing is written.

use std::fs;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use guidepost::services::keeping::{KeepingError, Unfit};
use tar::EntryType;

use super::archive::{Item, pack, squeeze, unpack, with_sums};
use super::world::{bring_back, folder, places, small_backup};

/// Tries to restore; the answer is why not, and that nothing was written is certain.
async fn refused(file: &Path, folder: &Path) -> Option<Unfit> {
    let target = folder.join("target");
    let done = bring_back(file, &places(&target)).await;
    match done {
        Ok(_) => {
            fs::remove_dir_all(&target).unwrap();
            None
        }
        Err(KeepingError::Unfit { why, .. }) => {
            assert!(!target.exists(), "something was written, although {why}");
            Some(why)
        }
        Err(other) => panic!("refused for another reason: {other}"),
    }
}

#[tokio::test]
async fn a_backup_that_was_cut_off_anywhere_is_refused() {
    let folder = folder();
    let good = fs::read(small_backup(folder.path()).await).unwrap();
    let file = folder.path().join("cut.tar.gz");
    for length in (0..good.len()).step_by(37).chain(good.len() - 10..good.len()) {
        fs::write(&file, &good[..length]).unwrap();
        assert!(refused(&file, folder.path()).await.is_some(), "{length} of {} bytes", good.len());
    }
    // The same for the archive within, so that nothing but its own form tells.
    let mut tar = Vec::new();
    GzDecoder::new(good.as_slice()).read_to_end(&mut tar).unwrap();
    for length in (0..tar.len() - 1024).step_by(4096 + 128) {
        fs::write(&file, squeeze(&tar[..length])).unwrap();
        assert!(refused(&file, folder.path()).await.is_some(), "{length} of {} bytes", tar.len());
    }
    fs::write(&file, squeeze(&tar)).unwrap();
    assert_eq!(refused(&file, folder.path()).await, None, "and whole it is good");
}

#[tokio::test]
async fn a_bit_that_flipped_anywhere_is_noticed() {
    let folder = folder();
    let good = fs::read(small_backup(folder.path()).await).unwrap();
    let file = folder.path().join("flipped.tar.gz");
    // Bytes 4 to 9 are the time and the system of whoever compressed it: no form checks them, and nobody reads them.
    for at in (0..4).chain((10..good.len()).step_by(23)).chain(good.len() - 8..good.len()) {
        let mut bytes = good.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&file, bytes).unwrap();
        assert!(refused(&file, folder.path()).await.is_some(), "byte {at} of {}", good.len());
    }
}

#[tokio::test]
async fn what_follows_the_end_is_noticed() {
    let folder = folder();
    let good = fs::read(small_backup(folder.path()).await).unwrap();
    let file = folder.path().join("longer.tar.gz");
    for more in [b"x".to_vec(), squeeze(b"more"), vec![0; 5]] {
        fs::write(&file, [good.clone(), more].concat()).unwrap();
        assert!(matches!(refused(&file, folder.path()).await, Some(Unfit::Damaged(_))));
    }
    let mut tar = Vec::new();
    GzDecoder::new(good.as_slice()).read_to_end(&mut tar).unwrap();
    for more in [b"x".to_vec(), vec![0; 100_000]] {
        fs::write(&file, squeeze(&[tar.clone(), more].concat())).unwrap();
        assert!(matches!(refused(&file, folder.path()).await, Some(Unfit::Damaged(_))));
    }
}

type Change = fn(&mut Vec<Item>);

fn item<'a>(items: &'a mut [Item], name: &str) -> &'a mut Item {
    items.iter_mut().find(|item| item.name.starts_with(name)).unwrap()
}

fn remove(items: &mut Vec<Item>, name: &str) {
    let at = items.iter().position(|item| item.name.starts_with(name)).unwrap();
    items.remove(at);
}

/// Each of these has the right hashes: what tells is something else.
const FORGED: &[(&str, Change)] = &[
    ("no records", |items| remove(items, "store/")),
    ("no manifest", |items| remove(items, "manifest.json")),
    ("no key", |items| remove(items, "desk.key")),
    ("a file less", |items| remove(items, "files/")),
    ("a file more", |items| {
        let bytes = b"more".to_vec();
        let name = format!("files/{}", guidepost::store::files::FileId::of(&bytes).as_str());
        items.insert(0, Item::new(&name, bytes));
    }),
    ("a file with other bytes", |items| item(items, "files/").bytes.push(b'x')),
    ("an entry that no backup has", |items| items.insert(0, Item::new("readme.txt", "hello"))),
    ("a path out of its folder", |items| items.insert(0, Item::new("files/../../evil", "x"))),
    ("a path out of the root", |items| items.insert(0, Item::new("/etc/cron.d/evil", "x"))),
    ("a key in another spelling", |items| item(items, "desk.key").name = "./desk.key".to_owned()),
    ("a folder", |items| {
        let kind = EntryType::Directory;
        items.insert(0, Item { kind, ..Item::new("store", "") });
    }),
    ("a link", |items| item(items, "desk.key").kind = EntryType::Symlink),
    ("a hard link", |items| item(items, "manifest.json").kind = EntryType::Link),
    ("a longer name for the next entry", |items| {
        let kind = EntryType::GNULongName;
        items.insert(0, Item { kind, ..Item::new("desk.key", "../evil") });
    }),
    ("a sparse file", |items| item(items, "store/").kind = EntryType::GNUSparse),
    ("a key twice", |items| {
        let key = item(items, "desk.key").clone();
        items.push(key);
    }),
    ("parts out of order", |items| item(items, "store/").name = "store/000002.jsonl".to_owned()),
    ("a huge key", |items| item(items, "desk.key").told = Some(1 << 40)),
    ("a huge part", |items| item(items, "store/").told = Some(9 << 20)),
    ("a key that is none", |items| item(items, "desk.key").bytes = b"short".to_vec()),
    ("another key", |items| item(items, "desk.key").bytes = vec![b'k'; 64]),
    ("a record that is no JSON", |items| item(items, "store/").replace("\"key\"", "key")),
    ("a record less than is told", |items| {
        let records = item(items, "store/");
        let text = records.text();
        let (rest, _) = text.trim_end().rsplit_once('\n').unwrap();
        records.bytes = format!("{rest}\n").into_bytes();
    }),
    ("a record without its end", |items| {
        item(items, "store/").bytes.pop();
    }),
    ("a record twice", |items| {
        let records = item(items, "store/");
        let first = records.text().lines().next().unwrap().to_owned();
        records.bytes.splice(0..0, format!("{first}\n").into_bytes());
    }),
    ("records out of order", |items| item(items, "store/").replace("case/000001", "zcase/000001")),
    ("the engine's own key", |items| item(items, "store/").replace("counter/case", "~clock")),
    ("a key with a control character", |items| {
        item(items, "store/").replace("counter/case", "counter/c\\u0000e");
    }),
    ("an endless value", |items| {
        let long = format!("\"value\":\"{}", "x".repeat(7000));
        item(items, "store/")
            .replace("\"value\":{\"n\":0,\"text\":\"", &format!("{long}\",\"none\":{{\"a\":\""));
    }),
    ("a version after the last", |items| {
        let records = item(items, "store/");
        let text = records.text();
        let at = text.find("\"version\":").unwrap();
        records.bytes = format!("{}\"version\":9{}", &text[..at], &text[at + 10..]).into_bytes();
    }),
    ("no version of the data", |items| item(items, "store/").replace("store/version", "store/visions")),
    ("another version of the data", |items| {
        item(items, "manifest.json").replace("\"data_version\":1", "\"data_version\":0");
    }),
    ("other counts", |items| item(items, "manifest.json").replace("\"records\":", "\"records\":1")),
    ("a program that steers the terminal", |items| {
        item(items, "manifest.json").replace("\"guidepost\":\"", "\"guidepost\":\"\\u001b[2J");
    }),
];

#[tokio::test]
async fn a_forged_backup_is_refused_whatever_was_forged() {
    let folder = folder();
    let good = unpack(&small_backup(folder.path()).await);
    let file = folder.path().join("forged.tar.gz");
    pack(&with_sums(good.clone()), &file);
    assert_eq!(refused(&file, folder.path()).await, None, "the tests' own archive is refused");
    for (what, change) in FORGED {
        let mut items = good.clone();
        items.pop();
        change(&mut items);
        pack(&with_sums(items), &file);
        let why = refused(&file, folder.path()).await;
        assert!(matches!(why, Some(Unfit::Damaged(_) | Unfit::Foreign(_))), "{what}: {why:?}");
    }
    assert!(!folder.path().join("evil").exists());
}

#[tokio::test]
async fn the_hashes_have_to_be_those_of_everything() {
    let folder = folder();
    let good = unpack(&small_backup(folder.path()).await);
    let file = folder.path().join("forged.tar.gz");
    let changes: [(&str, Change); 5] = [
        ("another key", |items| item(items, "manifest.json").replace("\"made\":\"2", "\"made\":\"1")),
        ("an entry is not in them", |items| {
            let sums = item(items, "SHA256SUMS");
            let rest: Vec<String> = sums.text().lines().skip(1).map(|line| format!("{line}\n")).collect();
            sums.bytes = rest.concat().into_bytes();
        }),
        ("more than there is", |items| {
            let sums = item(items, "SHA256SUMS");
            sums.replace("store/000001.jsonl\n", "store/000001.jsonl\n00  store/000002.jsonl\n");
        }),
        ("they are missing", |items| remove(items, "SHA256SUMS")),
        ("something follows them", |items| items.rotate_right(1)),
    ];
    for (what, change) in changes {
        let mut items = good.clone();
        change(&mut items);
        pack(&items, &file);
        let why = refused(&file, folder.path()).await;
        assert!(matches!(why, Some(Unfit::Damaged(_))), "{what}: {why:?}");
    }
}

/// Why a backup is refused, in words that are the same in every version of the program.
async fn told(file: &Path, folder: &Path) -> String {
    refused(file, folder).await.unwrap().to_string().replace(env!("CARGO_PKG_VERSION"), "x.y.z")
}

#[tokio::test]
async fn a_newer_backup_names_what_is_newer() {
    let folder = folder();
    let good = unpack(&small_backup(folder.path()).await);
    let file = folder.path().join("newer.tar.gz");
    let mut items = good.clone();
    item(&mut items, "manifest.json").replace("\"format\":1", "\"format\":2");
    pack(&with_sums(items), &file);
    insta::assert_snapshot!(told(&file, folder.path()).await, @"it was made by guidepost x.y.z, whose form of backups is of version 2, and this program knows versions up to 1; use a newer guidepost");
    let mut items = good;
    item(&mut items, "manifest.json").replace("\"data_version\":1", "\"data_version\":7");
    item(&mut items, "store/").replace("{\"version\":1}", "{\"version\":7}");
    pack(&with_sums(items), &file);
    insta::assert_snapshot!(told(&file, folder.path()).await, @"it was made by guidepost x.y.z, whose data is of version 7, and this program knows versions up to 1; use a newer guidepost");
}

#[tokio::test]
async fn what_is_no_backup_at_all_says_so() {
    let folder = folder();
    let file = folder.path().join("other");
    for bytes in [b"".to_vec(), b"hello".to_vec(), squeeze(b"hello"), squeeze(b""), vec![0; 4096]] {
        fs::write(&file, bytes).unwrap();
        assert!(matches!(refused(&file, folder.path()).await, Some(Unfit::Damaged(_))));
    }
    assert!(matches!(
        refused(&folder.path().join("absent"), folder.path()).await,
        Some(Unfit::Unreadable(_))
    ));
}
