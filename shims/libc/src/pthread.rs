//! `<pthread.h>` and the part of `<threads.h>` that starts and ends threads. Guest threads are glibc's own; locks and conditions go straight
//! to glibc, whose objects fit into musl's.
//!
//! Nothing here unwinds. glibc's `pthread_exit` would walk the guest's frames with the host's unwinder, which cannot call the guest's
//! personality routines; musl's leaves them where they are. So guest threads start in [`run`], and leave by going back to where it was
//! called. `pthread_cancel` is not in the NDK, and is refused for the same reason.

use crate::table::shims;
use libc::{pthread_attr_t, pthread_cond_t, pthread_mutex_t, pthread_rwlock_t, pthread_t, size_t, timespec};
use std::cell::Cell;
use std::ffi::{c_int, c_uint, c_void};
use std::ptr::null_mut;

shims! {
    pthread_create, pthread_exit, thrd_create, thrd_exit, _pthread_cleanup_push, _pthread_cleanup_pop,
    pthread_attr_setstacksize, pthread_atfork, __register_atfork,
    pthread_gettid_np, __pthread_gettid_np = pthread_gettid_np as *const (),
    pthread_cancel, pthread_setcancelstate = set_cancel as *const (), pthread_setcanceltype = set_cancel as *const (), pthread_testcancel,
    pthread_cond_timedwait_monotonic_np, pthread_cond_timeout_np, pthread_mutex_lock_timeout_np, pthread_mutex_timedlock_monotonic_np,
    pthread_rwlock_timedrdlock_monotonic_np, pthread_rwlock_timedwrlock_monotonic_np,
}

/// What a thread begins with; for `thrd_create` it gives an `int`, which arrives in the same register.
type Start = unsafe extern "C" fn(*mut c_void) -> *mut c_void;

struct Beginning {
    start: Start,
    argument: *mut c_void,
}

/// `struct __ptcb`, in the guest's frame.
#[repr(C)]
struct Cleanup {
    function: Option<unsafe extern "C" fn(*mut c_void)>,
    argument: *mut c_void,
    next: *mut Cleanup,
}

thread_local! {
    /// Where [`run`] left the stack, on threads that the guest has started.
    static BASE: Cell<*mut c_void> = const { Cell::new(null_mut()) };
    /// What `pthread_exit` still has to call, newest first.
    static CLEANUPS: Cell<*mut Cleanup> = const { Cell::new(null_mut()) };
}

