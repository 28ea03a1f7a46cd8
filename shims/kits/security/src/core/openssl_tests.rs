//! What we make, `openssl` understands, and the other way round. Skipped where there is no `openssl`.

use std::path::PathBuf;
use std::process::Command;

use super::block::Family;
use super::cipher::{Cipher, Mode, Setup};
use super::ec::Curve;
use super::encoding::{self, to_hex};
use super::hash::Hash;
use super::key::{Kind, PrivateKey, PublicKey};
use super::rsa::{Padding, SALT_DIGEST, SignPadding};
use super::sign::{self as signing, Scheme};
use super::{pem, random, rsa, sm2};

/// A folder to work in, and the program.
pub(crate) struct OpenSsl(tempfile::TempDir);

impl OpenSsl {
    pub(crate) fn find() -> Option<OpenSsl> {
        let works = Command::new("openssl").arg("version").output().is_ok_and(|output| output.status.success());
        if !works {
            eprintln!("skipped: openssl is not installed (scripts/setup --tests)");
            return None;
        }
        Some(OpenSsl(tempfile::tempdir().unwrap()))
    }

    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// A file of the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs it in the folder; what it wrote, and whether it succeeded.
    fn try_run(&self, command: &str) -> (bool, Vec<u8>) {
        let output = Command::new("openssl").args(command.split(' ')).current_dir(self.0.path()).output().unwrap();
        (output.status.success(), output.stdout)
    }

    pub(crate) fn run(&self, command: &str) -> Vec<u8> {
        let (succeeded, output) = self.try_run(command);
        assert!(succeeded, "openssl {command}");
        output
    }

    fn private(&self, command: &str) -> PrivateKey {
        pem::read_private(&String::from_utf8(self.run(command)).unwrap(), None).unwrap()
    }
}

#[test]
fn symmetric_modes() {
    let Some(openssl) = OpenSsl::find() else { return };
    let cases = [
        ("aes-192-cbc", Family::Aes, Mode::Cbc, 24, 16),
        ("aes-256-cfb1", Family::Aes, Mode::Cfb1, 32, 16),
        ("aes-256-cfb8", Family::Aes, Mode::Cfb8, 32, 16),
        ("sm4-cbc", Family::Sm4, Mode::Cbc, 16, 16),
        ("sm4-ctr", Family::Sm4, Mode::Ctr, 16, 16),
        ("sm4-ofb", Family::Sm4, Mode::Ofb, 16, 16),
        ("sm4-cfb", Family::Sm4, Mode::Cfb, 16, 16),
        ("des-ede3-cbc", Family::TripleDes, Mode::Cbc, 24, 8),
        ("des-ede3-ofb", Family::TripleDes, Mode::Ofb, 24, 8),
        ("des-ede3-cfb", Family::TripleDes, Mode::Cfb, 24, 8),
        ("des-ede3-cfb8", Family::TripleDes, Mode::Cfb8, 24, 8),
    ];
    let plain = random(1000).unwrap();
    openssl.file("plain", &plain);
    for (name, family, mode, key, iv) in cases {
        let (key, iv) = (random(key).unwrap(), random(iv).unwrap());
        let expected = openssl.run(&format!("enc -{name} -K {} -iv {} -in plain", to_hex(&key), to_hex(&iv)));
        let setup =
            Setup { family, mode, padding: mode == Mode::Cbc, encrypt: true, key: &key, iv: &iv, aad: &[], tag: &[] };
        assert_eq!(Cipher::start(&setup).unwrap().finish(&plain).unwrap(), expected, "{name}");
    }
    let (key, iv) = (random(32).unwrap(), random(16).unwrap());
    let expected = openssl.run(&format!("enc -chacha20 -K {} -iv {} -in plain", to_hex(&key), to_hex(&iv)));
    assert_eq!(Cipher::chacha20(&key, &iv).unwrap().finish(&plain).unwrap(), expected);
}

