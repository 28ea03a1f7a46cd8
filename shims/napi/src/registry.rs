//! What libraries register from their constructors (`napi_module_register`), and which of it is the module of a library.

use std::ffi::{CStr, c_char, c_int, c_uint, c_void};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// `napi_module`.
#[repr(C)]
pub(crate) struct RawModule {
    version: c_int,
    flags: c_uint,
    filename: *const c_char,
    init: *const c_void,
    name: *const c_char,
    private: *mut c_void,
    reserved: [*mut c_void; 4],
}

/// A module that somebody has registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Registration {
    /// `nm_modname`.
    pub(crate) name: String,
    /// Address of `nm_register_func`; 0 when there is none.
    pub(crate) init: usize,
    /// The library that `nm_register_func` lies in, as the app sees its name.
    pub(crate) library: Option<String>,
}

/// Modules that are kept; what comes after is refused. Constructors run once per loading, so only hostile code gets here.
const MAX_REGISTRATIONS: usize = 10_000;

static REGISTERED: Mutex<Vec<Registration>> = Mutex::new(Vec::new());

fn registered() -> MutexGuard<'static, Vec<Registration>> {
    REGISTERED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How many modules have been registered so far.
pub(crate) fn count() -> usize {
    registered().len()
}

/// Takes what `napi_module_register` is given.
///
/// # Safety
/// `module` is null or points to a `napi_module` whose strings are null or end in NUL.
pub(crate) unsafe fn register(module: *const RawModule) {
    // SAFETY: promised by the caller.
    let Some(module) = (unsafe { module.as_ref() }) else {
        tracing::warn!("napi_module_register was called with null");
        return;
    };
    let name = if module.name.is_null() {
        String::new()
    } else {
        // SAFETY: promised by the caller.
        unsafe { CStr::from_ptr(module.name) }.to_string_lossy().into_owned()
    };
    let init = module.init as usize;
    let library = concord_elf::locate(init).map(|place| place.module().path().to_string_lossy().into_owned());
    tracing::debug!(name, library, "a native module registers itself");
    let mut registered = registered();
    if registered.len() < MAX_REGISTRATIONS {
        registered.push(Registration { name, init, library });
    }
}

/// The module of the library at `path`, which has just been loaded or found loaded: `before` modules had been registered by then.
///
/// As on the platform, the name need not fit the file: what was registered last while the library was being loaded is its
/// module. A library that was loaded earlier, as one that another needs, is found by where its code lies, then by its name.
pub(crate) fn module_of(path: &str, before: usize) -> Option<Registration> {
    choose(&registered(), path, before)
}

/// A module by its name alone, whichever library has registered it.
pub(crate) fn named(name: &str) -> Option<Registration> {
    registered().iter().rev().find(|module| module.name == name).cloned()
}

/// The name that a module has whose library is in this file: `entry` for `libentry.so`.
pub(crate) fn name_of_file(file: &str) -> &str {
    let file = file.rsplit_once('/').map_or(file, |(_, file)| file);
    let file = file.strip_prefix("lib").unwrap_or(file);
    [".z.so", ".so"].iter().find_map(|suffix| file.strip_suffix(suffix)).unwrap_or(file)
}

fn choose(registered: &[Registration], path: &str, before: usize) -> Option<Registration> {
    let name = name_of_file(path);
    let own = || registered.iter().rev().filter(|module| module.library.as_deref() == Some(path));
    let new = registered.get(before..).unwrap_or_default().iter().rev();
    own()
        .find(|module| module.name == name)
        .or_else(|| own().next())
        // The function may lie in another library than the one that registers it.
        .or_else(|| new.clone().find(|module| module.name == name))
        .or_else(|| new.clone().find(|module| module.library.is_none()))
        .or_else(|| registered.iter().rev().find(|module| module.name == name))
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registration(name: &str, init: usize, library: &str) -> Registration {
        let library = (!library.is_empty()).then(|| library.to_owned());
        Registration { name: name.into(), init, library }
    }

    #[test]
    fn files_have_the_names_of_their_modules() {
        for (file, name) in [
            ("libentry.so", "entry"),
            ("/data/storage/el1/bundle/libs/x86_64/libentry.so", "entry"),
            ("libhilog.z.so", "hilog"),
            ("entry.so", "entry"),
            ("libx.so.1", "x.so.1"),
        ] {
            assert_eq!(name_of_file(file), name);
        }
    }

    #[test]
    fn the_module_of_a_library_is_its_own_last_one_or_the_one_of_its_name() {
        let list = [
            registration("helper", 1, "/libs/libhelper.so"),
            registration("entry", 2, "/libs/libentry.so"),
            registration("other", 3, "/libs/libentry.so"),
        ];
        let init = |path, before| choose(&list, path, before).map(|module| module.init);
        assert_eq!(init("/libs/libentry.so", 0), Some(2), "by name");
        assert_eq!(init("/libs/libhelper.so", 3), Some(1), "loaded before, with another library");
        assert_eq!(init("/libs/libplain.so", 3), None);
        assert_eq!(init("/libs/libplain.so", 1), None, "those of other libraries are not its own");
        let list = [registration("first", 1, "/libs/liba.so"), registration("second", 2, "/libs/liba.so")];
        assert_eq!(choose(&list, "/libs/liba.so", 0).map(|module| module.init), Some(2), "the last one");
        let list = [registration("whatever", 7, "")];
        assert_eq!(
            choose(&list, "/libs/liba.so", 0).map(|module| module.init),
            Some(7),
            "a function without a library"
        );
        assert_eq!(choose(&list, "/libs/liba.so", 1), None);
    }
}
