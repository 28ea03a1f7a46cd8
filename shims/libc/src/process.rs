//! Processes: how the app ends, forks, and is refused other programs.

use crate::errno::{Errno, fail};
use crate::path::{self, Last, Need};
use crate::table::shims;
use concord_elf::{ExitHandler, Namespace};
use libc::pid_t;
use std::cell::RefCell;
use std::ffi::{c_char, c_int, c_ulong, c_void};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

shims! {
    exit, _exit, _Exit = _exit as *const (), quick_exit, at_quick_exit, atexit, __cxa_atexit, __cxa_finalize,
    execve, execv, execvp, execvpe = execve as *const (), execl = execv as *const (), execle = execv as *const (), execlp = execvp as *const (),
    fexecve, posix_spawn, posix_spawnp, system, wordexp, getauxval, __getauxval = getauxval as *const (), prctl,
    process_vm_readv, process_vm_writev, getprocpid = libc::getpid as *const (), getproctid = libc::gettid as *const (),
}

/// Whether this process is a child that a guest has forked, which ends on its own.
static FORKED: AtomicBool = AtomicBool::new(false);

/// Whether this process is a child that a guest has forked.
pub(crate) fn is_forked() -> bool {
    FORKED.load(Ordering::Relaxed)
}

thread_local! {
    /// Locks that are held while this thread forks.
    static HELD: RefCell<Option<Box<dyn std::any::Any>>> = const { RefCell::new(None) };
}

/// Prepares for forks, before a guest can: handlers that are registered first run next to the fork itself.
pub(crate) fn install() {
    // SAFETY: functions that live as long as the process.
    let code = unsafe { libc::pthread_atfork(Some(before_fork), Some(after_fork), Some(in_child)) };
    if code != 0 {
        tracing::warn!(code, "children of the app may find locks that nobody gives back");
    }
}

extern "C" fn before_fork() {
    let held = (
        crate::stdlib_env::hold(),
        path::hold_working_directory(),
        crate::fdsan::hold(),
        crate::thread_end::hold(),
        quick(),
    );
    // A thread that is ending has no place for it any more; it does not fork either.
    let _ = HELD.try_with(|place| place.replace(Some(Box::new(held))));
}

extern "C" fn after_fork() {
    let _ = HELD.try_with(|place| place.replace(None));
}

extern "C" fn in_child() {
    FORKED.store(true, Ordering::Relaxed);
    after_fork();
}

/// Functions of `at_quick_exit`.
static QUICK: Mutex<Vec<unsafe extern "C" fn()>> = Mutex::new(Vec::new());
/// As many as C promises.
const QUICK_LIMIT: usize = 32;

fn quick() -> MutexGuard<'static, Vec<unsafe extern "C" fn()>> {
    QUICK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// `exit`: what the app has registered runs, then the app ends. Streams are flushed; the host's own `atexit` is not the app's.
pub(crate) unsafe extern "C" fn exit(code: c_int) -> ! {
    if let Some(namespace) = Namespace::of_process() {
        namespace.exit();
    }
    // SAFETY: all streams.
    unsafe { libc::fflush(std::ptr::null_mut()) };
    end(code)
}

extern "C" fn _exit(code: c_int) -> ! {
    end(code)
}

extern "C" fn quick_exit(code: c_int) -> ! {
    loop {
        let Some(function) = quick().pop() else { end(code) };
        // SAFETY: the guest's function, without the lock.
        unsafe { function() };
    }
}

fn end(code: c_int) -> ! {
    match crate::process() {
        Some(process) if !is_forked() => (process.exit)(code),
        _ => end_process(code),
    }
}

/// Ends this process at once: nothing that the host or the app has registered runs any more.
pub fn end_process(code: c_int) -> ! {
    // SAFETY: the call has no pointers.
    unsafe { libc::_exit(code) }
}

extern "C" fn at_quick_exit(function: Option<unsafe extern "C" fn()>) -> c_int {
    let mut functions = quick();
    match function {
        Some(function) if functions.len() < QUICK_LIMIT => {
            functions.push(function);
            0
        }
        _ => -1,
    }
}

fn at_exit(function: usize, argument: usize, dso: usize) -> c_int {
    match Namespace::of_process() {
        Some(namespace) if function != 0 => {
            namespace.at_exit(ExitHandler { function, argument, dso });
            0
        }
        _ => -1,
    }
}

extern "C" fn atexit(function: *const c_void) -> c_int {
    at_exit(function as usize, 0, 0)
}

extern "C" fn __cxa_atexit(function: *const c_void, argument: *mut c_void, dso: *mut c_void) -> c_int {
    at_exit(function as usize, argument as usize, dso as usize)
}

