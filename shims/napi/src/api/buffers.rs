//! Array buffers, typed arrays, data views, and what Node calls buffers.

use crate::args::{Finalize, Handle, In, Out};
use crate::env::{Env, OrPend};
use crate::loop_side::finalizer_from_elsewhere;
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::{ArrayKind, ArrayType, ErrorKind, Kind, Local, View};
use std::ffi::c_void;
use std::ptr;

/// Largest Node buffer that the platform makes, in bytes.
const MAX_BUFFER: usize = 2 << 20;
/// Code of the error for views that do not fit.
const DATA_VIEW_CODE: &str = "ERR_NAPI_INVALID_DATAVIEW_ARGS";

/// The engine's kinds in the order of `napi_typedarray_type`.
const KINDS: [ArrayKind; 11] = [
    ArrayKind::Int8,
    ArrayKind::Uint8,
    ArrayKind::Uint8Clamped,
    ArrayKind::Int16,
    ArrayKind::Uint16,
    ArrayKind::Int32,
    ArrayKind::Uint32,
    ArrayKind::Float32,
    ArrayKind::Float64,
    ArrayKind::BigInt64,
    ArrayKind::BigUint64,
];

/// Zeroed memory of a buffer, aligned for every element type; it goes to the engine with its release.
struct Block(Vec<u128>);

impl Block {
    fn new(length: usize) -> Option<Block> {
        let words = length.div_ceil(size_of::<u128>()).max(1);
        let layout = std::alloc::Layout::array::<u128>(words).ok()?;
        // SAFETY: the layout is not of size 0; a null answer is looked at. `Vec` frees with the same layout.
        let words = unsafe {
            let start = std::alloc::alloc_zeroed(layout).cast::<u128>();
            if start.is_null() {
                return None;
            }
            Vec::from_raw_parts(start, words, words)
        };
        Some(Block(words))
    }
}

impl Env {
    /// A new ArrayBuffer of zeros, and where they are.
    pub(crate) fn new_buffer(&self, length: usize) -> Outcome<(Local<'_>, *mut u8)> {
        let too_long = || self.pend_error(ErrorKind::RangeError, "Array buffer allocation failed");
        // What the engine refuses itself would be refused after the memory was taken.
        let Some(mut block) = (length <= isize::MAX as usize / 2).then(|| Block::new(length)).flatten() else {
            return Err(too_long());
        };
        let start = block.0.as_mut_ptr().cast::<u8>();
        // SAFETY: the block belongs to the release, which the engine runs when it is done with the bytes.
        let buffer = unsafe { self.locals().array_buffer_over(start, length, Box::new(move || drop(block))) };
        Ok((buffer.or_pend(self)?, start))
    }

    /// An ArrayBuffer over memory of the guest. `finalize` runs on this environment's thread some time after the engine is done
    /// with it.
    ///
    /// # Safety
    /// `data` points to `length` bytes that stay until `finalize` runs.
    unsafe fn buffer_over(
        &self,
        data: *mut c_void,
        length: usize,
        finalize: Option<Finalize>,
        hint: *mut c_void,
    ) -> Outcome<Local<'_>> {
        let release = finalizer_from_elsewhere(self, finalize, data, hint);
        // SAFETY: promised by the caller.
        let buffer = unsafe { self.locals().array_buffer_over(data.cast(), length, release) };
        buffer.or_pend(self)
    }

    /// Start and length of an ArrayBuffer.
    pub(crate) fn buffer_bytes<'s>(&'s self, buffer: Local<'s>) -> Outcome<(*mut u8, usize)> {
        self.locals().buffer_bytes(buffer).or_pend(self)
    }
}

/// Pends a RangeError with a code.
fn range_error(env: &Env, code: &str, message: &str) -> Status {
    let locals = env.locals();
    let error = locals.error(ErrorKind::RangeError, message);
    // Setting a property of a fresh error cannot fail.
    let _ = locals.set(error, locals.key("code"), locals.string(code));
    env.pend(error)
}

/// A typed array over an ArrayBuffer.
pub(crate) fn typed_array<'s>(
    env: &'s Env,
    kind: i32,
    length: usize,
    buffer: Local<'s>,
    byte_offset: usize,
) -> Outcome<Local<'s>> {
    let kind = usize::try_from(kind).ok().and_then(|kind| KINDS.get(kind)).copied().ok_or(Status::InvalidArg)?;
    let locals = env.locals();
    if locals.array_type(buffer) != ArrayType::Buffer {
        return Err(Status::ArraybufferExpected);
    }
    let size = kind.element_size();
    if !byte_offset.is_multiple_of(size) {
        let text = format!("start offset of {kind:?}Array should be a multiple of {size}");
        return Err(range_error(env, "ERR_NAPI_INVALID_TYPEDARRAY_ALIGNMENT", &text));
    }
    let (_, whole) = env.buffer_bytes(buffer)?;
    let end = length.checked_mul(size).and_then(|bytes| bytes.checked_add(byte_offset));
    if end.is_none_or(|end| end > whole) {
        return Err(range_error(env, "ERR_NAPI_INVALID_TYPEDARRAY_LENGTH", "Invalid typed array length"));
    }
    locals.typed_array_over(kind, buffer, byte_offset, length).or_pend(env)
}

