//! Signed messages (CMS SignedData, RFC 5652).

use der::asn1::{ObjectIdentifier, UtcTime};
use der::{Decode, Encode};
use x509_cert::Certificate;

use super::asn1::{self, context, integer, octets, sequence, set_of};
use super::ec::Curve;
use super::error::{Result, operation};
use super::hash::Hash;
use super::key::{PrivateKey, PublicKey};
use super::rsa::{SALT_DIGEST, SignPadding};
use super::sign::{self, Scheme};
use super::{sm2, x509};

const DATA: &str = "1.2.840.113549.1.7.1";
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_TIME: &str = "1.2.840.113549.1.9.5";
const SMIME_CAPABILITIES: &str = "1.2.840.113549.1.9.15";
const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const MGF1: &str = "1.2.840.113549.1.1.8";
/// What we can decrypt: AES with 256, 192 and 128 bits in CBC.
const CAPABILITIES: [&str; 3] = ["2.16.840.1.101.3.4.1.42", "2.16.840.1.101.3.4.1.22", "2.16.840.1.101.3.4.1.2"];

/// One who signs.
pub(crate) struct Signer {
    /// DER.
    pub(crate) certificate: Vec<u8>,
    pub(crate) key: PrivateKey,
    pub(crate) hash: Hash,
    pub(crate) pss: bool,
    /// Whether type, time and digest are signed instead of the message itself.
    pub(crate) attributes: bool,
    /// Whether the attributes say what can be decrypted.
    pub(crate) capabilities: bool,
}

fn oid(text: &str) -> Result<Vec<u8>> {
    asn1::oid(&ObjectIdentifier::new(text).map_err(operation)?)
}

fn attribute(kind: &str, value: Vec<u8>) -> Result<Vec<u8>> {
    sequence(&[&oid(kind)?, &set_of(vec![value])?])
}

fn digest_algorithm(hash: Hash) -> Result<Vec<u8>> {
    sequence(&[&asn1::oid(&hash.oid())?, &asn1::NULL])
}

impl Signer {
    /// Whether key and certificate belong together.
    pub(crate) fn fits(&self) -> Result<bool> {
        Ok(x509::key_of(&Certificate::from_der(&self.certificate)?)? == self.key.public()?)
    }

    fn info(&self, message: &[u8]) -> Result<Vec<u8>> {
        let tbs = Certificate::from_der(&self.certificate)?.tbs_certificate;
        let who = sequence(&[&tbs.issuer.to_der()?, &tbs.serial_number.to_der()?])?;
        let mut parts = vec![integer(&[1])?, who, digest_algorithm(self.hash)?];
        let mut signed = message.to_vec();
        if self.attributes {
            let now = std::time::SystemTime::now();
            let mut list = vec![
                attribute(CONTENT_TYPE, oid(DATA)?)?,
                attribute(MESSAGE_DIGEST, octets(&self.hash.of(&[message]))?)?,
                attribute(SIGNING_TIME, UtcTime::from_system_time(now)?.to_der()?)?,
            ];
            if self.capabilities {
                let all = CAPABILITIES.iter().map(|known| sequence(&[&oid(known)?])).collect::<Result<Vec<_>>>()?;
                list.push(attribute(
                    SMIME_CAPABILITIES,
                    sequence(&all.iter().map(Vec::as_slice).collect::<Vec<_>>())?,
                )?);
            }
            // The set is signed with its own tag, and stands there with that of the field.
            signed = set_of(list)?;
            let mut field = signed.clone();
            if let Some(first) = field.first_mut() {
                *first = 0xa0;
            }
            parts.push(field);
        }
        let (algorithm, signature) = self.sign(&signed)?;
        parts.extend([algorithm, octets(&signature)?]);
        sequence(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    /// (algorithm, signature)
    fn sign(&self, bytes: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
        let public = self.key.public()?;
        let digest = self.hash.of(&[bytes]);
        match &public {
            PublicKey::Rsa(_) if self.pss => {
                let hash = digest_algorithm(self.hash)?;
                let mask = sequence(&[&oid(MGF1)?, &hash])?;
                let salt = integer(&[self.hash.size() as u8])?;
                let parameters = sequence(&[&context(0, &hash)?, &context(1, &mask)?, &context(2, &salt)?])?;
                let scheme = Scheme::Rsa(SignPadding::Pss { digest: self.hash, mgf: self.hash, salt: SALT_DIGEST });
                Ok((sequence(&[&oid(RSA_PSS)?, &parameters])?, sign::sign(&self.key, scheme, &digest)?))
            }
            PublicKey::Rsa(_) => {
                let scheme = Scheme::Rsa(SignPadding::Pkcs1(Some(self.hash)));
                Ok((sequence(&[&oid(RSA)?, &asn1::NULL])?, sign::sign(&self.key, scheme, &digest)?))
            }
            _ => {
                let algorithm = sequence(&[&oid(x509::signature_oid(&public, self.hash)?)?])?;
                let (scheme, message) = match &public {
                    PublicKey::Ec(key) if key.curve == Curve::Sm2 => {
                        (Scheme::Sm2, Hash::Sm3.of(&[&sm2::identity(key, sm2::DEFAULT_ID)?, bytes]))
                    }
                    PublicKey::Ed25519(_) => (Scheme::Ed25519, bytes.to_vec()),
                    _ => (Scheme::Dsa, digest),
                };
                Ok((algorithm, sign::sign(&self.key, scheme, &message)?))
            }
        }
    }
}

/// Signs a message. `certificates` travel with it; a detached signature goes without the message.
pub(crate) fn signed(signers: &[Signer], certificates: &[Vec<u8>], message: &[u8], detached: bool) -> Result<Vec<u8>> {
    if signers.is_empty() {
        return Err(operation("nobody signs"));
    }
    let digests = signers
        .iter()
        .map(|signer| digest_algorithm(signer.hash))
        .collect::<Result<std::collections::BTreeSet<_>>>()?;
    let content = if detached { Vec::new() } else { context(0, &octets(message)?)? };
    let mut parts = vec![integer(&[1])?, set_of(digests.into_iter().collect())?, sequence(&[&oid(DATA)?, &content])?];
    if !certificates.is_empty() {
        let mut unique = certificates.to_vec();
        unique.sort();
        unique.dedup();
        parts.push(context(0, &unique.concat())?);
    }
    parts.push(set_of(signers.iter().map(|signer| signer.info(message)).collect::<Result<_>>()?)?);
    let data = sequence(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())?;
    sequence(&[&oid(SIGNED_DATA)?, &context(0, &data)?])
}

/// A message as S/MIME wants text: with a header, and lines that end with CR LF.
pub(crate) fn text(message: &[u8]) -> Vec<u8> {
    let mut out = b"Content-Type: text/plain\r\n\r\n".to_vec();
    let mut last = 0;
    for byte in message {
        if *byte == b'\n' && last != b'\r' {
            out.push(b'\r');
        }
        out.push(*byte);
        last = *byte;
    }
    out
}
