//! A user with a home, and packages to install there.

use concord_package::{Options, Package};
use concord_tests::{Concord, Ran};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

pub fn concord() -> Concord {
    Concord::new(env!("CARGO_BIN_EXE_concord"))
}

/// A package of the UI fixtures.
pub fn package(app: &str) -> Option<PathBuf> {
    concord_tests::fixtures("ui").map(|folder| folder.join(app).join("entry.hap"))
}

/// The user's folder for data.
pub fn data_home(concord: &Concord) -> PathBuf {
    concord.home().join(".local/share")
}

/// Unpacks a package and changes its module.json.
pub fn variant(package: &Path, folder: &Path, change: impl FnOnce(&mut Value)) -> PathBuf {
    let package = Package::open(package, &Options::default()).expect("the fixture is a package");
    for entry in package.entries().filter(|entry| !entry.ends_with('/')) {
        let file = folder.join(entry);
        fs::create_dir_all(file.parent().expect("entries lie in the folder")).expect("a folder can be made");
        let bytes = package.read(entry).expect("the fixture is whole").expect("it is there");
        fs::write(file, &*bytes).expect("the file can be written");
    }
    let file = folder.join("module.json");
    let mut tree: Value = serde_json::from_slice(&fs::read(&file).expect("there is one")).expect("it is JSON");
    change(&mut tree);
    fs::write(file, tree.to_string()).expect("the file can be written");
    folder.to_owned()
}

/// The same app in another version.
pub fn version(package: &Path, folder: &Path, code: u64) -> PathBuf {
    variant(package, folder, |tree| {
        tree["app"]["versionCode"] = code.into();
        tree["app"]["versionName"] = format!("v{code}").into();
    })
}

/// Everything in a folder and below, relative to it.
pub fn tree(folder: &Path) -> BTreeSet<PathBuf> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeSet<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            found.insert(entry.path().strip_prefix(root).expect("it lies in the root").to_owned());
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                walk(&entry.path(), root, found);
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(folder, folder, &mut found);
    found
}

/// Runs a command that must succeed.
pub fn succeed(concord: &Concord, args: &[&str]) -> Ran {
    let ran = concord.run(args);
    assert_eq!(ran.code, 0, "{args:?}: {ran:#?}");
    ran
}

/// Runs a command that must be refused; gives what it says.
pub fn refused(concord: &Concord, args: &[&str]) -> String {
    let ran = concord.run(args);
    assert_eq!(ran.code, 2, "{args:?}: {ran:#?}");
    ran.stderr
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are UTF-8")
}

/// The version of the only installed app, as `concord list` has it.
pub fn installed_version(concord: &Concord) -> Option<u64> {
    let list = succeed(concord, &["list", "--format", "json"]).stdout;
    let list: Value = serde_json::from_str(&list).expect("JSON");
    list.get(0).map(|bundle| bundle["versionCode"].as_u64().expect("a number"))
}
