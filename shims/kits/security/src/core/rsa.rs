//! RSA (RFC 8017): keys, encryption, signatures. The paddings with two digests (OAEP, PSS) are here because the platform lets apps
//! choose both, and any bytes as label, which the crate does not.

use num_bigint_dig::RandPrime;
use rand_core::OsRng;
use rsa::hazmat::{rsa_decrypt_and_check, rsa_encrypt};
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, Pkcs1v15Encrypt, Pkcs1v15Sign, RsaPrivateKey, RsaPublicKey};

use super::asn1;
use super::error::{Error, Result, invalid, operation};
use super::hash::Hash;
use super::random;

/// Longest modulus, in bits.
pub(crate) const LONGEST: usize = 16384;

/// A new key of 512 to 8192 bits with two to five primes.
pub(crate) fn generate(bits: usize, primes: usize, exponent: &BigUint) -> Result<RsaPrivateKey> {
    if !(512..=8192).contains(&bits) || !(2..=5).contains(&primes) {
        return Err(invalid("an RSA key has 512 to 8192 bits and two to five primes"));
    }
    let odd = exponent.bits() > 1 && exponent.to_bytes_le().first().is_some_and(|low| low & 1 == 1);
    if !odd || exponent.bits() > 64 {
        return Err(invalid("the public exponent must be odd, at least 3 and below 2^64"));
    }
    if primes == 2 {
        return RsaPrivateKey::new_with_exp(&mut OsRng, bits, exponent).map_err(operation);
    }
    loop {
        let share = bits / primes;
        let mut factors: Vec<BigUint> = (1..primes).map(|_| OsRng.gen_prime(share)).collect();
        let product = factors.iter().fold(BigUint::from(1u8), |all, factor| all * factor);
        // The last one makes up what the others lack.
        factors.push(OsRng.gen_prime((bits + 1).saturating_sub(product.bits())));
        let last = factors.last().cloned().unwrap_or_default();
        if (product * last).bits() != bits {
            continue;
        }
        if let Ok(key) = RsaPrivateKey::from_primes(factors, exponent.clone()) {
            return Ok(key);
        }
    }
}

/// A public key from its numbers.
pub(crate) fn public(n: &[u8], e: &[u8]) -> Result<RsaPublicKey> {
    RsaPublicKey::new_with_max_size(BigUint::from_bytes_be(n), BigUint::from_bytes_be(e), LONGEST).map_err(operation)
}

/// A private key from its numbers; the primes are found from them when they are not given.
pub(crate) fn private(n: &[u8], e: &[u8], d: &[u8], primes: &[Vec<u8>]) -> Result<RsaPrivateKey> {
    let number = BigUint::from_bytes_be;
    if n.len() > LONGEST / 8 || e.len() > 32 || d.len() > LONGEST / 8 {
        return Err(Error::Invalid("the numbers of the key are too long".into()));
    }
    let primes = primes.iter().map(|prime| number(prime)).collect();
    RsaPrivateKey::from_components(number(n), number(e), number(d), primes).map_err(operation)
}

/// A padding for messages.
#[derive(Debug, Clone)]
pub(crate) enum Padding {
    None,
    Pkcs1,
    Oaep { digest: Hash, mgf: Hash, label: Vec<u8> },
}

/// Encrypts for a key.
pub(crate) fn encrypt(key: &RsaPublicKey, padding: &Padding, message: &[u8]) -> Result<Vec<u8>> {
    let size = key.size();
    match padding {
        Padding::None => raw_public(key, message),
        Padding::Pkcs1 => key.encrypt(&mut OsRng, Pkcs1v15Encrypt, message).map_err(operation),
        Padding::Oaep { digest, mgf, label } => {
            let room = size.checked_sub(2 * digest.size() + 2).filter(|room| message.len() <= *room);
            let zeros = room.ok_or_else(|| operation("the message is too long for the key"))? - message.len();
            let mut block = [&digest.of(&[label])[..], &vec![0; zeros], &[1], message].concat();
            let mut seed = random(digest.size())?;
            mask(*mgf, &seed, &mut block);
            mask(*mgf, &block, &mut seed);
            raw_public(key, &[&[0][..], &seed, &block].concat())
        }
    }
}

