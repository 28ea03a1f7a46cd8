//! Derivation of keys.

use hkdf::Hkdf;
use hmac::Hmac;

use super::error::{Error, Result, invalid, operation};
use super::hash::{Hash, with_hash};

/// Longest derived key, in bytes.
const LONGEST: usize = 1 << 24;
/// Most memory that scrypt gets, in bytes, whatever the app allows it.
const SCRYPT_MEMORY: u64 = 1 << 30;

fn output(size: usize) -> Result<Vec<u8>> {
    match size {
        0 => Err(invalid("the size of the key is 0")),
        size if size > LONGEST => Err(Error::Memory),
        size => Ok(vec![0; size]),
    }
}

/// PBKDF2 (RFC 8018).
pub(crate) fn pbkdf2(hash: Hash, password: &[u8], salt: &[u8], iterations: u32, size: usize) -> Result<Vec<u8>> {
    if iterations == 0 {
        return Err(invalid("the number of iterations is 0"));
    }
    let mut key = output(size)?;
    with_hash!(hash, D => pbkdf2::pbkdf2::<Hmac<D>>(password, salt, iterations, &mut key)).map_err(operation)?;
    Ok(key)
}

/// Which halves of HKDF are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HkdfMode {
    /// Both.
    ExtractAndExpand,
    /// The pseudo-random key only.
    Extract,
    /// From a pseudo-random key.
    Expand,
}

/// HKDF (RFC 5869).
pub(crate) fn hkdf(hash: Hash, mode: HkdfMode, key: &[u8], salt: &[u8], info: &[u8], size: usize) -> Result<Vec<u8>> {
    let mut derived = output(size)?;
    let salt = (!salt.is_empty()).then_some(salt);
    with_hash!(hash, D => {
        match mode {
            HkdfMode::Extract => {
                let (extracted, _) = Hkdf::<D>::extract(salt, key);
                if size != extracted.len() {
                    return Err(operation("an extracted key has the size of the digest"));
                }
                derived.copy_from_slice(&extracted);
            }
            HkdfMode::Expand => {
                Hkdf::<D>::from_prk(key).map_err(operation)?.expand(info, &mut derived).map_err(operation)?;
            }
            HkdfMode::ExtractAndExpand => Hkdf::<D>::new(salt, key).expand(info, &mut derived).map_err(operation)?,
        }
    });
    Ok(derived)
}

/// scrypt (RFC 7914). `max_memory` is the app's own limit in bytes.
pub(crate) fn scrypt(
    passphrase: &[u8],
    salt: &[u8],
    (n, r, p): (u64, u64, u64),
    max_memory: u64,
    size: usize,
) -> Result<Vec<u8>> {
    if n < 2 || !n.is_power_of_two() {
        return Err(invalid("n must be a power of two"));
    }
    let (r, p) = (u32::try_from(r).map_err(invalid)?, u32::try_from(p).map_err(invalid)?);
    let need =
        n.checked_add(u64::from(p)).and_then(|all| all.checked_mul(128)).and_then(|all| all.checked_mul(r.into()));
    if need.is_none_or(|need| need > max_memory.min(SCRYPT_MEMORY)) {
        return Err(operation("scrypt needs more memory than is allowed"));
    }
    // The length that the parameters carry is only for hashes of passwords.
    let params = scrypt::Params::new(n.trailing_zeros() as u8, r, p, 32).map_err(operation)?;
    let mut key = output(size)?;
    scrypt::scrypt(passphrase, salt, &params, &mut key).map_err(operation)?;
    Ok(key)
}

/// The derivation of ANSI X9.63.
pub(crate) fn x963(hash: Hash, key: &[u8], info: &[u8], size: usize) -> Result<Vec<u8>> {
    let mut derived = output(size)?;
    for (counter, part) in (1u32..).zip(derived.chunks_mut(hash.size())) {
        let block = hash.of(&[key, &counter.to_be_bytes(), info]);
        part.copy_from_slice(block.get(..part.len()).unwrap_or_default());
    }
    Ok(derived)
}
