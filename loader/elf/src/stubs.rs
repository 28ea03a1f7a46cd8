//! Stubs for functions that Concord does not have: small pieces of code that say which function was called.

use crate::{Absence, MissingCall, OnMissing};
use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous, mprotect};
use rustc_hash::FxHashMap;
use std::ffi::c_void;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;

/// Bytes of a stub.
const SIZE: usize = 32;
/// Bytes that are made executable together.
const PAGE: usize = 4096;

/// What a stub passes to [`missing`].
struct Record {
    call: MissingCall,
    absence: Absence,
    on_missing: OnMissing,
}

/// The stubs of a namespace. They stay for ever, because guests keep the addresses of functions.
#[derive(Default)]
pub(crate) struct Stubs {
    /// By name of the function and of the library that imports it.
    made: FxHashMap<(String, String), usize>,
    /// The page that is being filled, and how many bytes of it are.
    open: Option<(NonNull<c_void>, usize)>,
}

// SAFETY: the page belongs to this value alone until it is closed.
unsafe impl Send for Stubs {}

impl Stubs {
    /// The address of the stub for a function. It can be called after [`Stubs::close`].
    pub(crate) fn get(&mut self, call: MissingCall, absence: Absence, on_missing: OnMissing) -> nix::Result<usize> {
        let key = (call.symbol.clone(), call.importer.clone());
        if let Some(address) = self.made.get(&key) {
            return Ok(*address);
        }
        let (page, used) = match self.open.take() {
            Some((page, used)) if used + SIZE <= PAGE => (page, used),
            full => {
                self.open = full;
                self.close()?;
                (new_page()?, 0)
            }
        };
        self.open = Some((page, used + SIZE));
        let record: &'static Record = Box::leak(Box::new(Record { call, absence, on_missing }));
        let code = code(std::ptr::from_ref(record) as u64, missing as *const () as u64);
        let address = page.as_ptr() as usize + used;
        // SAFETY: the page is writable until it is closed, and has room: checked above.
        unsafe { std::ptr::copy_nonoverlapping(code.as_ptr(), address as *mut u8, SIZE) };
        self.made.insert(key, address);
        Ok(address)
    }

    /// Makes what was written executable, and no longer writable.
    pub(crate) fn close(&mut self) -> nix::Result<()> {
        match self.open.take() {
            // SAFETY: a page that `new_page` made; nothing of the host is in it.
            Some((page, _)) => unsafe { mprotect(page, PAGE, ProtFlags::PROT_READ | ProtFlags::PROT_EXEC) },
            None => Ok(()),
        }
    }
}

fn new_page() -> nix::Result<NonNull<c_void>> {
    let length = NonZeroUsize::new(PAGE).ok_or(nix::Error::EINVAL)?;
    // SAFETY: a fresh page wherever the kernel likes.
    unsafe { mmap_anonymous(None, length, ProtFlags::PROT_READ | ProtFlags::PROT_WRITE, MapFlags::MAP_PRIVATE) }
}

/// `movabs rdi, record; movabs rax, handler; jmp rax`: a jump, so the stack is as the handler expects it, and its answer is the function's.
fn code(record: u64, handler: u64) -> [u8; SIZE] {
    // int3 where nothing is.
    let mut code = [0xcc; SIZE];
    let parts: [(usize, &[u8]); 5] = [
        (0, &[0x48, 0xbf]),
        (2, &record.to_le_bytes()),
        (10, &[0x48, 0xb8]),
        (12, &handler.to_le_bytes()),
        (20, &[0xff, 0xe0]),
    ];
    for (at, bytes) in parts {
        for (place, byte) in code.iter_mut().skip(at).zip(bytes) {
            *place = *byte;
        }
    }
    code
}

/// Where all stubs lead.
extern "C" fn missing(record: &'static Record) -> u64 {
    let aborts = record.absence == Absence::Abort;
    let told = catch_unwind(AssertUnwindSafe(|| (record.on_missing)(&record.call, aborts)));
    match record.absence {
        Absence::Answer(value) if told.is_ok() => value,
        _ => std::process::abort(),
    }
}
