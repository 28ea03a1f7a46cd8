//! Every package of the fixtures opens, and everything in it can be read.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "helpers of tests")]

use concord_abi::hap::resources::Qualifiers;
use concord_package::{Options, Package, PackageSet, Signature};
use std::path::{Path, PathBuf};

/// The fixtures, or `None` with a note when they are not on this machine.
fn fixtures() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let root = std::env::var_os("CONCORD_FIXTURES").map_or(beside, PathBuf::from);
    if root.is_dir() {
        return Some(root);
    }
    eprintln!("skipped: there are no fixtures at {} (set CONCORD_FIXTURES)", root.display());
    None
}

fn packages(folder: &Path, found: &mut Vec<PathBuf>) {
    for item in std::fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            packages(&path, found);
        } else if path.extension().is_some_and(|e| e == "hap" || e == "hsp") {
            found.push(path);
        }
    }
}

#[test]
fn all_packages_can_be_read() {
    let Some(root) = fixtures() else { return };
    let mut paths = Vec::new();
    packages(&root, &mut paths);
    assert!(paths.len() > 50, "only {} packages found", paths.len());
    for path in paths {
        let package = Package::open(&path, &Options::default()).unwrap_or_else(|e| panic!("{e}"));
        assert!(matches!(package.signature(), Signature::Unsigned));
        let abc = package.abc().unwrap().expect("every fixture has code");
        assert!(abc.is_mapped(), "{}: bytecode is stored, so it needs no copy", path.display());
        for entry in package.entries() {
            let bytes = package.read(entry).unwrap().unwrap();
            assert_eq!(Some(bytes.len() as u64), package.size(entry));
        }
        let module = &package.module().module;
        if !module.pages.is_empty() {
            assert!(!package.pages().unwrap().is_empty(), "{}", path.display());
        }
        if let Some(table) = package.resources().unwrap() {
            for resource in table.resources() {
                let value = table.value(resource.id, &Qualifiers::default());
                assert!(value.is_ok(), "{}: {} {value:?}", path.display(), resource.name);
                assert_eq!(table.find(resource.kind, &resource.name), Some(resource.id));
            }
        }
        if let Some(maps) = package.source_maps().unwrap() {
            for file in maps.files() {
                let map = maps.get(file).unwrap();
                assert!(!map.sources().is_empty(), "{}: {file}", path.display());
                assert!(map.locate(1, 1).is_some() || map.locate(100_000, 1).is_some());
            }
        }
    }
}

#[test]
fn the_packages_of_a_bundle_make_a_set() {
    let Some(root) = fixtures() else { return };
    let hap = |name: &str| root.join("ability/ability/hap").join(name);
    let paths = ["entry_test.hap", "feature.hap", "entry.hap", "library.hsp"].map(hap);
    let set = PackageSet::open(&paths, &Options::default()).unwrap();
    assert_eq!(set.bundle_name(), "dev.concord.ability");
    assert_eq!(set.entry().module().module.name, "entry");
    assert_eq!(set.packages().len(), 4);
    assert_eq!(set.missing_dependencies(), []);

    let alone = PackageSet::open(&[hap("entry_test.hap")], &Options::default()).unwrap();
    assert_eq!(alone.missing_dependencies(), [("entry_test", "library")]);

    let peer = root.join("ability/peer/hap/entry.hap");
    let both = [hap("entry.hap"), peer];
    let error = PackageSet::open(&both, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("dev.concord.peer"), "{error}");
    assert_eq!(PackageSet::open_bundles(&both, &Options::default()).unwrap().len(), 2);

    let twice = [hap("entry.hap"), hap("entry.hap")];
    let error = PackageSet::open(&twice, &Options::default()).unwrap_err().to_string();
    assert!(error.contains("module `entry` is in"), "{error}");
}

#[test]
fn stack_positions_lead_to_ets_lines() {
    let Some(root) = fixtures() else { return };
    let package = Package::open(&root.join("ui/hello/entry.hap"), &Options::default()).unwrap();
    let maps = package.source_maps().unwrap().unwrap();
    let file = maps.file_of_record("&entry/src/main/ets/pages/Index&").unwrap();
    assert_eq!(file, "entry|entry|1.0.0|src/main/ets/pages/Index.ts");
    let map = maps.get(file).unwrap();
    assert_eq!(map.sources(), ["entry/src/main/ets/pages/Index.ets"]);
}
