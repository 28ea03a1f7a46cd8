//! Signed packages: who is believed, and what is noticed.

use concord_package::{Options, Package, Signature, Trust};
use std::path::{Path, PathBuf};

/// `tests/fixtures/make-signed.py` makes it.
fn signed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/signed.hap")
}

fn open(path: &Path, require_trusted: bool) -> Result<Package, String> {
    Package::open(path, &Options { require_trusted, ..Options::default() }).map_err(|e| e.to_string())
}

#[test]
fn a_right_signature_of_an_unknown_signer() {
    let package = open(&signed(), false).unwrap();
    let Signature::Signed(signature) = package.signature() else { panic!("not signed") };
    assert_eq!(signature.signer, "Test App");
    assert_eq!(signature.trust, Trust::Unknown("the chain ends at `Test Root`".to_owned()));
    assert_eq!(signature.profile.as_ref().unwrap().bundle_info.bundle_name, "dev.concord.signed");
    assert!(signature.warnings.is_empty(), "{:?}", signature.warnings);

    let error = open(&signed(), true).unwrap_err();
    assert!(error.contains("`Test App`, which is not trusted"), "{error}");
}

#[test]
fn changed_bytes_are_noticed() {
    let good = std::fs::read(signed()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("changed.hap");
    let mut unnoticed = Vec::new();
    // Every seventh byte: the block has no structure of that period.
    for at in (0..good.len()).step_by(7) {
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        std::fs::write(&path, &bad).unwrap();
        if let Ok(package) = open(&path, false)
            && let Signature::Signed(signature) = package.signature()
            && matches!(&signature.trust, Trust::Unknown(why) if why == "the chain ends at `Test Root`")
            && signature.warnings.is_empty()
        {
            unnoticed.push(at);
        }
    }
    // In the PKCS#7 message some fields say what is said elsewhere too. What is signed may not change unnoticed.
    let find = |bytes: &[u8]| good.windows(bytes.len()).rposition(|w| w == bytes).unwrap();
    let block = find(b"signed by a test") + 17..find(b"<hap sign block>") + 20;
    assert!(unnoticed.iter().all(|at| block.contains(at)), "{unnoticed:?}");
    assert!(unnoticed.len() * 7 * 10 < good.len(), "{unnoticed:?}");
}

#[test]
fn unsigned_packages_are_refused_only_when_trust_is_required() {
    let folder = tempfile::tempdir().unwrap();
    let module = r#"{"app":{"bundleName":"a.b"},"module":{"name":"entry","type":"entry"}}"#;
    std::fs::write(folder.path().join("module.json"), module).unwrap();
    assert!(matches!(open(folder.path(), false).unwrap().signature(), Signature::Unsigned));
    assert!(open(folder.path(), true).unwrap_err().contains("is not signed"));
}

/// Signed packages of others, in the folder that `CONCORD_SIGNED_PACKAGES` names: all are trusted.
#[test]
fn packages_of_others() {
    let Some(folder) = std::env::var_os("CONCORD_SIGNED_PACKAGES") else {
        eprintln!("skipped: CONCORD_SIGNED_PACKAGES names no folder with signed packages");
        return;
    };
    let mut seen = 0;
    for item in std::fs::read_dir(folder).unwrap() {
        let package = open(&item.unwrap().path(), true).unwrap();
        let Signature::Signed(signature) = package.signature() else { panic!("not signed") };
        assert!(matches!(signature.trust, Trust::Known(_)), "{signature:?}");
        seen += 1;
    }
    assert!(seen > 0, "the folder is empty");
}
