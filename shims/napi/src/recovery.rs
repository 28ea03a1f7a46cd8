//! Calls into guest code, and giving one up.
//!
//! A guest may call a function that Concord does not have. The call that led there cannot go on, but the app can: the callback's
//! frames are dropped, as `longjmp` would, and its caller gets an exception. That is allowed only while every frame above the
//! callback's entry is the guest's own; the point to return to is therefore cleared while one of our functions runs.

use std::cell::Cell;
use std::ffi::c_void;

thread_local! {
    /// The stack pointer at the innermost entry into guest code; 0 while other frames are above it.
    static POINT: Cell<usize> = const { Cell::new(0) };
}

/// Keeps [`POINT`] cleared while our code runs on behalf of the guest.
pub(crate) struct Host(usize);

impl Host {
    pub(crate) fn enter() -> Host {
        Host(POINT.replace(0))
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        POINT.set(self.0);
    }
}

/// Calls a C function of the guest with up to four arguments.
///
/// # Safety
/// `function` is the address of a C function that takes these arguments (or fewer); the frames between here and the callee's
/// may be dropped without running destructors, of which there are none.
pub(crate) unsafe fn call(function: *const c_void, arguments: [usize; 4]) -> u64 {
    let outer = POINT.get();
    let [a, b, c, d] = arguments;
    // SAFETY: promised by the caller; `POINT` is where this thread's recovery point is kept.
    let result = POINT.with(|point| unsafe { concord_napi_call_guest(function, a, b, c, d, point.as_ptr()) });
    POINT.set(outer);
    result
}

/// Returns from the innermost [`call`] with 0. Comes back only when there is nothing to return to.
///
/// # Safety
/// The frames between here and the guest's may be dropped: they hold nothing that needs a destructor.
pub(crate) unsafe fn give_up() {
    let point = POINT.replace(0);
    if point != 0 {
        // SAFETY: the frame of `concord_napi_call_guest` is there as long as its call runs.
        unsafe { concord_napi_return(point, 0) }
    }
}

/// Whether [`give_up`] has somewhere to return to.
pub(crate) fn can_give_up() -> bool {
    POINT.get() != 0
}

// Registers that a C function must preserve are on the stack below the point. The undefined return address ends the walk of the
// guest's unwinder: its exceptions must not look for handlers in our frames.
#[cfg(target_arch = "x86_64")]
std::arch::global_asm!(
    ".pushsection .text.concord_napi_call_guest,\"ax\",@progbits",
    ".globl concord_napi_call_guest",
    ".hidden concord_napi_call_guest",
    ".type concord_napi_call_guest,@function",
    "concord_napi_call_guest:",
    ".cfi_startproc",
    ".cfi_undefined rip",
    "push rbp",
    "push rbx",
    "push r12",
    "push r13",
    "push r14",
    "push r15",
    "sub rsp, 8",
    "mov [r9], rsp",
    "mov rax, rdi",
    "mov rdi, rsi",
    "mov rsi, rdx",
    "mov rdx, rcx",
    "mov rcx, r8",
    "call rax",
    ".Lconcord_napi_leave:",
    "add rsp, 8",
    "pop r15",
    "pop r14",
    "pop r13",
    "pop r12",
    "pop rbx",
    "pop rbp",
    "ret",
    ".cfi_endproc",
    ".size concord_napi_call_guest, . - concord_napi_call_guest",
    ".globl concord_napi_return",
    ".hidden concord_napi_return",
    ".type concord_napi_return,@function",
    "concord_napi_return:",
    "mov rsp, rdi",
    "mov rax, rsi",
    "jmp .Lconcord_napi_leave",
    ".size concord_napi_return, . - concord_napi_return",
    ".popsection",
);

#[cfg(target_arch = "x86_64")]
unsafe extern "C" {
    fn concord_napi_call_guest(
        function: *const c_void,
        a: usize,
        b: usize,
        c: usize,
        d: usize,
        point: *mut usize,
    ) -> u64;
    fn concord_napi_return(point: usize, result: u64) -> !;
}

/// On other processors a call cannot be given up.
#[cfg(not(target_arch = "x86_64"))]
unsafe fn concord_napi_call_guest(
    function: *const c_void,
    a: usize,
    b: usize,
    c: usize,
    d: usize,
    _point: *mut usize,
) -> u64 {
    // SAFETY: promised by the caller of `call`; arguments beyond those that the function takes are ignored by the C ABI.
    unsafe {
        let function: unsafe extern "C" fn(usize, usize, usize, usize) -> u64 = std::mem::transmute(function);
        function(a, b, c, d)
    }
}

#[cfg(not(target_arch = "x86_64"))]
unsafe fn concord_napi_return(_point: usize, _result: u64) {}
