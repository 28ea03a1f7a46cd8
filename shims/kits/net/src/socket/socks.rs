//! SOCKS5 (RFC 1928, RFC 1929): connections through a proxy.

use std::net::SocketAddr;

use serde::Deserialize;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::socket::NetAddress;

/// A proxy, as apps name it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Proxy {
    pub(crate) address: NetAddress,
    #[serde(default)]
    username: String,
    #[serde(default)]
    password: String,
}

/// Why the proxy was of no use; the number is the platform's code less 2301000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SocksError {
    #[error("Socks5 failed to connect to the proxy server.")]
    Proxy = 206,
    #[error("Socks5 username or password is invalid.")]
    Credentials = 207,
    #[error("Socks5 failed to connect to the remote server.")]
    Remote = 208,
    #[error("Socks5 failed to negotiate the authentication method.")]
    Method = 209,
    #[error("Socks5 failed to send the message.")]
    Send = 210,
    #[error("Socks5 failed to receive the message.")]
    Receive = 211,
    #[error("Socks5 serialization error.")]
    Serialization = 212,
    #[error("Socks5 deserialization error.")]
    Deserialization = 213,
}

/// Asks the proxy at the other end of `stream` for a connection to `target`.
pub(crate) async fn negotiate(stream: &mut TcpStream, proxy: &Proxy, target: &NetAddress) -> Result<(), SocksError> {
    const VERSION: u8 = 5;
    const OPEN: u8 = 0;
    const PASSWORD: u8 = 2;
    let named = !proxy.username.is_empty();
    let methods: &[u8] = if named { &[VERSION, 2, OPEN, PASSWORD] } else { &[VERSION, 1, OPEN] };
    send(stream, methods).await?;
    match receive(stream).await? {
        [VERSION, OPEN] => {}
        [VERSION, PASSWORD] if named => {
            let mut message = vec![1];
            for text in [&proxy.username, &proxy.password] {
                message.push(u8::try_from(text.len()).map_err(|_| SocksError::Serialization)?);
                message.extend(text.as_bytes());
            }
            send(stream, &message).await?;
            if receive::<2>(stream).await?[1] != 0 {
                return Err(SocksError::Credentials);
            }
        }
        [VERSION, _] => return Err(SocksError::Method),
        _ => return Err(SocksError::Deserialization),
    }
    let mut message = vec![VERSION, 1, 0];
    match target.literal() {
        Some(SocketAddr::V4(address)) => {
            message.push(1);
            message.extend(address.ip().octets());
        }
        Some(SocketAddr::V6(address)) => {
            message.push(4);
            message.extend(address.ip().octets());
        }
        None => {
            message.push(3);
            message.push(u8::try_from(target.address.len()).map_err(|_| SocksError::Serialization)?);
            message.extend(target.address.as_bytes());
        }
    }
    message.extend(target.port.to_be_bytes());
    send(stream, &message).await?;
    let [version, status, _, kind] = receive(stream).await?;
    if version != VERSION {
        return Err(SocksError::Deserialization);
    }
    if status != 0 {
        return Err(SocksError::Remote);
    }
    // The address that the proxy uses, which is of no use to us.
    let length = match kind {
        1 => 4,
        4 => 16,
        3 => usize::from(receive::<1>(stream).await?[0]),
        _ => return Err(SocksError::Deserialization),
    };
    let mut rest = vec![0; length + 2];
    stream.read_exact(&mut rest).await.map_err(|_| SocksError::Receive)?;
    Ok(())
}

async fn send(stream: &mut TcpStream, message: &[u8]) -> Result<(), SocksError> {
    stream.write_all(message).await.map_err(|_| SocksError::Send)
}

async fn receive<const N: usize>(stream: &mut TcpStream) -> Result<[u8; N], SocksError> {
    let mut message = [0; N];
    stream.read_exact(&mut message).await.map_err(|_| SocksError::Receive)?;
    Ok(message)
}
