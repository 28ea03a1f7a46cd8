//! Finding and opening the library, and the options that must hold before its first virtual machine.

use crate::host::HostCalls;
use crate::sys::Api;
use std::ffi::CStr;
use std::sync::OnceLock;

/// Tried in order, newest interface first.
const NAMES: [&str; 3] =
    ["libjavascriptcoregtk-6.0.so.1", "libjavascriptcoregtk-4.1.so.0", "libjavascriptcoregtk-4.0.so.18"];

/// Why JavaScriptCore cannot be used.
#[derive(Clone, Debug, thiserror::Error)]
pub enum LoadError {
    /// No library could be opened.
    #[error(
        "JavaScriptCore was not found (tried {tried}).\n\
         Install it:\n  \
         Debian, Ubuntu:  apt install libjavascriptcoregtk-6.0-1 (or libjavascriptcoregtk-4.1-0)\n  \
         Fedora:          dnf install javascriptcoregtk6.0\n  \
         Arch:            pacman -S webkitgtk-6.0\n  \
         openSUSE:        zypper install libjavascriptcoregtk-6_0-1\n\
         or name the library file in CONCORD_JSC."
    )]
    NotFound {
        /// Each name with the loader's reason.
        tried: String,
    },
    /// The library lacks a function that every supported version has.
    #[error(
        "{path} has no function {function}: it is too old, or not JavaScriptCore; install WebKitGTK 2.38 or later, or name another library in CONCORD_JSC"
    )]
    Unsuitable {
        /// The file opened.
        path: String,
        /// The function that is absent.
        function: &'static str,
    },
    /// An option without which programs would misbehave could not be set.
    #[error("{path} does not take the option {option}: set JSC_{option} in the environment before starting Concord")]
    Option {
        /// The file opened.
        path: String,
        /// The option.
        option: String,
    },
    /// The library made no virtual machine.
    #[error("JavaScriptCore could not create a context (out of memory or address space?)")]
    NoContext,
}

/// The library in use.
#[derive(Clone, Debug)]
pub struct Engine {
    /// Name or path under which the library was opened.
    pub library: String,
    /// WebKitGTK version, where the library tells.
    pub version: Option<(u32, u32, u32)>,
    /// Whether native code is generated; off with `CONCORD_JIT=0`.
    pub jit: bool,
}

pub(crate) struct Loaded {
    pub(crate) api: Api,
    pub(crate) engine: Engine,
    pub(crate) host: Option<HostCalls>,
}

impl Engine {
    /// Opens the library and fixes the process-wide options, once per process; later calls are free.
    ///
    /// [`Context::new`](crate::Context::new) does it too: call this first to report a missing library early.
    /// The process environment is only read, never written, so threads may exist already.
    pub fn load() -> Result<&'static Engine, LoadError> {
        loaded().map(|loaded| &loaded.engine)
    }
}

pub(crate) fn loaded() -> Result<&'static Loaded, LoadError> {
    static LOADED: OnceLock<Result<Loaded, LoadError>> = OnceLock::new();
    LOADED.get_or_init(load).as_ref().map_err(Clone::clone)
}

fn load() -> Result<Loaded, LoadError> {
    let given = std::env::var("CONCORD_JSC").ok().filter(|name| !name.is_empty());
    let (library, path) = match &given {
        Some(name) => open(&[name])?,
        None => open(&NAMES)?,
    };
    let api = match Api::new(&library) {
        Ok(api) => api,
        Err(function) => return Err(LoadError::Unsuitable { path, function }),
    };
    let host = HostCalls::find(&library);
    // The functions' addresses are used until the process ends.
    std::mem::forget(library);
    let jit = std::env::var_os("CONCORD_JIT").is_none_or(|value| value != "0");
    set_options(&api, &path, jit)?;
    let version = match (api.jsc_get_major_version, api.jsc_get_minor_version, api.jsc_get_micro_version) {
        // SAFETY: these take nothing and read constants.
        (Some(major), Some(minor), Some(micro)) => Some(unsafe { (major(), minor(), micro()) }),
        _ => None,
    };
    tracing::debug!(library = path, ?version, jit, "JavaScriptCore opened");
    Ok(Loaded { api, engine: Engine { library: path, version, jit }, host })
}