/// Calls `start(argument)`, and writes where the stack is to `base`, for [`leave`]. Saves what the ABI says that a function keeps.
#[unsafe(naked)]
unsafe extern "C" fn run(start: Start, argument: *mut c_void, base: *mut *mut c_void) -> *mut c_void {
    core::arch::naked_asm!(
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "stmxcsr [rsp]",
        "fnstcw [rsp + 4]",
        "mov [rdx], rsp",
        "mov rax, rdi",
        "mov rdi, rsi",
        "call rax",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// Returns from the [`run`] that wrote `base`, with `result`.
#[unsafe(naked)]
unsafe extern "C" fn leave(base: *mut c_void, result: *mut c_void) -> ! {
    core::arch::naked_asm!(
        "mov rsp, rdi",
        "mov rax, rsi",
        "ldmxcsr [rsp]",
        "fldcw [rsp + 4]",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// What glibc starts for a guest.
extern "C" fn main(beginning: *mut c_void) -> *mut c_void {
    // SAFETY: `pthread_create` gives a box away.
    let Beginning { start, argument } = *unsafe { Box::from_raw(beginning.cast::<Beginning>()) };
    // Without it only an overflow of the stack goes unreported.
    let _ = concord_syscalls::crash::protect_thread();
    crate::thread_end::begin();
    let base = BASE.with(Cell::as_ptr);
    // SAFETY: the guest's function with the guest's argument; the variable lives as long as the thread.
    let result = unsafe { run(start, argument, base) };
    BASE.set(null_mut());
    crate::thread_end::finish();
    result
}

unsafe extern "C" fn pthread_create(
    thread: *mut pthread_t,
    attributes: *const pthread_attr_t,
    start: Option<Start>,
    argument: *mut c_void,
) -> c_int {
    let Some(start) = start else { return libc::EINVAL };
    let beginning = Box::into_raw(Box::new(Beginning { start, argument })).cast();
    // SAFETY: arguments of the guest's are passed on as they are; the function takes what it is given.
    let code = unsafe { libc::pthread_create(thread, attributes, main, beginning) };
    if code != 0 {
        // SAFETY: no thread has it.
        drop(unsafe { Box::from_raw(beginning.cast::<Beginning>()) });
    }
    code
}

unsafe extern "C" fn pthread_exit(result: *mut c_void) -> ! {
    loop {
        let newest = CLEANUPS.get();
        if newest.is_null() {
            break;
        }
        // SAFETY: the guest's frame that has it is not left yet.
        let cleanup = unsafe { &*newest };
        CLEANUPS.set(cleanup.next);
        if let Some(function) = cleanup.function {
            // SAFETY: the guest's function with the guest's argument.
            unsafe { function(cleanup.argument) };
        }
    }
    let base = BASE.get();
    if base.is_null() {
        crate::ohos::abort_with("pthread_exit: this thread belongs to the system");
    }
    // SAFETY: `run` is still there; between it and here are frames of the guest's only, which expect nothing (musl leaves them too).
    unsafe { leave(base, result) }
}

const THRD_SUCCESS: c_int = 0;
const THRD_ERROR: c_int = 2;
const THRD_NOMEM: c_int = 3;

unsafe extern "C" fn thrd_create(thread: *mut pthread_t, start: Option<Start>, argument: *mut c_void) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    match unsafe { pthread_create(thread, std::ptr::null(), start, argument) } {
        0 => THRD_SUCCESS,
        libc::EAGAIN | libc::ENOMEM => THRD_NOMEM,
        _ => THRD_ERROR,
    }
}

unsafe extern "C" fn thrd_exit(result: c_int) -> ! {
    // SAFETY: as for `pthread_exit`.
    unsafe { pthread_exit(result as isize as *mut c_void) }
}

/// What the macro `pthread_cleanup_push` calls, with a structure in the guest's frame.
unsafe extern "C" fn _pthread_cleanup_push(
    cleanup: *mut Cleanup,
    function: Option<unsafe extern "C" fn(*mut c_void)>,
    argument: *mut c_void,
) {
    // SAFETY: the guest gives room for the structure, with anything in it.
    unsafe { cleanup.write(Cleanup { function, argument, next: CLEANUPS.get() }) };
    CLEANUPS.set(cleanup);
}

unsafe extern "C" fn _pthread_cleanup_pop(cleanup: *mut Cleanup, execute: c_int) {
    // SAFETY: what `_pthread_cleanup_push` wrote.
    let cleanup = unsafe { &*cleanup };
    CLEANUPS.set(cleanup.next);
    if let Some(function) = cleanup.function.filter(|_| execute != 0) {
        // SAFETY: the guest's function with the guest's argument.
        unsafe { function(cleanup.argument) };
    }
}

/// musl's limits, in bytes.
const STACK_MIN: size_t = 2048;
/// What a thread has at least, musl's default: the functions of the library below the guest's need more than musl's do.
const STACK_FLOOR: size_t = 128 << 10;

unsafe extern "C" fn pthread_attr_setstacksize(attributes: *mut pthread_attr_t, size: size_t) -> c_int {
    if !(STACK_MIN..=size_t::MAX / 4).contains(&size) {
        return libc::EINVAL;
    }
    // SAFETY: the guest's attributes, which glibc has initialised.
    unsafe { libc::pthread_attr_setstacksize(attributes, size.max(STACK_FLOOR)) }
}

type Handler = Option<unsafe extern "C" fn()>;

unsafe extern "C" fn pthread_atfork(prepare: Handler, parent: Handler, child: Handler) -> c_int {
    // SAFETY: functions of the guest's, which `fork` calls.
    unsafe { libc::pthread_atfork(prepare, parent, child) }
}

unsafe extern "C" fn __register_atfork(prepare: Handler, parent: Handler, child: Handler, _dso: *mut c_void) -> c_int {
    // SAFETY: as above.
    unsafe { pthread_atfork(prepare, parent, child) }
}

/// The kernel's number of a thread, which is in the number of its clock: `~tid << 3`, and three bits that say which clock.
unsafe extern "C" fn pthread_gettid_np(thread: pthread_t) -> libc::pid_t {
    let mut clock = 0;
    // SAFETY: the guest gives a thread that is there, and the number is ours.
    match unsafe { libc::pthread_getcpuclockid(thread, &raw mut clock) } {
        0 => !(clock >> 3),
        _ => 0,
    }
}

/// See the head of this file.
extern "C" fn pthread_cancel(_thread: pthread_t) -> c_int {
    libc::ENOSYS
}

/// `pthread_setcancelstate` and `pthread_setcanceltype`: nothing is ever cancelled. Both states are 0 at first.
unsafe extern "C" fn set_cancel(new: c_int, old: *mut c_int) -> c_int {
    if !(0..=1).contains(&new) {
        return libc::EINVAL;
    }
    if !old.is_null() {
        // SAFETY: the guest gives room for it.
        unsafe { old.write(0) };
    }
    0
}

extern "C" fn pthread_testcancel() {}

unsafe extern "C" {
    fn pthread_cond_clockwait(
        c: *mut pthread_cond_t,
        m: *mut pthread_mutex_t,
        clock: c_int,
        at: *const timespec,
    ) -> c_int;
    fn pthread_mutex_clocklock(mutex: *mut pthread_mutex_t, clock: c_int, at: *const timespec) -> c_int;
    fn pthread_rwlock_clockrdlock(lock: *mut pthread_rwlock_t, clock: c_int, at: *const timespec) -> c_int;
    fn pthread_rwlock_clockwrlock(lock: *mut pthread_rwlock_t, clock: c_int, at: *const timespec) -> c_int;
}

/// That many milliseconds from now.
fn after(milliseconds: c_uint) -> timespec {
    let mut time = timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the structure is ours; this clock is always there.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &raw mut time) };
    let nanoseconds = time.tv_nsec + i64::from(milliseconds % 1000) * 1_000_000;
    timespec {
        tv_sec: time.tv_sec + i64::from(milliseconds / 1000) + nanoseconds / 1_000_000_000,
        tv_nsec: nanoseconds % 1_000_000_000,
    }
}

unsafe extern "C" fn pthread_cond_timedwait_monotonic_np(
    condition: *mut pthread_cond_t,
    mutex: *mut pthread_mutex_t,
    at: *const timespec,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { pthread_cond_clockwait(condition, mutex, libc::CLOCK_MONOTONIC, at) }
}

unsafe extern "C" fn pthread_cond_timeout_np(
    condition: *mut pthread_cond_t,
    mutex: *mut pthread_mutex_t,
    milliseconds: c_uint,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are; the time is ours.
    unsafe { pthread_cond_clockwait(condition, mutex, libc::CLOCK_MONOTONIC, &after(milliseconds)) }
}

unsafe extern "C" fn pthread_mutex_timedlock_monotonic_np(mutex: *mut pthread_mutex_t, at: *const timespec) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { pthread_mutex_clocklock(mutex, libc::CLOCK_MONOTONIC, at) }
}

