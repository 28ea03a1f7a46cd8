//! What the app wants done with signals of faults.

use std::ffi::c_int;
use std::sync::atomic::{AtomicI32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The signals that this module handles, whatever the app does.
pub const SIGNALS: [c_int; 7] =
    [libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE, libc::SIGABRT, libc::SIGTRAP, libc::SIGSYS];

/// Whether a signal is one of [`SIGNALS`]: what an app sets for it goes to [`set_guest_action`] rather than to the kernel, and it must
/// not be blocked, for a fault with a blocked signal ends the process without a word.
pub fn is_fault_signal(signal: c_int) -> bool {
    SIGNALS.contains(&signal)
}

/// A `struct sigaction` of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GuestAction {
    /// `SIG_DFL`, `SIG_IGN`, or the address of a function.
    pub handler: usize,
    /// `SA_SIGINFO`, `SA_NODEFER`, `SA_RESETHAND` count; the others mean nothing for faults.
    pub flags: c_int,
    /// Signals that are blocked meanwhile: bit `n - 1` stands for signal `n`.
    pub mask: u64,
}

impl GuestAction {
    /// What there is when nothing was set.
    pub const DEFAULT: GuestAction = GuestAction { handler: libc::SIG_DFL, flags: 0, mask: 0 };
}

/// An action that a handler can read. A fault in one thread while another changes the action may see parts of both: a function
/// gets all three arguments in any case, so it does not matter which flags it is called with.
struct Slot {
    handler: AtomicUsize,
    flags: AtomicI32,
    mask: AtomicU64,
}

static SLOTS: [Slot; SIGNALS.len()] =
    [const { Slot { handler: AtomicUsize::new(libc::SIG_DFL), flags: AtomicI32::new(0), mask: AtomicU64::new(0) } };
        SIGNALS.len()];
static CHANGES: Mutex<()> = Mutex::new(());

fn slot(signal: c_int) -> Option<&'static Slot> {
    SLOTS.get(SIGNALS.iter().position(|known| *known == signal)?)
}

impl Slot {
    fn read(&self) -> GuestAction {
        GuestAction {
            handler: self.handler.load(Ordering::SeqCst),
            flags: self.flags.load(Ordering::SeqCst),
            mask: self.mask.load(Ordering::SeqCst),
        }
    }
}

/// `sigaction` of the app for one of [`SIGNALS`]: gives what was set before, and sets `action` unless there is none. `None` for another signal.
pub fn set_guest_action(signal: c_int, action: Option<GuestAction>) -> Option<GuestAction> {
    let slot = slot(signal)?;
    let _changing = CHANGES.lock().unwrap_or_else(PoisonError::into_inner);
    let before = slot.read();
    if let Some(action) = action {
        slot.flags.store(action.flags, Ordering::SeqCst);
        slot.mask.store(action.mask, Ordering::SeqCst);
        slot.handler.store(action.handler, Ordering::SeqCst);
    }
    Some(before)
}

/// What is set for a signal.
pub(super) fn action(signal: c_int) -> GuestAction {
    slot(signal).map_or(GuestAction::DEFAULT, Slot::read)
}

/// `SA_RESETHAND`: the next one is not the app's any more.
pub(super) fn reset(signal: c_int) {
    if let Some(slot) = slot(signal) {
        slot.handler.store(libc::SIG_DFL, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_kept_per_signal() {
        let action = GuestAction { handler: 0x1234, flags: libc::SA_SIGINFO, mask: 1 };
        assert_eq!(set_guest_action(libc::SIGFPE, Some(action)), Some(GuestAction::DEFAULT));
        assert_eq!(set_guest_action(libc::SIGFPE, None), Some(action));
        assert_eq!(set_guest_action(libc::SIGTRAP, None), Some(GuestAction::DEFAULT));
        assert_eq!(set_guest_action(libc::SIGUSR1, Some(action)), None);
        reset(libc::SIGFPE);
        assert_eq!(set_guest_action(libc::SIGFPE, None).map(|action| action.handler), Some(libc::SIG_DFL));
    }
}
