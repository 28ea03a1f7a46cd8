//! `@ohos.security.cert`: leaves. What is read crosses as JSON with bytes in hexadecimal.

use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::{bytes_arg, full, partial, stub, text_arg};
use der::{Decode, Encode};
use serde::Deserialize;
use serde_json::{Value, json};
use x509_cert::ext::Extensions;
use x509_cert::name::Name;

use crate::core::ec::Curve;
use crate::core::encoding::{self, from_hex, to_hex};
use crate::core::error::{Error, Result, invalid, operation};
use crate::core::hash::Hash;
use crate::core::key::{PrivateKey, PublicKey};
use crate::core::x509::{self, Signed, chain, names};
use crate::core::{asn1, cms as messages, pem, pkcs12, sign, sm2};
use crate::task::{Answer, Codes, optional_bytes, run};

const CODES: Codes = Codes { memory: 19_020_001, operation: 19_030_001 };

pub(crate) const MODULE: FaceModule = FaceModule {
    request: "@ohos:security.cert",
    source: include_str!("cert.js"),
    natives: &[
        ("certificate", certificate),
        ("certificates", certificates),
        ("revocations", revocations),
        ("extensions", extensions),
        ("verify", verify),
        ("validate", validate),
        ("build", build),
        ("name", name),
        ("pkcs12", read_pkcs12),
        ("request", request),
        ("text", text),
        ("checkSigner", check_signer),
        ("signMessage", sign_message),
    ],
    apis: &[
        full("*"),
        partial("cert.X509Cert.toString", "names, times, key and extensions in a form of our own"),
        partial("cert.X509CRL.toString", "names, times and entries in a form of our own"),
        partial("cert.X509CertChain.toString", "certificates in a form of our own"),
        partial(
            "cert.X509CertChain.validate",
            "revocation only by the lists that are given: no OCSP, nothing from the network",
        ),
        partial(
            "cert.buildX509CertChain",
            "revocation only by the lists that are given: no OCSP, nothing from the network",
        ),
        stub("cert.CertChainValidator.validateCert"),
        partial("cert.createCmsGenerator", "signed messages only, none that are encrypted"),
        partial("cert.CmsGenerator", "signed messages only, none that are encrypted"),
        stub("cert.CmsGenerator.setRecipientEncryptionAlgorithm"),
        stub("cert.CmsGenerator.addRecipientInfo"),
        stub("cert.CmsGenerator.getEncryptedContentData"),
        stub("cert.createCmsParser"),
        stub("cert.CmsParser"),
        stub("cert.createPkcs12"),
        stub("cert.createPkcs12Sync"),
    ],
};

fn answer(value: Value) -> Result<Answer> {
    Ok(Answer::Text(value.to_string()))
}

fn describe(der: &[u8]) -> Result<Value> {
    let mut all = x509::certificate(der)?;
    all["der"] = json!(to_hex(der));
    // The generator of cryptoFramework that takes such a key; a key that nobody knows has none.
    let kind =
        all["key"].as_str().and_then(|hex| from_hex(hex).ok()).and_then(|bytes| encoding::read_public(&bytes).ok());
    all["keyKind"] = json!(kind.map(|key| match &key {
        PublicKey::Rsa(_) => "RSA2048",
        PublicKey::Ec(key) => key.curve.facts().key_name,
        PublicKey::Dsa(_) => "DSA1024",
        PublicKey::Dh(_) => "DH_modp1536",
        PublicKey::Ed25519(_) => "Ed25519",
        PublicKey::X25519(_) => "X25519",
    }));
    Ok(all)
}

/// certificate(done, bytes) → JSON
fn certificate(call: &Call<'_>) -> JsResult {
    let bytes = bytes_arg(call, 1)?;
    run(call, CODES, move || answer(describe(&x509::der_of(bytes, "CERTIFICATE")?)?))
}

/// certificates(done, bytes, format) → JSON list. Formats: 0 DER, 1 PEM, 2 PKCS #7, 3 each certificate after its length in 16 bits.
fn certificates(call: &Call<'_>) -> JsResult {
    let (bytes, format) = (bytes_arg(call, 1)?, call.arg(2).as_f64().unwrap_or(0.0));
    run(call, CODES, move || {
        let list = match format as u8 {
            1 => split_text(&bytes)?,
            2 => from_pkcs7(&bytes)?,
            3 => split_lengths(&bytes)?,
            _ => split_sequences(&bytes)?,
        };
        if list.is_empty() {
            return Err(operation("there is no certificate"));
        }
        let all = list.iter().map(|der| describe(der)).collect::<Result<Vec<_>>>()?;
        answer(json!(all))
    })
}

fn split_text(bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    const END: &str = "-----END CERTIFICATE-----";
    let text = std::str::from_utf8(bytes).map_err(operation)?.trim_matches(['\0', ' ', '\n', '\r']);
    let parts = text.split_inclusive(END).filter(|part| part.contains("BEGIN"));
    parts.map(|part| pem::decode(part).map(|(_, der)| der)).collect()
}

