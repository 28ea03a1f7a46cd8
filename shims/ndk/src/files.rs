//! `libohfileuri.so`, `libohenvironment.so` and `libohfileio.so`: addresses of files and folders of the person's.

use crate::boundary::{allocated, guarded, put};
use crate::library::{Export, exports};
use crate::process::process;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::ffi::{c_char, c_int, c_uint};

/// Functions of `libohfileuri.so`.
pub(crate) static FILE_URI: &[Export] = exports![
    OH_FileUri_GetUriFromPath,
    OH_FileUri_GetPathFromUri,
    OH_FileUri_GetFullDirectoryUri,
    OH_FileUri_IsValidUri,
    OH_FileUri_GetFileName,
];

/// Functions of `libohenvironment.so`.
pub(crate) static ENVIRONMENT: &[Export] = exports![
    OH_Environment_GetUserDownloadDir = no_folder: "apps get files that a person hands to them, no whole folders: 801",
    OH_Environment_GetUserDesktopDir = no_folder: "apps get files that a person hands to them, no whole folders: 801",
    OH_Environment_GetUserDocumentDir = no_folder: "apps get files that a person hands to them, no whole folders: 801",
];

/// Functions of `libohfileio.so`.
pub(crate) static FILE_IO: &[Export] = exports![OH_FileIO_GetFileLocation];

// `FileManagement_ErrCode`.
const OK: c_int = 0;
const INVALID_PARAMETER: c_int = 401;
const NOT_SUPPORTED: c_int = 801;
const NO_ENTRY: c_int = 13_900_002;
const NO_MEMORY: c_int = 13_900_011;
const UNKNOWN: c_int = 13_900_042;

const SCHEME: &str = "file://";
/// Where photos of `file://media/…` are in the file system.
const GALLERY: &str = "/data/storage/el2/media";
/// What `encodeURIComponent` leaves alone, and slashes.
const PATH: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'/');

/// Text of the guest's that has this length, without the zero that it may end with.
///
/// # Safety
/// `text` is null or has as many bytes.
unsafe fn text_of<'a>(text: *const c_char, length: c_uint) -> Option<&'a str> {
    if text.is_null() {
        return None;
    }
    // SAFETY: by the contract of the function.
    let bytes = unsafe { std::slice::from_raw_parts(text.cast::<u8>(), length as usize) };
    let bytes = bytes.split(|byte| *byte == 0).next()?;
    std::str::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

/// Answers with a text that is made from the guest's.
///
/// # Safety
/// As for [`text_of`]; `out` is null or may be written.
unsafe fn answer(
    function: &'static str,
    given: *const c_char,
    length: c_uint,
    out: *mut *mut c_char,
    make: impl FnOnce(&str) -> Result<String, c_int>,
) -> c_int {
    guarded(function, UNKNOWN, || {
        // SAFETY: by the contract of the function.
        let Some(given) = (unsafe { text_of(given, length) }) else { return INVALID_PARAMETER };
        if out.is_null() {
            return INVALID_PARAMETER;
        }
        let made = match make(given) {
            Ok(made) => made,
            Err(code) => return code,
        };
        let copy = allocated(made.as_bytes());
        if copy.is_null() {
            return NO_MEMORY;
        }
        // SAFETY: by the contract of the function.
        unsafe { put(out, copy) };
        OK
    })
}

/// The path that an address of the guest's has for the app, when it is one.
///
/// # Safety
/// As for [`text_of`].
pub(crate) unsafe fn path_of_text(uri: *const c_char, length: c_uint) -> Option<String> {
    // SAFETY: by the contract of the function.
    unsafe { text_of(uri, length) }.and_then(|uri| path_of(uri).ok())
}

/// The path that an address has for the app.
fn path_of(uri: &str) -> Result<String, c_int> {
    let rest = uri.strip_prefix(SCHEME).ok_or(INVALID_PARAMETER)?;
    let (authority, path) = rest.split_at(rest.find('/').ok_or(INVALID_PARAMETER)?);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().map_err(|_| INVALID_PARAMETER)?;
    Ok(if authority == "media" { format!("{GALLERY}{path}") } else { path.into_owned() })
}

fn uri_of(path: &str) -> String {
    if path.starts_with(SCHEME) {
        return path.to_owned();
    }
    let bundle = process().map_or("", |process| process.packages.bundle_name());
    format!("{SCHEME}{bundle}{}", utf8_percent_encode(path, &PATH))
}

/// # Safety
/// As in C.
unsafe extern "C" fn OH_FileUri_GetUriFromPath(path: *const c_char, length: c_uint, out: *mut *mut c_char) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { answer("OH_FileUri_GetUriFromPath", path, length, out, |path| Ok(uri_of(path))) }
}

