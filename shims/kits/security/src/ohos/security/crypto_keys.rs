//! Leaves of `@ohos.security.cryptoFramework` that work with asymmetric keys. Numbers cross as hexadecimal text.

use std::collections::BTreeMap;
use std::sync::Arc;

use concord_engine::{Call, JsResult};
use concord_runtime::face::{bytes_arg, text_arg};
use num_bigint_dig::BigUint;
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use serde::Deserialize;
use serde_json::json;
use zeroize::Zeroizing;

use super::crypto::CODES;
use crate::core::dh::{DhPrivate, DhPublic, Group};
use crate::core::ec::{self, Curve, EcPrivate, EcPublic};
use crate::core::encoding::{self, from_hex, to_hex};
use crate::core::error::{Error, Result, invalid, operation, unsupported};
use crate::core::hash::Hash;
use crate::core::key::{self, Kind, PrivateKey, PublicKey};
use crate::core::rsa::{self as rsa_keys, Padding, SignPadding};
use crate::core::sign::{self as signing, Scheme};
use crate::core::{pem, sm2 as sm2_keys};
use crate::task::{Answer, optional_bytes, private_arg, public_arg, run};

/// Longest number of a specification, in hexadecimal digits.
const LONGEST_NUMBER: usize = 2 * rsa_keys::LONGEST / 8 + 2;

/// checkKind(undefined, name): 801 when there are no such keys.
pub(super) fn check_kind(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    run(call, CODES, move || Kind::parse(&name).map(|_| Answer::Truth(true)))
}

/// generate(done, name) → pair
pub(super) fn generate(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    run(call, CODES, move || Answer::pair(Kind::parse(&name)?.generate()?))
}

/// Numbers of a key: what is there decides what comes out.
#[derive(Deserialize)]
struct Numbers {
    algorithm: String,
    #[serde(default)]
    bits: usize,
    #[serde(flatten)]
    numbers: BTreeMap<String, String>,
}

impl Numbers {
    fn has(&self, name: &str) -> bool {
        self.numbers.contains_key(name)
    }

    fn get(&self, name: &str) -> Result<Vec<u8>> {
        let text = self.numbers.get(name).ok_or_else(|| invalid(format_args!("the number {name} is missing")))?;
        if text.len() > LONGEST_NUMBER {
            return Err(invalid(format_args!("the number {name} is too long")));
        }
        from_hex(text)
    }

    fn pair(&self) -> Result<Answer> {
        let give = |public: Option<PublicKey>, private: Option<PrivateKey>| {
            Ok(Answer::Pair(public.map(Arc::new), private.map(Arc::new)))
        };
        let (sk, pk) = (self.has("sk"), self.has("pk") || self.has("x"));
        match self.algorithm.as_str() {
            "RSA" if sk => {
                let key = rsa_keys::private(&self.get("n")?, &self.get("pk")?, &self.get("sk")?, &[])?;
                Answer::pair(PrivateKey::Rsa(Box::new(key)))
            }
            "RSA" if pk => give(Some(PublicKey::Rsa(rsa_keys::public(&self.get("n")?, &self.get("pk")?)?)), None),
            "DSA" => {
                let (p, q, g) = (self.get("p")?, self.get("q")?, self.get("g")?);
                if pk && !sk {
                    return give(Some(key::dsa_public(&p, &q, &g, &self.get("pk")?)?), None);
                }
                let sk = if sk { Some(self.get("sk")?) } else { None };
                Answer::pair(key::dsa_private(&p, &q, &g, sk.as_deref())?)
            }
            "ECC" | "SM2" => {
                let curve = self.curve()?;
                let public =
                    if pk { Some(EcPublic::from_coordinates(curve, &self.get("x")?, &self.get("y")?)?) } else { None };
                match (sk, public) {
                    (false, None) => Answer::pair(PrivateKey::Ec(EcPrivate::generate(curve))),
                    (false, Some(public)) => give(Some(PublicKey::Ec(public)), None),
                    (true, public) => {
                        let private = EcPrivate::new(curve, &self.get("sk")?)?;
                        if public.is_some_and(|public| private.public().ok() != Some(public)) {
                            return Err(operation("the halves of the key do not belong together"));
                        }
                        Answer::pair(PrivateKey::Ec(private))
                    }
                }
            }
            "DH" => {
                let group = Group::new(&self.get("p")?, &self.get("g")?, self.bits)?;
                if sk {
                    let x = self.get("sk")?;
                    return Answer::pair(PrivateKey::Dh(Box::new(DhPrivate { group, x: Zeroizing::new(x) })));
                }
                if pk {
                    let y = BigUint::from_bytes_be(&self.get("pk")?);
                    return give(Some(PublicKey::Dh(Box::new(DhPublic { group, y }))), None);
                }
                Answer::pair(PrivateKey::Dh(Box::new(group.private())))
            }
            "Ed25519" if sk => Answer::pair(PrivateKey::Ed25519(Zeroizing::new(self.little("sk")?))),
            "Ed25519" if pk => give(Some(PublicKey::Ed25519(self.little("pk")?)), None),
            "X25519" if sk => Answer::pair(PrivateKey::X25519(Zeroizing::new(self.little("sk")?))),
            "X25519" if pk => give(Some(PublicKey::X25519(self.little("pk")?)), None),
            other => Err(unsupported(format_args!("there are no \"{other}\" keys of such numbers"))),
        }
    }

