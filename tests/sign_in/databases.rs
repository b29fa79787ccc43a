//! A server that answers as a database of compromised passwords does, or as one that is in trouble, and keeps what it was sent.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use guidepost::domain::password::{Fingerprint, Password};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How it answers.
#[derive(Debug, Clone)]
pub enum Manner {
    /// With these lines, and padding around them.
    Says(String),
    /// With this body and status.
    Answers(&'static str, String),
    /// Never, but it stays connected.
    Silent,
    /// Its answer ends in the middle.
    BreaksOff,
    /// With a list that does not end within any limit.
    Huge,
    /// That it is elsewhere.
    Elsewhere(String),
}

pub struct Ranges {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
}

impl Ranges {
    pub async fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ranges = Self {
            address: listener.local_addr().unwrap(),
            asked: Arc::default(),
            manner: Arc::new(Mutex::new(manner)),
        };
        let (asked, manner) = (Arc::clone(&ranges.asked), Arc::clone(&ranges.manner));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let manner = manner.lock().unwrap().clone();
                tokio::spawn(answer(stream, Arc::clone(&asked), manner));
            }
        });
        ranges
    }

    pub fn url(&self) -> String {
        format!("http://{}/range/", self.address)
    }

    pub fn set(&self, manner: Manner) {
        *self.manner.lock().unwrap() = manner;
    }

    /// Every request as it came in, from its first line to the last of its headers.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The line that a database has of a password which was seen so often.
pub fn line(password: &str, count: u32) -> String {
    let print = Fingerprint::of(&Password::typed(password));
    format!("{}:{count}", print.suffix())
}

async fn answer(mut stream: TcpStream, asked: Arc<Mutex<Vec<String>>>, manner: Manner) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        match stream.read(&mut byte).await {
            Ok(1) => request.push(byte[0]),
            _ => return,
        }
    }
    asked.lock().unwrap().push(String::from_utf8(request).unwrap());
    let whole = |status: &str, body: &str| {
        format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
    };
    let said = match manner {
        Manner::Says(lines) => {
            let padding = |digit: &str| format!("{}:0\r\n", digit.repeat(35));
            whole(
                "200 OK",
                &format!("{}{lines}\r\n{}", padding("0"), padding("F")).replace("\r\n\r\n", "\r\n"),
            )
        }
        Manner::Answers(status, body) => whole(status, &body),
        Manner::Elsewhere(url) => {
            whole("302 Found", "").replace("connection", &format!("location: {url}\r\nconnection"))
        }
        Manner::BreaksOff => {
            let cut = "0".repeat(35) + ":1\r\n";
            format!("HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n{cut}")
        }
        Manner::Silent => {
            // The client closes it when it has waited long enough.
            let _ = stream.read(&mut [0]).await;
            return;
        }
        Manner::Huge => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
            let lines = (String::from("0").repeat(35) + ":1\r\n").repeat(1000);
            while stream.write_all(lines.as_bytes()).await.is_ok() {}
            return;
        }
    };
    let _ = stream.write_all(said.as_bytes()).await;
}
