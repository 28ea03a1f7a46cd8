//! Keys as bytes: SubjectPublicKeyInfo (X.509), PKCS #8, PKCS #1 and SEC 1.

use der::asn1::{AnyRef, BitStringRef, ContextSpecific, ObjectIdentifier, OctetStringRef};
use der::{Decode, Reader, SliceReader, Tag, TagNumber};
use num_bigint_dig::{BigUint, ModInverse};
use pkcs8::PrivateKeyInfo;
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use rsa::RsaPrivateKey;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use zeroize::Zeroizing;

use super::asn1::{self, integer, sequence};
use super::dh::{DhPrivate, DhPublic, Group};
use super::ec::{Curve, EcPrivate, EcPublic};
use super::error::{Result, operation, unsupported};
use super::key::{PrivateKey, PublicKey, array, dsa_private, dsa_public};
use super::rsa as rsa_keys;

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const EC: &str = "1.2.840.10045.2.1";
const DSA: &str = "1.2.840.10040.4.1";
const DH: &str = "1.2.840.113549.1.3.1";
const ED25519: &str = "1.3.101.112";
const X25519: &str = "1.3.101.110";

/// Bytes of hexadecimal text with an even number of digits.
pub(crate) fn from_hex(text: &str) -> Result<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).ok_or_else(|| operation("the number is not hexadecimal"));
    let odd = text.len() % 2;
    let mut bytes = Vec::with_capacity(text.len() / 2 + odd);
    let (head, pairs) = text.as_bytes().split_at(odd);
    for byte in head {
        bytes.push(digit(*byte)? as u8);
    }
    for pair in pairs.chunks_exact(2) {
        let mut value = 0;
        for byte in pair {
            value = value * 16 + digit(*byte)?;
        }
        bytes.push(value as u8);
    }
    Ok(bytes)
}

/// Hexadecimal text of bytes.
pub(crate) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn algorithm(oid: &str, parameters: &[u8]) -> Result<Vec<u8>> {
    sequence(&[&asn1::oid(&asn1::parse_oid(oid)?)?, parameters])
}

/// The algorithm of a key, as it stands before the key itself.
fn algorithm_of(key: &PublicKey) -> Result<Vec<u8>> {
    match key {
        PublicKey::Rsa(_) => algorithm(RSA, &asn1::NULL),
        PublicKey::Ec(key) => algorithm(EC, &asn1::oid(&asn1::parse_oid(key.curve.facts().oid)?)?),
        PublicKey::Dsa(key) => {
            let numbers = key.components();
            let parts = [
                integer(&numbers.p().to_bytes_be())?,
                integer(&numbers.q().to_bytes_be())?,
                integer(&numbers.g().to_bytes_be())?,
            ];
            algorithm(DSA, &sequence(&parts.each_ref().map(Vec::as_slice))?)
        }
        PublicKey::Dh(key) => {
            let mut parts = vec![integer(&key.group.p.to_bytes_be())?, integer(&key.group.g.to_bytes_be())?];
            if key.group.bits != 0 {
                parts.push(integer(&(key.group.bits as u32).to_be_bytes())?);
            }
            algorithm(DH, &sequence(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())?)
        }
        PublicKey::Ed25519(_) => algorithm(ED25519, &[]),
        PublicKey::X25519(_) => algorithm(X25519, &[]),
    }
}

/// SubjectPublicKeyInfo.
pub(crate) fn spki(key: &PublicKey) -> Result<Vec<u8>> {
    let content = match key {
        PublicKey::Rsa(_) => pkcs1_public(key)?,
        PublicKey::Ec(key) => key.point.clone(),
        PublicKey::Dsa(key) => integer(&key.y().to_bytes_be())?,
        PublicKey::Dh(key) => integer(&key.y.to_bytes_be())?,
        PublicKey::Ed25519(key) | PublicKey::X25519(key) => key.to_vec(),
    };
    sequence(&[&algorithm_of(key)?, &asn1::bits(&content)?])
}

/// SubjectPublicKeyInfo with a compressed point.
pub(crate) fn spki_compressed(key: &EcPublic) -> Result<Vec<u8>> {
    let point = super::ec::recode(key.curve, &key.point, true)?;
    sequence(&[&algorithm_of(&PublicKey::Ec(key.clone()))?, &asn1::bits(&point)?])
}

/// RSAPublicKey.
pub(crate) fn pkcs1_public(key: &PublicKey) -> Result<Vec<u8>> {
    let PublicKey::Rsa(key) = key else { return Err(operation("only RSA keys have the form PKCS #1")) };
    sequence(&[&integer(&key.n().to_bytes_be())?, &integer(&key.e().to_bytes_be())?])
}