/// Keys of every kind survive every form, ours and theirs.
#[test]
fn forms_of_keys() {
    let Some(openssl) = OpenSsl::find() else { return };
    let kinds = [
        "RSA1024",
        "RSA1024|PRIMES_3",
        "ECC224",
        "ECC256",
        "ECC384",
        "ECC521",
        "ECC_Secp256k1",
        "SM2_256",
        "Ed25519",
        "X25519",
        "DH_ffdhe2048",
        "DSA1024",
    ];
    for kind in kinds {
        let key = Kind::parse(kind).unwrap().generate().unwrap();
        let public = key.public().unwrap();
        openssl.file("key.der", encoding::pkcs8(&key).unwrap());
        let theirs = openssl.run("pkey -inform DER -in key.der -pubout -outform DER");
        assert_eq!(encoding::read_public(&theirs).unwrap(), public, "{kind}");
        assert_eq!(encoding::read_public(&encoding::spki(&public).unwrap()).unwrap(), public, "{kind}");
        let again = openssl.run("pkey -inform DER -in key.der");
        let again = pem::read_private(&String::from_utf8(again).unwrap(), None).unwrap();
        assert_eq!(again.public().unwrap(), public, "{kind}");
        for cipher in ["AES-128-CBC", "AES-192-CBC", "AES-256-CBC", "DES-EDE3-CBC"] {
            let text = pem::private_text(&key, "PKCS8", Some(("secret", cipher))).unwrap();
            openssl.file("encrypted.pem", &text);
            openssl.run("pkey -in encrypted.pem -passin pass:secret");
            assert!(pem::read_private(&text, Some("wrong")).is_err(), "{kind}");
            assert_eq!(pem::read_private(&text, Some("secret")).unwrap().public().unwrap(), public, "{kind}");
        }
        let text = String::from_utf8(openssl.run("pkey -inform DER -in key.der -aes256 -passout pass:secret")).unwrap();
        assert_eq!(pem::read_private(&text, Some("secret")).unwrap().public().unwrap(), public, "{kind}");
    }
}

#[test]
fn older_forms_of_keys() {
    let Some(openssl) = OpenSsl::find() else { return };
    let key = Kind::parse("RSA1024").unwrap().generate().unwrap();
    let public = key.public().unwrap();
    let text = pem::private_text(&key, "PKCS1", Some(("secret", "AES-256-CBC"))).unwrap();
    openssl.file("key.pem", &text);
    openssl.run("rsa -in key.pem -passin pass:secret -noout");
    let theirs =
        String::from_utf8(openssl.run("rsa -in key.pem -passin pass:secret -traditional -aes128 -passout pass:other"))
            .unwrap();
    assert_eq!(pem::read_private(&theirs, Some("other")).unwrap().public().unwrap(), public);
    assert!(pem::read_private(&theirs, None).is_err());
    openssl.file("public.pem", pem::public_text(&public, "PKCS1").unwrap());
    openssl.run("rsa -RSAPublicKey_in -in public.pem -noout");
    let theirs = openssl.private("ecparam -name prime256v1 -genkey -noout");
    assert!(matches!(theirs.public().unwrap(), PublicKey::Ec(key) if key.curve == Curve::P256));
}

