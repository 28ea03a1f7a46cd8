//! Cryptography without the engine: what `@ohos.security.cryptoFramework`, `cert` and `huks` have in common. Algorithms come from
//! the RustCrypto crates; what is here chooses between them by the platform's names and puts keys, parameters and messages together.

pub(crate) mod asn1;
pub(crate) mod block;
pub(crate) mod cipher;
pub(crate) mod cms;
pub(crate) mod dh;
pub(crate) mod ec;
pub(crate) mod encoding;
pub(crate) mod error;
pub(crate) mod hash;
pub(crate) mod kdf;
pub(crate) mod key;
pub(crate) mod pem;
pub(crate) mod pkcs12;
pub(crate) mod rsa;
pub(crate) mod sign;
pub(crate) mod sm2;
pub(crate) mod vault;
pub(crate) mod x509;

#[cfg(test)]
mod openssl_tests;
#[cfg(test)]
mod vector_tests;

/// Bytes that nobody can guess. Fails only when the kernel has no random numbers.
pub(crate) fn random(len: usize) -> error::Result<Vec<u8>> {
    use rand_core::RngCore;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(len).map_err(|_| error::Error::Memory)?;
    bytes.resize(len, 0);
    rand_core::OsRng.try_fill_bytes(&mut bytes).map_err(error::operation)?;
    Ok(bytes)
}