/// PKCS #8, not encrypted.
pub(crate) fn pkcs8(key: &PrivateKey) -> Result<Zeroizing<Vec<u8>>> {
    let content = match key {
        PrivateKey::Rsa(key) => pkcs1_private(key)?,
        PrivateKey::Ec(key) => sec1(key, false)?,
        PrivateKey::Dsa(key) => Zeroizing::new(integer(&key.x().to_bytes_be())?),
        PrivateKey::Dh(key) => Zeroizing::new(integer(&key.x)?),
        PrivateKey::Ed25519(seed) | PrivateKey::X25519(seed) => Zeroizing::new(asn1::octets(&seed[..])?),
    };
    let algorithm = algorithm_of(&key.public()?)?;
    Ok(Zeroizing::new(sequence(&[&integer(&[0])?, &algorithm, &asn1::octets(&content)?])?))
}

/// RSAPrivateKey, with more than two primes in its second version.
pub(crate) fn pkcs1_private(key: &RsaPrivateKey) -> Result<Zeroizing<Vec<u8>>> {
    let number = |value: &BigUint| integer(&value.to_bytes_be());
    let missing = || operation("the key has no primes");
    let one = BigUint::from(1u8);
    let (Some(p), Some(q)) = (key.primes().first(), key.primes().get(1)) else { return Err(missing()) };
    let d = key.d();
    let inverse = |value: &BigUint, modulus: &BigUint| -> Result<BigUint> {
        value.clone().mod_inverse(modulus).and_then(|number| number.to_biguint()).ok_or_else(missing)
    };
    let more = key.primes().get(2..).unwrap_or_default();
    let mut parts = vec![
        integer(&[u8::from(!more.is_empty())])?,
        number(key.n())?,
        number(key.e())?,
        number(d)?,
        number(p)?,
        number(q)?,
        number(&(d % (p - &one)))?,
        number(&(d % (q - &one)))?,
        number(&inverse(q, p)?)?,
    ];
    if !more.is_empty() {
        let mut product = p * q;
        let mut others = Vec::new();
        for prime in more {
            let parts =
                [number(prime)?, number(&(d % (prime - &one)))?, number(&inverse(&(&product % prime), prime)?)?];
            others.push(sequence(&parts.each_ref().map(Vec::as_slice))?);
            product *= prime;
        }
        parts.push(sequence(&others.iter().map(Vec::as_slice).collect::<Vec<_>>())?);
    }
    Ok(Zeroizing::new(sequence(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())?))
}

/// ECPrivateKey.
pub(crate) fn sec1(key: &EcPrivate, with_curve: bool) -> Result<Zeroizing<Vec<u8>>> {
    let mut parts = vec![integer(&[1])?, asn1::octets(&key.secret)?];
    if with_curve {
        parts.push(asn1::context(0, &asn1::oid(&asn1::parse_oid(key.curve.facts().oid)?)?)?);
    }
    parts.push(asn1::context(1, &asn1::bits(&key.public()?.point)?)?);
    Ok(Zeroizing::new(sequence(&parts.iter().map(Vec::as_slice).collect::<Vec<_>>())?))
}

/// A public key of SubjectPublicKeyInfo or RSAPublicKey.
pub(crate) fn read_public(bytes: &[u8]) -> Result<PublicKey> {
    let Ok(info) = SubjectPublicKeyInfoRef::from_der(bytes) else {
        return read_pkcs1_public(bytes);
    };
    let content = info.subject_public_key.as_bytes().ok_or_else(|| operation("the key is not whole bytes"))?;
    match info.algorithm.oid.to_string().as_str() {
        RSA | RSA_PSS => read_pkcs1_public(content),
        EC => Ok(PublicKey::Ec(EcPublic::new(curve_of(info.algorithm)?, content)?)),
        DSA => {
            let [p, q, g] = dsa_parameters(info.algorithm)?;
            dsa_public(&p, &q, &g, &read_number(content)?)
        }
        DH => Ok(PublicKey::Dh(Box::new(DhPublic {
            group: dh_parameters(info.algorithm)?,
            y: BigUint::from_bytes_be(&read_number(content)?),
        }))),
        ED25519 => Ok(PublicKey::Ed25519(array(content)?)),
        X25519 => Ok(PublicKey::X25519(array(content)?)),
        other => Err(unsupported(format_args!("keys of {other} are not known"))),
    }
}

fn read_pkcs1_public(bytes: &[u8]) -> Result<PublicKey> {
    let (n, e) = asn1::read_sequence(bytes, |reader| Ok((asn1::read_integer(reader)?, asn1::read_integer(reader)?)))?;
    Ok(PublicKey::Rsa(rsa_keys::public(&n, &e)?))
}

