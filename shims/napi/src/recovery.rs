//! Calls into guest code, and giving one up.
//!
//! A guest may call a function that Concord does not have. The call that led there cannot go on, but the app can: the callback's
//! frames are dropped, as `longjmp` would, and its caller gets an exception. That is allowed only while every frame above the
//! callback's entry is the guest's own; the point to return to is therefore cleared while one of our functions runs.

use crate::env::Env;
use crate::scopes::Entry;
use std::cell::Cell;
use std::ffi::c_void;
use std::ptr;

thread_local! {
    /// The innermost entry into guest code; null while other frames are above it.
    static ENTRY: Cell<*const Entry<'static>> = const { Cell::new(ptr::null()) };
}

/// Keeps [`ENTRY`] cleared while our code runs on behalf of the guest.
pub(crate) struct Host(*const Entry<'static>);

impl Host {
    #[inline]
    pub(crate) fn enter() -> Host {
        Host(ENTRY.replace(ptr::null()))
    }
}

impl Drop for Host {
    #[inline]
    fn drop(&mut self) {
        ENTRY.set(self.0);
    }
}

/// What it takes to return to an entry: stack pointer, `rbx`, `rbp`, and where to go on.
#[derive(Default)]
#[repr(transparent)]
pub(crate) struct Point([Cell<usize>; 4]);

/// Calls a C function of the guest with up to four arguments.
///
/// # Safety
/// `function` is the address of a C function that takes these arguments (or fewer); the frames between here and the callee's
/// may be dropped without running destructors, of which there are none.
#[inline(always)]
pub(crate) unsafe fn call(entry: &Entry<'_>, function: *const c_void, arguments: [usize; 4]) -> u64 {
    let outer = ENTRY.replace(ptr::from_ref(entry).cast());
    // SAFETY: promised by the caller.
    let result = unsafe { call_from(&entry.point, function, arguments) };
    ENTRY.set(outer);
    result
}

/// Of the registers that a C function preserves, the compiler keeps nothing in four here and two are noted in the point; so returning
/// to it is as if the function had returned.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
unsafe fn call_from(point: &Point, function: *const c_void, arguments: [usize; 4]) -> u64 {
    let [a, b, c, d] = arguments;
    let result: u64;
    // SAFETY: promised by the caller of `call`; the stack is aligned for calls, and what C functions overwrite is named.
    unsafe {
        std::arch::asm!(
            "lea r13, [rip + 2f]",
            "mov [r12], rsp",
            "mov [r12 + 8], rbx",
            "mov [r12 + 16], rbp",
            "mov [r12 + 24], r13",
            "call rax",
            "2:",
            inout("rax") function as usize => result,
            in("rdi") a,
            in("rsi") b,
            in("rdx") c,
            in("rcx") d,
            inout("r12") point.0.as_ptr() => _,
            out("r13") _,
            out("r14") _,
            out("r15") _,
            clobber_abi("C"),
        );
    }
    result
}

/// On other processors a call cannot be given up.
#[cfg(not(target_arch = "x86_64"))]
unsafe fn call_from(_point: &Point, function: *const c_void, [a, b, c, d]: [usize; 4]) -> u64 {
    // SAFETY: promised by the caller of `call`; arguments beyond those that the function takes are ignored by the C ABI.
    unsafe {
        let function: unsafe extern "C" fn(usize, usize, usize, usize) -> u64 = std::mem::transmute(function);
        function(a, b, c, d)
    }
}

/// Whose innermost [`call`] could be given up; `None` where there is nothing to return to.
pub(crate) fn can_give_up<'a>() -> Option<&'a Env> {
    if !cfg!(target_arch = "x86_64") {
        return None;
    }
    // SAFETY: set by `call`, whose entry is there as long as it runs.
    unsafe { ENTRY.get().as_ref() }.map(Entry::env)
}

/// Returns from the innermost [`call`] with 0. Comes back only when there is nothing to return to.
///
/// # Safety
/// The frames between here and the guest's may be dropped: they hold nothing that needs a destructor.
pub(crate) unsafe fn give_up() {
    // SAFETY: set by `call`, whose entry is there as long as it runs.
    let Some(entry) = (unsafe { ENTRY.replace(ptr::null()).as_ref() }) else { return };
    // SAFETY: the frame of `call_from` is below, as its call runs, and has noted this.
    #[cfg(target_arch = "x86_64")]
    unsafe {
        std::arch::asm!(
            "mov rsp, [rdi]",
            "mov rbx, [rdi + 8]",
            "mov rbp, [rdi + 16]",
            "xor eax, eax",
            "jmp [rdi + 24]",
            in("rdi") entry.point.0.as_ptr(),
            options(noreturn),
        );
    }
}
