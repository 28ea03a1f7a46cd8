//! Options of a request, as the faces write them.

use std::net::IpAddr;
use std::time::Duration;

use concord_syscalls::VirtualPaths;
use serde::Deserialize;

use crate::dns::{Family, Source};
use crate::http::auth::Credentials;
use crate::http::client::{ClientKey, ProxyChoice};
use crate::http::error::HttpError;
use crate::http::policy::Rules;
use crate::tls::{Identity, Material, Options};

/// One request. Names of files are the app's.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Spec {
    pub(crate) url: String,
    pub(crate) method: String,
    pub(crate) headers: Vec<(String, String)>,
    /// Milliseconds until the connection has to stand; 0 for no limit.
    connect_timeout: u64,
    /// Milliseconds for all of the request; 0 for no limit.
    pub(crate) read_timeout: u64,
    /// Number of `HttpProtocol`; 2 (HTTP/3) is taken for "the best there is".
    protocol: Option<u8>,
    proxy: ProxyChoice,
    ca_path: Option<String>,
    ca_data: Option<String>,
    client_cert: Option<ClientCert>,
    dns_over_https: Option<String>,
    dns_servers: Vec<String>,
    /// Most bytes of a body that is kept.
    pub(crate) max_limit: Option<u64>,
    /// SHA-256 of public keys, in base64.
    pins: Vec<String>,
    skip_validation: bool,
    /// Numbers of `TlsVersion`: 6 is 1.2, 7 is 1.3.
    tls_min: Option<u8>,
    tls_max: Option<u8>,
    ciphers: Vec<String>,
    pub(crate) authentication: Option<Credentials>,
    /// 4, 6 or anything else.
    family: u8,
    pub(crate) max_redirects: Option<u32>,
    pub(crate) use_cache: bool,
    /// Tell pieces of the body as they come, and keep none.
    pub(crate) streaming: bool,
    /// Tell how much was sent.
    pub(crate) report_sent: bool,
    /// Whether the answer is to be text.
    pub(crate) expect: Expect,
    /// Where to write the body instead of telling it: a file of the app, from this byte on.
    pub(crate) save: Option<Save>,
}

/// What becomes of a body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Expect {
    /// By its content type.
    #[default]
    Any,
    Text,
    Bytes,
}

/// A file that takes the body.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Save {
    pub(crate) path: String,
    /// Append when the server agrees to go on from there.
    #[serde(default)]
    pub(crate) from: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ClientCert {
    cert_path: String,
    cert_type: String,
    key_path: String,
    key_password: Option<String>,
    /// PEM instead of a file.
    content: Option<String>,
    key: Option<String>,
}

impl Spec {
    /// What connections of this request depend on, for a host that `rules` of the package speak about.
    pub(crate) fn client_key(&self, secure: bool, rules: &Rules, paths: &VirtualPaths) -> Result<ClientKey, HttpError> {
        let protocols: &[&str] = if self.protocol == Some(0) { &["http/1.1"] } else { &["h2", "http/1.1"] };
        let tls = secure.then(|| self.tls(protocols, rules, paths)).transpose()?;
        let source = match &self.dns_over_https {
            Some(server) if !server.is_empty() => Source::Https(server.clone()),
            _ => {
                let servers: Vec<IpAddr> =
                    self.dns_servers.iter().filter_map(|text| text.parse().ok()).take(3).collect();
                if servers.is_empty() { Source::Host } else { Source::Servers(servers) }
            }
        };
        Ok(ClientKey {
            tls,
            proxy: self.proxy.clone(),
            source,
            family: match self.family {
                4 => Family::V4,
                6 => Family::V6,
                _ => Family::Any,
            },
            connect_timeout: Some(self.connect_timeout).filter(|limit| *limit > 0).map(Duration::from_millis),
            first_version_only: self.protocol == Some(0),
        })
    }

    fn tls(&self, protocols: &[&str], rules: &Rules, paths: &VirtualPaths) -> Result<Options, HttpError> {
        let file = |name: &str, error: HttpError| paths.resolve(name).map(|found| found.path).map_err(|_| error);
        let mut anchors = Vec::new();
        if let Some(name) = self.ca_path.as_deref().filter(|name| !name.is_empty()) {
            anchors.push(Material::File(file(name, HttpError::CaFile)?));
        }
        if let Some(text) = self.ca_data.as_deref().filter(|text| !text.is_empty()) {
            anchors.push(Material::Data(text.as_bytes().to_vec()));
        }
        let own_anchors = !anchors.is_empty();
        if !own_anchors {
            anchors.clone_from(&rules.anchors);
        }
        let pins: Option<Vec<[u8; 32]>> = self.pins.iter().map(|pin| digest_of(pin)).collect();
        let mut pins = pins.ok_or(HttpError::Certificate)?;
        pins.extend(&rules.pins);
        let versions = [(6, 12), (7, 13)].into_iter().filter(|(number, _)| {
            self.tls_min.is_none_or(|least| *number >= least) && self.tls_max.is_none_or(|most| *number <= most)
        });
        let versions: Vec<u8> = versions.map(|(_, version)| version).collect();
        if versions.is_empty() {
            // Older versions only: nobody should speak them any more, and rustls does not.
            return Err(HttpError::Cipher);
        }
        Ok(Options {
            with_host: !own_anchors && rules.trusts_host,
            anchors,
            identity: self.client_cert.as_ref().map(|own| own.identity(paths)).transpose()?,
            trusting: self.skip_validation,
            pins,
            versions,
            ciphers: self.ciphers.clone(),
            protocols: protocols.iter().map(|&name| name.to_owned()).collect(),
            demand_client: false,
        })
    }
}

impl ClientCert {
    fn identity(&self, paths: &VirtualPaths) -> Result<Identity, HttpError> {
        if self.cert_type == "P12" {
            tracing::warn!("client certificates in PKCS #12 are not read; use PEM or DER");
            return Err(HttpError::LocalCertificate);
        }
        let material = |data: &Option<String>, name: &str| match data {
            Some(text) => Ok(Material::Data(text.clone().into_bytes())),
            None => {
                paths.resolve(name).map(|found| Material::File(found.path)).map_err(|_| HttpError::LocalCertificate)
            }
        };
        Ok(Identity {
            certificate: material(&self.content, &self.cert_path)?,
            key: material(&self.key, if self.key_path.is_empty() { &self.cert_path } else { &self.key_path })?,
            password: self.key_password.clone(),
        })
    }
}

/// The 32 bytes of a pin in base64, which may be called `sha256//…`.
pub(crate) fn digest_of(pin: &str) -> Option<[u8; 32]> {
    let text = pin.strip_prefix("sha256//").or_else(|| pin.strip_prefix("sha256/")).unwrap_or(pin).trim();
    let mut bits = 0_u32;
    let mut count = 0;
    let mut bytes = Vec::with_capacity(32);
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes.try_into().ok()
}
