//! What the network thread does with sockets.

use std::io;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use futures_util::future::{Either, select};
use nix::errno::Errno;
use rustls_pki_types::ServerName;
use serde_json::{Value as Json, json};
use socket2::{Domain, SockAddr, Socket, Type};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket, UnixListener, UnixStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use crate::guest::{Function, Piece};
use crate::socket::{Endpoint, NetAddress, Proxy, Slot, describe, errno, socks};
use crate::tls;

const CHUNK: usize = 64 * 1024;
/// How long a client of a TLS server may take to shake hands.
const HANDSHAKE: Duration = Duration::from_secs(30);

/// Any connection.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}
pub(crate) type Wire = Box<dyn Duplex>;

/// What the app wants of an open connection.
pub(crate) enum Order {
    /// `done()` when the kernel has the bytes, `done(number, text)` when it will not.
    Send(Vec<u8>, Function),
    /// Ends the connection after what was sent before; `done()` then.
    Close(Function),
    /// Gives the connection away, as for TLS on top of it.
    Release(oneshot::Sender<Wire>),
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConnectError {
    #[error("{}", errno(.0).desc())]
    System(#[from] io::Error),
    #[error("{0}")]
    Socks(#[from] socks::SocksError),
    #[error("An error occurred when verifying the X.509 certificate.")]
    Certificate,
    #[error("An error occurred in the TLS system call.")]
    Tls,
    #[error("SSL is null.")]
    Options,
}

impl ConnectError {
    /// `(number, text)` for the face, which knows the base of the number: errors of TLS count from 2303000.
    pub(crate) fn pieces(&self) -> Vec<Piece> {
        let (number, kind) = match self {
            Self::System(error) => (errno(error) as i32, "system"),
            Self::Socks(error) => (*error as i32, "socks"),
            Self::Options => (501, "tls"),
            Self::Certificate => (504, "tls"),
            Self::Tls => (505, "tls"),
        };
        vec![Piece::Number(f64::from(number)), Piece::Text(self.to_string()), kind.into()]
    }
}

/// Where to connect to.
pub(crate) enum Connect {
    Tcp {
        address: NetAddress,
        proxy: Option<Proxy>,
    },
    Local(PathBuf),
    /// TLS on a connection that there is.
    Over(oneshot::Receiver<Wire>, NetAddress),
}

/// A connection with what is to be told of it.
pub(crate) struct Connected {
    pub(crate) wire: Wire,
    pub(crate) info: Json,
    pub(crate) certificate: Option<Vec<u8>>,
}

/// Connects, by TLS if there are options for it.
pub(crate) async fn connect(
    to: Connect,
    slot: &Slot,
    secure: Option<&tls::Options>,
    limit: Option<Duration>,
) -> Result<Connected, ConnectError> {
    let work = async {
        let (wire, name) = match to {
            Connect::Tcp { address, proxy } => {
                (Box::new(tcp(&address, proxy.as_ref(), slot).await?) as Wire, address.address)
            }
            Connect::Local(path) => (Box::new(local(&path, slot).await?) as Wire, String::new()),
            Connect::Over(wire, address) => (wire.await.map_err(|_| io::Error::from(Errno::EBADF))?, address.address),
        };
        match secure {
            None => Ok(Connected { wire, info: json!({}), certificate: None }),
            Some(options) => client_tls(wire, &name, options).await,
        }
    };
    match limit {
        None => work.await,
        Some(limit) => match tokio::time::timeout(limit, work).await {
            Ok(result) => result,
            Err(_) => Err(io::Error::from(Errno::ETIMEDOUT).into()),
        },
    }
}

async fn tcp(address: &NetAddress, proxy: Option<&Proxy>, slot: &Slot) -> Result<TcpStream, ConnectError> {
    let first = match proxy {
        Some(proxy) => proxy.address.resolve().await.map_err(|_| socks::SocksError::Proxy)?,
        None => address.resolve().await?,
    };
    let socket = {
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.is_none() {
            *slot = Some(Socket::new(Domain::for_address(first), Type::STREAM.nonblocking(), None)?);
        }
        slot.as_ref().ok_or_else(|| io::Error::from(Errno::EBADF))?.try_clone()?
    };
    let connecting = tokio::net::TcpSocket::from_std_stream(socket.into());
    let mut stream = match connecting.connect(first).await {
        Err(_) if proxy.is_some() => return Err(socks::SocksError::Proxy.into()),
        stream => stream?,
    };
    if let Some(proxy) = proxy {
        socks::negotiate(&mut stream, proxy, address).await?;
    }
    Ok(stream)
}

async fn local(path: &std::path::Path, slot: &Slot) -> io::Result<UnixStream> {
    let socket = {
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if slot.is_none() {
            *slot = Some(Socket::new(Domain::UNIX, Type::STREAM.nonblocking(), None)?);
        }
        slot.as_ref().ok_or(Errno::EBADF)?.try_clone()?
    };
    // A local connection is there at once, or is not.
    socket.connect(&SockAddr::unix(path)?)?;
    UnixStream::from_std(socket.into())
}

async fn client_tls(wire: Wire, name: &str, options: &tls::Options) -> Result<Connected, ConnectError> {
    let options = options.clone();
    let config = tokio::task::spawn_blocking(move || options.client()).await;
    let config = config.map_err(|_| ConnectError::Tls)?.map_err(|error| {
        tracing::warn!("no TLS for a socket: {error}");
        ConnectError::Options
    })?;
    let name = ServerName::try_from(name.to_owned()).map_err(|_| io::Error::from(Errno::EINVAL))?;
    let stream = TlsConnector::from(Arc::new(config)).connect(name, wire).await.map_err(of_tls)?;
    let (_, session) = stream.get_ref();
    let info = session_info(session);
    let certificate = session.peer_certificates().and_then(|chain| chain.first()).map(|first| first.to_vec());
    Ok(Connected { wire: Box::new(stream), info, certificate })
}

fn of_tls(error: io::Error) -> ConnectError {
    tracing::debug!("TLS handshake: {error}");
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(rustls::Error::InvalidCertificate(_)) => ConnectError::Certificate,
        Some(_) => ConnectError::Tls,
        None => match error.raw_os_error() {
            Some(_) => ConnectError::System(error),
            None => ConnectError::Tls,
        },
    }
}

fn session_info(session: &rustls::CommonState) -> Json {
    let protocol = match session.protocol_version() {
        Some(rustls::ProtocolVersion::TLSv1_2) => "TLSv1.2",
        _ => "TLSv1.3",
    };
    let cipher = session.negotiated_cipher_suite().map(|suite| tls::openssl_name(suite.suite())).unwrap_or_default();
    let inner = session.alpn_protocol().map(|name| String::from_utf8_lossy(name).into_owned());
    json!({ "protocol": protocol, "cipherSuite": cipher, "alpn": inner })
}

/// Reads and writes until one side has enough. `told` hears `('message', bytes)`, `('error', number, text)` and `('close')`.
pub(crate) async fn serve(wire: Wire, mut orders: UnboundedReceiver<Order>, slot: Slot, told: Function) {
    enum End {
        Closed(Function),
        Released(oneshot::Sender<Wire>),
        Gone(Option<io::Error>),
    }
    let (mut reader, mut writer) = tokio::io::split(wire);
    let end = {
        let writing = async {
            while let Some(order) = orders.recv().await {
                match order {
                    Order::Send(bytes, done) => {
                        let written = async {
                            writer.write_all(&bytes).await?;
                            writer.flush().await
                        };
                        match written.await {
                            Ok(()) => done.call(Vec::new()),
                            Err(error) => done.call(ConnectError::from(error).pieces()),
                        }
                    }
                    Order::Close(done) => {
                        let _ = writer.shutdown().await;
                        return End::Closed(done);
                    }
                    Order::Release(to) => return End::Released(to),
                }
            }
            // The endpoint is gone, and with it everybody who could listen.
            End::Gone(None)
        };
        let reading = async {
            let mut buffer = vec![0; CHUNK];
            loop {
                match reader.read(&mut buffer).await {
                    Ok(0) => return End::Gone(None),
                    Ok(count) => {
                        let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                        told.deliver(count, vec!["message".into(), Piece::Bytes(bytes)]).await;
                    }
                    Err(error) => return End::Gone(Some(error)),
                }
            }
        };
        match select(pin!(writing), pin!(reading)).await {
            Either::Left((end, _)) | Either::Right((end, _)) => end,
        }
    };
    if let End::Released(to) = end {
        let _ = to.send(reader.unsplit(writer));
        return;
    }
    // Both copies of the descriptor go before anybody hears that the connection is closed.
    drop((reader, writer));
    slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    orders.close();
    while let Ok(order) = orders.try_recv() {
        match order {
            Order::Send(_, done) => done.call(ConnectError::from(io::Error::from(Errno::EPIPE)).pieces()),
            Order::Close(done) => done.call(Vec::new()),
            Order::Release(_) => {}
        }
    }
    match end {
        End::Closed(done) => done.call(Vec::new()),
        End::Gone(Some(error)) if error.kind() != io::ErrorKind::UnexpectedEof => {
            let mut pieces = ConnectError::from(error).pieces();
            pieces.insert(0, "error".into());
            told.call(pieces);
        }
        _ => {}
    }
    told.call(vec!["close".into()]);
}

/// Accepts connections; `told` hears `('connect', endpoint, {remote, …}, certificate)` and `('error', number, text)`.
pub(crate) async fn listen(socket: Socket, secure: Option<tls::Options>, told: Function) {
    if let Err(error) = accept_all(socket, secure, &told).await {
        let mut pieces = error.pieces();
        pieces.insert(0, "error".into());
        told.call(pieces);
    }
}

async fn accept_all(socket: Socket, secure: Option<tls::Options>, told: &Function) -> Result<(), ConnectError> {
    let acceptor = match secure {
        None => None,
        Some(options) => {
            let config = options.server().map_err(|error| {
                tracing::warn!("no TLS for a server: {error}");
                ConnectError::Options
            })?;
            Some(TlsAcceptor::from(Arc::new(config)))
        }
    };
    let local = socket.domain()? == Domain::UNIX;
    if local {
        let listener = UnixListener::from_std(socket.into())?;
        loop {
            let Some((stream, _)) = accepted(listener.accept().await).await else { continue };
            let copy = socket2::SockRef::from(&stream).try_clone()?;
            told.call(arrival(Box::new(stream), copy, json!({}), None));
        }
    }
    let listener = TcpListener::from_std(socket.into())?;
    loop {
        let Some((stream, _)) = accepted(listener.accept().await).await else { continue };
        let copy = socket2::SockRef::from(&stream).try_clone()?;
        let Some(acceptor) = acceptor.clone() else {
            told.call(arrival(Box::new(stream), copy, json!({}), None));
            continue;
        };
        let told = told.clone();
        // One slow client must not hold up the others.
        tokio::spawn(async move {
            match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => {
                    let (_, session) = stream.get_ref();
                    let info = session_info(session);
                    let certificate =
                        session.peer_certificates().and_then(|chain| chain.first()).map(|first| first.to_vec());
                    told.call(arrival(Box::new(stream), copy, info, certificate));
                }
                Ok(Err(error)) => {
                    let mut pieces = of_tls(error).pieces();
                    pieces.insert(0, "error".into());
                    told.call(pieces);
                }
                Err(_) => {}
            }
        });
    }
}

/// What was accepted. When descriptors run out that is waited for: connections stay in the queue of the kernel meanwhile.
async fn accepted<T>(result: io::Result<T>) -> Option<T> {
    match result {
        Ok(accepted) => Some(accepted),
        Err(error) => {
            tracing::warn!("a connection is not accepted: {error}");
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

fn arrival(wire: Wire, copy: Socket, mut info: Json, certificate: Option<Vec<u8>>) -> Vec<Piece> {
    let remote = copy.peer_addr().map(|address| describe(&address)).unwrap_or_default();
    info["remote"] = remote;
    let make = move |context: &concord_engine::Context| {
        let endpoint = Endpoint::default();
        *endpoint.slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(copy);
        endpoint.parked.replace(Some(wire));
        context.native_object(Box::new(endpoint), None)
    };
    let certificate = certificate.map_or(Piece::Undefined, Piece::Bytes);
    vec!["connect".into(), Piece::Make(Box::new(make)), Piece::Json(info), certificate]
}

/// Receives datagrams; `told` hears `('message', bytes, {address, port, family})` and `('error', number, text)`.
pub(crate) async fn receive(socket: Arc<UdpSocket>, told: Function) {
    let mut buffer = vec![0; CHUNK];
    loop {
        match socket.recv_from(&mut buffer).await {
            Ok((count, from)) => {
                let bytes = buffer.get(..count).unwrap_or_default().to_vec();
                let from = Piece::Json(describe(&from.into()));
                told.deliver(count, vec!["message".into(), Piece::Bytes(bytes), from]).await;
            }
            Err(error) => {
                let mut pieces = ConnectError::from(error).pieces();
                pieces.insert(0, "error".into());
                // As slowly as an engine hears it.
                told.deliver(CHUNK, pieces).await;
            }
        }
    }
}

/// A channel for orders.
pub(crate) fn orders() -> (tokio::sync::mpsc::UnboundedSender<Order>, UnboundedReceiver<Order>) {
    unbounded_channel()
}