extern "C" fn __cxa_finalize(dso: *mut c_void) {
    if let Some(namespace) = Namespace::of_process() {
        namespace.finalize(dso as usize);
    }
}

/// Why a program is not run: apps may run none, neither the system's nor their own (SELinux denies it to their domain).
unsafe fn refusal(program: *const c_char) -> Errno {
    // SAFETY: by the contract of the caller.
    match unsafe { path::target(libc::AT_FDCWD, program, Last::Follow, Need::Look) } {
        // SAFETY: the name is a string.
        Ok(target) if unsafe { libc::faccessat(target.dir, target.path(), libc::F_OK, 0) } != 0 => crate::errno::get(),
        Ok(_) => libc::EACCES,
        Err(errno) => errno,
    }
}

/// Programs without a directory are looked for in directories of the system.
unsafe fn search_refusal(program: *const c_char) -> Errno {
    // SAFETY: by the contract of the caller.
    match unsafe { crate::errno::c_str(program) } {
        Ok(name) if name.is_empty() => libc::ENOENT,
        // SAFETY: a string.
        Ok(name) if name.to_bytes().contains(&b'/') => unsafe { refusal(program) },
        Ok(_) => libc::EACCES,
        Err(errno) => errno,
    }
}

unsafe extern "C" fn execve(
    program: *const c_char,
    _arguments: *const *const c_char,
    _environment: *const *const c_char,
) -> c_int {
    // SAFETY: the name is null or a string, as C demands of the guest.
    fail(unsafe { refusal(program) })
}

unsafe extern "C" fn execv(program: *const c_char) -> c_int {
    // SAFETY: the name is null or a string, as C demands of the guest.
    fail(unsafe { refusal(program) })
}

unsafe extern "C" fn execvp(program: *const c_char) -> c_int {
    // SAFETY: the name is null or a string, as C demands of the guest.
    fail(unsafe { search_refusal(program) })
}

extern "C" fn fexecve(_program: c_int) -> c_int {
    fail(libc::EACCES)
}

unsafe extern "C" fn posix_spawn(_process: *mut pid_t, program: *const c_char) -> c_int {
    // SAFETY: the name is null or a string, as C demands of the guest.
    unsafe { refusal(program) }
}

unsafe extern "C" fn posix_spawnp(_process: *mut pid_t, program: *const c_char) -> c_int {
    // SAFETY: the name is null or a string, as C demands of the guest.
    unsafe { search_refusal(program) }
}

/// There is no shell for apps, and `system(NULL)` says so.
extern "C" fn system(command: *const c_char) -> c_int {
    if command.is_null() { 0 } else { fail(libc::EACCES) }
}

/// The first members of `wordexp_t`.
#[repr(C)]
struct Words {
    count: usize,
    words: *mut *mut c_char,
}

/// What musl answers when there is no shell, which does the work there.
const WRDE_NOSPACE: c_int = 1;

unsafe extern "C" fn wordexp(_text: *const c_char, words: *mut Words, _flags: c_int) -> c_int {
    // SAFETY: the guest gives room for the structure. `wordfree` frees nothing then.
    unsafe { words.write(Words { count: 0, words: std::ptr::null_mut() }) };
    WRDE_NOSPACE
}

/// As glibc's, but for the name of the program.
extern "C" fn getauxval(kind: c_ulong) -> c_ulong {
    if kind == libc::AT_EXECFN {
        return c"/system/bin/appspawn".as_ptr() as c_ulong;
    }
    // SAFETY: the call has no pointers.
    unsafe { libc::getauxval(kind) }
}

/// What the host relies on stays: the app ends with the process that watches it.
extern "C" fn prctl(option: c_int, a: c_ulong, b: c_ulong, c: c_ulong, d: c_ulong) -> c_int {
    if option == libc::PR_SET_PDEATHSIG && !is_forked() {
        return fail(libc::EPERM);
    }
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { libc::prctl(option, a, b, c, d) }
}

unsafe extern "C" fn process_vm_readv(
    process: pid_t,
    local: *const libc::iovec,
    local_count: c_ulong,
    remote: *const libc::iovec,
    remote_count: c_ulong,
    flags: c_ulong,
) -> libc::ssize_t {
    if !crate::signal::is_own(process) {
        return fail(libc::EPERM);
    }
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { libc::process_vm_readv(process, local, local_count, remote, remote_count, flags) }
}

unsafe extern "C" fn process_vm_writev(
    process: pid_t,
    local: *const libc::iovec,
    local_count: c_ulong,
    remote: *const libc::iovec,
    remote_count: c_ulong,
    flags: c_ulong,
) -> libc::ssize_t {
    if !crate::signal::is_own(process) {
        return fail(libc::EPERM);
    }
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { libc::process_vm_writev(process, local, local_count, remote, remote_count, flags) }
}
