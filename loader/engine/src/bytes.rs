//! Array buffers and typed arrays.

use crate::exception::Exception;
use crate::intrinsics::Intrinsic;
use crate::sys::ObjectRef;
use crate::{Context, Value};
use std::cell::Cell;
use std::ffi::{c_uint, c_void};
use std::ptr;

/// Element kinds of typed arrays; the numbers are those of `JSTypedArrayType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
#[repr(u8)]
pub enum ArrayKind {
    Int8 = 0,
    Int16 = 1,
    Int32 = 2,
    Uint8 = 3,
    Uint8Clamped = 4,
    Uint16 = 5,
    Uint32 = 6,
    Float32 = 7,
    Float64 = 8,
    BigInt64 = 11,
    BigUint64 = 12,
}

const ARRAY_BUFFER: c_uint = 9;
const NOT_TYPED: c_uint = 10;

impl ArrayKind {
    /// Bytes per element.
    pub fn element_size(self) -> usize {
        match self {
            ArrayKind::Int8 | ArrayKind::Uint8 | ArrayKind::Uint8Clamped => 1,
            ArrayKind::Int16 | ArrayKind::Uint16 => 2,
            ArrayKind::Int32 | ArrayKind::Uint32 | ArrayKind::Float32 => 4,
            ArrayKind::Float64 | ArrayKind::BigInt64 | ArrayKind::BigUint64 => 8,
        }
    }

    pub(crate) fn from_raw(raw: c_uint) -> Option<ArrayKind> {
        use ArrayKind::*;
        let kinds = [Int8, Int16, Int32, Uint8, Uint8Clamped, Uint16, Uint32, Float32, Float64, BigInt64, BigUint64];
        kinds.into_iter().find(|kind| *kind as c_uint == raw)
    }
}

/// Frees the bytes of a buffer; `info` is the boxed `Vec` that owns them. May run on any thread, as a `Vec<u8>` may be dropped.
unsafe extern "C" fn free_bytes(_bytes: *mut c_void, info: *mut c_void) {
    if !info.is_null() {
        // SAFETY: made by `Box::into_raw` in `array_buffer`; called once.
        drop(unsafe { Box::from_raw(info.cast::<Vec<u8>>()) });
    }
}

impl Context {
    /// An ArrayBuffer that takes the bytes over without copying.
    pub fn array_buffer(&self, bytes: Vec<u8>) -> Value {
        // Elements of eight bytes must be aligned; the allocator gives that for all but the smallest blocks.
        let bytes =
            if (bytes.as_ptr() as usize).is_multiple_of(8) && bytes.capacity() > 0 { bytes } else { realigned(&bytes) };
        let length = bytes.len();
        let owner = Box::into_raw(Box::new(bytes));
        // SAFETY: `owner` is valid; its buffer stays in place until `free_bytes` drops it.
        let made = self.catching(|api, ctx, exception| unsafe {
            let start = (*owner).as_mut_ptr().cast::<c_void>();
            (api.JSObjectMakeArrayBufferWithBytesNoCopy)(ctx, start, length, Some(free_bytes), owner.cast(), exception)
        });
        // On failure (out of memory) the library has called the deallocator; the result is the error object.
        made.map_or_else(|exception| exception.0, |buffer| self.adopt(buffer))
    }

    /// A typed array over bytes that it takes over. Bytes beyond the last whole element are left out.
    pub fn typed_array(&self, kind: ArrayKind, mut bytes: Vec<u8>) -> Value {
        bytes.truncate(bytes.len() - bytes.len() % kind.element_size());
        let buffer = self.array_buffer(bytes);
        // SAFETY: the buffer is a live object of this context.
        let made = self.catching(|api, ctx, exception| unsafe {
            (api.JSObjectMakeTypedArrayWithArrayBuffer)(ctx, kind as c_uint, buffer.raw() as ObjectRef, exception)
        });
        made.map_or_else(|exception| exception.0, |array| self.adopt(array))
    }
}

/// A copy at an address that is a multiple of 8.
fn realigned(bytes: &[u8]) -> Vec<u8> {
    // Blocks of 16 bytes and more are aligned by every allocator in use on Linux.
    let mut copy = Vec::with_capacity(bytes.len().max(16));
    copy.extend_from_slice(bytes);
    copy
}

/// Where the bytes of a buffer or view are.
struct Span {
    start: *mut u8,
    length: usize,
}

