//! Signals of faults (SIGSEGV and its like). The process handles them itself (`concord_syscalls::crash`), because the engine has faults of its own and a crash is to be
//! reported; the app's handlers are called from there. Nor can they be blocked, for a fault with a blocked signal ends the process without a word.

use concord_syscalls::crash::{GuestAction, SIGNALS, is_fault_signal, is_installed, set_guest_action};
use std::ffi::c_int;

/// `sigaction`, which for signals of faults sets what the process calls.
///
/// # Safety
/// As of `sigaction`.
pub(crate) unsafe fn set_action(signal: c_int, new: *const libc::sigaction, old: *mut libc::sigaction) -> c_int {
    if !is_fault_signal(signal) || !is_installed() {
        // SAFETY: the caller's arguments are passed on as they are.
        return unsafe { libc::sigaction(signal, new, old) };
    }
    // SAFETY: as above.
    unsafe { keep_action(signal, new, old) }
}

unsafe fn keep_action(signal: c_int, new: *const libc::sigaction, old: *mut libc::sigaction) -> c_int {
    // SAFETY: null or an action, as C demands of the guest.
    let action = unsafe { new.as_ref() }.map(|new| GuestAction {
        handler: new.sa_sigaction,
        flags: new.sa_flags,
        mask: first_word(&new.sa_mask),
    });
    let Some(before) = set_guest_action(signal, action) else { return crate::errno::fail(libc::EINVAL) };
    // SAFETY: null or room for an action.
    if let Some(old) = unsafe { old.as_mut() } {
        // SAFETY: a structure of numbers and an optional function.
        *old = unsafe { std::mem::zeroed() };
        (old.sa_sigaction, old.sa_flags) = (before.handler, before.flags);
        for signal in (1..=64).filter(|signal| before.mask & (1 << (signal - 1)) != 0) {
            // SAFETY: a set of ours, and a number that it holds.
            unsafe { libc::sigaddset(&raw mut old.sa_mask, signal) };
        }
    }
    0
}

/// Signals 1 to 64 of a set: bit `n - 1` stands for signal `n`.
fn first_word(set: &libc::sigset_t) -> u64 {
    // SAFETY: reads a set.
    let has = |signal: &c_int| unsafe { libc::sigismember(set, *signal) } == 1;
    (1..=64).filter(has).fold(0, |word, signal| word | 1 << (signal - 1))
}

type ChangeMask = unsafe extern "C" fn(c_int, *const libc::sigset_t, *mut libc::sigset_t) -> c_int;

/// Changes the mask of the thread, without blocking signals of faults.
unsafe fn change_mask(change: ChangeMask, how: c_int, set: *const libc::sigset_t, old: *mut libc::sigset_t) -> c_int {
    // SAFETY: null or a set, as C demands of the guest.
    let Some(set) = (unsafe { set.as_ref() }).filter(|_| how != libc::SIG_UNBLOCK) else {
        // SAFETY: arguments of the guest's are passed on as they are.
        return unsafe { change(how, set, old) };
    };
    let mut allowed = *set;
    for signal in SIGNALS {
        // SAFETY: a copy of ours, and a number that it holds.
        unsafe { libc::sigdelset(&raw mut allowed, signal) };
    }
    // SAFETY: as above, with a set of ours.
    unsafe { change(how, &raw const allowed, old) }
}

pub(crate) unsafe extern "C" fn sigprocmask(how: c_int, set: *const libc::sigset_t, old: *mut libc::sigset_t) -> c_int {
    // SAFETY: arguments of the guest's.
    unsafe { change_mask(libc::sigprocmask, how, set, old) }
}

pub(crate) unsafe extern "C" fn pthread_sigmask(
    how: c_int,
    set: *const libc::sigset_t,
    old: *mut libc::sigset_t,
) -> c_int {
    // SAFETY: arguments of the guest's.
    unsafe { change_mask(libc::pthread_sigmask, how, set, old) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signals_of_faults_are_set_here_and_never_blocked() {
        // SAFETY: structures of this test, on its own thread; nothing is raised.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            (action.sa_sigaction, action.sa_flags) = (0x1234, libc::SA_SIGINFO);
            libc::sigaddset(&raw mut action.sa_mask, libc::SIGUSR2);
            let mut old = action;
            assert_eq!(keep_action(libc::SIGBUS, &raw const action, &raw mut old), 0);
            assert_eq!(old.sa_sigaction, libc::SIG_DFL);
            assert_eq!(keep_action(libc::SIGBUS, std::ptr::null(), &raw mut old), 0);
            assert_eq!((old.sa_sigaction, old.sa_flags), (0x1234, libc::SA_SIGINFO));
            assert_eq!(libc::sigismember(&raw const old.sa_mask, libc::SIGUSR2), 1);
            action = std::mem::zeroed();
            assert_eq!(keep_action(libc::SIGBUS, &raw const action, std::ptr::null_mut()), 0);

            let mut all: libc::sigset_t = std::mem::zeroed();
            libc::sigfillset(&raw mut all);
            assert_eq!(pthread_sigmask(libc::SIG_BLOCK, &raw const all, &raw mut old.sa_mask), 0);
            assert_eq!(pthread_sigmask(libc::SIG_SETMASK, &raw const old.sa_mask, &raw mut all), 0);
            assert_eq!(libc::sigismember(&raw const all, libc::SIGUSR2), 1);
            assert_eq!(libc::sigismember(&raw const all, libc::SIGSEGV), 0);
        }
    }
}
