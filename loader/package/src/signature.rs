//! Verifying signatures: the digest of the package, the PKCS#7 signature over it, and the chain of certificates.
//!
//! What is checked, and what it means: a wrong digest or signature is an error, because the package is not what was
//! signed. Who signed it is told; that it is somebody unknown is a warning unless the caller requires trust. Rotation
//! of keys, revocation and code signing of single libraries are not checked.

use crate::archive::Layout;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use concord_abi::hap::signing::{PartKind, Profile, SignedDigest, SigningBlock};
use const_oid::ObjectIdentifier;
use const_oid::db::rfc5912;
use der::{Decode, Encode};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::borrow::Cow;
use x509_cert::Certificate;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

/// Whether a package is signed, and by whom.
#[derive(Debug, Clone, Default)]
pub enum Signature {
    /// Not signed, as build tools without keys leave it.
    #[default]
    Unsigned,
    /// Signed; digest and signature are right.
    Signed(Box<Signed>),
}

/// A signature that was found right.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Name of the certificate that signed.
    pub signer: String,
    /// Whether the certificate leads to a root that the platform knows.
    pub trust: Trust,
    /// The profile, when the package has one.
    pub profile: Option<Profile>,
    /// What is odd about the signature, in sentences.
    pub warnings: Vec<String>,
}

/// How far a signature can be trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// The chain ends in this root, which the platform knows.
    Known(&'static str),
    /// The chain ends elsewhere, or nowhere; the text says where.
    Unknown(String),
    /// It was not verified; the text says why.
    NotVerified(String),
}

/// Roots that the platform trusts: name and public key (P-384, uncompressed point).
///
/// Facts: openharmony/security_appverify, its list of trusted roots. Anybody can sign with the OpenHarmony root: its
/// private key is part of the public SDK.
const ROOTS: [(&str, &str); 2] = [
    (
        "Huawei CBG Root CA G2",
        "045a27641a70d23b0dff1c4db2d861e5f9fa560486b94be2259cdaec194bf00b5236416beda821d69b016514af79cca5e2\
         33cb3dc95dd555787b8af37c6493b7482e4dd530abbc1da5a47301c1ccf80c0d2480708c9bfc0379cea4387c75c6f091",
    ),
    (
        "OpenHarmony Application Root CA",
        "044d36dd79916b0d839cef0d4ac6fe286fee63416d4b7bb92d0b9c76bdea5959d15b9ba24082fab6d35904478b4d479870\
         9642a5aca0f4b95ffb54a60c0edd63888fd84711a3850ddeb8a5a2fb5f15fb261f8b72dd20291d517359497e370747f0",
    ),
];

/// Longest chain of certificates that is followed.
const MAX_CHAIN: usize = 8;

/// Verifies the signature of a package. The error is a sentence without the package's name.
///
/// The profile has a signature and a chain of its own; they are verified only when `with_profile` says so, since a run
/// that needs no trust does not depend on what the profile says.
pub(crate) fn verify(data: &[u8], layout: &Layout, with_profile: bool) -> Result<Signature, String> {
    let block = SigningBlock::find(data, layout.directory.clone(), layout.end);
    let Some(block) = block.map_err(|e| format!("the signing block is damaged: {e}"))? else {
        return Ok(Signature::Unsigned);
    };
    let message = block.part(data, PartKind::Signature).ok_or("the signing block has no signature in it")?;
    let message = Message::parse(message).map_err(|e| format!("the signature cannot be read: {e}"))?;
    let signed = SignedDigest::parse(&message.content).ok_or("the signature does not say what it is of")?;
    let actual = digest(data, &block, signed.digest.len());
    if actual.as_deref() != Some(signed.digest) {
        return Err("the content is not what was signed: the digest is wrong".to_owned());
    }
    let verified = message.verify()?;
    let mut warnings = Vec::new();
    let bytes = block.part(data, PartKind::Profile);
    if bytes.is_none() {
        warnings.push("the signature has no profile, so it does not say which app it is of".to_owned());
    }
    let profile = bytes.and_then(|bytes| match read_profile(bytes, with_profile) {
        Ok((profile, trust)) => {
            if let Some(Trust::Unknown(why) | Trust::NotVerified(why)) = trust {
                warnings.push(format!("the profile's signature is not trusted: {why}"));
            }
            Some(profile)
        }
        Err(why) => {
            warnings.push(format!("the profile cannot be used: {why}"));
            None
        }
    });
    let signer =
        verified.signer.map_or_else(|| "unknown".to_owned(), |certificate| name(&certificate.tbs_certificate.subject));
    Ok(Signature::Signed(Box::new(Signed { signer, trust: verified.trust, profile, warnings })))
}

