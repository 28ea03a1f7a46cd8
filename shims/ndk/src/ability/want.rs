//! `libability_base_want.so`: Want as native code builds it.

use crate::boundary::{guarded, put, text};
use crate::library::{Export, exports};
use concord_ability::want::Want;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::ffi::{CString, c_char, c_int};
use std::ptr::null_mut;

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_AbilityBase_CreateWant,
    OH_AbilityBase_DestroyWant,
    OH_AbilityBase_SetWantElement,
    OH_AbilityBase_GetWantElement,
    OH_AbilityBase_SetWantCharParam,
    OH_AbilityBase_GetWantCharParam,
    OH_AbilityBase_AddWantFd: "descriptors stay in this process",
    OH_AbilityBase_GetWantFd,
    OH_AbilityBase_SetWantUri,
    OH_AbilityBase_GetWantUri,
    OH_AbilityBase_SetWantInt32Param,
    OH_AbilityBase_GetWantInt32Param,
    OH_AbilityBase_SetWantBoolParam,
    OH_AbilityBase_GetWantBoolParam,
    OH_AbilityBase_SetWantDoubleParam,
    OH_AbilityBase_GetWantDoubleParam,
];

const OK: c_int = 0;
const PARAM_INVALID: c_int = 401;
/// Parameters of one Want; more are not sensible.
const MOST_PARAMETERS: usize = 4096;

/// `AbilityBase_Element`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Element {
    bundle_name: *mut c_char,
    module_name: *mut c_char,
    ability_name: *mut c_char,
}

/// `AbilityBase_Want`.
pub(crate) struct NativeWant {
    /// What it is for the rest of the app.
    pub(crate) want: Want,
    descriptors: FxHashMap<String, c_int>,
    /// The texts of the element that the guest was last told; it does not free them.
    told: Vec<CString>,
}

/// The element as texts; `None` when one is missing.
///
/// # Safety
/// Texts end with zero.
unsafe fn names(element: Element) -> Option<[String; 3]> {
    // SAFETY: by the contract of the function.
    unsafe {
        Some([
            text(element.bundle_name)?.to_owned(),
            text(element.module_name)?.to_owned(),
            text(element.ability_name)?.to_owned(),
        ])
    }
}

impl NativeWant {
    fn set_element(&mut self, [bundle, module, ability]: [String; 3]) {
        (self.want.bundle_name, self.want.module_name, self.want.ability_name) = (bundle, module, ability);
    }
}

/// Runs a function of a Want.
///
/// # Safety
/// The Want is null or alive, and used by one thread at a time.
unsafe fn with(want: *mut NativeWant, name: &'static str, f: impl FnOnce(&mut NativeWant) -> Option<()>) -> c_int {
    guarded(name, PARAM_INVALID, || {
        // SAFETY: by the contract of the function.
        let done = unsafe { want.as_mut() }.and_then(f);
        if done.is_some() { OK } else { PARAM_INVALID }
    })
}

/// Sets a parameter.
///
/// # Safety
/// As in C.
unsafe fn set(want: *mut NativeWant, name: &'static str, key: *const c_char, value: Option<Value>) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(want, name, |native| {
            let parameters = &mut native.want.parameters;
            let key = text(key)?;
            if parameters.len() >= MOST_PARAMETERS && !parameters.contains_key(key) {
                return None;
            }
            parameters.insert(key.to_owned(), value?);
            Some(())
        })
    }
}

/// Reads a parameter of one type.
///
/// # Safety
/// As in C.
unsafe fn get<T>(
    want: *mut NativeWant,
    name: &'static str,
    key: *const c_char,
    out: *mut T,
    read: impl FnOnce(&Value) -> Option<T>,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(want, name, |native| {
            let value = read(native.want.parameters.get(text(key)?)?)?;
            put(out, value).then_some(())
        })
    }
}

