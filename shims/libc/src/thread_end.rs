//! What runs when a guest thread ends: destructors of thread-local objects, then those of keys.
//!
//! glibc would call the destructors of keys in the order in which the keys were made. C leaves the order open, and another is better: blocks of
//! emulated thread-local storage hang on a key that is made before all that lives in them, and musl's `free` leaves contents as they are while
//! glibc's does not. So the newest key comes first. Values are glibc's own, and so are the keys of threads that no guest has started.

use crate::table::shims;
use libc::pthread_key_t;
use std::cell::{Cell, RefCell};
use std::ffi::{c_int, c_void};
use std::sync::{Mutex, MutexGuard, PoisonError};

shims! {
    pthread_key_create, __pthread_key_create = pthread_key_create as *const (), pthread_key_delete, tss_create, tss_delete,
    __cxa_thread_atexit_impl,
}

type Destructor = unsafe extern "C" fn(*mut c_void);

/// How often destructors are called that leave values behind (`PTHREAD_DESTRUCTOR_ITERATIONS`).
const ROUNDS: u32 = 4;
/// What `thrd_…` functions answer.
const THRD_ERROR: c_int = 2;

/// Keys of guests that have a destructor, oldest first.
static KEYS: Mutex<Vec<(pthread_key_t, Destructor)>> = Mutex::new(Vec::new());

struct Object {
    destructor: Destructor,
    object: *mut c_void,
}

thread_local! {
    /// Whether this is a thread whose end comes through here.
    static GUEST: Cell<bool> = const { Cell::new(false) };
    /// Thread-local objects, oldest first.
    static OBJECTS: RefCell<Vec<Object>> = const { RefCell::new(Vec::new()) };
}

fn keys() -> MutexGuard<'static, Vec<(pthread_key_t, Destructor)>> {
    KEYS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The lock of the keys, which `fork` holds so that no child starts with it taken.
pub(crate) fn hold() -> impl Sized {
    keys()
}

/// Says that [`finish`] will be called at the end of this thread.
pub(crate) fn begin() {
    GUEST.set(true);
}

/// Calls what waits for the end of this thread.
pub(crate) fn finish() {
    // Destructors may make new objects.
    while let Some(Object { destructor, object }) = OBJECTS.with_borrow_mut(Vec::pop) {
        // SAFETY: the guest's function with the guest's object.
        unsafe { destructor(object) };
    }
    for _ in 0..ROUNDS {
        let mut quiet = true;
        // A copy, because destructors may make and delete keys.
        let newest_first: Vec<_> = keys().iter().rev().copied().collect();
        for (key, destructor) in newest_first {
            // SAFETY: a key, which has no value when it has been deleted meanwhile.
            let value = unsafe { libc::pthread_getspecific(key) };
            if !value.is_null() {
                quiet = false;
                // SAFETY: as above; the guest's function with the guest's value.
                unsafe {
                    libc::pthread_setspecific(key, std::ptr::null());
                    destructor(value);
                }
            }
        }
        if quiet {
            break;
        }
    }
    GUEST.set(false);
}

unsafe extern "C" fn pthread_key_create(key: *mut pthread_key_t, destructor: Option<Destructor>) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    let code = unsafe { libc::pthread_key_create(key, destructor) };
    if let (0, Some(destructor)) = (code, destructor) {
        // SAFETY: the key was written.
        keys().push((unsafe { *key }, destructor));
    }
    code
}

extern "C" fn pthread_key_delete(key: pthread_key_t) -> c_int {
    keys().retain(|(known, _)| *known != key);
    // SAFETY: the guest's key.
    unsafe { libc::pthread_key_delete(key) }
}

unsafe extern "C" fn tss_create(key: *mut pthread_key_t, destructor: Option<Destructor>) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    if unsafe { pthread_key_create(key, destructor) } == 0 { 0 } else { THRD_ERROR }
}

extern "C" fn tss_delete(key: pthread_key_t) {
    pthread_key_delete(key);
}

unsafe extern "C" {
    #[link_name = "__cxa_thread_atexit_impl"]
    fn glibc_thread_atexit(destructor: Destructor, object: *mut c_void, dso: *mut c_void) -> c_int;
}

/// What C++ registers destructors of thread-local objects with.
unsafe extern "C" fn __cxa_thread_atexit_impl(
    destructor: Option<Destructor>,
    object: *mut c_void,
    dso: *mut c_void,
) -> c_int {
    let Some(destructor) = destructor else { return -1 };
    if GUEST.get() {
        OBJECTS.with_borrow_mut(|objects| objects.push(Object { destructor, object }));
        return 0;
    }
    // SAFETY: arguments of the guest's are passed on as they are; glibc takes a library that it does not know for the program.
    unsafe { glibc_thread_atexit(destructor, object, dso) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static ORDER: AtomicUsize = AtomicUsize::new(0);

    /// Writes down the order as digits.
    unsafe extern "C" fn note(value: *mut c_void) {
        ORDER.store(ORDER.load(Ordering::Relaxed) * 10 + value as usize, Ordering::Relaxed);
    }

    unsafe extern "C" fn body(keys: *mut c_void) -> *mut c_void {
        // SAFETY: the keys of the test.
        let keys = unsafe { &*keys.cast::<[pthread_key_t; 2]>() };
        for (value, key) in (1_usize..).zip(keys) {
            // SAFETY: a key and a number.
            unsafe { libc::pthread_setspecific(*key, value as *const c_void) };
        }
        for value in [8_usize, 9] {
            // SAFETY: a function of this test's.
            unsafe { __cxa_thread_atexit_impl(Some(note), value as *mut c_void, std::ptr::null_mut()) };
        }
        std::ptr::null_mut()
    }

    #[test]
    fn objects_come_before_keys_and_the_newest_first() {
        type Create = unsafe extern "C" fn(
            *mut libc::pthread_t,
            *const c_void,
            unsafe extern "C" fn(*mut c_void) -> *mut c_void,
            *mut c_void,
        ) -> c_int;
        let mut made: [pthread_key_t; 2] = [0; 2];
        crate::testing::storage();
        // SAFETY: keys of this test's, and the shim's type.
        unsafe {
            for key in &mut made {
                assert_eq!(pthread_key_create(key, Some(note)), 0);
            }
            let mut thread = 0;
            let create = crate::testing::shim::<Create>("pthread_create");
            assert_eq!(create(&mut thread, std::ptr::null(), body, made.as_mut_ptr().cast()), 0);
            assert_eq!(libc::pthread_join(thread, std::ptr::null_mut()), 0);
        }
        assert_eq!(ORDER.load(Ordering::Relaxed), 9821);
        for key in made {
            assert_eq!(pthread_key_delete(key), 0);
        }
        assert!(keys().iter().all(|(key, _)| !made.contains(key)));
    }
}