fn split_sequences(mut bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    use der::Reader;
    let mut list = Vec::new();
    while !bytes.is_empty() {
        let mut reader = der::SliceReader::new(bytes)?;
        let one = reader.tlv_bytes()?;
        list.push(one.to_vec());
        bytes = bytes.get(one.len()..).unwrap_or_default();
    }
    Ok(list)
}

fn split_lengths(mut bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let mut list = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (one, rest) = rest
            .split_at_checked(u16::from_le_bytes(*length).into())
            .ok_or_else(|| operation("a certificate is cut off"))?;
        list.push(one.to_vec());
        bytes = rest;
    }
    Ok(list)
}

/// The certificates of a SignedData, DER or PEM.
fn from_pkcs7(bytes: &[u8]) -> Result<Vec<Vec<u8>>> {
    let der = x509::der_of(bytes.to_vec(), "PKCS7")?;
    let info = cms::content_info::ContentInfo::from_der(&der)?;
    let data = cms::signed_data::SignedData::from_der(&info.content.to_der()?)?;
    let mut list = Vec::new();
    for choice in data.certificates.iter().flat_map(|set| set.0.iter()) {
        if let cms::cert::CertificateChoices::Certificate(certificate) = choice {
            list.push(certificate.to_der()?);
        }
    }
    Ok(list)
}

/// revocations(done, bytes) → JSON
fn revocations(call: &Call<'_>) -> JsResult {
    let bytes = bytes_arg(call, 1)?;
    run(call, CODES, move || {
        let der = x509::der_of(bytes, "X509 CRL")?;
        let mut all = x509::revocations(&der)?;
        all["der"] = json!(to_hex(&der));
        answer(all)
    })
}

/// extensions(done, bytes) → JSON
fn extensions(call: &Call<'_>) -> JsResult {
    let bytes = bytes_arg(call, 1)?;
    run(call, CODES, move || answer(x509::extensions(&Extensions::from_der(&bytes)?)?))
}

/// verify(done, signed structure, public key as SubjectPublicKeyInfo) → boolean
fn verify(call: &Call<'_>) -> JsResult {
    let (bytes, key) = (bytes_arg(call, 1)?, bytes_arg(call, 2)?);
    run(call, CODES, move || Signed::read(&bytes)?.verify(&encoding::read_public(&key)?).map(Answer::Truth))
}

/// validate(done, JSON of what is demanded) → JSON: `{ anchor }` or `{ fault, why }`
fn validate(call: &Call<'_>) -> JsResult {
    let json = text_arg(call, 1)?;
    run(call, CODES, move || {
        let demand: chain::Demand = serde_json::from_str(&json).map_err(invalid)?;
        answer(match demand.check() {
            Ok(anchor) => json!({ "anchor": anchor }),
            Err(distrust) => json!({ "fault": distrust.fault as u32, "why": distrust.why }),
        })
    })
}

/// Where a chain begins and what it may be made of, hexadecimal.
#[derive(Deserialize)]
struct Pool {
    first: String,
    pool: Vec<String>,
    most: usize,
}

/// build(done, JSON) → JSON list of certificates
fn build(call: &Call<'_>) -> JsResult {
    let json = text_arg(call, 1)?;
    run(call, CODES, move || {
        let pool: Pool = serde_json::from_str(&json).map_err(invalid)?;
        let all = pool.pool.iter().map(|hex| from_hex(hex)).collect::<Result<Vec<_>>>()?;
        let chain = chain::build(&from_hex(&pool.first)?, &all, pool.most)?;
        answer(json!(chain.iter().map(|der| describe(der)).collect::<Result<Vec<_>>>()?))
    })
}

/// name(done, text or bytes) → JSON
fn name(call: &Call<'_>) -> JsResult {
    let input = call.arg(1);
    let text = input.as_string();
    let bytes = input.bytes().unwrap_or_default();
    run(call, CODES, move || {
        let name = match text {
            Some(text) => names::parse(&text)?,
            None => Name::from_der(&bytes)?,
        };
        answer(names::describe(&name)?)
    })
}

/// pkcs12(done, bytes, password) → JSON: `{ key, certificates }`, or `{ wrong }` for a wrong password
fn read_pkcs12(call: &Call<'_>) -> JsResult {
    let (bytes, password) = (bytes_arg(call, 1)?, text_arg(call, 2)?);
    run(call, CODES, move || {
        let contents = match pkcs12::read(&bytes, &password) {
            Err(Error::Operation(why)) if why == pkcs12::WRONG_PASSWORD => return answer(json!({ "wrong": true })),
            other => other?,
        };
        let key = contents.keys.first().map(|key| -> Result<Value> {
            let text = pem::encode("PRIVATE KEY", key)?;
            let public = encoding::read_private(key)?.public()?;
            Ok(json!({ "der": to_hex(key), "pem": text, "public": to_hex(&encoding::spki(&public)?) }))
        });
        let certificates = contents.certificates.iter().map(|der| describe(der)).collect::<Result<Vec<_>>>()?;
        answer(json!({ "key": key.transpose()?, "certificates": certificates }))
    })
}

