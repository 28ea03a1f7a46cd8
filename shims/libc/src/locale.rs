//! `locale.h` and `langinfo.h`.
//!
//! The platform has three locales by name, which differ in nothing that a program can see but their names: text is UTF-8 and everything else is as in C. So
//! this process runs with glibc's `C.UTF-8` for characters and `C` for the rest, whatever a guest sets, and only the names are kept. The numbers of
//! categories differ from glibc's: the platform counts without a gap and `LC_ALL` is the last.

use crate::errno;
use crate::table::shims;
use libc::{c_char, c_int, c_void, locale_t, size_t};
use std::ffi::{CStr, CString};
use std::sync::{Mutex, PoisonError};

shims! {
    __ctype_get_mb_cur_max, __newlocale = newlocale as *const (), __nl_langinfo, __nl_langinfo_l, catopen, newlocale, nl_langinfo, nl_langinfo_l,
    set_iconv_icu_enable = no_icu as *const (), set_wctype_icu_enable = no_icu as *const (), setlocale,
}

const CATEGORIES: usize = 12;
/// `LC_ALL` of the platform.
const ALL: usize = CATEGORIES;

const C: &CStr = c"C";
const UTF_8: &CStr = c"C.UTF-8";
const ENGLISH: &CStr = c"en_US.UTF-8";

/// The names that the guest has set, by category.
static NAMES: Mutex<[&CStr; CATEGORIES]> = Mutex::new([C; CATEGORIES]);
/// What `setlocale(LC_ALL, …)` answers when categories differ.
static JOINED: Mutex<[u8; CATEGORIES * 24]> = Mutex::new([0; CATEGORIES * 24]);

/// Gives the process the characters of guests.
pub(crate) fn prepare() {
    // SAFETY: the name is a string. It is called before there are guests, and hosts with glibc 2.35 and newer always have this locale.
    let set = unsafe { libc::setlocale(libc::LC_CTYPE, UTF_8.as_ptr()) };
    if set.is_null() {
        tracing::warn!(target: "libc", "this system has no locale C.UTF-8: apps' native code sees only ASCII");
    }
}

/// The variables that say what the default of a category is.
const VARIABLES: [&CStr; CATEGORIES] = [
    c"LC_CTYPE",
    c"LC_NUMERIC",
    c"LC_TIME",
    c"LC_COLLATE",
    c"LC_MONETARY",
    c"LC_MESSAGES",
    c"LC_PAPER",
    c"LC_NAME",
    c"LC_ADDRESS",
    c"LC_TELEPHONE",
    c"LC_MEASUREMENT",
    c"LC_IDENTIFICATION",
];

/// What a variable of the guest's environment is set to, if it is.
fn variable(name: &CStr) -> Option<&CStr> {
    // SAFETY: the name is a string, and the value is one or null.
    unsafe {
        let value = crate::stdlib_env::getenv(name.as_ptr());
        (!value.is_null()).then(|| CStr::from_ptr(value)).filter(|value| !value.is_empty())
    }
}

/// The locale of a name, if the platform has it; that of the environment for an empty name.
fn of_category(category: usize, name: &CStr) -> Option<&'static CStr> {
    if !name.is_empty() {
        return named(name);
    }
    let own = VARIABLES.get(category).copied();
    let value = [Some(c"LC_ALL"), own, Some(c"LANG")].into_iter().flatten().find_map(variable);
    value.map_or(Some(UTF_8), named)
}

/// The locale of a name, if the platform has it.
fn named(name: &CStr) -> Option<&'static CStr> {
    // Longer names, and names that could be paths, stand for the default.
    const LONGEST: usize = 23;
    match name.to_bytes() {
        b"C" | b"POSIX" | b"en_US" => Some(C),
        b"C.UTF-8" => Some(UTF_8),
        b"en_US.UTF-8" => Some(ENGLISH),
        name if name.len() > LONGEST || name.contains(&b'/') || name.starts_with(b".") => Some(UTF_8),
        _ => None,
    }
}

/// The locales that a name for all categories stands for: one, or twelve with semicolons between.
fn all_named(name: &CStr) -> Option<[&'static CStr; CATEGORIES]> {
    let mut names = [C; CATEGORIES];
    let mut parts = name.to_bytes().split(|&byte| byte == b';');
    let mut last = CString::default();
    for (category, slot) in names.iter_mut().enumerate() {
        if let Some(part) = parts.next() {
            last = CString::new(part).ok()?;
        }
        *slot = of_category(category, &last)?;
    }
    Some(names)
}

unsafe extern "C" fn setlocale(category: c_int, name: *const c_char) -> *const c_char {
    let Some(category) = usize::try_from(category).ok().filter(|&category| category <= ALL) else {
        return std::ptr::null();
    };
    // SAFETY: the argument is a string or null.
    let name = (!name.is_null()).then(|| unsafe { CStr::from_ptr(name) });
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(name) = name {
        let done = match names.get_mut(category) {
            Some(slot) => of_category(category, name).map(|name| *slot = name),
            None => all_named(name).map(|all| *names = all),
        };
        if done.is_none() {
            return std::ptr::null();
        }
    }
    if let Some(name) = names.get(category) {
        return name.as_ptr();
    }
    if names.iter().all(|name| *name == names[0]) {
        return names[0].as_ptr();
    }
    let text = names.map(CStr::to_bytes).join(&b';');
    let mut joined = JOINED.lock().unwrap_or_else(PoisonError::into_inner);
    for (slot, byte) in joined.iter_mut().zip(text.into_iter().chain([0])) {
        *slot = byte;
    }
    joined.as_ptr().cast()
}