unsafe extern "C" fn pthread_mutex_lock_timeout_np(mutex: *mut pthread_mutex_t, milliseconds: c_uint) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are; the time is ours.
    unsafe { pthread_mutex_clocklock(mutex, libc::CLOCK_MONOTONIC, &after(milliseconds)) }
}

unsafe extern "C" fn pthread_rwlock_timedrdlock_monotonic_np(
    lock: *mut pthread_rwlock_t,
    at: *const timespec,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { pthread_rwlock_clockrdlock(lock, libc::CLOCK_MONOTONIC, at) }
}

unsafe extern "C" fn pthread_rwlock_timedwrlock_monotonic_np(
    lock: *mut pthread_rwlock_t,
    at: *const timespec,
) -> c_int {
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { pthread_rwlock_clockwrlock(lock, libc::CLOCK_MONOTONIC, at) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(start: Start, argument: usize) -> usize {
        let (mut thread, mut result) = (0, null_mut());
        // SAFETY: a function of this test's with an argument that it expects.
        unsafe {
            assert_eq!(pthread_create(&mut thread, std::ptr::null(), Some(start), argument as *mut c_void), 0);
            assert_eq!(libc::pthread_join(thread, &mut result), 0);
        }
        result as usize
    }

    unsafe extern "C" fn add_one(argument: *mut c_void) -> *mut c_void {
        (argument as usize + 1) as *mut c_void
    }

    unsafe extern "C" fn exit_deep(argument: *mut c_void) -> *mut c_void {
        if argument as usize > 100 {
            // SAFETY: a thread that `pthread_create` made.
            unsafe { pthread_exit((argument as usize * 2) as *mut c_void) };
        }
        // SAFETY: this very function.
        std::hint::black_box(unsafe { exit_deep((argument as usize + 10) as *mut c_void) })
    }

    unsafe extern "C" fn append(argument: *mut c_void) {
        ORDER.with_borrow_mut(|order| order.push(argument as usize));
    }

    thread_local! {
        static ORDER: std::cell::RefCell<Vec<usize>> = const { std::cell::RefCell::new(Vec::new()) };
    }

    unsafe extern "C" fn clean_up(_: *mut c_void) -> *mut c_void {
        let mut frames: [Cleanup; 3] =
            std::array::from_fn(|_| Cleanup { function: None, argument: null_mut(), next: null_mut() });
        for (index, frame) in frames.iter_mut().enumerate() {
            // SAFETY: the structures stay where they are.
            unsafe { _pthread_cleanup_push(frame, Some(append), (index + 1) as *mut c_void) };
        }
        // SAFETY: the newest.
        unsafe { _pthread_cleanup_pop(&mut frames[2], 1) };
        let left = CLEANUPS.get() == &raw mut frames[1];
        // SAFETY: the newest that are left.
        unsafe {
            _pthread_cleanup_pop(&mut frames[1], 0);
            _pthread_cleanup_pop(&mut frames[0], 1);
        }
        let order = ORDER.take();
        usize::from(left && CLEANUPS.get().is_null() && order == [3, 1]) as *mut c_void
    }

    #[test]
    fn threads_return_and_exit() {
        assert_eq!(join(add_one, 41), 42);
        assert_eq!(join(exit_deep, 1), 202);
        assert_eq!(join(clean_up, 0), 1);
    }

    #[test]
    fn a_thousand_threads() {
        let threads: Vec<_> = (0..1000_usize)
            .map(|number| {
                let (mut thread, argument) = (0, number as *mut c_void);
                let start: Start = if number % 2 == 0 { add_one } else { exit_deep };
                // SAFETY: a function of this test's with an argument that it expects.
                assert_eq!(unsafe { pthread_create(&mut thread, std::ptr::null(), Some(start), argument) }, 0);
                thread
            })
            .collect();
        for (number, thread) in threads.into_iter().enumerate() {
            let mut result = null_mut();
            // SAFETY: a thread that was made above.
            assert_eq!(unsafe { libc::pthread_join(thread, &mut result) }, 0);
            let deep = (number..).step_by(10).find(|reached| *reached > 100).unwrap() * 2;
            assert_eq!(result as usize, if number % 2 == 0 { number + 1 } else { deep });
        }
    }

    #[test]
    fn numbers_of_threads_are_the_kernels() {
        // SAFETY: calls about this thread.
        unsafe { assert_eq!(pthread_gettid_np(libc::pthread_self()), libc::gettid()) };
    }

    #[test]
    fn small_stacks_are_made_larger() {
        // SAFETY: attributes that are initialised first.
        unsafe {
            let mut attributes = std::mem::zeroed();
            assert_eq!(libc::pthread_attr_init(&mut attributes), 0);
            assert_eq!(pthread_attr_setstacksize(&mut attributes, 1), libc::EINVAL);
            assert_eq!(pthread_attr_setstacksize(&mut attributes, STACK_MIN), 0);
            let mut size = 0;
            assert_eq!(libc::pthread_attr_getstacksize(&attributes, &mut size), 0);
            assert_eq!(size, STACK_FLOOR);
        }
    }
}