/// A private key of PEM or DER.
fn read_key(key: &[u8], password: Option<&str>) -> Result<PrivateKey> {
    match (std::str::from_utf8(key), password) {
        (Ok(text), password) if text.contains("-----BEGIN") => pem::read_private(text, password),
        (_, Some(password)) => pem::read_encrypted(key, password),
        (_, None) => encoding::read_private(key),
    }
}

/// A request for a certificate as the face describes it.
#[derive(Deserialize)]
struct Request {
    subject: String,
    md: String,
    /// (type, value)
    attributes: Vec<(String, String)>,
}

/// request(done, JSON, key as PEM or DER, password or undefined) → bytes
fn request(call: &Call<'_>) -> JsResult {
    let (json, key) = (text_arg(call, 1)?, bytes_arg(call, 2)?);
    let password = optional_bytes(call, 3)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    run(call, CODES, move || {
        let request: Request = serde_json::from_str(&json).map_err(invalid)?;
        let key = read_key(&key, password.as_deref())?;
        let public = key.public()?;
        let hash = Hash::named(&request.md)?;
        let mut attributes = Vec::new();
        for (kind, value) in &request.attributes {
            let oid = match kind.as_str() {
                "challengePassword" => "1.2.840.113549.1.9.7",
                "unstructuredName" => "1.2.840.113549.1.9.2",
                "unstructuredAddress" => "1.2.840.113549.1.9.8",
                other => other,
            };
            let value = der::asn1::Utf8StringRef::new(value)?.to_der()?;
            attributes.push(asn1::sequence(&[&asn1::oid(&asn1::parse_oid(oid)?)?, &asn1::set_of(vec![value])?])?);
        }
        attributes.sort();
        let subject = from_hex(&request.subject)?;
        let parts = [asn1::integer(&[0])?, subject, encoding::spki(&public)?, asn1::context(0, &attributes.concat())?];
        let body = asn1::sequence(&parts.each_ref().map(Vec::as_slice))?;
        let oid = x509::signature_oid(&public, hash)?;
        let is_rsa = matches!(public, PublicKey::Rsa(_));
        let parameters: &[u8] = if is_rsa { &asn1::NULL } else { &[] };
        let algorithm = asn1::sequence(&[&asn1::oid(&asn1::parse_oid(oid)?)?, parameters])?;
        let (scheme, digest) = x509::scheme_of(&x509_cert::spki::AlgorithmIdentifierOwned::from_der(&algorithm)?)?;
        let message = match (&public, digest) {
            (PublicKey::Ec(key), _) if key.curve == Curve::Sm2 => {
                Hash::Sm3.of(&[&sm2::identity(key, sm2::DEFAULT_ID)?, &body])
            }
            (_, Some(hash)) => hash.of(&[&body]),
            (_, None) => body.clone(),
        };
        let signature = sign::sign(&key, scheme, &message)?;
        asn1::sequence(&[&body, &algorithm, &asn1::bits(&signature)?]).map(Answer::Bytes)
    })
}

/// text(undefined, label, bytes) → PEM
fn text(call: &Call<'_>) -> JsResult {
    let (label, bytes) = (text_arg(call, 1)?, bytes_arg(call, 2)?);
    run(call, CODES, move || pem::encode(&label, &bytes).map(Answer::Text))
}

/// Somebody who signs, as the face describes them: certificate and key hexadecimal, the key PEM or DER.
#[derive(Deserialize)]
struct Signing {
    certificate: String,
    key: String,
    password: Option<String>,
    md: String,
    pss: bool,
    attributes: bool,
    capabilities: bool,
}

impl Signing {
    fn signer(&self) -> Result<messages::Signer> {
        Ok(messages::Signer {
            certificate: from_hex(&self.certificate)?,
            key: read_key(&from_hex(&self.key)?, self.password.as_deref())?,
            hash: Hash::named(&self.md)?,
            pss: self.pss,
            attributes: self.attributes,
            capabilities: self.capabilities,
        })
    }
}

/// checkSigner(undefined, JSON) → whether certificate and key belong together
fn check_signer(call: &Call<'_>) -> JsResult {
    let json = text_arg(call, 1)?;
    run(call, CODES, move || {
        serde_json::from_str::<Signing>(&json).map_err(invalid)?.signer()?.fits().map(Answer::Truth)
    })
}

/// A message to be signed as the face describes it.
#[derive(Deserialize)]
struct Message {
    signers: Vec<Signing>,
    certificates: Vec<String>,
    text: bool,
    detached: bool,
}

/// signMessage(done, JSON, bytes) → DER
fn sign_message(call: &Call<'_>) -> JsResult {
    let (json, bytes) = (text_arg(call, 1)?, bytes_arg(call, 2)?);
    run(call, CODES, move || {
        let message: Message = serde_json::from_str(&json).map_err(invalid)?;
        let signers = message.signers.iter().map(Signing::signer).collect::<Result<Vec<_>>>()?;
        let certificates = message.certificates.iter().map(|hex| from_hex(hex)).collect::<Result<Vec<_>>>()?;
        let bytes = if message.text { messages::text(&bytes) } else { bytes };
        messages::signed(&signers, &certificates, &bytes, message.detached).map(Answer::Bytes)
    })
}