    /// The numbers of Curve25519 are bytes in little-endian order.
    fn little(&self, name: &str) -> Result<[u8; 32]> {
        let mut bytes = ec::fixed(&self.get(name)?, 32)?;
        bytes.reverse();
        key::array(&bytes)
    }

    /// The curve whose parameters are given.
    fn curve(&self) -> Result<Curve> {
        for curve in [Curve::P224, Curve::P256, Curve::P384, Curve::P521, Curve::K256, Curve::Sm2] {
            let facts = curve.facts();
            let known =
                [("p", facts.p), ("a", facts.a), ("b", facts.b), ("gx", facts.gx), ("gy", facts.gy), ("n", facts.n)];
            let number = |hex: &[u8]| BigUint::from_bytes_be(hex);
            let mut same = true;
            for (name, value) in known {
                same &= number(&self.get(name)?) == number(&from_hex(value)?);
            }
            if same {
                return Ok(curve);
            }
        }
        Err(unsupported("the parameters are those of no known curve"))
    }
}

/// fromNumbers(done, JSON) → pair
pub(super) fn from_numbers(call: &Call<'_>) -> JsResult {
    let json = text_arg(call, 1)?;
    run(call, CODES, move || serde_json::from_str::<Numbers>(&json).map_err(invalid)?.pair())
}

