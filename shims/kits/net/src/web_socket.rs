//! WebSocket connections (RFC 6455), of clients and of servers.

use std::cell::RefCell;
use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::{SinkExt, StreamExt};
use http::{HeaderName, HeaderValue};
use nix::errno::Errno;
use reqwest::Url;
use serde_json::json;
use socket2::Socket;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::guest::{Function, Piece};
use crate::runtime::Task;
use crate::socket::{Connect, NetAddress, Wire, connect};
use crate::tls;

/// Largest message; the platform's own limit is 5 MB, but servers that send more are heard by apps on newer versions.
const MOST_BYTES: usize = 64 << 20;
/// How long connecting, and a handshake of somebody who connects to us, may take.
const HANDSHAKE: Duration = Duration::from_secs(60);
/// How long the other side may take to agree to an end.
const FAREWELL: Duration = Duration::from_secs(5);

/// What the app wants of an open connection.
pub(crate) enum Order {
    Send(Message, Function),
    Close(u16, String, Function),
}

/// A connection as an engine holds it.
pub(crate) struct Peer {
    pub(crate) orders: UnboundedSender<Order>,
    /// Dropped with the object where nobody else holds the connection.
    pub(crate) _task: Option<Task>,
}

/// A server as an engine holds it.
pub(crate) struct Server {
    pub(crate) task: RefCell<Option<Task>>,
}

/// How to reach a server.
pub(crate) struct Dial {
    pub(crate) url: Url,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) protocol: Option<String>,
    /// Host and port.
    pub(crate) proxy: Option<NetAddress>,
    pub(crate) secure: Option<tls::Options>,
}

/// A client from its first packet to its last. `told` hears `('head', {…})`, `('open', status, text)`, `('message', data)`,
/// `('close', code, reason)`, `('error', text)`.
pub(crate) async fn dial(dial: Dial, orders: UnboundedReceiver<Order>, told: Function) {
    let opened = tokio::time::timeout(HANDSHAKE, open(&dial)).await;
    match opened.unwrap_or_else(|_| Err(io::Error::from(Errno::ETIMEDOUT).to_string())) {
        Ok((socket, response)) => {
            let headers: Vec<_> = response
                .headers()
                .iter()
                .map(|(name, value)| (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
                .collect();
            told.call(vec!["head".into(), Piece::Json(json!(headers))]);
            told.call(vec!["open".into(), Piece::Number(f64::from(response.status().as_u16()))]);
            converse(socket, orders, &told, None).await;
        }
        Err(error) => {
            tracing::debug!("web socket: {error}");
            told.call(vec!["error".into(), Piece::Text(error)]);
        }
    }
}

type Answer = http::Response<Option<Vec<u8>>>;

async fn open(dial: &Dial) -> Result<(WebSocketStream<Wire>, Answer), String> {
    let host = dial.url.host_str().unwrap_or("").trim_matches(['[', ']']).to_owned();
    let port = dial.url.port_or_known_default().unwrap_or(80);
    let target = NetAddress { address: host.clone(), port, family: None };
    let first = dial.proxy.clone().unwrap_or_else(|| target.clone());
    let to = Connect::Tcp { address: first, proxy: None };
    let mut wire = connect(to, &Arc::default(), None, None).await.map_err(|error| error.to_string())?.wire;
    if dial.proxy.is_some() {
        tunnel(&mut wire, &format!("{}:{port}", dial.url.host_str().unwrap_or("")))
            .await
            .map_err(|error| error.to_string())?;
    }
    if let Some(options) = &dial.secure {
        let (give, take) = tokio::sync::oneshot::channel();
        if give.send(wire).is_err() {
            return Err(Errno::EPIPE.to_string());
        }
        let secure = connect(Connect::Over(take, target), &Arc::default(), Some(options), None).await;
        wire = secure.map_err(|error| error.to_string())?.wire;
    }
    let mut request = dial.url.as_str().into_client_request().map_err(|error| error.to_string())?;
    for (name, value) in &dial.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
            request.headers_mut().insert(name, value);
        }
    }
    if let Some(protocol) = &dial.protocol {
        let value = HeaderValue::from_str(protocol).map_err(|error| error.to_string())?;
        request.headers_mut().insert("sec-websocket-protocol", value);
    }
    tokio_tungstenite::client_async_with_config(request, wire, Some(config())).await.map_err(|error| error.to_string())
}

fn config() -> WebSocketConfig {
    WebSocketConfig::default().max_message_size(Some(MOST_BYTES)).max_frame_size(Some(MOST_BYTES))
}

/// Has a proxy connect further (RFC 9110, CONNECT).
async fn tunnel(wire: &mut Wire, target: &str) -> io::Result<()> {
    const LONGEST: usize = 16 * 1024;
    wire.write_all(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n").as_bytes()).await?;
    wire.flush().await?;
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() > LONGEST {
            return Err(Errno::EPROTO.into());
        }
        head.push(wire.read_u8().await?);
    }
    // HTTP/1.1 200 …
    let agreed = head.splitn(3, |byte| *byte == b' ').nth(1).is_some_and(|status| status.starts_with(b"2"));
    if agreed { Ok(()) } else { Err(Errno::ECONNREFUSED.into()) }
}

