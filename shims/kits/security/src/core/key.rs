//! Asymmetric keys of any algorithm.

use dsa::{Components, KeySize, SigningKey, VerifyingKey};
use rand_core::OsRng;
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};
use zeroize::Zeroizing;

use super::dh::{DhPrivate, DhPublic, Group};
use super::ec::{Curve, EcPrivate, EcPublic};
use super::error::{Result, invalid, operation, unsupported};
use super::{random, rsa as rsa_keys};

/// A private key.
#[derive(Clone)]
pub(crate) enum PrivateKey {
    Rsa(Box<RsaPrivateKey>),
    Ec(EcPrivate),
    Dsa(Box<SigningKey>),
    Dh(Box<DhPrivate>),
    /// The seed.
    Ed25519(Zeroizing<[u8; 32]>),
    X25519(Zeroizing<[u8; 32]>),
}

/// A public key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PublicKey {
    Rsa(RsaPublicKey),
    Ec(EcPublic),
    Dsa(Box<VerifyingKey>),
    Dh(Box<DhPublic>),
    Ed25519([u8; 32]),
    X25519([u8; 32]),
}

/// What kind of key to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Rsa { bits: usize, primes: usize },
    Ec(Curve),
    Dsa(usize),
    Dh(String),
    Ed25519,
    X25519,
}

impl Kind {
    /// From the platform's name, e.g. `RSA2048|PRIMES_2`, `ECC256`, `DH_modp2048`.
    pub(crate) fn parse(name: &str) -> Result<Kind> {
        let unknown = || unsupported(format_args!("there are no keys \"{name}\""));
        if let Some(rest) = name.strip_prefix("RSA") {
            let (bits, primes) = rest.split_once('|').unwrap_or((rest, "PRIMES_2"));
            let primes = primes.strip_prefix("PRIMES_").and_then(|count| count.parse().ok()).ok_or_else(unknown)?;
            let most = match bits {
                "512" | "768" => 2,
                "1024" | "2048" | "3072" => 3,
                "4096" => 4,
                "8192" => 5,
                _ => return Err(unknown()),
            };
            if !(2..=most).contains(&primes) {
                return Err(unknown());
            }
            return Ok(Kind::Rsa { bits: bits.parse().map_err(|_| unknown())?, primes });
        }
        match name {
            "DSA1024" => Ok(Kind::Dsa(1024)),
            "DSA2048" => Ok(Kind::Dsa(2048)),
            "DSA3072" => Ok(Kind::Dsa(3072)),
            "Ed25519" => Ok(Kind::Ed25519),
            "X25519" => Ok(Kind::X25519),
            _ => match name.strip_prefix("DH_") {
                Some(group) => Group::named(group).map(|_| Kind::Dh(group.to_owned())),
                None => Curve::named(name).map(Kind::Ec),
            },
        }
    }

    /// A new key; of RSA and DSA this takes from a part of a second up to minutes.
    pub(crate) fn generate(&self) -> Result<PrivateKey> {
        Ok(match self {
            Kind::Rsa { bits, primes } => {
                PrivateKey::Rsa(Box::new(rsa_keys::generate(*bits, *primes, &BigUint::from(65537u32))?))
            }
            Kind::Ec(curve) => PrivateKey::Ec(EcPrivate::generate(*curve)),
            Kind::Dsa(bits) => {
                #[expect(deprecated, reason = "the platform still has keys of 1024 bits")]
                let size = match bits {
                    1024 => KeySize::DSA_1024_160,
                    2048 => KeySize::DSA_2048_256,
                    _ => KeySize::DSA_3072_256,
                };
                let components = Components::generate(&mut OsRng, size);
                PrivateKey::Dsa(Box::new(SigningKey::generate(&mut OsRng, components)))
            }
            Kind::Dh(group) => PrivateKey::Dh(Box::new(Group::named(group)?.private())),
            Kind::Ed25519 => PrivateKey::Ed25519(Zeroizing::new(array(&random(32)?)?)),
            Kind::X25519 => PrivateKey::X25519(Zeroizing::new(array(&random(32)?)?)),
        })
    }

    /// Whether a key is one of these.
    pub(crate) fn fits(&self, key: &PublicKey) -> bool {
        match (self, key) {
            (Kind::Rsa { .. }, PublicKey::Rsa(_)) | (Kind::Dsa(_), PublicKey::Dsa(_)) => true,
            (Kind::Dh(_), PublicKey::Dh(_)) => true,
            (Kind::Ec(curve), PublicKey::Ec(key)) => *curve == key.curve,
            (Kind::Ed25519, PublicKey::Ed25519(_)) | (Kind::X25519, PublicKey::X25519(_)) => true,
            _ => false,
        }
    }
}