/// numbers(undefined, public, private) → JSON of the numbers that there are.
pub(super) fn numbers(call: &Call<'_>) -> JsResult {
    let public = public_arg(call, 1);
    let private = private_arg(call, 2).ok();
    run(call, CODES, move || {
        let public = match (&private, public) {
            (Some(private), _) => Arc::new(private.public()?),
            (None, public) => public?,
        };
        let number = |number: &BigUint| number.to_str_radix(16);
        let reversed = |bytes: &[u8]| to_hex(&bytes.iter().rev().copied().collect::<Vec<_>>());
        let mut all = match &*public {
            PublicKey::Rsa(key) => json!({ "algorithm": "RSA", "n": number(key.n()), "pk": number(key.e()) }),
            PublicKey::Ec(key) => {
                let facts = key.curve.facts();
                let mut all = curve_facts(key.curve);
                all["algorithm"] = json!(if key.curve == Curve::Sm2 { "SM2" } else { "EC" });
                all["name"] = json!(facts.name);
                all["x"] = json!(to_hex(key.x()));
                all["y"] = json!(to_hex(key.y()));
                all
            }
            PublicKey::Dsa(key) => {
                let numbers = key.components();
                json!({ "algorithm": "DSA", "p": number(numbers.p()), "q": number(numbers.q()), "g": number(numbers.g()), "pk": number(key.y()) })
            }
            PublicKey::Dh(key) => {
                json!({ "algorithm": "DH", "p": number(&key.group.p), "g": number(&key.group.g), "l": key.group.bits, "pk": number(&key.y) })
            }
            PublicKey::Ed25519(key) => json!({ "algorithm": "Ed25519", "pk": reversed(key) }),
            PublicKey::X25519(key) => json!({ "algorithm": "X25519", "pk": reversed(key) }),
        };
        all["size"] = json!(key::bits(&public));
        if let Some(private) = private {
            all["sk"] = json!(match &*private {
                PrivateKey::Rsa(key) => number(key.d()),
                PrivateKey::Ec(key) => to_hex(&key.secret),
                PrivateKey::Dsa(key) => number(key.x()),
                PrivateKey::Dh(key) => to_hex(&key.x),
                PrivateKey::Ed25519(key) | PrivateKey::X25519(key) => reversed(&key[..]),
            });
        }
        Ok(Answer::Text(all.to_string()))
    })
}

fn curve_facts(curve: Curve) -> serde_json::Value {
    let facts = curve.facts();
    json!({ "p": facts.p, "a": facts.a, "b": facts.b, "gx": facts.gx, "gy": facts.gy, "n": facts.n, "h": 1, "bits": facts.bits })
}

/// The halves of a key that shall be of a kind.
fn checked(kind: &Kind, public: Option<PublicKey>, private: Option<PrivateKey>) -> Result<Answer> {
    let fits = match &private {
        Some(private) => kind.fits(&private.public()?),
        None => true,
    };
    if !fits || !public.as_ref().is_none_or(|public| kind.fits(public)) {
        return Err(operation("the key is of another algorithm"));
    }
    Ok(Answer::Pair(public.map(Arc::new), private.map(Arc::new)))
}

/// convert(done, name, public bytes or undefined, private bytes or undefined) → pair
pub(super) fn convert(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    let (public, private) = (optional_bytes(call, 2)?, optional_bytes(call, 3)?.map(Zeroizing::new));
    run(call, CODES, move || {
        let public = public.map(|bytes| encoding::read_public(&bytes)).transpose()?;
        let private = private.map(|bytes| encoding::read_private(&bytes)).transpose()?;
        checked(&Kind::parse(&name)?, public, private)
    })
}

fn optional_text(call: &Call<'_>, index: usize) -> JsResult<Option<String>> {
    if call.arg(index).is_nullish() { Ok(None) } else { text_arg(call, index).map(Some) }
}

/// convertText(done, name, public text or undefined, private text or undefined, password or undefined) → pair
pub(super) fn convert_text(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    let (public, private) = (optional_text(call, 2)?, optional_text(call, 3)?.map(Zeroizing::new));
    let password = optional_text(call, 4)?.map(Zeroizing::new);
    run(call, CODES, move || {
        let password = password.as_ref().map(|password| password.as_str());
        let public = public.map(|text| pem::read_public(&text)).transpose()?;
        let private = private.map(|text| pem::read_private(&text, password)).transpose()?;
        checked(&Kind::parse(&name)?, public, private)
    })
}

/// publicBytes(undefined, key, format) → bytes: `X509` or of a curve `X509|UNCOMPRESSED`, `X509|COMPRESSED`.
pub(super) fn public_bytes(call: &Call<'_>) -> JsResult {
    let (key, format) = (public_arg(call, 1), text_arg(call, 2)?);
    run(call, CODES, move || {
        let bytes = match (format.as_str(), &*key?) {
            ("X509", key) | ("X509|UNCOMPRESSED", key @ PublicKey::Ec(_)) => encoding::spki(key)?,
            ("X509|COMPRESSED", PublicKey::Ec(key)) => encoding::spki_compressed(key)?,
            ("PKCS1", key) => encoding::pkcs1_public(key)?,
            (other, _) => return Err(invalid(format_args!("this key has no form \"{other}\""))),
        };
        Ok(Answer::Bytes(bytes))
    })
}

