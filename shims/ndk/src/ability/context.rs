//! The application's context in `libability_runtime.so`: the app's folders, and starting abilities of its own.

use super::want::NativeWant;
use crate::boundary::{guarded, put};
use crate::library::{Export, exports};
use crate::process::process;
use concord_ability::app::AppHandle;
use concord_ability::want::Want;
use std::ffi::{c_char, c_int, c_void};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_AbilityRuntime_ApplicationContextGetCacheDir,
    OH_AbilityRuntime_ApplicationContextGetTempDir,
    OH_AbilityRuntime_ApplicationContextGetFilesDir,
    OH_AbilityRuntime_ApplicationContextGetDatabaseDir,
    OH_AbilityRuntime_ApplicationContextGetPreferencesDir,
    OH_AbilityRuntime_ApplicationContextGetBundleCodeDir,
    OH_AbilityRuntime_ApplicationContextGetDistributedFilesDir,
    OH_AbilityRuntime_ApplicationContextGetCloudFileDir,
    OH_AbilityRuntime_ApplicationContextGetLogFileDir,
    OH_AbilityRuntime_ApplicationContextGetAreaMode: "what ArkTS sets does not count",
    OH_AbilityRuntime_ApplicationContextGetBundleName,
    OH_AbilityRuntime_ApplicationContextGetVersionCode,
    OH_AbilityRuntime_StartSelfUIAbility: "what goes wrong after the call is in the log",
    OH_AbilityRuntime_StartSelfUIAbilityWithStartOptions: "without the options; what goes wrong after the call is in the log",
];

// `AbilityRuntime_ErrorCode`.
const OK: c_int = 0;
const PARAM_INVALID: c_int = 401;
const NO_SUCH_ABILITY: c_int = 16_000_001;
const CONTEXT_NOT_EXIST: c_int = 16_000_011;
const CROSS_APP: c_int = 16_000_018;
const INTERNAL: c_int = 16_000_050;

/// `AREA_MODE_EL2`, where apps are unless they say otherwise.
const AREA_EL2: c_int = 1;

/// Answers with a text.
///
/// # Safety
/// `out` is null or has room for `size` bytes, `length` is null or may be written.
unsafe fn give(name: &'static str, value: &str, out: *mut c_char, size: i32, length: *mut i32) -> c_int {
    guarded(name, INTERNAL, || {
        let fits = usize::try_from(size).is_ok_and(|size| value.len() < size);
        if out.is_null() || length.is_null() || !fits {
            return PARAM_INVALID;
        }
        // SAFETY: there is room for the text and its zero.
        unsafe {
            out.cast::<u8>().copy_from_nonoverlapping(value.as_ptr(), value.len());
            out.add(value.len()).write(0);
            put(length, i32::try_from(value.len()).unwrap_or(i32::MAX));
        }
        OK
    })
}

/// Makes the functions that answer with a folder, which is there afterwards.
macro_rules! folders {
    ($($function:ident $path:literal)*) => { $(
        /// # Safety
        /// As in C: there is room for as many bytes, the length may be written.
        unsafe extern "C" fn $function(out: *mut c_char, size: i32, length: *mut i32) -> c_int {
            let Some(process) = process() else { return CONTEXT_NOT_EXIST };
            if let Ok(host) = process.paths.to_host($path)
                && let Err(error) = std::fs::create_dir_all(&host)
            {
                tracing::debug!("{}: {error}", $path);
            }
            // SAFETY: by the contract of the function.
            unsafe { give(stringify!($function), $path, out, size, length) }
        }
    )* };
}