/// A private key of PKCS #8, RSAPrivateKey or ECPrivateKey.
pub(crate) fn read_private(bytes: &[u8]) -> Result<PrivateKey> {
    let Ok(info) = PrivateKeyInfo::from_der(bytes) else {
        return read_pkcs1_private(bytes).or_else(|_| read_sec1(bytes, None));
    };
    match info.algorithm.oid.to_string().as_str() {
        RSA | RSA_PSS => read_pkcs1_private(info.private_key),
        EC => read_sec1(info.private_key, Some(curve_of(info.algorithm)?)),
        DSA => {
            let [p, q, g] = dsa_parameters(info.algorithm)?;
            dsa_private(&p, &q, &g, Some(&read_number(info.private_key)?))
        }
        DH => Ok(PrivateKey::Dh(Box::new(DhPrivate {
            group: dh_parameters(info.algorithm)?,
            x: Zeroizing::new(read_number(info.private_key)?),
        }))),
        ED25519 => {
            Ok(PrivateKey::Ed25519(Zeroizing::new(array(OctetStringRef::from_der(info.private_key)?.as_bytes())?)))
        }
        X25519 => {
            Ok(PrivateKey::X25519(Zeroizing::new(array(OctetStringRef::from_der(info.private_key)?.as_bytes())?)))
        }
        other => Err(unsupported(format_args!("keys of {other} are not known"))),
    }
}

fn read_pkcs1_private(bytes: &[u8]) -> Result<PrivateKey> {
    let (numbers, mut primes) = asn1::read_sequence(bytes, |reader| {
        let mut numbers = Vec::new();
        for _ in 0..9 {
            numbers.push(Zeroizing::new(asn1::read_integer(reader)?));
        }
        let mut others = Vec::new();
        if !reader.is_finished() {
            let any: AnyRef<'_> = reader.decode()?;
            let mut list = SliceReader::new(any.value())?;
            while !list.is_finished() {
                let item: AnyRef<'_> = list.decode()?;
                others.push(asn1::read_integer(&mut SliceReader::new(item.value())?)?);
            }
        }
        Ok((numbers, others))
    })?;
    let [_, n, e, d, p, q, ..] = numbers.as_slice() else { return Err(operation("the key is damaged")) };
    let mut all = vec![p.to_vec(), q.to_vec()];
    all.append(&mut primes);
    Ok(PrivateKey::Rsa(Box::new(rsa_keys::private(n, e, d, &all)?)))
}

fn read_sec1(bytes: &[u8], curve: Option<Curve>) -> Result<PrivateKey> {
    asn1::read_sequence(bytes, |reader| {
        asn1::read_integer(reader)?;
        let secret: OctetStringRef<'_> = reader.decode()?;
        let curve = match (curve, ContextSpecific::<ObjectIdentifier>::decode_explicit(reader, TagNumber::N0)?) {
            (Some(curve), _) => curve,
            (None, Some(oid)) => Curve::identified(&oid.value.to_string())?,
            (None, None) => return Err(operation("the key does not say its curve")),
        };
        // What follows is the public half, which is computed anew.
        let _: Option<ContextSpecific<BitStringRef<'_>>> = ContextSpecific::decode_explicit(reader, TagNumber::N1)?;
        Ok(PrivateKey::Ec(EcPrivate::new(curve, secret.as_bytes())?))
    })
}

fn read_number(bytes: &[u8]) -> Result<Vec<u8>> {
    asn1::read_integer(&mut SliceReader::new(bytes)?)
}

fn parameters<'a>(algorithm: AlgorithmIdentifierRef<'a>) -> Result<AnyRef<'a>> {
    algorithm.parameters.ok_or_else(|| operation("the key has no parameters"))
}

fn curve_of(algorithm: AlgorithmIdentifierRef<'_>) -> Result<Curve> {
    let parameters = parameters(algorithm)?;
    if der::Tagged::tag(&parameters) == Tag::Sequence {
        // Explicit parameters: the curve whose prime it is (SEC 1, C.2).
        return Err(unsupported("curves by explicit parameters"));
    }
    Curve::identified(&parameters.decode_as::<ObjectIdentifier>()?.to_string())
}

fn dsa_parameters(algorithm: AlgorithmIdentifierRef<'_>) -> Result<[Vec<u8>; 3]> {
    let mut reader = SliceReader::new(parameters(algorithm)?.value())?;
    Ok([asn1::read_integer(&mut reader)?, asn1::read_integer(&mut reader)?, asn1::read_integer(&mut reader)?])
}

fn dh_parameters(algorithm: AlgorithmIdentifierRef<'_>) -> Result<Group> {
    let mut reader = SliceReader::new(parameters(algorithm)?.value())?;
    let (p, g) = (asn1::read_integer(&mut reader)?, asn1::read_integer(&mut reader)?);
    let bits: u32 = if reader.is_finished() { 0 } else { reader.decode()? };
    Group::new(&p, &g, bits as usize)
}
