//! Published vectors: NIST SP 800-38A/C/D, RFC 4493, 5869, 7914, 6070 and the examples of GB/T 32905 to 32918.

use super::block::Family;
use super::cipher::{Cipher, Mode, Setup};
use super::encoding::{from_hex, to_hex};
use super::error::Error;
use super::hash::{self, Hash};
use super::kdf::{self, HkdfMode};

fn hex(text: &str) -> Vec<u8> {
    from_hex(&text.replace(' ', "")).unwrap()
}

const KEY: &str = "2b7e151628aed2a6abf7158809cf4f3c";
const IV: &str = "000102030405060708090a0b0c0d0e0f";
const TEXT: &str = "6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51";

fn setup<'a>(mode: Mode, encrypt: bool, key: &'a [u8], iv: &'a [u8], aad: &'a [u8], tag: &'a [u8]) -> Setup<'a> {
    Setup { family: Family::Aes, mode, padding: false, encrypt, key, iv, aad, tag }
}

/// Encrypts in pieces of every size, decrypts in others.
fn both_ways(mode: Mode, key: &str, iv: &str, plain: &str, expected: &str) {
    let (key, iv, plain) = (hex(key), hex(iv), hex(plain));
    for step in [1, 5, 16, 17, 1000] {
        let mut cipher = Cipher::start(&setup(mode, true, &key, &iv, &[], &[])).unwrap();
        let mut out: Vec<u8> = plain.chunks(step).flat_map(|part| cipher.update(part).unwrap()).collect();
        out.extend(cipher.finish(&[]).unwrap());
        assert_eq!(to_hex(&out), expected.replace(' ', ""), "{mode:?} in steps of {step}");
        let mut cipher = Cipher::start(&setup(mode, false, &key, &iv, &[], &[])).unwrap();
        let mut back: Vec<u8> = out.chunks(step).flat_map(|part| cipher.update(part).unwrap()).collect();
        back.extend(cipher.finish(&[]).unwrap());
        assert_eq!(back, plain, "{mode:?} in steps of {step}");
    }
}

#[test]
fn modes_of_sp_800_38a() {
    both_ways(Mode::Ecb, KEY, "", TEXT, "3ad77bb40d7a3660a89ecaf32466ef97 f5d3d58503b9699de785895a96fdbaaf");
    both_ways(Mode::Cbc, KEY, IV, TEXT, "7649abac8119b246cee98e9b12e9197d 5086cb9b507219ee95db113a917678b2");
    both_ways(Mode::Cfb, KEY, IV, TEXT, "3b3fd92eb72dad20333449f8e83cfb4a c8a64537a0b3a93fcde3cdad9f1ce58b");
    both_ways(Mode::Cfb8, KEY, IV, "6bc1bee22e409f96e93d7e117393172aae2d", "3b79424c9c0dd436bace9e0ed4586a4f32b9");
    both_ways(Mode::Cfb1, KEY, IV, "6bc1", "68b3");
    both_ways(Mode::Ofb, KEY, IV, TEXT, "3b3fd92eb72dad20333449f8e83cfb4a 7789508d16918f03f53c52dac54ed825");
    let counter = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
    both_ways(Mode::Ctr, KEY, counter, TEXT, "874d6191b620e3261bef6864990db6ce 9806f66b7970fdff8617187bb9fffdff");
}

#[test]
fn gcm_of_sp_800_38d() {
    let key = hex("feffe9928665731c6d6a8f9467308308");
    let plain = hex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
    );
    let aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let long = "9313225df88406e555909c5aff5269aa6a7a9538534f7da1e4c303d2a318a728c3c0c95156809539fcf0e2429a6b525416aedbf5a0de6a57a637b39b";
    let cases = [
        ("cafebabefacedbaddecaf888", "42831ec2217774244b7221b784d0d49c", "5bc94fbc3221a5db94fae95ae7121a47"),
        ("cafebabefacedbad", "61353b4c2806934a777ff51fa22a4755", "3612d2e79e3b0785561be14aaca2fccb"),
        (long, "8ce24998625615b603a033aca13fb894", "619cc5aefffe0bfa462af43c1699d050"),
    ];
    for (iv, start, tag) in cases {
        let iv = hex(iv);
        let mut cipher = Cipher::start(&setup(Mode::Gcm, true, &key, &iv, &aad, &[])).unwrap();
        let mut sealed: Vec<u8> = plain.chunks(7).flat_map(|part| cipher.update(part).unwrap()).collect();
        let found = cipher.finish(&[]).unwrap();
        assert_eq!((to_hex(&sealed[..16]), to_hex(&found)), (start.to_owned(), tag.to_owned()));
        let open = |sealed: &[u8], tag: &[u8]| {
            Cipher::start(&setup(Mode::Gcm, false, &key, &iv, &aad, tag)).unwrap().finish(sealed)
        };
        assert_eq!(open(&sealed, &found).unwrap(), plain);
        sealed[20] ^= 1;
        assert!(matches!(open(&sealed, &found), Err(Error::Operation(_))));
    }
}