/// # Safety
/// As in C.
unsafe extern "C" fn OH_FileUri_GetPathFromUri(uri: *const c_char, length: c_uint, out: *mut *mut c_char) -> c_int {
    // SAFETY: by the contract of the function.
    unsafe { answer("OH_FileUri_GetPathFromUri", uri, length, out, path_of) }
}

/// The address itself when it is one of a folder, else that of the folder that the file is in.
///
/// # Safety
/// As in C.
unsafe extern "C" fn OH_FileUri_GetFullDirectoryUri(
    uri: *const c_char,
    length: c_uint,
    out: *mut *mut c_char,
) -> c_int {
    let folder = |uri: &str| {
        let path = path_of(uri)?;
        let host = process().and_then(|process| process.paths.to_host(&path).ok()).ok_or(NO_ENTRY)?;
        let is_folder = std::fs::metadata(host).map_err(|_| NO_ENTRY)?.is_dir();
        let end = if is_folder { uri.len() } else { uri.rfind('/').unwrap_or(uri.len()) };
        Ok(uri.get(..end).unwrap_or(uri).to_owned())
    };
    // SAFETY: by the contract of the function.
    unsafe { answer("OH_FileUri_GetFullDirectoryUri", uri, length, out, folder) }
}

/// # Safety
/// As in C.
unsafe extern "C" fn OH_FileUri_IsValidUri(uri: *const c_char, length: c_uint) -> bool {
    guarded("OH_FileUri_IsValidUri", false, || {
        // SAFETY: by the contract of the function.
        unsafe { text_of(uri, length) }.is_some_and(|uri| path_of(uri).is_ok())
    })
}

/// # Safety
/// As in C.
unsafe extern "C" fn OH_FileUri_GetFileName(uri: *const c_char, length: c_uint, out: *mut *mut c_char) -> c_int {
    let name = |uri: &str| path_of(uri).map(|path| path.rsplit('/').next().unwrap_or_default().to_owned());
    // SAFETY: by the contract of the function.
    unsafe { answer("OH_FileUri_GetFileName", uri, length, out, name) }
}

extern "C" fn no_folder(_out: *mut *mut c_char) -> c_int {
    NOT_SUPPORTED
}

/// All files are here: `LOCAL`.
///
/// # Safety
/// As in C.
unsafe extern "C" fn OH_FileIO_GetFileLocation(uri: *const c_char, length: c_int, out: *mut c_int) -> c_int {
    const LOCAL: c_int = 1;
    guarded("OH_FileIO_GetFileLocation", UNKNOWN, || {
        // SAFETY: by the contract of the function.
        let uri = unsafe { text_of(uri, c_uint::try_from(length).unwrap_or(0)) };
        let Some(path) = uri.and_then(|uri| path_of(uri).ok()) else { return INVALID_PARAMETER };
        let host = process().and_then(|process| process.paths.to_host(&path).ok());
        if !host.is_some_and(|host| host.exists()) {
            return NO_ENTRY;
        }
        // SAFETY: by the contract of the function.
        if unsafe { put(out, LOCAL) } { OK } else { INVALID_PARAMETER }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_paths() {
        assert_eq!(
            path_of("file://com.a/data/storage/el2/base/a%20b.txt?x=1").as_deref(),
            Ok("/data/storage/el2/base/a b.txt")
        );
        assert_eq!(path_of("file://media/Photo/1/a/a.png").as_deref(), Ok("/data/storage/el2/media/Photo/1/a/a.png"));
        assert_eq!(path_of("http://x/y"), Err(INVALID_PARAMETER));
        assert_eq!(path_of("file://com.a"), Err(INVALID_PARAMETER));
        assert_eq!(path_of("file://com.a/%ff"), Err(INVALID_PARAMETER));
        assert_eq!(uri_of("/data/a b'ü"), "file:///data/a%20b'%C3%BC");
    }

    #[test]
    fn answers_are_allocated() {
        let uri = c"file://docs/storage/x/letter.txt";
        let mut out = std::ptr::null_mut();
        // SAFETY: the text has this length, and the answer may be written.
        unsafe {
            assert_eq!(OH_FileUri_GetFileName(uri.as_ptr(), 32, &mut out), OK);
            assert_eq!(std::ffi::CStr::from_ptr(out), c"letter.txt");
            libc::free(out.cast());
            assert_eq!(OH_FileUri_GetFileName(std::ptr::null(), 1, &mut out), INVALID_PARAMETER);
            assert_eq!(OH_FileUri_GetFileName(uri.as_ptr(), 32, std::ptr::null_mut()), INVALID_PARAMETER);
            assert!(OH_FileUri_IsValidUri(uri.as_ptr(), 32));
            assert!(!OH_FileUri_IsValidUri(uri.as_ptr(), 8));
        }
    }
}
