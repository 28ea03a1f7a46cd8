//! What guests hold of objects: numbers that look like pointers. A number that is not (or no longer) an object's is found out,
//! so that wrong and freed handles are errors and never memory of the host's.

use super::error_code::{Code, INVALID_PARAMETER};
use rustc_hash::FxHashMap;
use std::marker::PhantomData;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// The objects of one kind that are alive.
pub(super) struct Table<T>(LazyLock<Mutex<FxHashMap<usize, Arc<Mutex<T>>>>>);

impl<T> Table<T> {
    pub(super) const fn new() -> Table<T> {
        Table(LazyLock::new(Mutex::default))
    }
}

/// A kind of object.
pub(super) trait Object: Sized + Send + 'static {
    fn table() -> &'static Table<Self>;
}

/// Makes types objects.
macro_rules! objects {
    ($($object:ty),* $(,)?) => { $(
        impl $crate::drawing::handle::Object for $object {
            fn table() -> &'static $crate::drawing::handle::Table<Self> {
                static TABLE: $crate::drawing::handle::Table<$object> = $crate::drawing::handle::Table::new();
                &TABLE
            }
        }
    )* };
}
pub(super) use objects;

/// An object as a guest names it; passed in C as a pointer.
#[repr(transparent)]
pub(crate) struct Handle<T>(usize, PhantomData<fn() -> T>);

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Handle<T> {}

impl<T> PartialEq for Handle<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Handle<T> {
    pub(super) const NULL: Handle<T> = Handle(0, PhantomData);

    pub(super) fn is_null(self) -> bool {
        self.0 == 0
    }
}

impl<T: Object> Handle<T> {
    /// Makes an object known. Numbers are never given twice.
    pub(super) fn new(object: T) -> Handle<T> {
        static NEXT: AtomicUsize = AtomicUsize::new(0x1000);
        let number = NEXT.fetch_add(16, Ordering::Relaxed);
        Self::alive().insert(number, Arc::new(Mutex::new(object)));
        Handle(number, PhantomData)
    }

    fn alive() -> std::sync::MutexGuard<'static, FxHashMap<usize, Arc<Mutex<T>>>> {
        T::table().0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(self) -> Result<Arc<Mutex<T>>, Code> {
        Self::alive().get(&self.0).cloned().ok_or(INVALID_PARAMETER)
    }

    /// Reads or changes an object. What `body` needs of other objects is fetched before, with [`Handle::get`]: an object may be
    /// named twice in a call.
    pub(super) fn with<R>(self, body: impl FnOnce(&mut T) -> R) -> Result<R, Code> {
        let object = self.find()?;
        let mut object = object.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(body(&mut object))
    }

    /// A copy of the object.
    pub(super) fn get(self) -> Result<T, Code>
    where
        T: Clone,
    {
        self.with(|object| object.clone())
    }

    /// A copy of the object; `None` for null.
    pub(super) fn optional(self) -> Result<Option<T>, Code>
    where
        T: Clone,
    {
        if self.is_null() { Ok(None) } else { self.get().map(Some) }
    }

    /// Replaces the object.
    pub(super) fn set(self, value: T) -> Result<(), Code> {
        self.with(|object| *object = value)
    }

    /// Ends the object, as far as the guest is concerned.
    pub(super) fn release(self) -> Result<(), Code> {
        // What the object holds goes after the table is free again: it may hold handles itself.
        let object = Self::alive().remove(&self.0);
        object.map(drop).ok_or(INVALID_PARAMETER)
    }
}

/// Where a guest wants a result.
#[repr(transparent)]
pub(super) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// Writes the result.
    pub(super) fn put(self, value: T) -> Result<(), Code> {
        // SAFETY: only guests make one, as an argument: by the contract of all functions it is null or may be written.
        if unsafe { crate::boundary::put(self.0, value) } { Ok(()) } else { Err(INVALID_PARAMETER) }
    }

    /// Writes as many results as there are, in an array that has room for them.
    pub(super) fn put_all(self, values: impl IntoIterator<Item = T>) -> Result<(), Code> {
        if self.0.is_null() {
            return Err(INVALID_PARAMETER);
        }
        for (index, value) in values.into_iter().enumerate() {
            // SAFETY: as above, for an array as long as the guest said.
            unsafe { self.0.add(index).write_unaligned(value) };
        }
        Ok(())
    }
}