/// Opens the first library that there is.
fn open(names: &[&str]) -> Result<(libloading::Library, String), LoadError> {
    let mut tried = Vec::new();
    for &name in names {
        // SAFETY: the library's initialisers only register types; the name is the user's or one of ours.
        match unsafe { libloading::Library::new(name) } {
            Ok(library) => return Ok((library, name.to_owned())),
            Err(error) => {
                let reason =
                    std::error::Error::source(&error).map_or_else(|| error.to_string(), |source| source.to_string());
                tried.push(if reason.contains(name) { reason } else { format!("{name}: {reason}") });
            }
        }
    }
    Err(LoadError::NotFound { tried: tried.join("; ") })
}

/// The signal with which the engine stops threads. Left alone it takes SIGUSR1, which belongs to apps; 34 is one that the C library of
/// apps keeps for itself, so that none of them can use it.
const SUSPENSION: std::ffi::c_int = 34;

/// The options. JavaScriptCore reads `JSC_*` variables itself; these are set over them.
fn set_options(api: &Api, path: &str, jit: bool) -> Result<(), LoadError> {
    if let Some(configure) = api.JSConfigureSignalForGC {
        // SAFETY: passes a number; no virtual machine exists yet (we are inside the one-time load).
        let configured = unsafe { configure(SUSPENSION) };
        tracing::debug!(configured, "the engine stops threads with signal {SUSPENSION}");
    }
    // Proper tail calls drop frames: stacks would lose callers and endless tail recursion would never overflow.
    require_false(api, path, c"useTailCalls")?;
    if !jit {
        require_false(api, path, c"useJIT")?;
    }
    if let Some(set) = api.jsc_options_set_boolean {
        // The platform has shared buffers; a library that does not know the option leaves them out.
        // SAFETY: the name is a C string; no virtual machine exists yet (we are inside the one-time load).
        unsafe { set(c"useSharedArrayBuffer".as_ptr(), 1) };
    }
    // Heap growth is a function of the memory that the engine believes in; it knows nothing of containers.
    if let (Some(limit), Some(set)) = (container_memory_limit(), api.jsc_options_set_size) {
        // SAFETY: the name is a C string; no virtual machine exists yet (we are inside the one-time load).
        unsafe { set(c"forceRAMSize".as_ptr(), limit) };
    }
    Ok(())
}

fn require_false(api: &Api, path: &str, option: &CStr) -> Result<(), LoadError> {
    // SAFETY: the name is a C string; no virtual machine exists yet (we are inside the one-time load).
    let set = api.jsc_options_set_boolean.is_some_and(|set| unsafe { set(option.as_ptr(), 0) } != 0);
    let option = option.to_string_lossy().into_owned();
    let environment = std::env::var(format!("JSC_{option}"));
    if set || environment.is_ok_and(|value| matches!(value.as_str(), "0" | "false" | "no")) {
        Ok(())
    } else {
        Err(LoadError::Option { path: path.to_owned(), option })
    }
}

/// The memory limit of the control group that the process is in, when it has one.
fn container_memory_limit() -> Option<usize> {
    ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
        .iter()
        .find_map(|path| std::fs::read_to_string(path).ok()?.trim().parse::<usize>().ok())
        // Version 1 says "no limit" with a number near 2^63.
        .filter(|limit| *limit < 1 << 50)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_names_what_was_tried_and_the_packages() {
        let error = open(&["libconcord-none.so.1", "libconcord-none.so.2"]).err().unwrap().to_string();
        for part in [
            "libconcord-none.so.1",
            "libconcord-none.so.2",
            "apt install",
            "dnf install",
            "pacman -S",
            "zypper install",
            "CONCORD_JSC",
        ] {
            assert!(error.contains(part), "{part} is not in: {error}");
        }
    }

    #[test]
    fn another_library_is_refused() {
        let Ok((library, _)) = open(&["libc.so.6"]) else { return eprintln!("skipped: there is no libc.so.6") };
        assert_eq!(Api::new(&library).err(), Some("JSGlobalContextCreate"));
    }
}
