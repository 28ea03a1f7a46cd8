//! What the tests link their libraries with.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "every test uses a part; a test fails by panicking and says why it skips"
)]

use concord_elf::{LibraryFile, LibrarySource, MissingCall, Namespace, Options, Symbol, SystemLibrary};
use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The shared fixtures, or a line that says that they are not there.
pub fn fixtures(below: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("CONCORD_FIXTURES")
        .map(PathBuf::from)
        .unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"))
        .join(below);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: no {}", folder.display());
    None
}

/// The small libraries of `tests/fixtures/native`, which `build.sh` there makes.
pub fn own_libraries() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/native")
}

/// Libraries in folders.
pub struct Folders(pub Vec<PathBuf>);

impl LibrarySource for Folders {
    fn find(&self, name: &str) -> std::io::Result<Option<LibraryFile>> {
        for folder in &self.0 {
            let path = folder.join(name);
            if path.is_file() {
                let file = File::open(&path)?;
                let size = file.metadata()?.len();
                return Ok(Some(LibraryFile { path: format!("/data/libs/{name}"), file, offset: 0, size }));
            }
        }
        Ok(None)
    }
}

/// A system library with a table.
pub struct Table {
    pub names: Vec<&'static str>,
    pub symbols: HashMap<String, Symbol>,
}

impl SystemLibrary for Table {
    fn names(&self) -> &[&str] {
        &self.names
    }

    fn symbol(&self, name: &str) -> Option<Symbol> {
        self.symbols.get(name).copied()
    }
}

pub fn table(names: &[&'static str], symbols: &[(&str, Symbol)]) -> Arc<dyn SystemLibrary> {
    let symbols = symbols.iter().map(|(name, symbol)| ((*name).to_owned(), *symbol)).collect();
    Arc::new(Table { names: names.to_vec(), symbols })
}

/// The little of libc that the test libraries use.
pub fn small_libc() -> Arc<dyn SystemLibrary> {
    let address = |function: *const ()| Symbol::Address(function as usize);
    table(
        &["libc.so"],
        &[
            ("malloc", address(libc::malloc as *const ())),
            ("__tls_get_addr", address(tls_get_addr as *const ())),
            ("log_event", address(log_event as *const ())),
            ("__cxa_finalize", address(cxa_finalize as *const ())),
            ("open_library", address(open_library as *const ())),
        ],
    )
}

/// What calls of missing functions came to.
pub static MISSING: Mutex<Vec<(MissingCall, bool)>> = Mutex::new(Vec::new());

pub fn on_missing(call: &MissingCall, aborts: bool) {
    MISSING.lock().unwrap().push((call.clone(), aborts));
}

pub fn namespace(folders: &[&Path], system: Vec<Arc<dyn SystemLibrary>>) -> &'static Namespace {
    let folders = folders.iter().map(|folder| (*folder).to_owned()).collect();
    Namespace::install(Options { sources: vec![Box::new(Folders(folders))], system, on_missing })
}

/// A function without arguments of a library.
pub fn call(address: Option<usize>) -> i64 {
    let address = address.expect("the function is there");
    // SAFETY: the test libraries' functions have this type.
    let function: extern "C" fn() -> i64 = unsafe { std::mem::transmute(address as *const ()) };
    function()
}

#[repr(C)]
pub struct TlsIndex {
    module: usize,
    offset: usize,
}

extern "C" fn tls_get_addr(index: &TlsIndex) -> *mut u8 {
    concord_elf::thread_local_address(index.module, index.offset)
}

/// What the libraries report with `log_event`, in order.
pub static EVENTS: Mutex<Vec<i32>> = Mutex::new(Vec::new());

extern "C" fn log_event(event: i32) {
    EVENTS.lock().unwrap().push(event);
}

extern "C" fn cxa_finalize(dso: usize) {
    Namespace::of_process().unwrap().finalize(dso);
}

/// `dlopen` for the test libraries: gives the handle.
extern "C" fn open_library(name: *const libc::c_char) -> usize {
    // SAFETY: the test libraries pass literals.
    let name = unsafe { std::ffi::CStr::from_ptr(name) };
    Namespace::of_process().unwrap().open(name.to_str().unwrap()).map_or(0, |library| library.handle())
}
