//! Bytes that several machines see at once.

use crate::{Context, JsResult};
use std::collections::BTreeMap;
use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of a shared buffer, zero at first. They are only ever reached atomically or by the engines.
pub struct SharedBytes {
    words: Box<[AtomicU64]>,
    length: usize,
}

/// Where shared bytes are: start → end. Rust code never borrows those.
static SPANS: Mutex<BTreeMap<usize, usize>> = Mutex::new(BTreeMap::new());
/// How many there are: most programs have none.
static COUNT: AtomicUsize = AtomicUsize::new(0);

/// The engine's own limit for buffers.
const MOST: usize = 1 << 32;

impl SharedBytes {
    /// `None` when there is not so much memory.
    pub fn new(length: usize) -> Option<Arc<SharedBytes>> {
        if length > MOST {
            return None;
        }
        let count = length.div_ceil(8).max(1);
        let mut words = Vec::new();
        words.try_reserve_exact(count).ok()?;
        words.resize_with(count, || AtomicU64::new(0));
        let bytes = Arc::new(SharedBytes { words: words.into_boxed_slice(), length });
        let start = bytes.words.as_ptr() as usize;
        SPANS.lock().unwrap_or_else(PoisonError::into_inner).insert(start, start + count * 8);
        COUNT.fetch_add(1, Ordering::Release);
        Some(bytes)
    }

    /// How many bytes.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The address, which tells buffers apart.
    pub fn address(&self) -> usize {
        self.words.as_ptr() as usize
    }

    /// The 32-bit integer at `offset`, which must be a multiple of 4.
    pub fn load32(&self, offset: usize) -> Option<u32> {
        let inside = offset.is_multiple_of(4) && offset.checked_add(4)? <= self.length;
        // SAFETY: inside of the words, aligned; the memory is atomic and lives as long as `self`.
        inside.then(|| unsafe { &*self.words.as_ptr().cast::<AtomicU32>().add(offset / 4) }.load(Ordering::SeqCst))
    }

    /// The 64-bit integer at `offset`, which must be a multiple of 8.
    pub fn load64(&self, offset: usize) -> Option<u64> {
        let inside = offset.is_multiple_of(8) && offset.checked_add(8)? <= self.length;
        inside.then(|| self.words.get(offset / 8).map(|word| word.load(Ordering::SeqCst)))?
    }
}

impl Drop for SharedBytes {
    fn drop(&mut self) {
        SPANS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.address());
        COUNT.fetch_sub(1, Ordering::Release);
    }
}

/// Whether bytes belong to a [`SharedBytes`].
pub(crate) fn is_shared(start: *const u8) -> bool {
    let at = start as usize;
    COUNT.load(Ordering::Acquire) > 0
        && SPANS
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .range(..=at)
            .next_back()
            .is_some_and(|(_, end)| at < *end)
}

/// Runs `f` on a copy of shared bytes and writes back what it has changed.
///
/// # Safety
/// `length` bytes of a living [`SharedBytes`] are at `start`.
pub(crate) unsafe fn with_copy<R>(start: *mut u8, length: usize, f: impl FnOnce(&mut [u8]) -> R) -> R {
    // SAFETY: the caller's promise; other threads reach the bytes atomically, or from the engines.
    let bytes = unsafe { std::slice::from_raw_parts(start.cast::<AtomicU8>(), length) };
    let before: Vec<u8> = bytes.iter().map(|byte| byte.load(Ordering::Relaxed)).collect();
    let mut copy = before.clone();
    let result = f(&mut copy);
    for ((byte, old), new) in bytes.iter().zip(&before).zip(&copy) {
        if old != new {
            byte.store(*new, Ordering::Relaxed);
        }
    }
    result
}

unsafe extern "C" fn release(_bytes: *mut c_void, info: *mut c_void) {
    if !info.is_null() {
        // SAFETY: made by `Arc::into_raw` in `shared_buffer`; called once, on any thread.
        drop(unsafe { Arc::from_raw(info.cast::<SharedBytes>()) });
    }
}

impl Context {
    /// An ArrayBuffer over shared bytes, of which any number of machines may have one. For the engine it is an ordinary one, which
    /// cannot be transferred.
    pub fn shared_buffer(&self, bytes: &Arc<SharedBytes>) -> JsResult {
        let (start, length) = (bytes.words.as_ptr().cast_mut().cast::<c_void>(), bytes.length);
        let owner = Arc::into_raw(bytes.clone()).cast_mut();
        // SAFETY: the bytes stay until `release` gives the reference back, which the engine calls once, also when this fails.
        let buffer = self.catching(|api, ctx, exception| unsafe {
            (api.JSObjectMakeArrayBufferWithBytesNoCopy)(ctx, start, length, Some(release), owner.cast(), exception)
        })?;
        let buffer = self.adopt(buffer);
        // Looking at the address keeps the engine from ever giving the bytes away.
        // SAFETY: a live buffer of this context.
        let pinned = self.catching(|api, ctx, exception| unsafe {
            (api.JSObjectGetArrayBufferBytesPtr)(ctx, buffer.raw() as crate::sys::ObjectRef, exception)
        })?;
        debug_assert!(ptr::eq(pinned, start) || length == 0);
        Ok(buffer)
    }
}
