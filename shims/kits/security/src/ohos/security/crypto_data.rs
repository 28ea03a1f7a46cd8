//! Leaves of `@ohos.security.cryptoFramework` that work on bytes: random numbers, digests, codes, symmetric ciphers, derivation.

use std::cell::RefCell;

use concord_engine::{Call, JsResult};
use concord_runtime::face::{bytes_arg, text_arg, uint8_array};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::crypto::CODES;
use crate::core::block::Family;
use crate::core::cipher::{Cipher, Mode, Setup};
use crate::core::error::{Error, Result, invalid, operation, unsupported};
use crate::core::hash::{self, Absorb, Hash};
use crate::core::{self, kdf};
use crate::task::{Answer, run};

/// Most random bytes at once.
const MOST_RANDOM: f64 = (1u64 << 28) as f64;

/// random(done, length)
pub(super) fn random(call: &Call<'_>) -> JsResult {
    let length = call.arg(1).as_f64().unwrap_or(0.0);
    run(call, CODES, move || {
        if !(1.0..=f64::from(i32::MAX)).contains(&length) || length.fract() != 0.0 {
            return Err(invalid("the length must be a positive number"));
        }
        if length > MOST_RANDOM {
            return Err(Error::Memory);
        }
        core::random(length as usize).map(Answer::Bytes)
    })
}

/// A message on its way into a digest; nothing once it is finished.
type Absorbing = RefCell<Option<Box<dyn Absorb>>>;

fn absorbing(call: &Call<'_>, started: Result<Box<dyn Absorb>>) -> JsResult {
    let started = started.map_err(|error| CODES.exception(call.context, &error))?;
    Ok(call.context.native_object(Box::new(Absorbing::new(Some(started))), None))
}

/// hash(name)
pub(super) fn hash(call: &Call<'_>) -> JsResult {
    absorbing(call, Hash::named(&text_arg(call, 0)?).map(Hash::start))
}

/// hmac(name, key)
pub(super) fn hmac(call: &Call<'_>) -> JsResult {
    let key = Zeroizing::new(bytes_arg(call, 1)?);
    absorbing(call, Hash::named(&text_arg(call, 0)?).and_then(|hash| hash.start_hmac(&key)))
}

/// cmac(key)
pub(super) fn cmac(call: &Call<'_>) -> JsResult {
    let key = Zeroizing::new(bytes_arg(call, 0)?);
    absorbing(call, hash::start_cmac(&key))
}

/// hashSize(name)
pub(super) fn hash_size(call: &Call<'_>) -> JsResult {
    match Hash::named(&text_arg(call, 0)?) {
        Ok(hash) => Ok(call.context.number(hash.size() as f64)),
        Err(error) => Err(CODES.exception(call.context, &error)),
    }
}

fn finished(call: &Call<'_>) -> concord_engine::Exception {
    CODES.exception(call.context, &operation("the operation is not initialised or is finished"))
}

/// absorb(state, bytes)
pub(super) fn absorb(call: &Call<'_>) -> JsResult {
    let (state, bytes) = (call.arg(0), bytes_arg(call, 1)?);
    match state.native::<Absorbing>().map(|state| state.borrow_mut().as_mut().map(|state| state.update(&bytes))) {
        Some(Some(())) => Ok(call.context.undefined()),
        _ => Err(finished(call)),
    }
}

/// finish(state) → bytes
pub(super) fn finish(call: &Call<'_>) -> JsResult {
    match call.arg(0).native::<Absorbing>().and_then(|state| state.borrow_mut().take()) {
        Some(state) => Ok(uint8_array(call.context, state.finish())),
        None => Err(finished(call)),
    }
}

/// A symmetric cipher at work; nothing once it is finished.
type Working = RefCell<Option<Cipher>>;

/// cipher(family, mode, padding, encrypt, key, iv, aad, tag)
pub(super) fn cipher(call: &Call<'_>) -> JsResult {
    let (family, mode) = (text_arg(call, 0)?, text_arg(call, 1)?);
    let key = Zeroizing::new(bytes_arg(call, 4)?);
    let (iv, aad, tag) = (bytes_arg(call, 5)?, bytes_arg(call, 6)?, bytes_arg(call, 7)?);
    let (padding, encrypt) = (call.arg(2).to_boolean(), call.arg(3).to_boolean());
    let start = || {
        if family == "ChaCha20" {
            return Cipher::chacha20(&key, &iv);
        }
        let (family, mode) = (block_family(&family)?, block_mode(&mode)?);
        Cipher::start(&Setup { family, mode, padding, encrypt, key: &key, iv: &iv, aad: &aad, tag: &tag })
    };
    let started = start().map_err(|error| CODES.exception(call.context, &error))?;
    Ok(call.context.native_object(Box::new(Working::new(Some(started))), None))
}