fn give_view(
    env: &Env,
    view: &View<'_>,
    count: usize,
    length: Out<usize>,
    data: Out<*mut c_void>,
    buffer: Out<Handle>,
    byte_offset: Out<usize>,
) {
    if let Some(length) = length.optional() {
        length.set(count);
    }
    if let Some(data) = data.optional() {
        data.set(view.start.cast());
    }
    if let Some(buffer) = buffer.optional() {
        buffer.give(env, view.buffer);
    }
    if let Some(byte_offset) = byte_offset.optional() {
        byte_offset.set(view.offset);
    }
}

fn bytes_of<'s>(env: &'s Env, value: Local<'s>) -> Outcome<Option<(*mut u8, usize)>> {
    let locals = env.locals();
    Ok(match locals.array_type(value) {
        ArrayType::Buffer => Some(env.buffer_bytes(value)?),
        ArrayType::Typed(_) => {
            let view = locals.typed_array_view(value).or_pend(env)?;
            Some((view.start, view.byte_length))
        }
        ArrayType::None if locals.kind(value) == Kind::Object => {
            let view = locals.data_view(value).or_pend(env)?;
            view.map(|view| (view.start, view.byte_length))
        }
        ArrayType::None => None,
    })
}

/// The Node buffer over bytes: a Uint8Array.
fn node_buffer<'s>(env: &'s Env, buffer: Local<'s>, length: usize) -> Outcome<Local<'s>> {
    env.locals().typed_array_over(ArrayKind::Uint8, buffer, 0, length).or_pend(env)
}

fn check_size(size: usize) -> Outcome {
    if size == 0 || size > MAX_BUFFER { Err(Status::InvalidArg) } else { Ok(()) }
}

