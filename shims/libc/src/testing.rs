//! What the tests of this crate share: a process with an app's storage in a temporary folder.

use crate::{Process, VirtualPaths};
use concord_syscalls::Access;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

/// The app's writable folder.
pub(crate) const FILES: &str = "/data/storage/el2/base/files";
/// A folder of the app's that it may only read.
pub(crate) const BUNDLE: &str = "/data/storage/el1/bundle";

/// The host's folder behind [`FILES`]. The process is installed by the first call, and its storage stays until it ends.
pub(crate) fn storage() -> PathBuf {
    static ROOT: OnceLock<tempfile::TempDir> = OnceLock::new();
    let root = ROOT.get_or_init(|| {
        let root = tempfile::tempdir().unwrap();
        let (files, bundle) = (root.path().join("files"), root.path().join("bundle"));
        std::fs::create_dir_all(&files).unwrap();
        std::fs::create_dir_all(&bundle).unwrap();
        std::fs::write(bundle.join("module.json"), "{}").unwrap();
        let mut paths = VirtualPaths::new();
        paths.mount(FILES, files, Access::ReadWrite);
        paths.mount(BUNDLE, bundle, Access::ReadOnly);
        crate::install(Process {
            name: "com.example.application".into(),
            paths: Arc::new(paths),
            environment: vec![("HOME".into(), "/data/storage/el2/base".into())],
            api_version: 20,
            target_sdk_version: 12,
            exit: |code| std::process::exit(code),
        });
        root
    });
    root.path().join("files")
}

/// A shim as the function that it is in C.
///
/// # Safety
/// `F` is the type of the function.
pub(crate) unsafe fn shim<F: Copy>(name: &str) -> F {
    let address = crate::table::shim_address(name).unwrap();
    assert_eq!(size_of::<F>(), size_of::<usize>());
    // SAFETY: by the contract of the function.
    unsafe { std::mem::transmute_copy(&address) }
}
