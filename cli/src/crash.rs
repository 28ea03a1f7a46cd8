//! What reports of crashes are made with: the loaded libraries, and the stack of script.

use crate::app_process::Told;
use concord_engine::ErrorKind;
use concord_runtime::Runtime;
use concord_services::protocol::Event;
use concord_syscalls::app_process::Watcher;
use concord_syscalls::crash::{Hooks, Module, Place, Registers, install};
use std::cell::RefCell;
use std::io;

thread_local! {
    /// What the copy of the process that a crash makes tells with.
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

/// Has crashes of this process reported. For the thread of script, before the engine is there.
pub fn report_to(watcher: &Watcher) -> io::Result<()> {
    install(watcher, Hooks { unwind, locate, modules, message, copy })
}

/// From now on there is script to be told of.
pub fn know(told: Told) {
    TOLD.set(Some(told));
}

fn unwind(registers: &Registers, frames: &mut [usize]) -> usize {
    let mut numbers = [0; 17];
    let values = registers.general.iter().take(16).chain([&registers.pc]);
    numbers.iter_mut().zip(values).for_each(|(number, value)| *number = *value as u64);
    concord_elf::backtrace(&concord_elf::Registers(numbers), frames)
}

fn locate(address: usize, found: &mut dyn FnMut(Place<'_>)) {
    if let Some(location) = concord_elf::locate(address) {
        let (module, offset, symbol) = (location.name(), location.offset(), location.symbol());
        found(Place { module, offset, symbol, is_guest: true });
    }
}

fn modules(each: &mut dyn FnMut(Module<'_>)) {
    for module in concord_elf::modules().iter() {
        let ends = module.program_headers().iter().filter(|header| header.p_type == PT_LOAD);
        let end = ends.map(|header| header.p_vaddr.saturating_add(header.p_memsz)).max().unwrap_or(0);
        let begin = module.bias();
        let path = module.path().to_str().unwrap_or("?");
        each(Module { path, begin, end: begin.saturating_add(usize::try_from(end).unwrap_or(0)) });
    }
}

fn message(found: &mut dyn FnMut(&[u8])) {
    let own = crate::native::last_words().map(str::as_bytes);
    if let Some(message) = own.or_else(|| concord_libc::fatal_message().map(std::ffi::CStr::to_bytes)) {
        found(message);
    }
}

/// `PT_LOAD`: a part of a library that is in memory.
const PT_LOAD: u32 = 1;

/// Runs in a copy of the process in which script stands still where it has called native code.
fn copy() {
    let told = TOLD.take();
    let Some(told) = told else { return };
    if let Some(stack) = told.runtime().and_then(script_stack) {
        told.tell(&Event::CrashScript { stack });
    }
    told.missing();
}

/// The stack of script, without frames of our own; none when no script is running.
fn script_stack(runtime: &Runtime) -> Option<String> {
    let error = runtime.context().error(ErrorKind::Error, "");
    let stack = runtime.map_stack(&error.get("stack").ok()?.as_string()?);
    (!stack.trim().is_empty()).then_some(stack)
}
