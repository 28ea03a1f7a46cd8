//! Functions and their calls.

use crate::args::{Buffer, Callback, Chars, Handle, In, Out};
use crate::call::CallbackInfo;
use crate::env::{Env, OrPend};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::{ErrorKind, Kind, Local};
use std::ffi::c_void;

/// A `napi_callback_info`.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct InfoPointer(*const c_void);

impl InfoPointer {
    fn get<'a>(self) -> Outcome<&'a CallbackInfo<'a>> {
        // SAFETY: null, or what the running callback was given, which is on the stack below it.
        unsafe { self.0.cast::<CallbackInfo<'a>>().as_ref() }.ok_or(Status::InvalidArg)
    }
}

fn function(env: &Env, value: Handle) -> Outcome<Local<'_>> {
    let value = value.get(env)?;
    if env.locals().kind(value) == Kind::Function { Ok(value) } else { Err(Status::FunctionExpected) }
}

functions! {
    /// Without a name it is called `defaultName`, as on the platform.
    guarded fn napi_create_function(env, name: Chars, length: usize, callback: Option<Callback>, data: *mut c_void, result: Out<Handle>) {
        let callback = callback.ok_or(Status::InvalidArg)?;
        let result = result.check()?;
        let name = if name.is_null() { "defaultName".into() } else { String::from_utf8_lossy(name.bytes(length)?) };
        result.give(env, env.function(&name, callback, data, true));
        Ok(())
    }

    plain fn napi_get_cb_info(env, info: InfoPointer, count: Out<usize>, arguments: Buffer<Handle>, this: Out<Handle>, data: Out<*mut c_void>) {
        let _ = env;
        let info = info.get()?;
        let given = info.call.args;
        if let Some(count) = count.optional() {
            if let Some(room) = arguments.slice(count.read())? {
                // The caller's frame keeps them alive, so they need no scope.
                let all = given.iter().copied().chain(std::iter::repeat(Local::UNDEFINED));
                room.iter_mut().zip(all).for_each(|(slot, argument)| *slot = Handle::of(argument));
            }
            count.set(given.len());
        }
        if let Some(this) = this.optional() {
            this.set(Handle::of(info.this));
        }
        if let Some(data) = data.optional() {
            data.set(info.data);
        }
        Ok(())
    }

    plain fn napi_get_new_target(env, info: InfoPointer, result: Out<Handle>) {
        let _ = env;
        let info = info.get()?;
        result.check()?.set(info.call.new_target.map_or(Handle::NULL, Handle::of));
        Ok(())
    }

    /// A null receiver is `undefined`, as on the platform.
    guarded fn napi_call_function(env, this: Handle, callee: Handle, count: usize, arguments: In<Handle>, result: Out<Handle>) {
        let callee = function(env, callee)?;
        let arguments = arguments.locals(env, count)?;
        let this = this.optional(env).unwrap_or(Local::UNDEFINED);
        let value = env.locals().call(callee, this, &arguments).or_pend(env)?;
        if let Some(result) = result.optional() {
            result.give(env, value);
        }
        Ok(())
    }

    guarded fn napi_new_instance(env, class: Handle, count: usize, arguments: In<Handle>, result: Out<Handle>) {
        let class = function(env, class)?;
        let arguments = arguments.locals(env, count)?;
        let result = result.check()?;
        let locals = env.locals();
        if !locals.is_constructor(class) {
            return Err(env.pend_error(ErrorKind::TypeError, "the function is not a constructor"));
        }
        result.give(env, locals.construct(class, &arguments).or_pend(env)?);
        Ok(())
    }
}
