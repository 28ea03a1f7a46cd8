//! `@ohos.security.cryptoFramework`: what it is made of. `crypto_data` has digests, ciphers and derivation, `crypto_keys` keys and
//! signatures. The first argument of a leaf that may take its time is the function to tell, or undefined (see `task`).

use concord_runtime::FaceModule;
use concord_runtime::face::{full, partial};

use super::{crypto_data as data, crypto_keys as keys};
use crate::task::Codes;

/// Codes of this module.
pub(crate) const CODES: Codes = Codes { memory: 17_620_001, operation: 17_630_001 };

pub(crate) const MODULE: FaceModule = FaceModule {
    request: "@ohos:security.cryptoFramework",
    source: include_str!("cryptoFramework.js"),
    natives: &[
        ("random", data::random),
        ("hash", data::hash),
        ("hmac", data::hmac),
        ("cmac", data::cmac),
        ("absorb", data::absorb),
        ("finish", data::finish),
        ("hashSize", data::hash_size),
        ("cipher", data::cipher),
        ("cipherUpdate", data::cipher_update),
        ("cipherFinish", data::cipher_finish),
        ("derive", data::derive),
        ("checkKind", keys::check_kind),
        ("generate", keys::generate),
        ("fromNumbers", keys::from_numbers),
        ("numbers", keys::numbers),
        ("convert", keys::convert),
        ("convertText", keys::convert_text),
        ("publicBytes", keys::public_bytes),
        ("privateBytes", keys::private_bytes),
        ("publicText", keys::public_text),
        ("privateText", keys::private_text),
        ("publicOf", keys::public_of),
        ("encrypt", keys::encrypt),
        ("decrypt", keys::decrypt),
        ("sign", keys::sign),
        ("verify", keys::verify),
        ("recover", keys::recover),
        ("identity", keys::identity),
        ("agree", keys::agree),
        ("curve", keys::curve),
        ("point", keys::point),
        ("group", keys::group),
        ("sm2Read", keys::sm2_read),
        ("sm2Write", keys::sm2_write),
        ("pairRead", keys::pair_read),
        ("pairWrite", keys::pair_write),
    ],
    apis: &[
        full("*"),
        partial("cryptoFramework.createAsyKeyGenerator", "no Brainpool curves, no ML-DSA, no ML-KEM"),
        partial(
            "cryptoFramework.createAsyKeyGeneratorBySpec",
            "curves only by the parameters of a known one; no Brainpool",
        ),
        partial("cryptoFramework.createSymKeyGenerator", "no RC2, RC4, Blowfish, CAST"),
        partial(
            "cryptoFramework.createCipher",
            "no XTS, no key wrapping, no ChaCha20 with Poly1305, RC2, RC4, Blowfish, CAST",
        ),
        partial("cryptoFramework.ECCKeyUtil", "no Brainpool curves"),
        partial("cryptoFramework.Random.setSeed", "seeds are not mixed in: the kernel's random numbers are used"),
        partial("cryptoFramework.PriKey.getKeyData", "not ML-DSA, ML-KEM"),
        partial("cryptoFramework.PriKey.getKeyDataSync", "not ML-DSA, ML-KEM"),
        partial("cryptoFramework.PubKey.getKeyData", "not ML-DSA, ML-KEM"),
        partial("cryptoFramework.PubKey.getKeyDataSync", "not ML-DSA, ML-KEM"),
        concord_runtime::face::stub("cryptoFramework.createKem"),
        concord_runtime::face::stub("cryptoFramework.Kem"),
    ],
};