/// privateBytes(undefined, key, format) → bytes
pub(super) fn private_bytes(call: &Call<'_>) -> JsResult {
    let (key, format) = (private_arg(call, 1), text_arg(call, 2)?);
    run(call, CODES, move || {
        let bytes = match (format.as_str(), &*key?) {
            ("PKCS8", key) => encoding::pkcs8(key)?,
            ("PKCS1", PrivateKey::Rsa(key)) => encoding::pkcs1_private(key)?,
            ("EC", PrivateKey::Ec(key)) => encoding::sec1(key, true)?,
            (other, _) => return Err(invalid(format_args!("this key has no form \"{other}\""))),
        };
        Ok(Answer::Bytes(bytes.to_vec()))
    })
}

/// publicText(undefined, key, format) → text
pub(super) fn public_text(call: &Call<'_>) -> JsResult {
    let (key, format) = (public_arg(call, 1), text_arg(call, 2)?);
    run(call, CODES, move || pem::public_text(&*key?, &format).map(Answer::Text))
}

/// privateText(undefined, key, format, password or undefined, cipher) → text
pub(super) fn private_text(call: &Call<'_>) -> JsResult {
    let (key, format) = (private_arg(call, 1), text_arg(call, 2)?);
    let (password, cipher) = (optional_text(call, 3)?, optional_text(call, 4)?);
    run(call, CODES, move || {
        let secret = password.as_deref().zip(cipher.as_deref());
        pem::private_text(&*key?, &format, secret).map(Answer::Text)
    })
}

/// publicOf(done, private) → public
pub(super) fn public_of(call: &Call<'_>) -> JsResult {
    let key = private_arg(call, 1);
    run(call, CODES, move || Ok(Answer::Public(Arc::new(key?.public()?))))
}

/// Asymmetric encryption as the face describes it.
#[derive(Deserialize)]
struct Sealing {
    padding: String,
    #[serde(default)]
    md: String,
    #[serde(default)]
    mgf: String,
}

impl Sealing {
    fn rsa(&self, label: Vec<u8>) -> Result<Padding> {
        Ok(match self.padding.as_str() {
            "NoPadding" => Padding::None,
            "PKCS1" => Padding::Pkcs1,
            "PKCS1_OAEP" => Padding::Oaep { digest: Hash::named(&self.md)?, mgf: Hash::named(&self.mgf)?, label },
            other => return Err(unsupported(format_args!("there is no padding \"{other}\""))),
        })
    }
}

/// encrypt(done, JSON, public, label, data) → bytes
pub(super) fn encrypt(call: &Call<'_>) -> JsResult {
    let (json, key) = (text_arg(call, 1)?, public_arg(call, 2));
    let (label, data) = (bytes_arg(call, 3)?, bytes_arg(call, 4)?);
    run(call, CODES, move || {
        let sealing: Sealing = serde_json::from_str(&json).map_err(invalid)?;
        match &*key? {
            PublicKey::Rsa(key) => rsa_keys::encrypt(key, &sealing.rsa(label)?, &data).map(Answer::Bytes),
            PublicKey::Ec(key) if key.curve == Curve::Sm2 => {
                sm2_keys::encrypt(key, Hash::named(&sealing.md)?, &data)?.to_der().map(Answer::Bytes)
            }
            _ => Err(invalid("the key does not fit the cipher")),
        }
    })
}