/// Decrypts with a key.
pub(crate) fn decrypt(key: &RsaPrivateKey, padding: &Padding, encrypted: &[u8]) -> Result<Vec<u8>> {
    match padding {
        Padding::None => raw_private(key, encrypted),
        Padding::Pkcs1 => key.decrypt_blinded(&mut OsRng, Pkcs1v15Encrypt, encrypted).map_err(operation),
        Padding::Oaep { digest, mgf, label } => {
            let size = digest.size();
            let mut message = raw_private(key, encrypted)?;
            let wrong = || operation("the message does not decrypt");
            if message.len() < 2 * size + 2 {
                return Err(wrong());
            }
            let (first, rest) = message.split_at_mut(1);
            let (seed, block) = rest.split_at_mut(size);
            mask(*mgf, block, seed);
            mask(*mgf, seed, block);
            let (found, rest) = block.split_at(size);
            let end = rest.iter().position(|byte| *byte != 0);
            // All faults are told together, so that an attacker does not learn which one it was.
            let right =
                (first == [0]) & (found == digest.of(&[label])) & end.is_some_and(|end| rest.get(end) == Some(&1));
            if !right {
                return Err(wrong());
            }
            Ok(end.and_then(|end| rest.get(end + 1..)).unwrap_or_default().to_vec())
        }
    }
}

/// Covers `data` with what MGF1 makes of a seed.
fn mask(hash: Hash, seed: &[u8], data: &mut [u8]) {
    for (counter, part) in (0u32..).zip(data.chunks_mut(hash.size())) {
        for (byte, with) in part.iter_mut().zip(hash.of(&[seed, &counter.to_be_bytes()])) {
            *byte ^= with;
        }
    }
}

fn raw_public(key: &RsaPublicKey, message: &[u8]) -> Result<Vec<u8>> {
    let number = BigUint::from_bytes_be(message);
    if message.len() > key.size() || number >= *key.n() {
        return Err(operation("the message is too long for the key"));
    }
    super::ec::fixed(&rsa_encrypt(key, &number).map_err(operation)?.to_bytes_be(), key.size())
}

fn raw_private(key: &RsaPrivateKey, message: &[u8]) -> Result<Vec<u8>> {
    let number = BigUint::from_bytes_be(message);
    if message.len() > key.size() || number >= *key.n() {
        return Err(operation("the message is too long for the key"));
    }
    let result = rsa_decrypt_and_check(key, Some(&mut OsRng), &number).map_err(operation)?;
    super::ec::fixed(&result.to_bytes_be(), key.size())
}

/// A padding for signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SignPadding {
    /// PKCS #1 v1.5 with the name of the digest in it; without one, the bytes as they are.
    Pkcs1(Option<Hash>),
    /// PSS. Length of the salt: [`SALT_DIGEST`], [`SALT_AUTO`], [`SALT_MAX`] or a number.
    Pss { digest: Hash, mgf: Hash, salt: i32 },
}

/// As long as the digest.
pub(crate) const SALT_DIGEST: i32 = -1;
/// As long as possible for signing, any length for verifying.
pub(crate) const SALT_AUTO: i32 = -2;
/// As long as possible.
pub(crate) const SALT_MAX: i32 = -3;

fn pkcs1(hash: Option<Hash>) -> Result<Pkcs1v15Sign> {
    let Some(hash) = hash else { return Ok(Pkcs1v15Sign::new_unprefixed()) };
    let digest = vec![0; hash.size()];
    let algorithm = asn1::sequence(&[&asn1::oid(&hash.oid())?, &asn1::NULL])?;
    let mut prefix = asn1::sequence(&[&algorithm, &asn1::octets(&digest)?])?;
    prefix.truncate(prefix.len() - digest.len());
    Ok(Pkcs1v15Sign { hash_len: Some(digest.len()), prefix: prefix.into() })
}

/// Signs a digest, or bytes as they are.
pub(crate) fn sign(key: &RsaPrivateKey, padding: SignPadding, digest: &[u8]) -> Result<Vec<u8>> {
    match padding {
        SignPadding::Pkcs1(hash) => key.sign_with_rng(&mut OsRng, pkcs1(hash)?, digest).map_err(operation),
        SignPadding::Pss { digest: hash, mgf, salt } => {
            let bits = key.n().bits() - 1;
            let salt = random(salt_length(salt, hash, bits)?)?;
            raw_private(key, &pss(hash, mgf, digest, &salt, bits)?)
        }
    }
}