/// Copies a text where the guest has room for `size` bytes.
///
/// # Safety
/// `out` is null or has that room.
unsafe fn give_text(out: *mut c_char, size: usize, value: &str) -> Option<()> {
    if out.is_null() || value.len() >= size {
        return None;
    }
    // SAFETY: there is room for the text and its zero.
    unsafe {
        out.cast::<u8>().copy_from_nonoverlapping(value.as_ptr(), value.len());
        out.add(value.len()).write(0);
    }
    Some(())
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_AbilityBase_CreateWant(element: Element) -> *mut NativeWant {
    guarded("OH_AbilityBase_CreateWant", null_mut(), || {
        // SAFETY: by the contract of the function.
        let Some(names) = (unsafe { names(element) }) else { return null_mut() };
        let mut native = NativeWant { want: Want::default(), descriptors: FxHashMap::default(), told: Vec::new() };
        native.set_element(names);
        Box::into_raw(Box::new(native))
    })
}

/// # Safety
/// As in C: the Want is alive, and not used again.
unsafe extern "C" fn OH_AbilityBase_DestroyWant(want: *mut NativeWant) -> c_int {
    if want.is_null() {
        return PARAM_INVALID;
    }
    // SAFETY: by the contract of the function; it came from a box.
    guarded("OH_AbilityBase_DestroyWant", (), || drop(unsafe { Box::from_raw(want) }));
    OK
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_AbilityBase_SetWantElement(want: *mut NativeWant, element: Element) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(want, "OH_AbilityBase_SetWantElement", |native| {
            native.set_element(names(element)?);
            Some(())
        })
    }
}

/// The texts live as long as the Want.
///
/// # Safety
/// As in C: the element may be written.
unsafe extern "C" fn OH_AbilityBase_GetWantElement(want: *mut NativeWant, out: *mut Element) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(want, "OH_AbilityBase_GetWantElement", |native| {
            let Want { bundle_name, module_name, ability_name, .. } = &native.want;
            let mut tell = |name: &str| {
                let name = CString::new(name).unwrap_or_default();
                let address = name.as_ptr().cast_mut();
                // The text itself does not move with the vector.
                native.told.push(name);
                address
            };
            let element = Element {
                bundle_name: tell(bundle_name),
                module_name: tell(module_name),
                ability_name: tell(ability_name),
            };
            put(out, element).then_some(())
        })
    }
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_AbilityBase_SetWantCharParam(
    want: *mut NativeWant,
    key: *const c_char,
    value: *const c_char,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { set(want, "OH_AbilityBase_SetWantCharParam", key, text(value).map(Value::from)) }
}

/// # Safety
/// As in C: there is room for as many bytes.
unsafe extern "C" fn OH_AbilityBase_GetWantCharParam(
    want: *mut NativeWant,
    key: *const c_char,
    out: *mut c_char,
    size: usize,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(want, "OH_AbilityBase_GetWantCharParam", |native| {
            give_text(out, size, native.want.parameters.get(text(key)?)?.as_str()?)
        })
    }
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_AbilityBase_AddWantFd(want: *mut NativeWant, key: *const c_char, descriptor: c_int) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(want, "OH_AbilityBase_AddWantFd", |native| {
            if native.descriptors.len() >= MOST_PARAMETERS {
                return None;
            }
            native.descriptors.insert(text(key)?.to_owned(), descriptor);
            Some(())
        })
    }
}

/// # Safety
/// As in C: texts end with zero, the result may be written.
unsafe extern "C" fn OH_AbilityBase_GetWantFd(want: *mut NativeWant, key: *const c_char, out: *mut c_int) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(want, "OH_AbilityBase_GetWantFd", |native| put(out, *native.descriptors.get(text(key)?)?).then_some(()))
    }
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_AbilityBase_SetWantUri(want: *mut NativeWant, uri: *const c_char) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe {
        with(want, "OH_AbilityBase_SetWantUri", |native| {
            text(uri)?.clone_into(&mut native.want.uri);
            Some(())
        })
    }
}

