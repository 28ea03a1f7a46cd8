//! Keys as text (RFC 7468), with and without a password.

use der::pem::{self, LineEnding};
use pkcs8::EncryptedPrivateKeyInfo;
use pkcs8::der::{Decode, Encode};
use pkcs8::pkcs5::pbes2;
use zeroize::Zeroizing;

use super::block::Family;
use super::cipher::{Cipher, Mode, Setup};
use super::encoding::{self, from_hex, to_hex};
use super::error::{Result, invalid, operation, unsupported};
use super::hash::Hash;
use super::key::{PrivateKey, PublicKey};
use super::random;

/// Longest text that is looked at.
const LONGEST: usize = 1 << 20;

/// Text of bytes.
pub(crate) fn encode(label: &str, bytes: &[u8]) -> Result<String> {
    pem::encode_string(label, LineEnding::LF, bytes).map_err(operation)
}

/// (label, bytes) of text.
pub(crate) fn decode(text: &str) -> Result<(String, Vec<u8>)> {
    if text.len() > LONGEST {
        return Err(invalid("the text is too long"));
    }
    let text = text.trim_matches(['\0', ' ', '\n', '\r', '\t']);
    let (label, bytes) = pem::decode_vec(text.as_bytes()).map_err(operation)?;
    Ok((label.to_owned(), bytes))
}

/// A public key, in the form `X509` or `PKCS1`.
pub(crate) fn public_text(key: &PublicKey, format: &str) -> Result<String> {
    match format {
        "X509" => encode("PUBLIC KEY", &encoding::spki(key)?),
        "PKCS1" => encode("RSA PUBLIC KEY", &encoding::pkcs1_public(key)?),
        _ => Err(invalid(format_args!("public keys have no form \"{format}\""))),
    }
}

/// A private key, in the form `PKCS8`, `PKCS1` or `EC`, encrypted when there are a password and a cipher.
pub(crate) fn private_text(key: &PrivateKey, format: &str, secret: Option<(&str, &str)>) -> Result<String> {
    let (label, bytes) = match (format, key) {
        ("PKCS8", _) => ("PRIVATE KEY", encoding::pkcs8(key)?),
        ("PKCS1", PrivateKey::Rsa(key)) => ("RSA PRIVATE KEY", encoding::pkcs1_private(key)?),
        ("EC", PrivateKey::Ec(key)) => ("EC PRIVATE KEY", encoding::sec1(key, true)?),
        _ => return Err(invalid(format_args!("this key has no form \"{format}\""))),
    };
    match (format, secret) {
        (_, None) => encode(label, &bytes),
        ("PKCS8", Some((password, cipher))) => {
            encode("ENCRYPTED PRIVATE KEY", &encrypt_pkcs8(&bytes, password, cipher)?)
        }
        (_, Some((password, cipher))) => encode_legacy(label, &bytes, password, cipher),
    }
}

/// PKCS #8 in an envelope of PKCS #5 v2.
fn encrypt_pkcs8(bytes: &[u8], password: &str, cipher: &str) -> Result<Vec<u8>> {
    /// As `openssl pkcs8` does it.
    const ITERATIONS: u32 = 2048;
    let (salt, iv) = (random(16)?, random(16)?);
    let iv: &[u8; 16] = iv.as_slice().try_into().map_err(operation)?;
    let short: &[u8; 8] = iv.first_chunk().ok_or_else(|| operation("iv"))?;
    let parameters = match cipher {
        "AES-128-CBC" => pbes2::Parameters::pbkdf2_sha256_aes128cbc(ITERATIONS, &salt, iv).map_err(operation)?,
        "AES-256-CBC" => pbes2::Parameters::pbkdf2_sha256_aes256cbc(ITERATIONS, &salt, iv).map_err(operation)?,
        "AES-192-CBC" | "DES-EDE3-CBC" => pbes2::Parameters {
            kdf: pbes2::Pbkdf2Params::hmac_with_sha256(ITERATIONS, &salt).map_err(operation)?.into(),
            encryption: match cipher {
                "AES-192-CBC" => pbes2::EncryptionScheme::Aes192Cbc { iv },
                _ => pbes2::EncryptionScheme::DesEde3Cbc { iv: short },
            },
        },
        other => return Err(unsupported(format_args!("there is no cipher \"{other}\" for keys"))),
    };
    let encrypted_data = parameters.encrypt(password, bytes).map_err(operation)?;
    let info = EncryptedPrivateKeyInfo { encryption_algorithm: parameters.into(), encrypted_data: &encrypted_data };
    Ok(info.to_der()?)
}