/// Elements of more arrays than this are not read: a count that large is a mistake.
const MOST_ELEMENTS: usize = 1 << 24;

/// An array that a guest gives, of plain numbers or structs of them.
#[repr(transparent)]
pub(super) struct Array<T>(*const T);

impl<T: Copy> Array<T> {
    /// Its elements.
    pub(super) fn read(self, count: usize) -> Result<Vec<T>, Code> {
        if self.0.is_null() || count > MOST_ELEMENTS {
            return Err(INVALID_PARAMETER);
        }
        // SAFETY: only guests make one, as an argument: by the contract of all functions it is null or as long as they say.
        Ok((0..count).map(|index| unsafe { self.0.add(index).read_unaligned() }).collect())
    }

    /// Its elements; `None` for null.
    pub(super) fn optional(self, count: usize) -> Result<Option<Vec<T>>, Code> {
        if self.0.is_null() { Ok(None) } else { self.read(count).map(Some) }
    }
}

/// A C string that a guest gives.
#[repr(transparent)]
pub(super) struct Text(*const std::ffi::c_char);

impl Text {
    /// A copy of it; wrong when it is null or not UTF-8.
    pub(super) fn read(self) -> Result<String, Code> {
        // SAFETY: only guests make one, as an argument: by the contract of all functions it is null or a C string.
        unsafe { crate::boundary::text(self.0) }.map(str::to_owned).ok_or(INVALID_PARAMETER)
    }
}

/// What a function answers, and what when something is wrong.
pub(super) trait Answer<T> {
    fn of(result: Result<T, Code>) -> Self;
}

macro_rules! answers {
    ($($type:ty = $otherwise:expr),*) => { $(
        impl Answer<$type> for $type {
            fn of(result: Result<$type, Code>) -> $type {
                result.unwrap_or($otherwise)
            }
        }
    )* };
}
answers!(() = (), bool = false, i32 = 0, u32 = 0, u8 = 0, usize = 0, f32 = 0.0, f64 = 0.0);

impl<T> Answer<Handle<T>> for Handle<T> {
    fn of(result: Result<Handle<T>, Code>) -> Handle<T> {
        result.unwrap_or(Handle::NULL)
    }
}

impl<T> Answer<*mut T> for *mut T {
    fn of(result: Result<*mut T, Code>) -> *mut T {
        result.unwrap_or(std::ptr::null_mut())
    }
}

/// Runs the body of a function: nothing unwinds, and what went wrong is remembered for `OH_Drawing_ErrorCodeGet`.
pub(super) fn call<T, A: Answer<T>>(name: &'static str, body: impl FnOnce() -> Result<T, Code>) -> A {
    let result = crate::boundary::guarded(name, Err(INVALID_PARAMETER), body);
    if let Err(code) = &result {
        super::error_code::remember(*code);
    }
    A::of(result)
}

/// Functions of the library, and the table of them: `fn name(arguments) -> what: "what is missing" { body }`, where the body is
/// a `Result`. What is wrong becomes the code, false, 0 or null that C's type has for it.
macro_rules! functions {
    ($(
        $(#[$attribute:meta])*
        fn $name:ident($($argument:ident: $type:ty),* $(,)?) $(-> $out:ty)? $(: $missing:literal)? { $($body:tt)* }
    )*) => {
        $(
            $(#[$attribute])*
            #[doc = ""]
            #[doc = "# Safety"]
            #[doc = "As in C: pointers are null or point to what the function's header says."]
            unsafe extern "C" fn $name($($argument: $type),*) $(-> $out)? {
                $crate::drawing::handle::call(stringify!($name), move || { $($body)* })
            }
        )*
        /// The functions.
        pub(super) const EXPORTS: &[$crate::library::Export] = $crate::library::exports![$($name $(: $missing)?),*];
    };
}
pub(super) use functions;
