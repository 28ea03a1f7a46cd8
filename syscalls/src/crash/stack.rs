//! Stacks for handlers of faults: the ordinary one is no use when it is what has run out.

use nix::errno::Errno;
use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous, munmap};
use std::cell::OnceCell;
use std::ffi::c_void;
use std::io;
use std::num::NonZeroUsize;
use std::ptr::NonNull;

/// Room for the handlers of apps, which run there too.
const SIZE: usize = 64 << 10;

/// The stack of one thread; it goes with the thread.
struct AlternateStack(NonNull<c_void>);

thread_local! {
    static STACK: OnceCell<AlternateStack> = const { OnceCell::new() };
}

/// Gives the calling thread a stack for handlers of faults, unless it has got one before. Every thread that runs code of an
/// app wants one: without it an overflow of its stack ends the process before anything can be said.
///
/// # Errors
/// When the memory cannot be had.
pub fn protect_thread() -> io::Result<()> {
    STACK.with(|stack| {
        if stack.get().is_none() {
            let made = AlternateStack::make()?;
            // Nobody else can have set it meanwhile: the cell belongs to this thread.
            let _ = stack.set(made);
        }
        Ok(())
    })
}

impl AlternateStack {
    fn make() -> io::Result<AlternateStack> {
        let size = NonZeroUsize::new(SIZE).unwrap_or(NonZeroUsize::MIN);
        let flags = MapFlags::MAP_PRIVATE | MapFlags::MAP_NORESERVE | MapFlags::MAP_STACK;
        // SAFETY: a new mapping anywhere changes no memory that is in use.
        let memory = unsafe { mmap_anonymous(None, size, ProtFlags::PROT_READ | ProtFlags::PROT_WRITE, flags) }?;
        let made = AlternateStack(memory);
        let stack = libc::stack_t { ss_sp: memory.as_ptr(), ss_flags: 0, ss_size: SIZE };
        // SAFETY: the memory is there until `drop`, which takes the stack out of use before.
        Errno::result(unsafe { libc::sigaltstack(&raw const stack, std::ptr::null_mut()) })?;
        Ok(made)
    }
}

impl Drop for AlternateStack {
    fn drop(&mut self) {
        let mut now = libc::stack_t { ss_sp: std::ptr::null_mut(), ss_flags: libc::SS_DISABLE, ss_size: 0 };
        // SAFETY: only asks.
        let asked = unsafe { libc::sigaltstack(std::ptr::null(), &raw mut now) };
        if asked != 0 || (now.ss_sp == self.0.as_ptr() && now.ss_flags & libc::SS_ONSTACK != 0) {
            // The thread ends on this very stack: it is left behind.
            return;
        }
        if now.ss_sp == self.0.as_ptr() {
            let none = libc::stack_t { ss_sp: std::ptr::null_mut(), ss_flags: libc::SS_DISABLE, ss_size: 0 };
            // SAFETY: takes the stack, which nothing runs on, out of use.
            if unsafe { libc::sigaltstack(&raw const none, std::ptr::null_mut()) } != 0 {
                return;
            }
        }
        // SAFETY: ours, and neither the kernel nor this thread uses it any more.
        let _ = unsafe { munmap(self.0, SIZE) };
    }
}
