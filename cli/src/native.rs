//! Native libraries of an app: where they are, and the system libraries that they are linked with. Nothing is set up before the
//! first one is asked for.

use concord_abi::hap::module_json::api_level;
use concord_ability::event_loop::Remote;
use concord_ability::state::AppState;
use concord_elf::{LibraryFile, LibrarySource, MissingCall, Namespace, SystemLibrary};
use concord_engine::{Context, ErrorKind, Exception, JsResult, Value};
use concord_napi::NativeModules;
use concord_package::{HostFile, Package, PackageSet};
use concord_runtime::NativeLibraries;
use concord_services::protocol::Event;
use concord_services::report::MissingApi;
use concord_syscalls::app_process::Sender;
use nix::sys::memfd::{MFdFlags, memfd_create};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write as _};
use std::os::unix::fs::FileExt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// The ABI of libraries that run here.
const ABI: &str = "x86_64";
/// Where the app sees them.
const FOLDER: &str = "/data/storage/el1/bundle/libs/x86_64";
/// Images begin at multiples of this in the files that they are mapped from.
const PAGE: u64 = 4096;
/// Missing functions that are told apart in a report.
const MAX_MISSING: usize = 1000;

/// The native libraries of packages.
pub struct Libraries {
    packages: Arc<PackageSet>,
    modules: OnceLock<NativeModules>,
}

impl Libraries {
    /// Those of `packages`; `watcher` is told when one of them ends the process.
    pub fn new(packages: Arc<PackageSet>, watcher: Sender) -> Libraries {
        // One app runs in a process: a second watcher does not come.
        let _ = WATCHER.set(watcher);
        Libraries { packages, modules: OnceLock::new() }
    }

    fn modules(&self, context: &Context) -> JsResult<&NativeModules> {
        if let Some(modules) = self.modules.get() {
            return Ok(modules);
        }
        let state = AppState::of(context)
            .ok_or_else(|| Exception(context.error(ErrorKind::Error, "native libraries need an app process")))?;
        Ok(self.modules.get_or_init(|| self.compose(&state, state.seed.main.clone())))
    }

    fn compose(&self, state: &AppState, main_loop: Remote) -> NativeModules {
        let module = self.packages.entry().module();
        let mut environment: BTreeMap<String, String> =
            ENVIRONMENT.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let own = module.module.app_environments.iter();
        environment.extend(own.map(|variable| (variable.name.clone(), variable.value.clone())));
        concord_libc::install(concord_libc::Process {
            name: self.packages.bundle_name().to_owned(),
            paths: Arc::clone(&state.paths),
            environment: environment.into_iter().collect(),
            api_version: API_VERSION,
            target_sdk_version: i32::try_from(api_level(module.app.target_api_version)).unwrap_or(API_VERSION),
            exit,
        });
        concord_ndk::install(concord_ndk::Process {
            log: Arc::clone(&state.hosts.log),
            packages: Arc::clone(&self.packages),
            paths: Arc::clone(&state.paths),
            device_type: state.options.device.device_type.clone(),
            main_loop,
            libc: concord_libc::library(),
        });
        concord_napi::set_uv_event_loop(concord_ndk::uv_loop);
        make_folders(state);
        NativeModules::new(Namespace::install(concord_elf::Options {
            sources: vec![Box::new(Packages(Arc::clone(&self.packages)))],
            system: system_libraries(),
            on_missing,
        }))
    }
}

/// Makes the folders that are there on a device from the beginning. ArkTS has them made when it asks for their names; native code
/// knows them.
fn make_folders(state: &AppState) {
    for folder in ["files", "cache", "temp"] {
        let made = state.paths.to_host(&format!("/data/storage/el2/base/{folder}"));
        if let Ok(folder) = made
            && let Err(error) = std::fs::create_dir_all(&folder)
        {
            tracing::warn!("{}: {error}", folder.display());
        }
    }
}

/// What libraries of apps are linked with.
pub fn system_libraries() -> Vec<Arc<dyn SystemLibrary>> {
    let mut libraries = vec![concord_libc::library(), concord_napi::library()];
    libraries.extend(concord_ndk::libraries());
    libraries
}

/// API version of the platform that Concord stands for.
const API_VERSION: i32 = 20;

/// What every app finds in its environment.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("HOME", "/data/storage/el2/base"),
    ("LANG", "C.UTF-8"),
    ("PATH", "/usr/local/bin:/bin:/usr/bin"),
    ("TMPDIR", "/data/storage/el2/base/cache"),
];

impl NativeLibraries for Libraries {
    fn load(&self, context: &Context, module: &str, name: &str) -> JsResult {
        self.modules(context)?.load(context, module, name)
    }

