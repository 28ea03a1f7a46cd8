//! Leaves of `@ohos:net.socket`. Errors are `(number, text, kind)`; the face adds the base that the platform gives to each kind.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use concord_ability::state::AppState;
use concord_engine::{Call, JsResult, Value};
use concord_runtime::FaceModule;
use concord_runtime::face::{bytes_arg, full, partial, text_arg, type_error};
use nix::errno::Errno;
use serde::Deserialize;
use socket2::Type;
use tokio::net::UdpSocket;

use crate::guest::{Function, Piece};
use crate::ohos::net::parameter_error;
use crate::runtime::Task;
use crate::socket::{self, Connect, Endpoint, NetAddress, Order, Proxy, connect, errno, listen, receive, serve};
use crate::tls::{Identity, Material, Options};

pub(crate) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@ohos:net.socket",
    source: include_str!("socket.js"),
    natives: &[
        ("create", create),
        ("bind", bind),
        ("bindLocal", bind_local),
        ("unlinkLocal", unlink_local),
        ("setOptions", set_options),
        ("readOptions", read_options),
        ("addresses", addresses),
        ("descriptor", descriptor),
        ("connect", connect_stream),
        ("listen", start_listening),
        ("start", start),
        ("send", send),
        ("receive", start_receiving),
        ("sendTo", send_to),
        ("close", close),
        ("multicast", multicast),
    ],
    apis: &[
        full("socket.*"),
        partial("socket.UDPSendOptions.proxy", "without effect: datagrams go directly"),
        partial("socket.TLSSecureOptions.signatureAlgorithms", "without effect: those of rustls are offered"),
        partial("socket.TLSSecureOptions.useRemoteCipherPrefer", "without effect"),
        partial("socket.TLSSocket.getSignatureAlgorithms", "those that this side offers"),
        partial("socket.TLSSocketConnection.getSignatureAlgorithms", "those that this side offers"),
        partial(
            "socket.ExtraOptionsBase.socketTimeout",
            "set on the socket, which never blocks: waiting is not cut short",
        ),
    ],
}];

fn endpoint<'a>(call: &Call<'_>, value: &'a Value) -> JsResult<&'a Endpoint> {
    match value.native::<Endpoint>() {
        Some(endpoint) => Ok(endpoint),
        None => type_error(call.context, "not a socket"),
    }
}

/// What a leaf says of a system call: undefined, or `[number, text]`.
fn answer<T>(call: &Call<'_>, result: std::io::Result<T>, convert: impl FnOnce(T) -> JsResult) -> JsResult {
    match result {
        Ok(value) => convert(value),
        Err(error) => {
            let number = errno(&error);
            Ok(call.context.array(&[call.context.number(f64::from(number as i32)), call.context.string(number.desc())]))
        }
    }
}

fn done(call: &Call<'_>, result: std::io::Result<()>) -> JsResult {
    answer(call, result, |()| Ok(call.context.undefined()))
}

/// create() → socket
fn create(call: &Call<'_>) -> JsResult {
    Ok(call.context.native_object(Box::new(Endpoint::default()), None))
}

fn address_arg(call: &Call<'_>, index: usize) -> JsResult<NetAddress> {
    Ok(serde_json::from_str(&text_arg(call, index)?).unwrap_or_default())
}

/// bind(socket, address, datagrams)
fn bind(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let address = address_arg(call, 1)?;
    let kind = if call.arg(2).to_boolean() { Type::DGRAM } else { Type::STREAM };
    let result = match address.literal() {
        Some(address) => endpoint.bind(address, kind),
        None => Err(Errno::EADDRNOTAVAIL.into()),
    };
    done(call, result)
}

/// bindLocal(socket, name of a file)
fn bind_local(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let state = AppState::of_call(call)?;
    let result = match state.paths.resolve(&text_arg(call, 1)?) {
        Ok(found) => endpoint.bind_local(&found.path),
        Err(_) => Err(Errno::EACCES.into()),
    };
    done(call, result)
}

