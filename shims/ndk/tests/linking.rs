//! A real library that needs nine libraries of the NDK is linked with them.

use concord_elf::{Absence, LibraryFile, LibrarySource, MissingCall, Namespace, Options, Symbol, SystemLibrary};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Libraries in a folder.
struct Folder(PathBuf);

impl LibrarySource for Folder {
    fn find(&self, name: &str) -> std::io::Result<Option<LibraryFile>> {
        let path = self.0.join(name);
        if !path.is_file() {
            return Ok(None);
        }
        let file = File::open(&path)?;
        let size = file.metadata()?.len();
        Ok(Some(LibraryFile { path: format!("/data/storage/el1/bundle/libs/x86_64/{name}"), file, offset: 0, size }))
    }
}

/// A C library without functions: the library under test calls none.
struct EmptyLibc;

impl SystemLibrary for EmptyLibc {
    fn names(&self) -> &[&str] {
        &["libc.so"]
    }

    fn symbol(&self, _name: &str) -> Option<Symbol> {
        Some(Symbol::Absent(Absence::Abort))
    }
}

fn on_missing(call: &MissingCall, _aborts: bool) {
    panic!("{} was called", call.symbol);
}

#[test]
fn every_function_that_a_graphics_module_imports_has_an_address() {
    let fixtures = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    let folder = fixtures.join("native/napi-basics/entry/libs/x86_64");
    if !folder.is_dir() {
        eprintln!("skipped: there is no {}", folder.display());
        return;
    }
    let mut system = concord_ndk::libraries();
    system.push(Arc::new(EmptyLibc));
    let namespace = Namespace::install(Options { sources: vec![Box::new(Folder(folder))], system, on_missing });
    let library = namespace.open("libsysneeds.so").expect("a library");
    let call = |name: &str| {
        let address = library.symbol(name).expect("a function");
        // SAFETY: both functions of the fixture take nothing and answer a number.
        unsafe { std::mem::transmute::<usize, extern "C" fn() -> i32>(address)() }
    };
    assert_eq!(call("sysneeds_count"), 14);
    assert_eq!(call("sysneeds_present"), 14);
}