fn read_profile(bytes: &[u8], verify: bool) -> Result<(Profile, Option<Trust>), String> {
    let message = Message::parse(bytes).map_err(|e| e.to_string())?;
    let trust = if verify { Some(message.verify()?.trust) } else { None };
    let profile = Profile::parse(&message.content).map_err(|e| e.to_string())?;
    Ok((profile, trust))
}

/// The digest of a package, of the algorithm with digests of this length.
fn digest(data: &[u8], block: &SigningBlock, length: usize) -> Option<Vec<u8>> {
    match length {
        32 => Some(digest_with::<Sha256>(data, block)),
        48 => Some(digest_with::<Sha384>(data, block)),
        64 => Some(digest_with::<Sha512>(data, block)),
        _ => None,
    }
}

fn digest_with<D: Digest>(data: &[u8], block: &SigningBlock) -> Vec<u8> {
    let chunks = block.chunks(data);
    let of_chunk = |chunk: &Cow<'_, [u8]>| {
        let length = u32::try_from(chunk.len()).unwrap_or(u32::MAX);
        D::new().chain_update([0xa5]).chain_update(length.to_le_bytes()).chain_update(chunk).finalize().to_vec()
    };
    // Chunks are independent; for large packages use what processors there are.
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(chunks.len() / 4);
    let digests: Vec<Vec<u8>> = if threads < 2 {
        chunks.iter().map(of_chunk).collect()
    } else {
        let part = chunks.len().div_ceil(threads);
        std::thread::scope(|scope| {
            let parts: Vec<_> = chunks
                .chunks(part)
                .map(|part| scope.spawn(move || part.iter().map(of_chunk).collect::<Vec<_>>()))
                .collect();
            // A thread that failed leaves its digests out, so the whole digest is wrong.
            parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
        })
    };
    let count = u32::try_from(digests.len()).unwrap_or(u32::MAX);
    let mut whole = D::new().chain_update([0x5a]).chain_update(count.to_le_bytes());
    for digest in &digests {
        whole.update(digest);
    }
    for part in block.other_parts(data) {
        whole.update(part);
    }
    whole.finalize().to_vec()
}

/// A PKCS#7 message with its certificates.
struct Message {
    content: Vec<u8>,
    certificates: Vec<Certificate>,
    signers: Vec<SignerInfo>,
}

struct Verified<'a> {
    signer: Option<&'a Certificate>,
    trust: Trust,
}

impl Message {
    fn parse(bytes: &[u8]) -> Result<Message, der::Error> {
        let info = ContentInfo::from_der(bytes)?;
        let data: SignedData = info.content.decode_as()?;
        let content = data.encap_content_info.econtent.map(|any| any.value().to_vec()).unwrap_or_default();
        let mut certificates = Vec::new();
        for choice in data.certificates.iter().flat_map(|set| set.0.iter()) {
            if let cms::cert::CertificateChoices::Certificate(certificate) = choice {
                certificates.push(certificate.clone());
            }
        }
        Ok(Message { content, certificates, signers: data.signer_infos.0.into_vec() })
    }

