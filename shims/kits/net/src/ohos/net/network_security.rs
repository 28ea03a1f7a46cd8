//! Leaf of `@ohos:net.networkSecurity`: whether a certificate is to be trusted.

use std::time::{SystemTime, UNIX_EPOCH};

use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::{bytes_arg, full, partial, stub};
use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage};

use crate::tls::{Material, host_roots};

pub(crate) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@ohos:net.networkSecurity",
    source: include_str!("networkSecurity.js"),
    natives: &[("verify", verify)],
    apis: &[
        full("networkSecurity.*"),
        stub("networkSecurity.verifyCertChain"),
        partial("networkSecurity.certVerification", "lists of revoked certificates are not asked for"),
        partial("networkSecurity.certVerificationSync", "lists of revoked certificates are not asked for"),
    ],
}];

/// verify(certificate, authority or undefined) → 0 or the code of an error
fn verify(call: &Call<'_>) -> JsResult {
    let certificate = Material::Data(bytes_arg(call, 0)?).certificates();
    let authority = call.arg(1);
    let anchors =
        if authority.is_nullish() { Ok(Vec::new()) } else { Material::Data(bytes_arg(call, 1)?).certificates() };
    let code = match (certificate, anchors) {
        (Ok(chain), Ok(anchors)) => judge(&chain, (!authority.is_nullish()).then_some(anchors.as_slice())),
        _ => 2_305_001,
    };
    Ok(call.context.number(f64::from(code)))
}

/// 0, or the platform's number for what is wrong: 2305000 + those of OpenSSL's verification.
fn judge(chain: &[CertificateDer<'_>], given: Option<&[CertificateDer<'_>]>) -> u32 {
    const UNSPECIFIED: u32 = 2_305_001;
    let Some((first, rest)) = chain.split_first() else { return UNSPECIFIED };
    if given.is_some_and(|anchors| anchors.contains(first)) {
        return 0; // Trusted by name.
    }
    let roots = host_roots();
    let anchors: Vec<_> = match given {
        None => roots.roots.clone(),
        Some(given) => given
            .iter()
            .filter_map(|anchor| webpki::anchor_from_trusted_cert(anchor).ok())
            .map(|anchor| anchor.to_owned())
            .collect(),
    };
    if anchors.is_empty() {
        return 2_305_024;
    }
    let now = UnixTime::since_unix_epoch(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default());
    let algorithms = rustls::crypto::ring::default_provider().signature_verification_algorithms.all;
    let result = EndEntityCert::try_from(first).and_then(|certificate| {
        certificate.verify_for_usage(algorithms, &anchors, rest, now, KeyUsage::server_auth(), None, None).map(drop)
    });
    match result {
        Ok(()) => 0,
        Err(Error::UnknownIssuer) if is_self_signed(first) => 2_305_018,
        Err(Error::CaUsedAsEndEntity) if is_self_signed(first) => 2_305_018,
        Err(Error::UnknownIssuer) => 2_305_002,
        Err(Error::InvalidSignatureForPublicKey) => 2_305_007,
        Err(Error::CertNotValidYet { .. }) => 2_305_009,
        Err(Error::CertExpired { .. }) => 2_305_010,
        Err(Error::CaUsedAsEndEntity | Error::EndEntityUsedAsCa | Error::PathLenConstraintViolated) => 2_305_024,
        Err(error) => {
            tracing::debug!("certificate: {error}");
            UNSPECIFIED
        }
    }
}

fn is_self_signed(certificate: &CertificateDer<'_>) -> bool {
    use x509_cert::der::Decode;
    x509_cert::Certificate::from_der(certificate)
        .is_ok_and(|parsed| parsed.tbs_certificate.issuer == parsed.tbs_certificate.subject)
}