/// Ciphers of the older form: name, family, bytes of the key, bytes of the iv.
const LEGACY: [(&str, Family, usize, usize); 4] = [
    ("AES-128-CBC", Family::Aes, 16, 16),
    ("AES-192-CBC", Family::Aes, 24, 16),
    ("AES-256-CBC", Family::Aes, 32, 16),
    ("DES-EDE3-CBC", Family::TripleDes, 24, 8),
];

/// The older form with headers (RFC 1421), whose key is made of the password with MD5.
fn encode_legacy(label: &str, bytes: &[u8], password: &str, cipher: &str) -> Result<String> {
    let known = LEGACY.iter().find(|(name, ..)| *name == cipher);
    let (name, family, key, iv) =
        known.ok_or_else(|| unsupported(format_args!("there is no cipher \"{cipher}\" for keys")))?;
    let iv = random(*iv)?;
    let encrypted = legacy(*family, true, &legacy_key(password, &iv, *key), &iv, bytes)?;
    let body = encode(label, &encrypted)?;
    let (first, rest) = body.split_once('\n').unwrap_or((&body, ""));
    let iv = to_hex(&iv).to_uppercase();
    Ok(format!("{first}\nProc-Type: 4,ENCRYPTED\nDEK-Info: {name},{iv}\n\n{rest}"))
}

fn legacy_key(password: &str, iv: &[u8], size: usize) -> Zeroizing<Vec<u8>> {
    let salt = iv.get(..8).unwrap_or(iv);
    let mut key = Zeroizing::new(Vec::new());
    let mut last = Vec::new();
    while key.len() < size {
        last = Hash::Md5.of(&[&last, password.as_bytes(), salt]);
        key.extend_from_slice(&last);
    }
    key.truncate(size);
    key
}

fn legacy(family: Family, encrypt: bool, key: &[u8], iv: &[u8], bytes: &[u8]) -> Result<Vec<u8>> {
    Cipher::start(&Setup { family, mode: Mode::Cbc, padding: true, encrypt, key, iv, aad: &[], tag: &[] })?
        .finish(bytes)
}

/// A public key of text.
pub(crate) fn read_public(text: &str) -> Result<PublicKey> {
    let (label, bytes) = decode(text)?;
    match label.as_str() {
        "PUBLIC KEY" | "RSA PUBLIC KEY" => encoding::read_public(&bytes),
        other => Err(operation(format_args!("\"{other}\" is no public key"))),
    }
}

/// A private key of text.
pub(crate) fn read_private(text: &str, password: Option<&str>) -> Result<PrivateKey> {
    if text.contains("DEK-Info:") {
        return encoding::read_private(&decode_legacy(text, password)?);
    }
    let (label, bytes) = decode(text)?;
    match label.as_str() {
        "ENCRYPTED PRIVATE KEY" => {
            read_encrypted(&bytes, password.ok_or_else(|| operation("the key needs a password"))?)
        }
        "PRIVATE KEY" | "RSA PRIVATE KEY" | "EC PRIVATE KEY" | "DSA PRIVATE KEY" => encoding::read_private(&bytes),
        other => Err(operation(format_args!("\"{other}\" is no private key"))),
    }
}

/// PKCS #8 in an envelope.
pub(crate) fn read_encrypted(bytes: &[u8], password: &str) -> Result<PrivateKey> {
    let info = EncryptedPrivateKeyInfo::from_der(bytes)?;
    let document = info.decrypt(password).map_err(|_| operation("the password is wrong or the key is damaged"))?;
    encoding::read_private(document.as_bytes())
}

fn decode_legacy(text: &str, password: Option<&str>) -> Result<Zeroizing<Vec<u8>>> {
    let damaged = || operation("the headers of the key are damaged");
    if text.len() > LONGEST {
        return Err(invalid("the text is too long"));
    }
    let lines: Vec<&str> = text.trim().lines().map(str::trim).collect();
    let info = lines.iter().find_map(|line| line.strip_prefix("DEK-Info:")).ok_or_else(damaged)?;
    let (name, iv) = info.trim().split_once(',').ok_or_else(damaged)?;
    let plain: Vec<&str> = lines.iter().copied().filter(|line| !line.is_empty() && !line.contains(':')).collect();
    let (_, bytes) = decode(&plain.join("\n"))?;
    let known = LEGACY.iter().find(|(known, ..)| *known == name);
    let (_, family, key, size) =
        known.ok_or_else(|| unsupported(format_args!("there is no cipher \"{name}\" for keys")))?;
    let iv = from_hex(iv.trim())?;
    if iv.len() != *size {
        return Err(damaged());
    }
    let password = password.ok_or_else(|| operation("the key needs a password"))?;
    let plain = legacy(*family, false, &legacy_key(password, &iv, *key), &iv, &bytes);
    plain.map(Zeroizing::new).map_err(|_| operation("the password is wrong or the key is damaged"))
}