impl Value {
    fn array_type(&self) -> c_uint {
        if !self.is_object() {
            return NOT_TYPED;
        }
        // SAFETY: a live value of this context.
        let kind = self.context().catching(|api, ctx, exception| unsafe {
            (api.JSValueGetTypedArrayType)(ctx, self.value_ref(), exception)
        });
        kind.unwrap_or(NOT_TYPED)
    }

    /// The element kind, when this is a typed array.
    pub fn array_kind(&self) -> Option<ArrayKind> {
        ArrayKind::from_raw(self.array_type())
    }

    /// Whether this is an ArrayBuffer.
    pub fn is_array_buffer(&self) -> bool {
        self.array_type() == ARRAY_BUFFER
    }

    /// The bytes of an ArrayBuffer, typed array or DataView. The engine keeps a buffer that was looked at like this in place for
    /// ever after: it can no longer be transferred.
    fn span(&self) -> Option<Span> {
        let context = self.context();
        let object = self.raw() as ObjectRef;
        // SAFETY: in each arm the object is alive and of the type that the function wants.
        let span = context.catching(|api, ctx, exception| unsafe {
            match self.array_type() {
                ARRAY_BUFFER => Some(Span {
                    start: (api.JSObjectGetArrayBufferBytesPtr)(ctx, object, exception).cast(),
                    length: (api.JSObjectGetArrayBufferByteLength)(ctx, object, exception),
                }),
                NOT_TYPED => None,
                _ => {
                    // The address is that of the whole buffer.
                    let buffer: *mut u8 = (api.JSObjectGetTypedArrayBytesPtr)(ctx, object, exception).cast();
                    let offset = (api.JSObjectGetTypedArrayByteOffset)(ctx, object, exception);
                    let length = (api.JSObjectGetTypedArrayByteLength)(ctx, object, exception);
                    Some(Span { start: buffer.wrapping_add(offset), length })
                }
            }
        });
        match span {
            Ok(Some(span)) => {
                Some(if span.length == 0 { Span { start: ptr::dangling_mut(), length: 0 } } else { span })
            }
            Ok(None) => self.data_view_span(),
            Err(Exception(_)) => None,
        }
    }

    fn data_view_span(&self) -> Option<Span> {
        if !self.is_object() {
            return None;
        }
        let parts = self.context().call_intrinsic(Intrinsic::ViewParts, &[self]).ok().filter(Value::is_object)?;
        let number = |index| usize::try_from(parts.get_index(index).ok()?.as_i64()?).ok();
        let (offset, length) = (number(1)?, number(2)?);
        let buffer = parts.get_index(0).ok().filter(Value::is_array_buffer)?.span()?;
        let inside = offset.checked_add(length).is_some_and(|end| end <= buffer.length);
        inside.then(|| Span { start: buffer.start.wrapping_add(offset), length })
    }

    /// A copy of the bytes of an ArrayBuffer, typed array or DataView.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        self.with_bytes_mut(|bytes| bytes.to_vec())
    }

    /// Runs `f` on the bytes of an ArrayBuffer, typed array or DataView, in place. No JavaScript may run inside, and `f` must not
    /// reach the same buffer by another way; a nested attempt gives `None`. Of a buffer that threads share `f` gets a copy; what it
    /// changes is written back.
    pub fn with_bytes_mut<R>(&self, f: impl FnOnce(&mut [u8]) -> R) -> Option<R> {
        let span = self.span()?;
        if span.start.is_null() {
            return None;
        }
        let borrowed = &self.context().inner.bytes_borrowed;
        if borrowed.replace(true) {
            return None;
        }
        let _release = Release(borrowed);
        if crate::shared::is_shared(span.start) {
            // SAFETY: the engine's buffer keeps the bytes alive, and the handle `self` the buffer.
            return Some(self.context().job(|| unsafe { crate::shared::with_copy(span.start, span.length, f) }));
        }
        // As a job, so that nothing `f` does is an outermost call, after which microtasks would run.
        Some(self.context().job(|| {
            // SAFETY: the engine keeps `length` bytes at `start` while the value lives and no script runs: `Context::running`
            // refuses while the flag is set, and so does a second borrow. Other threads do not reach the bytes.
            f(unsafe { std::slice::from_raw_parts_mut(span.start, span.length) })
        }))
    }
}

/// Resets the flag, also when `f` panics.
struct Release<'a>(&'a Cell<bool>);

impl Drop for Release<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
