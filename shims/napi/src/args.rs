//! Arguments of C functions as types whose use is safe.
//!
//! They are laid out like the pointers that they are, and only the call of a C function makes one. That a pointer which is not null
//! points to what the function's documentation asks for is the guest's promise, as for any C library: nothing could check it.

use crate::env::{Env, EnvPointer};
use crate::status::{Outcome, Status};
use concord_engine::Local;
use std::borrow::Cow;
use std::ffi::{CStr, c_char, c_void};

/// `NAPI_AUTO_LENGTH`: the text ends with NUL.
pub const AUTO_LENGTH: usize = usize::MAX;

/// A `napi_value`: the encoded value itself, or null.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Handle(u64);

impl Handle {
    /// Null.
    pub const NULL: Handle = Handle(0);

    /// The value; null is an invalid argument.
    pub fn get(self, env: &Env) -> Outcome<Local<'_>> {
        self.optional(env).ok_or(Status::InvalidArg)
    }

    /// The value, unless null was passed.
    pub fn optional(self, _env: &Env) -> Option<Local<'_>> {
        // SAFETY: handles come from us, and open scopes keep their values alive; the guest must not use them beyond.
        unsafe { Local::from_raw(self.0) }
    }

    /// The handle of a value, which an open scope must hold: see [`Env::keep`].
    pub(crate) fn of(local: Local<'_>) -> Handle {
        Handle(local.raw())
    }

    /// The bits, 0 for null.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// The bits, as a C function returns them.
    pub(crate) fn from_bits(bits: u64) -> Handle {
        Handle(bits)
    }
}

/// Where a result goes.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Out<T>(*mut T);

impl<T> Out<T> {
    /// The place of a caller of ours.
    pub(crate) fn to(place: &mut T) -> Out<T> {
        Out(place)
    }

    /// Refuses null.
    pub fn check(self) -> Outcome<Place<T>> {
        self.optional().ok_or(Status::InvalidArg)
    }

    /// `None` for null: the caller does not want to know.
    pub fn optional(self) -> Option<Place<T>> {
        (!self.0.is_null()).then_some(Place(self.0))
    }
}

/// A place for a result that is not null.
#[derive(Clone, Copy, Debug)]
pub struct Place<T>(*mut T);

impl<T> Place<T> {
    /// Writes the result.
    pub fn set(self, value: T) {
        // SAFETY: not null; the guest promises room for a `T`. What was there is not dropped: it is plain data or garbage.
        unsafe { self.0.write_unaligned(value) };
    }

    /// Reads what the caller put there.
    pub fn read(self) -> T
    where
        T: Copy,
    {
        // SAFETY: as in `set`; used where the documentation says "in and out".
        unsafe { self.0.read_unaligned() }
    }
}

impl Place<Handle> {
    /// Makes a handle in the current scope.
    pub fn give(self, env: &Env, value: Local<'_>) {
        self.set(env.keep(value));
    }
}

/// An array that the caller filled.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct In<T>(*const T);

impl<T> In<T> {
    /// The array of a caller of ours.
    pub(crate) fn of(array: &[T]) -> In<T> {
        In(array.as_ptr())
    }

    /// The array; null is refused unless it is empty.
    pub fn slice<'a>(self, length: usize) -> Outcome<&'a [T]> {
        match length {
            0 => Ok(&[]),
            _ if self.0.is_null() || !self.0.is_aligned() || length > isize::MAX as usize / size_of::<T>().max(1) => {
                Err(Status::InvalidArg)
            }
            // SAFETY: not null, aligned, and the guest promises `length` elements for the time of the call.
            _ => Ok(unsafe { std::slice::from_raw_parts(self.0, length) }),
        }
    }

    /// The one element; `None` for null.
    pub fn one<'a>(self) -> Option<&'a T> {
        self.slice(1).ok()?.first()
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        self.0.is_null()
    }
}

impl In<u16> {
    /// The units before the first 0.
    pub fn until_zero<'a>(self) -> Outcome<&'a [u16]> {
        self.one().ok_or(Status::InvalidArg)?;
        let mut length = 0;
        // SAFETY: not null and aligned; the guest promises a zero at the end.
        while unsafe { *self.0.add(length) } != 0 {
            length += 1;
        }
        self.slice(length)
    }
}

impl In<Handle> {
    /// Arguments of a call; a null among them is `undefined`.
    pub fn locals<'a>(self, _env: &'a Env, length: usize) -> Outcome<Cow<'a, [Local<'a>]>> {
        let handles = self.slice(length)?;
        if handles.is_empty() {
            return Ok(Cow::Borrowed(&[]));
        }
        if handles.iter().all(|handle| handle.0 != 0) {
            // SAFETY: a `Local` is laid out as the handle that is not null; the guest promises the array for the time of the call.
            return Ok(Cow::Borrowed(unsafe { std::slice::from_raw_parts(self.0.cast::<Local<'a>>(), length) }));
        }
        // Copies in the heap of values that the array keeps alive: it is on the guest's stack, or they are in its scopes.
        Ok(handles.iter().map(|handle| handle.optional(_env).unwrap_or(Local::UNDEFINED)).collect())
    }
}

/// Text that the caller passes.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Chars(*const c_char);

impl Chars {
    /// The bytes; `length` may be [`AUTO_LENGTH`]. Null is refused unless the length is 0.
    pub fn bytes<'a>(self, length: usize) -> Outcome<&'a [u8]> {
        if length != AUTO_LENGTH {
            return In(self.0.cast::<u8>()).slice(length);
        }
        if self.0.is_null() {
            return Err(Status::InvalidArg);
        }
        // SAFETY: not null; the guest promises a NUL at the end.
        Ok(unsafe { CStr::from_ptr(self.0) }.to_bytes())
    }

    /// The text up to its NUL; what is not UTF-8 becomes U+FFFD. Null is refused.
    pub fn text<'a>(self) -> Outcome<Cow<'a, str>> {
        self.bytes(AUTO_LENGTH).map(String::from_utf8_lossy)
    }

    /// Whether it is null.
    pub fn is_null(self) -> bool {
        self.0.is_null()
    }
}

/// A buffer that the caller wants filled.
#[derive(Clone, Copy, Debug)]
#[repr(transparent)]
pub struct Buffer<T>(*mut T);

impl<T> Buffer<T> {
    /// The buffer; `None` for null.
    pub fn slice<'a>(self, length: usize) -> Outcome<Option<&'a mut [T]>> {
        if self.0.is_null() {
            return Ok(None);
        }
        if !self.0.is_aligned() || length > isize::MAX as usize / size_of::<T>().max(1) {
            return Err(Status::InvalidArg);
        }
        // SAFETY: not null, aligned; the guest promises room for `length` elements, of a type for which any bits are a value.
        Ok(Some(unsafe { std::slice::from_raw_parts_mut(self.0, length) }))
    }
}

/// `napi_callback`.
pub type Callback = unsafe extern "C" fn(env: EnvPointer, info: *mut c_void) -> Handle;
/// `napi_finalize`.
pub type Finalize = unsafe extern "C" fn(env: EnvPointer, data: *mut c_void, hint: *mut c_void);

/// `napi_type_tag`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct TypeTag {
    lower: u64,
    upper: u64,
}

/// `napi_property_descriptor`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct PropertyDescriptor {
    pub(crate) utf8name: Chars,
    pub(crate) name: Handle,
    pub(crate) method: Option<Callback>,
    pub(crate) getter: Option<Callback>,
    pub(crate) setter: Option<Callback>,
    pub(crate) value: Handle,
    pub(crate) attributes: i32,
    pub(crate) data: *mut c_void,
}