#[test]
fn ccm_of_sp_800_38c() {
    let key = hex("404142434445464748494a4b4c4d4e4f");
    let cases = [
        ("10111213141516", "0001020304050607", "20212223", "7162015b", "4dac255d"),
        (
            "1011121314151617",
            "000102030405060708090a0b0c0d0e0f",
            "202122232425262728292a2b2c2d2e2f",
            "d2a1f0e051ea5f62081a7792073d593d",
            "1fc64fbfaccd",
        ),
    ];
    for (nonce, aad, plain, sealed, tag) in cases {
        let (nonce, aad, plain, tag) = (hex(nonce), hex(aad), hex(plain), hex(tag));
        let cipher = Cipher::start(&setup(Mode::Ccm, true, &key, &nonce, &aad, &vec![0; tag.len()])).unwrap();
        let out = cipher.finish(&plain).unwrap();
        assert_eq!(to_hex(&out), format!("{sealed}{}", to_hex(&tag)));
        let open =
            |tag: &[u8]| Cipher::start(&setup(Mode::Ccm, false, &key, &nonce, &aad, tag)).unwrap().finish(&hex(sealed));
        assert_eq!(open(&tag).unwrap(), plain);
        assert!(open(&vec![1; tag.len()]).is_err());
    }
}

#[test]
fn padding_is_checked() {
    let (key, iv) = (hex(KEY), hex(IV));
    let run = |encrypt: bool, data: &[u8]| {
        let mut setup = setup(Mode::Cbc, encrypt, &key, &iv, &[], &[]);
        setup.padding = true;
        Cipher::start(&setup).unwrap().finish(data)
    };
    for length in 0..40 {
        let sealed = run(true, &vec![7; length]).unwrap();
        assert_eq!(sealed.len(), length / 16 * 16 + 16);
        assert_eq!(run(false, &sealed).unwrap(), vec![7; length]);
    }
    assert!(run(false, &[]).is_err());
    assert!(run(false, &[0; 15]).is_err());
    assert!(run(false, &[0; 16]).is_err());
}

#[test]
fn wrong_keys_and_ivs_are_refused() {
    for length in [0, 1, 15, 17, 33] {
        assert!(matches!(
            Cipher::start(&setup(Mode::Ecb, true, &vec![0; length], &[], &[], &[])),
            Err(Error::Invalid(_))
        ));
        assert!(matches!(
            Cipher::start(&setup(Mode::Cbc, true, &[0; 16], &vec![0; length], &[], &[])),
            Err(Error::Invalid(_))
        ));
    }
    for tag in [1, 3, 17] {
        assert!(Cipher::start(&setup(Mode::Gcm, false, &[0; 16], &[0; 12], &[], &vec![0; tag])).is_err());
        assert!(Cipher::start(&setup(Mode::Ccm, false, &[0; 16], &[0; 7], &[], &vec![0; tag])).is_err());
    }
}

#[test]
fn digests_and_codes() {
    let of = |hash: Hash| to_hex(&hash.of(&[b"a", b"bc"]));
    assert_eq!(of(Hash::Md5), "900150983cd24fb0d6963f7d28e17f72");
    assert_eq!(of(Hash::Sm3), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assert_eq!(of(Hash::Sha3x256), "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532");
    assert_eq!(of(Hash::Sha224), "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7");
    let mut mac = hash::start_cmac(&hex(KEY)).unwrap();
    mac.update(&hex("6bc1bee22e409f96e93d7e117393172a"));
    assert_eq!(to_hex(&mac.finish()), "070a16b46b4d4144f79bdd9dd04a287c");
    let mac = Hash::Sha256.hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"]).unwrap();
    assert_eq!(to_hex(&mac), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

#[test]
fn derivations() {
    let key = kdf::pbkdf2(Hash::Sha1, b"password", b"salt", 4096, 20).unwrap();
    assert_eq!(to_hex(&key), "4b007901b765489abead49d926f721d065a429c1");
    let key = kdf::scrypt(b"password", b"NaCl", (1024, 8, 16), 1 << 26, 64).unwrap();
    assert_eq!(to_hex(&key[..16]), "fdbabe1c9d3472007856e7190d01e9fe");
    let (ikm, salt, info) = (vec![0x0b; 22], hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"));
    let prk = kdf::hkdf(Hash::Sha256, HkdfMode::Extract, &ikm, &salt, &[], 32).unwrap();
    assert_eq!(to_hex(&prk), "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5");
    let okm = kdf::hkdf(Hash::Sha256, HkdfMode::Expand, &prk, &[], &info, 42).unwrap();
    assert_eq!(okm, kdf::hkdf(Hash::Sha256, HkdfMode::ExtractAndExpand, &ikm, &salt, &info, 42).unwrap());
    // NIST CAVS of ANSI X9.63, SHA-256.
    let key = kdf::x963(Hash::Sha256, &hex("96c05619d56c328ab95fe84b18264b08725b85e33fd34f08"), &[], 16).unwrap();
    assert_eq!(to_hex(&key), "443024c3dae66b95e6f5670601558f71");
}

#[test]
fn costs_of_guests_are_limited() {
    assert_eq!(
        kdf::scrypt(b"", b"", (1 << 40, 8, 1), u64::MAX, 32),
        Err(Error::Operation("scrypt needs more memory than is allowed".into()))
    );
    assert!(kdf::scrypt(b"", b"", (1 << 14, 8, 1), 1 << 20, 32).is_err());
    assert!(kdf::scrypt(b"", b"", (3, 8, 1), 1 << 20, 32).is_err());
    assert_eq!(kdf::pbkdf2(Hash::Sha256, b"", b"", 1, usize::MAX), Err(Error::Memory));
    assert!(super::rsa::public(&vec![0xff; 2049], &[1, 0, 1]).is_err());
}
