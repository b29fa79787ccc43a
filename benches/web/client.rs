//! A browser's connection: one request after the other, answers read to their end and not decompressed.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection that is kept.
pub struct Connection {
    stream: TcpStream,
    host: String,
    buffer: Vec<u8>,
}

impl Connection {
    pub async fn open(at: SocketAddr) -> Self {
        let stream = TcpStream::connect(at).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream, host: at.to_string(), buffer: Vec::new() }
    }

    /// Fetches a page; answers how many bytes came, head and all.
    pub async fn get(&mut self, path: &str) -> usize {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: gzip\r\n\r\n", self.host);
        self.stream.write_all(request.as_bytes()).await.unwrap();
        self.buffer.clear();
        let head = loop {
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await;
        };
        let text = String::from_utf8_lossy(&self.buffer[..head]).to_lowercase();
        assert!(text.starts_with("http/1.1 200"), "{path}: {text}");
        let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
        if let Some(length) = length {
            let all = head + length.trim().parse::<usize>().unwrap();
            while self.buffer.len() < all {
                self.more().await;
            }
        } else {
            // In pieces: the last one is empty.
            while !self.buffer.ends_with(b"\r\n0\r\n\r\n") {
                self.more().await;
            }
        }
        self.buffer.len()
    }

    async fn more(&mut self) {
        let read = self.stream.read_buf(&mut self.buffer).await.unwrap();
        assert!(read > 0, "the connection was closed");
    }
}

fn find(text: &[u8], sought: &[u8]) -> Option<usize> {
    text.windows(sought.len()).position(|window| window == sought)
}
