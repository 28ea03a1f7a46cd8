//! Packages that cannot run, and what is said about them.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use concord_package::{Options, Package, PackageSet, info};
use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

const MODULE: &str =
    r#"{"app":{"bundleName":"a.b"},"module":{"name":"entry","type":"entry","pages":"$profile:main_pages"}}"#;

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn refusal(entries: &[(&str, &[u8])]) -> String {
    Package::from_bytes(Path::new("x.hap"), zip(entries), &Options::default()).unwrap_err().to_string()
}

/// A header of an abc of a version.
fn abc(version: [u8; 4]) -> Vec<u8> {
    let mut bytes = b"PANDA\0\0\0\0\0\0\0".to_vec();
    bytes.extend(version);
    bytes.resize(60, 0);
    bytes
}

#[test]
fn other_kinds_of_packages_are_named() {
    let fa = br#"{"app":{"bundleName":"a.b","apiVersion":{"compatible":8}},"module":{}}"#;
    for (entries, what) in [
        (vec![("config.json", &fa[..])], "FA model"),
        (vec![("config.json", &fa[..]), ("classes.dex", b"dex")], "Java package"),
        (vec![("AndroidManifest.xml", b"x"), ("classes.dex", b"dex")], "Java package"),
        (vec![("AndroidManifest.xml", b"x")], "Android package"),
        (vec![("entry.hap", b"PK"), ("pack.info", b"{}")], "it is an .app"),
        (vec![("oh-package.json5", b"{}")], "library (.har)"),
        (vec![("readme.txt", b"hello")], "no module.json"),
        (vec![("module.json", b"{")], "module.json: not valid JSON"),
        (vec![("module.json", b"{}")], "module.json: `app` is missing"),
        (
            vec![("module.json", br#"{"app":{"bundleName":"a"},"module":{"name":"m","arkTSMode":"static"}}"#)],
            "ArkTS-static",
        ),
        (vec![("module.json", MODULE.as_bytes()), ("pkgContextInfo.json", b"[]")], "pkgContextInfo.json"),
    ] {
        let error = refusal(&entries);
        assert!(error.starts_with("x.hap: ") && error.contains(what), "{what}: {error}");
    }
}

#[test]
fn code_that_cannot_run_is_named() {
    let encrypted = [0x5a; 100];
    let static_code = abc([0, 1, 0, 7]);
    for (code, what) in
        [(&encrypted[..], "encrypted by the app store"), (&[], "is empty"), (&static_code, "ArkTS-static")]
    {
        let bytes = zip(&[("module.json", MODULE.as_bytes()), ("ets/modules.abc", code)]);
        let package = Package::from_bytes(Path::new("x.hap"), bytes, &Options::default()).unwrap();
        let error = package.abc().unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
    let old = zip(&[("module.json", MODULE.as_bytes()), ("ets/modules.abc", &abc([0, 0, 0, 2]))]);
    assert!(Package::from_bytes(Path::new("x.hap"), old, &Options::default()).unwrap().abc().unwrap().is_some());
}

#[test]
fn single_files_that_are_no_packages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    for (bytes, what) in [
        (abc([12, 0, 6, 0]), "concord ark run"),
        (b"hello, world, this is text".to_vec(), "not a package"),
        (Vec::new(), "empty"),
    ] {
        fs::write(&path, bytes).unwrap();
        let error = Package::open(&path, &Options::default()).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
    let error = Package::open(&folder.path().join("absent"), &Options::default()).unwrap_err().to_string();
    assert!(error.contains("No such file") && error.contains("give the path"), "{error}");
    assert!(Package::open(Path::new("/dev/null"), &Options::default()).unwrap_err().to_string().contains("neither"));
    assert!(PackageSet::open(&[], &Options::default()).unwrap_err().to_string().contains("at least one"));
}

#[test]
fn folders_keep_to_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("package");
    fs::create_dir_all(root.join("resources/rawfile/sub")).unwrap();
    fs::create_dir_all(root.join("resources/base/profile")).unwrap();
    fs::write(root.join("module.json"), MODULE).unwrap();
    fs::write(root.join("resources/rawfile/a.txt"), "a").unwrap();
    fs::write(root.join("resources/rawfile/sub/b.txt"), "b").unwrap();
    fs::write(root.join("resources/base/profile/main_pages.json"), r#"{"src":["pages/A","pages/B"]}"#).unwrap();
    std::os::unix::fs::symlink("a.txt", root.join("resources/rawfile/link")).unwrap();
    let package = Package::open(&root, &Options::default()).unwrap();
    assert_eq!(package.pages().unwrap(), ["pages/A", "pages/B"]);
    assert_eq!(package.raw_files(""), ["a.txt", "link", "sub"]);
    assert_eq!(package.raw_files("sub/"), ["b.txt"]);
    assert_eq!(&*package.raw_file("link").unwrap().unwrap(), b"a");
    assert_eq!(package.raw_file("../../module.json").unwrap().map(|b| b.len()), None);

    std::os::unix::fs::symlink("/etc/passwd", root.join("resources/rawfile/leak")).unwrap();
    let error = Package::open(&root, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("outside the package"), "{error}");
    fs::remove_file(root.join("resources/rawfile/leak")).unwrap();
    std::os::unix::fs::symlink(".", root.join("resources/rawfile/circle")).unwrap();
    let error = Package::open(&root, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("circle"), "{error}");
}

#[test]
fn apps_hold_packages_for_devices() {
    let hap = |module: &str, device: &str| {
        let text = format!(
            r#"{{"app":{{"bundleName":"a.b","versionCode":1}},"module":{{"name":"{module}","type":"entry","deviceTypes":["{device}"]}}}}"#
        );
        zip(&[("module.json", text.as_bytes())])
    };
    let (phone, tv, feature) = (hap("entry", "phone"), hap("entry", "tv"), hap("more", "phone"));
    let app = zip(&[("entry-tv.hap", &tv), ("entry-phone.hap", &phone), ("more.hap", &feature), ("pack.info", b"{}")]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.app");
    fs::write(&path, app).unwrap();
    for (device, chosen) in [("", "entry-phone.hap"), ("tv", "entry-tv.hap"), ("car", "entry-tv.hap")] {
        let options = Options { device_type: device.to_owned(), ..Options::default() };
        let set = PackageSet::open(std::slice::from_ref(&path), &options).unwrap();
        assert_eq!(set.packages().len(), 2);
        assert!(set.entry().path().ends_with(chosen), "{device}: {}", set.entry().path().display());
    }
    assert_eq!(info::inspect(&path).unwrap().len(), 3);
}

#[test]
fn versions_of_a_bundle_agree() {
    let folder = tempfile::tempdir().unwrap();
    let paths = [("a", 1), ("b", 2)].map(|(name, version)| {
        let text = format!(r#"{{"app":{{"bundleName":"a.b","versionCode":{version}}},"module":{{"name":"{name}"}}}}"#);
        let path = folder.path().join(format!("{name}.hap"));
        fs::write(&path, zip(&[("module.json", text.as_bytes())])).unwrap();
        path
    });
    let error = PackageSet::open(&paths, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("versionCode is 2, but 1 in"), "{error}");
}

#[test]
fn reports_say_why_a_package_cannot_run() {
    let report = |entries: &[(&str, &[u8])]| {
        let reports = info::inspect_bytes(Path::new("x.hap"), zip(entries)).unwrap();
        assert_eq!(reports.len(), 1);
        format!("{}", reports[0])
    };
    let fa =
        br#"{"app":{"bundleName":"a.b","apiVersion":{"compatible":8}},"module":{"distro":{"moduleName":"entry"}}}"#;
    let text = report(&[("config.json", fa)]);
    assert!(text.contains("a.b") && text.contains("FA model") && text.contains("Cannot run"), "{text}");
    let text = report(&[("module.json", MODULE.as_bytes()), ("ets/modules.abc", b"garbage")]);
    assert!(text.contains("encrypted by the app store"), "{text}");
    let evil = r#"{"app":{"bundleName":"a\u001b[31mb"},"module":{"name":"m"}}"#;
    let text = report(&[("module.json", evil.as_bytes())]);
    assert!(!text.contains('\u{1b}'), "control characters are shown, not obeyed: {text:?}");
}
