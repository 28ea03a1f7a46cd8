//! The checks of `fixtures/native/libc-conformance`: a library of a guest is loaded and linked with this crate's C library, and each of its checks
//! runs in a process of its own, so that one that crashes says so and ends nothing else.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use concord_elf::{LibraryFile, LibrarySource, Namespace, Options, Symbol, SystemLibrary};
use concord_syscalls::app_process::Watcher;
use concord_syscalls::crash::Hooks;
use concord_syscalls::{Access, VirtualPaths};
use std::ffi::{CStr, c_char, c_int};
use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// Says to this program, when it is started again, which check to run.
const CHECK: &str = "CONCORD_LIBC_CHECK";
/// Runs only those that contain this.
const ONLY: &str = "CONCORD_LIBC_ONLY";

fn fixture() -> PathBuf {
    let fixtures = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    fixtures.join("native/libc-conformance/entry")
}

/// Finds libraries in a folder of the host.
struct Folder(PathBuf);

impl LibrarySource for Folder {
    fn find(&self, name: &str) -> std::io::Result<Option<LibraryFile>> {
        let file = match std::fs::File::open(self.0.join(name)) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let size = file.metadata()?.len();
        let path = format!("/data/storage/el1/bundle/libs/x86_64/{name}");
        Ok(Some(LibraryFile { path, file, offset: 0, size }))
    }
}

/// A Node-API that does nothing: the library registers with it, and its checks are called directly.
struct Silent;

extern "C" fn nothing() -> c_int {
    0
}

impl SystemLibrary for Silent {
    fn names(&self) -> &[&str] {
        &["libace_napi.z.so"]
    }

    fn symbol(&self, name: &str) -> Option<Symbol> {
        name.starts_with("napi_").then_some(Symbol::Address(nothing as *const () as usize))
    }
}

/// The names of all checks: strings in a file of the fixture's.
fn names() -> Option<Vec<String>> {
    let list = std::fs::read_to_string(fixture().join("src/main/ets/Checks.ets")).ok()?;
    Some(list.split('"').skip(1).step_by(2).map(str::to_owned).collect())
}

/// Handles faults as app processes do: an app's handlers are called from there. Nobody watches this one.
fn handle_faults() {
    let (mut ours, theirs) = UnixStream::pair().unwrap();
    ours.write_all(b"\n").unwrap();
    nix::unistd::dup2_stdin(theirs).unwrap();
    let (watcher, _) = Watcher::connect().unwrap();
    let hooks = Hooks { unwind: |_, _| 0, locate: |_, _| {}, modules: |_| {}, message: |_| {}, copy: || {} };
    concord_syscalls::crash::install(&watcher, hooks).unwrap();
    // The process ends with its watcher.
    std::mem::forget(ours);
}

/// Runs one check in this process: 0 passes, 1 fails, 2 does not apply, with a message.
fn run(name: &str) -> (c_int, String) {
    handle_faults();
    let storage = tempfile::tempdir().unwrap();
    let files = storage.path().join("files");
    std::fs::create_dir_all(&files).unwrap();
    let mut paths = VirtualPaths::new();
    paths.mount("/data/storage/el2/base", storage.path(), Access::ReadWrite);
    paths.mount("/data/storage/el1/bundle/libs/x86_64", fixture().join("libs/x86_64"), Access::ReadOnly);
    concord_libc::install(concord_libc::Process {
        name: "com.example.fx.libc".into(),
        paths: Arc::new(paths),
        environment: Vec::new(),
        api_version: 20,
        target_sdk_version: 12,
        exit: |code| std::process::exit(code),
    });
    let namespace = Namespace::install(Options {
        sources: vec![Box::new(Folder(fixture().join("libs/x86_64")))],
        system: vec![concord_libc::library(), Arc::new(Silent)],
        on_missing: |call, _| println!("{} is missing", call.symbol),
    });
    let library = namespace.open("libccheck.so").unwrap();
    let address = library.symbol(&format!("check_{name}")).unwrap();
    // SAFETY: the fixture's checks have this type.
    let result = unsafe { std::mem::transmute::<usize, extern "C" fn() -> c_int>(address)() };
    // SAFETY: the fixture's message is a string of 512 bytes.
    let message = unsafe { CStr::from_ptr(library.symbol("fx_msg").unwrap() as *const c_char) };
    (result, message.to_string_lossy().into_owned())
}

/// Runs one check in another process, and says how it failed.
fn run_apart(name: &str) -> Result<bool, String> {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program)
        .args(["conformance", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHECK, name)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    match text.lines().find_map(|line| line.strip_prefix("check ")?.split_once(' ')) {
        Some(("0", _)) => Ok(true),
        Some(("2", why)) => {
            println!("{name} does not apply: {why}");
            Ok(false)
        }
        Some((_, message)) => Err(format!("{name}: {message}")),
        None => Err(format!("{name}: {}\n{text}{}", output.status, String::from_utf8_lossy(&output.stderr))),
    }
}

#[test]
fn conformance() {
    if let Ok(name) = std::env::var(CHECK) {
        let (result, message) = run(&name);
        println!("\ncheck {result} {message}");
        return;
    }
    let Some(names) = names() else {
        eprintln!("skipped: {} is not there", fixture().display());
        return;
    };
    let only = std::env::var(ONLY).unwrap_or_default();
    let chosen: Vec<_> = names.iter().filter(|name| name.contains(&only)).collect();
    assert!(!chosen.is_empty());
    let results: Vec<_> = chosen.iter().map(|name| run_apart(name)).collect();
    let passed = results.iter().filter(|result| **result == Ok(true)).count();
    let failed: Vec<_> = results.iter().filter_map(|result| result.as_ref().err()).collect();
    println!("{passed} of {} pass", chosen.len());
    assert!(
        failed.is_empty(),
        "{} fail:\n{}",
        failed.len(),
        failed.iter().map(|text| text.as_str()).collect::<Vec<_>>().join("\n")
    );
}
