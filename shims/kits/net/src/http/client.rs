//! Clients: one for every way of connecting, so that requests alike share connections.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, NoProxy, Proxy};
use serde::Deserialize;

use crate::dns::{Family, Resolver, Source};
use crate::http::error::HttpError;
use crate::http::timing::MarkConnections;
use crate::tls::{Options, TlsError};

/// Clients that are kept.
const KEPT: usize = 32;
/// Lines in the head of an answer; how long it may be hyper decides (some 400 KB).
const MOST_HEADERS: usize = 1000;
const IDLE: Duration = Duration::from_secs(90);

/// Through whom a request goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ProxyChoice {
    /// Whom the person's environment names (`http_proxy`, `https_proxy`, `all_proxy`, `no_proxy`).
    #[default]
    Environment,
    None,
    #[serde(untagged)]
    Given {
        host: String,
        port: u16,
        #[serde(default, rename = "exclusionList")]
        exclusions: Vec<String>,
        #[serde(default)]
        username: String,
        #[serde(default)]
        password: String,
    },
}

/// What connections depend on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ClientKey {
    pub(crate) tls: Option<Options>,
    pub(crate) proxy: ProxyChoice,
    pub(crate) source: Source,
    pub(crate) family: Family,
    pub(crate) connect_timeout: Option<Duration>,
    /// HTTP/1.1 and nothing later.
    pub(crate) first_version_only: bool,
}

static CLIENTS: Mutex<Vec<(ClientKey, Client)>> = Mutex::new(Vec::new());

/// The client of `key` if there is one already.
pub(crate) fn known(key: &ClientKey) -> Option<Client> {
    let mut known = CLIENTS.lock().unwrap_or_else(PoisonError::into_inner);
    let at = known.iter().position(|(other, _)| other == key)?;
    let found = known.remove(at);
    let client = found.1.clone();
    // The one used last at the end.
    known.push(found);
    Some(client)
}

/// The client of `key`, made if need be.
pub(crate) fn client(key: &ClientKey) -> Result<Client, HttpError> {
    if let Some(client) = known(key) {
        return Ok(client);
    }
    let client = build(key)?;
    let mut known = CLIENTS.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= KEPT {
        known.remove(0);
    }
    known.push((key.clone(), client.clone()));
    Ok(client)
}

fn build(key: &ClientKey) -> Result<Client, HttpError> {
    let tls = match &key.tls {
        Some(options) => options.client(),
        // Never used for TLS, but the client wants to have one.
        None => Options { trusting: true, ..Options::default() }.client(),
    };
    let tls = tls.map_err(|error| {
        tracing::warn!("no TLS for a request: {error}");
        match error {
            TlsError::Anchors(_) => HttpError::CaFile,
            TlsError::Identity(_) => HttpError::LocalCertificate,
            TlsError::Ciphers(_) => HttpError::Cipher,
        }
    })?;
    // A server of names that is asked over HTTPS has to be found by the host's own resolver, once.
    let asking = match &key.source {
        Source::Https(_) => Some(client(&ClientKey {
            tls: Some(Options::default()),
            proxy: key.proxy.clone(),
            source: Source::Host,
            family: Family::Any,
            connect_timeout: key.connect_timeout,
            first_version_only: false,
        })?),
        _ => None,
    };
    let resolver = Resolver { source: key.source.clone(), family: key.family, client: asking };
    let mut builder = Client::builder()
        .tls_backend_preconfigured(tls)
        .dns_resolver(Arc::new(resolver))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .http1_max_headers(MOST_HEADERS)
        .pool_idle_timeout(IDLE)
        .referer(false)
        .connector_layer(MarkConnections);
    if key.first_version_only {
        builder = builder.http1_only();
    }
    if let Some(limit) = key.connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    if let Some(address) = key.family.unspecified() {
        builder = builder.local_address(address);
    }
    builder = match &key.proxy {
        ProxyChoice::Environment => builder,
        ProxyChoice::None => builder.no_proxy(),
        ProxyChoice::Given { host, port, exclusions, username, password } => {
            let address = if host.contains("://") { format!("{host}:{port}") } else { format!("http://{host}:{port}") };
            let mut proxy = Proxy::all(address).map_err(|_| HttpError::ProxyName)?;
            if !username.is_empty() {
                proxy = proxy.basic_auth(username, password);
            }
            builder.proxy(proxy.no_proxy(NoProxy::from_string(&exclusions.join(","))))
        }
    };
    builder.build().map_err(|error| {
        tracing::warn!("no client for a request: {error}");
        HttpError::Internal
    })
}

impl Family {
    /// Connections from here reach only addresses of this family, written ones included.
    fn unspecified(self) -> Option<IpAddr> {
        match self {
            Self::Any => None,
            Self::V4 => Some(IpAddr::from([0_u8; 4])),
            Self::V6 => Some(IpAddr::from([0_u8; 16])),
        }
    }
}
