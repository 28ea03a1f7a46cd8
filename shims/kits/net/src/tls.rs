//! TLS by the options that the platform's modules share: who is trusted, who we are, which versions and ciphers.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::server::WebPkiClientVerifier;
use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, ServerConfig, SignatureScheme, SupportedProtocolVersion,
};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime};
use sha2::{Digest, Sha256};
use x509_cert::der::{Decode, Encode};

/// Largest certificate or key file that is read.
const MOST_BYTES: u64 = 4 << 20;

/// Why there can be no TLS by these options.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TlsError {
    /// The file of trusted certificates cannot be read, or has none.
    #[error("no certificates of authorities in {0}")]
    Anchors(String),
    /// Our own certificate or key cannot be read, or they do not belong together.
    #[error("own certificate or key: {0}")]
    Identity(String),
    /// No cipher or version is left that both sides could use.
    #[error("no TLS with these versions and ciphers: {0}")]
    Ciphers(String),
}

/// PEM or DER, in a file of the host or as the app gave it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Material {
    File(PathBuf),
    Data(Vec<u8>),
}

impl Material {
    fn read(&self) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Data(bytes) => Ok(bytes.clone()),
            Self::File(path) => {
                if std::fs::metadata(path)?.len() > MOST_BYTES {
                    return Err(std::io::ErrorKind::FileTooLarge.into());
                }
                std::fs::read(path)
            }
        }
    }

    /// All certificates in it.
    pub(crate) fn certificates(&self) -> Result<Vec<CertificateDer<'static>>, String> {
        let bytes = self.read().map_err(|error| error.to_string())?;
        if !bytes.starts_with(b"\x30") {
            let found = CertificateDer::pem_slice_iter(&bytes).collect::<Result<Vec<_>, _>>();
            return found.map_err(|error| error.to_string());
        }
        Ok(vec![CertificateDer::from(bytes)])
    }

    fn key(&self, password: Option<&str>) -> Result<PrivateKeyDer<'static>, String> {
        let bytes = self.read().map_err(|error| error.to_string())?;
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        let encrypted = text.contains("ENCRYPTED PRIVATE KEY");
        if let (true, Some(password)) = (encrypted, password) {
            let (_, document) = pkcs8::SecretDocument::from_pem(text.trim()).map_err(|error| error.to_string())?;
            let info =
                pkcs8::EncryptedPrivateKeyInfo::try_from(document.as_bytes()).map_err(|error| error.to_string())?;
            let plain = info.decrypt(password).map_err(|error| error.to_string())?;
            return Ok(PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(plain.as_bytes().to_vec())));
        }
        if bytes.starts_with(b"\x30") {
            return PrivateKeyDer::try_from(bytes).map_err(str::to_owned);
        }
        PrivateKeyDer::from_pem_slice(&bytes).map_err(|error| error.to_string())
    }
}

/// Who we are.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    pub(crate) certificate: Material,
    pub(crate) key: Material,
    pub(crate) password: Option<String>,
}

impl Identity {
    fn load(&self) -> Result<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>), TlsError> {
        let chain = self.certificate.certificates().map_err(TlsError::Identity)?;
        if chain.is_empty() {
            return Err(TlsError::Identity("no certificate".to_owned()));
        }
        Ok((chain, self.key.key(self.password.as_deref()).map_err(TlsError::Identity)?))
    }
}

/// Options of a connection, on either side.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Options {
    /// Who is trusted; those that the host trusts when empty.
    pub(crate) anchors: Vec<Material>,
    /// Those that the host trusts besides `anchors`.
    pub(crate) with_host: bool,
    pub(crate) identity: Option<Identity>,
    /// Accept whoever answers.
    pub(crate) trusting: bool,
    /// SHA-256 of public keys of which the other side has to show one; any when empty.
    pub(crate) pins: Vec<[u8; 32]>,
    /// Only these versions: 12 and 13; both when empty.
    pub(crate) versions: Vec<u8>,
    /// Names of suites as IANA has them; those that are known count. All when empty.
    pub(crate) ciphers: Vec<String>,
    /// Protocols offered inside (ALPN), the dearest first.
    pub(crate) protocols: Vec<String>,
    /// A server asks for a certificate of clients.
    pub(crate) demand_client: bool,
}

impl Options {
    fn provider(&self) -> Result<Arc<CryptoProvider>, TlsError> {
        let mut provider = ring::default_provider();
        if !self.ciphers.is_empty() {
            let wanted: Vec<String> = self.ciphers.iter().map(|name| plain_name(name)).collect();
            provider.cipher_suites.retain(|suite| wanted.contains(&plain_name(&format!("{:?}", suite.suite()))));
            if provider.cipher_suites.is_empty() {
                return Err(TlsError::Ciphers(self.ciphers.join(":")));
            }
        }
        Ok(Arc::new(provider))
    }