/// # Safety
/// As in C: there is room for as many bytes.
unsafe extern "C" fn OH_AbilityBase_GetWantUri(want: *mut NativeWant, out: *mut c_char, size: usize) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { with(want, "OH_AbilityBase_GetWantUri", |native| give_text(out, size, &native.want.uri)) }
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_AbilityBase_SetWantInt32Param(want: *mut NativeWant, key: *const c_char, value: i32) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { set(want, "OH_AbilityBase_SetWantInt32Param", key, Some(Value::from(value))) }
}

/// # Safety
/// As in C: texts end with zero, the result may be written.
unsafe extern "C" fn OH_AbilityBase_GetWantInt32Param(
    want: *mut NativeWant,
    key: *const c_char,
    out: *mut i32,
) -> c_int {
    let read = |value: &Value| value.as_i64().and_then(|value| i32::try_from(value).ok());
    // SAFETY: by the contract of the function.
    unsafe { get(want, "OH_AbilityBase_GetWantInt32Param", key, out, read) }
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_AbilityBase_SetWantBoolParam(want: *mut NativeWant, key: *const c_char, value: bool) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { set(want, "OH_AbilityBase_SetWantBoolParam", key, Some(Value::from(value))) }
}

/// # Safety
/// As in C: texts end with zero, the result may be written.
unsafe extern "C" fn OH_AbilityBase_GetWantBoolParam(
    want: *mut NativeWant,
    key: *const c_char,
    out: *mut bool,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { get(want, "OH_AbilityBase_GetWantBoolParam", key, out, Value::as_bool) }
}

/// # Safety
/// As in C: texts end with zero.
unsafe extern "C" fn OH_AbilityBase_SetWantDoubleParam(want: *mut NativeWant, key: *const c_char, value: f64) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { set(want, "OH_AbilityBase_SetWantDoubleParam", key, Some(Value::from(value))) }
}

/// # Safety
/// As in C: texts end with zero, the result may be written.
unsafe extern "C" fn OH_AbilityBase_GetWantDoubleParam(
    want: *mut NativeWant,
    key: *const c_char,
    out: *mut f64,
) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { get(want, "OH_AbilityBase_GetWantDoubleParam", key, out, Value::as_f64) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::CStr;

    #[test]
    fn a_want_keeps_what_it_is_given() {
        let name = |text: &CStr| text.as_ptr().cast_mut();
        let element =
            Element { bundle_name: name(c"com.a"), module_name: name(c"entry"), ability_name: name(c"EntryAbility") };
        // SAFETY: the Want is alive until destroyed, texts end with zero.
        unsafe {
            let want = OH_AbilityBase_CreateWant(element);
            let key = c"key".as_ptr();
            assert_eq!(OH_AbilityBase_SetWantCharParam(want, key, c"value".as_ptr()), OK);
            let mut room = [0; 6];
            assert_eq!(OH_AbilityBase_GetWantCharParam(want, key, room.as_mut_ptr(), 5), PARAM_INVALID, "too small");
            assert_eq!(OH_AbilityBase_GetWantCharParam(want, key, room.as_mut_ptr(), 6), OK);
            assert_eq!(CStr::from_ptr(room.as_ptr()), c"value");
            let mut number = 0;
            assert_eq!(OH_AbilityBase_GetWantInt32Param(want, key, &mut number), PARAM_INVALID, "a text");
            assert_eq!(OH_AbilityBase_SetWantInt32Param(want, key, -7), OK);
            assert_eq!(OH_AbilityBase_GetWantInt32Param(want, key, &mut number), OK);
            assert_eq!(number, -7);
            let mut back = element;
            back.bundle_name = null_mut();
            assert_eq!(OH_AbilityBase_GetWantElement(want, &mut back), OK);
            assert_eq!(CStr::from_ptr(back.ability_name), c"EntryAbility");
            assert_eq!((*want).want.bundle_name, "com.a");
            assert_eq!(OH_AbilityBase_DestroyWant(want), OK);
            let nothing = Element { bundle_name: null_mut(), ..element };
            assert!(OH_AbilityBase_CreateWant(nothing).is_null());
        }
    }
}
