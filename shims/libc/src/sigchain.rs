//! `<sigchain.h>`: handlers that see a signal before the app's own does, and may keep it from it.
//!
//! A signal is chained from the first call that names it: the kernel (or, for faults, the process) then calls [`dispatch`], and what `sigaction` sets is what the end of the
//! chain calls. Everything that a handler reads is atomic, because it may interrupt the thread that changes it.

use crate::faults::set_action;
use crate::table::shims;
use libc::{SIG_DFL, SIG_IGN, siginfo_t, sigset_t};
use std::ffi::{c_int, c_void};
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

shims! { add_special_signal_handler, add_special_handler_at_last, remove_special_signal_handler, remove_all_special_handler }

/// Returns whether the signal has been dealt with.
type Special = unsafe extern "C" fn(c_int, *mut siginfo_t, *mut c_void) -> bool;

/// `struct signal_chain_action`.
#[repr(C)]
struct Action {
    function: Option<Special>,
    mask: sigset_t,
    flags: c_int,
}

/// Handlers of one signal; the platform has as many.
const SPECIALS: usize = 2;
/// Numbers of signals are below this.
const SIGNALS: usize = 65;

struct Chain {
    chained: AtomicBool,
    /// Addresses of [`Special`]s, in the order in which they are asked; 0 is none.
    specials: [AtomicUsize; SPECIALS],
    /// What `sigaction` has set: the function, its flags, and the signals that it does not want to be interrupted by.
    handler: AtomicUsize,
    flags: AtomicI32,
    mask: AtomicU64,
}

static CHAINS: [Chain; SIGNALS] = [const {
    Chain {
        chained: AtomicBool::new(false),
        specials: [const { AtomicUsize::new(0) }; SPECIALS],
        handler: AtomicUsize::new(SIG_DFL),
        flags: AtomicI32::new(0),
        mask: AtomicU64::new(0),
    }
}; SIGNALS];

/// Those who change a chain wait for each other.
fn changing() -> MutexGuard<'static, ()> {
    static CHANGING: Mutex<()> = Mutex::new(());
    CHANGING.lock().unwrap_or_else(PoisonError::into_inner)
}

fn chain(signal: c_int) -> Option<&'static Chain> {
    usize::try_from(signal).ok().filter(|signal| *signal > 0).and_then(|signal| CHAINS.get(signal))
}

/// The 64 signals that there are, in one word, as the kernel has them.
fn word(set: &sigset_t) -> u64 {
    // SAFETY: the structure is larger than a word, and its first word has the signals.
    unsafe { (&raw const *set).cast::<u64>().read() }
}

fn set_of(word: u64) -> sigset_t {
    // SAFETY: a structure of numbers.
    let mut set: sigset_t = unsafe { std::mem::zeroed() };
    // SAFETY: as above.
    unsafe { (&raw mut set).cast::<u64>().write(word) };
    set
}

/// `sigaction` of a signal that is chained; `None` for all others.
pub(crate) fn sigaction(signal: c_int, new: Option<&libc::sigaction>) -> Option<libc::sigaction> {
    let chain = chain(signal).filter(|chain| chain.chained.load(Ordering::Acquire))?;
    let _changing = changing();
    // SAFETY: a structure of numbers.
    let mut old: libc::sigaction = unsafe { std::mem::zeroed() };
    old.sa_sigaction = chain.handler.load(Ordering::Relaxed);
    old.sa_flags = chain.flags.load(Ordering::Relaxed);
    old.sa_mask = set_of(chain.mask.load(Ordering::Relaxed));
    if let Some(new) = new {
        chain.keep(new);
    }
    Some(old)
}

impl Chain {
    fn keep(&self, action: &libc::sigaction) {
        self.flags.store(action.sa_flags, Ordering::Relaxed);
        self.mask.store(word(&action.sa_mask), Ordering::Relaxed);
        self.handler.store(action.sa_sigaction, Ordering::Release);
    }

    /// Makes the kernel call [`dispatch`], and keeps what it called before for the end.
    fn start(&self, signal: c_int) {
        if self.chained.load(Ordering::Relaxed) {
            return;
        }
        // SAFETY: structures of numbers; the handler lives as long as the process.
        unsafe {
            let mut old: libc::sigaction = std::mem::zeroed();
            let mut new: libc::sigaction = std::mem::zeroed();
            new.sa_sigaction = dispatch as *const () as usize;
            new.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_RESTART;
            if set_action(signal, std::ptr::null(), &raw mut old) != 0 {
                return;
            }
            self.keep(&old);
            if set_action(signal, &raw const new, std::ptr::null_mut()) == 0 {
                self.chained.store(true, Ordering::Release);
            }
        }
    }

    fn specials(&self) -> impl Iterator<Item = &AtomicUsize> {
        self.specials.iter()
    }
}