folders! {
    OH_AbilityRuntime_ApplicationContextGetCacheDir "/data/storage/el2/base/cache"
    OH_AbilityRuntime_ApplicationContextGetTempDir "/data/storage/el2/base/temp"
    OH_AbilityRuntime_ApplicationContextGetFilesDir "/data/storage/el2/base/files"
    OH_AbilityRuntime_ApplicationContextGetDatabaseDir "/data/storage/el2/database"
    OH_AbilityRuntime_ApplicationContextGetPreferencesDir "/data/storage/el2/base/preferences"
    OH_AbilityRuntime_ApplicationContextGetBundleCodeDir "/data/storage/el1/bundle"
    OH_AbilityRuntime_ApplicationContextGetDistributedFilesDir "/data/storage/el2/distributedfiles"
    OH_AbilityRuntime_ApplicationContextGetCloudFileDir "/data/storage/el2/cloud"
    OH_AbilityRuntime_ApplicationContextGetLogFileDir "/data/storage/el2/log"
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_AbilityRuntime_ApplicationContextGetAreaMode(out: *mut c_int) -> c_int {
    // SAFETY: by the contract of the function.
    if unsafe { put(out, AREA_EL2) } { OK } else { PARAM_INVALID }
}

/// # Safety
/// As in C: there is room for as many bytes, the length may be written.
unsafe extern "C" fn OH_AbilityRuntime_ApplicationContextGetBundleName(
    out: *mut c_char,
    size: i32,
    length: *mut i32,
) -> c_int {
    let Some(process) = process() else { return CONTEXT_NOT_EXIST };
    // SAFETY: by the contract of the function.
    unsafe {
        give("OH_AbilityRuntime_ApplicationContextGetBundleName", process.packages.bundle_name(), out, size, length)
    }
}

/// # Safety
/// As in C: the result may be written.
unsafe extern "C" fn OH_AbilityRuntime_ApplicationContextGetVersionCode(out: *mut i64) -> c_int {
    let Some(process) = process() else { return CONTEXT_NOT_EXIST };
    let version = i64::try_from(process.packages.entry().module().app.version_code).unwrap_or(i64::MAX);
    // SAFETY: by the contract of the function.
    if unsafe { put(out, version) } { OK } else { PARAM_INVALID }
}

/// Starts an ability of this app, on the main thread.
fn start(want: &Want) -> Result<(), c_int> {
    let process = process().ok_or(CONTEXT_NOT_EXIST)?;
    if want.bundle_name != process.packages.bundle_name() {
        return Err(CROSS_APP);
    }
    let there = process.packages.packages().iter().any(|package| {
        let module = &package.module().module;
        (want.module_name.is_empty() || module.name == want.module_name)
            && module.abilities.iter().any(|ability| ability.name == want.ability_name)
    });
    if !there {
        return Err(NO_SUCH_ABILITY);
    }
    let want = want.clone();
    let posted = process.main_loop.post(move |context, _| {
        if let Err(error) = AppHandle::of(context).start_ability(&want) {
            tracing::warn!("OH_AbilityRuntime_StartSelfUIAbility: {}: {error}", want.ability_name);
        }
        Ok(())
    });
    if posted { Ok(()) } else { Err(INTERNAL) }
}

/// # Safety
/// As in C: the Want is alive.
unsafe extern "C" fn OH_AbilityRuntime_StartSelfUIAbility(want: *const NativeWant) -> c_int {
    guarded("OH_AbilityRuntime_StartSelfUIAbility", INTERNAL, || {
        // SAFETY: by the contract of the function.
        match unsafe { want.as_ref() } {
            Some(native) => start(&native.want).err().unwrap_or(OK),
            None => PARAM_INVALID,
        }
    })
}

/// # Safety
/// As in C: the Want is alive.
unsafe extern "C" fn OH_AbilityRuntime_StartSelfUIAbilityWithStartOptions(
    want: *const NativeWant,
    options: *const c_void,
) -> c_int {
    if options.is_null() {
        return PARAM_INVALID;
    }
    // SAFETY: by the contract of the function.
    unsafe { OH_AbilityRuntime_StartSelfUIAbility(want) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_or_are_refused() {
        let (mut room, mut length) = ([0; 6], 0);
        // SAFETY: the room has as many bytes as is said.
        unsafe {
            assert_eq!(give("test", "12345", room.as_mut_ptr(), 6, &mut length), OK);
            assert_eq!((room[4] as u8, room[5], length), (b'5', 0, 5));
            assert_eq!(give("test", "123456", room.as_mut_ptr(), 6, &mut length), PARAM_INVALID);
            assert_eq!(give("test", "1", room.as_mut_ptr(), -1, &mut length), PARAM_INVALID);
            assert_eq!(give("test", "1", std::ptr::null_mut(), 6, &mut length), PARAM_INVALID);
            assert_eq!(crate::boundary::text(room.as_ptr()), Some("12345"));
        }
    }
}
