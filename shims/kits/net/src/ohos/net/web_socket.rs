//! Leaves of `@ohos:net.webSocket`.

use std::cell::RefCell;

use concord_ability::state::AppState;
use concord_engine::{Call, JsResult, Value};
use concord_runtime::FaceModule;
use concord_runtime::face::{full, partial, text_arg, type_error};
use nix::errno::Errno;
use serde::Deserialize;
use socket2::Type;
use tokio::sync::mpsc::unbounded_channel;
use tokio_tungstenite::tungstenite::Message;

use crate::guest::{Function, Piece};
use crate::http::policy::Rules;
use crate::ohos::net::http::policy;
use crate::ohos::net::parameter_error;
use crate::runtime::Task;
use crate::socket::{Endpoint, NetAddress, errno};
use crate::tls::{Identity, Material, Options};
use crate::web_socket::{Dial, Limits, Order, Peer, Server, dial, serve};

pub(crate) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@ohos:net.webSocket",
    source: include_str!("webSocket.js"),
    natives: &[("connect", connect), ("send", send), ("close", close), ("serve", start_server), ("stop", stop)],
    apis: &[
        full("webSocket.*"),
        partial("webSocket.WebSocketRequestOptions.pingInterval", "pings are answered, none are sent"),
        partial("webSocket.WebSocketRequestOptions.pongTimeout", "without effect"),
        partial("webSocket.WebSocketRequestOptions.minSupportTlsProtocol", "without effect: TLS 1.2 is the least"),
        partial("webSocket.WebSocketRequestOptions.supportOriginPort", "without effect"),
    ],
}];

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ConnectSpec {
    url: String,
    headers: Vec<(String, String)>,
    protocol: Option<String>,
    proxy: Option<NetAddress>,
    ca_path: Option<String>,
    cert_path: Option<String>,
    key_path: Option<String>,
    key_password: Option<String>,
    trusting: bool,
}

/// An error as the face throws it: the code.
fn code(call: &Call<'_>, number: u32) -> JsResult {
    Ok(call.context.number(f64::from(number)))
}

/// A file of the app that has to be there.
fn file(call: &Call<'_>, name: &str) -> JsResult<Option<Material>> {
    let found = AppState::of_call(call)?.paths.resolve(name).ok().map(|found| found.path);
    Ok(found.filter(|path| path.is_file()).map(Material::File))
}

/// connect(JSON, tell) → connection, or the code of an error
fn connect(call: &Call<'_>) -> JsResult {
    const URL: u32 = 2_302_001;
    const NO_FILE: u32 = 2_302_002;
    let spec: ConnectSpec = match serde_json::from_str(&text_arg(call, 0)?) {
        Ok(spec) => spec,
        Err(error) => return Err(parameter_error(call, &format!("options of a connection: {error}"))),
    };
    let Ok(url) = reqwest::Url::parse(&spec.url) else { return code(call, URL) };
    if !matches!(url.scheme(), "ws" | "wss") || !url.has_host() {
        return code(call, URL);
    }
    let state = AppState::of_call(call)?;
    let rules: Rules = policy(call.context).rules(url.host_str().unwrap_or(""), &state.paths);
    let mut secure = Options {
        trusting: spec.trusting,
        anchors: rules.anchors,
        with_host: rules.trusts_host,
        pins: rules.pins,
        ..Options::default()
    };
    if let Some(name) = spec.ca_path.filter(|name| !name.is_empty()) {
        let Some(anchors) = file(call, &name)? else { return code(call, NO_FILE) };
        (secure.anchors, secure.with_host) = (vec![anchors], false);
    }
    if let (Some(certificate), Some(key)) = (spec.cert_path, spec.key_path) {
        let (Some(certificate), Some(key)) = (file(call, &certificate)?, file(call, &key)?) else {
            return code(call, NO_FILE);
        };
        secure.identity = Some(Identity { certificate, key, password: spec.key_password });
    }
    let Some(told) = Function::keep(call.context, call.arg(1)) else { return Ok(call.context.undefined()) };
    let secure = (url.scheme() == "wss").then_some(secure);
    let (sender, orders) = unbounded_channel();
    let dialled = Dial { url, headers: spec.headers, protocol: spec.protocol, proxy: spec.proxy, secure };
    match Task::start(dial(dialled, orders, told)) {
        Ok(task) => Ok(call.context.native_object(Box::new(Peer { orders: sender, _task: Some(task) }), None)),
        Err(error) => {
            tracing::warn!("no thread for the network: {error}");
            code(call, 2_302_999)
        }
    }
}