    /// Verifies the signature and follows the certificates. A wrong signature is an error, an unknown root is not.
    fn verify(&self) -> Result<Verified<'_>, String> {
        let signer = self.signers.first().ok_or("nobody signed it")?;
        let SignerIdentifier::IssuerAndSerialNumber(id) = &signer.sid else {
            let why = "the signer is named by key, not by certificate".to_owned();
            return Ok(Verified { signer: None, trust: Trust::NotVerified(why) });
        };
        let matches = |c: &&Certificate| {
            c.tbs_certificate.issuer == id.issuer && c.tbs_certificate.serial_number == id.serial_number
        };
        let certificate = self.certificates.iter().find(matches).ok_or("the signer's certificate is not in it")?;
        let hash = Hash::of_digest(signer.digest_alg.oid).ok_or("it uses a digest that is not known")?;
        let signed = match &signer.signed_attrs {
            Some(attributes) => {
                let digest = attributes.iter().find(|a| a.oid == const_oid::db::rfc5911::ID_MESSAGE_DIGEST);
                let digest = digest.and_then(|a| a.values.get(0)).map(|value| value.value());
                if digest != Some(&*hash.of(&self.content)) {
                    return Err("the signature is of other content".to_owned());
                }
                attributes.to_der().map_err(|e| format!("the signed attributes cannot be encoded: {e}"))?
            }
            None => self.content.clone(),
        };
        let key = &certificate.tbs_certificate.subject_public_key_info;
        match check(key, &hash.of(&signed), signer.signature.as_bytes()) {
            Some(true) => Ok(Verified { signer: Some(certificate), trust: self.trust(certificate) }),
            Some(false) => Err("the signature is wrong".to_owned()),
            None => {
                let why = format!("signatures with algorithm {} are not supported", key.algorithm.oid);
                Ok(Verified { signer: Some(certificate), trust: Trust::NotVerified(why) })
            }
        }
    }

    /// Follows a certificate to a root.
    fn trust(&self, leaf: &Certificate) -> Trust {
        let mut current = leaf;
        for _ in 0..MAX_CHAIN {
            let Some((hash, signed, signature)) = signed_part(current) else {
                let subject = name(&current.tbs_certificate.subject);
                return Trust::NotVerified(format!("certificate `{subject}` uses an algorithm that is not known"));
            };
            let digest = hash.of(&signed);
            let issuer = &current.tbs_certificate.issuer;
            let issuer_name = name(issuer);
            let root = ROOTS.iter().find(|(root, key)| {
                let key = || p384::ecdsa::VerifyingKey::from_sec1_bytes(&hex(key));
                *root == issuer_name && key().is_ok_and(|key| check_p384(&key, &digest, signature))
            });
            if let Some((root, _)) = root {
                return Trust::Known(root);
            }
            let issued = |c: &&Certificate| {
                c.tbs_certificate.subject == *issuer
                    && *c != current
                    && check(&c.tbs_certificate.subject_public_key_info, &digest, signature) == Some(true)
            };
            match self.certificates.iter().find(issued) {
                Some(next) => current = next,
                None => return Trust::Unknown(format!("the chain ends at `{issuer_name}`")),
            }
        }
        Trust::Unknown("the chain of certificates is too long".to_owned())
    }
}

/// What the issuer of a certificate signed, and the signature.
fn signed_part(certificate: &Certificate) -> Option<(Hash, Vec<u8>, &[u8])> {
    let hash = Hash::of_signature(certificate.signature_algorithm.oid)?;
    Some((hash, certificate.tbs_certificate.to_der().ok()?, certificate.signature.as_bytes()?))
}

/// Whether a signature over a digest is right; `None` when the kind of key is not supported.
fn check(key: &SubjectPublicKeyInfoOwned, digest: &[u8], signature: &[u8]) -> Option<bool> {
    if key.algorithm.oid != rfc5912::ID_EC_PUBLIC_KEY {
        return None;
    }
    let curve: ObjectIdentifier = key.algorithm.parameters.as_ref()?.decode_as().ok()?;
    let point = key.subject_public_key.as_bytes()?;
    if curve == rfc5912::SECP_256_R_1 {
        let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?;
        let right = |s: p256::ecdsa::Signature| key.verify_prehash(digest, &s).is_ok();
        Some(p256::ecdsa::Signature::from_der(signature).is_ok_and(right))
    } else if curve == rfc5912::SECP_384_R_1 {
        Some(check_p384(&p384::ecdsa::VerifyingKey::from_sec1_bytes(point).ok()?, digest, signature))
    } else {
        None
    }
}

fn check_p384(key: &p384::ecdsa::VerifyingKey, digest: &[u8], signature: &[u8]) -> bool {
    p384::ecdsa::Signature::from_der(signature).is_ok_and(|s| key.verify_prehash(digest, &s).is_ok())
}

#[derive(Clone, Copy)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn of_digest(oid: ObjectIdentifier) -> Option<Hash> {
        match oid {
            rfc5912::ID_SHA_256 => Some(Hash::Sha256),
            rfc5912::ID_SHA_384 => Some(Hash::Sha384),
            rfc5912::ID_SHA_512 => Some(Hash::Sha512),
            _ => None,
        }
    }

    fn of_signature(oid: ObjectIdentifier) -> Option<Hash> {
        match oid {
            rfc5912::ECDSA_WITH_SHA_256 => Some(Hash::Sha256),
            rfc5912::ECDSA_WITH_SHA_384 => Some(Hash::Sha384),
            rfc5912::ECDSA_WITH_SHA_512 => Some(Hash::Sha512),
            _ => None,
        }
    }

    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Hash::Sha256 => Sha256::digest(bytes).to_vec(),
            Hash::Sha384 => Sha384::digest(bytes).to_vec(),
            Hash::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// The common name of a distinguished name, or all of it.
fn name(name: &x509_cert::name::Name) -> String {
    let text = name.to_string();
    let common = text.split(',').find_map(|part| part.trim().strip_prefix("CN="));
    common.unwrap_or(&text).to_owned()
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().filter_map(|c| c.to_digit(16)).filter_map(|d| u8::try_from(d).ok()).collect();
    digits.chunks(2).map(|pair| pair.iter().fold(0, |value, digit| value << 4 | digit)).collect()
}