    fn initialise(&self, context: &Context, name: &str, exports: &Value) -> JsResult {
        self.modules(context)?.initialise(context, name, exports)
    }

    fn leave(&self, context: &Context) {
        concord_napi::tear_down(context);
    }

    fn install(&self, context: &Context) -> JsResult<()> {
        concord_napi::install_globals(context)
    }
}

/// Finds libraries in packages: the first that has one gives it.
struct Packages(Arc<PackageSet>);

impl LibrarySource for Packages {
    fn find(&self, name: &str) -> io::Result<Option<LibraryFile>> {
        let packages = self.0.packages();
        for package in packages {
            if let Some(library) = library(package, name)? {
                return Ok(Some(library));
            }
        }
        let others: Vec<&str> = packages
            .iter()
            .flat_map(|package| package.abis().into_iter().map(move |abi| (package, abi)))
            .filter(|(package, abi)| package.libraries(abi).contains(&name))
            .map(|(_, abi)| abi)
            .collect();
        match others.first() {
            // A library of the system may have the name of one that the app brings for another machine.
            None => Ok(None),
            Some(abi) => {
                let message = format!(
                    "the app has {name} only for {abi}; this machine needs {ABI}: build the app with abiFilters that include {ABI}"
                );
                Err(io::Error::new(io::ErrorKind::Unsupported, message))
            }
        }
    }
}

fn library(package: &Package, name: &str) -> io::Result<Option<LibraryFile>> {
    let own = package.module().module.native_library_path.trim_matches('/');
    let mut folders = vec![format!("libs/{ABI}")];
    if !own.is_empty() {
        folders.push(own.to_owned());
    }
    for folder in folders {
        let entry = format!("{folder}/{name}");
        let path = format!("{FOLDER}/{name}");
        if let Some(HostFile { path: host, range }) = package.host_file(&entry)
            && range.start % PAGE == 0
        {
            let file = File::open(host)?;
            return Ok(Some(LibraryFile { path, file, offset: range.start, size: range.end - range.start }));
        }
        // Compressed, not aligned, or in a package within a package.
        if let Some(bytes) = package.read(&entry).map_err(io::Error::other)? {
            let file = File::from(memfd_create(name, MFdFlags::MFD_CLOEXEC)?);
            file.write_all_at(&bytes, 0)?;
            return Ok(Some(LibraryFile { path, file, offset: 0, size: bytes.len() as u64 }));
        }
    }
    Ok(None)
}

static WATCHER: OnceLock<Sender> = OnceLock::new();
static MISSING: Mutex<Vec<MissingApi>> = Mutex::new(Vec::new());

/// Why the process ends, when it does for a missing function.
static LAST_WORDS: OnceLock<String> = OnceLock::new();

/// Why the process is about to end, for the report of that. Async-signal-safe.
pub fn last_words() -> Option<&'static str> {
    LAST_WORDS.get().map(String::as_str)
}

/// Functions of the system that libraries of the app called and that are not there.
pub fn missing() -> Vec<MissingApi> {
    MISSING.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn on_missing(call: &MissingCall, aborts: bool) {
    let api = match &call.library {
        Some(library) => format!("{library}:{}", call.symbol),
        None => call.symbol.clone(),
    };
    let site = Some(format!("called by {}", call.importer));
    let mut missing = MISSING.lock().unwrap_or_else(PoisonError::into_inner);
    match missing.iter_mut().find(|known| known.api == api && known.site == site) {
        Some(known) => known.count = known.count.saturating_add(1),
        None => {
            tracing::warn!("{api} {}; called by {}", why_missing(call), call.importer);
            if missing.len() < MAX_MISSING {
                missing.push(MissingApi { api: api.clone(), count: 1, site });
            }
        }
    }
    drop(missing);
    if aborts {
        let message = format!("{api} {} (called by {})", why_missing(call), call.importer);
        concord_napi::abandon_call(&message);
        // The call cannot be given up: the process ends.
        let _ = LAST_WORDS.set(message);
    }
}

/// Why a function is missing, to follow its name.
fn why_missing(call: &MissingCall) -> &'static str {
    call.library.as_deref().and_then(concord_ndk::remedy).unwrap_or("is not implemented")
}

/// `exit` of the C library.
fn exit(code: i32) -> ! {
    if let Some(watcher) = WATCHER.get() {
        let missing = missing();
        if !missing.is_empty() {
            let _ = watcher.send(&Event::Missing { apis: missing }.to_line());
        }
        // A watcher that is gone takes this process with it.
        let _ = watcher.send(&Event::Exit { code }.to_line());
    }
    // Destructors of the host's libraries would run beside threads that still use them: whoever calls `exit` may be any of the app's threads.
    let _ = std::io::stdout().flush();
    concord_libc::end_process(code)
}