functions! {
    plain fn napi_is_arraybuffer(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        result.check()?.set(env.locals().array_type(value) == ArrayType::Buffer);
        Ok(())
    }

    /// The platform wants `data`, Node does not.
    guarded fn napi_create_arraybuffer(env, byte_length: usize, data: Out<*mut c_void>, result: Out<Handle>) {
        let result = result.check()?;
        let (buffer, start) = env.new_buffer(byte_length)?;
        if let Some(data) = data.optional() {
            data.set(start.cast());
        }
        result.give(env, buffer);
        Ok(())
    }

    guarded fn napi_create_external_arraybuffer(env, data: *mut c_void, byte_length: usize, finalize: Option<Finalize>, hint: *mut c_void, result: Out<Handle>) {
        let result = result.check()?;
        if data.is_null() && byte_length > 0 {
            return Err(Status::InvalidArg);
        }
        // SAFETY: the guest lends the memory until its finalizer runs.
        let buffer = unsafe { env.buffer_over(data, byte_length, finalize, hint)? };
        result.give(env, buffer);
        Ok(())
    }

    plain fn napi_get_arraybuffer_info(env, buffer: Handle, data: Out<*mut c_void>, byte_length: Out<usize>) {
        let buffer = buffer.get(env)?;
        if env.locals().array_type(buffer) != ArrayType::Buffer {
            return Err(Status::InvalidArg);
        }
        let (start, length) = env.buffer_bytes(buffer)?;
        if let Some(data) = data.optional() {
            data.set(start.cast());
        }
        if let Some(byte_length) = byte_length.optional() {
            byte_length.set(length);
        }
        Ok(())
    }

    /// A buffer into which native code has looked for its address stays where it is: the engine would not
    /// let it go.
    plain fn napi_detach_arraybuffer(env, buffer: Handle) {
        let buffer = buffer.get(env)?;
        let locals = env.locals();
        if !locals.is_object(buffer) {
            return Err(Status::ObjectExpected);
        }
        if locals.array_type(buffer) != ArrayType::Buffer {
            return Err(Status::InvalidArg);
        }
        if env.asks("detach", buffer)? { Ok(()) } else { Err(Status::DetachableArraybufferExpected) }
    }

    plain fn napi_is_detached_arraybuffer(env, buffer: Handle, result: Out<bool>) {
        let buffer = buffer.get(env)?;
        let result = result.check()?;
        let detached = match env.locals().array_type(buffer) {
            ArrayType::Buffer => env.asks("isDetached", buffer)?,
            // Node answers no for other things, the platform refuses them.
            _ => return Err(Status::InvalidArg),
        };
        result.set(detached);
        Ok(())
    }

    plain fn napi_is_typedarray(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        result.check()?.set(matches!(env.locals().array_type(value), ArrayType::Typed(_)));
        Ok(())
    }

    guarded fn napi_create_typedarray(env, kind: i32, length: usize, buffer: Handle, byte_offset: usize, result: Out<Handle>) {
        let buffer = buffer.get(env)?;
        let result = result.check()?;
        let array = typed_array(env, kind, length, buffer, byte_offset)?;
        result.give(env, array);
        Ok(())
    }

    /// `length` counts elements.
    plain fn napi_get_typedarray_info(env, array: Handle, kind: Out<i32>, length: Out<usize>, data: Out<*mut c_void>, buffer: Out<Handle>, byte_offset: Out<usize>) {
        let array = array.get(env)?;
        let ArrayType::Typed(element) = env.locals().array_type(array) else { return Err(Status::InvalidArg) };
        let view = env.locals().typed_array_view(array).or_pend(env)?;
        if let (Some(kind), Some(number)) = (kind.optional(), KINDS.iter().position(|known| *known == element)) {
            kind.set(number as i32);
        }
        give_view(env, &view, view.byte_length / element.element_size(), length, data, buffer, byte_offset);
        Ok(())
    }

    guarded fn napi_create_dataview(env, byte_length: usize, buffer: Handle, byte_offset: usize, result: Out<Handle>) {
        let buffer = buffer.get(env)?;
        let result = result.check()?;
        if env.locals().array_type(buffer) != ArrayType::Buffer {
            return Err(Status::ArraybufferExpected);
        }
        let (_, whole) = env.buffer_bytes(buffer)?;
        if byte_offset.checked_add(byte_length).is_none_or(|end| end > whole) {
            let text =
                "byte_offset + byte_length should be less than or equal to the size in bytes of the array passed in";
            return Err(range_error(env, DATA_VIEW_CODE, text));
        }
        let numbers = [buffer, Local::number(byte_offset as f64), Local::number(byte_length as f64)];
        let view = env.help("view", &numbers)?;
        result.give(env, view);
        Ok(())
    }

    plain fn napi_is_dataview(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        let result = result.check()?;
        let is = env.locals().is_object(value) && env.asks("isView", value)?;
        result.set(is);
        Ok(())
    }

    plain fn napi_get_dataview_info(env, view: Handle, byte_length: Out<usize>, data: Out<*mut c_void>, buffer: Out<Handle>, byte_offset: Out<usize>) {
        let view = view.get(env)?;
        let view = env.locals().data_view(view).or_pend(env)?.ok_or(Status::InvalidArg)?;
        give_view(env, &view, view.byte_length, byte_length, data, buffer, byte_offset);
        Ok(())
    }

    /// on the platform, as in Node, anything that holds bytes.
    plain fn napi_is_buffer(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        let result = result.check()?;
        result.set(bytes_of(env, value)?.is_some());
        Ok(())
    }

    plain fn napi_create_buffer(env, size: usize, data: Out<*mut c_void>, result: Out<Handle>) {
        let result = result.check()?;
        if let (Some(data), Err(status)) = (data.optional(), check_size(size)) {
            data.set(ptr::null_mut());
            return Err(status);
        }
        check_size(size)?;
        let (buffer, start) = env.new_buffer(size)?;
        let array = node_buffer(env, buffer, size)?;
        if let Some(data) = data.optional() {
            data.set(start.cast());
        }
        result.give(env, array);
        Ok(())
    }

    plain fn napi_create_buffer_copy(env, length: usize, data: In<u8>, result_data: Out<*mut c_void>, result: Out<Handle>) {
        let result = result.check()?;
        check_size(length)?;
        let bytes = data.slice(length)?;
        let (buffer, start) = env.new_buffer(length)?;
        // SAFETY: the new block has `length` bytes, and is not the guest's.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr(), start, length) };
        let array = node_buffer(env, buffer, length)?;
        if let Some(data) = result_data.optional() {
            data.set(start.cast());
        }
        result.give(env, array);
        Ok(())
    }

    guarded fn napi_create_external_buffer(env, length: usize, data: *mut c_void, finalize: Option<Finalize>, hint: *mut c_void, result: Out<Handle>) {
        let result = result.check()?;
        check_size(length)?;
        if data.is_null() {
            return Err(Status::InvalidArg);
        }
        // SAFETY: the guest lends the memory until its finalizer runs.
        let buffer = unsafe { env.buffer_over(data, length, finalize, hint)? };
        let array = node_buffer(env, buffer, length)?;
        result.give(env, array);
        Ok(())
    }

    plain fn napi_get_buffer_info(env, value: Handle, data: Out<*mut c_void>, length: Out<usize>) {
        let value = value.get(env)?;
        let (start, bytes) = bytes_of(env, value)?.ok_or(Status::ArraybufferExpected)?;
        if let Some(data) = data.optional() {
            data.set(start.cast());
        }
        if let Some(length) = length.optional() {
            length.set(bytes);
        }
        Ok(())
    }
}
