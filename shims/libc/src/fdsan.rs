//! Owners of file descriptors (`fdsan`): who opened one may mark it, and is told when somebody else closes it.

use crate::ohos::abort_with;
use crate::table::shims;
use rustc_hash::FxHashMap;
use std::ffi::{CStr, c_char, c_int};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

shims! {
    close, posix_close = close as *const (), fdsan_create_owner_tag, fdsan_exchange_owner_tag, fdsan_close_with_tag, fdsan_get_owner_tag,
    fdsan_get_tag_type, fdsan_get_tag_value, fdsan_get_error_level, fdsan_set_error_level,
}

/// The marks that are not 0.
static TAGS: LazyLock<Mutex<FxHashMap<c_int, u64>>> = LazyLock::new(Mutex::default);
/// Whether anybody has marked anything: most apps never do, and their `close` is glibc's.
static IN_USE: AtomicBool = AtomicBool::new(false);

/// What happens on a mistake.
mod level {
    use std::ffi::c_int;

    pub(super) const DISABLED: c_int = 0;
    pub(super) const WARN_ONCE: c_int = 1;
    pub(super) const WARN_ALWAYS: c_int = 2;
    pub(super) const FATAL: c_int = 3;
}

static LEVEL: AtomicI32 = AtomicI32::new(level::WARN_ALWAYS);

fn tags() -> MutexGuard<'static, FxHashMap<c_int, u64>> {
    TAGS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock of the marks, which `fork` holds so that no child starts with it taken.
pub(crate) fn hold() -> impl Sized {
    tags()
}

/// Makes `new` the mark if it is `expected`; otherwise gives what it is.
fn exchange(descriptor: c_int, expected: u64, new: u64) -> Result<(), u64> {
    let mut tags = tags();
    let actual = tags.get(&descriptor).copied().unwrap_or(0);
    if actual != expected {
        return Err(actual);
    }
    if new == 0 {
        tags.remove(&descriptor);
    } else {
        IN_USE.store(true, Ordering::Relaxed);
        tags.insert(descriptor, new);
    }
    Ok(())
}

fn mistake(what: &str) {
    match LEVEL.load(Ordering::Relaxed) {
        level::FATAL => abort_with(what),
        level::DISABLED => {}
        now => {
            tracing::warn!("fdsan: {what}");
            if now == level::WARN_ONCE {
                LEVEL.store(level::DISABLED, Ordering::Relaxed);
            }
        }
    }
}

fn owner(tag: u64) -> String {
    match tag {
        0 => "nobody".to_owned(),
        tag => format!("{} {:#x}", type_of(tag).to_string_lossy(), fdsan_get_tag_value(tag)),
    }
}

extern "C" fn close(descriptor: c_int) -> c_int {
    if IN_USE.load(Ordering::Relaxed) {
        return fdsan_close_with_tag(descriptor, 0);
    }
    close_it(descriptor)
}

/// A close that was interrupted has happened.
fn close_it(descriptor: c_int) -> c_int {
    // SAFETY: the guest's descriptor.
    match unsafe { libc::close(descriptor) } {
        -1 if crate::errno::get() == libc::EINTR => 0,
        result => result,
    }
}

/// The type is in the highest byte.
extern "C" fn fdsan_create_owner_tag(kind: c_int, tag: u64) -> u64 {
    match u8::try_from(kind) {
        _ if tag == 0 => 0,
        Ok(kind) => u64::from(kind) << 56 | tag & (u64::MAX >> 8),
        Err(_) => abort_with("fdsan_create_owner_tag: invalid owner type"),
    }
}

extern "C" fn fdsan_exchange_owner_tag(descriptor: c_int, expected: u64, new: u64) {
    if descriptor < 0 {
        return;
    }
    if let Err(actual) = exchange(descriptor, expected, new) {
        mistake(&format!(
            "failed to exchange ownership of file descriptor: fd {descriptor} is owned by {}, was expected to be owned by {}",
            owner(actual),
            owner(expected)
        ));
    }
}

extern "C" fn fdsan_close_with_tag(descriptor: c_int, expected: u64) -> c_int {
    if descriptor >= 0
        && let Err(actual) = exchange(descriptor, expected, 0)
    {
        mistake(&format!(
            "attempted to close file descriptor {descriptor}, expected to be owned by {}, actually owned by {}",
            owner(expected),
            owner(actual)
        ));
    }
    let result = close_it(descriptor);
    if expected != 0 && result == -1 && crate::errno::get() == libc::EBADF {
        mistake(&format!("fd {descriptor} with an owner was closed before"));
        crate::errno::set(libc::EBADF);
    }
    result
}

extern "C" fn fdsan_get_owner_tag(descriptor: c_int) -> u64 {
    tags().get(&descriptor).copied().unwrap_or(0)
}

fn type_of(tag: u64) -> &'static CStr {
    match tag >> 56 {
        1 => c"FILE*",
        2 => c"DIR*",
        3 => c"unique_fd",
        4 => c"ZipArchive",
        // Negative tags are values without a type.
        255 if tag >> 48 != 0xffff => c"object of unknown type",
        _ => c"native object of unknown type",
    }
}

extern "C" fn fdsan_get_tag_type(tag: u64) -> *const c_char {
    type_of(tag).as_ptr()
}

/// The tag without its type, with its sign.
extern "C" fn fdsan_get_tag_value(tag: u64) -> u64 {
    ((tag << 8).cast_signed() >> 8).cast_unsigned()
}

extern "C" fn fdsan_get_error_level() -> c_int {
    LEVEL.load(Ordering::Relaxed)
}

extern "C" fn fdsan_set_error_level(level: c_int) -> c_int {
    LEVEL.swap(level, Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_close() {
        // SAFETY: a string.
        let descriptor = unsafe { libc::open(c"/dev/null".as_ptr(), libc::O_RDONLY) };
        let tag = fdsan_create_owner_tag(3, 0x1234);
        assert_eq!((tag >> 56, fdsan_get_tag_value(tag)), (3, 0x1234));
        fdsan_exchange_owner_tag(descriptor, 0, tag);
        fdsan_exchange_owner_tag(descriptor, 0, 7);
        assert_eq!(fdsan_get_owner_tag(descriptor), tag, "who is not the owner changes nothing");
        assert_eq!(fdsan_close_with_tag(descriptor, tag), 0);
        assert_eq!(fdsan_get_owner_tag(descriptor), 0);
        assert_eq!(close(descriptor), -1);
        assert_eq!(crate::errno::get(), libc::EBADF);
    }
}