/// Exactly 32 bytes.
pub(crate) fn array(bytes: &[u8]) -> Result<[u8; 32]> {
    bytes.try_into().map_err(|_| operation("the key must have 32 bytes"))
}

impl PrivateKey {
    /// The public half.
    pub(crate) fn public(&self) -> Result<PublicKey> {
        Ok(match self {
            PrivateKey::Rsa(key) => PublicKey::Rsa(key.to_public_key()),
            PrivateKey::Ec(key) => PublicKey::Ec(key.public()?),
            PrivateKey::Dsa(key) => PublicKey::Dsa(Box::new(key.verifying_key().clone())),
            PrivateKey::Dh(key) => PublicKey::Dh(Box::new(key.public())),
            PrivateKey::Ed25519(seed) => {
                PublicKey::Ed25519(ed25519_dalek::SigningKey::from_bytes(seed).verifying_key().to_bytes())
            }
            PrivateKey::X25519(secret) => {
                PublicKey::X25519(x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from(**secret)).to_bytes())
            }
        })
    }

    /// The secret that is shared with the owner of a public key.
    pub(crate) fn agree(&self, with: &PublicKey) -> Result<Vec<u8>> {
        match (self, with) {
            (PrivateKey::Ec(key), PublicKey::Ec(with)) => key.agree(with),
            (PrivateKey::Dh(key), PublicKey::Dh(with)) => key.agree(with),
            (PrivateKey::X25519(key), PublicKey::X25519(with)) => {
                let shared =
                    x25519_dalek::StaticSecret::from(**key).diffie_hellman(&x25519_dalek::PublicKey::from(*with));
                if shared.was_contributory() {
                    Ok(shared.as_bytes().to_vec())
                } else {
                    Err(operation("the keys share nothing"))
                }
            }
            _ => Err(operation("these keys cannot agree on a secret")),
        }
    }
}

/// DSA from its numbers; without a private number a new one is made, without a public one it is computed.
pub(crate) fn dsa_private(p: &[u8], q: &[u8], g: &[u8], x: Option<&[u8]>) -> Result<PrivateKey> {
    let components = dsa_components(p, q, g)?;
    let Some(x) = x else {
        if components.p().bits() < 1024 {
            return Err(invalid("a DSA key has at least 1024 bits"));
        }
        return Ok(PrivateKey::Dsa(Box::new(SigningKey::generate(&mut OsRng, components))));
    };
    let x = BigUint::from_bytes_be(x);
    if x >= *components.q() {
        return Err(operation("the private number is not below q"));
    }
    let y = components.g().modpow(&x, components.p());
    let key = VerifyingKey::from_components(components, y).map_err(operation)?;
    Ok(PrivateKey::Dsa(Box::new(SigningKey::from_components(key, x).map_err(operation)?)))
}

/// DSA from its public numbers.
pub(crate) fn dsa_public(p: &[u8], q: &[u8], g: &[u8], y: &[u8]) -> Result<PublicKey> {
    let y = BigUint::from_bytes_be(y);
    Ok(PublicKey::Dsa(Box::new(VerifyingKey::from_components(dsa_components(p, q, g)?, y).map_err(operation)?)))
}

fn dsa_components(p: &[u8], q: &[u8], g: &[u8]) -> Result<Components> {
    let [p, q, g] = [p, q, g].map(BigUint::from_bytes_be);
    let odd = |number: &BigUint| number.to_bytes_le().first().is_some_and(|low| low & 1 == 1);
    if p.bits() > 10000 || q.bits() < 2 || q.bits() >= p.bits() || g >= p || !odd(&p) || !odd(&q) {
        return Err(invalid("the numbers are no DSA parameters"));
    }
    Components::from_components(p, q, g).map_err(operation)
}

/// Bits that name a key's strength.
pub(crate) fn bits(key: &PublicKey) -> usize {
    match key {
        PublicKey::Rsa(key) => key.n().bits(),
        PublicKey::Ec(key) => key.curve.facts().bits,
        PublicKey::Dsa(key) => key.components().p().bits(),
        PublicKey::Dh(key) => key.group.p.bits(),
        PublicKey::Ed25519(_) | PublicKey::X25519(_) => 256,
    }
}
