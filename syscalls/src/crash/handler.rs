//! Handlers of signals: whose fault it is, and what the thread that has it does.

use super::fault::{Fault, Registers};
use super::guest::{self, SIGNALS};
use super::{STATE, State, reporter};
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, SigmaskHow, Signal, pthread_sigmask};
use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::io;
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};

/// Asks where the main thread is, although nothing is wrong with it: the watcher sends it to a process that is over its time.
pub(crate) const WHERE_ARE_YOU: Signal = Signal::SIGQUIT;

/// How long a report may take, in milliseconds.
const PATIENCE: u16 = 15_000;

type Handler = unsafe extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);
type PlainHandler = unsafe extern "C" fn(c_int);

/// Where the thread is with asking the engine.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    No,
    Asked,
    /// The engine does not know the fault: it has called the handler that was there before its own, which is ours.
    Declined,
}

thread_local! {
    static ASKING: Cell<Asking> = const { Cell::new(Asking::No) };
}

/// Handlers of the engine, in the order of [`SIGNALS`]; 0 for none.
static ENGINE: [AtomicUsize; SIGNALS.len()] = [const { AtomicUsize::new(0) }; SIGNALS.len()];

/// The thread whose fault is reported. The first one wins: all others end with it.
static REPORTED: AtomicI32 = AtomicI32::new(0);

/// Handles the signals from now on.
pub(super) fn install() -> io::Result<()> {
    for signal in SIGNALS.into_iter().chain([WHERE_ARE_YOU as c_int]) {
        handle_here(signal)?;
    }
    Ok(())
}

/// Puts our handlers before those that the engine has set meanwhile; theirs are asked from here. Call it when the engine has
/// started. Without it, faults reach the engine first and come here afterwards, but an overflow of the stack cannot be told of.
///
/// # Errors
/// When the kernel refuses.
pub fn stay_first() -> io::Result<()> {
    if STATE.get().is_none() {
        return Ok(());
    }
    for (signal, engine) in SIGNALS.into_iter().zip(&ENGINE) {
        let mut now = empty_action();
        // SAFETY: only asks.
        Errno::result(unsafe { libc::sigaction(signal, std::ptr::null(), &raw mut now) })?;
        let is_function = ![libc::SIG_DFL, libc::SIG_IGN, ours()].contains(&now.sa_sigaction);
        // The engine's handlers take all arguments; one that does not is none of its.
        if is_function && now.sa_flags & libc::SA_SIGINFO != 0 {
            engine.store(now.sa_sigaction, Ordering::SeqCst);
            handle_here(signal)?;
        }
    }
    Ok(())
}

fn ours() -> usize {
    on_signal as *const () as usize
}

fn empty_action() -> libc::sigaction {
    // SAFETY: a structure of numbers, for which zeros are valid: the default action, no flags, an empty mask.
    unsafe { std::mem::zeroed() }
}

fn handle_here(signal: c_int) -> io::Result<()> {
    let mut action = empty_action();
    action.sa_sigaction = ours();
    // Not blocked meanwhile: a fault with a blocked signal ends the process without a word.
    action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER | libc::SA_RESTART;
    // SAFETY: the handler does only what handlers may do, see there.
    Errno::result(unsafe { libc::sigaction(signal, &raw const action, std::ptr::null_mut()) })?;
    Ok(())
}

/// The handler of all signals. It may run at any point of any thread: it neither allocates nor locks.
extern "C" fn on_signal(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    let errno = Errno::last_raw();
    // SAFETY: the arguments are the kernel's, or the engine's handler passes them on while its own call lasts.
    unsafe { handle(signal, info, context) };
    Errno::set_raw(errno);
}

/// # Safety
/// The arguments are those of a handler that has not returned.
unsafe fn handle(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    let Some(state) = STATE.get().filter(|state| state.process == nix::unistd::getpid().as_raw()) else {
        // A copy of the process, made by us or by the app.
        return die(signal);
    };
    if ASKING.get() == Asking::Asked {
        ASKING.set(Asking::Declined);
        return;
    }
    // SAFETY: the caller says so.
    let fault = unsafe { Fault::read(signal, info, context) };
    if signal == WHERE_ARE_YOU as c_int && fault.thread != state.main_thread {
        return send(state.main_thread, signal);
    }
    if fault.thread == reporter::thread() {
        // SAFETY: the context is that of this handler, and nobody else looks at it.
        return reporter::recover(unsafe { &mut *context.cast() });
    }
    if signal != WHERE_ARE_YOU as c_int {
        let mut in_guest = false;
        (state.hooks.locate)(fault.registers.pc, &mut |place| in_guest = place.is_guest);
        // SAFETY: the caller says so.
        if (!in_guest && unsafe { ask_engine(signal, info, context) }) || unsafe { ask_guest(&fault, info, context) } {
            return;
        }
    }
    // SAFETY: as above.
    report(state, &fault, unsafe { &mut *context.cast() });
}

