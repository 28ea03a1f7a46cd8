//! Digests and message authentication codes by the platform's names.

use cmac::Cmac;
use der::asn1::ObjectIdentifier;
use hmac::Hmac;
use sha2::Digest;

use super::error::{Result, operation, unsupported};

/// A digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
    Sm3,
    Sha3x256,
    Sha3x384,
    Sha3x512,
}

/// Runs `$body` with `$D` standing for the type of a digest.
macro_rules! with_hash {
    ($hash:expr, $D:ident => $body:expr) => {
        match $hash {
            $crate::core::hash::Hash::Md5 => {
                type $D = md5::Md5;
                $body
            }
            $crate::core::hash::Hash::Sha1 => {
                type $D = sha1::Sha1;
                $body
            }
            $crate::core::hash::Hash::Sha224 => {
                type $D = sha2::Sha224;
                $body
            }
            $crate::core::hash::Hash::Sha256 => {
                type $D = sha2::Sha256;
                $body
            }
            $crate::core::hash::Hash::Sha384 => {
                type $D = sha2::Sha384;
                $body
            }
            $crate::core::hash::Hash::Sha512 => {
                type $D = sha2::Sha512;
                $body
            }
            $crate::core::hash::Hash::Sm3 => {
                type $D = sm3::Sm3;
                $body
            }
            $crate::core::hash::Hash::Sha3x256 => {
                type $D = sha3::Sha3_256;
                $body
            }
            $crate::core::hash::Hash::Sha3x384 => {
                type $D = sha3::Sha3_384;
                $body
            }
            $crate::core::hash::Hash::Sha3x512 => {
                type $D = sha3::Sha3_512;
                $body
            }
        }
    };
}
pub(crate) use with_hash;

/// (digest, the platform's name, object identifier)
const HASHES: [(Hash, &str, &str); 10] = [
    (Hash::Md5, "MD5", "1.2.840.113549.2.5"),
    (Hash::Sha1, "SHA1", "1.3.14.3.2.26"),
    (Hash::Sha224, "SHA224", "2.16.840.1.101.3.4.2.4"),
    (Hash::Sha256, "SHA256", "2.16.840.1.101.3.4.2.1"),
    (Hash::Sha384, "SHA384", "2.16.840.1.101.3.4.2.2"),
    (Hash::Sha512, "SHA512", "2.16.840.1.101.3.4.2.3"),
    (Hash::Sm3, "SM3", "1.2.156.10197.1.401"),
    (Hash::Sha3x256, "SHA3-256", "2.16.840.1.101.3.4.2.8"),
    (Hash::Sha3x384, "SHA3-384", "2.16.840.1.101.3.4.2.9"),
    (Hash::Sha3x512, "SHA3-512", "2.16.840.1.101.3.4.2.10"),
];

impl Hash {
    /// By the platform's name, e.g. `SHA256`.
    pub(crate) fn named(name: &str) -> Result<Hash> {
        let known = HASHES.iter().find(|(_, known, _)| *known == name);
        known.map(|(hash, ..)| *hash).ok_or_else(|| unsupported(format_args!("there is no digest \"{name}\"")))
    }

    /// The platform's name.
    pub(crate) fn name(self) -> &'static str {
        HASHES.iter().find(|(hash, ..)| *hash == self).map_or("", |(_, name, _)| name)
    }

    /// By object identifier.
    pub(crate) fn identified(oid: &ObjectIdentifier) -> Option<Hash> {
        let text = oid.to_string();
        HASHES.iter().find(|(.., known)| *known == text).map(|(hash, ..)| *hash)
    }

    /// Object identifier.
    pub(crate) fn oid(self) -> ObjectIdentifier {
        let text = HASHES.iter().find(|(hash, ..)| *hash == self).map_or("", |(.., oid)| oid);
        ObjectIdentifier::new_unwrap(text)
    }

    /// Bytes of a result.
    pub(crate) fn size(self) -> usize {
        with_hash!(self, D => <D as Digest>::output_size())
    }

    /// Begins a message.
    pub(crate) fn start(self) -> Box<dyn Absorb> {
        with_hash!(self, D => Box::new(Digesting(D::new())))
    }

    /// Begins a message with a key (RFC 2104).
    pub(crate) fn start_hmac(self, key: &[u8]) -> Result<Box<dyn Absorb>> {
        with_hash!(self, D => Ok(Box::new(Keyed(<Hmac<D> as hmac::Mac>::new_from_slice(key).map_err(operation)?))))
    }

    /// Digest of all parts, one after the other.
    pub(crate) fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        let mut digest = self.start();
        for part in parts {
            digest.update(part);
        }
        digest.finish()
    }

    /// HMAC of all parts, one after the other.
    pub(crate) fn hmac(self, key: &[u8], parts: &[&[u8]]) -> Result<Vec<u8>> {
        let mut mac = self.start_hmac(key)?;
        for part in parts {
            mac.update(part);
        }
        Ok(mac.finish())
    }
}

/// Begins a message with a key, CMAC (RFC 4493). AES of 128, 192 or 256 bits by the length of the key.
pub(crate) fn start_cmac(key: &[u8]) -> Result<Box<dyn Absorb>> {
    Ok(match key.len() {
        16 => Box::new(Keyed(<Cmac<aes::Aes128> as hmac::Mac>::new_from_slice(key).map_err(operation)?)),
        24 => Box::new(Keyed(<Cmac<aes::Aes192> as hmac::Mac>::new_from_slice(key).map_err(operation)?)),
        32 => Box::new(Keyed(<Cmac<aes::Aes256> as hmac::Mac>::new_from_slice(key).map_err(operation)?)),
        other => return Err(operation(format_args!("a CMAC key of {other} bytes"))),
    })
}

/// A message on its way into a digest or a code.
pub(crate) trait Absorb: Send {
    /// More of the message.
    fn update(&mut self, part: &[u8]);
    /// The end; the result.
    fn finish(self: Box<Self>) -> Vec<u8>;
}

struct Digesting<D>(D);

impl<D: Digest + Send> Absorb for Digesting<D> {
    fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
}

struct Keyed<M>(M);

impl<M: hmac::Mac + Send> Absorb for Keyed<M> {
    fn update(&mut self, part: &[u8]) {
        self.0.update(part);
    }

    fn finish(self: Box<Self>) -> Vec<u8> {
        self.0.finalize().into_bytes().to_vec()
    }
}
