//! Thread-local storage of libraries that do not use the emulated kind: a block per library and thread, made when the thread first needs it.

use std::alloc::{Layout, alloc_zeroed, dealloc, handle_alloc_error};
use std::cell::Cell;
use std::ffi::c_void;
use std::ptr::NonNull;
use std::sync::{OnceLock, PoisonError, RwLock};

/// Rounds in which a thread's keys are destroyed: `PTHREAD_DESTRUCTOR_ITERATIONS` of the host. Blocks go in the last, because the guest's destructors use them.
const ROUNDS: u32 = 4;

/// What a block begins as.
#[derive(Clone, Copy, Debug)]
struct Template {
    /// The library's own copy, already relocated.
    start: usize,
    /// Bytes that it has; the rest of the block is zero.
    filled: usize,
    layout: Layout,
}

/// By number of the module, counted from 1. Numbers are never used twice.
static TEMPLATES: RwLock<Vec<Option<Template>>> = RwLock::new(Vec::new());

/// A library's place in the table; given back when dropped.
#[derive(Debug)]
pub(crate) struct TlsModule {
    number: usize,
}

/// The blocks of a thread, by number of the module.
struct Blocks {
    blocks: Vec<Option<(NonNull<u8>, Layout)>>,
    rounds: u32,
}

thread_local! {
    /// Has no destructor, so it can be used until the thread's very end; `release` frees what it points to.
    static BLOCKS: Cell<*mut Blocks> = const { Cell::new(std::ptr::null_mut()) };
}

impl TlsModule {
    /// `start` points to `filled` bytes that stay as long as the library is loaded. `None` for an alignment that is no power of two.
    pub(crate) fn new(start: usize, filled: usize, size: usize, align: usize) -> Option<TlsModule> {
        let layout = Layout::from_size_align(size.max(filled).max(1), align).ok()?;
        let mut templates = TEMPLATES.write().unwrap_or_else(PoisonError::into_inner);
        templates.push(Some(Template { start, filled, layout }));
        Some(TlsModule { number: templates.len() })
    }

    /// What `DTPMOD64` relocations write.
    pub(crate) fn number(&self) -> usize {
        self.number
    }
}

impl Drop for TlsModule {
    fn drop(&mut self) {
        let mut templates = TEMPLATES.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(template) = templates.get_mut(self.number - 1) {
            *template = None;
        }
    }
}

/// The address of a variable in the calling thread's block of a library, made at its first use: what `__tls_get_addr` gives.
/// `module` and `offset` are the two words that it is given the address of. Null for a module that is not loaded.
pub fn thread_local_address(module: usize, offset: usize) -> *mut u8 {
    let block = match block_of(module) {
        Some(block) => block.as_ptr(),
        None => make(module),
    };
    if block.is_null() { block } else { block.wrapping_add(offset) }
}

/// This thread's block, if it has one already.
pub(crate) fn block_of(module: usize) -> Option<NonNull<u8>> {
    // SAFETY: null, or what `make` put there for this thread, which `release` takes away at its end.
    let blocks = unsafe { BLOCKS.get().as_ref() }?;
    Some(blocks.blocks.get(module)?.as_ref()?.0)
}

#[cold]
fn make(module: usize) -> *mut u8 {
    let templates = TEMPLATES.read().unwrap_or_else(PoisonError::into_inner);
    let Some(template) = module.checked_sub(1).and_then(|index| *templates.get(index)?) else {
        return std::ptr::null_mut();
    };
    if BLOCKS.get().is_null() {
        let blocks = Box::into_raw(Box::new(Blocks { blocks: Vec::new(), rounds: 0 }));
        BLOCKS.set(blocks);
        remember(blocks);
    }
    // SAFETY: the layout is not empty.
    let Some(block) = NonNull::new(unsafe { alloc_zeroed(template.layout) }) else {
        handle_alloc_error(template.layout)
    };
    // SAFETY: the template stays while its module is in the table, which is locked; the new block is as large at least.
    unsafe { std::ptr::copy_nonoverlapping(template.start as *const u8, block.as_ptr(), template.filled) };
    // SAFETY: this thread's own, made above or before; no other reference lives, as nothing here runs code of others.
    if let Some(blocks) = unsafe { BLOCKS.get().as_mut() } {
        if blocks.blocks.len() <= module {
            blocks.blocks.resize(module + 1, None);
        }
        if let Some(slot) = blocks.blocks.get_mut(module) {
            *slot = Some((block, template.layout));
        }
    }
    block.as_ptr()
}

/// Has `release` called at the end of the thread. Without a key (the process has 1024) the blocks stay.
fn remember(blocks: *mut Blocks) {
    static KEY: OnceLock<Option<libc::pthread_key_t>> = OnceLock::new();
    let key = KEY.get_or_init(|| {
        let mut key = 0;
        // SAFETY: the destructor has the signature that is asked for, and lives as long as the process.
        (unsafe { libc::pthread_key_create(&raw mut key, Some(release)) } == 0).then_some(key)
    });
    if let Some(key) = key {
        // SAFETY: the key was created above.
        unsafe { libc::pthread_setspecific(*key, blocks.cast::<c_void>()) };
    }
}

extern "C" fn release(blocks: *mut c_void) {
    let blocks = blocks.cast::<Blocks>();
    // SAFETY: what `remember` was given for this thread; only this function frees it, once.
    let rounds = unsafe {
        (*blocks).rounds += 1;
        (*blocks).rounds
    };
    if rounds < ROUNDS {
        remember(blocks);
        return;
    }
    BLOCKS.set(std::ptr::null_mut());
    // SAFETY: made by `Box::into_raw`, and nobody has it any more.
    let blocks = unsafe { Box::from_raw(blocks) };
    for (block, layout) in blocks.blocks.into_iter().flatten() {
        // SAFETY: allocated with this layout.
        unsafe { dealloc(block.as_ptr(), layout) };
    }
}
