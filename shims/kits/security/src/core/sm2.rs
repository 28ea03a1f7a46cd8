//! SM2 (GB/T 32918): signatures and encryption. The crate has the arithmetic and the signature of a prepared digest; the digest of
//! the signer's identity takes text only there, and encryption is missing.

use elliptic_curve::sec1::{FromEncodedPoint, ToEncodedPoint};
use sm2::dsa::signature::hazmat::{PrehashVerifier, RandomizedPrehashSigner};
use sm2::dsa::{Signature, SigningKey, VerifyingKey};
use sm2::{EncodedPoint, NonZeroScalar, ProjectivePoint, PublicKey, SecretKey};

use super::asn1;
use super::ec::{Curve, EcPrivate, EcPublic, fixed};
use super::error::{Result, invalid, operation};
use super::hash::Hash;
use super::kdf;

/// Whose signature it is when the app does not say.
pub(crate) const DEFAULT_ID: &[u8] = b"1234567812345678";

/// The digest that precedes the message in every signature (Z).
pub(crate) fn identity(key: &EcPublic, id: &[u8]) -> Result<Vec<u8>> {
    let bits = u16::try_from(id.len() * 8).map_err(|_| invalid("the user id is longer than 8191 bytes"))?;
    let facts = Curve::Sm2.facts();
    let mut parts = vec![bits.to_be_bytes().to_vec(), id.to_vec()];
    for number in [facts.a, facts.b, facts.gx, facts.gy] {
        parts.push(super::encoding::from_hex(number)?);
    }
    parts.extend([key.x().to_vec(), key.y().to_vec()]);
    Ok(Hash::Sm3.of(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>()))
}

/// Signs a digest: (r, s).
pub(crate) fn sign(key: &EcPrivate, digest: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
    let key = SigningKey::from_slice("", &key.secret).map_err(operation)?;
    let signature = key.sign_prehash_with_rng(&mut rand_core::OsRng, digest).map_err(operation)?;
    let bytes = signature.to_bytes();
    let (r, s) = bytes.split_at(32);
    Ok((r.to_vec(), s.to_vec()))
}

/// Whether (r, s) signs a digest.
pub(crate) fn verify(key: &EcPublic, digest: &[u8], r: &[u8], s: &[u8]) -> Result<bool> {
    let key = VerifyingKey::from_sec1_bytes("", &key.point).map_err(operation)?;
    let (Ok(r), Ok(s)) = (fixed(r, 32), fixed(s, 32)) else { return Ok(false) };
    let Ok(signature) = Signature::from_slice(&[r, s].concat()) else { return Ok(false) };
    Ok(key.verify_prehash(digest, &signature).is_ok())
}

/// The parts of an encrypted message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CipherText {
    /// Point of the sender.
    pub(crate) x: Vec<u8>,
    pub(crate) y: Vec<u8>,
    /// Digest of the message.
    pub(crate) hash: Vec<u8>,
    pub(crate) data: Vec<u8>,
}

impl CipherText {
    /// The standard's encoding (GM/T 0009).
    pub(crate) fn to_der(&self) -> Result<Vec<u8>> {
        let parts =
            [asn1::integer(&self.x)?, asn1::integer(&self.y)?, asn1::octets(&self.hash)?, asn1::octets(&self.data)?];
        asn1::sequence(&parts.each_ref().map(Vec::as_slice))
    }

    /// From the standard's encoding.
    pub(crate) fn from_der(bytes: &[u8]) -> Result<CipherText> {
        use der::Reader;
        asn1::read_sequence(bytes, |reader| {
            let (x, y) = (asn1::read_integer(reader)?, asn1::read_integer(reader)?);
            let hash: der::asn1::OctetStringRef<'_> = reader.decode()?;
            let data: der::asn1::OctetStringRef<'_> = reader.decode()?;
            Ok(CipherText { x, y, hash: hash.as_bytes().to_vec(), data: data.as_bytes().to_vec() })
        })
    }
}

/// Encrypts for a key.
pub(crate) fn encrypt(key: &EcPublic, hash: Hash, message: &[u8]) -> Result<CipherText> {
    if message.is_empty() {
        return Err(invalid("there is nothing to encrypt"));
    }
    let key = PublicKey::from_sec1_bytes(&key.point).map_err(operation)?;
    loop {
        let k = NonZeroScalar::random(&mut rand_core::OsRng);
        let sender = PublicKey::from_secret_scalar(&k).to_encoded_point(false);
        let shared = (key.to_projective() * *k).to_affine().to_encoded_point(false);
        let (x2, y2) = coordinates(&shared)?;
        let stream = kdf::x963(Hash::Sm3, &[x2, y2].concat(), &[], message.len())?;
        if stream.iter().all(|byte| *byte == 0) {
            continue;
        }
        let (x, y) = coordinates(&sender)?;
        let data = message.iter().zip(&stream).map(|(a, b)| a ^ b).collect();
        return Ok(CipherText { x: x.to_vec(), y: y.to_vec(), hash: hash.of(&[x2, message, y2]), data });
    }
}

/// Decrypts with a key.
pub(crate) fn decrypt(key: &EcPrivate, hash: Hash, text: &CipherText) -> Result<Vec<u8>> {
    let secret = SecretKey::from_slice(&key.secret).map_err(operation)?;
    let sender = EcPublic::from_coordinates(Curve::Sm2, &text.x, &text.y)?;
    let point = EncodedPoint::from_bytes(&sender.point).map_err(operation)?;
    let point = Option::<PublicKey>::from(PublicKey::from_encoded_point(&point))
        .ok_or_else(|| operation("not a point of the curve"))?;
    let shared: ProjectivePoint = point.to_projective() * *secret.to_nonzero_scalar();
    let shared = shared.to_affine().to_encoded_point(false);
    let (x2, y2) = coordinates(&shared)?;
    let stream = kdf::x963(Hash::Sm3, &[x2, y2].concat(), &[], text.data.len())?;
    let message: Vec<u8> = text.data.iter().zip(&stream).map(|(a, b)| a ^ b).collect();
    if hash.of(&[x2, &message, y2]) == text.hash {
        Ok(message)
    } else {
        Err(operation("the digest of the message is wrong"))
    }
}

fn coordinates(point: &EncodedPoint) -> Result<(&[u8], &[u8])> {
    match (point.x(), point.y()) {
        (Some(x), Some(y)) => Ok((x, y)),
        _ => Err(operation("the point has no coordinates")),
    }
}