/// decrypt(done, JSON, private, label, data) → bytes
pub(super) fn decrypt(call: &Call<'_>) -> JsResult {
    let (json, key) = (text_arg(call, 1)?, private_arg(call, 2));
    let (label, data) = (bytes_arg(call, 3)?, bytes_arg(call, 4)?);
    run(call, CODES, move || {
        let sealing: Sealing = serde_json::from_str(&json).map_err(invalid)?;
        match &*key? {
            PrivateKey::Rsa(key) => rsa_keys::decrypt(key, &sealing.rsa(label)?, &data).map(Answer::Bytes),
            PrivateKey::Ec(key) if key.curve == Curve::Sm2 => {
                let text = sm2_keys::CipherText::from_der(&data)?;
                sm2_keys::decrypt(key, Hash::named(&sealing.md)?, &text).map(Answer::Bytes)
            }
            _ => Err(invalid("the key does not fit the cipher")),
        }
    })
}

/// A signature as the face describes it.
#[derive(Deserialize)]
struct Signing {
    algorithm: String,
    #[serde(default)]
    padding: String,
    md: Option<String>,
    mgf: Option<String>,
    #[serde(default)]
    salt: i32,
}

impl Signing {
    fn scheme(&self) -> Result<Scheme> {
        let md = self.md.as_deref().map(Hash::named).transpose()?;
        Ok(match (self.algorithm.as_str(), self.padding.as_str()) {
            ("RSA", "PKCS1") => Scheme::Rsa(SignPadding::Pkcs1(md)),
            ("RSA", "PSS") => {
                let digest = md.ok_or_else(|| unsupported("PSS needs a digest"))?;
                let mgf = self.mgf.as_deref().map(Hash::named).transpose()?.unwrap_or(digest);
                Scheme::Rsa(SignPadding::Pss { digest, mgf, salt: self.salt })
            }
            ("ECC" | "DSA", _) => Scheme::Dsa,
            ("SM2", _) => Scheme::Sm2,
            ("Ed25519", _) => Scheme::Ed25519,
            (other, _) => return Err(unsupported(format_args!("\"{other}\" does not sign"))),
        })
    }
}

/// sign(done, JSON, private, bytes) → bytes
pub(super) fn sign(call: &Call<'_>) -> JsResult {
    let (json, key, bytes) = (text_arg(call, 1)?, private_arg(call, 2), bytes_arg(call, 3)?);
    run(call, CODES, move || {
        let signing: Signing = serde_json::from_str(&json).map_err(invalid)?;
        signing::sign(&*key?, signing.scheme()?, &bytes).map(Answer::Bytes)
    })
}

/// verify(done, JSON, public, bytes, signature) → boolean
pub(super) fn verify(call: &Call<'_>) -> JsResult {
    let (json, key) = (text_arg(call, 1)?, public_arg(call, 2));
    let (bytes, signature) = (bytes_arg(call, 3)?, bytes_arg(call, 4)?);
    run(call, CODES, move || {
        let signing: Signing = serde_json::from_str(&json).map_err(invalid)?;
        signing::verify(&*key?, signing.scheme()?, &bytes, &signature).map(Answer::Truth)
    })
}

/// recover(done, JSON, public, signature) → bytes
pub(super) fn recover(call: &Call<'_>) -> JsResult {
    let (json, key, signature) = (text_arg(call, 1)?, public_arg(call, 2), bytes_arg(call, 3)?);
    run(call, CODES, move || {
        let signing: Signing = serde_json::from_str(&json).map_err(invalid)?;
        match (signing.scheme()?, &*key?) {
            (Scheme::Rsa(SignPadding::Pkcs1(md)), PublicKey::Rsa(key)) => {
                rsa_keys::recover(key, md, &signature).map(Answer::Bytes)
            }
            _ => Err(unsupported("only RSA signatures with the padding PKCS1 can be recovered")),
        }
    })
}