fn block_family(name: &str) -> Result<Family> {
    Ok(match name {
        "AES" => Family::Aes,
        "SM4" => Family::Sm4,
        "DES" => Family::Des,
        "3DES" => Family::TripleDes,
        other => return Err(unsupported(format_args!("there is no cipher \"{other}\""))),
    })
}

fn block_mode(name: &str) -> Result<Mode> {
    Ok(match name {
        "ECB" => Mode::Ecb,
        "CBC" => Mode::Cbc,
        "CFB" | "CFB64" | "CFB128" => Mode::Cfb,
        "CFB8" => Mode::Cfb8,
        "CFB1" => Mode::Cfb1,
        "OFB" => Mode::Ofb,
        "CTR" => Mode::Ctr,
        "GCM" => Mode::Gcm,
        "CCM" => Mode::Ccm,
        other => return Err(unsupported(format_args!("there is no mode \"{other}\""))),
    })
}

/// cipherUpdate(cipher, bytes) → bytes
pub(super) fn cipher_update(call: &Call<'_>) -> JsResult {
    let (state, bytes) = (call.arg(0), bytes_arg(call, 1)?);
    let result =
        state.native::<Working>().and_then(|state| state.borrow_mut().as_mut().map(|cipher| cipher.update(&bytes)));
    match result {
        Some(Ok(bytes)) => Ok(uint8_array(call.context, bytes)),
        Some(Err(error)) => Err(CODES.exception(call.context, &error)),
        None => Err(finished(call)),
    }
}

/// cipherFinish(cipher, bytes) → bytes
pub(super) fn cipher_finish(call: &Call<'_>) -> JsResult {
    let bytes = bytes_arg(call, 1)?;
    match call.arg(0).native::<Working>().and_then(|state| state.borrow_mut().take()) {
        Some(cipher) => match cipher.finish(&bytes) {
            Ok(bytes) => Ok(uint8_array(call.context, bytes)),
            Err(error) => Err(CODES.exception(call.context, &error)),
        },
        None => Err(finished(call)),
    }
}

/// A derivation as the face describes it.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Derivation {
    Pbkdf2 { hash: String, iterations: u32, size: usize },
    Hkdf { hash: String, mode: String, size: usize },
    Scrypt { n: u64, r: u64, p: u64, memory: u64, size: usize },
    X963 { hash: String, size: usize },
}

/// derive(done, JSON, secret, salt, info) → bytes. With many iterations this takes as long as the app asks for; its thread ends with
/// the app.
pub(super) fn derive(call: &Call<'_>) -> JsResult {
    let json = text_arg(call, 1)?;
    let secret = Zeroizing::new(bytes_arg(call, 2)?);
    let (salt, info) = (bytes_arg(call, 3)?, bytes_arg(call, 4)?);
    run(call, CODES, move || {
        let derived = match serde_json::from_str(&json).map_err(invalid)? {
            Derivation::Pbkdf2 { hash, iterations, size } => {
                kdf::pbkdf2(Hash::named(&hash)?, &secret, &salt, iterations, size)
            }
            Derivation::Hkdf { hash, mode, size } => {
                let mode = match mode.as_str() {
                    "EXTRACT_ONLY" => kdf::HkdfMode::Extract,
                    "EXPAND_ONLY" => kdf::HkdfMode::Expand,
                    _ => kdf::HkdfMode::ExtractAndExpand,
                };
                kdf::hkdf(Hash::named(&hash)?, mode, &secret, &salt, &info, size)
            }
            Derivation::Scrypt { n, r, p, memory, size } => kdf::scrypt(&secret, &salt, (n, r, p), memory, size),
            Derivation::X963 { hash, size } => kdf::x963(Hash::named(&hash)?, &secret, &info, size),
        };
        derived.map(Answer::Bytes)
    })
}
