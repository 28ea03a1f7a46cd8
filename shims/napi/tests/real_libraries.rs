//! Libraries of real apps, which are not ours to keep: `CONCORD_NATIVE_LIBRARIES` names a folder with the `libs/x86_64` of one.

use concord_ability::event_loop::{Clock, EventLoop, RunLimits};
use concord_elf::{LibraryFile, LibrarySource, Namespace, Options};
use concord_engine::Context;
use concord_napi::NativeModules;
use concord_runtime::{NativeLibraries, Options as RuntimeOptions, Runtime};
use concord_syscalls::{Access, VirtualPaths};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

/// The libraries of a folder.
struct Folder(PathBuf);

impl LibrarySource for Folder {
    fn find(&self, name: &str) -> io::Result<Option<LibraryFile>> {
        match File::open(self.0.join(name)) {
            Ok(file) => {
                let size = file.metadata()?.len();
                Ok(Some(LibraryFile {
                    path: format!("/data/storage/el1/bundle/libs/x86_64/{name}"),
                    file,
                    offset: 0,
                    size,
                }))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn exit(code: i32) -> ! {
    std::process::exit(code)
}

/// CanPlayerHap compresses with `libzstdnapi.so`: what it writes is what `zstd` reads, and the other way round.
#[test]
fn zstd_of_canplayer_agrees_with_zstd() {
    let Some(folder) = std::env::var_os("CONCORD_NATIVE_LIBRARIES").map(PathBuf::from) else {
        return eprintln!("skipped: CONCORD_NATIVE_LIBRARIES is not set");
    };
    if !folder.join("libzstdnapi.so").exists() {
        return eprintln!("skipped: there is no libzstdnapi.so in {}", folder.display());
    }
    if Command::new("zstd").arg("--version").output().is_err() {
        return eprintln!("skipped: there is no zstd");
    }
    let home = tempfile::tempdir().unwrap();
    let files = home.path().join("files");
    std::fs::create_dir(&files).unwrap();
    let mut paths = VirtualPaths::new();
    paths.mount("/data/storage/el2/base", home.path(), Access::ReadWrite);
    concord_libc::install(concord_libc::Process {
        name: "dev.concord.libraries".to_owned(),
        paths: Arc::new(paths),
        environment: Vec::new(),
        api_version: 20,
        target_sdk_version: 12,
        exit,
    });
    let namespace = Namespace::install(Options {
        sources: vec![Box::new(Folder(folder))],
        system: vec![concord_libc::library(), concord_napi::library()],
        on_missing: |call, aborts| {
            eprintln!("missing: {call:?}");
            if aborts {
                concord_napi::abandon_call(&call.symbol);
            }
        },
    });
    let context = Context::new().unwrap();
    let event_loop = EventLoop::new(&context, Clock::Real).unwrap();
    let libraries: Arc<dyn NativeLibraries> = Arc::new(NativeModules::new(namespace));
    let options =
        RuntimeOptions { native_libraries: Some(libraries), without_cache: true, ..RuntimeOptions::default() };
    let runtime = Runtime::new(&context, options).unwrap();
    let words: String = (0..200_000).map(|n| format!("{} ", n * 7919 % 1000)).collect();
    std::fs::write(files.join("plain"), &words).unwrap();
    let run = |call: &str| -> String {
        let source = format!(
            "globalThis.result = 'nothing'; {{ const z = requireNapi('zstdnapi', true); \
             Promise.resolve(z.{call}).then(r => result = `${{r}}`, e => result = `failed: ${{e}}`) }}"
        );
        context.eval(&source, "test.js").unwrap_or_else(|error| panic!("{call}: {}", error.describe()));
        event_loop.run(&context, RunLimits { until_idle: true, deadline: None }).unwrap();
        context.eval("result", "test.js").unwrap().to_js_string().unwrap()
    };
    let base = "/data/storage/el2/base/files";
    let result = run(&format!("zstdCompress('{base}/plain', '{base}/packed.zst', 3, 0)"));
    eprintln!("zstdCompress: {result}");
    let unpacked = Command::new("zstd").args(["-dc"]).arg(files.join("packed.zst")).output().unwrap();
    assert!(unpacked.status.success(), "{}", String::from_utf8_lossy(&unpacked.stderr));
    assert!(unpacked.stdout == words.as_bytes(), "zstd reads what the app wrote");
    let packed = files.join("by-zstd.zst");
    assert!(Command::new("zstd").arg("-q").arg(files.join("plain")).arg("-o").arg(&packed).status().unwrap().success());
    let result = run(&format!("zstdDecompress('{base}/by-zstd.zst', '{base}/again')"));
    eprintln!("zstdDecompress: {result}");
    assert!(std::fs::read(files.join("again")).unwrap() == words.as_bytes(), "the app reads what zstd wrote");
    concord_napi::tear_down(&context);
    drop(runtime);
    assert!(Path::new(&packed).exists());
}