/// unlinkLocal(name): removes the file of a socket that is closed.
fn unlink_local(call: &Call<'_>) -> JsResult {
    use std::os::unix::fs::FileTypeExt;
    let state = AppState::of_call(call)?;
    if let Ok(found) = state.paths.resolve(&text_arg(call, 0)?)
        && std::fs::symlink_metadata(&found.path).is_ok_and(|data| data.file_type().is_socket())
    {
        // Somebody else may have been faster.
        let _ = std::fs::remove_file(&found.path);
    }
    Ok(call.context.undefined())
}

/// setOptions(socket, JSON)
fn set_options(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let result = match serde_json::from_str(&text_arg(call, 1)?) {
        Ok(options) => endpoint.with_socket(|socket| socket::apply(socket, &options)),
        Err(_) => Err(Errno::EINVAL.into()),
    };
    done(call, result)
}

/// readOptions(socket) → JSON
fn read_options(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    answer(call, endpoint.with_socket(socket::read), |options| Ok(call.context.string(&options.to_string())))
}

/// addresses(socket, of the other side) → JSON
fn addresses(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let found = if call.arg(1).to_boolean() { endpoint.remote() } else { endpoint.local() };
    answer(call, found, |address| Ok(call.context.string(&address.to_string())))
}

/// descriptor(socket) → number, -1 when there is none
fn descriptor(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    Ok(call.context.number(f64::from(endpoint(call, &value)?.descriptor())))
}

/// Options of TLS as the face writes them.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Secure {
    ca: Vec<String>,
    cert: Vec<String>,
    key: Option<String>,
    password: Option<String>,
    /// `TLSv1.2`, `TLSv1.3`
    protocols: Vec<String>,
    ciphers: Vec<String>,
    alpn: Vec<String>,
    trusting: bool,
    demand_client: bool,
}

