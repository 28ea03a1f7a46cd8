//! Diffie-Hellman over prime fields (PKCS #3).

use num_bigint_dig::prime::probably_prime;
use num_bigint_dig::{BigUint, RandBigInt, RandPrime};
use rand_core::OsRng;
use zeroize::Zeroizing;

use super::error::{Result, invalid, operation, unsupported};

/// Longest prime, in bits.
const LONGEST: usize = 10000;

/// A prime and a generator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) p: BigUint,
    pub(crate) g: BigUint,
    /// Bits of private keys; 0 leaves it open.
    pub(crate) bits: usize,
}

/// The private half of a key.
#[derive(Clone)]
pub(crate) struct DhPrivate {
    pub(crate) group: Group,
    pub(crate) x: Zeroizing<Vec<u8>>,
}

/// The public half.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DhPublic {
    pub(crate) group: Group,
    pub(crate) y: BigUint,
}

/// (the platform's name, bits of private keys, prime), primes in hexadecimal: the MODP groups of RFC 3526 and RFC 2409 and those of RFC 7919.
const GROUPS: &str = include_str!("dh_groups.tsv");

impl Group {
    /// By the platform's name, e.g. `modp2048`, `ffdhe2048`.
    pub(crate) fn named(name: &str) -> Result<Group> {
        let line = GROUPS.lines().find(|line| line.split('\t').next() == Some(name));
        let mut fields =
            line.ok_or_else(|| unsupported(format_args!("there is no group \"{name}\"")))?.split('\t').skip(1);
        let bits = fields.next().and_then(|bits| bits.parse().ok()).unwrap_or(0);
        let p = fields.next().and_then(|hex| BigUint::parse_bytes(hex.as_bytes(), 16)).unwrap_or_default();
        Ok(Group { p, g: BigUint::from(2u8), bits })
    }

    /// A group with a prime of so many bits: one of RFC 7919 where there is one, else a new one, which takes its time.
    pub(crate) fn generate(prime_bits: usize, bits: usize) -> Result<Group> {
        if !(512..=LONGEST).contains(&prime_bits) || bits >= prime_bits {
            return Err(invalid("the prime must have 512 to 10000 bits, and more than the private key"));
        }
        if let Ok(group) = Group::named(&format!("ffdhe{prime_bits}")) {
            return Ok(Group { bits: if bits == 0 { group.bits } else { bits }, ..group });
        }
        loop {
            // Twice a prime and one.
            let half = OsRng.gen_prime(prime_bits - 1);
            let p: BigUint = (&half << 1) + 1u8;
            if p.bits() == prime_bits && probably_prime(&p, 20) {
                return Ok(Group { p, g: BigUint::from(2u8), bits });
            }
        }
    }

    /// From numbers.
    pub(crate) fn new(p: &[u8], g: &[u8], bits: usize) -> Result<Group> {
        let (p, g) = (BigUint::from_bytes_be(p), BigUint::from_bytes_be(g));
        let odd = p.to_bytes_le().first().is_some_and(|low| low & 1 == 1);
        if !(512..=LONGEST).contains(&p.bits()) || !odd || g < BigUint::from(2u8) || g >= p || bits >= p.bits() {
            return Err(invalid("the numbers are no group"));
        }
        Ok(Group { p, g, bits })
    }

    /// A new private key.
    pub(crate) fn private(self) -> DhPrivate {
        let bits = if self.bits == 0 { self.p.bits() - 1 } else { self.bits };
        let x = loop {
            let x = OsRng.gen_biguint(bits);
            if x > BigUint::from(1u8) && x < &self.p - 1u8 {
                break x;
            }
        };
        DhPrivate { group: self, x: Zeroizing::new(x.to_bytes_be()) }
    }
}

impl DhPrivate {
    /// The public half.
    pub(crate) fn public(&self) -> DhPublic {
        let y = self.group.g.modpow(&BigUint::from_bytes_be(&self.x), &self.group.p);
        DhPublic { group: self.group.clone(), y }
    }

    /// The shared secret, without leading zeros.
    pub(crate) fn agree(&self, with: &DhPublic) -> Result<Vec<u8>> {
        let one = BigUint::from(1u8);
        if with.group.p != self.group.p || with.group.g != self.group.g {
            return Err(operation("the keys are of different groups"));
        }
        if with.y <= one || with.y >= &self.group.p - 1u8 {
            return Err(operation("the public key is not in the group"));
        }
        let secret = with.y.modpow(&BigUint::from_bytes_be(&self.x), &self.group.p);
        if secret == one { Err(operation("the keys share nothing")) } else { Ok(secret.to_bytes_be()) }
    }
}
