//! The thread that writes the report.

use super::fault::{Fault, Registers};
use super::handler::{DONE, MAKE_A_COPY, WHERE_ARE_YOU};
use super::line::Line;
use super::maps;
use super::{STATE, State};
use nix::fcntl::OFlag;
use nix::sys::signal::{Signal, kill};
use nix::sys::stat::Mode;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;
use std::cell::UnsafeCell;
use std::ffi::{CStr, c_char, c_int, c_uint};
use std::fmt::Write;
use std::io;
use std::sync::atomic::{AtomicI32, AtomicPtr, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Frames that are reported, the innermost ones.
const FRAMES: usize = 128;
/// Libraries that are listed.
const MODULES: usize = 512;
/// Longest name and message.
const LONGEST: usize = 4096;
/// How long the copy of the process may take.
const COPY_PATIENCE: Duration = Duration::from_secs(3);
/// What the thread keeps of its stack when it begins anew.
const BASE: usize = 4096;

/// The thread, once it runs.
static THREAD: AtomicI32 = AtomicI32::new(0);
/// Where its stack may be used from, after a fault of its own.
static STACK: AtomicUsize = AtomicUsize::new(0);
/// The part of the report that comes next.
static NEXT: AtomicUsize = AtomicUsize::new(0);
/// The fault, in a handler that waits.
static FAULT: AtomicPtr<Fault> = AtomicPtr::new(std::ptr::null_mut());
/// The copy of the process: its id, 0 before it is made, -1 when it cannot be.
static COPY: AtomicI32 = AtomicI32::new(0);
/// Whether code of the app is in the stack.
static GUEST_FRAMES: AtomicUsize = AtomicUsize::new(0);
/// glibc's own last words (`__abort_msg`), where it has them.
static LAST_WORDS: AtomicPtr<*const LastWords> = AtomicPtr::new(std::ptr::null_mut());

/// `struct abort_msg_s` of glibc: the message follows.
#[repr(C)]
struct LastWords {
    size: c_uint,
    text: [c_char; 0],
}

/// Memory of the thread.
struct Own<T>(UnsafeCell<T>);

// SAFETY: only the thread of this module gets at what is inside, through `Own::get`.
unsafe impl<T: Send> Sync for Own<T> {}

static LINE: Own<Line> = Own(UnsafeCell::new(Line::new()));
static MAPS: Own<maps::Buffer> = Own(UnsafeCell::new(maps::BUFFER));
static FRAME_ADDRESSES: Own<[usize; FRAMES]> = Own(UnsafeCell::new([0; FRAMES]));

impl<T> Own<T> {
    /// # Safety
    /// Only for the parts of the report: they run on one thread, one after the other, and one that faults is never returned to.
    #[expect(clippy::mut_from_ref, reason = "one thread, one user at a time")]
    unsafe fn get(&self) -> &mut T {
        // SAFETY: the caller says so.
        unsafe { &mut *self.0.get() }
    }
}

/// A part of the report.
type Part = fn(&'static State, &Fault, &mut Line);

/// In this order: what is sure comes first, and who waits for the fault learns last that it is all.
const PARTS: [Part; 7] = [unwind, head, frames, message, modules, script, end];

/// Starts the thread.
pub(super) fn start(state: &'static State) -> io::Result<()> {
    // SAFETY: only looks a name up; the object is glibc's as long as the process.
    let words = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"__abort_msg".as_ptr()) };
    LAST_WORDS.store(words.cast(), Ordering::SeqCst);
    std::thread::Builder::new().name("crash".to_owned()).spawn(move || {
        THREAD.store(nix::unistd::gettid().as_raw(), Ordering::SeqCst);
        let here = 0_u8;
        STACK.store((&raw const here as usize).saturating_sub(BASE), Ordering::SeqCst);
        wait(state)
    })?;
    Ok(())
}

/// The thread, 0 before there is one.
pub(super) fn thread() -> i32 {
    THREAD.load(Ordering::SeqCst)
}

/// The thread has a fault itself: it goes on with the next part.
pub(super) fn recover(context: &mut libc::ucontext_t) {
    Registers::redirect(context, go_on, STACK.load(Ordering::SeqCst));
}

/// The fault that is to be reported next. The handler waits meanwhile, so it stays where it is.
pub(super) fn hand_over(fault: &Fault) {
    COPY.store(0, Ordering::SeqCst);
    FAULT.store((&raw const *fault).cast_mut(), Ordering::SeqCst);
}

/// Makes a copy of the process with nothing but the calling thread; true in the copy.
pub(super) fn copy_process() -> bool {
    // Not `fork`, which waits for locks that this thread may hold.
    // SAFETY: all arguments but the flags are null or 0: the copy goes on here, with a copy of all memory.
    let id = unsafe { libc::syscall(libc::SYS_clone, libc::SIGCHLD, 0, 0, 0, 0) };
    if id == 0 {
        return true;
    }
    COPY.store(i32::try_from(id).unwrap_or(-1), Ordering::SeqCst);
    false
}

