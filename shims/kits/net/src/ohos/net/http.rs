//! `@ohos:net.http` and `@concord:net/client`: leaves of everything that sends requests.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use concord_ability::event_loop::EventLoop;
use concord_ability::state::AppState;
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;
use concord_runtime::face::{bytes_arg, face, full, partial, stub, text_arg};
use serde::Deserialize;

use crate::guest::{Function, Piece};
use crate::http::body::{Part, Payload, Segment, form};
use crate::http::cache;
use crate::http::error::HttpError;
use crate::http::exchange::Exchange;
use crate::http::policy::Policy;
use crate::http::spec::Spec;
use crate::ohos::net::parameter_error;
use crate::runtime::Task;
use tokio::task::AbortHandle;

/// Where a device keeps what it keeps of answers.
const CACHE: &str = "/data/storage/el2/base/cache/network/responses";
/// What a package says about the network.
const CONFIGURATION: &str = "resources/base/profile/network_config.json";

/// Options of later versions of the platform.
const LATER: &str = "without effect";

pub(crate) static MODULES: [FaceModule; 2] = [
    FaceModule {
        request: "@concord:net/client",
        source: include_str!("client.js"),
        natives: &[
            ("exchange", exchange),
            ("stop", stop),
            ("openCache", open_cache),
            ("flushCache", flush_cache),
            ("deleteCache", delete_cache),
            ("cleartext", cleartext),
        ],
        apis: &[],
    },
    face(
        "@ohos:net.http",
        include_str!("http.js"),
        &[
            full("http.*"),
            partial("http.HttpRequestOptions.priority", "checked, without effect: all requests run at once"),
            partial("http.HttpRequestOptions.usingProtocol", "HTTP/3 is asked for as HTTP/2"),
            partial("http.HttpRequestOptions.clientCert", "PEM and DER; not PKCS #12"),
            partial("http.HttpRequestOptions.sslType", "TLS only; TLCP fails with 2300059"),
            partial("http.HttpRequestOptions.clientEncCert", "belongs to TLCP, without effect"),
            partial(
                "http.HttpRequestOptions.tlsOptions",
                "TLS 1.2 and 1.3; older versions and CBC suites fail with 2300059",
            ),
            partial("http.HttpRequestOptions.serverAuthentication", "basic and digest; ntlm is not answered"),
            partial("http.AuthenticationType", "ntlm is not answered"),
            partial("http.CipherSuite", "suites of TLS 1.2 and 1.3 with forward secrecy"),
            partial("http.PerformanceTiming.tcpTiming", "with TLS: when the secure connection stood"),
            partial("http.PerformanceTiming.firstSendTiming", "when the connection stood"),
            partial("http.CertType", "P12 is refused"),
            partial("http.RemoteValidation", "'system' and 'skip'; a callback is not asked"),
            partial(
                "http.HttpInterceptor",
                "READ_CACHE is not called; without REDIRECTION, CONNECT_NETWORK is called once",
            ),
            stub("http.HttpRequest.requestSync"),
            stub("http.HttpRequest.enableAutoCookie"),
            partial("http.HttpRequestOptions.sniHostName", LATER),
            partial("http.HttpRequestOptions.pathPreference", LATER),
            partial("http.HttpRequestOptions.reuseConnections", LATER),
            partial("http.HttpRequestOptions.inactivityMs", LATER),
            partial("http.HttpRequestOptions.usingSocks5Proxy", LATER),
            partial("http.HttpRequestOptions.enablePartialChain", LATER),
            partial("http.HttpResponse.connectionExtraInfo", "never there"),
            partial("http.ConnectionExtraInfo", "never there"),
            partial("http.ValidationContext", "a callback is not asked"),
            partial("http.ValidationCallback", "a callback is not asked"),
        ],
    ),
];

/// What the packages of the app say about the network, read once per engine.
pub(crate) fn policy(context: &Context) -> Arc<Policy> {
    struct Known(Arc<Policy>);
    if let Some(known) = context.host_data::<Known>() {
        return Arc::clone(&known.0);
    }
    let state = AppState::of(context);
    let text = state.as_ref().and_then(|state| {
        let packages = state.packages().packages().iter();
        packages.filter_map(|package| package.read(CONFIGURATION).ok().flatten()).next()
    });
    let policy = Arc::new(text.map(|text| Policy::parse(&text)).unwrap_or_default());
    context.set_host_data(Rc::new(Known(Arc::clone(&policy))));
    policy
}

/// Whether plain text may go to a host (any when empty).
fn cleartext(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let rules = policy(call.context).rules(&text_arg(call, 0)?, &state.paths);
    Ok(call.context.boolean(rules.cleartext))
}

/// One part of a form, as the face writes it; `data` is the index in the list of buffers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct FormPart {
    name: String,
    #[serde(default)]
    content_type: String,
    file_name: Option<String>,
    data: Option<u32>,
    file: Option<String>,
    #[serde(default)]
    from: u64,
    length: Option<u64>,
}