fn salt_length(salt: i32, hash: Hash, bits: usize) -> Result<usize> {
    let most = bits
        .div_ceil(8)
        .checked_sub(hash.size() + 2)
        .ok_or_else(|| operation("the key is too short for the digest"))?;
    match salt {
        SALT_DIGEST => Ok(hash.size()),
        SALT_AUTO | SALT_MAX => Ok(most),
        length => usize::try_from(length).map_err(|_| invalid("the length of the salt")),
    }
}

/// EMSA-PSS.
fn pss(hash: Hash, mgf: Hash, digest: &[u8], salt: &[u8], bits: usize) -> Result<Vec<u8>> {
    let size = bits.div_ceil(8);
    let zeros = size
        .checked_sub(digest.len() + salt.len() + 2)
        .ok_or_else(|| operation("the key is too short for the salt"))?;
    if digest.len() != hash.size() {
        return Err(operation("the digest has the wrong length"));
    }
    let seal = hash.of(&[&[0; 8], digest, salt]);
    let mut block = [&vec![0; zeros][..], &[1], salt].concat();
    mask(mgf, &seal, &mut block);
    if let Some(first) = block.first_mut() {
        *first &= 0xff >> (8 * size - bits);
    }
    Ok([&block[..], &seal, &[0xbc]].concat())
}

/// Whether a signature is one of a digest.
pub(crate) fn verify(key: &RsaPublicKey, padding: SignPadding, digest: &[u8], signature: &[u8]) -> Result<bool> {
    match padding {
        SignPadding::Pkcs1(hash) => Ok(key.verify(pkcs1(hash)?, digest, signature).is_ok()),
        SignPadding::Pss { digest: hash, mgf, salt } => {
            Ok(verify_pss(key, hash, mgf, salt, digest, signature).unwrap_or(false))
        }
    }
}

fn verify_pss(key: &RsaPublicKey, hash: Hash, mgf: Hash, salt: i32, digest: &[u8], signature: &[u8]) -> Result<bool> {
    let bits = key.n().bits() - 1;
    let size = bits.div_ceil(8);
    if signature.len() != key.size() {
        return Ok(false);
    }
    let message = super::ec::fixed(&raw_public(key, signature)?, size)?;
    let Some((0xbc, rest)) = message.split_last().map(|(last, rest)| (*last, rest)) else { return Ok(false) };
    let Some(split) = rest.len().checked_sub(hash.size()) else { return Ok(false) };
    let (block, seal) = rest.split_at(split);
    let mut block = block.to_vec();
    mask(mgf, seal, &mut block);
    if let Some(first) = block.first_mut() {
        *first &= 0xff >> (8 * size - bits);
    }
    let Some(start) = block.iter().position(|byte| *byte != 0) else { return Ok(false) };
    let found = block.get(start + 1..).unwrap_or_default();
    let fits = salt == SALT_AUTO || found.len() == salt_length(salt, hash, bits)?;
    Ok(fits && block.get(start) == Some(&1) && seal == hash.of(&[&[0; 8], digest, found]))
}

/// What a signature covers: the digest when there is one, all bytes otherwise (PKCS #1 v1.5).
pub(crate) fn recover(key: &RsaPublicKey, hash: Option<Hash>, signature: &[u8]) -> Result<Vec<u8>> {
    let wrong = || operation("the signature does not fit the key");
    let message = raw_public(key, signature)?;
    let Some(rest) = message.strip_prefix(&[0, 1]) else { return Err(wrong()) };
    let end = rest.iter().position(|byte| *byte != 0xff).filter(|end| *end >= 8).ok_or_else(wrong)?;
    let Some(content) = rest.get(end..).and_then(|rest| rest.strip_prefix(&[0])) else { return Err(wrong()) };
    let prefix = pkcs1(hash)?.prefix;
    content.strip_prefix(&prefix[..]).map(<[u8]>::to_vec).ok_or_else(wrong)
}