fn wait(state: &'static State) -> ! {
    loop {
        match state.wake.read() {
            Ok(_) => {
                NEXT.store(0, Ordering::SeqCst);
                run(state);
            }
            Err(nix::errno::Errno::EINTR) => {}
            // Without waiting there is nothing to do here.
            Err(_) => std::thread::park(),
        }
    }
}

/// Where the thread goes on after a fault of its own.
extern "C" fn go_on() -> ! {
    loop {
        if let Some(state) = STATE.get() {
            run(state);
            wait(state);
        }
        std::thread::park();
    }
}

/// All parts that have not begun.
fn run(state: &'static State) {
    while let Some(part) = PARTS.get(NEXT.fetch_add(1, Ordering::SeqCst)) {
        // SAFETY: the handler that it is in waits until `end` has told it to go on.
        let Some(fault) = (unsafe { FAULT.load(Ordering::SeqCst).as_ref() }) else { return };
        // SAFETY: a part of the report.
        part(state, fault, unsafe { LINE.get() });
    }
}

fn send(state: &State, line: &mut Line) {
    let Some(mut rest) = line.end() else { return };
    while !rest.is_empty() {
        match nix::unistd::write(&state.watcher, rest) {
            Ok(count) => rest = rest.get(count..).unwrap_or_default(),
            Err(nix::errno::Errno::EINTR) => {}
            Err(_) => return,
        }
    }
}

fn is_question(fault: &Fault) -> bool {
    fault.signal == WHERE_ARE_YOU as c_int
}

/// Walks the stack, and sees whether code of the app is in it.
fn unwind(state: &'static State, fault: &Fault, _: &mut Line) {
    GUEST_FRAMES.store(0, Ordering::SeqCst);
    // SAFETY: a part of the report.
    let addresses = unsafe { FRAME_ADDRESSES.get() };
    addresses.fill(0);
    let [first, callers @ ..] = addresses;
    *first = fault.registers.pc;
    let is_jump = !fault.is_sent() && fault.address == fault.registers.pc && fault.signal != libc::SIGFPE;
    let count = match fault.registers.caller().filter(|_| is_jump && !has_code(fault.registers.pc)) {
        // A jump to where no code is: the caller is known all the same, because nothing has run since the call.
        Some(caller) => (state.hooks.unwind)(&caller, callers) + 1,
        None => (state.hooks.unwind)(&fault.registers, addresses),
    };
    addresses.iter_mut().skip(count.max(1)).for_each(|address| *address = 0);
    let guests = addresses.iter().enumerate().filter(|(index, address)| {
        let mut is_guest = false;
        (state.hooks.locate)(call_site(*index, **address), &mut |place| is_guest = place.is_guest);
        is_guest
    });
    GUEST_FRAMES.store(guests.count(), Ordering::SeqCst);
}

/// Whether an address is in a file that is mapped.
fn has_code(address: usize) -> bool {
    let mut has_file = false;
    // SAFETY: a part of the report.
    maps::locate(address, unsafe { MAPS.get() }, &mut |_, _| has_file = true);
    has_file
}

/// Return addresses point behind the call, which may be the last instruction of its function.
fn call_site(index: usize, address: usize) -> usize {
    if index == 0 { address } else { address.saturating_sub(1) }
}

fn head(state: &'static State, fault: &Fault, line: &mut Line) {
    if is_question(fault) && GUEST_FRAMES.load(Ordering::SeqCst) == 0 {
        // A loop of script: there is nothing to say that would help.
        return;
    }
    line.begin("crash");
    line.raw(format_args!(",\"signal\":{},\"code\":{},\"sender\":{}", fault.signal, fault.code, fault.sender));
    line.raw(format_args!(",\"address\":\"{:#x}\",\"process\":{}", fault.address, state.process));
    line.raw(format_args!(",\"thread\":{},\"main\":{}", fault.thread, fault.thread == state.main_thread));
    let mut name = [0; 32];
    line.text("name", thread_name(fault.thread, &mut name));
    let registers = Registers::NAMES.iter().zip(fault.registers.general);
    line.raw(format_args!(",\"registers\":{{\"{}\":\"{:#x}\"", Registers::PC, fault.registers.pc));
    registers.for_each(|(name, value)| line.raw(format_args!(",\"{name}\":\"{value:#x}\"")));
    line.raw(format_args!("}}"));
    send(state, line);
}

/// The name of a thread, from `/proc`.
fn thread_name(thread: c_int, name: &mut [u8]) -> &[u8] {
    struct Path([u8; 64], usize);
    impl Write for Path {
        fn write_str(&mut self, text: &str) -> std::fmt::Result {
            let room = self.0.get_mut(self.1..).and_then(|rest| rest.get_mut(..text.len())).ok_or(std::fmt::Error)?;
            room.copy_from_slice(text.as_bytes());
            self.1 += text.len();
            Ok(())
        }
    }
    let mut path = Path([0; 64], 0);
    let written = write!(path, "/proc/self/task/{thread}/comm\0");
    let Ok(path) = written.map_err(drop).and_then(|()| CStr::from_bytes_until_nul(&path.0).map_err(drop)) else {
        return &[];
    };
    let read = nix::fcntl::open(path, OFlag::O_RDONLY | OFlag::O_CLOEXEC, Mode::empty())
        .and_then(|file| nix::unistd::read(&file, name));
    name.get(..read.unwrap_or(0)).unwrap_or_default().trim_ascii_end()
}

