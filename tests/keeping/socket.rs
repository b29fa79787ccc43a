//! The socket of a running desk: what is asked over it, and what nobody should send.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guidepost::clock::ManualClock;
use guidepost::domain::{Effect, Job, JobKey, Mail, MailAddress, State, Work};
use guidepost::platforms::Uploads;
use guidepost::platforms::news::News;
use guidepost::platforms::socket::{Inside, Server, SocketError, ask, beside};
use guidepost::services::agenda::{JOBS, Record};
use guidepost::services::keeping::{IndexSeen, Keeper, Kept, Operation, Outcome, Progress, Running, Step};
use guidepost::store::{Batch, Store};

use crate::console::desk_of;

use super::world::{bring_back, fill, folder, fresh, keeper, now, places, unseen};

/// A desk that listens.
struct Listening {
    folder: tempfile::TempDir,
    kept: Kept,
    socket: PathBuf,
    server: Server,
}

impl Listening {
    async fn start() -> Self {
        let folder = folder();
        let socket = beside(&folder.path().join("data/store"));
        Self::start_at(folder, socket).await
    }

    async fn start_at(folder: tempfile::TempDir, socket: PathBuf) -> Self {
        let kept = places(folder.path()).open(fresh).await.unwrap();
        let server = Server::start(&socket, inside(kept.clone())).unwrap();
        Self { folder, kept, socket, server }
    }

    async fn ask(&self, operation: Operation) -> Result<Option<Outcome>, SocketError> {
        ask(&self.socket, operation, &mut unseen).await
    }

    async fn is_well(&self) {
        let status = self.ask(Operation::Status { count: false }).await.unwrap().unwrap();
        assert!(matches!(status, Outcome::Status(_)));
    }

    /// Closes the desk; its folder stays as long as the answer is kept.
    async fn close(self) -> tempfile::TempDir {
        self.server.close().await;
        self.kept.store.close().await;
        self.folder
    }
}

fn inside(kept: Kept) -> Inside {
    let running = Running { process: 42, since: now(), doors: Vec::new() };
    let clock = ManualClock::at(now()).clock();
    let news = News { desk: desk_of(&kept, &clock), commits: kept.store.watch(), clock: clock.clone() };
    let keeper = Keeper { running: Some(tokio::sync::watch::channel(running).1), ..keeper(kept) };
    Inside { keeper: Arc::new(keeper), news, clock, uploads: Uploads { most: 2, bytes: 1_000 } }
}

/// Three mails that were given up.
async fn give_three_up(store: &Store) {
    let mut batch = Batch::new();
    for number in 1..=3 {
        let to = MailAddress::parse("ann@example.org").unwrap();
        let work = Work::Effect(Effect::Mail(Mail::Test { to, asked_at: now() }));
        let state = State::Dead { at: now(), why: "nobody is there".to_owned() };
        let job = Job { state, ..Job::new(JobKey::of("mail-test", &[number]), work, now()) };
        JOBS.insert(&mut batch, &Record::Open(job));
    }
    store.commit(batch).await.unwrap();
}

