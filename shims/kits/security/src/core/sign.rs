//! Signatures of any algorithm, from a digest or from the message itself.

use dsa::signature::hazmat::{PrehashVerifier, RandomizedPrehashSigner};
use ed25519_dalek::{Signer, Verifier};
use rand_core::OsRng;
use rsa::BigUint;

use super::asn1;
use super::error::{Result, operation};
use super::key::{PrivateKey, PublicKey};
use super::rsa::{self as rsa_keys, SignPadding};
use super::sm2;

/// How the bytes that are signed have come about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// RSA; the bytes are a digest, or as they are.
    Rsa(SignPadding),
    /// ECDSA or DSA over a digest.
    Dsa,
    /// SM2 over the digest of identity and message.
    Sm2,
    /// Ed25519 over the message.
    Ed25519,
}

/// Signs.
pub(crate) fn sign(key: &PrivateKey, scheme: Scheme, bytes: &[u8]) -> Result<Vec<u8>> {
    match (key, scheme) {
        (PrivateKey::Rsa(key), Scheme::Rsa(padding)) => rsa_keys::sign(key, padding, bytes),
        (PrivateKey::Ec(key), Scheme::Dsa) => {
            let (r, s) = key.sign(bytes)?;
            pair(&r, &s)
        }
        (PrivateKey::Ec(key), Scheme::Sm2) => {
            let (r, s) = sm2::sign(key, bytes)?;
            pair(&r, &s)
        }
        (PrivateKey::Dsa(key), Scheme::Dsa) => {
            let signature: dsa::Signature = key.sign_prehash_with_rng(&mut OsRng, bytes).map_err(operation)?;
            pair(&signature.r().to_bytes_be(), &signature.s().to_bytes_be())
        }
        (PrivateKey::Ed25519(seed), Scheme::Ed25519) => {
            Ok(ed25519_dalek::SigningKey::from_bytes(seed).try_sign(bytes).map_err(operation)?.to_bytes().to_vec())
        }
        _ => Err(operation("the key does not fit the algorithm")),
    }
}

/// Whether a signature is right.
pub(crate) fn verify(key: &PublicKey, scheme: Scheme, bytes: &[u8], signature: &[u8]) -> Result<bool> {
    match (key, scheme) {
        (PublicKey::Rsa(key), Scheme::Rsa(padding)) => rsa_keys::verify(key, padding, bytes, signature),
        (PublicKey::Ec(key), Scheme::Dsa) => {
            let Ok((r, s)) = read_pair(signature) else { return Ok(false) };
            key.verify(bytes, &r, &s)
        }
        (PublicKey::Ec(key), Scheme::Sm2) => {
            let Ok((r, s)) = read_pair(signature) else { return Ok(false) };
            sm2::verify(key, bytes, &r, &s)
        }
        (PublicKey::Dsa(key), Scheme::Dsa) => {
            let Ok((r, s)) = read_pair(signature) else { return Ok(false) };
            let (r, s) = (BigUint::from_bytes_be(&r), BigUint::from_bytes_be(&s));
            let Ok(signature) = dsa::Signature::from_components(r, s) else { return Ok(false) };
            Ok(key.verify_prehash(bytes, &signature).is_ok())
        }
        (PublicKey::Ed25519(key), Scheme::Ed25519) => {
            let key = ed25519_dalek::VerifyingKey::from_bytes(key).map_err(operation)?;
            let Ok(signature) = ed25519_dalek::Signature::from_slice(signature) else { return Ok(false) };
            Ok(key.verify(bytes, &signature).is_ok())
        }
        _ => Err(operation("the key does not fit the algorithm")),
    }
}

/// `SEQUENCE { r, s }`
pub(crate) fn pair(r: &[u8], s: &[u8]) -> Result<Vec<u8>> {
    asn1::sequence(&[&asn1::integer(r)?, &asn1::integer(s)?])
}

/// r and s of the sequence.
pub(crate) fn read_pair(bytes: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
    asn1::read_sequence(bytes, |reader| {
        let pair = (asn1::read_integer(reader)?, asn1::read_integer(reader)?);
        if der::Reader::is_finished(reader) { Ok(pair) } else { Err(operation("there is more than a signature")) }
    })
}
