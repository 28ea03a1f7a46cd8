//! Backtraces through the frames of a library that keeps no frame pointers.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test fails by panicking, its child by what it says")]

mod common;

use common::{namespace, own_libraries, small_libc};
use concord_elf::{Registers, backtrace, locate};
use std::arch::asm;
use std::sync::Mutex;

static FRAMES: Mutex<Vec<usize>> = Mutex::new(Vec::new());

/// The registers of the function that calls it, as far as unwinding needs them.
#[inline(always)]
fn registers() -> Registers {
    let mut registers = Registers::default();
    // SAFETY: only reads registers.
    unsafe {
        asm!(
            "mov [{0} + 24], rbx", "mov [{0} + 48], rbp", "mov [{0} + 56], rsp", "mov [{0} + 96], r12",
            "mov [{0} + 104], r13", "mov [{0} + 112], r14", "mov [{0} + 120], r15",
            "lea {1}, [rip]", "mov [{0} + 128], {1}",
            in(reg) registers.0.as_mut_ptr(), out(reg) _,
        );
    }
    registers
}

extern "C" fn look(_: usize) -> i64 {
    let mut frames = [0; 64];
    let count = backtrace(&registers(), &mut frames);
    FRAMES.lock().unwrap().extend(&frames[..count]);
    0
}

/// Names of the guest's functions, innermost first, and `host` for other frames, equal neighbours once.
fn names(frames: &[usize]) -> Vec<String> {
    let mut names: Vec<String> = frames
        .iter()
        .map(|frame| match locate(*frame) {
            Some(place) => place.symbol().map_or("?", |(name, _)| name).to_owned(),
            None => "host".to_owned(),
        })
        .collect();
    names.dedup();
    names
}

#[test]
fn guest_frames_between_host_frames() {
    let library = namespace(&[&own_libraries()], vec![small_libc()]).open("libdeep.so").unwrap();
    let deep = library.symbol("deep_frame").unwrap();
    // SAFETY: the function's type in deep.c.
    let deep: extern "C" fn(i32, extern "C" fn(usize) -> i64, usize) -> i64 =
        unsafe { std::mem::transmute(deep as *const ()) };
    assert_eq!(deep(5, look, 0), 15);
    let frames = FRAMES.lock().unwrap();
    let guests = frames.iter().filter(|frame| locate(**frame).is_some()).count();
    assert_eq!(guests, 6, "{frames:x?}");
    assert_eq!(names(&frames), ["host", "deep_frame", "host"]);
    assert!(frames.len() > guests + 5, "the way to the thread's start is there");
}

extern "C" fn handler(_: i32, _: *mut libc::siginfo_t, context: *mut libc::c_void) {
    // SAFETY: what the kernel gives.
    let context = unsafe { &*context.cast::<libc::ucontext_t>() };
    let mut frames = [0; 64];
    let count = backtrace(&Registers::of_signal(context), &mut frames);
    let from_here = backtrace(&registers(), &mut frames[count..]);
    let all = names(&frames[..count]);
    let with_handler = names(&frames[count..count + from_here]);
    let right = all.first().is_some_and(|name| name == "deep_crash")
        && all.get(1).is_some_and(|name| name == "host")
        && frames[..4].iter().all(|frame| locate(*frame).is_some())
        && with_handler.get(..3).is_some_and(|names| names == ["host", "deep_crash", "host"]);
    if !right {
        eprintln!("{all:?} {with_handler:?} {frames:x?}");
    }
    // SAFETY: the process ends here.
    unsafe { libc::_exit(if right { 7 } else { 8 }) };
}

#[test]
fn from_a_signal_on_another_stack() {
    let library = namespace(&[&own_libraries()], vec![small_libc()]).open("libdeep.so").unwrap();
    let crash = library.symbol("deep_crash").unwrap();
    // SAFETY: a child of our own, which ends in the handler; the stack is leaked; the function's type is the one in deep.c.
    unsafe {
        let pid = libc::fork();
        if pid == 0 {
            let stack = Box::leak(vec![0u8; 65536].into_boxed_slice());
            let stack = libc::stack_t { ss_sp: stack.as_mut_ptr().cast(), ss_flags: 0, ss_size: stack.len() };
            libc::sigaltstack(&raw const stack, std::ptr::null_mut());
            let mut action: libc::sigaction = std::mem::zeroed();
            action.sa_sigaction = handler as *const () as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
            libc::sigaction(libc::SIGSEGV, &raw const action, std::ptr::null_mut());
            let crash: extern "C" fn(i32) -> i64 = std::mem::transmute(crash as *const ());
            crash(3);
            libc::_exit(9);
        }
        let mut status = 0;
        libc::waitpid(pid, &raw mut status, 0);
        assert!(libc::WIFEXITED(status), "{status:#x}");
        assert_eq!(libc::WEXITSTATUS(status), 7);
    }
}
