//! `<signal.h>`. Structures and numbers are the same; what differs is which signals belong to the library, and whom an app may signal.
//! `setjmp` and its relatives are glibc's own functions: a buffer of musl's is as large, and nothing may stand between them and the guest.

use crate::errno::fail;
use crate::faults::{pthread_sigmask, sigprocmask};
use crate::table::shims;
use libc::{pid_t, sigval};
use std::ffi::c_int;

shims! {
    sigaction, __libc_current_sigrtmin, __libc_current_sigrtmax, signal, bsd_signal = signal as *const (),
    sigprocmask, pthread_sigmask,
    kill, killpg, tgkill, sigqueue,
}

/// The first signal that musl leaves to programs. 32 to 34 are its own; glibc has only the first two, and Concord's engine stops threads with
/// the third.
const SIGRTMIN: c_int = 35;
const OWN: std::ops::Range<c_int> = 32..SIGRTMIN;

unsafe extern "C" fn sigaction(signal: c_int, new: *const libc::sigaction, old: *mut libc::sigaction) -> c_int {
    if OWN.contains(&signal) {
        return fail(libc::EINVAL);
    }
    // SAFETY: null or a structure, as C demands of the guest.
    if let Some(was) = crate::sigchain::sigaction(signal, unsafe { new.as_ref() }) {
        if !old.is_null() {
            // SAFETY: the guest gives room for it.
            unsafe { old.write(was) };
        }
        return 0;
    }
    // SAFETY: arguments of the guest's are passed on as they are.
    unsafe { crate::faults::set_action(signal, new, old) }
}

/// Through [`sigaction`], with BSD's meaning, which both libraries have.
extern "C" fn signal(number: c_int, handler: libc::sighandler_t) -> libc::sighandler_t {
    // SAFETY: structures of numbers.
    let (mut new, mut old): (libc::sigaction, libc::sigaction) = unsafe { std::mem::zeroed() };
    new.sa_sigaction = handler;
    new.sa_flags = libc::SA_RESTART;
    // SAFETY: both structures are ours.
    if unsafe { sigaction(number, &raw const new, &raw mut old) } == 0 { old.sa_sigaction } else { libc::SIG_ERR }
}

extern "C" fn __libc_current_sigrtmin() -> c_int {
    SIGRTMIN
}

extern "C" fn __libc_current_sigrtmax() -> c_int {
    64
}

/// Whether the app may signal a process: itself, a child that it has not waited for, and, in a child, its parent.
pub(crate) fn is_own(process: pid_t) -> bool {
    // SAFETY: calls about this process, with a structure of ours.
    unsafe {
        if process == libc::getpid() || (crate::process::is_forked() && process == libc::getppid()) {
            return true;
        }
        let Ok(process) = libc::id_t::try_from(process) else { return false };
        let mut info = std::mem::zeroed();
        process > 1
            && libc::waitid(libc::P_PID, process, &raw mut info, libc::WEXITED | libc::WNOHANG | libc::WNOWAIT) == 0
    }
}

extern "C" fn kill(process: pid_t, signal: c_int) -> c_int {
    // SAFETY: the calls have no pointers.
    unsafe {
        let allowed = match process {
            // The app's own group.
            0 => true,
            ..0 => process.checked_neg() == Some(libc::getpgrp()),
            _ => is_own(process),
        };
        if allowed { libc::kill(process, signal) } else { fail(libc::EPERM) }
    }
}

extern "C" fn killpg(group: pid_t, signal: c_int) -> c_int {
    match group {
        ..0 => fail(libc::EINVAL),
        _ => kill(-group, signal),
    }
}

extern "C" fn tgkill(process: c_int, thread: c_int, signal: c_int) -> c_int {
    if !is_own(process) {
        return fail(libc::EPERM);
    }
    // SAFETY: the call has no pointers.
    unsafe { libc::syscall(libc::SYS_tgkill, process, thread, signal) as c_int }
}

extern "C" fn sigqueue(process: pid_t, signal: c_int, value: sigval) -> c_int {
    if !is_own(process) {
        return fail(libc::EPERM);
    }
    // SAFETY: the value is passed on as it is.
    unsafe { libc::sigqueue(process, signal, value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_not_signalled() {
        // SAFETY: a call about this process.
        let me = unsafe { libc::getpid() };
        assert_eq!(kill(me, 0), 0);
        for process in [1, -1, 0x3fff_fff0] {
            assert_eq!((kill(process, 0), crate::errno::get()), (-1, libc::EPERM), "{process}");
        }
    }

    #[test]
    fn signals_of_the_library_stay_its_own() {
        for signal in OWN {
            // SAFETY: nothing is asked and nothing is set.
            let result = unsafe { sigaction(signal, std::ptr::null(), std::ptr::null_mut()) };
            assert_eq!((result, crate::errno::get()), (-1, libc::EINVAL));
        }
    }
}