unsafe extern "C" fn newlocale(mask: c_int, name: *const c_char, base: locale_t) -> locale_t {
    // SAFETY: the argument is a string or null.
    let known = !name.is_null() && unsafe { of_category(0, CStr::from_ptr(name)) }.is_some();
    if mask & ((1 << CATEGORIES) - 1) != 0 && !known {
        errno::set(if name.is_null() { libc::EINVAL } else { libc::ENOENT });
        return std::ptr::null_mut();
    }
    if !base.is_null() {
        return base;
    }
    // SAFETY: the names are strings.
    unsafe {
        let locale = libc::newlocale(libc::LC_CTYPE_MASK, UTF_8.as_ptr(), std::ptr::null_mut());
        if locale.is_null() { libc::newlocale(libc::LC_ALL_MASK, C.as_ptr(), std::ptr::null_mut()) } else { locale }
    }
}

/// `MB_CUR_MAX`: UTF-8 has no longer characters (glibc allows for six bytes).
unsafe extern "C" fn __ctype_get_mb_cur_max() -> size_t {
    4
}

/// The texts of the locales. Items are a category in the upper half and an index in the lower.
fn information(item: c_int) -> *const c_char {
    let (category, index) = (item >> 16, item & 0xffff);
    if index == 0xffff {
        let names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
        return usize::try_from(category).ok().and_then(|category| names.get(category)).unwrap_or(&c"").as_ptr();
    }
    let text = match (category, index) {
        (0, 14) => c"UTF-8",
        (1, 0) => c".",
        // Days and months, AM and PM.
        // SAFETY: glibc has these items under the same numbers, and its texts of the locale C are constants.
        (2, 0..=0x27) => return unsafe { libc::nl_langinfo(item) },
        (2, 0x28 | 0x30) => c"%a %b %e %T %Y",
        (2, 0x29 | 0x2e) => c"%m/%d/%y",
        (2, 0x2a | 0x31) => c"%H:%M:%S",
        (2, 0x2b) => c"%I:%M:%S %p",
        (2, 0x2f) => c"0123456789",
        (2, 0x32) => c"am",
        (2, 0x33) => c"pm",
        (5, 0) => c"^[yY]",
        (5, 1) => c"^[nN]",
        (5, 2) => c"yes",
        (5, 3) => c"no",
        _ => c"",
    };
    text.as_ptr()
}

unsafe extern "C" fn nl_langinfo(item: c_int) -> *const c_char {
    information(item)
}

unsafe extern "C" fn __nl_langinfo(item: c_int) -> *const c_char {
    information(item)
}

unsafe extern "C" fn nl_langinfo_l(item: c_int, _locale: locale_t) -> *const c_char {
    information(item)
}

unsafe extern "C" fn __nl_langinfo_l(item: c_int, _locale: locale_t) -> *const c_char {
    information(item)
}

/// Catalogues of messages: apps cannot have any, because nothing says where they would lie.
unsafe extern "C" fn catopen(_name: *const c_char, _flags: c_int) -> *mut c_void {
    errno::set(libc::ENOENT);
    usize::MAX as *mut c_void
}

/// The platform can use its ICU for characters and conversions; the error says that its functions are not there.
unsafe extern "C" fn no_icu() -> c_int {
    -1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(category: c_int, name: Option<&CStr>) -> Option<String> {
        // SAFETY: the name is a string or null, and so is the answer.
        unsafe {
            let answer = setlocale(category, name.map_or(std::ptr::null(), CStr::as_ptr));
            (!answer.is_null()).then(|| CStr::from_ptr(answer).to_str().unwrap().to_owned())
        }
    }

    #[test]
    fn names_are_kept_by_category() {
        assert_eq!(set(12, None).as_deref(), Some("C"));
        assert_eq!(set(12, Some(c"")).as_deref(), Some("C.UTF-8"));
        assert_eq!(set(6, Some(c"en_US.UTF-8")).as_deref(), Some("en_US.UTF-8"));
        let joined = set(12, None).unwrap();
        assert_eq!(joined.split(';').nth(6), Some("en_US.UTF-8"), "{joined}");
        assert_eq!(set(12, Some(c"C")).as_deref(), Some("C"));
        assert_eq!(set(12, Some(&CString::new(joined.clone()).unwrap())), Some(joined));
        assert_eq!(set(0, Some(c"de_DE.UTF-8")), None);
        assert_eq!(set(0, None).as_deref(), Some("C.UTF-8"));
        assert_eq!((set(13, None), set(-1, None)), (None, None));
    }

    #[test]
    fn locales_are_glibcs() {
        // SAFETY: the arguments are as C asks for.
        unsafe {
            let locale = newlocale(0x7fff_ffff, c"C".as_ptr(), std::ptr::null_mut());
            assert!(!locale.is_null());
            assert_eq!(newlocale(1, c"C.UTF-8".as_ptr(), locale), locale);
            libc::freelocale(locale);
            assert!(newlocale(1, c"nowhere".as_ptr(), std::ptr::null_mut()).is_null());
        }
    }

    #[test]
    fn texts_of_the_locale() {
        // SAFETY: the answers are strings.
        let text = |item| unsafe { CStr::from_ptr(information(item)) };
        assert_eq!((text(libc::CODESET), text(libc::RADIXCHAR), text(libc::DAY_1)), (c"UTF-8", c".", c"Sunday"));
        assert_eq!(
            (text(libc::D_T_FMT), text(libc::YESEXPR), text(libc::CRNCYSTR)),
            (c"%a %b %e %T %Y", c"^[yY]", c"")
        );
        assert_eq!((text(libc::PM_STR), text(-1), text(i32::MAX)), (c"PM", c"", c""));
    }
}
