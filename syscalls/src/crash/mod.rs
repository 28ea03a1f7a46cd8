//! The end of an app process by a fault: what happened is told to the watching process, then the process ends by the same signal.
//!
//! Native code of apps shares the process with us and with the engine, so a fault has up to three owners, who are asked in this
//! order: the engine, which stops running script by faults of its own making (never for a fault in a library of the app); a
//! handler that the app has set ([`set_guest_action`]); and this module, which ends the process. Signals of faults are always
//! handled here first, on a stack of its own ([`protect_thread`]).
//!
//! The thread that faulted does next to nothing, because its stack is small and locks may be held. A thread that waits for this
//! (`reporter`) walks the stack and writes lines to the watcher, without allocating. When it faults itself, say on a stack that
//! is damaged, it goes on with the next part of the report. What needs the engine (the stack of script) is done by a copy of the
//! process, which is ended when it does not come back.

mod fault;
mod guest;
mod handler;
mod line;
mod maps;
mod reporter;
mod stack;

pub use fault::Registers;
pub use guest::{GuestAction, SIGNALS, is_fault_signal, set_guest_action};
pub(crate) use handler::WHERE_ARE_YOU;
pub use handler::stay_first;
pub use stack::protect_thread;

use crate::app_process::Watcher;
use nix::sys::eventfd::EventFd;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::OnceLock;

/// What a fault report is made with. All functions but `copy` run while the rest of the process stands still at any point, with
/// any lock taken: they must not allocate or lock, and should not trust memory of the app. One that faults is given up.
#[derive(Clone, Copy)]
pub struct Hooks {
    /// Walks a stack: writes addresses of the frames, the innermost first (the faulting instruction, then return addresses), and
    /// says how many there are.
    pub unwind: fn(registers: &Registers, frames: &mut [usize]) -> usize,
    /// Says what is at an address.
    pub locate: fn(address: usize, found: TakePlace<'_>),
    /// Lists the libraries of the app that are loaded.
    pub modules: fn(each: TakeModule<'_>),
    /// What the app, or a library on its behalf, has said last before it ends itself.
    pub message: fn(found: TakeText<'_>),
    /// Runs in a copy of the process that has only the thread that faulted, which is the one that called [`install`]: tells
    /// the watcher what only a working engine can say. The copy ends when this returns, or after some seconds.
    pub copy: fn(),
}

/// Is given what was found, if anything was.
pub type TakePlace<'a> = &'a mut dyn FnMut(Place<'_>);
/// Is given one library after the other.
pub type TakeModule<'a> = &'a mut dyn FnMut(Module<'_>);
/// Is given text, if there is any.
pub type TakeText<'a> = &'a mut dyn FnMut(&[u8]);

/// What is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The library, as people know it: `libentry.so`, or `libc.so (Concord)` for a function that Concord supplies.
    pub module: &'a str,
    /// Address from the beginning of the library.
    pub offset: usize,
    /// The function, and how far into it.
    pub symbol: Option<(&'a str, usize)>,
    /// Whether it is code of the app.
    pub is_guest: bool,
}

/// A library of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module<'a> {
    /// What the app sees: `/data/storage/el1/bundle/libs/x86_64/libentry.so`.
    pub path: &'a str,
    /// First address.
    pub begin: usize,
    /// Address behind the last.
    pub end: usize,
}

/// What handlers and the reporter share.
struct State {
    hooks: Hooks,
    /// The socket of the watcher.
    watcher: OwnedFd,
    /// Wakes the reporter.
    wake: EventFd,
    /// What the faulting thread shall do next.
    answer: EventFd,
    process: i32,
    /// The thread that the engine lives on.
    main_thread: i32,
}

static STATE: OnceLock<State> = OnceLock::new();

/// Whether faults of this process come here; where they do not, as in tests, handlers of the app are the kernel's business.
pub fn is_installed() -> bool {
    STATE.get().is_some()
}

/// Makes faults of this process end in a report to `watcher`. Call it on the thread of the engine, before the engine is loaded; later calls
/// change nothing.
///
/// # Errors
/// When descriptors, memory or threads cannot be had.
pub fn install(watcher: &Watcher, hooks: Hooks) -> io::Result<()> {
    if STATE.get().is_some() {
        return Ok(());
    }
    let state = State {
        hooks,
        watcher: watcher.descriptor()?,
        wake: EventFd::from_flags(nix::sys::eventfd::EfdFlags::EFD_CLOEXEC)?,
        answer: EventFd::from_flags(nix::sys::eventfd::EfdFlags::EFD_CLOEXEC)?,
        process: nix::unistd::getpid().as_raw(),
        main_thread: nix::unistd::gettid().as_raw(),
    };
    let state = STATE.get_or_init(|| state);
    reporter::start(state)?;
    protect_thread()?;
    handler::install()
}