fn frames(state: &'static State, fault: &Fault, line: &mut Line) {
    if is_question(fault) && GUEST_FRAMES.load(Ordering::SeqCst) == 0 {
        return;
    }
    // SAFETY: a part of the report.
    let addresses = unsafe { FRAME_ADDRESSES.get() };
    line.begin("crash-frames");
    line.raw(format_args!(",\"frames\":["));
    for (index, address) in addresses.iter().enumerate().take_while(|(index, address)| *index == 0 || **address != 0) {
        if line.left() < 2 * LONGEST {
            break;
        }
        let comma = if index == 0 { "" } else { "," };
        line.raw(format_args!("{comma}{{\"address\":\"{address:#x}\""));
        let site = call_site(index, *address);
        let back = address - site;
        let mut is_known = false;
        (state.hooks.locate)(site, &mut |place| {
            is_known = true;
            line.raw(format_args!(",\"guest\":{},\"offset\":\"{:#x}\"", place.is_guest, place.offset + back));
            line.text("module", short(place.module.as_bytes()));
            if let Some((symbol, into)) = place.symbol {
                line.text("symbol", short(symbol.as_bytes()));
                line.raw(format_args!(",\"into\":{}", into + back));
            }
        });
        if !is_known {
            // SAFETY: a part of the report.
            maps::locate(site, unsafe { MAPS.get() }, &mut |name, offset| {
                line.raw(format_args!(",\"offset\":\"{:#x}\"", offset + back));
                line.text("module", short(name.as_bytes()));
            });
        }
        line.raw(format_args!("}}"));
    }
    line.raw(format_args!("]"));
    send(state, line);
}

fn short(text: &[u8]) -> &[u8] {
    text.get(..LONGEST / 4).unwrap_or(text)
}

fn message(state: &'static State, fault: &Fault, line: &mut Line) {
    if is_question(fault) {
        return;
    }
    let mut said = false;
    (state.hooks.message)(&mut |text| {
        let text = text.get(..LONGEST).unwrap_or(text).trim_ascii();
        said = !text.is_empty();
        line.begin("crash-message");
        line.text("text", text);
    });
    if !said && fault.signal == libc::SIGABRT {
        // SAFETY: glibc's variable, which is null or points at a structure that stays.
        let words = unsafe { LAST_WORDS.load(Ordering::SeqCst).as_ref().and_then(|words| words.as_ref()) };
        if let Some(words) = words {
            // SAFETY: the message follows the structure and ends with a zero.
            let text = unsafe { CStr::from_ptr((&raw const words.text).cast()) }.to_bytes();
            let text = text.get(..LONGEST).unwrap_or(text).trim_ascii();
            said = !text.is_empty();
            line.begin("crash-message");
            line.text("text", text);
        }
    }
    if said {
        send(state, line);
    }
}

fn modules(state: &'static State, fault: &Fault, line: &mut Line) {
    if is_question(fault) {
        return;
    }
    line.begin("crash-modules");
    line.raw(format_args!(",\"modules\":["));
    let mut count = 0;
    (state.hooks.modules)(&mut |module| {
        if count < MODULES && line.left() > 2 * LONGEST {
            let comma = if count == 0 { "" } else { "," };
            line.raw(format_args!("{comma}{{\"begin\":\"{:#x}\",\"end\":\"{:#x}\"", module.begin, module.end));
            line.text("path", short(module.path.as_bytes()));
            line.raw(format_args!("}}"));
            count += 1;
        }
    });
    line.raw(format_args!("]"));
    send(state, line);
}

/// Has a copy of the process say what only a working engine can, when script has called code of the app.
fn script(state: &'static State, fault: &Fault, _: &mut Line) {
    if fault.thread != state.main_thread
        || GUEST_FRAMES.load(Ordering::SeqCst) == 0
        || state.answer.write(MAKE_A_COPY).is_err()
    {
        return;
    }
    let end = Instant::now() + COPY_PATIENCE;
    let pause = || std::thread::sleep(Duration::from_millis(2));
    let mut copy = 0;
    while copy == 0 && Instant::now() < end {
        pause();
        copy = COPY.load(Ordering::SeqCst);
    }
    if copy <= 0 {
        return;
    }
    let copy = Pid::from_raw(copy);
    while Instant::now() < end {
        match waitpid(copy, Some(WaitPidFlag::WNOHANG)) {
            Ok(WaitStatus::StillAlive) => pause(),
            _ => return,
        }
    }
    // It waits for a lock that nobody in it will give back.
    let _ = kill(copy, Signal::SIGKILL);
    let _ = waitpid(copy, None);
}

fn end(state: &'static State, _: &Fault, line: &mut Line) {
    line.begin("crash-end");
    send(state, line);
    FAULT.store(std::ptr::null_mut(), Ordering::SeqCst);
    // A handler that hears nothing goes on by itself after a while.
    let _ = state.answer.write(DONE);
}