fn scheme_cases() -> Vec<(&'static str, Scheme, Option<Hash>, String)> {
    let pss = |digest, mgf| Scheme::Rsa(SignPadding::Pss { digest, mgf, salt: SALT_DIGEST });
    let options = |digest: &str, mgf: &str| {
        format!("-{digest} -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest -sigopt rsa_mgf1_md:{mgf}")
    };
    vec![
        ("RSA1024", Scheme::Rsa(SignPadding::Pkcs1(Some(Hash::Sha256))), Some(Hash::Sha256), "-sha256".into()),
        ("RSA1024", Scheme::Rsa(SignPadding::Pkcs1(Some(Hash::Md5))), Some(Hash::Md5), "-md5".into()),
        ("RSA1024", pss(Hash::Sha256, Hash::Sha256), Some(Hash::Sha256), options("sha256", "sha256")),
        ("RSA1024", pss(Hash::Sha384, Hash::Sha1), Some(Hash::Sha384), options("sha384", "sha1")),
        ("ECC224", Scheme::Dsa, Some(Hash::Sha512), "-sha512".into()),
        ("ECC256", Scheme::Dsa, Some(Hash::Sha256), "-sha256".into()),
        ("ECC384", Scheme::Dsa, Some(Hash::Sha1), "-sha1".into()),
        ("ECC521", Scheme::Dsa, Some(Hash::Sha1), "-sha1".into()),
        ("ECC521", Scheme::Dsa, Some(Hash::Sha512), "-sha512".into()),
        ("ECC_Secp256k1", Scheme::Dsa, Some(Hash::Sha256), "-sha256".into()),
        ("DSA1024", Scheme::Dsa, Some(Hash::Sha224), "-sha224".into()),
    ]
}

#[test]
fn signatures() {
    let Some(openssl) = OpenSsl::find() else { return };
    let message = b"what is signed";
    openssl.file("message", message);
    for (kind, scheme, hash, options) in scheme_cases() {
        let key = Kind::parse(kind).unwrap().generate().unwrap();
        let public = key.public().unwrap();
        let digest = hash.map_or(message.to_vec(), |hash| hash.of(&[message]));
        openssl.file("key.pem", pem::private_text(&key, "PKCS8", None).unwrap());
        openssl.file("public.pem", pem::public_text(&public, "X509").unwrap());
        openssl.file("signature", signing::sign(&key, scheme, &digest).unwrap());
        openssl.run(&format!("dgst {options} -verify public.pem -signature signature message"));
        let mut theirs = openssl.run(&format!("dgst {options} -sign key.pem message"));
        assert!(signing::verify(&public, scheme, &digest, &theirs).unwrap(), "{kind} {scheme:?}");
        assert!(
            !signing::verify(&public, scheme, &Hash::Sm3.of(&[b"other"])[..digest.len().min(32)], &theirs)
                .unwrap_or(false)
        );
        if let Some(last) = theirs.last_mut() {
            *last ^= 1;
        }
        assert!(!signing::verify(&public, scheme, &digest, &theirs).unwrap(), "{kind} {scheme:?}");
        assert!(!signing::verify(&public, scheme, &digest, &[]).unwrap(), "{kind} {scheme:?}");
    }
}

#[test]
fn signatures_of_ed25519_and_sm2() {
    let Some(openssl) = OpenSsl::find() else { return };
    let message = b"what is signed";
    openssl.file("message", message);
    let key = Kind::Ed25519.generate().unwrap();
    openssl.file("public.pem", pem::public_text(&key.public().unwrap(), "X509").unwrap());
    openssl.file("signature", signing::sign(&key, Scheme::Ed25519, message).unwrap());
    openssl.run("pkeyutl -verify -pubin -inkey public.pem -rawin -in message -sigfile signature");

    let key = Kind::Ec(Curve::Sm2).generate().unwrap();
    let PublicKey::Ec(public) = key.public().unwrap() else { panic!("another key") };
    let digest = Hash::Sm3.of(&[&sm2::identity(&public, b"somebody").unwrap(), message]);
    openssl.file("key.pem", pem::private_text(&key, "PKCS8", None).unwrap());
    openssl.file("public.pem", pem::public_text(&key.public().unwrap(), "X509").unwrap());
    openssl.file("signature", signing::sign(&key, Scheme::Sm2, &digest).unwrap());
    openssl.run("dgst -sm3 -sigopt distid:somebody -verify public.pem -signature signature message");
    let theirs = openssl.run("dgst -sm3 -sigopt distid:somebody -sign key.pem message");
    assert!(signing::verify(&key.public().unwrap(), Scheme::Sm2, &digest, &theirs).unwrap());
}