impl FormPart {
    fn content(&self, call: &Call<'_>, buffers: &Value) -> Result<Segment, HttpError> {
        if let Some(name) = &self.file {
            let state = AppState::of(call.context).ok_or(HttpError::Read)?;
            let path = state.paths.resolve(name).map_err(|_| HttpError::Read)?.path;
            return Segment::file(path, self.from, self.length).map_err(|_| HttpError::Read);
        }
        let data = self.data.and_then(|index| buffers.get_index(index).ok());
        let bytes = match data {
            Some(data) => match data.bytes() {
                Some(bytes) => bytes,
                None => data.as_string().unwrap_or_default().into_bytes(),
            },
            None => Vec::new(),
        };
        Ok(Segment::Bytes(bytes.into()))
    }
}

/// exchange(spec, body, parts, buffers, tell): `spec` and `parts` are JSON, `body` is text, a buffer or undefined; with `parts` it is
/// a form, or (one part without name) a file. Returns what `stop` takes.
fn exchange(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let mut spec: Spec = match serde_json::from_str(&text_arg(call, 0)?) {
        Ok(spec) => spec,
        Err(error) => return Err(parameter_error(call, &format!("options of a request: {error}"))),
    };
    let Some(told) = Function::keep(context, call.arg(4)) else { return Ok(context.undefined()) };
    let state = AppState::of_call(call)?;
    let refuse = |error: HttpError| {
        told.call(vec!["fail".into(), Piece::Number(error.code() as f64), error.message().into()]);
        Ok(context.undefined())
    };
    let payload = if call.arg(2).is_nullish() {
        if call.arg(1).is_nullish() { Payload::default() } else { Payload::bytes(bytes_arg(call, 1)?) }
    } else {
        let parts: Vec<FormPart> = serde_json::from_str(&text_arg(call, 2)?).unwrap_or_default();
        let buffers = call.arg(3);
        let mut all = Vec::with_capacity(parts.len());
        for part in parts {
            let content = match part.content(call, &buffers) {
                Ok(content) => content,
                Err(error) => return refuse(error),
            };
            all.push(Part { name: part.name, file_name: part.file_name, content_type: part.content_type, content });
        }
        match all.as_slice() {
            [only] if only.name.is_empty() => Payload(vec![only.content.clone()]),
            _ => {
                let (payload, content_type) = form(all, &boundary(context));
                spec.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
                spec.headers.push(("content-type".to_owned(), content_type));
                payload
            }
        }
    };
    let exchange =
        Exchange { spec, payload, told: told.clone(), policy: policy(context), paths: Arc::clone(&state.paths) };
    match Task::start(exchange.run()) {
        Ok(task) => Ok(context.native_object(Box::new(task.detach()), None)),
        Err(error) => {
            tracing::warn!("no thread for the network: {error}");
            refuse(HttpError::Internal)
        }
    }
}

/// stop(request)
fn stop(call: &Call<'_>) -> JsResult {
    if let Some(task) = call.arg(0).native::<Option<AbortHandle>>().and_then(Option::as_ref) {
        task.abort();
    }
    Ok(call.context.undefined())
}

/// A line that no part of a form contains.
fn boundary(context: &Context) -> String {
    let now = EventLoop::of(context).map_or(0, |event_loop| event_loop.now().as_nanos());
    format!("----------------------------{:016x}{:08x}", now as u64, std::process::id())
}

fn cache_file(call: &Call<'_>) -> JsResult<Option<PathBuf>> {
    Ok(AppState::of_call(call)?.paths.resolve(CACHE).ok().map(|found| found.path))
}

/// openCache(bytes)
fn open_cache(call: &Call<'_>) -> JsResult {
    if let Some(file) = cache_file(call)? {
        let room = call.arg(0).as_f64().unwrap_or(cache::MOST_BYTES as f64);
        cache::open(room.max(0.0) as usize, &file);
    }
    Ok(call.context.undefined())
}

/// flushCache(done): `done()` or `done(why not)`
fn flush_cache(call: &Call<'_>) -> JsResult {
    with_cache(call, cache::flush)
}

/// deleteCache(done)
fn delete_cache(call: &Call<'_>) -> JsResult {
    with_cache(call, cache::delete)
}

fn with_cache(call: &Call<'_>, work: fn(&std::path::Path) -> std::io::Result<()>) -> JsResult {
    let (file, done) = (cache_file(call)?, call.arg(0));
    let (Some(file), Some(event_loop)) = (file, EventLoop::of(call.context)) else {
        return Ok(call.context.undefined());
    };
    let tell = move |context: &Context, result: std::io::Result<()>| {
        let args: Vec<Value> = result.err().map(|error| context.string(&error.to_string())).into_iter().collect();
        done.call(&context.undefined(), &args).map(drop)
    };
    if let Err(error) = event_loop.offload(move || work(&file), tell) {
        tracing::warn!("no thread to write what is kept of the network: {error}");
    }
    Ok(call.context.undefined())
}
