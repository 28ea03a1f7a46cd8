//! What is said of native libraries before anything runs, and of those that cannot run.

use crate::package::{Package, library};
use concord_tests::Ran;
use serde_json::Value;

fn info(package: &Package, path: &str) -> (Ran, Value) {
    let text = package.concord.run(&["info", path]);
    let json = package.concord.run(&["info", "--json", path]);
    assert_eq!((text.code, json.code), (0, 0), "{text:#?}");
    (text, serde_json::from_str(&json.stdout).expect("JSON"))
}

#[test]
fn libraries_are_described() {
    let Some(package) = Package::new("nothing") else { return };
    let (text, json) = info(&package, &package.path());
    let library = &json[0]["nativeLibraries"]["x86_64"][0];
    assert_eq!(library["name"], "libcrash.so", "{json:#}");
    assert_eq!(library["needed"], serde_json::json!(["libc.so", "libace_napi.z.so"]));
    assert_eq!(library["buildId"].as_str().map(str::len), Some(40), "{library:#}");
    assert_eq!(library["problem"], Value::Null);
    let missing = library["missing"].as_array().expect("a list");
    assert!(missing.iter().any(|name| name == "concord_function_that_nobody_has"), "{library:#}");
    assert!(!missing.iter().any(|name| name.as_str().is_some_and(|name| name.ends_with("memset"))), "{library:#}");
    assert!(
        text.stdout.contains("x86_64: libcrash.so (") && text.stdout.contains("needs libc.so, libace_napi.z.so"),
        "{text:#?}"
    );
    assert!(text.stdout.contains("missing, a call ends the app: "), "{text:#?}");
}

#[test]
fn a_library_for_another_machine_is_said_to_be_one() {
    let Some(bytes) = library() else { return };
    let Some(package) = Package::new("nothing") else { return };
    std::fs::remove_dir_all(std::path::Path::new(&package.path()).join("libs")).expect("no libraries");
    package.write("libs/arm64-v8a/libcrash.so", &bytes);
    let (text, json) = info(&package, &package.path());
    assert!(text.stdout.contains("none for x86_64, the only ABI that runs here"), "{text:#?}");
    assert_eq!(json[0]["libraries"]["arm64-v8a"][0], "libcrash.so", "{json:#}");
    let (ran, _) = package.run(&[]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.stderr.contains("libcrash.so") && ran.stderr.contains("arm64-v8a"), "the error says why: {ran:#?}");
}

#[test]
fn a_damaged_library_is_refused_with_its_name() {
    let Some(mut bytes) = library() else { return };
    let Some(package) = Package::new("nothing") else { return };
    bytes.truncate(bytes.len() / 2);
    package.write("libs/x86_64/libcrash.so", &bytes);
    let (text, json) = info(&package, &package.path());
    assert!(text.stdout.contains("cannot be loaded: "), "{text:#?}");
    assert!(json[0]["nativeLibraries"]["x86_64"][0]["problem"].is_string(), "{json:#}");
    let (ran, _) = package.run(&[]);
    assert_eq!(ran.code, 1, "an error of the app, not a crash: {ran:#?}");
    assert!(ran.stderr.contains("libcrash.so"), "{ran:#?}");
}

#[test]
fn a_library_that_is_stored_compressed_runs() {
    let Some(package) = Package::new("nothing") else { return };
    let zipped = package.zipped();
    let (ran, _) = package.run_package(&zipped, &[]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let (text, _) = info(&package, &zipped);
    assert!(text.stdout.contains("x86_64: libcrash.so ("), "{text:#?}");
}

#[test]
fn a_library_that_needs_one_that_is_not_there_is_said_to() {
    let Some(mut bytes) = library() else { return };
    let Some(package) = Package::new("nothing") else { return };
    let name = b"libace_napi.z.so";
    let at = bytes.windows(name.len()).position(|window| window == name).expect("the name is in the file");
    bytes[at + 3] = b'X';
    package.write("libs/x86_64/libcrash.so", &bytes);
    let (text, _) = info(&package, &package.path());
    assert!(text.stdout.contains("neither the package nor the system has libXce_napi.z.so"), "{text:#?}");
    let (ran, _) = package.run(&[]);
    assert_eq!(ran.code, 1, "{ran:#?}");
    assert!(ran.stderr.contains("libXce_napi.z.so"), "{ran:#?}");
}