/// send(connection, text or bytes, done): `done()` or `done(why not)`
fn send(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let Some(peer) = value.native::<Peer>() else { return type_error(call.context, "not a connection") };
    let data = call.arg(1);
    let message = match data.bytes() {
        Some(bytes) => Message::binary(bytes),
        None => Message::text(data.to_js_string()?),
    };
    let Some(done) = Function::keep(call.context, call.arg(2)) else { return Ok(call.context.undefined()) };
    let failed = done.clone();
    if peer.orders.send(Order::Send(message, done)).is_err() {
        failed.call(vec![Piece::from("the connection is closed")]);
    }
    Ok(call.context.undefined())
}

/// close(connection, code, reason, done)
fn close(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let Some(peer) = value.native::<Peer>() else { return type_error(call.context, "not a connection") };
    let number = call.arg(1).as_f64().map_or(1000, |number| number as u16);
    let reason = text_arg(call, 2)?;
    let Some(done) = Function::keep(call.context, call.arg(3)) else { return Ok(call.context.undefined()) };
    let failed = done.clone();
    if peer.orders.send(Order::Close(number, reason, done)).is_err() {
        failed.call(Vec::new());
    }
    Ok(call.context.undefined())
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ServerSpec {
    max_connections_for_one_client: usize,
    max_concurrent_clients_number: usize,
    server_port: u16,
    #[serde(rename = "serverIP")]
    server_ip: String,
    cert_path: Option<String>,
    key_path: Option<String>,
    protocol: Option<String>,
}

/// serve(JSON, tell) → server, or the code of an error
fn start_server(call: &Call<'_>) -> JsResult {
    const NO_FILE: u32 = 2_302_002;
    const NIC: u32 = 2_302_004;
    const PORT: u32 = 2_302_005;
    let spec: ServerSpec = match serde_json::from_str(&text_arg(call, 0)?) {
        Ok(spec) => spec,
        Err(error) => return Err(parameter_error(call, &format!("options of a server: {error}"))),
    };
    let secure = match (spec.cert_path, spec.key_path) {
        (Some(certificate), Some(key)) => {
            let (Some(certificate), Some(key)) = (file(call, &certificate)?, file(call, &key)?) else {
                return code(call, NO_FILE);
            };
            let identity = Some(Identity { certificate, key, password: None });
            match (Options { identity, ..Options::default() }).server() {
                Ok(config) => Some(config),
                Err(error) => {
                    tracing::warn!("no TLS for a server: {error}");
                    return code(call, NO_FILE);
                }
            }
        }
        _ => None,
    };
    let address = NetAddress { address: spec.server_ip, port: spec.server_port, family: None };
    let Some(address) = address.literal() else { return code(call, NIC) };
    let endpoint = Endpoint::default();
    if let Err(error) = endpoint.bind(address, Type::STREAM) {
        return code(call, if errno(&error) == Errno::EADDRNOTAVAIL { NIC } else { PORT });
    }
    let Some(told) = Function::keep(call.context, call.arg(1)) else { return Ok(call.context.undefined()) };
    let limits = Limits {
        clients: spec.max_concurrent_clients_number,
        for_one: spec.max_connections_for_one_client,
        protocol: spec.protocol,
    };
    let started = endpoint.start_listening().and_then(|socket| Task::start(serve(socket, secure, limits, told)));
    match started {
        Ok(task) => Ok(call.context.native_object(Box::new(Server { task: RefCell::new(Some(task)) }), None)),
        Err(_) => code(call, PORT),
    }
}

/// stop(server)
fn stop(call: &Call<'_>) -> JsResult {
    let value: Value = call.arg(0);
    if let Some(server) = value.native::<Server>() {
        server.task.take();
    }
    Ok(call.context.undefined())
}
