//! What nobody should send over the socket: too long, nonsense, too slow, too many.

use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

use guidepost::chat::{Input, Request};
use guidepost::domain::{Identity, Upload};
use guidepost::platforms::socket::{SocketError, listen, turn, who};

use super::world::{Running, ada, at_terminal};

fn request(text: &str) -> Request {
    let speaker = at_terminal(&ada());
    Request::new(speaker.who, speaker.place, Input::Text(text.to_owned()))
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
async fn a_turn_that_makes_no_sense_is_refused_and_harms_nobody() {
    let desk = Running::start().await;
    let asks = |text: &str| format!("{{\"v\":2,\"turn\":{text}}}\n").into_bytes();
    let coming = |bytes: usize, files: &str| asks(&format!("{{\"bytes\":{bytes},\"files\":{files}}}"));
    let said = serde_json::to_vec(&request("help")).unwrap();
    let with = |bytes: usize, files: &str, rest: &[u8]| [coming(bytes, files), rest.to_vec()].concat();
    let file = "{\"name\":\"a\",\"bytes\":5}";
    let many = format!("[{}]", [file; 11].join(","));
    for (sent, expected) in [
        (asks("{}"), "does not know what it was asked"),
        (asks("{\"bytes\":-1,\"files\":[]}"), "does not know what it was asked"),
        (coming(usize::MAX, "[]"), "a turn may have 8388608 bytes"),
        (coming(9_000_000, "[]"), "a turn may have 8388608 bytes"),
        (coming(5, &many), "a turn may bring 10 files"),
        (coming(5, "[{\"name\":\"a\",\"bytes\":1000001}]"), "a file may have 1000000 bytes"),
        (with(5, "[]", b"hello"), "that is no turn of a conversation"),
        (with(4, "[]", b"null"), "that is no turn of a conversation"),
        (with(said.len() + 1, "[]", &said), "the other side hung up"),
        (with(said.len(), &format!("[{file}]"), &[&said[..], b"abcd"].concat()), "the other side hung up"),
        (
            asks(&format!("{{\"bytes\":1,\"files\":[],\"x\":\"{}\"}}", "x".repeat(70_000))),
            "a line may have 65536 bytes",
        ),
        (b"{\"v\":2,\"listen\":{}}\n".to_vec(), "does not know what it was asked"),
        (b"{\"v\":2,\"who\":7}\n".to_vec(), "does not know what it was asked"),
    ] {
        let answer = send(&desk.socket, &sent);
        assert!(answer.starts_with("{\"failed\":") && answer.contains(expected), "{expected}: {answer}");
        assert_eq!(answer.lines().count(), 1, "{answer}");
    }
    let reply = turn(&desk.socket, &request("help")).await.unwrap().unwrap();
    assert!(!reply.is_silent());
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_unknown_speaks_for_nobody() {
    let desk = Running::start().await;
    for name in
        ["", "P-000017", "nobody@example.org", "console:nobody", "discord:1", "desk:P-000001", "\u{1b}[2J"]
    {
        assert_eq!(who(&desk.socket, name).await.unwrap(), Some(None), "{name:?}");
    }
    // Nobody is made known by a number that was made up.
    let ghost = Identity::Desk(guidepost::domain::PersonId(17));
    let speaker = at_terminal(&ghost);
    let ask = Request::new(speaker.who, speaker.place, Input::Text("help".to_owned()));
    let reply = turn(&desk.socket, &ask).await.unwrap().unwrap();
    assert!(serde_json::to_string(&reply).unwrap().contains("Something on our side failed"));
    let ada = desk.people.meet(&ada(), None, super::world::now(&desk)).await.unwrap();
    let found = who(&desk.socket, &ada.id.to_string()).await.unwrap().unwrap();
    assert_eq!(found, Some(Identity::Desk(ada.id)));
    assert_eq!(desk.people.meet(&found.unwrap(), None, super::world::now(&desk)).await.unwrap(), ada);
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn listeners_keep_nobody_from_asking_and_their_number_is_limited() {
    let desk = Running::start().await;
    let mut listening = Vec::new();
    for n in 0..64 {
        let speaker = at_terminal(&Identity::Console(format!("user{n}")));
        listening.push(listen(&desk.socket, &speaker).await.unwrap().unwrap());
    }
    let one_more = listen(&desk.socket, &at_terminal(&ada())).await;
    let Err(SocketError::Refused(why)) = one_more else { panic!("65 listen") };
    assert!(why.contains("64 terminals listen already"), "{why}");
    assert!(turn(&desk.socket, &request("help")).await.unwrap().is_some());
    // The desk stops although they listen, and they hear of it.
    desk.stop().await;
    for mut one in listening {
        assert!(matches!(one.next().await, Err(SocketError::BrokenOff(_))));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_sends_slowly_holds_up_only_those_who_send_much() {
    let desk = Running::start().await;
    let mut slow = UnixStream::connect(&desk.socket).unwrap();
    slow.write_all(b"{\"v\":2,\"turn\":{\"bytes\":8000000,\"files\":[]}}\n{").unwrap();
    assert!(turn(&desk.socket, &request("help")).await.unwrap().is_some());
    drop(slow);
    let mut much = request("");
    much.files = vec![Upload { name: "a.txt".to_owned(), bytes: vec![b'a'; 900_000] }; 3];
    assert!(
        turn(&desk.socket, &much).await.unwrap().is_some(),
        "the slow one is gone, so this one is served"
    );
    // A text that is as long as any that is typed.
    assert!(turn(&desk.socket, &request(&"\u{1}é".repeat(500_000))).await.unwrap().is_some());
    desk.stop().await;
}