    fn versions(&self) -> Vec<&'static SupportedProtocolVersion> {
        let all = [(13, &rustls::version::TLS13), (12, &rustls::version::TLS12)];
        let wanted = |number: &u8| self.versions.is_empty() || self.versions.contains(number);
        all.into_iter().filter(|(number, _)| wanted(number)).map(|(_, version)| version).collect()
    }

    fn roots(&self) -> Result<Arc<RootCertStore>, TlsError> {
        if self.anchors.is_empty() {
            return Ok(host_roots());
        }
        let mut store = if self.with_host { (*host_roots()).clone() } else { RootCertStore::empty() };
        for material in &self.anchors {
            let name = || match material {
                Material::File(path) => path.display().to_string(),
                Material::Data(_) => "the text given".to_owned(),
            };
            let found = material.certificates().map_err(|_| TlsError::Anchors(name()))?;
            if store.add_parsable_certificates(found).0 == 0 {
                return Err(TlsError::Anchors(name()));
            }
        }
        Ok(Arc::new(store))
    }

    /// Of a client.
    pub(crate) fn client(&self) -> Result<ClientConfig, TlsError> {
        let provider = self.provider()?;
        let versions = self.versions();
        let unusable = |error: rustls::Error| TlsError::Ciphers(error.to_string());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&versions)
            .map_err(unusable)?;
        let trusted = if self.trusting {
            None
        } else {
            let roots = self.roots()?;
            // Without a single authority nobody can be verified, which is found out when somebody is.
            WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build().ok()
        };
        let verifier = Verifier { trusted, trusting: self.trusting, pins: self.pins.clone(), provider };
        let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
        let mut config = match &self.identity {
            None => builder.with_no_client_auth(),
            Some(identity) => {
                let (chain, key) = identity.load()?;
                builder.with_client_auth_cert(chain, key).map_err(|error| TlsError::Identity(error.to_string()))?
            }
        };
        config.alpn_protocols = self.protocols.iter().map(|name| name.clone().into_bytes()).collect();
        Ok(config)
    }

    /// Of a server, which has to have an identity.
    pub(crate) fn server(&self) -> Result<ServerConfig, TlsError> {
        let provider = self.provider()?;
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(&self.versions())
            .map_err(|error| TlsError::Ciphers(error.to_string()))?;
        let builder = if self.anchors.is_empty() {
            builder.with_no_client_auth()
        } else {
            let clients = WebPkiClientVerifier::builder_with_provider(self.roots()?, provider);
            let clients = if self.demand_client { clients } else { clients.allow_unauthenticated() };
            builder.with_client_cert_verifier(clients.build().map_err(|error| TlsError::Anchors(error.to_string()))?)
        };
        let identity =
            self.identity.as_ref().ok_or_else(|| TlsError::Identity("a server needs a certificate".to_owned()))?;
        let (chain, key) = identity.load()?;
        let mut config = builder.with_single_cert(chain, key).map_err(|error| TlsError::Identity(error.to_string()))?;
        config.alpn_protocols = self.protocols.iter().map(|name| name.clone().into_bytes()).collect();
        Ok(config)
    }
}

/// The one spelling of a suite for IANA's, rustls's and OpenSSL's: `ECDHE-RSA-AES128-GCM-SHA256`, `TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`
/// and `TLS13_AES_128_GCM_SHA256` without what differs.
fn plain_name(name: &str) -> String {
    let name = name.to_ascii_uppercase();
    let name = name.strip_prefix("TLS13_").or_else(|| name.strip_prefix("TLS_")).unwrap_or(&name);
    name.replace("WITH", "")
        .replace("POLY1305_SHA256", "POLY1305")
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect()
}

/// A suite as OpenSSL writes it: `ECDHE-RSA-AES128-GCM-SHA256`; those of TLS 1.3 keep IANA's name.
pub(crate) fn openssl_name(suite: rustls::CipherSuite) -> String {
    let name = format!("{suite:?}");
    match name.strip_prefix("TLS13_") {
        Some(rest) => format!("TLS_{rest}"),
        None => name
            .trim_start_matches("TLS_")
            .replace("_WITH", "")
            .replace("AES_128", "AES128")
            .replace("AES_256", "AES256")
            .replace("POLY1305_SHA256", "POLY1305")
            .replace('_', "-"),
    }
}

/// What the host trusts, read once.
pub(crate) fn host_roots() -> Arc<RootCertStore> {
    static ROOTS: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    let roots = ROOTS.get_or_init(|| {
        let found = rustls_native_certs::load_native_certs();
        for error in &found.errors {
            tracing::warn!("a certificate of the host is left out: {error}");
        }
        let mut store = RootCertStore::empty();
        let (known, unknown) = store.add_parsable_certificates(found.certs);
        tracing::debug!("{known} authorities of the host, {unknown} not understood");
        Arc::new(store)
    });
    Arc::clone(roots)
}

/// SHA-256 of the public key of a certificate, as pins have it.
pub(crate) fn key_digest(certificate: &[u8]) -> Option<[u8; 32]> {
    let parsed = x509_cert::Certificate::from_der(certificate).ok()?;
    let key = parsed.tbs_certificate.subject_public_key_info.to_der().ok()?;
    Some(Sha256::digest(key).into())
}

#[derive(Debug)]
struct Verifier {
    trusted: Option<Arc<WebPkiServerVerifier>>,
    trusting: bool,
    pins: Vec<[u8; 32]>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        use rustls::CertificateError;
        match &self.trusted {
            Some(trusted) => {
                trusted.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)?;
            }
            None if self.trusting => {}
            None => return Err(CertificateError::UnknownIssuer.into()),
        }
        let mut shown = std::iter::once(end_entity).chain(intermediates);
        let pinned = |certificate: &CertificateDer<'_>| {
            key_digest(certificate).is_some_and(|digest| self.pins.contains(&digest))
        };
        if self.pins.is_empty() || shown.any(pinned) {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(CertificateError::ApplicationVerificationFailure.into())
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, cert, dss, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, cert, dss, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