#[test]
fn encryption() {
    let Some(openssl) = OpenSsl::find() else { return };
    let message = b"what is hidden";
    openssl.file("message", message);
    let key = Kind::Rsa { bits: 1024, primes: 2 }.generate().unwrap();
    openssl.file("key.pem", pem::private_text(&key, "PKCS8", None).unwrap());
    openssl.file("public.pem", pem::public_text(&key.public().unwrap(), "X509").unwrap());
    let (PrivateKey::Rsa(private), PublicKey::Rsa(public)) = (&key, key.public().unwrap()) else {
        panic!("another key")
    };
    let cases = [
        (Padding::Pkcs1, "-pkeyopt rsa_padding_mode:pkcs1".to_owned()),
        (
            Padding::Oaep { digest: Hash::Sha256, mgf: Hash::Sha1, label: b"label".to_vec() },
            format!(
                "-pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha1 -pkeyopt rsa_oaep_label:{}",
                to_hex(b"label")
            ),
        ),
    ];
    for (padding, options) in cases {
        openssl.file("hidden", rsa::encrypt(&public, &padding, message).unwrap());
        assert_eq!(openssl.run(&format!("pkeyutl -decrypt -inkey key.pem -in hidden {options}")), message);
        let mut theirs = openssl.run(&format!("pkeyutl -encrypt -pubin -inkey public.pem -in message {options}"));
        assert_eq!(rsa::decrypt(private, &padding, &theirs).unwrap(), message);
        theirs[40] ^= 1;
        assert!(rsa::decrypt(private, &padding, &theirs).is_err());
        assert!(rsa::encrypt(&public, &padding, &[0; 128]).is_err());
    }

    let key = Kind::Ec(Curve::Sm2).generate().unwrap();
    openssl.file("key.pem", pem::private_text(&key, "PKCS8", None).unwrap());
    openssl.file("public.pem", pem::public_text(&key.public().unwrap(), "X509").unwrap());
    let (PrivateKey::Ec(private), PublicKey::Ec(public)) = (&key, key.public().unwrap()) else { panic!("another key") };
    openssl.file("hidden", sm2::encrypt(&public, Hash::Sm3, message).unwrap().to_der().unwrap());
    assert_eq!(openssl.run("pkeyutl -decrypt -inkey key.pem -in hidden"), message);
    let theirs = openssl.run("pkeyutl -encrypt -pubin -inkey public.pem -in message");
    assert_eq!(sm2::decrypt(private, Hash::Sm3, &sm2::CipherText::from_der(&theirs).unwrap()).unwrap(), message);
}

#[test]
fn agreement() {
    let Some(openssl) = OpenSsl::find() else { return };
    for kind in ["ECC224", "ECC256", "ECC384", "ECC521", "ECC_Secp256k1", "X25519", "DH_modp1536", "DH_ffdhe2048"] {
        let kind = Kind::parse(kind).unwrap();
        let (ours, theirs) = (kind.generate().unwrap(), kind.generate().unwrap());
        openssl.file("theirs.pem", pem::private_text(&theirs, "PKCS8", None).unwrap());
        openssl.file("ours.pem", pem::public_text(&ours.public().unwrap(), "X509").unwrap());
        let secret = openssl.run("pkeyutl -derive -inkey theirs.pem -peerkey ours.pem");
        assert_eq!(ours.agree(&theirs.public().unwrap()).unwrap(), secret, "{kind:?}");
    }
}

#[test]
fn recovers_what_is_signed() {
    let Some(openssl) = OpenSsl::find() else { return };
    let key = Kind::Rsa { bits: 1024, primes: 2 }.generate().unwrap();
    openssl.file("key.pem", pem::private_text(&key, "PKCS8", None).unwrap());
    openssl.file("message", b"plain");
    let signature = openssl.run("pkeyutl -sign -inkey key.pem -in message");
    let PublicKey::Rsa(public) = key.public().unwrap() else { panic!("another key") };
    assert_eq!(rsa::recover(&public, None, &signature).unwrap(), b"plain");
    assert!(rsa::recover(&public, Some(Hash::Sha256), &signature).is_err());
}
