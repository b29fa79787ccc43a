//! A proxy before the server of the tests: it cuts connections at the worst moment, or lets nobody through.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio_postgres::config::Host;

/// How the protocol says "commit", and the server "committed".
const COMMIT: &[u8] = b"COMMIT\0";

/// What the proxy does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Pass,
    /// Whatever is asked next does not reach the server; then everything passes again.
    CutNext,
    /// The next commit does not reach the server; then everything passes again.
    CutBefore,
    /// The server commits, and the answer does not come back; then everything passes again.
    CutAfter,
    /// As before, and then the server stays away.
    CutAfterAndStay,
    /// Nobody gets through, and those who were through are cut off.
    Away,
}

/// A running proxy.
pub struct Proxy {
    mode: Arc<Mutex<Mode>>,
    port: u16,
}

impl Proxy {
    /// A proxy before the server of a URL, on the host's own address; and the URL through it.
    pub async fn before(url: &str) -> Option<(Self, String)> {
        let config: tokio_postgres::Config = url.parse().unwrap();
        let (Some(Host::Tcp(host)), port) = (config.get_hosts().first(), config.get_ports().first()) else {
            println!("skipped: connections that are cut (the server of GUIDEPOST_TEST_POSTGRES has no port)");
            return None;
        };
        let server = (host.clone(), port.copied().unwrap_or(5432));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy =
            Self { mode: Arc::new(Mutex::new(Mode::Pass)), port: listener.local_addr().unwrap().port() };
        tokio::spawn(accept(listener, server, Arc::clone(&proxy.mode)));
        let (front, rest) = url.split_once('@').unwrap_or(("postgres://root", url));
        let rest = rest.split_once('/').map_or("", |(_, rest)| rest);
        let through = format!("{front}@127.0.0.1:{}/{rest}", proxy.port);
        Some((proxy, through))
    }

    /// What it does from now on.
    pub fn set(&self, mode: Mode) {
        *self.mode.lock().unwrap() = mode;
    }

    /// What it does at present.
    pub fn mode(&self) -> Mode {
        *self.mode.lock().unwrap()
    }
}

async fn accept(listener: TcpListener, server: (String, u16), mode: Arc<Mutex<Mode>>) {
    while let Ok((client, _)) = listener.accept().await {
        if *mode.lock().unwrap() == Mode::Away {
            continue;
        }
        let server = TcpStream::connect((server.0.as_str(), server.1)).await.unwrap();
        client.set_nodelay(true).unwrap();
        server.set_nodelay(true).unwrap();
        let ((from_client, to_client), (from_server, to_server)) = (client.into_split(), server.into_split());
        let mode = Arc::clone(&mode);
        tokio::spawn(async move {
            // Where one direction ends, both are dropped.
            tokio::select! {
                () = pass(from_client, to_server, &mode, Mode::CutBefore) => {}
                () = pass(from_server, to_client, &mode, Mode::CutAfter) => {}
            }
        });
    }
}

/// Passes bytes on until a cut or the end.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mode: &Mutex<Mode>, cut: Mode) {
    let mut buffer = vec![0; 64 * 1024];
    // A message may come in two pieces.
    let mut seen: Vec<u8> = Vec::new();
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let bytes = &buffer[..length];
        seen.extend_from_slice(bytes);
        let is_commit = seen.windows(COMMIT.len()).any(|window| window == COMMIT);
        seen.drain(..seen.len().saturating_sub(COMMIT.len() - 1));
        {
            let mut mode = mode.lock().unwrap();
            let stays = *mode == Mode::CutAfterAndStay && cut == Mode::CutAfter;
            if is_commit && (*mode == cut || stays) {
                *mode = if stays { Mode::Away } else { Mode::Pass };
                return;
            }
            if *mode == Mode::CutNext && cut == Mode::CutBefore {
                *mode = Mode::Pass;
                return;
            }
            if *mode == Mode::Away {
                return;
            }
        }
        if to.write_all(bytes).await.is_err() {
            return;
        }
    }
}
