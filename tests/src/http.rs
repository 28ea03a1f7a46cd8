//! Questions to a server of this machine, without a library.

use crate::PATIENCE;
use std::io::{Read, Write};
use std::net::TcpStream;

/// What a server answers: the status and the body.
pub fn ask(method: &str, url: &str, path: &str, host: Option<&str>) -> (u16, Vec<u8>) {
    let rest = url.strip_prefix("http://").expect("an address");
    let (address, secret) = rest.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(address).expect("a server");
    stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
    let host = host.unwrap_or(address);
    let request =
        format!("{method} /{secret}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("a server that reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("headers");
    let status = std::str::from_utf8(&answer[9..12]).ok().and_then(|status| status.parse().ok()).expect("a status");
    (status, answer.split_off(end + 4))
}
