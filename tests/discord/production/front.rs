//! What stands between the desk and the double: a proxy that tunnels, and the end of TLS.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_native_tls::TlsAcceptor;
use tokio_native_tls::native_tls::{self, Identity};

/// The most that is asked of a proxy.
const LONGEST_HEAD: usize = 8 * 1024;

/// The end of TLS, of which only the port is known as yet.
pub struct Front(TcpListener);

impl Front {
    pub async fn bind() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    /// Where clients find what stands behind it.
    pub fn origin(&self) -> String {
        format!("https://localhost:{}", self.0.local_addr().unwrap().port())
    }

    /// Passes on what comes, without TLS, and answers where it stands.
    pub fn stand_before(self, server: SocketAddr, identity: Identity) -> SocketAddr {
        let acceptor = TlsAcceptor::from(native_tls::TlsAcceptor::new(identity).unwrap());
        let address = self.0.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((client, _)) = self.0.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // Who does not trust the certificate gets no further.
                    if let Ok(client) = acceptor.accept(client).await {
                        join(client, server).await;
                    }
                });
            }
        });
        address
    }
}

/// A proxy as `HTTPS_PROXY` names one. Whatever is asked for, it leads to the same place.
pub struct Proxy {
    port: u16,
    asked_for: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub async fn to(front: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked_for = Arc::new(Mutex::new(Vec::new()));
        let asked = Arc::clone(&asked_for);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(tunnel(client, front, Arc::clone(&asked)));
            }
        });
        Self { port, asked_for }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The hosts and ports that it was asked for.
    pub fn asked_for(&self) -> Vec<String> {
        self.asked_for.lock().unwrap().clone()
    }
}

/// Reads `CONNECT host:port`, and then passes on what comes.
async fn tunnel(mut client: TcpStream, front: SocketAddr, asked: Arc<Mutex<Vec<String>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < LONGEST_HEAD {
        match client.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.split(' ');
    let answer = match (words.next(), words.next()) {
        (Some("CONNECT"), Some(to)) => {
            asked.lock().unwrap().push(to.to_owned());
            "HTTP/1.1 200 Connection established\r\n\r\n"
        }
        _ => "HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\n\r\n",
    };
    if client.write_all(answer.as_bytes()).await.is_ok() && answer.contains("200") {
        join(client, front).await;
    }
}

/// Passes bytes on in both directions until one side is done.
async fn join(mut client: impl AsyncRead + AsyncWrite + Unpin, server: SocketAddr) {
    if let Ok(mut server) = TcpStream::connect(server).await {
        // Small answers go out at once.
        let _ = server.set_nodelay(true);
        let _ = copy_bidirectional(&mut client, &mut server).await;
    }
}