impl From<Secure> for Options {
    fn from(secure: Secure) -> Self {
        let version = |name: &String| match name.as_str() {
            "TLSv1.2" => Some(12),
            "TLSv1.3" => Some(13),
            _ => None,
        };
        Self {
            anchors: secure.ca.into_iter().map(|text| Material::Data(text.into_bytes())).collect(),
            identity: secure.key.map(|key| Identity {
                certificate: Material::Data(secure.cert.join("\n").into_bytes()),
                key: Material::Data(key.into_bytes()),
                password: secure.password,
            }),
            trusting: secure.trusting,
            versions: secure.protocols.iter().filter_map(version).collect(),
            ciphers: secure.ciphers,
            protocols: secure.alpn,
            demand_client: secure.demand_client,
            ..Self::default()
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Target {
    address: NetAddress,
    /// Name of a local socket instead.
    local: Option<String>,
    /// Milliseconds.
    timeout: Option<u64>,
    proxy: Option<Proxy>,
    secure: Option<Secure>,
}

/// connect(socket, JSON, tell, done, socket below or undefined): `done(undefined, {…}, certificate)` or `done(number, text, kind)`;
/// from then on `tell` hears of the connection.
fn connect_stream(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let target: Target = match serde_json::from_str(&text_arg(call, 1)?) {
        Ok(target) => target,
        Err(error) => return Err(parameter_error(call, &format!("options of a connection: {error}"))),
    };
    let (Some(told), Some(done)) =
        (Function::keep(call.context, call.arg(2)), Function::keep(call.context, call.arg(3)))
    else {
        return Ok(call.context.undefined());
    };
    let below = call.arg(4);
    let to = match target.local {
        Some(name) => match AppState::of_call(call)?.paths.resolve(&name) {
            Ok(found) => Connect::Local(found.path),
            Err(_) => return refuse(call, &done, Errno::EACCES),
        },
        None => match below.native::<Endpoint>() {
            None => Connect::Tcp { address: target.address, proxy: target.proxy },
            Some(below) => {
                let (give, take) = tokio::sync::oneshot::channel();
                let orders = below.orders.take();
                if orders.is_none_or(|orders| orders.send(Order::Release(give)).is_err()) {
                    return refuse(call, &done, Errno::EBADF);
                }
                if let Some(task) = below.task.take() {
                    // It ends by itself when it has given the connection away.
                    task.detach();
                }
                *endpoint.slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner) =
                    below.slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
                Connect::Over(take, target.address)
            }
        },
    };
    let (sender, orders) = socket::orders();
    let slot = Arc::clone(&endpoint.slot);
    let (secure, limit) = (target.secure.map(Options::from), target.timeout.filter(|limit| *limit > 0));
    let failed = done.clone();
    let work = async move {
        match connect(to, &slot, secure.as_ref(), limit.map(Duration::from_millis)).await {
            Ok(connected) => {
                let certificate = connected.certificate.map_or(Piece::Undefined, Piece::Bytes);
                done.call(vec![Piece::Undefined, Piece::Json(connected.info), certificate]);
                drop(done);
                serve(connected.wire, orders, slot, told).await;
            }
            Err(error) => {
                slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
                done.call(error.pieces());
            }
        }
    };
    match Task::start(work) {
        Ok(task) => {
            endpoint.orders.replace(Some(sender));
            endpoint.task.replace(Some(task));
            Ok(call.context.undefined())
        }
        Err(error) => refuse(call, &failed, errno(&error)),
    }
}

fn refuse(call: &Call<'_>, done: &Function, number: Errno) -> JsResult {
    done.call(vec![Piece::Number(f64::from(number as i32)), number.desc().into(), "system".into()]);
    Ok(call.context.undefined())
}

/// listen(socket, TLS options in JSON or undefined, tell)
fn start_listening(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let secure: Option<Secure> = if call.arg(1).is_nullish() {
        None
    } else {
        Some(serde_json::from_str(&text_arg(call, 1)?).unwrap_or_default())
    };
    let options = secure.map(Options::from);
    if let Some(options) = &options
        && let Err(error) = options.server()
    {
        tracing::warn!("no TLS for a server: {error}");
        return Ok(call.context.array(&[
            call.context.number(501.0),
            call.context.string("SSL is null."),
            call.context.string("tls"),
        ]));
    }
    let Some(told) = Function::keep(call.context, call.arg(2)) else { return Ok(call.context.undefined()) };
    let started = endpoint.start_listening().and_then(|socket| Task::start(listen(socket, options, told)));
    answer(call, started, |task| {
        endpoint.task.replace(Some(task));
        Ok(call.context.undefined())
    })
}

/// start(accepted socket, tell)
fn start(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let Some(wire) = endpoint.parked.take() else { return Ok(call.context.undefined()) };
    let Some(told) = Function::keep(call.context, call.arg(1)) else { return Ok(call.context.undefined()) };
    let (sender, orders) = socket::orders();
    let started = Task::start(serve(wire, orders, Arc::clone(&endpoint.slot), told));
    answer(call, started, |task| {
        endpoint.orders.replace(Some(sender));
        endpoint.task.replace(Some(task));
        Ok(call.context.undefined())
    })
}

/// send(socket, bytes, done)
fn send(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let bytes = bytes_arg(call, 1)?;
    let Some(done) = Function::keep(call.context, call.arg(2)) else { return Ok(call.context.undefined()) };
    let failed = done.clone();
    let orders = endpoint.orders.borrow();
    if orders.as_ref().is_none_or(|orders| orders.send(Order::Send(bytes, done)).is_err()) {
        return refuse(call, &failed, Errno::EBADF);
    }
    Ok(call.context.undefined())
}

/// close(socket, done): done when the descriptor is closed; what was sent before is sent.
fn close(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let Some(done) = Function::keep(call.context, call.arg(1)) else { return Ok(call.context.undefined()) };
    let orders = endpoint.orders.take();
    if let Some(orders) = orders
        && orders.send(Order::Close(done.clone())).is_ok()
    {
        // The network thread gives up its descriptor by itself.
        if let Some(task) = endpoint.task.take() {
            task.detach();
        }
        return Ok(call.context.undefined());
    }
    endpoint.release();
    // What the network thread had is gone when it comes to this.
    if crate::runtime::spawn(async move { done.call(Vec::new()) }).is_err() {
        tracing::warn!("no thread for the network");
    }
    Ok(call.context.undefined())
}

/// receive(bound socket, tell)
fn start_receiving(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let Some(told) = Function::keep(call.context, call.arg(1)) else { return Ok(call.context.undefined()) };
    let socket = endpoint.with_socket(|socket| Ok(std::net::UdpSocket::from(socket.try_clone()?)));
    let started = socket.and_then(|socket| {
        Task::start(async move {
            match UdpSocket::from_std(socket) {
                Ok(socket) => receive(Arc::new(socket), told).await,
                Err(error) => tracing::warn!("a socket cannot be read: {error}"),
            }
        })
    });
    answer(call, started, |task| {
        endpoint.task.replace(Some(task));
        Ok(call.context.undefined())
    })
}

/// sendTo(socket, bytes, address in JSON, done)
fn send_to(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let (bytes, address) = (bytes_arg(call, 1)?, address_arg(call, 2)?);
    let Some(done) = Function::keep(call.context, call.arg(3)) else { return Ok(call.context.undefined()) };
    let socket = match endpoint.with_socket(|socket| Ok(std::net::UdpSocket::from(socket.try_clone()?))) {
        Ok(socket) => socket,
        Err(error) => return refuse(call, &done, errno(&error)),
    };
    let failed = done.clone();
    let work = async move {
        let sent = async {
            let target = address.resolve().await?;
            UdpSocket::from_std(socket)?.send_to(&bytes, target).await
        };
        match sent.await {
            Ok(_) => done.call(Vec::new()),
            Err(error) => {
                let number = errno(&error);
                done.call(vec![Piece::Number(f64::from(number as i32)), number.desc().into(), "system".into()]);
            }
        }
    };
    match crate::runtime::spawn(work) {
        Ok(_) => Ok(call.context.undefined()),
        Err(error) => refuse(call, &failed, errno(&error)),
    }
}

/// multicast(socket, what, value): `join` and `leave` with an address in JSON, `ttl` and `loop` to set, `getTtl` and `getLoop`.
fn multicast(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let endpoint = endpoint(call, &value)?;
    let what = text_arg(call, 1)?;
    let context = call.context;
    let number = call.arg(2).as_f64().unwrap_or(-1.0);
    let v6 = endpoint.with_socket(|socket| Ok(socket.domain()? == socket2::Domain::IPV6)).unwrap_or(false);
    let group = if matches!(what.as_str(), "join" | "leave") { address_arg(call, 2)?.literal() } else { None };
    let result = endpoint.with_socket(|socket| match (what.as_str(), group) {
        ("join", Some(std::net::SocketAddr::V4(group))) => {
            socket.join_multicast_v4(group.ip(), &Ipv4Addr::UNSPECIFIED).map(|()| None)
        }
        ("leave", Some(std::net::SocketAddr::V4(group))) => {
            socket.leave_multicast_v4(group.ip(), &Ipv4Addr::UNSPECIFIED).map(|()| None)
        }
        ("join", Some(std::net::SocketAddr::V6(group))) => socket.join_multicast_v6(group.ip(), 0).map(|()| None),
        ("leave", Some(std::net::SocketAddr::V6(group))) => socket.leave_multicast_v6(group.ip(), 0).map(|()| None),
        ("ttl", _) if !(0.0..=255.0).contains(&number) => Err(Errno::EINVAL.into()),
        ("ttl", _) if v6 => socket.set_multicast_hops_v6(number as u32).map(|()| None),
        ("ttl", _) => socket.set_multicast_ttl_v4(number as u32).map(|()| None),
        ("loop", _) if v6 => socket.set_multicast_loop_v6(number != 0.0).map(|()| None),
        ("loop", _) => socket.set_multicast_loop_v4(number != 0.0).map(|()| None),
        ("getTtl", _) if v6 => socket.multicast_hops_v6().map(Some),
        ("getTtl", _) => socket.multicast_ttl_v4().map(Some),
        ("getLoop", _) if v6 => socket.multicast_loop_v6().map(|on| Some(u32::from(on))),
        ("getLoop", _) => socket.multicast_loop_v4().map(|on| Some(u32::from(on))),
        _ => Err(Errno::EINVAL.into()),
    });
    answer(
        call,
        result,
        |found| Ok(found.map_or_else(|| context.undefined(), |found| context.number(f64::from(found)))),
    )
}
