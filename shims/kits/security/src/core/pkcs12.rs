//! Reading PKCS #12 (RFC 7292): a private key and certificates under a password.

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Reader, SliceReader};
use pkcs5::EncryptionScheme;
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use zeroize::Zeroizing;

use super::asn1::{read_integer, read_sequence};
use super::block::Family;
use super::cipher::{Cipher, Mode, Setup};
use super::error::{Error, Result, operation, unsupported};
use super::hash::{Hash, with_hash};

const DATA: &str = "1.2.840.113549.1.7.1";
const ENCRYPTED_DATA: &str = "1.2.840.113549.1.7.6";
const KEY_BAG: &str = "1.2.840.113549.1.12.10.1.1";
const SHROUDED_KEY_BAG: &str = "1.2.840.113549.1.12.10.1.2";
const CERT_BAG: &str = "1.2.840.113549.1.12.10.1.3";
const X509_CERTIFICATE: &str = "1.2.840.113549.1.9.22.1";
const SHA1_TRIPLE_DES: &str = "1.2.840.113549.1.12.1.3";
/// Most rounds that a file may ask for.
const MOST_ROUNDS: u32 = 10_000_000;

/// What was in it.
#[derive(Default)]
pub(crate) struct Contents {
    /// PKCS #8.
    pub(crate) keys: Vec<Zeroizing<Vec<u8>>>,
    pub(crate) certificates: Vec<Vec<u8>>,
}

/// What a wrong password gives, as far as one can tell.
pub(crate) const WRONG_PASSWORD: &str = "the password is wrong";

fn wrong_password() -> Error {
    operation(WRONG_PASSWORD)
}

/// Reads a file.
pub(crate) fn read(bytes: &[u8], password: &str) -> Result<Contents> {
    let mut contents = Contents::default();
    read_sequence(bytes, |reader| {
        read_integer(reader)?;
        let (oid, safe) = content_info(reader.tlv_bytes()?)?;
        if oid != DATA {
            return Err(unsupported("files that are signed with a key"));
        }
        let safe = OctetStringRef::from_der(safe)?.as_bytes();
        if !reader.is_finished() {
            check_mac(reader.tlv_bytes()?, safe, password)?;
        }
        let list = AnyRef::from_der(safe)?;
        let mut list = SliceReader::new(list.value())?;
        while !list.is_finished() {
            let (oid, content) = content_info(list.tlv_bytes()?)?;
            match oid.as_str() {
                DATA => contents.bags(OctetStringRef::from_der(content)?.as_bytes(), password)?,
                ENCRYPTED_DATA => contents.bags(&encrypted_data(content, password)?, password)?,
                _ => return Err(unsupported(format_args!("contents of {oid}"))),
            }
        }
        Ok(())
    })?;
    Ok(contents)
}

/// (type, what is in the explicit tag 0)
fn content_info(bytes: &[u8]) -> Result<(String, &[u8])> {
    read_sequence(bytes, |reader| {
        let oid: ObjectIdentifier = reader.decode()?;
        let content: AnyRef<'_> = reader.decode()?;
        Ok((oid.to_string(), content.value()))
    })
}

fn rounds(bytes: &[u8]) -> Result<i32> {
    let rounds = bytes.iter().fold(0u64, |all, byte| (all << 8 | u64::from(*byte)).min(u64::from(u32::MAX)));
    if rounds == 0 || rounds > u64::from(MOST_ROUNDS) {
        Err(operation("the number of rounds is out of range"))
    } else {
        Ok(rounds as i32)
    }
}

fn check_mac(mac: &[u8], safe: &[u8], password: &str) -> Result<()> {
    read_sequence(mac, |reader| {
        let (hash, expected) = read_sequence(reader.tlv_bytes()?, |info| {
            let algorithm = pkcs8::spki::AlgorithmIdentifierRef::from_der(info.tlv_bytes()?)?;
            let digest: OctetStringRef<'_> = info.decode()?;
            let hash = Hash::identified(&algorithm.oid).ok_or_else(|| unsupported("the digest of the file"))?;
            Ok((hash, digest.as_bytes()))
        })?;
        let salt: OctetStringRef<'_> = reader.decode()?;
        let rounds = if reader.is_finished() { 1 } else { rounds(&read_integer(reader)?)? };
        let key = derive(hash, password, salt.as_bytes(), Pkcs12KeyType::Mac, rounds, hash.size())?;
        if hash.hmac(&key, &[safe])? == expected { Ok(()) } else { Err(wrong_password()) }
    })
}