/// Reads and writes until the connection ends. What is told begins with `about`, if it is given: the number of a connection.
async fn converse(
    socket: WebSocketStream<Wire>,
    mut orders: UnboundedReceiver<Order>,
    told: &Function,
    about: Option<f64>,
) {
    let tell = |kind: &str, rest: Vec<Piece>| {
        let mut pieces = vec![Piece::from(kind)];
        pieces.extend(about.map(Piece::Number));
        pieces.extend(rest);
        pieces
    };
    let (mut sink, mut stream) = socket.split();
    let mut farewell: Option<(u16, String)> = None;
    let end = {
        let writing = async {
            loop {
                match orders.recv().await {
                    None => return (1001, String::new()),
                    Some(Order::Send(message, done)) => match sink.send(message).await {
                        Ok(()) => done.call(Vec::new()),
                        Err(error) => done.call(vec![Piece::Text(error.to_string())]),
                    },
                    Some(Order::Close(code, reason, done)) => {
                        let frame = CloseFrame { code: CloseCode::from(code), reason: reason.clone().into() };
                        let _ = sink.send(Message::Close(Some(frame))).await;
                        done.call(Vec::new());
                        // The other side says the same; the reading half sees that.
                        tokio::time::sleep(FAREWELL).await;
                        return (code, reason);
                    }
                }
            }
        };
        let reading = async {
            loop {
                let (size, data) = match stream.next().await {
                    Some(Ok(Message::Text(text))) => (text.len(), Piece::Text(text.as_str().to_owned())),
                    Some(Ok(Message::Binary(bytes))) => (bytes.len(), Piece::Bytes(bytes.to_vec())),
                    Some(Ok(Message::Close(frame))) => {
                        farewell = Some(frame.map_or((1005, String::new()), |frame| {
                            (frame.code.into(), frame.reason.as_str().to_owned())
                        }));
                        continue;
                    }
                    Some(Ok(_)) => continue,
                    Some(Err(Error::ConnectionClosed | Error::AlreadyClosed)) | None => break,
                    Some(Err(error)) => {
                        tracing::debug!("web socket: {error}");
                        break;
                    }
                };
                told.deliver(size, tell("message", vec![data])).await;
            }
            farewell.unwrap_or((1006, String::new()))
        };
        match select(pin!(writing), pin!(reading)).await {
            Either::Left((end, _)) | Either::Right((end, _)) => end,
        }
    };
    let (code, reason) = end;
    orders.close();
    while let Ok(order) = orders.try_recv() {
        match order {
            Order::Send(_, done) => done.call(vec!["the connection is closed".into()]),
            Order::Close(_, _, done) => done.call(Vec::new()),
        }
    }
    told.call(tell("close", vec![Piece::Number(f64::from(code)), Piece::Text(reason)]));
}

/// What a server allows.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    pub(crate) clients: usize,
    pub(crate) for_one: usize,
    pub(crate) protocol: Option<String>,
}

/// A server. `told` hears `('connect', number, {ip, port}, peer)`, `('message', number, data)`, `('close', number, code, reason)`.
pub(crate) async fn serve(socket: Socket, secure: Option<rustls::ServerConfig>, limits: Limits, told: Function) {
    let listener = match TcpListener::from_std(socket.into()) {
        Ok(listener) => listener,
        Err(error) => {
            told.call(vec!["error".into(), Piece::Text(error.to_string())]);
            return;
        }
    };
    let acceptor = secure.map(|config| TlsAcceptor::from(Arc::new(config)));
    let present: Arc<Mutex<Vec<(u64, std::net::IpAddr)>>> = Arc::default();
    for number in 1_u64.. {
        let (stream, from) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!("a connection is not accepted: {error}");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        {
            let mut present = present.lock().unwrap_or_else(PoisonError::into_inner);
            let same = present.iter().filter(|(_, ip)| *ip == from.ip()).count();
            if present.len() >= limits.clients || same >= limits.for_one {
                continue; // Dropped, which closes it.
            }
            present.push((number, from.ip()));
        }
        let (told, acceptor, limits, present) = (told.clone(), acceptor.clone(), limits.clone(), Arc::clone(&present));
        tokio::spawn(async move {
            if let Ok(Some(socket)) = tokio::time::timeout(HANDSHAKE, welcome(stream, acceptor, &limits)).await {
                let (sender, orders) = unbounded_channel();
                let make = move |context: &concord_engine::Context| {
                    context.native_object(Box::new(Peer { orders: sender, _task: None }), None)
                };
                let who = json!({ "clientIP": from.ip().to_string(), "clientPort": from.port() });
                let pieces =
                    vec!["connect".into(), Piece::Number(number as f64), Piece::Json(who), Piece::Make(Box::new(make))];
                told.call(pieces);
                converse(socket, orders, &told, Some(number as f64)).await;
            }
            present.lock().unwrap_or_else(PoisonError::into_inner).retain(|(known, _)| *known != number);
        });
    }
}

async fn welcome(
    stream: tokio::net::TcpStream,
    acceptor: Option<TlsAcceptor>,
    limits: &Limits,
) -> Option<WebSocketStream<Wire>> {
    let wire: Wire = match acceptor {
        None => Box::new(stream),
        Some(acceptor) => Box::new(acceptor.accept(stream).await.ok()?),
    };
    #[expect(clippy::result_large_err, reason = "the signature is the library's")]
    let choose = |request: &Request, mut response: Response| {
        let offered =
            request.headers().get("sec-websocket-protocol").and_then(|value| value.to_str().ok()).unwrap_or("");
        let ours = limits.protocol.as_deref();
        let agreed = offered.split(',').map(str::trim).find(|name| Some(*name) == ours);
        if let Some(value) = agreed.and_then(|name| HeaderValue::from_str(name).ok()) {
            response.headers_mut().insert("sec-websocket-protocol", value);
        }
        Ok(response)
    };
    tokio_tungstenite::accept_hdr_async_with_config(wire, choose, Some(config())).await.ok()
}