/// What the kernel calls for a signal that is chained.
unsafe extern "C" fn dispatch(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let Some(chain) = chain(signal) else { return };
    for special in chain.specials() {
        let address = special.load(Ordering::Acquire);
        // SAFETY: the address of a function of that type, with what the kernel gave.
        if address != 0 && unsafe { std::mem::transmute::<usize, Special>(address)(signal, info, context) } {
            return;
        }
    }
    let handler = chain.handler.load(Ordering::Acquire);
    let flags = chain.flags.load(Ordering::Relaxed);
    if handler == SIG_IGN {
        return;
    }
    if handler == SIG_DFL {
        // SAFETY: what happens by default happens when this returns: the fault is met again, or the signal comes again.
        unsafe {
            let default: libc::sigaction = std::mem::zeroed();
            set_action(signal, &raw const default, std::ptr::null_mut());
            if info.is_null() || (*info).si_code <= 0 {
                libc::raise(signal);
            }
        }
        return;
    }
    let blocked = set_of(chain.mask.load(Ordering::Relaxed));
    // SAFETY: the app's handler, in the form that its flags say, with what the kernel gave. The kernel restores the mask of the thread.
    unsafe {
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const blocked, std::ptr::null_mut());
        if flags & libc::SA_SIGINFO != 0 {
            type Long = unsafe extern "C" fn(c_int, *mut siginfo_t, *mut c_void);
            std::mem::transmute::<usize, Long>(handler)(signal, info, context);
        } else {
            std::mem::transmute::<usize, unsafe extern "C" fn(c_int)>(handler)(signal);
        }
    }
}

/// Adds a handler where `places` finds room first.
unsafe fn add(signal: c_int, action: *const Action, places: impl Iterator<Item = usize>) {
    if action.is_null() {
        return;
    }
    // SAFETY: by the contract of the caller.
    let (Some(chain), Some(function)) = (chain(signal), unsafe { (*action).function }) else { return };
    let _changing = changing();
    let free =
        places.filter_map(|place| chain.specials.get(place)).find(|special| special.load(Ordering::Relaxed) == 0);
    let Some(free) = free else {
        crate::ohos::abort_with("sigchain: there are too many special handlers of one signal");
    };
    free.store(function as usize, Ordering::Release);
    chain.start(signal);
}

unsafe extern "C" fn add_special_signal_handler(signal: c_int, action: *const Action) {
    // SAFETY: the guest gives an action.
    unsafe { add(signal, action, 0..SPECIALS) };
}

unsafe extern "C" fn add_special_handler_at_last(signal: c_int, action: *const Action) {
    // SAFETY: the guest gives an action.
    unsafe { add(signal, action, (0..SPECIALS).rev()) };
}

extern "C" fn remove_special_signal_handler(signal: c_int, function: *const c_void) {
    let _changing = changing();
    for special in chain(signal).into_iter().flat_map(Chain::specials) {
        // Only the one that is named.
        let _ = special.compare_exchange(function as usize, 0, Ordering::AcqRel, Ordering::Relaxed);
    }
}

extern "C" fn remove_all_special_handler(signal: c_int) {
    let _changing = changing();
    for special in chain(signal).into_iter().flat_map(Chain::specials) {
        special.store(0, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static SPECIAL: AtomicI32 = AtomicI32::new(0);
    static OWN: AtomicI32 = AtomicI32::new(0);

    /// Keeps every second signal to itself.
    unsafe extern "C" fn special(_: c_int, _: *mut siginfo_t, _: *mut c_void) -> bool {
        SPECIAL.fetch_add(1, Ordering::Relaxed) % 2 == 0
    }

    unsafe extern "C" fn own(_: c_int) {
        OWN.fetch_add(1, Ordering::Relaxed);
    }

    #[test]
    fn special_handlers_come_first() {
        let signal = libc::SIGUSR2;
        type Set = unsafe extern "C" fn(c_int, *const libc::sigaction, *mut libc::sigaction) -> c_int;
        // SAFETY: structures of numbers and functions of this test's; the shim's type.
        unsafe {
            let set = crate::testing::shim::<Set>("sigaction");
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = own as *const () as usize;
            assert_eq!(set(signal, &action, std::ptr::null_mut()), 0);
            let chained = Action { function: Some(special), mask: std::mem::zeroed(), flags: 0 };
            add_special_signal_handler(signal, &chained);
            let mut old: libc::sigaction = std::mem::zeroed();
            assert_eq!(set(signal, &action, &mut old), 0);
            assert_eq!(old.sa_sigaction, own as *const () as usize, "the app sees its own handler");
            for _ in 0..4 {
                libc::raise(signal);
            }
            assert_eq!((SPECIAL.load(Ordering::Relaxed), OWN.load(Ordering::Relaxed)), (4, 2));
            remove_special_signal_handler(signal, special as *const c_void);
            libc::raise(signal);
            assert_eq!((SPECIAL.load(Ordering::Relaxed), OWN.load(Ordering::Relaxed)), (4, 3));
        }
    }
}