fn derive(
    hash: Hash,
    password: &str,
    salt: &[u8],
    id: Pkcs12KeyType,
    rounds: i32,
    size: usize,
) -> Result<Zeroizing<Vec<u8>>> {
    let key = with_hash!(hash, D => derive_key_utf8::<D>(password, salt, id, rounds, size))?;
    Ok(Zeroizing::new(key))
}

/// EncryptedData with what is in it decrypted.
fn encrypted_data(bytes: &[u8], password: &str) -> Result<Zeroizing<Vec<u8>>> {
    read_sequence(bytes, |reader| {
        read_integer(reader)?;
        read_sequence(reader.tlv_bytes()?, |info| {
            let _: ObjectIdentifier = info.decode()?;
            let algorithm = info.tlv_bytes()?;
            let sealed: AnyRef<'_> = info.decode()?;
            decrypt(algorithm, sealed.value(), password)
        })
    })
}

/// Decrypts with an algorithm of PKCS #5 v2 or the older one of PKCS #12.
fn decrypt(algorithm: &[u8], sealed: &[u8], password: &str) -> Result<Zeroizing<Vec<u8>>> {
    let id = pkcs8::spki::AlgorithmIdentifierRef::from_der(algorithm)?;
    if id.oid.to_string() != SHA1_TRIPLE_DES {
        let scheme =
            EncryptionScheme::from_der(algorithm).map_err(|_| unsupported(format_args!("encryption of {}", id.oid)))?;
        return scheme.decrypt(password, sealed).map(Zeroizing::new).map_err(|_| wrong_password());
    }
    let parameters = id.parameters.ok_or_else(|| operation("the encryption has no parameters"))?;
    let mut reader = SliceReader::new(parameters.value())?;
    let salt: OctetStringRef<'_> = reader.decode()?;
    let rounds = rounds(&read_integer(&mut reader)?)?;
    let key = derive(Hash::Sha1, password, salt.as_bytes(), Pkcs12KeyType::EncryptionKey, rounds, 24)?;
    let iv = derive(Hash::Sha1, password, salt.as_bytes(), Pkcs12KeyType::Iv, rounds, 8)?;
    let setup = Setup {
        family: Family::TripleDes,
        mode: Mode::Cbc,
        padding: true,
        encrypt: false,
        key: &key,
        iv: &iv,
        aad: &[],
        tag: &[],
    };
    Cipher::start(&setup)?.finish(sealed).map(Zeroizing::new).map_err(|_| wrong_password())
}

impl Contents {
    fn bags(&mut self, bytes: &[u8], password: &str) -> Result<()> {
        let list = AnyRef::from_der(bytes)?;
        let mut list = SliceReader::new(list.value())?;
        while !list.is_finished() {
            let (oid, value) = content_info(list.tlv_bytes()?)?;
            match oid.as_str() {
                KEY_BAG => self.keys.push(Zeroizing::new(value.to_vec())),
                SHROUDED_KEY_BAG => self.keys.push(read_sequence(value, |reader| {
                    let algorithm = reader.tlv_bytes()?;
                    let sealed: OctetStringRef<'_> = reader.decode()?;
                    decrypt(algorithm, sealed.as_bytes(), password)
                })?),
                CERT_BAG => {
                    let (kind, certificate) = content_info(value)?;
                    if kind == X509_CERTIFICATE {
                        self.certificates.push(OctetStringRef::from_der(certificate)?.as_bytes().to_vec());
                    }
                }
                // Lists, secrets and nested safes are none of a key and its certificates.
                _ => {}
            }
        }
        Ok(())
    }
}
