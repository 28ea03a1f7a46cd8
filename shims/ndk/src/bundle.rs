//! `libbundle_ndk.z.so`: what the app is. Texts are copies that the guest frees; the values are those of `@ohos.bundle.bundleManager`.

use crate::boundary::{allocated, guarded, put};
use crate::library::{Export, exports};
use crate::process::process;
use concord_package::Package;
use std::ffi::{c_char, c_int, c_void};
use std::ptr::null_mut;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_NativeBundle_GetCurrentApplicationInfo: "no fingerprint",
    OH_NativeBundle_GetAppId: "no signature in it",
    OH_NativeBundle_GetAppIdentifier: "empty",
    OH_NativeBundle_GetMainElementName,
    OH_NativeBundle_GetCompatibleDeviceType,
    OH_NativeBundle_IsDebugMode,
    OH_NativeBundle_GetModuleMetadata: "no resources",
    OH_NativeBundle_GetAbilityResourceInfo: "apps may not ask for abilities of others: 201",
];

/// `OH_NativeBundle_ApplicationInfo`.
#[repr(C)]
struct ApplicationInfo {
    bundle_name: *mut c_char,
    fingerprint: *mut c_char,
}

/// `OH_NativeBundle_ElementName`.
#[repr(C)]
struct ElementName {
    bundle_name: *mut c_char,
    module_name: *mut c_char,
    ability_name: *mut c_char,
}

/// `OH_NativeBundle_Metadata`.
#[repr(C)]
struct Metadata {
    name: *mut c_char,
    value: *mut c_char,
    resource: *mut c_char,
}

/// `OH_NativeBundle_ModuleMetadata`.
#[repr(C)]
struct ModuleMetadata {
    module_name: *mut c_char,
    metadata: *mut Metadata,
    count: usize,
}

fn bundle_name() -> &'static str {
    process().map_or("", |process| process.packages.bundle_name())
}

fn entry() -> Option<&'static Package> {
    process().map(|process| process.packages.entry())
}

fn copy(text: &str) -> *mut c_char {
    allocated(text.as_bytes())
}

/// An array that the guest frees, with one element for each that is given; null when there is no memory for it.
fn array<T>(elements: Vec<T>) -> *mut T {
    // SAFETY: calloc takes any size.
    let array = unsafe { libc::calloc(elements.len().max(1), size_of::<T>()) }.cast::<T>();
    if !array.is_null() {
        for (at, element) in elements.into_iter().enumerate() {
            // SAFETY: there is room for all of them, aligned as malloc does for any type of C.
            unsafe { array.add(at).write(element) };
        }
    }
    array
}

extern "C" fn OH_NativeBundle_GetCurrentApplicationInfo() -> ApplicationInfo {
    let nothing = ApplicationInfo { bundle_name: null_mut(), fingerprint: null_mut() };
    guarded("OH_NativeBundle_GetCurrentApplicationInfo", nothing, || ApplicationInfo {
        bundle_name: copy(bundle_name()),
        fingerprint: copy(""),
    })
}

extern "C" fn OH_NativeBundle_GetAppId() -> *mut c_char {
    guarded("OH_NativeBundle_GetAppId", null_mut(), || copy(&format!("{}_", bundle_name())))
}

extern "C" fn OH_NativeBundle_GetAppIdentifier() -> *mut c_char {
    guarded("OH_NativeBundle_GetAppIdentifier", null_mut(), || copy(""))
}

extern "C" fn OH_NativeBundle_GetMainElementName() -> ElementName {
    let nothing = ElementName { bundle_name: null_mut(), module_name: null_mut(), ability_name: null_mut() };
    guarded("OH_NativeBundle_GetMainElementName", nothing, || {
        let module = entry().map(|entry| &entry.module().module);
        ElementName {
            bundle_name: copy(bundle_name()),
            module_name: copy(module.map_or("", |module| &module.name)),
            ability_name: copy(module.map_or("", |module| &module.main_element)),
        }
    })
}

extern "C" fn OH_NativeBundle_GetCompatibleDeviceType() -> *mut c_char {
    guarded("OH_NativeBundle_GetCompatibleDeviceType", null_mut(), || {
        copy(process().map_or("", |process| &process.device_type))
    })
}

/// # Safety
/// As in C: `out` may be written.
unsafe extern "C" fn OH_NativeBundle_IsDebugMode(out: *mut bool) -> bool {
    guarded("OH_NativeBundle_IsDebugMode", false, || {
        let debug = entry().is_some_and(|entry| entry.module().app.debug);
        // SAFETY: by the contract of the function.
        unsafe { put(out, debug) }
    })
}

/// # Safety
/// As in C: `size` may be written.
unsafe extern "C" fn OH_NativeBundle_GetModuleMetadata(size: *mut usize) -> *mut c_void {
    guarded("OH_NativeBundle_GetModuleMetadata", null_mut(), || {
        let packages = process().map(|process| process.packages.packages()).unwrap_or_default();
        let modules: Vec<_> = packages
            .iter()
            .map(|package| {
                let module = &package.module().module;
                let own = module.metadata.iter().map(|metadata| Metadata {
                    name: copy(&metadata.name),
                    value: copy(&metadata.value),
                    resource: copy(""),
                });
                let own: Vec<_> = own.collect();
                ModuleMetadata { module_name: copy(&module.name), count: own.len(), metadata: array(own) }
            })
            .collect();
        // SAFETY: by the contract of the function.
        if !unsafe { put(size, modules.len()) } {
            return null_mut();
        }
        array(modules).cast::<c_void>()
    })
}

/// # Safety
/// As in C: what is not null may be written.
unsafe extern "C" fn OH_NativeBundle_GetAbilityResourceInfo(
    _file_type: *const c_char,
    out: *mut *mut c_void,
    size: *mut usize,
) -> c_int {
    const PERMISSION_DENIED: c_int = 201;
    // SAFETY: by the contract of the function.
    unsafe {
        put(out, null_mut());
        put(size, 0);
    }
    PERMISSION_DENIED
}