/// Lets the engine have a look; true when the fault was its own and the thread may go on.
///
/// # Safety
/// The arguments are those of a handler that has not returned.
unsafe fn ask_engine(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) -> bool {
    let handler = SIGNALS.iter().zip(&ENGINE).find(|(known, _)| **known == signal);
    let handler = handler.map_or(0, |(_, handler)| handler.load(Ordering::SeqCst));
    if handler == 0 {
        return false;
    }
    // SAFETY: `stay_first` has read it from the kernel, as a handler with three arguments.
    let handler: Handler = unsafe { std::mem::transmute(handler) };
    ASKING.set(Asking::Asked);
    // SAFETY: it is called as the kernel would have.
    unsafe { handler(signal, info, context) };
    ASKING.replace(Asking::No) == Asking::Asked
}

/// Lets a handler of the app have a look; true when the thread goes on, to the same fault again if need be.
///
/// # Safety
/// The arguments are those of a handler that has not returned.
unsafe fn ask_guest(fault: &Fault, info: *mut libc::siginfo_t, context: *mut c_void) -> bool {
    let action = guest::action(fault.signal);
    match action.handler {
        // A fault in a handler ends the process, here as everywhere.
        _ if fault.is_in_handler() => return false,
        libc::SIG_DFL => return false,
        libc::SIG_IGN => return fault.is_sent(),
        _ => {}
    }
    if action.flags & libc::SA_RESETHAND != 0 {
        guest::reset(fault.signal);
    }
    let mut mask = SigSet::empty();
    for signal in Signal::iterator() {
        if action.mask & (1 << (signal as u32 - 1)) != 0 && !guest::is_fault_signal(signal as c_int) {
            mask.add(signal);
        }
    }
    let mut before = SigSet::empty();
    // A mask of known signals is not refused.
    let _ = pthread_sigmask(SigmaskHow::SIG_BLOCK, Some(&mask), Some(&mut before));
    if action.flags & libc::SA_SIGINFO != 0 {
        // SAFETY: the app says that this is a handler of three arguments; it gets what the kernel gave.
        unsafe { std::mem::transmute::<usize, Handler>(action.handler)(fault.signal, info, context) };
    } else {
        // SAFETY: the app says that this is a handler of one argument.
        unsafe { std::mem::transmute::<usize, PlainHandler>(action.handler)(fault.signal) };
    }
    let _ = pthread_sigmask(SigmaskHow::SIG_SETMASK, Some(&before), None);
    true
}

/// What the faulting thread is told.
pub(super) const MAKE_A_COPY: u64 = 1;
/// The report is made.
pub(super) const DONE: u64 = 2;

/// Has the fault reported, and ends the process. Returns in a copy of the process, and when nothing but the place was asked for.
fn report(state: &State, fault: &Fault, context: &mut libc::ucontext_t) {
    match REPORTED.compare_exchange(0, fault.thread, Ordering::SeqCst, Ordering::SeqCst) {
        Ok(_) => {}
        // The report itself has a fault.
        Err(first) if first == fault.thread => return die(fault.signal),
        Err(_) => loop {
            nix::unistd::pause();
        },
    }
    reporter::hand_over(fault);
    if state.wake.write(1).is_ok() {
        while answer(state) == Some(MAKE_A_COPY) {
            if reporter::copy_process() {
                Registers::redirect(context, run_copy, fault.registers.sp);
                return;
            }
        }
    }
    if fault.signal == WHERE_ARE_YOU as c_int {
        REPORTED.store(0, Ordering::SeqCst);
    } else {
        die(fault.signal);
    }
}

/// Waits for what the reporter wants; none when it takes too long.
fn answer(state: &State) -> Option<u64> {
    loop {
        let mut fds = [PollFd::new(state.answer.as_fd(), PollFlags::POLLIN)];
        match poll(&mut fds, PollTimeout::from(PATIENCE)) {
            Ok(0) => return None,
            Ok(_) => return state.answer.read().ok(),
            Err(Errno::EINTR) => {}
            Err(_) => return None,
        }
    }
}

/// The only thing that the copy of the process does.
extern "C" fn run_copy() -> ! {
    if let Some(state) = STATE.get() {
        (state.hooks.copy)();
    }
    // SAFETY: ends the copy without running anything of what the process would do at its end.
    unsafe { libc::_exit(0) }
}

/// Ends the process by a signal, as if nobody had handled it.
fn die(signal: c_int) {
    let action = empty_action();
    let mut mask = SigSet::empty();
    if let Ok(signal) = Signal::try_from(signal) {
        mask.add(signal);
    }
    // SAFETY: sets the default action.
    unsafe { libc::sigaction(signal, &raw const action, std::ptr::null_mut()) };
    let _ = pthread_sigmask(SigmaskHow::SIG_UNBLOCK, Some(&mask), None);
    send(nix::unistd::gettid().as_raw(), signal);
}

/// Sends a thread of this process a signal.
fn send(thread: c_int, signal: c_int) {
    // SAFETY: passes numbers.
    unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), thread, signal) };
}
