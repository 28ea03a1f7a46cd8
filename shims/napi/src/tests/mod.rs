//! Node-API as a guest sees it: functions found by name and called through their C types.

mod asynchronous;
mod buffers;
mod calls;
mod clones;
mod lifetime;
mod memory;
mod names;
mod objects;
mod values;
mod world;

use crate::env::{Env, EnvPointer};
use crate::status::Status;
use concord_engine::Context;
use std::ffi::{CStr, c_char, c_void};
use std::rc::Rc;

use world::World;

pub(super) type Value = usize;
pub(super) const AUTO: usize = usize::MAX;

/// Calls a function by its name. Arguments are words, as on the platforms where Concord runs.
macro_rules! napi {
    ($name:ident($($argument:expr),* $(,)?)) => {{
        let address = crate::api::symbol(stringify!($name)).expect(stringify!($name));
        let words = [$($crate::tests::Word::word($argument)),*];
        // SAFETY: words in the registers in which the function looks for its arguments.
        unsafe { $crate::tests::call(address, &words) }
    }};
}
pub(super) use napi;

/// What may be passed in a general register.
pub(super) trait Word {
    fn word(self) -> usize;
}

macro_rules! words {
    ($($type:ty),*) => { $(impl Word for $type { fn word(self) -> usize { self as usize } })* };
}
words!(usize, u32, i32, i64, u64, bool);

impl<T> Word for *const T {
    fn word(self) -> usize {
        self as usize
    }
}
impl<T> Word for *mut T {
    fn word(self) -> usize {
        self as usize
    }
}
impl<T> Word for &mut T {
    fn word(self) -> usize {
        std::ptr::from_mut(self) as usize
    }
}
impl<T> Word for &T {
    fn word(self) -> usize {
        std::ptr::from_ref(self) as usize
    }
}
impl Word for crate::args::Handle {
    fn word(self) -> usize {
        self.bits() as usize
    }
}
impl Word for &CStr {
    fn word(self) -> usize {
        self.as_ptr() as usize
    }
}
impl Word for EnvPointer {
    fn word(self) -> usize {
        EnvPointer::word(self)
    }
}

/// # Safety
/// `function` takes words, at most eight of them.
pub(super) unsafe fn call(function: *const (), words: &[usize]) -> i32 {
    let mut all = [0; 8];
    all[..words.len()].copy_from_slice(words);
    let [a, b, c, d, e, f, g, h] = all;
    type Function = unsafe extern "C" fn(usize, usize, usize, usize, usize, usize, usize, usize) -> i32;
    // SAFETY: the caller's promise.
    unsafe { std::mem::transmute::<*const (), Function>(function)(a, b, c, d, e, f, g, h) }
}

/// A context with an environment, or `None` with a note where the machine has no JavaScriptCore.
pub(super) fn new_environment() -> Option<(Context, Rc<Env>)> {
    match Context::new() {
        Ok(context) => {
            let env = Env::of(&context);
            Some((context, env))
        }
        Err(error) => {
            eprintln!("skipped: {error}");
            None
        }
    }
}

macro_rules! environment {
    () => {
        match $crate::tests::new_environment() {
            Some(both) => both,
            None => return,
        }
    };
}
pub(super) use environment;

pub(super) type Callback = extern "C" fn(EnvPointer, *mut c_void) -> Value;

/// Makes the callbacks global functions.
pub(super) fn define(context: &Context, env: &Env, functions: &[(&CStr, Callback)]) {
    env.with_scope(|| {
        for (name, callback) in functions {
            let mut function: Value = 0;
            let address = *callback as *const c_void;
            let status =
                napi!(napi_create_function(env.pointer(), *name, AUTO, address, std::ptr::null::<u8>(), &mut function));
            assert_eq!(status, Status::Ok as i32);
            let mut global: Value = 0;
            assert_eq!(napi!(napi_get_global(env.pointer(), &mut global)), 0);
            assert_eq!(napi!(napi_set_named_property(env.pointer(), global, *name, function)), 0);
        }
    });
    assert!(context.roots().is_empty());
}

/// The arguments of a call, its `this` and data.
pub(super) fn arguments<const N: usize>(env: EnvPointer, info: *mut c_void) -> ([Value; N], usize, Value) {
    let (mut values, mut count, mut this, mut data) = ([0; N], N, 0, 0usize);
    assert_eq!(napi!(napi_get_cb_info(env, info, &mut count, values.as_mut_ptr(), &mut this, &mut data)), 0);
    (values, count, this)
}

pub(super) fn int(env: EnvPointer, n: i32) -> Value {
    let mut value = 0;
    assert_eq!(napi!(napi_create_int32(env, n, &mut value)), 0);
    value
}

pub(super) fn as_int(env: EnvPointer, value: Value) -> i32 {
    let mut n = 0i32;
    assert_eq!(napi!(napi_get_value_int32(env, value, &mut n)), 0);
    n
}

pub(super) fn string(env: EnvPointer, text: &str) -> Value {
    let mut value = 0;
    assert_eq!(napi!(napi_create_string_utf8(env, text.as_ptr().cast::<c_char>(), text.len(), &mut value)), 0);
    value
}

pub(super) fn text(context: &Context, source: &str) -> String {
    context.eval(source, "test.js").unwrap().to_js_string().unwrap()
}
