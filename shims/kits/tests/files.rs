//! `@ohos:file.fs` over the virtual names of an app process, in the engine.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;
use std::sync::Arc;

use concord_ability::app::AppProcess;
use concord_ability::hosts::Hosts;
use concord_ability::options::{AppOptions, Launch};
use concord_ability::want::Want;
use concord_package::PackageSet;
use concord_runtime::Registry;

fn package() -> Option<PathBuf> {
    let root = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    let package = root.join("kits/hap/entry.hap");
    if package.exists() {
        return Some(package);
    }
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    {
        eprintln!("skipped: there is no {}", package.display());
    }
    None
}

#[test]
fn an_app_keeps_files() {
    let Some(package) = package() else { return };
    let home = tempfile::tempdir().unwrap();
    let packages = Arc::new(PackageSet::open(&[package], &concord_package::Options::default()).unwrap());
    let options = AppOptions::new(packages, Launch::Ability(Want::default()), home.path());
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    let process = AppProcess::new(options, registry, Hosts::default()).unwrap();
    let runtime = process.runtime();
    let fs = runtime.require("@ohos:file.fs").unwrap_or_else(|error| panic!("{}", error.describe()));
    let context = fs.context().clone();
    let test =
        context.eval(include_str!("app/files.js"), "files.js").unwrap_or_else(|error| panic!("{}", error.describe()));
    let result = test.call(&context.undefined(), &[fs]).unwrap_or_else(|error| panic!("{}", error.describe()));
    assert_eq!(result.as_string().as_deref(), Some("done"));
    let found = walk(home.path());
    assert!(found.iter().any(|path| path.ends_with("el2/base/files/t/kept.txt")), "{found:#?}");
    assert!(!home.path().parent().unwrap().join("outside.txt").exists());
}

fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}