/// identity(undefined, public, private, user id or undefined) → the digest of who signs (SM2)
pub(super) fn identity(call: &Call<'_>) -> JsResult {
    let (public, private) = (public_arg(call, 1), private_arg(call, 2).ok());
    let id = optional_bytes(call, 3)?;
    run(call, CODES, move || {
        let public = match private {
            Some(private) => Arc::new(private.public()?),
            None => public?,
        };
        match &*public {
            PublicKey::Ec(key) if key.curve == Curve::Sm2 => {
                sm2_keys::identity(key, id.as_deref().unwrap_or(sm2_keys::DEFAULT_ID)).map(Answer::Bytes)
            }
            _ => Err(invalid("the key is no SM2 key")),
        }
    })
}

/// agree(done, private, public) → bytes
pub(super) fn agree(call: &Call<'_>) -> JsResult {
    let (private, public) = (private_arg(call, 1), public_arg(call, 2));
    run(call, CODES, move || private?.agree(&*public?).map(Answer::Bytes))
}

/// curve(undefined, name) → JSON of its parameters
pub(super) fn curve(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    run(call, CODES, move || Ok(Answer::Text(curve_facts(Curve::named(&name)?).to_string())))
}

/// point(undefined, name of the curve, bytes, whether compressed) → bytes
pub(super) fn point(call: &Call<'_>) -> JsResult {
    let (name, bytes, compress) = (text_arg(call, 1)?, bytes_arg(call, 2)?, call.arg(3).to_boolean());
    run(call, CODES, move || ec::recode(Curve::named(&name)?, &bytes, compress).map(Answer::Bytes))
}

/// group(done, bits of the prime, bits of private keys) → JSON
pub(super) fn group(call: &Call<'_>) -> JsResult {
    let bits = |index: usize| call.arg(index).as_f64().unwrap_or(0.0) as usize;
    let (prime, private) = (bits(1), bits(2));
    run(call, CODES, move || {
        let group = Group::generate(prime, private)?;
        let number = |number: &BigUint| number.to_str_radix(16);
        Ok(Answer::Text(json!({ "p": number(&group.p), "g": number(&group.g), "l": private }).to_string()))
    })
}

/// An SM2 message as the face describes it.
#[derive(Deserialize)]
struct Parts {
    x: String,
    y: String,
}

/// sm2Read(undefined, bytes) → JSON of its parts
pub(super) fn sm2_read(call: &Call<'_>) -> JsResult {
    let bytes = bytes_arg(call, 1)?;
    run(call, CODES, move || {
        let text = sm2_keys::CipherText::from_der(&bytes)?;
        let parts = json!({ "x": to_hex(&text.x), "y": to_hex(&text.y), "hash": text.hash, "data": text.data });
        Ok(Answer::Text(parts.to_string()))
    })
}

/// sm2Write(undefined, JSON of coordinates, digest, data) → bytes
pub(super) fn sm2_write(call: &Call<'_>) -> JsResult {
    let (json, hash, data) = (text_arg(call, 1)?, bytes_arg(call, 2)?, bytes_arg(call, 3)?);
    run(call, CODES, move || {
        let Parts { x, y } = serde_json::from_str(&json).map_err(invalid)?;
        let (x, y) = (from_hex(&x)?, from_hex(&y)?);
        if x.len() > 32 || y.len() > 32 || hash.len() != 32 {
            return Err(Error::Invalid("the parts have the wrong length".into()));
        }
        sm2_keys::CipherText { x, y, hash, data }.to_der().map(Answer::Bytes)
    })
}

/// pairRead(undefined, signature) → JSON of r and s
pub(super) fn pair_read(call: &Call<'_>) -> JsResult {
    let bytes = bytes_arg(call, 1)?;
    run(call, CODES, move || {
        let (r, s) = signing::read_pair(&bytes)?;
        Ok(Answer::Text(json!({ "r": to_hex(&r), "s": to_hex(&s) }).to_string()))
    })
}

/// pairWrite(undefined, r, s) → bytes
pub(super) fn pair_write(call: &Call<'_>) -> JsResult {
    let (r, s) = (text_arg(call, 1)?, text_arg(call, 2)?);
    run(call, CODES, move || signing::pair(&from_hex(&r)?, &from_hex(&s)?).map(Answer::Bytes))
}
