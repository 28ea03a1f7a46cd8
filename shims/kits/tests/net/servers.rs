//! Servers of the tests. They answer by the path of the request, some of them badly.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};

/// Starts a server of HTTP/1.1; its port.
pub fn plain() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let asked = Arc::clone(&asked);
            std::thread::spawn(move || {
                let mut stream = stream;
                while let Some(request) = read(&mut stream) {
                    // Whoever has gone away needs no answer.
                    if answer(&mut stream, &request, &asked).is_none() {
                        break;
                    }
                }
            });
        }
    });
    port
}

/// A whole request, with its body.
fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 65536];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some(end) = text.find("\r\n\r\n") {
            let lower = text.to_ascii_lowercase();
            let length = lower.split("content-length:").nth(1).and_then(|rest| rest.lines().next());
            let length: usize = length.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
            if bytes.len() >= end + 4 + length {
                return Some(text);
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend(&buffer[..count]),
        }
    }
}

/// None when the connection is over.
fn answer(stream: &mut TcpStream, request: &str, asked: &AtomicUsize) -> Option<()> {
    let path = request.split(' ').nth(1)?.to_owned();
    let has = |text: &str| request.to_ascii_lowercase().contains(text);
    let mut reply = |status: &str, headers: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len());
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body).ok()
    };
    match path.split('?').next()? {
        "/loop" => reply("302 Found", "Location: /loop\r\n", b""),
        "/there" => reply("303 See Other", "Location: /echo\r\nSet-Cookie: a=1; Path=/\r\n", b""),
        "/big" => reply("200 OK", "", &vec![b'x'; 6 << 20]),
        "/echo" => reply("200 OK", "Content-Type: text/plain\r\n", request.as_bytes()),
        "/etag" if has("if-none-match: \"one\"") => {
            asked.fetch_add(1, Ordering::SeqCst);
            reply("304 Not Modified", "ETag: \"one\"\r\n", b"")
        }
        "/etag" => {
            let number = asked.fetch_add(1, Ordering::SeqCst);
            reply("200 OK", "ETag: \"one\"\r\n", format!("answer {number}").as_bytes())
        }
        "/asked" => reply("200 OK", "", asked.load(Ordering::SeqCst).to_string().as_bytes()),
        "/digest" if has("authorization: digest username=\"me\"") => reply("200 OK", "", b"welcome"),
        "/digest" => {
            reply("401 Unauthorized", "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\"\r\n", b"")
        }
        "/file" => {
            let all: Vec<u8> = (0..300_000_u32).map(|number| number as u8).collect();
            let range = request.to_ascii_lowercase();
            let from =
                range.split("range: bytes=").nth(1).and_then(|rest| rest.split('-').next()?.parse::<usize>().ok());
            match from {
                Some(from) => {
                    let headers = format!("Content-Range: bytes {from}-{}/{}\r\n", all.len() - 1, all.len());
                    reply("206 Partial Content", &headers, &all[from..])
                }
                None => reply("200 OK", "", &all),
            }
        }
        "/slow" => {
            // As fast as anybody reads it, and no faster than 20 pieces in a while.
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n";
            stream.write_all(head.as_bytes()).ok()?;
            for _ in 0..20 {
                stream.write_all(&[b'y'; 10_000]).ok()?;
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            Some(())
        }
        "/silent" => {
            let _ = stream.read(&mut [0]);
            None
        }
        "/endless" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\n").ok()?;
            loop {
                stream.write_all(b"X-More: and more and more and more and more and more and more and more\r\n").ok()?;
            }
        }
        "/half-head" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Le").ok()?;
            None
        }
        "/half-body" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nnot a hundred").ok()?;
            None
        }
        "/half-chunk" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").ok()?;
            None
        }
        "/lie" => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, and more").ok()?;
            None
        }
        "/nonsense" => {
            stream.write_all(b"SMTP ready when you are\r\n\r\n").ok()?;
            None
        }
        "/ftp" => reply("302 Found", "Location: ftp://127.0.0.1/\r\n", b""),
        _ => reply("404 Not Found", "", b"nothing here"),
    }
}

/// Starts a server that speaks HTTP/2, or HTTP/1.1 with those who do not, over TLS; its port.
pub fn secure(certificate: &str, key: &str) -> u16 {
    let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    serve(stream).await;
                });
            }
        });
    });
    port
}

async fn serve(mut stream: tokio_rustls::server::TlsStream<tokio::net::TcpStream>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    if stream.get_ref().1.alpn_protocol() != Some(b"h2") {
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none").await;
        return;
    }
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        let length = request.uri().path().len();
        let Ok(mut body) = respond.send_response(http::Response::new(()), false) else { return };
        let _ = body.send_data(Bytes::from(format!("two {length}")), true);
    }
}
