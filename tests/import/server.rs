//! A web server as small as can be: it answers each path with the responses it was given, the last one again and again.

use std::{
    collections::HashMap,
    fmt::Write,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A response: status line's end, headers, body.
#[derive(Debug, Clone)]
pub struct Response {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    pub fn new(status: &'static str) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new() }
    }

    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }
}

/// A page that a browser would show.
pub fn page(title: &str, text: &str) -> Response {
    let html = format!(
        "<html lang=en><head><title>{title}</title></head><body><main><h1>{title}</h1>{text}</main></body></html>"
    );
    Response::new("200 OK").header("content-type", "text/html; charset=utf-8").body(html)
}

/// A listing as an API sends it.
pub fn json(body: impl Into<Vec<u8>>) -> Response {
    Response::new("200 OK").header("content-type", "application/json").body(body)
}

/// A server on a port of its own, which ends with the test.
pub struct Server {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<HashMap<String, Vec<Response>>>>,
}

impl Server {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server =
            Self { address: listener.local_addr().unwrap(), asked: Arc::default(), answers: Arc::default() };
        let (asked, answers) = (Arc::clone(&server.asked), Arc::clone(&server.answers));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&asked), Arc::clone(&answers)));
            }
        });
        server
    }

    /// Answers `path` with these responses in turn.
    pub fn on(&self, path: &str, responses: impl IntoIterator<Item = Response>) -> &Self {
        self.answers.lock().unwrap().insert(path.to_owned(), responses.into_iter().collect());
        self
    }

    /// The address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often a path was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == path).count()
    }
}

async fn answer(
    mut stream: TcpStream,
    asked: Arc<Mutex<Vec<String>>>,
    answers: Arc<Mutex<HashMap<String, Vec<Response>>>>,
) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        match stream.read(&mut byte).await {
            Ok(1) => request.push(byte[0]),
            _ => return,
        }
    }
    let path = String::from_utf8_lossy(&request).split(' ').nth(1).unwrap().to_owned();
    asked.lock().unwrap().push(path.clone());
    let response = {
        let mut answers = answers.lock().unwrap();
        match answers.get_mut(&path) {
            Some(responses) if responses.len() > 1 => responses.remove(0),
            Some(responses) => responses[0].clone(),
            None => Response::new("404 Not Found"),
        }
    };
    let mut head = format!("HTTP/1.1 {}\r\nconnection: close\r\n", response.status);
    if !response.headers.iter().any(|(name, _)| *name == "transfer-encoding") {
        write!(head, "content-length: {}\r\n", response.body.len()).unwrap();
    }
    for (name, value) in &response.headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    head.push_str("\r\n");
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(&response.body).await;
}
