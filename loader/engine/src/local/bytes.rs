//! Array buffers and what lies over them, by address: for native code that keeps pointers into them.

use super::{Local, LocalResult, Locals};
use crate::ArrayKind;
use crate::intrinsics::Intrinsic;
use std::ffi::c_void;
use std::ptr;

const ARRAY_BUFFER: u32 = 9;
const NOT_TYPED: u32 = 10;

/// What a value is to somebody who looks for bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrayType {
    /// Neither of the others; a DataView is none of them.
    None,
    /// An ArrayBuffer.
    Buffer,
    /// A typed array.
    Typed(ArrayKind),
}

/// A typed array or DataView in memory.
#[derive(Clone, Copy, Debug)]
pub struct View<'s> {
    /// Its first byte; null when the buffer is detached.
    pub start: *mut u8,
    /// Bytes.
    pub byte_length: usize,
    /// Bytes before it in the buffer.
    pub offset: usize,
    /// The buffer.
    pub buffer: Local<'s>,
}

/// Runs when the engine no longer needs the bytes of a buffer, on any thread.
pub type Release = Box<dyn FnOnce() + Send>;

unsafe extern "C" fn release(_bytes: *mut c_void, info: *mut c_void) {
    if !info.is_null() {
        // SAFETY: made by `Box::into_raw` in `array_buffer_over`; called once.
        let release = unsafe { Box::from_raw(info.cast::<Release>()) };
        // The engine is in the middle of something: nothing may unwind into it.
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(release)).is_err() {
            tracing::error!("what a buffer leaves behind panicked");
        }
    }
}

impl<'s> Locals<'s> {
    /// What there is of bytes behind a value.
    pub fn array_type(self, value: Local<'s>) -> ArrayType {
        if !value.is_cell() {
            return ArrayType::None;
        }
        // SAFETY: a live value of this context.
        let raw = self.catching(|api, ctx, exception| unsafe {
            (api.JSValueGetTypedArrayType)(ctx, value.value_ref(), exception)
        });
        match raw.unwrap_or(NOT_TYPED) {
            ARRAY_BUFFER => ArrayType::Buffer,
            raw => ArrayKind::from_raw(raw).map_or(ArrayType::None, ArrayType::Typed),
        }
    }

    /// Where the bytes of an ArrayBuffer are, which `buffer` must be. The engine keeps them in place from then on: such a buffer
    /// can no longer be transferred. Null and 0 when it is detached.
    pub fn buffer_bytes(self, buffer: Local<'s>) -> LocalResult<'s, (*mut u8, usize)> {
        // SAFETY: the caller has made sure of the type; for another one both functions answer null and 0.
        self.catching(|api, ctx, exception| unsafe {
            let object = buffer.object_ref();
            let start: *mut u8 = (api.JSObjectGetArrayBufferBytesPtr)(ctx, object, exception).cast();
            (start, (api.JSObjectGetArrayBufferByteLength)(ctx, object, exception))
        })
    }

    /// A typed array, which `array` must be. Pins its buffer as [`Self::buffer_bytes`] does.
    pub fn typed_array_view(self, array: Local<'s>) -> LocalResult<'s, View<'s>> {
        // SAFETY: as above.
        self.catching(|api, ctx, exception| unsafe {
            let object = array.object_ref();
            // The address is that of the whole buffer.
            let buffer: *mut u8 = (api.JSObjectGetTypedArrayBytesPtr)(ctx, object, exception).cast();
            let offset = (api.JSObjectGetTypedArrayByteOffset)(ctx, object, exception);
            View {
                start: if buffer.is_null() { buffer } else { buffer.wrapping_add(offset) },
                byte_length: (api.JSObjectGetTypedArrayByteLength)(ctx, object, exception),
                offset,
                buffer: Local::adopt((api.JSObjectGetTypedArrayBuffer)(ctx, object, exception)),
            }
        })
    }

    /// A DataView; `None` for anything else, and for one over a detached buffer. Pins its buffer as [`Self::buffer_bytes`] does.
    pub fn data_view(self, view: Local<'s>) -> LocalResult<'s, Option<View<'s>>> {
        if !self.is_object(view) {
            return Ok(None);
        }
        let parts = self.intrinsic(Intrinsic::ViewParts, &[view])?;
        if !self.is_object(parts) {
            return Ok(None);
        }
        let buffer = self.get_index(parts, 0)?;
        let number = |index| Ok(self.get_index(parts, index)?.as_f64().unwrap_or_default() as usize);
        let (offset, byte_length) = (number(1)?, number(2)?);
        let (start, length) = self.buffer_bytes(buffer)?;
        let inside = offset.checked_add(byte_length).is_some_and(|end| end <= length);
        Ok(inside.then(|| View {
            start: if start.is_null() { start } else { start.wrapping_add(offset) },
            byte_length,
            offset,
            buffer,
        }))
    }

    /// A typed array of `length` elements over `buffer`, which must be an ArrayBuffer. Throws a `RangeError` where the language
    /// does.
    pub fn typed_array_over(self, kind: ArrayKind, buffer: Local<'s>, offset: usize, length: usize) -> LocalResult<'s> {
        // SAFETY: a live object of this context.
        let array = self.catching(|api, ctx, exception| unsafe {
            (api.JSObjectMakeTypedArrayWithArrayBufferAndOffset)(
                ctx,
                kind as u32,
                buffer.object_ref(),
                offset,
                length,
                exception,
            )
        })?;
        Ok(Local::adopt(array))
    }

    /// An ArrayBuffer over memory that belongs to somebody else. `release` runs once, also when this fails.
    ///
    /// # Safety
    /// `start` points to `length` bytes that may be read and written until `release` runs, from the thread of this context. It is
    /// not null unless `length` is 0.
    pub unsafe fn array_buffer_over(self, start: *mut u8, length: usize, end: Release) -> LocalResult<'s> {
        let info = Box::into_raw(Box::new(end)).cast::<c_void>();
        // Without an address the engine makes a buffer that is detached.
        let start = if start.is_null() { ptr::dangling_mut::<u64>().cast() } else { start };
        // SAFETY: the bytes are the caller's promise; `info` is taken over, whatever happens.
        let buffer = self.catching(|api, ctx, exception| unsafe {
            (api.JSObjectMakeArrayBufferWithBytesNoCopy)(
                ctx,
                start.cast::<c_void>(),
                length,
                Some(release),
                info,
                exception,
            )
        })?;
        Ok(Local::adopt(buffer))
    }
}