/// Sends bytes as they are, and reads all that comes back. Blocks; the desk has threads of its own.
fn send(socket: &Path, bytes: &[u8]) -> String {
    let mut stream = UnixStream::connect(socket).unwrap();
    // The desk may hang up before it has read everything.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer);
    answer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_desk_tells_how_it_is() {
    let desk = Listening::start().await;
    fill(&desk.kept, 20).await;
    give_three_up(&desk.kept.store).await;
    let asked = desk.ask(Operation::Status { count: true }).await.unwrap().unwrap();
    let Outcome::Status(status) = asked else { panic!("{asked:?}") };
    assert_eq!(status.desk.unwrap().process, 42);
    assert_eq!(status.store.records, Some(super::world::all(&desk.kept.store).await.len() as u64));
    assert_eq!((status.store.engine.as_str(), status.store.data_version), ("sled", Some(1)));
    assert!(status.store.bytes.unwrap() > 0);
    assert_eq!((status.jobs.unwrap().dead, status.index), (3, IndexSeen::Missing));
    let reasons = serde_json::to_string(&status.needs_a_person).unwrap();
    assert_eq!(reasons, r#"[{"reason":"dead_letters","count":3},{"reason":"index","why":"there is none"}]"#);
    let socket = desk.socket.clone();
    desk.close().await;
    assert!(!socket.exists(), "the socket is left behind");
    assert!(ask(&socket, Operation::Check, &mut unseen).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_desk_backs_up_and_checks_and_tells_how_far_it_is() {
    let desk = Listening::start().await;
    fill(&desk.kept, 3000).await;
    let file = desk.folder.path().join("backup.tar.gz");
    let mut steps = Vec::new();
    let mut note = |at: Progress| steps.push(at.step);
    let made = ask(&desk.socket, Operation::Backup { file: file.clone() }, &mut note).await.unwrap();
    assert!(matches!(made, Some(Outcome::Backup(_))), "{made:?}");
    assert!(steps.contains(&Step::Records) || steps.contains(&Step::Files), "{steps:?}");
    bring_back(&file, &places(&desk.folder.path().join("target"))).await.unwrap();
    let again = desk.ask(Operation::Backup { file }).await;
    let Err(SocketError::Refused(why)) = again else { panic!("{again:?}") };
    assert!(why.contains("exists already"), "{why}");
    let checked = desk.ask(Operation::Check).await.unwrap();
    let Some(Outcome::Checked(checked)) = checked else { panic!("{checked:?}") };
    assert!(checked.is_clean() && checked.entries > 3000);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_its_owner_gets_to_the_socket() {
    let desk = Listening::start().await;
    let meta = fs::metadata(&desk.socket).unwrap();
    assert!(meta.file_type().is_socket());
    assert_eq!(meta.permissions().mode() & 0o777, 0o600);
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_socket_of_a_dead_desk_is_replaced_and_that_of_a_living_one_never() {
    let folder = folder();
    let socket = beside(&folder.path().join("data/store"));
    fs::create_dir_all(folder.path().join("data")).unwrap();
    drop(UnixListener::bind(&socket).unwrap());
    assert!(ask(&socket, Operation::Check, &mut unseen).await.unwrap().is_none(), "nobody is there");
    let desk = Listening::start_at(folder, socket.clone()).await;
    let second = Server::start(&socket, inside(desk.kept.clone()));
    let Err(SocketError::Taken { process, .. }) = second else { panic!("a second desk got the socket") };
    assert_eq!(process, Some(std::process::id()));
    desk.is_well().await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_socket_is_left_alone() {
    let folder = folder();
    let kept = places(folder.path()).open(fresh).await.unwrap();
    let place = folder.path().join("data/store.sock");
    fs::write(&place, "a letter").unwrap();
    let started = Server::start(&place, inside(kept.clone()));
    assert!(matches!(started.map(|_| ()), Err(SocketError::NoSocket(_))));
    assert_eq!(fs::read_to_string(&place).unwrap(), "a letter");
    kept.store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense_is_answered_and_harms_nobody() {
    let desk = Listening::start().await;
    let socket = desk.socket.clone();
    let long = format!("{{\"v\":2,\"do\":\"{}\"}}\n", "x".repeat(100_000));
    let cases: [(&[u8], &str); 10] = [
        (b"hello\n", "that is no request to a desk"),
        (b"\n", "that is no request to a desk"),
        (b"", "that is no request to a desk"),
        (b"\xff\xfe\x00\n", "that is no request to a desk"),
        (b"{\"v\":2,\"do\":\"check\"}", "that is no request to a desk"),
        (long.as_bytes(), "a line may have 65536 bytes"),
        (b"{\"v\":3,\"do\":{\"fly\":{}}}\n", "use the same guidepost for both"),
        (b"{\"v\":2,\"do\":{\"fly\":{}}}\n", "use the same guidepost for both"),
        (b"{\"v\":2}\n", "use the same guidepost for both"),
        (b"{\"v\":2,\"do\":{\"status\":{\"count\":false,\"more\":1}}}\n", "use the same guidepost for both"),
    ];
    for (sent, expected) in cases {
        let answer = send(&socket, sent);
        let name = String::from_utf8_lossy(&sent[..sent.len().min(60)]).into_owned();
        assert!(answer.contains(expected) && answer.starts_with("{\"failed\":"), "{name}: {answer}");
        assert_eq!(answer.lines().count(), 1, "{answer}");
    }
    // A tool that closes its side after the question gets its answer all the same.
    let answer = send(&socket, b"{\"v\":2,\"do\":\"check\"}\n{\"v\":2,\"do\":\"check\"}\n");
    assert!(answer.lines().last().unwrap().starts_with("{\"done\":{\"checked\":"), "{answer}");
    desk.is_well().await;
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_hangs_up_breaks_off_only_what_they_asked_for() {
    let desk = Listening::start().await;
    fill(&desk.kept, 6000).await;
    let place = desk.folder.path().join("backups");
    fs::create_dir(&place).unwrap();
    for n in 0..20 {
        let mut stream = UnixStream::connect(&desk.socket).unwrap();
        let request =
            serde_json::json!({"v": 2, "do": {"backup": {"file": place.join(format!("{n}.tar.gz"))}}});
        if n % 4 == 0 {
            stream.write_all(b"{\"v\":2,").unwrap();
        } else {
            stream.write_all(format!("{request}\n").as_bytes()).unwrap();
        }
        if n % 2 == 0 {
            let mut line = String::new();
            if n % 4 == 2 {
                BufReader::new(&stream).read_line(&mut line).unwrap();
                assert!(line.starts_with("{\"progress\":"), "{line}");
            }
        }
    }
    desk.is_well().await;
    let whole = desk.folder.path().join("whole.tar.gz");
    desk.ask(Operation::Backup { file: whole.clone() }).await.unwrap();
    let _folder = desk.close().await;
    for entry in fs::read_dir(&place).unwrap() {
        let entry = entry.unwrap();
        // Some were quick enough; none is half of one.
        let name = entry.file_name().into_string().unwrap();
        if name.ends_with(".tar.gz") {
            let target = place.join(format!("{name} restored"));
            bring_back(&entry.path(), &places(&target)).await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_may_ask_at_once_and_the_silent_hold_up_nobody() {
    let desk = Arc::new(Listening::start().await);
    let silent: Vec<UnixStream> = (0..8).map(|_| UnixStream::connect(&desk.socket).unwrap()).collect();
    let asking: Vec<_> = (0..50)
        .map(|_| {
            let desk = Arc::clone(&desk);
            tokio::spawn(async move { desk.is_well().await })
        })
        .collect();
    for one in asking {
        one.await.unwrap();
    }
    drop(silent);
    Arc::into_inner(desk).unwrap().close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_desk_that_stops_breaks_off_what_it_was_asked() {
    let desk = Listening::start().await;
    fill(&desk.kept, 6000).await;
    let place = desk.folder.path().join("backups");
    fs::create_dir(&place).unwrap();
    let (socket, file) = (desk.socket.clone(), place.join("backup.tar.gz"));
    let begun = Arc::new(tokio::sync::Notify::new());
    let told = Arc::clone(&begun);
    let asking = tokio::spawn(async move {
        let mut tell = |_: Progress| told.notify_one();
        ask(&socket, Operation::Backup { file }, &mut tell).await
    });
    begun.notified().await;
    let _folder = desk.close().await;
    let asked = asking.await.unwrap();
    let was_quick = place.join("backup.tar.gz").exists();
    assert_eq!(was_quick, matches!(asked, Ok(Some(_))), "{asked:?}");
    if let Err(error) = asked {
        assert!(matches!(error, SocketError::BrokenOff(_)), "{error}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_long_path_is_no_hindrance() {
    let folder = folder();
    let deep = folder.path().join("a-folder-with-a-rather-long-name".repeat(5));
    fs::create_dir(&deep).unwrap();
    let socket = beside(&deep.join("store"));
    assert!(socket.as_os_str().len() > 150);
    assert!(ask(&socket, Operation::Check, &mut unseen).await.unwrap().is_none());
    let desk = Listening::start_at(folder, socket.clone()).await;
    assert!(socket.exists());
    desk.is_well().await;
    // The name itself has to fit.
    let long = beside(&deep.join("s".repeat(120)));
    let started = Server::start(&long, inside(desk.kept.clone()));
    assert!(matches!(started.map(|_| ()), Err(SocketError::TooLong(_))));
    let _folder = desk.close().await;
    assert!(!socket.exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_given_up_is_listed_tried_again_and_given_up_for_good() {
    let desk = Listening::start().await;
    give_three_up(&desk.kept.store).await;
    let key = |number| JobKey::of("mail-test", &[number]);
    let retried = desk.ask(Operation::Retry { key: key(1) }).await.unwrap();
    assert_eq!(retried, Some(Outcome::Mended));
    let gone = desk.ask(Operation::Discard { key: key(2) }).await.unwrap();
    assert_eq!(gone, Some(Outcome::Mended));
    let again = desk.ask(Operation::Discard { key: key(2) }).await;
    let Err(SocketError::Refused(why)) = again else { panic!("{again:?}") };
    assert!(why.contains("there is no job mail-test-000002"), "{why}");
    let left = desk.ask(Operation::DeadLetters { limit: 9 }).await.unwrap();
    let Some(Outcome::Letters(left)) = left else { panic!("{left:?}") };
    assert_eq!(left.iter().map(|job| job.key.clone()).collect::<Vec<_>>(), [key(3)]);
    desk.close().await;
}
